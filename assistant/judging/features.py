"""What can be seen of a statement: named yes/no signs, the same in every language, that the judge's models weigh."""

import itertools
import re
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from assistant.domain import Slots
from assistant.judging.quantities import MONEY, PERCENT, find_numbers, find_years, has_digit
from assistant.judging.slots import counts_group, find_time, leave_out_need
from knowledge.cues import Cue, find_standing
from knowledge.document import Span
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.trades import load_trades

_CUES = (
    "intent",
    "vision",
    "mission",
    "value",
    "core_skill",
    "context",
    "indicator_start",
    "indicator",
    "report",
    "passive_plan",
    "up",
    "down",
    "keep",
    "reach",
    "empty_verb",
    "action",
    "need_connective",
    "means_connective",
    "quantifier",
    "countable",
    "deliverable",
    "time",
    "vague_time",
    "owner",
    "soft_quality",
    "comparative",
    "need",
    "we",
    "will",
    "past",
    "deed",
)
_FACT_CUES = ("context", "need", "past", "report")
_OPENING_CUES = (
    "up",
    "down",
    "keep",
    "reach",
    "empty_verb",
    "action",
    "indicator_start",
    "intent",
    "we",
    "quantifier",
    "deed",
)
_VERB_CUES = ("up", "down", "keep", "reach", "action")
# The cues that are read here or by the slots; the trained weights hold for them as they stand.
CUES_READ = (*_CUES, "conjunction", "scope", "more", "counted")
_SEVERAL = 2
_OPENING_WORDS = re.compile(r"\W*\w+(?:\W+\w+)?")
_FEW_WORDS = re.compile(r"(?:\W+\w+){1,3}")
_FEW_WORDS_BEFORE = re.compile(r"(?:\w+\W+){1,3}$")
_LAST_WORD = re.compile(r"(\w+)[\s-]+$")
_COUNTS = ("countable", "counted")
_NEAR = 60  # characters: what hostile text holds before is not looked through
_SHORT, _MIDDLE, _LONG = 6, 14, 25
_REMEMBERED = 512  # headings


def find_features(text: str, context: str, slots: Slots, lexicon: Lexicon) -> frozenset[str]:
    """The names of the signs that `text` shows under the heading or lead-in `context` ("" for none)."""
    # A reason given for a goal is full of facts; they make no fact of the goal.
    body = leave_out_need(text, slots.need.span if slots.need else None)
    facts, others = _cues_read(lexicon.code)
    found = {f"cue:{name}" for name in (*find_standing(facts, body), *find_standing(others, text))}
    found |= _read_heading(context, lexicon.code)
    found |= {f"group:{group}" for group in find_standing(lexicon.groups, text)}
    found |= {f"slot:{name}" for name in ("beneficiary", "need", "time", "amount", "owner") if getattr(slots, name)}
    if counts_group(slots, lexicon):
        found.add("counted group")
    if wants_count(text, lexicon):
        found.add("counted change")
    if load_trades(lexicon.code).search(text):
        found.add("group:trade")
    if slots.time and _lasts(text, slots.time.span, lexicon):
        found.add("time:duration")
    found |= _opening(text, lexicon, found) | _figures(text) | _shape(text) | _moves(text, lexicon, found)
    if not any(name.startswith("heading:") for name in found):
        found.add("heading:none")
    return frozenset(found | _together(found))


@lru_cache(_REMEMBERED)
def _read_heading(context: str, language: str) -> frozenset[str]:
    """What the heading above a statement shows; it stands above many."""
    lexicon = load_lexicon(language)
    signs = {f"heading:{kind}" for kind in find_standing(lexicon.headings, context)}
    return frozenset(signs | {"context:time"} if find_time(context, lexicon) else signs)


@cache
def _cues_read(language: str) -> tuple[dict[str, Cue], dict[str, Cue]]:
    """The cues that are sought outside the reason given for a goal, and those that are sought everywhere."""
    cues = {name: cue for name, cue in load_lexicon(language).cues.items() if name in _CUES}
    return (
        {name: cue for name, cue in cues.items() if name in _FACT_CUES},
        {name: cue for name, cue in cues.items() if name not in _FACT_CUES},
    )


def _opening(text: str, lexicon: Lexicon, found: AbstractSet[str]) -> set[str]:
    """Signs in the first two words, where a list item shows its verb; only cues among the signs `found` are sought."""
    opening = _OPENING_WORDS.match(text)
    end = opening.end() if opening else 0
    spans = {name: lexicon.find(name, text) for name in _OPENING_CUES if f"cue:{name}" in found}
    return {f"opens:{name}" for name, span in spans.items() if span and span.start < end}


def _moves(text: str, lexicon: Lexicon, found: AbstractSet[str]) -> set[str]:
    """How many things are to move or be done, and whether a conjunction joins two of them; as `_opening`."""
    verbs = [name for name in _VERB_CUES if f"cue:{name}" in found]
    spans = sorted({span for name in verbs for span in lexicon.find_all(name, text)})
    apart = [span for i, span in enumerate(spans) if i == 0 or span.start >= spans[i - 1].end]
    between = (text[one.end : other.start] for one, other in itertools.pairwise(apart))
    signs = {
        "verbs:several": len(apart) >= _SEVERAL,
        "verbs:many": len(apart) > _SEVERAL,
        "verbs joined": any(lexicon.has("conjunction", words) for words in between),
        "conjunctions:several": len(lexicon.find_all("conjunction", text)) >= _SEVERAL,
        "commas:several": text.count(",") >= _SEVERAL,
    }
    return {name for name, seen in signs.items() if seen}


