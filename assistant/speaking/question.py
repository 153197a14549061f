"""The model's voice in the dialogue: the open question in its words, given as they come, or ours where they fail."""

from collections.abc import Generator

from assistant.asking.voicing import Asked
from assistant.origin import Worded
from assistant.speaking.alternatives import suggest
from assistant.speaking.checks import Ground, find_growing_objections, find_question_objections, find_quotations
from assistant.speaking.cited import sum_up
from assistant.speaking.speaker import Speaker, Task
from knowledge.faults import ModelFault
from knowledge.lexicon import load_lexicon

PROMPT = "question"
MOST_WORDS = 45  # of the question's own, beyond those that it quotes
MOST_TOKENS = 160
NOTHING_YET = "-"  # stands where a hole has nothing to say: a list without texts would read as a hole left open


class ModelVoice:
    """A `Voice` for the dialogue (assistant/asking/voicing.py).

    Args:
        speaker: the model.
    """

    def __init__(self, speaker: Speaker) -> None:
        """Ask nothing yet."""
        self._speaker = speaker

    @property
    def who(self) -> str:
        """The model as its owner knows it."""
        return self._speaker.who

    def word_goal(self, wording: str, answers: tuple[str, ...], language: str) -> tuple[Worded, ...]:
        """Other wordings of a goal, made of the manager's words; none where it rests, fails, or none passes."""
        return suggest(self._speaker, wording, answers, language)

    def sum_up(self, goal: str, answers: tuple[str, ...], language: str) -> Worded | None:
        """Why there is that goal, in short, from the answers; None where it rests, fails, or nothing passes."""
        return sum_up(self._speaker, goal, answers, language)

    def word_question(self, asked: Asked) -> Generator[str, None, Worded | None]:
        """The open question in the model's words; None where it rests, fails, or says what the checks refuse.

        What is given on the way has passed every check that a beginning can fail.
        """
        if self._speaker.is_resting():
            return None
        ground = ground_of(asked)
        said = ""
        try:
            for said in self._speaker.listen(task_of(asked)):
                begun = said[: said.rfind(" ") + 1].strip()
                objections = find_growing_objections(begun, ground) if begun else ()
                if objections:
                    self._speaker.tally.note_refused(objections)
                    return None
                if begun:
                    yield begun
        except ModelFault:
            return None  # counted and kept for the page by the speaker
        question = " ".join(said.split()) if "\n" not in said.strip() else said.strip()
        objections = find_question_objections(question, ground, find_quotations(asked.question), asked.earlier)
        if objections:
            self._speaker.tally.note_refused(objections)
            return None
        self._speaker.tally.note_shown()
        return Worded(question, self._speaker.origin(PROMPT))


def task_of(asked: Asked) -> Task:
    """The call for another wording of a question."""
    return Task(
        prompt=PROMPT,
        words={"language": load_lexicon(asked.language).name, "most": str(_most_words(asked))},
        data={
            "goal": asked.goal,
            "answers": asked.answers or (NOTHING_YET,),
            "earlier": asked.earlier or (NOTHING_YET,),
            "question": asked.question,
        },
        most_tokens=MOST_TOKENS + 2 * _quoted_words(asked),
        spare="earlier",
    )


def ground_of(asked: Asked) -> Ground:
    """What a wording of the question is held against."""
    return Ground(asked.language, (asked.question, asked.goal, *asked.answers), _most_words(asked))


def _most_words(asked: Asked) -> int:
    return MOST_WORDS + _quoted_words(asked)


def _quoted_words(asked: Asked) -> int:
    return sum(len(quoted.split()) for quoted in find_quotations(asked.question))
