"""The why test of the guide's section 4.4: ask why until the answer is no longer another goal.

A higher goal becomes the goal that is asked about; a need, a value or the mission stops the ladder, and the goal is put
together with it in the manager's words. What an answer is, is read by rules and a small model (answers.py).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from assistant.asking.answers import STOPPING, classify_answer
from assistant.asking.reformulation import reformulate
from assistant.chain import AnswerClass, Reformulation, WhyChain, WhyStep
from assistant.judging.judge import check_words
from knowledge.faults import OversizedText
from knowledge.heard import load_heard
from knowledge.identification import identify_language
from knowledge.lexicon import Lexicon, load_lexicon

MOST_ASKS = 5
MOST_ANSWER_WORDS = 2000
_SHOWN_WORDS = 14
_SEVERAL = 2
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_NOTHING_OVERRULED: Mapping[int, AnswerClass] = MappingProxyType({})


def climb(
    goal: str,
    answers: Sequence[str],
    language: str | None = None,
    *,
    overruled: Mapping[int, AnswerClass] = _NOTHING_OVERRULED,
) -> WhyChain:
    """The ladder from `goal` through the answers given so far.

    Args:
        goal: the goal as the manager wrote it.
        answers: the answers in order; those after the one that stops the ladder, and after the fifth, are ignored.
        language: of the questions and the reading; found out from the words where None.
        overruled: the manager's own reading of an answer, by its place from 0; its confidence is 1.

    Returns:
        The chain. `done` says that it stopped at a reason; while it is not, `next_question` is the one question to
        put, never one already put, and None once five have been asked.

    Raises:
        EmptyText: where the goal has no words.
        OversizedText: where the goal or an answer is longer than 2,000 words.
    """
    check_words(goal, "the goal")
    for answer in answers:
        _check_length(answer)
    code = language or identify_language(" ".join([goal, *answers]))
    lexicon = load_lexicon(code)
    candidate, question = _fold(goal), ask_first(goal, lexicon)
    steps: list[WhyStep] = []
    for place, answer in enumerate(answers[:MOST_ASKS]):
        found = (overruled[place], 1.0) if place in overruled else classify_answer(candidate, answer, code)
        steps.append(WhyStep(question, answer, *found))
        if found[0] in STOPPING:
            new = _reformulate(candidate, answer, code)
            return WhyChain(goal, tuple(steps), done=True, true_goal=candidate, next_question=None, reformulation=new)
        if found[0] == "higher_goal":
            candidate = _fold(answer)
        question = _ask_on(steps, candidate, lexicon)
    following = question if len(steps) < MOST_ASKS else None
    return WhyChain(goal, tuple(steps), done=False, true_goal=None, next_question=following, reformulation=None)


def ask_first(goal: str, lexicon: Lexicon) -> str:
    """The first why about `goal`."""
    return lexicon.voice["why_first"].format(goal=shorten(goal))


def shorten(words: str) -> str:
    """The manager's words on one line, without the marks at their end, cut after fourteen words."""
    said = _fold(words).split()
    short = " ".join(said[:_SHOWN_WORDS])
    return f"{short.rstrip(',;:')} …" if len(said) > _SHOWN_WORDS else short.rstrip(".!;:, ")


def _ask_on(steps: Sequence[WhyStep], candidate: str, lexicon: Lexicon) -> str:
    """The question that the last answer calls for, worded anew each time its class comes up again."""
    last = steps[-1]
    turn = Counter(step.answer_class for step in steps)[last.answer_class]
    return lexicon.voice[f"{last.answer_class}_{min(turn, MOST_ASKS - 1)}"].format(
        words=shorten(last.answer), goal=shorten(candidate)
    )


@lru_cache(maxsize=256)
def state_reason(goal: str, answer: str, language: str) -> str:
    """What of an answer that stopped the ladder is the reason: without the sentences beside it that are none.

    The whole answer where it is one sentence, or where none of its sentences is a reason by itself. What opens as a
    reason ("and also because …") is one, whatever it is by itself.
    """
    sentences = [sentence for sentence in _SENTENCE.split(_fold(answer)) if any(map(str.isalnum, sentence))]
    if len(sentences) < _SEVERAL:
        return answer
    heard = load_heard(language)
    kept = [one for one in sentences if heard.gives_reason(one) or classify_answer(goal, one, language)[0] in STOPPING]
    return " ".join(kept) or answer


def _reformulate(goal: str, answer: str, language: str) -> Reformulation:
    reason = state_reason(goal, answer, language)
    return reformulate(goal, reason if any(map(str.isalnum, reason)) else goal, language)


def _check_length(answer: str) -> None:
    words = len(answer.split())
    if words > MOST_ANSWER_WORDS:
        raise OversizedText(
            "the answer",
            f"it is {words:,} words long; {MOST_ANSWER_WORDS:,} is the most",
            "Give the reason in a few sentences.",
            key="many_words",
            words=words,
            most=MOST_ANSWER_WORDS,
        )


def _fold(text: str) -> str:
    return " ".join(text.split())
