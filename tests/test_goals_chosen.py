"""Which statements of a strategy are taken for its goals, and which that stand beside them are not."""

import pytest

from assistant.reviewing.critique import critique
from assistant.reviewing.goals import pick_goals
from assistant.reviewing.parts import find_parts, judge_pieces
from assistant.reviewing.plain_goals import find_plain_goals
from knowledge.lexicon import load_lexicon
from knowledge.reading.files import read_bytes

GOALS = (
    "Every baker apprentice can serve guests in a second language",
    "Half of the workshop teachers have worked in a firm abroad",
    "Care students know how old people are looked after in another country",
)
LIST = "\n".join(f"- {goal}" for goal in GOALS)


def chosen(text: str, language: str = "en") -> list[str]:
    document = read_bytes(text.encode(), "plan.txt")
    return [" ".join(goal.statement.text.split()) for goal in find_parts(document, language=language).goals]


@pytest.mark.parametrize(
    "line",
    [
        "Timing: autumn 2026 to summer 2028.",
        "Indicator: share of apprentices who pass the test.",
        "How progress is measured: a test before and after the stay.",
        "Owner: the head of the bakery department.",
    ],
)
def test_what_says_ahead_that_it_is_about_a_goal_is_none(line: str) -> None:
    text = "Our strategy\n\n" + "\n\n".join(f"Goal {place}\n\n{goal}.\n\n{line}" for place, goal in enumerate(GOALS, 1))
    assert chosen(text) == [f"{goal}." for goal in GOALS]


def test_a_label_that_names_a_subject_does_not_hide_a_goal() -> None:
    labelled = [f"{label}: {goal}" for label, goal in zip(("Bakery", "Staff", "Care"), GOALS, strict=True)]
    assert chosen("Our goals\n\n" + "\n".join(f"- {one}" for one in labelled)) == labelled


def test_a_point_under_ambition_is_no_goal_where_goals_have_a_heading_of_their_own() -> None:
    assert chosen(f"Ambition\n\n- Harbour school on every map\n\nGoals\n\n{LIST}") == list(GOALS)
    assert chosen(f"Ambition\n\n{LIST}") == list(GOALS)


def test_goals_below_a_theme_are_the_goals_and_not_its_slogan() -> None:
    first = "By 2029 every baker apprentice has worked for at least two weeks in a bakery abroad."
    second = "We want every workshop teacher to be able to teach one class a week in English."
    bakers = f"Many bakers have never left the county. {first} In October the office holds an evening for parents."
    teachers = f"We have had guests from Gdynia for ten years. {second}"
    axes = f"Axis 1: Daring to leave\n\n{bakers}\n\nAxis 2: The world in the classroom\n\n{teachers}"
    assert chosen(f"Our school and the world\n\n{axes}") == [first, second]


PILLARS = {
    "Prepare every student for work in another country": (
        "Increase the number of bakers who go abroad to forty a year",
        "Improve the English of all cooks by 2029",
        "Raise the share of carers who have met a patient from abroad",
    ),
    "Strengthen the staff of the workshops": (
        "Improve the English of all workshop teachers by 2028",
        "Increase the number of teachers who have worked abroad to twenty",
        "Raise the share of lessons in another language",
    ),
}
SPELT_OUT = "Our plan 2026-2030\n\n" + "\n\n".join(
    f"Pillar {place}: {goal}\n\n" + "\n".join(f"- {point}" for point in points)
    for place, (goal, points) in enumerate(PILLARS.items(), start=1)
)


def test_themes_with_many_goals_below_each_are_the_goals_and_what_spells_them_out_is_none() -> None:
    assert chosen(SPELT_OUT) == list(PILLARS)


@pytest.mark.parametrize(
    ("theme", "point", "goals"),
    [
        (0.7, 0.95, list(PILLARS)),
        (0.3, 0.75, list(PILLARS)),
        (0.3, 0.95, [point for points in PILLARS.values() for point in points]),
    ],
)
def test_themes_that_are_hardly_goals_give_way_to_what_surely_is_one_below_them(
    theme: float, point: float, goals: list[str]
) -> None:
    lexicon = load_lexicon("en")
    judged = judge_pieces(read_bytes(SPELT_OUT.encode(), "plan.txt"), lexicon, "en")
    meant = [theme if piece.theme else point if piece.block.kind == "item" else 0.0 for piece, _ in judged]
    plain = find_plain_goals(judged, meant, lexicon)
    assert [goal.statement.text for goal in pick_goals(judged, plain, meant)] == goals


def test_a_statement_in_a_heading_right_under_one_of_goals_is_a_goal_and_what_explains_it_is_none() -> None:
    explained = "Last year it was one in twenty. The coordinator visits all classes in autumn."
    sections = "\n\n".join(f"3.{place} {goal}\n\n{explained}" for place, goal in enumerate(GOALS, start=1))
    assert chosen(f"International plan 2026-2030\n\n3 Three ambitions\n\n{sections}") == list(GOALS)


