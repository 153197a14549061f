"""Which of the nine languages a text is written in, or that it is none of them, found with py3langid."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = ("en", "fi", "da", "nl", "de", "hu", "fr", "es", "it")
UNKNOWN = "und"

_FEWEST_LETTERS = 3
_READ = 20_000  # characters: more changes no answer and costs time
# A text is taken for a tenth language where the identifier, asked among all it knows, gives our nine together less
# than this, and there are letters enough to go by. Shorter phrases are taken to be in one of the nine: among 140
# languages a phrase of two words looks like many. So Norwegian, whose sentences the identifier tells from Danish ones,
# is "und" and not read with Danish rules, while a short Norwegian phrase passes for the Danish it mostly also is.
_FOREIGN = 0.05
_LETTERS_TO_GO_BY = 25


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the language that `text` is in, one of `LANGUAGES`, or "und".

    "und" is said of a text with fewer than three letters, one mostly in another script than Latin, and one of some
    length that is clearly in another language. Where several languages are mixed, the one with most of the text wins.
    """
    letters = [sign for sign in text[:_READ] if sign.isalpha()]
    if len(letters) < _FEWEST_LETTERS or _latin(letters) * 2 < len(letters):
        return UNKNOWN
    # A text all in capitals is read in small letters: the identifier learnt from running text.
    sample = text[:_READ].lower() if text[:_READ].isupper() else text[:_READ]
    ranked = dict(_identifier().rank(sample))
    ours = max(LANGUAGES, key=lambda code: float(ranked[code]))
    foreign = sum(ranked[code] for code in LANGUAGES) < _FOREIGN
    return UNKNOWN if foreign and len(letters) >= _LETTERS_TO_GO_BY else ours


def _latin(letters: list[str]) -> int:
    """How many of the letters belong to the Latin script."""
    return sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


@cache
def _identifier() -> "LanguageIdentifier":
    """The identifier with its model, loaded when first asked (about a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