def wants_count(text: str, lexicon: Lexicon) -> bool:
    """Whether something that can be counted is to rise or fall ("more applicants", "cut absence")."""
    people = lexicon.groups.values()
    for span in lexicon.find_all("more", text):
        after = _words_after(text, span)
        if _names_count(after, lexicon) or any(group.search(after) for group in people):
            return True
    return any(
        _names_count(words, lexicon)
        for name in ("up", "down")
        for span in lexicon.find_all(name, text)
        for words in (_words_after(text, span), _words_before(text, span))
    )


def _names_count(words: str, lexicon: Lexicon) -> bool:
    return any(lexicon.has(name, words) for name in _COUNTS)


def _words_after(text: str, span: Span) -> str:
    found = _FEW_WORDS.match(text, span.end)
    return found.group() if found else ""


def _words_before(text: str, span: Span) -> str:
    found = _FEW_WORDS_BEFORE.search(text[max(0, span.start - _NEAR) : span.start])
    return found.group() if found else ""


def _lasts(text: str, time: Span, lexicon: Lexicon) -> bool:
    """Whether the time is how long something takes ("four weeks in Malta"), which binds it to no date."""
    before = _LAST_WORD.search(text[max(0, time.start - _NEAR) : time.start])
    if before is None or " " in text[time.start : time.end]:
        return False
    return before[1].isdigit() or lexicon.has("quantifier", before[1])


def _figures(text: str) -> set[str]:
    if not has_digit(text):
        return set()
    signs = {
        "has:number": bool(find_numbers(text)),
        "has:percent": bool(PERCENT.search(text)),
        "has:year": bool(find_years(text)),
        "has:money": bool(MONEY.search(text)),
    }
    return {name for name, seen in signs.items() if seen}


def _shape(text: str) -> set[str]:
    words = len(text.split())
    length = "short" if words <= _SHORT else "middle" if words <= _MIDDLE else "full" if words <= _LONG else "long"
    stripped = text.strip()
    signs = {
        "ends:sentence": stripped.endswith((".", "!", "?", "…")),
        "ends:open": stripped.endswith((";", ",", ":")),
        "opens:lower": stripped[:1].islower(),
        "asks": stripped.endswith("?"),
    }
    return {f"length:{length}"} | {name for name, seen in signs.items() if seen}


def _together(found: set[str]) -> set[str]:
    """Pairs of signs that mean more together than apart."""
    moves = bool(found & {"cue:up", "cue:down", "cue:keep", "cue:reach"})
    pairs = {
        "number+report": {"has:number", "cue:report"} <= found,
        "number+move": "has:number" in found and moves,
        "percent+time": {"has:percent", "slot:time"} <= found,
        "action+time": {"cue:action", "slot:time"} <= found,
        "deed+time": {"cue:deed", "slot:time"} <= found,
        "deed+deliverable": {"cue:deed", "cue:deliverable"} <= found,
        "amount+countable": {"slot:amount", "cue:countable"} <= found,
        "trade+short": "group:trade" in found and bool(found & {"length:short", "length:middle"}),
        "when, not how long": "slot:time" in found and "time:duration" not in found,
        "action+deliverable": {"opens:action", "cue:deliverable"} <= found,
        "counted move": "opens:indicator_start" in found and moves,
        "intent+need": {"cue:intent", "slot:need"} <= found,
        "move+need": "slot:need" in found and moves,
        "move+countable": moves and "cue:countable" in found,
        "bounded": bool(found & {"slot:time", "context:time"}),
        "bounded+amount": bool(found & {"slot:time", "context:time"}) and "slot:amount" in found,
        "joined goals": {"verbs joined", "cue:conjunction"} <= found and "heading:activity" not in found,
        "will+action": {"cue:will", "cue:action"} <= found,
        "will+move": "cue:will" in found and moves,
        "we+will+action": {"cue:we", "cue:will", "cue:action"} <= found,
        "intent+vision": {"cue:intent", "cue:vision"} <= found,
        "intent+action": {"cue:intent", "cue:action"} <= found,
        "opening intent": bool(found & {"opens:intent"}) and "cue:vision" not in found,
        "fact": "cue:context" in found and not moves and "cue:action" not in found,
        "we+action": {"cue:we", "cue:action"} <= found,
        "we+move": "cue:we" in found and moves,
        "quantifier+short": "cue:quantifier" in found and bool(found & {"length:short", "length:middle"}),
        "goal heading+quantifier": {"heading:goal", "cue:quantifier"} <= found,
        "goal heading+short": {"heading:goal", "length:short"} <= found,
        "context+sentence": {"cue:context", "ends:sentence"} <= found,
        "no verb": not moves and "cue:action" not in found,
        "bare sentence": "ends:sentence" in found and "cue:intent" not in found and not moves,
    }
    return {name for name, seen in pairs.items() if seen}