def test_praise_and_reasons_under_a_heading_of_goals_are_none() -> None:
    praise = "International work opens minds. The goals were chosen together with the companies of the valley."
    goal = "By 2030 at least half of the teachers will have worked for a month at a school abroad."
    assert chosen(f"Strategy\n\nGoals of internationalisation\n\n{praise}\n\nStaff\n\nMost are over 50. {goal}") == [
        goal
    ]


def test_missions_that_read_like_goals_are_none() -> None:
    said = "We wrote this in spring with our students.\n\nObjective\n\nRaise the share of apprentices who train abroad."
    text = f"The plan of Harbour College\n\n{said}\n\nMissions\n\n{LIST}"
    assert chosen(text) == ["Raise the share of apprentices who train abroad."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The school lies by the sea. Our second aim is that students learn to work in French kitchens."),
        ("da", "Skolen ligger ved havet. Det er skolens mål, at flere elever arbejder en måned i udlandet."),
        ("fi", "Koulu on meren rannalla. Siksi haluamme, että kokit oppivat tekemään töitä ulkomailla."),
    ],
)
def test_a_lone_wish_in_running_text_is_the_goal(language: str, text: str) -> None:
    assert len(chosen(text, language)) == 1


def test_the_goals_of_a_table_drawn_with_strokes_are_its_goals() -> None:
    rows = "\n".join(f"| {goal} | a test each May | {place}0% |" for place, goal in enumerate(GOALS, 1))
    assert chosen(f"Our plan\n\n| Goal | Indicator | 2030 |\n|---|---|---|\n{rows}") == list(GOALS)


def test_a_list_of_things_to_do_is_none_of_goals_even_where_each_is_called_one() -> None:
    deeds = (
        "We will organise a study visit to Tallinn in May.",
        "We will submit the application to the national agency by February.",
        "We will hold an information evening for parents in autumn.",
    )
    labelled = "\n\n".join(f"Goal {place}. {deed}" for place, deed in enumerate(deeds, 1))
    assert chosen(f"Our strategy\n\n{labelled}") == []


def test_the_number_of_a_goal_is_not_a_goal_by_itself() -> None:
    labelled = "\n\n".join(f"Goal {place}. {goal}." for place, goal in enumerate(GOALS, 1))
    assert chosen(f"Our strategy\n\n{labelled}") == [f"{goal}." for goal in GOALS]


def test_lists_in_the_sections_below_goals_are_goals_whatever_one_section_is_called() -> None:
    sections = {
        "Students": GOALS[0],
        "Staff": GOALS[1],
        "Environment": "Firms of the region see the school as their international department",
    }
    told = "\n\n".join(f"### {name}\n\n- {goal}\n- {goal} as well" for name, goal in sections.items())
    document = read_bytes(f"# Our strategy\n\n## Goals\n\n{told}\n".encode(), "plan.md")
    said = [goal.statement.text for goal in find_parts(document, language="en").goals]
    assert said == [one for goal in sections.values() for one in (goal, f"{goal} as well")]


def test_what_opens_a_section_below_goals_and_is_surely_a_fact_is_no_goal() -> None:
    fact = "The county has the second oldest population in the country."
    told = f"Our strategy\n\nPriorities\n\n{fact}\n\nGoals\n\n- {GOALS[0]}\n- {GOALS[1]}\n"
    strategy = find_parts(read_bytes(told.encode(), "plan.txt"), language="en")
    assert [goal.statement.text for goal in strategy.goals] == [GOALS[0], GOALS[1]]
    assert next(one.kind for one in strategy.statements if one.text == fact) == "context"


def test_a_point_below_goals_that_none_would_take_for_one_is_what_it_reads_like() -> None:
    goals = (
        "Jeder Auszubildende arbeitet bis 2029 mindestens drei Wochen in einem Betrieb im Ausland.",
        "Bis 2030 unterrichtet die Hälfte der Lehrkräfte ein Modul auf Englisch.",
        "Bis 2028 haben alle Pflegeschüler Patienten aus einem anderen Land betreut.",
    )
    points = (*goals, "Die Bibliothek hat samstags geöffnet.")
    text = "Unsere Strategie\n\nUnsere Ziele\n\n" + "\n".join(f"- {point}" for point in points)
    read = critique(read_bytes(text.encode(), "plan.txt"), language="de")
    assert [goal.statement.text for goal in read.strategy.goals] == list(goals)
    assert [one.kind for one in read.strategy.statements if one.text in points] == ["goal"] * 3 + ["activity"]
    assert [one.quote.text for one in read.findings if one.rule == "activity-among-goals"] == [points[-1]]


TITLES = ("Cooking without borders", "Staff who have been away")
NUMBERED = {
    "1.1": "By 2029 every cook has worked in a kitchen abroad for three weeks",
    "1.2": "Half of all waiters can serve a guest in German by 2028",
    "2.1": "By 2030 twenty teachers have taught a class at a partner school",
    "2.2": "Every workshop teacher speaks enough English to guide a guest by 2028",
}
DONE = {
    "1.1": "Organise a cooking evening with the school in Gdynia in May",
    "1.2": "Order the new brochures from the printer",
    "2.1": "Hold an information evening for teachers every October",
    "2.2": "Write to the twelve partner schools in spring",
}


