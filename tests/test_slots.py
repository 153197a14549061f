"""The parts of a goal: who, what, when and how much, in the manager's own words; and the marks of the labelled ones."""

import pytest

from assistant.judging.quantities import find_deadlines
from assistant.judging.slots import find_slots
from evals.slots import load_marked, read_marks
from knowledge.identification import identify_language
from knowledge.lexicon import LANGUAGES, load_lexicon


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        ("Every apprentice works abroad for a month.", "beneficiary", "Every apprentice"),
        ("Raise the share of nurses with two languages by 2029.", "time", "by 2029"),
        ("Raise the share of nurses with two languages to 40 %.", "amount", "40 %"),
        ("Teachers gain confidence through job shadowing in Ghent.", "means", "through job shadowing in Ghent"),
        ("We improve English, because guests come from afar.", "need", "because guests come from afar"),
        ("The coordinator keeps the list of partners.", "owner", "coordinator"),
        ("Raise the number of stays abroad to 25 a year.", "amount", "25"),
        ("Raise the number of exchanges to 25 a year.", "object", "the number of exchanges"),
        ("All of our learners speak a second language.", "beneficiary", "learners"),
        ("Companies in the valley find bakers who speak Czech.", "beneficiary", "Companies"),
        ("Every apprentice has the skills that local companies need.", "beneficiary", "Every apprentice"),
        ("Care learners gain the words that local companies need.", "need", "that local companies need"),
        ("Fewer learners leave, since one in five has no host.", "need", "since one in five has no host"),
        ("Opiskelijoista 25 prosenttia on ulkomailla vähintään 8 viikkoa.", "amount", "25 prosenttia"),
        ("The share of teachers with B1 grows from 22 % to 55 % until June 2028.", "amount", "55 %"),
        ("With goal 1 we raise stays abroad to 30 a year.", "amount", "30"),
    ],
)
def test_a_slot_holds_the_managers_own_words(text: str, slot: str, words: str) -> None:
    found = getattr(find_slots(text, load_lexicon("en")), slot)
    quote = found[0] if isinstance(found, tuple) else found
    assert quote.text == words
    assert text[quote.span.start : quote.span.end] == words


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Strengthen ties with companies in the region.", "beneficiary"),
        ("Increase the number of partners.", "beneficiary"),
        ("The coordinator meets the employers.", "beneficiary"),
        ("Reduce drop-out with the help of former students.", "beneficiary"),
        ("The coordinator visits new hosts every spring.", "amount"),
        ("Der Koordinator berichtet zweimal im Jahr.", "amount"),
        ("Le coordinateur rend compte une fois par trimestre.", "amount"),
        ("Todo el alumnado pasa al menos tres semanas en una empresa extranjera.", "direction"),
        ("Het aantal uitvallers daalt van 15 naar 5.", "object"),
        ("El alumnado con necesidades de apoyo participa en movilidades.", "need"),
        ("Alle elever får mulighed for at gennemføre et ophold i udlandet.", "need"),
    ],
)
def test_who_is_dealt_with_is_not_better_off_and_how_often_is_no_amount(text: str, slot: str) -> None:
    assert getattr(find_slots(text, load_lexicon(identify_language(text))), slot) is None


@pytest.mark.parametrize(
    ("language", "text", "time"),
    [
        ("en", "Requests are answered within a week.", "within a week"),
        ("en", "The mentor calls every second day.", "every second day"),
        ("de", "Vor jeder Abreise spricht der Mentor mit den Eltern.", "Vor jeder Abreise"),
        ("fi", "Ohjaaja soittaa joka toinen viikko.", "joka toinen viikko"),
        ("da", "Ansøgninger besvares inden for en uge.", "inden for en uge"),
        ("nl", "De mentor belt om de week.", "om de week"),
        ("hu", "A mentor kéthetente telefonál.", "kéthetente"),
        ("fr", "Le tuteur appelle tous les deux jours.", "tous les deux jours"),
        ("es", "El tutor llama dos veces por semana.", "dos veces por semana"),
        ("it", "Il tutor chiama una volta alla settimana.", "una volta alla settimana"),
    ],
)
def test_a_span_a_frequency_and_an_occasion_tell_the_time(language: str, text: str, time: str) -> None:
    found = find_slots(text, load_lexicon(language)).time
    assert found is not None
    assert found.text == time


