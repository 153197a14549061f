"""What the critic keeps silent about, because the document says it elsewhere or means something else."""

from assistant.reviewing.critique import critique
from knowledge.reading.files import read_bytes

GOALS = (
    "Every baker apprentice can serve guests in a second language",
    "Care students know how old people are looked after in another country",
    "Half of the carpenters' class has worked on a building site abroad",
)


def said(text: str, rule: str) -> list[str]:
    document = read_bytes(text.encode(), "plan.txt")
    return [finding.quote.text for finding in critique(document, language="en").findings if finding.rule == rule]


def test_what_is_done_for_one_goal_under_its_number_is_not_offered_as_another() -> None:
    deed = "We will send the application to the agency in February 2027."
    parts = (f"Goal {place}: {goal}\n\n{deed} Ruth sees to it.\n\n" for place, goal in enumerate(GOALS, 1))
    assert said("Harbour College abroad\n\n" + "".join(parts), "activity-among-goals") == []
    listed = "\n".join(f"- {goal}" for goal in (*GOALS, deed))
    for heading in ("Goals", "STRATEGIC GOALS"):
        assert said(f"Harbour College abroad\n\n{heading}\n\n{listed}", "activity-among-goals") == [deed]


def test_those_who_went_abroad_once_are_not_all_the_students_there_are() -> None:
    goals = "\n".join(f"- {goal}" for goal in GOALS)
    wanted = "Each year 20 students train in Tartu."
    told = "We took part in the first mobility in 2024, it was 8 students of our school in Lisbon."
    assert said(f"Where we stand\n\n{told}\n\nGoals\n\n{goals}\n\nSteps\n\n{wanted}", "target-beyond-students") == []
    own = "Our school has 8 students."
    assert said(f"Where we stand\n\n{own}\n\nGoals\n\n{goals}\n\nSteps\n\n{wanted}", "target-beyond-students") == [
        wanted
    ]


def test_the_same_for_students_and_for_staff_is_two_goals() -> None:
    pair = ("To improve the language skills of the students.", "To improve the language skills of the teachers.")
    listed = "\n".join(f"- {goal}" for goal in (*pair, *GOALS[1:]))
    assert said(f"Harbour College abroad\n\nGoals\n\n{listed}", "goals-overlap") == []


def test_a_number_that_goals_share_does_not_make_them_alike() -> None:
    listed = "\n\n".join(f"Objective 3.{place} – {goal}" for place, goal in enumerate(GOALS, 1))
    assert said(f"Harbour College abroad\n\nOur objectives\n\n{listed}", "goals-overlap") == []


def test_a_goal_with_its_own_indicator_beside_it_shows_what_would_be_seen() -> None:
    vague = ("Stronger international work", "A better dimension of quality")
    plain = "\n\n".join(f"Goal {place}: {goal}." for place, goal in enumerate(vague, 1))
    assert said(f"Harbour College abroad\n\nOur students matter.\n\n{plain}", "change-empty")
    measured = "\n\n".join(
        f"Goal {place}: {goal}.\n\nIndicator: number of students who train abroad for two weeks."
        for place, goal in enumerate(vague, 1)
    )
    assert said(f"Harbour College abroad\n\nOur students matter.\n\n{measured}", "change-empty") == []


def test_what_stands_around_a_list_of_goals_is_not_offered_as_one() -> None:
    listed = "\n".join(f"- {goal}" for goal in GOALS)
    ahead = "The board visits the hotels every spring."
    after = "The director carries out the plan. The results are published in the local paper in May."
    told = f"Harbour College abroad\n\nGoals\n\n{ahead}\n\n{listed}\n\n{after}"
    assert said(told, "activity-among-goals") == []
    deed = "Publish the results in the local paper in May"
    assert said(f"Harbour College abroad\n\nGoals\n\n{listed}\n- {deed}", "activity-among-goals") == [deed]


def test_a_line_that_says_it_is_an_indicator_is_not_offered_as_a_goal() -> None:
    listed = "\n".join(f"{place}. {goal}\nIndicator: number of those who do" for place, goal in enumerate(GOALS, 1))
    assert said(f"Harbour College abroad\n\nGoals\n\n{listed}", "indicator-among-goals") == []


def test_a_table_says_itself_which_goal_has_an_indicator() -> None:
    cells = ("stays in Porto\tMs Lind\tanswers of patients", "visits\tMr Kask\t", "projects\ttutors\tnumber of sites")
    rows = "\n".join(f"{goal}\t{rest}" for goal, rest in zip(GOALS, cells, strict=True))
    told = f"Harbour College abroad\n\nOur goals\n\nGoal\tMeasure\tOwner\tIndicator\n{rows}"
    assert said(told, "goals-unmeasured") == [GOALS[1]]


def test_goals_that_go_opposite_ways_or_name_other_numbers_are_no_twins() -> None:
    for pair in (
        ("We increase the number of our partners.", "We reduce the number of our partners."),
        ("Every year 300 students train abroad.", "Every year 150 students train abroad."),
    ):
        listed = "\n".join(f"- {goal}" for goal in (*pair, *GOALS))
        assert said(f"Harbour College abroad\n\nGoals\n\n{listed}", "goals-overlap") == []


def test_a_plan_with_dated_yearly_steps_keeps_its_own_years() -> None:
    listed = "\n".join(f"- {goal}" for goal in GOALS)
    told = "Harbour College: international strategy 2026–2030\n\nGoals\n\n{}\n\n5. Action plan {}\n\nWe visit Porto."
    for steps in ("2026/27", "2026/2027"):
        document = read_bytes(told.format(listed, steps).encode(), "plan.txt")
        period = critique(document, language="en").strategy.period
        assert period is not None
        assert (period.start, period.end) == (2026, 2030)


def test_three_calendar_years_are_not_too_few() -> None:
    listed = "\n".join(f"- {goal}" for goal in GOALS)
    assert said(f"Strategy of Harbour College 2026–2028\n\nGoals\n\n{listed}", "period-unusual") == []
    assert said(f"Strategy of Harbour College 2026–2027\n\nGoals\n\n{listed}", "period-unusual") == ["2026–2027"]


def test_what_is_led_in_as_actions_for_the_goals_is_not_offered_as_a_goal() -> None:
    listed = "\n".join(f"- {goal}" for goal in GOALS)
    deeds = "- Book the ferry to Tartu in May\n- Buy thirty headsets for the language room"
    led = "To reach the goals above, the following actions will be taken:"
    text = f"Harbour College abroad\n\nGoals\n\n{listed}\n\nThe way there\n\n{led}\n\n{deeds}"
    assert said(text, "activity-among-goals") == []


def test_a_need_of_three_words_is_not_asked_for_an_answer() -> None:
    listed = "\n".join(f"- {goal}" for goal in GOALS)
    answered = "Hotels lack bakers who can serve guests in a second language."
    empty, full = "Welders are lacking.", "Wind farms off the coast lack electricians."
    found = [
        said(f"Where we stand\n\n{answered} {need}\n\nGoals\n\n{listed}", "need-unanswered") for need in (empty, full)
    ]
    assert found == [[], [full]]
