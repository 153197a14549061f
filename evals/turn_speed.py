"""How long one turn of the conversation takes, from the manager's words to the answer kept on disk.

Talks of our own in every language; the first turn of each is left out, since it loads the language. Beside it, in the
same run, the same turns where the model that reads meaning is missing. The target is 0.15 s.
"""

import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from unittest.mock import patch

from assistant.asking.dialogue import Dialogue, open_dialogue
from evals.figures import Figure
from knowledge.lexicon import LANGUAGES
from knowledge.pairs import load_labelled_answers

TURNS = 5


def measure() -> tuple[Figure, ...]:
    """The median of a turn in seconds, with the range in which nineteen turns in twenty lie."""
    with_meaning = _time_talks()
    with patch("assistant.asking.answers.read_meaning", return_value={}):
        alone = _time_talks()
    around = quantiles(with_meaning, n=40)
    return (
        Figure(
            part="conversation",
            measure="seconds a turn, median",
            cases="own answers in nine languages",
            n=len(with_meaning),
            value=median(with_meaning),
            low=around[0],
            high=around[-1],
            baseline_name="signs alone, no vectors",
            baseline=median(alone),
        ),
    )


def _time_talks() -> list[float]:
    with tempfile.TemporaryDirectory() as folder, open_dialogue(Path(folder)) as dialogue:
        return [seconds for language in LANGUAGES for seconds in _time_talk(dialogue, language)]


def _time_talk(dialogue: Dialogue, language: str) -> Iterator[float]:
    pairs = [one for one in load_labelled_answers() if one.language == language and one.answer_class == "higher_goal"]
    dialogue.start(language)
    dialogue.say(language, pairs[0].goal)
    for pair in islice(pairs, TURNS):
        begun = time.perf_counter()
        dialogue.say(language, pair.answer)
        yield time.perf_counter() - begun
