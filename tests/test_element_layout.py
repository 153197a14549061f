"""Where most of the guide's parts have sections of their own, a part that has none is not made up from the others."""

import pytest

from assistant.domain import ElementName, ElementState
from assistant.reviewing.parts import find_parts
from knowledge.reading.files import read_bytes

SECTIONS = {
    "Where we start": "Two mills in the county sell to six countries, and unemployment among young people is falling.",
    "Mission": "We train people who keep the mills running.",
    "Vision": "In 2031 every miller in the country knows our school.",
    "Values": "We value patience, honesty and care.",
    "Goals": "- Teachers use cases from three countries in their lessons.\n"
    "- Every apprentice can explain a fault to a fitter from abroad.",
    "Action plan": "In March 2028 the coordinator will hold a fair for the mills.",
    "Indicators": "Share of apprentices who pass the talk with a fitter.",
    "Budget": "The budget is 20,000 euro a year.",
    "Partners": "We work with partner schools in Riga and Bolzano.",
    "Staff development": "Teachers take a language course and a week of job shadowing.",
    "Evaluation": "The team reviews progress against the plan every six months.",
}


def read(*without: str, **other: str) -> str:
    said = {name: other.get(name, text) for name, text in SECTIONS.items() if name not in without}
    return "Strategy of Lindby Mill College 2027-2031\n\n" + "\n\n".join(f"{a}\n\n{b}" for a, b in said.items())


def state(text: str, element: ElementName) -> ElementState:
    found = find_parts(read_bytes(text.encode(), "plan.txt"), language="en")
    return next(one.state for one in found.elements if one.name == element)


@pytest.mark.parametrize(
    ("section", "element"),
    [
        ("Staff development", "human_resources"),
        ("Evaluation", "evaluation"),
        ("Budget", "resources"),
        ("Where we start", "operating_environment"),
    ],
)
def test_a_part_is_missing_without_its_section_and_there_with_it(section: str, element: ElementName) -> None:
    assert state(read(), element) != "missing"
    assert state(read(section), element) == "missing"


def test_a_part_in_another_section_counts_by_its_own_words() -> None:
    plan = "In March 2028 the teachers take a language course; the coordinator books it."
    assert state(read("Staff development", **{"Action plan": plan}), "human_resources") != "missing"


def test_what_is_done_shows_a_part_though_goals_would_be_quoted_for_it_first() -> None:
    goals = (
        "- Every teacher has taken a language course by 2030.\n- Half of the teachers have done job shadowing abroad.\n"
        "- Every trainer has had in-service training in a firm abroad.\n- All teachers reach B2 by staff training."
    )
    plan = "In March 2028 the coordinator will hold a fair for the mills. {course}"
    without = {"Goals": goals, "Action plan": plan.format(course="")}
    assert state(read("Staff development", **without), "human_resources") == "missing"
    course = "A course in English for the tutors starts in May."
    done = {"Goals": goals, "Action plan": plan.format(course=course)}
    assert state(read("Staff development", **done), "human_resources") != "missing"


def test_a_document_without_such_sections_is_read_by_its_words_alone() -> None:
    text = "Strategy of Lindby Mill College\n\nGoals\n\n" + SECTIONS["Goals"] + "\n\nTeachers take a language course."
    assert state(text, "human_resources") != "missing"


@pytest.mark.parametrize("words", ["3 200 €", "900 000 Ft", "€ 2.400", "1,500 euros"])
def test_a_sum_of_money_touches_resources_in_whatever_words(words: str) -> None:
    told = (
        "Strategie der Schule 2026-2030\n\nZiele\n\n- Bäcker sprechen Spanisch\n- Köche kennen Porto\n\nMaßnahmen\n\n{}"
    )
    states = {
        said: next(
            element.state
            for element in find_parts(read_bytes(told.format(said).encode(), "plan.txt"), language="de").elements
            if element.name == "resources"
        )
        for said in (f"Praktikum in Porto: {words}", "Praktikum in Porto: fünf Wochen")
    }
    assert list(states.values()) == ["weak", "missing"]


def test_a_sum_beside_a_deed_touches_resources_that_have_no_section() -> None:
    deed = "In March 2028 the coordinator will hold a fair for the mills."
    without = {"Action plan": f"{deed} In May she will visit Riga."}
    assert state(read("Budget", **without), "resources") == "missing"
    priced = {"Action plan": f"{deed} Two nights in Riga: 3,200 EUR."}
    assert state(read("Budget", **priced), "resources") != "missing"
