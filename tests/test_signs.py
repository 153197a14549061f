"""What the judge sees of a statement before anything is weighed, and how much its teachers count."""

import pytest

from assistant.judging.features import find_features, wants_count
from assistant.judging.judge import judge
from assistant.judging.slots import find_slots
from evals.fit_judge import weigh_sources
from knowledge.lexicon import LANGUAGES, load_lexicon


def signs(text: str, language: str = "en") -> frozenset[str]:
    lexicon = load_lexicon(language)
    return find_features(text, "", find_slots(text, lexicon), lexicon)


@pytest.mark.parametrize(
    ("language", "counted", "not_counted"),
    [
        ("en", "Fewer complaints from hosts", "More courage to speak"),
        ("fi", "Lisää hakijoita merialalle", "Lisää rohkeutta puhua"),
        ("da", "Flere kvinder på værkstederne", "Mere mod til at tale"),
        ("nl", "Minder klachten van gastbedrijven", "Meer lef om te spreken"),
        ("de", "Weniger Unfälle in der Werkstatt", "Mehr Mut zum Sprechen"),
        ("hu", "A hiányzások csökkentése", "A beszédkedv erősítése"),
        ("fr", "Davantage de candidatures", "Davantage d'audace à l'oral"),
        ("es", "Más mujeres en soldadura", "Más valentía al hablar"),
        ("it", "Meno assenze in officina", "Più coraggio nel parlare"),
    ],
)
def test_what_can_be_counted_is_told_from_what_can_only_be_felt(language: str, counted: str, not_counted: str) -> None:
    assert wants_count(counted, load_lexicon(language))
    assert not wants_count(not_counted, load_lexicon(language))


def test_how_long_something_takes_is_not_when_it_happens() -> None:
    assert "time:duration" in signs("Six weeks in Malta for our bakers")
    assert "time:duration" not in signs("In June our bakers go to Malta")
    assert "when, not how long" not in signs("Six weeks in Malta for our bakers")


def test_people_may_be_named_by_their_trade() -> None:
    assert "group:trade" in signs("Roofers know the Danish rules")
    assert "group:trade" in signs("Maler kennen die dänischen Regeln", "de")
    assert "group:trade" not in signs("The rules are known")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_deeds_and_what_is_counted(language: str) -> None:
    lexicon = load_lexicon(language)
    assert all(lexicon.cue(name).pattern != "(?!)" for name in ("deed", "more", "counted"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Bis Januar die Verträge mit den Gastfirmen einreichen"),
        ("nl", "Vóór juni de formulieren bij het bureau inleveren"),
        ("da", "Inden april sendes kontrakterne til styrelsen"),
        ("fi", "Huhtikuuhun mennessä sopimukset toimitettava virastoon"),
        ("hu", "Áprilisig a szerződéseket a hivatalhoz benyújtani"),
    ],
)
def test_a_task_with_its_date_first_and_its_verb_last_is_an_activity(language: str, text: str) -> None:
    task = judge(text, language=language)
    assert task.statement.kind == "activity"
    assert task.time_bound
    assert not task.vague


def test_only_what_sets_out_changes_or_tasks_can_set_out_two() -> None:
    mission = judge("Our mission is to train bakers and to serve the firms of the valley.")
    assert mission.statement.kind == "mission"
    assert not mission.compound


def test_a_source_of_many_statements_does_not_drown_the_others() -> None:
    weights = weigh_sources(["large"] * 9 + ["small"])
    assert weights.mean() == pytest.approx(1)
    assert weights[-1] == pytest.approx(3 * weights[0])
    assert 9 * weights[0] > weights[-1]
