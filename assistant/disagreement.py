"""Whether two sources, in whatever languages, give different numbers on the matter that a question is about."""

import re
from functools import cache

from assistant.judging.quantities import find_numbers
from knowledge.datafile import list_data, read_fields
from knowledge.library.stems import WORD
from knowledge.library.thesaurus import find_concepts
from knowledge.sentences import split_sentences

FIRST = 2  # the number that the first word of a list stands for


def numbers_differ(question: tuple[str, str], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether both texts give numbers on a matter that the question names, and none of them is the same.

    Each argument is a text and the code of its language. What a sentence is about is told by the field's concepts,
    which meet across languages; a sentence about none of the question's says nothing on the matter.
    """
    matters = set(find_concepts(*question))
    for matter in matters:
        ours, theirs = _numbers_on(matter, *one), _numbers_on(matter, *other)
        if ours and theirs and not ours & theirs:
            return True
    return False


def _numbers_on(matter: str, text: str, language: str) -> set[str]:
    """The numbers, in digits, of the sentences of a text that speak of a matter."""
    sentences = [text[span.start : span.end] for span in split_sentences(text, language)]
    return {
        number
        for sentence in sentences
        if matter in find_concepts(sentence, language)
        for number in _numbers(sentence, language)
    }


def _numbers(sentence: str, language: str) -> set[str]:
    words = _number_words(language)
    named = {words[word] for word in WORD.findall(sentence.casefold()) if word in words}
    return named | {re.sub(r"\D", "", sentence[span.start : span.end]) for span in find_numbers(sentence)}


@cache
def _number_words(language: str) -> dict[str, str]:
    """The words for small numbers in a language, each with its number in digits; none in a language without a list."""
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == "counts.yaml")
    if not fields.has(language):
        return {}
    listed = fields.texts(language, least=11, most=11)
    return {form: str(number) for number, forms in enumerate(listed, FIRST) for form in forms.split("|")}
