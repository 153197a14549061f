"""Numbers and dates as a spreadsheet shows them, by the format code of their cell (ECMA-376 part 1, 18.8.30 and 31)."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from knowledge.datenames import DateNames, language_numbers, load_date_names

GENERAL = "General"
# The codes that a file names by number alone. 14 and 22 follow the reader's own country; they are shown as ISO dates,
# which all read alike.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: GENERAL,
    13: GENERAL, 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "0.0E+0", 49: "@",
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|_.|\*.|(?P<half>AM/PM|A/P)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)|(?P<digits>[0#?][0#?.,]*|\.[0#?]+)"
    r"|(?P<exponent>[eE][+-]0+)|(?P<other>.)",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"\[\$[^\]-]*-([0-9A-F]{1,8})\]", re.IGNORECASE)
_PRIMARY = 0x3FF  # the bits of a language identifier of Windows that name the language, not the country
_MOST_DIGITS = 11  # that a cell of usual width shows of a number without a format
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - dates on paper have no time zone
_BEYOND = 1e300  # larger than any cell holds
_LAST_DAY = 2_958_465  # 31 December 9999
_LONGEST_CODE = 255  # characters, as Excel allows


def is_date(code: str) -> bool:
    """Whether a format code shows a date or time."""
    return any(found["date"] or found["elapsed"] for found in _tokens(_sections(code)[0]))


def show_number(value: float, code: str, *, since_1904: bool = False, language: str = "en") -> str:
    """A number as its cell shows it; "" where the format hides it.

    Args:
        value: the number; days since the end of 1899 (or of 1903) for a date.
        code: the cell's format code.
        since_1904: whether the workbook counts its days from 1904.
        language: whose names of months and days are shown where the code names no language of ours.
    """
    if not abs(value) < _BEYOND:  # nor is what is no number at all
        return ""
    sections = _sections(code)
    if code == GENERAL or len(code) > _LONGEST_CODE:
        return _general(value)
    section = sections[0]
    if len(sections) > 1 and value < 0:
        section, value = sections[1], -value
    elif len(sections) > 2 and value == 0:  # noqa: PLR2004 - the third section is for zero
        section = sections[2]
    if is_date(section):
        return _dated(value, section, _names(section, language), since_1904=since_1904)
    return _numbered(value, section)


def _sections(code: str) -> list[str]:
    """The parts of a code for what is above, below and at zero, and for text; a semicolon in quotes parts nothing."""
    sections = [""]
    for token in _TOKEN.finditer(code[:_LONGEST_CODE]):
        if token["other"] == ";":
            sections.append("")
        else:
            sections[-1] += token[0]
    return sections


def _tokens(section: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(section))


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    return f"{value:.{_MOST_DIGITS - 1}g}"


def _literal(found: re.Match[str]) -> str:
    return found["quoted"] or found["escaped"] or found["currency"] or found["other"] or ""


def _numbered(value: float, section: str) -> str:
    tokens = _tokens(section)
    places = [token for token in tokens if token["digits"]]
    if not places:
        general = [_general(value) if token["other"] == "@" else _literal(token) for token in tokens]
        return "".join(general).replace(GENERAL, _general(value)).strip()
    if any(token["exponent"] for token in tokens):
        return f"{value:.{len(places[0][0].partition('.')[2])}E}"
    if any(token["other"] == "/" for token in tokens):
        return _general(value)  # a fraction
    pattern = places[0]["digits"]
    percent = sum(token["other"] == "%" for token in tokens)
    scaled = Decimal(repr(value)) * 100**percent / 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    shown = _rounded(scaled, pattern.rstrip(","))
    written = "".join(shown if token is places[0] else _literal(token) for token in tokens if not token["exponent"])
    return written.strip()


def _rounded(value: Decimal, pattern: str) -> str:
    whole, _, after = pattern.partition(".")
    decimals = sum(sign in "0#?" for sign in after)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) if abs(value) < 10**20 else value
    written = f"{rounded:,.{decimals}f}" if "," in whole else f"{rounded:.{decimals}f}"
    optional = len(after) - len(after.rstrip("#"))
    for _ in range(optional):
        written = written.removesuffix("0")
    sign, written = ("-", written[1:]) if written.startswith("-") else ("", written)
    fewest = sum(mark == "0" for mark in whole)
    number, dot, rest = written.partition(".")
    return f"{sign}{number.zfill(fewest)}{dot if rest else ''}{rest}"


def _names(section: str, language: str) -> DateNames:
    """The names of months and days that a code asks for: "[$-40B]" is Finnish, whatever the workbook's language."""
    named = _LANGUAGE.search(section)
    asked = language_numbers().get(int(named[1], 16) & _PRIMARY) if named else None
    names = load_date_names()
    return names.get(asked or language, names["en"])


def _dated(value: float, section: str, names: DateNames, *, since_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return _general(value)
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(seconds=round(value * 86_400))
    tokens = _tokens(section)
    half = any(token["half"] for token in tokens)
    units = [(token["date"] or token["elapsed"] or "").lower()[:1] for token in tokens]
    parts = [
        _date_part(moment, value, token, names, minutes=_means_minutes(units, place), half=half)
        for place, token in enumerate(tokens)
    ]
    return "".join(parts).strip()


def _means_minutes(units: list[str], place: int) -> bool:
    """Whether the "m" at `place` stands for minutes: right after hours or right before seconds."""
    before = next((unit for unit in reversed(units[:place]) if unit), "")
    after = next((unit for unit in units[place + 1 :] if unit), "")
    return before == "h" or after == "s"


def _date_part(
    moment: datetime, value: float, token: re.Match[str], names: DateNames, *, minutes: bool, half: bool
) -> str:
    if token["half"]:
        return "AM" if moment.hour < 12 else "PM"  # noqa: PLR2004 - noon
    if token["elapsed"]:
        seconds = round(value * 86_400)
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[token["elapsed"][0].lower()])
    unit = (token["date"] or "").lower()
    if not unit:
        return token["digits"] or _literal(token)
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    width = min(len(unit.partition(".")[0]), 4)
    month, short_month = (held[moment.month - 1] for held in (names.months, names.short_months))
    day, short_day = (held[moment.weekday()] for held in (names.days, names.short_days))
    shown = {
        "y": {1: f"{moment.year % 100:02}", 2: f"{moment.year % 100:02}"}.get(width, f"{moment.year:04}"),
        "m": {1: str(moment.month), 2: f"{moment.month:02}", 3: short_month}.get(width, month),
        "d": {1: str(moment.day), 2: f"{moment.day:02}", 3: short_day}.get(width, day),
        "h": f"{hour:0{width}}",
        "s": f"{moment.second:0{width}}",
    }
    return f"{moment.minute:0{width}}" if unit[0] == "m" and minutes else shown[unit[0]]
