"""Which letters the bytes of a text stand for: by its mark, as UTF-8, 16 or 32, or in the code that suits its words."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from knowledge.identification import identify_language

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The codes of one byte a letter, those in commoner use first: where two give the same text, the first is named.
_CODES = (
    ("cp1252", "Windows-1252"),
    ("cp1250", "Windows-1250"),
    ("iso8859-15", "ISO 8859-15"),
    ("iso8859-2", "ISO 8859-2"),
    ("cp1257", "Windows-1257"),
    ("mac-roman", "Mac Roman"),
)
_STATED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_STATABLE = re.compile(r"utf-?(?:8|16|32)|iso-?8859-(?:\d|1[013-6])|windows-125\d|cp125\d|macintosh", re.IGNORECASE)
# Letters that each language writes beside a to z, in small; those of our nine, and of their neighbours.
_LETTERS = {
    "en": "éèêïçñöü", "fi": "äöåšžé", "da": "æøåéä", "nl": "éèëïóöüáêç", "de": "äöüßéàè", "hu": "áéíóöőúüű",
    "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúüªº", "it": "àèéìîòóù", "sv": "åäöéü", "no": "æøåéòô", "nb": "æøåéòô",
    "pt": "ãõáâàçéêíóôúü", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšžćđ",
    "hr": "čšžćđ", "ro": "ăâîșțşţ", "et": "äöõüšž", "lv": "āčēģīķļņšūž", "lt": "ąčęėįšųūž", "is": "áðéíóúýþæö",
}  # fmt: skip
_LETTERS_OF_ANY = frozenset("".join(_LETTERS[code] for code in ("en", "fi", "da", "nl", "de", "hu", "fr", "es", "it")))
_SIGNS = frozenset("“”„‚‘’«»‹›–—…•·€£§°©®™¿¡ªº½¼¾²³µ×±\u00a0\u00ad")
_WORDLESS = frozenset("’\u00ad·")  # signs that stand inside words too
_RUN = re.compile(r"[^\W\d_]*[^\x00-\x7f]+(?:[^\W\d_]|[^\x00-\x7f])*")
_LOST = "\ufffd"
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r"))
_SAMPLE = 4000  # bytes at the start that show which of them are zero
_JUDGED = 200_000  # bytes by which a code is judged: enough words for certainty, in little time
_STRAY = 3  # control characters that may stray into any text, and one more in every so many bytes
_SPARSE = 200
_MOSTLY, _HARDLY = 0.7, 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text that bytes stand for, and a warning where it had to be guessed or mended."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """Text from bytes, or None where they are no text.

    What is valid UTF-8 is UTF-8. Of the codes of one byte a letter, that one is taken whose letters fit the language
    of the words and stand where letters stand; a code that the file itself states decides where it can be so.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _attempt(data, name) or _mended(data, name)
    if data[:_SAMPLE].count(0) > _STRAY + len(data[:_SAMPLE]) // _SPARSE:
        return _unmarked(data)
    if len(data) - len(data.translate(None, _CONTROLS)) > _STRAY + len(data) // _SPARSE:
        return None
    return _attempt(data, "utf-8") or _mended(data, "utf-8") or _stated(data) or _fitting(data)


def _attempt(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError:
        return None


def _unmarked(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 as their zero bytes betray them: in Latin script, every second byte or three in four."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    share = [sample[place::4].count(0) / max(1, len(sample[place::4])) for place in range(4)]
    zero, filled = [one > _MOSTLY for one in share], [one < _HARDLY for one in share]
    for name, zeros in [
        ("utf-32-le", (1, 2, 3)),
        ("utf-32-be", (0, 1, 2)),
        ("utf-16-le", (1, 3)),
        ("utf-16-be", (0, 2)),
    ]:
        if all(zero[place] if place in zeros else filled[place] for place in range(4)):
            return _attempt(data, name)
    return None


def _mended(data: bytes, name: str) -> Decoded | None:
    """The text with a few bytes lost, as when a file was cut in the middle of a letter."""
    text = data.decode(name, errors="replace")
    lost = text.count(_LOST)
    sound = sum(sign > "\x7f" for sign in text) - lost
    if lost > 1 + sound // 20 or (sound == 0 and not text.endswith(_LOST)):
        return None
    return Decoded(text, (f"{lost} letters in this file are damaged and are shown as {_LOST}.",))


def _stated(data: bytes) -> Decoded | None:
    """The text in the code that a web page or XML file says it is written in."""
    found = _STATED.search(data[:_SAMPLE])
    name = found[1].decode("ascii") if found and data.lstrip()[:1] == b"<" else ""
    if not _STATABLE.fullmatch(name):
        return None
    # What calls itself ISO 8859-1 is in truth Windows-1252 (as the WHATWG's standard on encodings has it).
    return _attempt(data, "cp1252" if re.fullmatch(r"iso-?8859-1", name, re.IGNORECASE) else name)


def _fitting(data: bytes) -> Decoded | None:
    """The text in the code of one byte a letter that fits best; the commonest that can be where none fits better."""
    best: tuple[float, str, str] | None = None
    for code, name in _CODES:
        found = _attempt(data[:_JUDGED], code)
        if found is None or any("\x80" <= sign <= "\x9f" for sign in found.text):
            continue
        score = _fit(found.text)
        if best is None or score > best[0]:
            best = score, code, name
    whole = _attempt(data, best[1]) if best else None
    if best is None or whole is None or (best[0] < 0 and not _is_mostly_plain(data)):
        return None
    warning = f"This file does not say how its letters are written; it was read as {best[2]}."
    return Decoded(whole.text, (warning,))


def _is_mostly_plain(data: bytes) -> bool:
    return sum(byte > 0x7F for byte in data[:_SAMPLE]) < (1 - _MOSTLY) * len(data[:_SAMPLE])  # noqa: PLR2004 - ASCII


def _fit(text: str) -> float:
    """How well the letters beyond ASCII suit the text: each counts for or against, by the language they fit best.

    The language that the words themselves show counts a little more than one that only shares their letters.
    """
    letters: Counter[str] = Counter()
    score = 0.0
    for found in _RUN.finditer(text):
        run = found[0]
        # "BŠckerin": a capital inside a word in small letters was no capital.
        broken = any(one.islower() and two.isupper() for one, two in pairwise(run))
        for place, sign in enumerate(run):
            if sign.isascii():
                continue
            inside = 0 < place < len(run) - 1 and run[place - 1].isalpha() and run[place + 1].isalpha()
            if sign.isalpha() and not broken:
                letters[sign.lower()] += 1
            elif sign in _SIGNS and not (inside and sign not in _WORDLESS):
                score += 0.5
            else:
                score -= 1
    shown = identify_language(text)
    return score + max(_suit(letters, alphabet, shown=code == shown) for code, alphabet in _LETTERS.items())


def _suit(letters: Counter[str], alphabet: str, *, shown: bool) -> float:
    own = 1.1 if shown else 1.0
    return sum(
        count * (own if sign in alphabet else 0.25 if sign in _LETTERS_OF_ANY else -1)
        for sign, count in letters.items()
    )
