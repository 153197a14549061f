"""How long one turn of the conversation takes, from the manager's words to the answer kept on disk.

Talks of our own in every language: the whys (the first turn of each is left out, since it loads the language), and
whole talks with parts, steps and the journey. Beside them, in the same run, the same turns where the model that reads
meaning is missing. The target is 0.15 s. The processor's time is given too: it hardly depends on what else is running.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from unittest.mock import patch

from assistant.asking.dialogue import Dialogue, open_dialogue
from evals.figures import Figure
from evals.whole_talks import load_whole_talks
from knowledge.lexicon import LANGUAGES
from knowledge.pairs import load_labelled_answers

TURNS = 5


class Took(NamedTuple):
    """The seconds of one turn: on the clock, and of the processor."""

    clock: float
    processor: float


def measure() -> tuple[Figure, ...]:
    """The medians of a turn in seconds, each with the range in which nineteen turns in twenty lie."""
    whys, whole = _time(_time_whys), _time(_time_whole_talks)
    with patch("assistant.asking.answers.read_meaning", return_value={}):
        alone = _time(_time_whys)
    signs = "signs alone, no vectors"
    cases, talks = "own answers in nine languages", "own whole talks"
    return (
        _figure("seconds a turn, median", cases, [one.clock for one in whys], signs, [one.clock for one in alone]),
        _figure("processor seconds a turn, median", cases, [one.processor for one in whys], signs,
                [one.processor for one in alone]),
        _figure("seconds a turn, median", talks, [one.clock for one in whole], "the whys", [one.clock for one in whys]),
        _figure("processor seconds a turn, median", talks, [one.processor for one in whole], "the whys",
                [one.processor for one in whys]),
    )  # fmt: skip


def _figure(measured: str, cases: str, took: Sequence[float], name: str, baseline: Sequence[float]) -> Figure:
    around = quantiles(took, n=40)
    return Figure(
        part="conversation",
        measure=measured,
        cases=cases,
        n=len(took),
        value=median(took),
        low=around[0],
        high=around[-1],
        baseline_name=name,
        baseline=median(baseline),
    )


def _time(talks: Callable[[Dialogue], Iterator[Took]]) -> list[Took]:
    with tempfile.TemporaryDirectory() as folder, open_dialogue(Path(folder)) as dialogue:
        return list(talks(dialogue))


def _time_whys(dialogue: Dialogue) -> Iterator[Took]:
    labelled = load_labelled_answers()
    for language in LANGUAGES:
        pairs = [one for one in labelled if one.language == language and one.answer_class == "higher_goal"]
        dialogue.start(language, language)
        dialogue.say(language, pairs[0].goal)
        for pair in islice(pairs, TURNS):
            yield _time_turn(dialogue, language, pair.answer)


def _time_whole_talks(dialogue: Dialogue) -> Iterator[Took]:
    for talk in load_whole_talks():
        dialogue.start(talk.id, talk.language)
        for message in talk.says:
            yield _time_turn(dialogue, talk.id, message)


def _time_turn(dialogue: Dialogue, conversation_id: str, message: str) -> Took:
    begun, processor = time.perf_counter(), time.process_time()
    dialogue.say(conversation_id, message)
    return Took(time.perf_counter() - begun, time.process_time() - processor)
