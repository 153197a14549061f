"""What a reason rests on: a sentence of the strategy or of the school's papers, or else the manager's word."""

from pathlib import Path

from talks import GOAL, NEED

from assistant.asking.conversation import Source
from assistant.asking.dialogue import open_dialogue
from assistant.asking.passing import find_ground, quote_sentences
from knowledge.document import Span
from knowledge.faults import CorruptFile
from knowledge.library.holdings import Library
from knowledge.reading.files import read_bytes

SURVEY = "Hotels along the coast say that staff who speak languages cannot be found."
OTHER = "The school was founded in 1921 and has a canteen."
PAPER = f"# Survey of employers\n\n{OTHER} {SURVEY} A new roof was built.\n"


def passage(quote: str, title: str = "Survey") -> Source:
    return Source("d1", title, None, 3, quote, Span(0, len(quote)))


def test_a_reason_is_linked_to_the_passage_that_says_it(tmp_path: Path) -> None:
    with open_dialogue(tmp_path, look_up=lambda *_: [passage(OTHER), passage(SURVEY)]) as opened:
        opened.say("a", GOAL)
        grounds = opened.say("a", NEED).goals[0].grounds
    assert grounds == (passage(SURVEY),)


def test_the_strategy_itself_comes_before_the_papers(tmp_path: Path) -> None:
    own = passage("The coast's hotels have no staff with languages.", "Our plan")
    with open_dialogue(tmp_path, look_up=lambda *_: [passage(SURVEY)]) as opened:
        for name, elements in (("with", [own]), ("without", [])):
            opened.take_goals(name, [GOAL], elements)
            opened.say(name, NEED)
        shown = [opened.load(name) for name in ("with", "without")]
    assert [one.goals[0].grounds for one in shown if one] == [(own,), (passage(SURVEY),)]


def test_of_several_passages_the_one_with_most_of_the_reason_is_taken() -> None:
    near = passage("The hotels on the coast are full in July.")
    assert find_ground(NEED, [near, passage(SURVEY)], "en") == passage(SURVEY)


def test_a_passage_about_something_else_is_no_ground() -> None:
    assert find_ground(NEED, [passage(OTHER)], "en") is None
    assert find_ground(NEED, [], "en") is None


def test_forms_of_a_word_are_one_word() -> None:
    said = "Weil in den Pflegeheimen Stellen offen sind."
    assert find_ground(said, [passage("Zwei Pflegeheime haben eine offene Stelle.")], "de") is not None


def test_papers_that_cannot_be_read_leave_the_managers_word(tmp_path: Path) -> None:
    def fail(*_: str) -> list[Source]:
        raise CorruptFile("paper", "it is damaged", "Add it again.")

    with open_dialogue(tmp_path, look_up=fail) as opened:
        opened.say("a", GOAL)
        said = opened.say("a", NEED)
    assert said.goals[0].state == "reformulated"
    assert said.goals[0].grounds == ()


def test_papers_are_looked_up_by_their_words_and_quoted_by_the_sentence(tmp_path: Path) -> None:
    library = Library(tmp_path)
    document = read_bytes(PAPER.encode(), "survey.md")
    library.keep(document, later=True)
    quoted = quote_sentences(library.find_words(NEED, "en"))
    assert all(document.text[one.span.start : one.span.end] == one.quote for one in quoted)
    found = find_ground(NEED, quoted, "en")
    assert found is not None
    assert (found.quote, found.title, found.section) == (SURVEY, "survey.md", None)
    assert library.find_words("zzz", "en") == ()
