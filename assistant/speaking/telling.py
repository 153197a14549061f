"""How it stands with the model, in words: for the line on the page and for the command line."""

from collections.abc import Mapping

from assistant.speaking.tally import Standing

_WHY = {
    "empty": "nothing was left of it",
    "markup": "markup or links",
    "long": "too long",
    "number": "a number from nowhere",
    "date": "a date from nowhere",
    "name": "a name from nowhere",
    "word": "a word from nowhere",
    "claim": "something that nobody said",
    "praise": "praise",
    "quotation": "not the exact words",
    "questions": "not one question",
    "repeated": "said before",
    "language": "another language",
}


def tell_standing(standing: Standing) -> tuple[str, ...]:
    """How it stands with the model, the line that matters most first; each a sentence or two."""
    where = "on this computer" if standing.here else "on a server elsewhere: what it is asked leaves this computer"
    lines = [f"Language model {standing.model}, {where}."]
    if standing.fault:
        lines.append(standing.fault)
    if standing.rests:
        lines.append(f"It kept failing and is left alone for {_minutes(standing.rests)}; Askwhy uses its own words.")
    if standing.asked:
        lines.append(_tell_counts(standing))
    if standing.shortened:
        lines.append(f"Calls with no room for all that was said: {standing.shortened}; the oldest talk was left out.")
    return tuple(lines)


def tell_refusals(standing: Standing) -> tuple[str, ...]:
    """What the command line says on standard error after one answer: the fault, or why the wording was not shown."""
    lines = [standing.fault] if standing.fault else []
    if standing.refused:
        lines.append(f"{standing.model}: its wording was not shown ({_reasons(standing.refused)}); ours stands.")
    if standing.cut:
        lines.append(f"{standing.model}: sentences taken out: {_reasons(standing.cut)}.")
    return tuple(lines)


def _tell_counts(standing: Standing) -> str:
    refused = sum(standing.refused.values())
    parts = [f"Asked {standing.asked} times; {standing.shown} answers were shown"]
    if refused:
        parts.append(f"{refused} were not ({_reasons(standing.refused)})")
    if standing.cut:
        parts.append(f"{sum(standing.cut.values())} sentences were taken out ({_reasons(standing.cut)})")
    if standing.faults:
        parts.append(f"{standing.faults} calls failed")
    return ", ".join(parts) + "."


def _reasons(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{_WHY[name]}: {count}" for name, count in sorted(counts.items(), key=lambda one: -one[1]))


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes > 1 else "a minute"