def test_marks_of_slots_are_taken_out_and_kept_as_spans() -> None:
    one = read_marks("[b:[a:Every] trainee] travels [t:in May].", "en")
    assert one.text == "Every trainee travels in May."
    found = {name: [one.text[span.start : span.end] for span in spans] for name, spans in one.spans.items()}
    assert found == {"amount": ["Every"], "beneficiary": ["Every trainee"], "time": ["in May"]}


@pytest.mark.parametrize("marked", ["[b:Every trainee", "Every trainee]"])
def test_a_mark_that_is_not_closed_or_closes_nothing_is_refused(marked: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        read_marks(marked, "en")


def test_the_labelled_slots_cover_nine_languages() -> None:
    assert {one.language for one in load_marked()} == set(LANGUAGES)
    assert len(load_marked()) >= 120


@pytest.mark.parametrize(
    ("language", "text", "need", "beneficiary"),
    [
        (
            "en",
            "Nurses are scarce here, therefore every student works abroad",
            "Nurses are scarce here",
            "every student",
        ),
        ("en", "Therefore we want all students to speak English", "", "all students"),
        ("en", "Students learn French because hotels ask, and therefore stay", "because hotels ask", "Students"),
        (
            "fi",
            "Alueella on pulaa hitsaajista, joten opiskelijat lähtevät Ruotsiin",
            "Alueella on pulaa",
            "opiskelijat",
        ),
        ("fi", "Opiskelijat oppivat saksaa siksi, että satama tarvitsee sitä", "siksi, että satama", "Opiskelijat"),
        ("de", "Deshalb machen alle Lernenden ein Praktikum im Ausland", "", "alle Lernenden"),
    ],
)
def test_the_reason_stands_before_therefore_and_after_because(
    language: str, text: str, need: str, beneficiary: str
) -> None:
    slots = find_slots(text, load_lexicon(language))
    assert bool(slots.need) is bool(need)
    assert slots.need is None or slots.need.text.startswith(need)
    assert slots.beneficiary is not None
    assert slots.beneficiary.text == beneficiary


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("By the end of June 2029 half of them", ["2029"]),
        ("bis Ende 2028", ["2028"]),
        ("vuoden 2028 loppuun mennessä", ["2028"]),
        ("vuoteen 2019 verrattuna", []),
        ("2029 végéig", ["2029"]),
        ("d’ici à fin 2027", ["2027"]),
        ("inden udgangen af 2027", ["2027"]),
        ("hasta el curso 2028", ["2028"]),
        ("entro il 2029", ["2029"]),
        ("uiterlijk in 2028", ["2028"]),
        ("from 4 % in 2024 to 20 %", []),
    ],
)
def test_the_years_by_which_something_is_to_be_reached_are_found_in_every_language(text: str, years: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_deadlines(text)] == years


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Make the curriculum fit the labour market."),
        ("en", "Promote European citizenship."),
        ("nl", "Het onderwijs past bij de arbeidsmarkt."),
        ("it", "Promuovere la cittadinanza europea."),
        ("de", "Die Lehrpläne passen zum Arbeitsmarkt."),
    ],
)
def test_what_is_nobody_is_not_who_is_better_off(language: str, text: str) -> None:
    assert find_slots(text, load_lexicon(language)).beneficiary is None


def test_how_long_is_no_time() -> None:
    text = "Opiskelijoista 25 prosenttia on ulkomailla vähintään 8 viikkoa vuoteen 2030 mennessä."
    when = find_slots(text, load_lexicon("fi")).time
    assert when is not None
    assert when.text == "vuoteen 2030 mennessä"
