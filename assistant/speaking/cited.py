"""Sentences that rest on passages: an answer's lead, and the reasons of a goal in short.

Each sentence names its passage and quotes it. One whose quotation is not there letter by letter, or that holds a
number, date or name that its passage has not, is taken out before anything is shown, and counted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.origin import Worded
from assistant.speaking.checks import Ground, Objection, find_objections
from assistant.speaking.speaker import Speaker, Task
from assistant.speaking.structured import MOST_SENTENCES, Sentence, read_sentences, sentences_schema
from knowledge.faults import ModelFault
from knowledge.lexicon import load_lexicon

if TYPE_CHECKING:
    from assistant.answer import Citation

LEAD, SUMMARY = "lead", "summary"
MOST_TOKENS = 450
MOST_WORDS = 40  # of a sentence
FEWEST_QUOTED = 3  # words; fewer are in any passage


class LeadWriter:
    """Words an answer's lead from its passages (`WordLead` in assistant/answer.py).

    Args:
        speaker: the model.
    """

    def __init__(self, speaker: Speaker) -> None:
        """Ask nothing yet."""
        self._speaker = speaker

    def __call__(self, question: str, language: str, citations: "tuple[Citation, ...]") -> Worded | None:
        """The lead, each sentence with the number of its passage; None where nothing is left, or the model fails."""
        passages = tuple(one.quote for one in citations)
        return _write(self._speaker, LEAD, "question", question, language, passages)


def sum_up(speaker: Speaker, goal: str, answers: Sequence[str], language: str) -> Worded | None:
    """Why a school has a goal, in short, from the manager's answers; None where nothing can be said of them.

    Args:
        speaker: the model.
        goal: the goal in the manager's words.
        answers: what the manager answered to why; each sentence is followed by the number of its answer.
        language: the code of the language to write in.
    """
    return _write(speaker, SUMMARY, "goal", goal, language, tuple(answers)) if answers else None


def _write(
    speaker: Speaker, prompt: str, hole: str, about: str, language: str, passages: tuple[str, ...]
) -> Worded | None:
    if speaker.is_resting():
        return None
    task = Task(
        prompt=prompt,
        words={"language": load_lexicon(language).name, "most": str(MOST_SENTENCES)},
        data={hole: about, "passages": passages},
        most_tokens=MOST_TOKENS,
        schema=sentences_schema(len(passages)),
    )
    try:
        sentences = speaker.read(task, lambda answer: read_sentences(answer, len(passages), speaker.who))
    except ModelFault:
        return None  # counted and kept for the page by the speaker
    kept = [one for one in sentences if not _object_to(speaker, one, passages, language)]
    if not kept:
        speaker.tally.note_refused(("empty",))
        return None
    speaker.tally.note_shown()
    return Worded(" ".join(f"{one.text} [{one.passage}]" for one in kept), speaker.origin(prompt))


def _object_to(speaker: Speaker, sentence: Sentence, passages: Sequence[str], language: str) -> bool:
    """Whether a sentence must go; it is counted then."""
    objections = find_sentence_objections(sentence, passages[sentence.passage - 1], language)
    if objections:
        speaker.tally.note_cut(objections)
    return bool(objections)


def find_sentence_objections(sentence: Sentence, passage: str, language: str) -> tuple[Objection, ...]:
    """What there is against a sentence that rests on `passage`."""
    ground = Ground(language, (passage,), MOST_WORDS)
    if len(sentence.quotation.split()) < FEWEST_QUOTED or sentence.quotation not in passage:
        return ("quotation",)
    return find_objections(sentence.text, ground)
