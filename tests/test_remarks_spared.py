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
