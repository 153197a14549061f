"""Plans whose objectives or pillars are headings, with what is done, who leads and what is counted below each."""

import pytest

from assistant.domain import Critique
from assistant.reviewing.critique import critique
from assistant.reviewing.parts import find_parts, find_period
from assistant.reviewing.report import say_gains
from knowledge.lexicon import load_lexicon
from knowledge.phrasebook import load_phrases
from knowledge.reading.files import read_bytes

OBJECTIVES = (
    "Half of the bakery apprentices can serve guests in a second language",
    "Care students know how old people are looked after in another country",
)
DEEDS = ("Buy thirty headsets for the language room.", "Book the ferry and the hostel in Tartu.")
COUNTED = ("Number of apprentices who pass the oral test", "Number of care students who worked abroad")
LEADS = ("the head of the bakery", "Ines Holm")


def read(text: str, name: str = "plan.md") -> Critique:
    return critique(read_bytes(text.encode(), name), language="en")


def spelt_out(lead_in: str, leads: tuple[str, str] = LEADS) -> str:
    return "# Harbour College abroad\n\n" + "\n\n".join(
        f"### Objective {place}: {goal}\n\n{lead_in}\n- {deed}\n\nKey performance indicators:\n- {counted}\n\n"
        f"Lead: {lead}"
        for place, (goal, deed, counted, lead) in enumerate(
            zip(OBJECTIVES, DEEDS, COUNTED, leads, strict=True), start=1
        )
    )


@pytest.mark.parametrize("lead_in", ["Strategies:", "Actions:"])
def test_what_is_done_for_an_objective_is_neither_a_goal_nor_offered_as_one(lead_in: str) -> None:
    found = read(spelt_out(lead_in))
    assert [goal.statement.text for goal in found.strategy.goals] == list(OBJECTIVES)
    assert "activity-among-goals" not in {finding.rule for finding in found.findings}


def test_lead_and_indicator_below_an_objective_are_its_own() -> None:
    beside = [goal.beside for goal in read(spelt_out("Strategies:")).strategy.goals]
    assert [one.owner.text if one.owner else "" for one in beside] == list(LEADS)
    assert [one.indicator.text if one.indicator else "" for one in beside] == list(COUNTED)


@pytest.mark.parametrize("nobody", ["TBD", "N.N.", "to be named", "–"])
def test_an_owner_who_is_still_looked_for_is_none(nobody: str) -> None:
    goals = read(spelt_out("Strategies:", (nobody, LEADS[1]))).strategy.goals
    assert [goal.beside.owner is None for goal in goals] == [True, False]


def test_a_figure_in_brackets_is_read_without_them() -> None:
    text = spelt_out("Strategies:").replace(COUNTED[1], f"{COUNTED[1]} (baseline: 4; target: 20)")
    amount = read(text).strategy.goals[1].beside.amount
    assert amount is not None
    assert amount.text == "20"


def test_pillars_give_way_to_the_goals_that_open_them_where_one_says_it_is_a_goal() -> None:
    opening = (
        f"We want that {OBJECTIVES[0][:1].lower()}{OBJECTIVES[0][1:]} by 2029.",
        "Every carpenter who leaves us has built something with a crew from another country.",
        "Trainees from abroad will feel at home in every workshop, and finish their stay as often as our own.",
    )
    names = ("Without limits", "Open doors", "A warm welcome")
    text = "# Harbour College abroad\n\n" + "\n\n".join(
        f"## Pillar {place}: {name}\n\n{goal}\n\nWhat we will do:\n- {DEEDS[0]}\n- {DEEDS[1]}"
        for place, (name, goal) in enumerate(zip(names, opening, strict=True), start=1)
    )
    found = find_parts(read_bytes(text.encode(), "plan.md"), language="en").goals
    assert [goal.statement.text for goal in found] == list(opening)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Global plan FY2025–FY2028", (2025, 2028)),
        ("Global plan AY2024-25 to AY2027-28", (2024, 2028)),
        ("Policy 2025–2029\n\nText of it.\n\n## Activity plan 2025–2026", (2025, 2029)),
        ("Activity plan 2025–2026", (2025, 2026)),
    ],
)
def test_the_years_of_a_plan_are_those_of_the_whole(title: str, years: tuple[int, int]) -> None:
    found = find_period(read_bytes(f"# {title}\n\nMore text.".encode(), "plan.md"), load_lexicon("en"))
    assert found is not None
    assert (found.start, found.end) == years


def test_the_year_that_leads_in_to_a_list_is_not_the_years_of_the_plan() -> None:
    text = "Our school abroad\n\nText of it.\n\nFor the year 2025/26 we have planned:\n- a fair\n- a visit"
    assert find_period(read_bytes(text.encode(), "plan.txt"), load_lexicon("en")) is None


def test_a_vague_goal_is_told_so_though_its_need_stands_in_the_text() -> None:
    need = "The hotels on the coast lack staff who know languages, and lose guests from abroad for it."
    goal = "To improve the language competence of the students for guests in hotels"
    found = read(
        f"# Harbour College abroad\n\n## Where we stand\n\n{need}\n\n## Our goals\n\n- {goal}\n- {OBJECTIVES[0]}"
    )
    vague = next(one for one in found.strategy.goals if one.statement.text == goal)
    assert vague.vague
    assert vague.findings


def test_a_way_out_in_the_reason_is_none_in_the_goal() -> None:
    goals = (
        f"{OBJECTIVES[0]}, so that they could work in mixed crews",
        "Our teachers could work abroad as far as possible",
    )
    found = read("# Harbour College abroad\n\n## Our goals\n\n" + "\n".join(f"- {goal}" for goal in goals))
    assert [one.quote.text for one in found.findings if one.rule == "loophole"] == ["could"]


def test_a_vision_under_ambition_is_in_its_place() -> None:
    vision = "By 2030, Harbour College will be the college of choice for a coast that is open to the world."
    goals = "\n".join(f"- {goal}" for goal in OBJECTIVES)
    found = read(f"# Harbour College abroad\n\n## Our Ambition\n\n{vision}\n\n## Goals\n\n{goals}")
    assert "vision-among-goals" not in {finding.rule for finding in found.findings}


def test_a_word_in_a_list_of_values_is_no_goal_where_none_is_announced() -> None:
    values = "The values of the college are:\n- Expert\n- Forward-looking"
    assert read(f"# Harbour College abroad\n\nOur students train here.\n\n{values}").strategy.goals == ()


def test_what_would_raise_the_score_names_its_goals() -> None:
    found = read(spelt_out("Strategies:"))
    gains = [words for _, words in say_gains(found, found.score, load_phrases("en"))]
    assert any(words.startswith("Goals 1 and 2: The goal does not say which need") for words in gains)
