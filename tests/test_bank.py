"""The data of the indicators, and the reading of foreign banks."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import bank, concepts, datafile
from knowledge.bank import PER_CENT, BankEntry, KnownIndicator, WorkedFormula, load_indicators, read_bank
from knowledge.bank_wording import word
from knowledge.concepts import LANGUAGES, find_concepts, load_concepts
from knowledge.faults import BadInput

GUIDE_FAMILIES = {
    "student_mobility",
    "staff_mobility",
    "development_projects",
    "staff_competences",
    "skills_competitions",
    "internationalisation_at_home",
    "satisfaction",
    "funding",
}
each_indicator = pytest.mark.parametrize("indicator", load_indicators(), ids=lambda one: one.id)


def by_id(wanted: str) -> KnownIndicator:
    return next(one for one in load_indicators() if one.id == wanted)


@each_indicator
def test_a_name_is_neutral_and_there_in_nine_languages(indicator: KnownIndicator) -> None:
    assert set(indicator.names) == set(LANGUAGES)
    for name in indicator.names.values():
        assert not re.search(r"\d", name)
    assert not re.match(r"(?i)(increase|more|at least|improve|raise)\b", indicator.names["en"])


@each_indicator
def test_a_worked_example_is_computed_and_its_numerator_is_part_of_its_denominator(indicator: KnownIndicator) -> None:
    if indicator.formula is None:
        assert indicator.method is not None
        assert indicator.method.question.endswith("?")
        return
    formula = indicator.formula
    assert formula.unit
    assert formula.numerator != formula.denominator
    if formula.unit == PER_CENT:
        assert formula.example_numerator <= formula.example_denominator
        assert formula.result == round(100 * formula.example_numerator / formula.example_denominator, 2)
        assert 0 <= formula.result <= 100
    else:
        assert formula.result == round(formula.example_numerator / formula.example_denominator, 2)


@each_indicator
def test_a_count_is_paired_with_a_check_on_what_it_is_worth(indicator: KnownIndicator) -> None:
    if indicator.level == "output" and indicator.nature == "quantitative":
        assert indicator.pairs_with is not None
    if indicator.pairs_with is not None:
        chain, seen = indicator, {indicator.id}
        while chain.level == "output" and chain.pairs_with is not None and chain.pairs_with not in seen:
            chain = by_id(chain.pairs_with)
            seen.add(chain.id)
        assert chain.level != "output" or chain.nature == "qualitative"


@each_indicator
def test_an_indicator_says_where_it_comes_from(indicator: KnownIndicator) -> None:
    assert re.fullmatch(r"GO INTERNATIONAL 5\.5|EQAVET (10|[1-9])|Askwhy", indicator.provenance)
    if indicator.provenance.startswith("GO INTERNATIONAL"):
        assert indicator.guide is not None
        assert indicator.guide.section == "5.5"
        assert 28 <= indicator.guide.page <= 31


@each_indicator
def test_no_baseline_or_target_is_given_for_anybody(indicator: KnownIndicator) -> None:
    assert not re.search(r"\b(target|baseline|should reach|aim for)\b", indicator.definition, re.IGNORECASE)


def test_every_family_of_the_guide_is_there_and_every_indicator_of_eqavet() -> None:
    indicators = load_indicators()
    assert {one.family for one in indicators} >= GUIDE_FAMILIES
    eqavet = {int(found) for one in indicators for found in re.findall(r"EQAVET (\d+)", one.provenance)}
    assert eqavet == set(range(1, 11))


def test_a_family_mixes_levels_and_ways_of_measuring() -> None:
    families: dict[str, list[KnownIndicator]] = {}
    for one in load_indicators():
        families.setdefault(one.family, []).append(one)
    for name, members in families.items():
        assert len(members) >= 4, name
        assert {one.level for one in members} != {"output"}, name
        assert {one.nature for one in members} == {"quantitative", "qualitative"}, name


def test_the_thresholds_of_the_guide_are_stated() -> None:
    assert "over 2 weeks" in by_id("student_mobility.share").definition
    assert "5 days or more" in by_id("staff_mobility.share_full_time").definition


def test_staff_exchanges_are_cited_by_new_students_and_offered_by_full_time_staff() -> None:
    as_cited, beside = by_id("staff_mobility.per_new_student"), by_id("staff_mobility.share_full_time")
    assert as_cited.formula is not None
    assert beside.formula is not None
    assert "students newly enrolled" in as_cited.formula.denominator
    assert "full-time staff" in beside.formula.denominator
    assert as_cited.pairs_with == beside.id
    assert "new students" in beside.definition


def test_every_concept_has_cues_in_every_language_and_finds_each_of_them() -> None:
    for concept in load_concepts().values():
        assert set(concept.cues) == set(LANGUAGES)
        for language, cues in concept.cues.items():
            for cue in cues:
                assert concept.id in find_concepts(cue.replace("*", "x"), language), (concept.id, language, cue)


def test_a_cue_is_found_as_a_word_and_not_inside_another() -> None:
    assert "recognition" in find_concepts("Their credits are transferred.", "en")
    assert "language" in find_concepts("Die Fachsprache sitzt.", "de")
    assert "green" not in find_concepts("Die Bahnhofsuhr geht vor.", "de")


def test_without_a_language_the_cues_of_all_are_tried() -> None:
    assert {"students", "abroad"} <= find_concepts("Opiskelijat lähtevät ulkomaille.")
    assert {"students", "abroad"} <= find_concepts("Opiskelijat lähtevät ulkomaille.", "und")


def test_a_formula_with_a_unit_of_its_own_is_a_plain_quotient() -> None:
    assert WorkedFormula("euros", "stays", "euros per stay", 900, 8).result == 112.5


def test_a_bank_is_read_as_it_was_given() -> None:
    given_bank = [{"id": "a", "name": " Graduation rate ", "unit": "%"}, {"id": 7, "name": "Visits", "definition": "x"}]
    assert read_bank(json.dumps(given_bank)) == (BankEntry("a", "Graduation rate"), BankEntry("7", "Visits", "x"))
    assert read_bank(b"\xef\xbb\xbf" + json.dumps(given_bank).encode()) == read_bank(json.dumps(given_bank))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "not a list"),
        (b"[]", "not a list"),
        (b"[1]", "not an object"),
        (b'[{"name": "x"}]', '"id"'),
        (b'[{"id": true, "name": "x"}]', '"id"'),
        (b'[{"id": "a"}]', '"name"'),
        (b'[{"id": "a", "name": "  "}]', '"name"'),
        (b'[{"id": "a", "name": "x", "definition": 3}]', '"definition"'),
        (b'[{"id": "a", "name": "x"}, {"id": "a", "name": "y"}]', "twice"),
    ],
)
def test_a_malformed_bank_is_refused_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(BadInput) as fault:
        read_bank(data)
    assert what in str(fault.value)
    assert "\n" not in str(fault.value)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_whatever_comes_a_bank_is_read_or_refused(data: bytes | str) -> None:
    with suppress(BadInput):
        assert read_bank(data)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("unit: '%'", "unit: ''", "unit"),
        ("example: [1, 2]", "example: [3, 2]", "example"),
        ("example: [1, 2]", "example: [1]", "example"),
        ("level: output", "level: result", "level"),
        ("nature: quantitative", "nature: qualitative", "nature"),
        ("about: [abroad]", "about: [nonsense]", "about"),
        ("limits: x", "limitations: x", "limitations"),
        ("id: t.a", "id: other.a", "id"),
        ("pairs_with: t.b", "pairs_with: t.c", "pairs_with"),
        ("names: {", "names: {xx: y, ", "names"),
    ],
)
def test_a_malformed_family_is_refused_by_file_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, key: str
) -> None:
    names = ", ".join(f"{one}: n" for one in LANGUAGES if one != "en")
    entry = (
        "  - id: t.{}\n    name: n\n    names: {{{}}}\n    level: output\n    nature: quantitative\n    definition: d\n"
        "    formula: {{numerator: a, denominator: b, unit: '%', example: [1, 2]}}\n    data_source: d\n"
        "    frequency: f\n    limits: x\n    pairs_with: t.{}\n    provenance: Askwhy\n    about: [abroad]\n"
        "    beneficiaries: []\n    fits: [g]\n    misfits: [g]\n"
    )
    text = "family: t\nabout: [abroad]\nindicators:\n" + entry.format("a", names, "b") + entry.format("b", names, "a")
    file = tmp_path / "t.yaml"
    monkeypatch.setattr(bank, "list_data", lambda _: (file,))
    file.write_text(text, encoding="utf-8")
    load_concepts()
    assert [one.id for one in bank.load_indicators.__wrapped__()] == ["t.a", "t.b"]
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=key):
        bank.load_indicators.__wrapped__()


def test_the_same_concept_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = next(file for file in datafile.list_data(bank.FOLDER) if file.name == concepts.CONCEPTS_FILE)
    monkeypatch.setattr(concepts, "list_data", lambda _: (shared, shared))
    with pytest.raises(ValueError, match="stands twice"):
        concepts.load_concepts.__wrapped__()


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_indicator_speaks_every_language_and_its_figures_stay(language: str) -> None:
    for known in load_indicators():
        english, said = word(known, "en"), word(known, language)
        assert said.definition != english.definition, known.id
        assert (said.method is None) == (english.method is None)
        assert bool(said.numerator) == bool(english.numerator)
        assert bool(said.unit) == bool(english.unit)
        assert sorted(re.findall(r"\d+", said.definition)) == sorted(re.findall(r"\d+", english.definition)), known.id


def test_an_unknown_language_is_answered_in_english() -> None:
    known = load_indicators()[0]
    assert word(known, "und") == word(known, "en")