def numbered(title: str, below: dict[str, str], *, between: str = "", titles: tuple[str, ...] = TITLES) -> str:
    sections = (
        f"## {title} {place}: {words}\n\nMuch has been tried before.\n\n"
        + "\n\n".join(f"{number}{text}.{between}" for number, text in below.items() if number.find(f"{place}.") >= 0)
        for place, words in enumerate(titles, start=1)
    )
    return "# College plan 2026-2030\n\n" + "\n\n".join(sections)


def test_objectives_numbered_under_axes_are_the_goals_whatever_lists_stand_between_them() -> None:
    below = {f"Objective {number}: ": text for number, text in NUMBERED.items()}
    actions = "\n\nActions:\n\n- ask the firms\n- call the parents"
    assert chosen(numbered("Axis", below, between=actions)) == [f"{text}." for text in NUMBERED.values()]


def test_what_is_numbered_under_titles_and_reads_like_goals_are_the_goals() -> None:
    below = {f"{number} ": text for number, text in NUMBERED.items()}
    assert chosen(numbered("Aim", below)) == [f"{text}." for text in NUMBERED.values()]


def test_what_is_numbered_under_aims_and_is_to_be_done_leaves_them_the_goals() -> None:
    below = {f"{number} ": text for number, text in DONE.items()}
    assert chosen(numbered("Aim", below)) == list(TITLES)


def test_what_is_numbered_under_goals_spells_them_out() -> None:
    below = {f"{number} ": text for number, text in NUMBERED.items()}
    assert chosen(numbered("Goal", below, titles=GOALS[:2])) == list(GOALS[:2])


def test_the_short_names_of_goals_in_a_table_are_no_goals_beside_the_list_of_them() -> None:
    rows = "\n".join(f"| {name} | {who} |" for name, who in (("Languages", "Ms Holt"), ("Teachers abroad", "Mr Berg")))
    table = f"## What is done\n\n| Goal | Responsible |\n|---|---|\n{rows}"
    assert chosen(f"# Our plan\n\n## Our goals\n\n{LIST}\n\n{table}") == list(GOALS)
    assert chosen("# Our plan\n\n## Our goals\n\n- Languages for all\n- Teachers abroad\n- Guests at home") != []


def test_a_line_that_leads_in_a_list_of_goals_is_none() -> None:
    lead = "For the years to 2030 we want to reach this:"
    assert chosen(f"# Our plan\n\n## Our goals\n\n### {lead}\n\n{LIST}") == list(GOALS)


def test_what_is_said_about_the_goals_below_is_none_of_them() -> None:
    about = "The goals below were adopted by the board of governors."
    assert chosen(f"# Our plan\n\n## Goals 2026-2030\n\n{about}\n\n{LIST}") == list(GOALS)
    table = "| Goal | Responsible |\n|---|---|\n" + "\n".join(f"| {goal} | Ms Holt |" for goal in GOALS)
    assert chosen(f"# Our plan\n\n## Goals 2026-2030\n\n{about}\n\n{table}") == list(GOALS)


def test_a_goals_title_and_the_sentence_after_it_are_one_goal() -> None:
    text = (
        "Goals until 2029\n\n"
        "Goal A. Bakers speak. By 2028 half of the baker apprentices serve guests in a second language. "
        "They practise in the shop.\n\n"
        "Goal B. Teachers learn. Indicator: number of courses.\n"
    )
    first, second = chosen(text)
    assert first == "Bakers speak. By 2028 half of the baker apprentices serve guests in a second language."
    assert second == "Teachers learn."


def test_what_points_to_a_goal_by_its_number_is_said_about_it() -> None:
    text = f"Our goals\n\n{LIST}\n\nWith goal 1, stays of baker apprentices will grow from 12 to 30 a year by 2029.\n"
    assert chosen(text) == list(GOALS)


@pytest.mark.parametrize("heading", ["Weaknesses", "Threats"])
def test_a_list_of_weaknesses_or_threats_holds_no_goals(heading: str) -> None:
    swot = f"{heading}:\n\n- Rising costs of living abroad\n- Growing competition for partners"
    text = f"International strategy 2026-2029\n\nOur students work in six trades.\n\n{swot}\n\n{GOALS[0]} by 2029.\n"
    assert chosen(text) == [f"{GOALS[0]} by 2029."]


def test_sentences_that_explain_a_goal_are_not_told_to_be_activities() -> None:
    said = "We measure it every June in the study register."
    text = f"# Strategy 2026-2029\n\n## Our goals\n\n{GOALS[0]} by 2028. {said}\n\n{GOALS[1]} by 2029. {said}\n"
    found = critique(read_bytes(text.encode(), "plan.md"), language="en")
    assert [goal.statement.text for goal in found.strategy.goals] == [f"{GOALS[0]} by 2028.", f"{GOALS[1]} by 2029."]
    assert "activity" in {one.kind for one in found.strategy.statements if one.text == said}
    assert "activity-among-goals" not in {one.rule for one in found.findings}
