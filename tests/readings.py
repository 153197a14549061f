"""An indicator that is followed, with what was read of it half a year apart, for the tests of what is made of it."""

from datetime import date, timedelta

from assistant.following.followed import Followed, Reading
from assistant.following.spelling import read_figure

GOAL = "Students of care courses dare to speak English with patients, because half of our patients speak no Finnish."
DAY = date(2026, 3, 1)


def read_value(words: str, language: str = "en") -> float | None:
    figure = read_figure(words, language)
    return None if figure is None else figure.value


def followed(*read: str, baseline: str = "10 %", target: str = "30 %", language: str = "en") -> Followed:
    readings = tuple(
        Reading(place, DAY + timedelta(days=180 * place), words, "") for place, words in enumerate(read, 1)
    )
    return Followed(1, DAY, GOAL, "languages.use", "Share who speak", "%", language, baseline, target, readings)
