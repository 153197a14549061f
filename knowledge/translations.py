"""The digest in other languages: `knowledge/guide/translations/`, a folder a language, a file a section.

A translation may lack files, and a file entries: what is there is used, and the English stands in for the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.digest import Entry, load_digest

FOLDER = "guide/translations"


@dataclass(frozen=True, slots=True)
class Translation:
    """An entry of the digest in another language: its title, its text, and as many questions as the English has."""

    title: str
    text: str
    questions: tuple[str, ...]


@cache
def translated_languages() -> tuple[str, ...]:
    """The codes of the languages that some of the digest has been translated into."""
    folders = (folder for folder in (files("knowledge") / FOLDER).iterdir() if folder.is_dir())
    return tuple(
        sorted(folder.name for folder in folders if any(file.name.endswith(".yaml") for file in folder.iterdir()))
    )


@cache
def load_translations(language: str) -> Mapping[str, Translation]:
    """What of the digest there is in a language, by the entries' ids; nothing in a language without a translation.

    Raises:
        ValueError: where a file is malformed, speaks of an entry that its section does not have, of one twice, or has
            another number of questions than the English; names the file, the entry and the key.
    """
    if language not in translated_languages():
        return MappingProxyType({})
    entries = {entry.id: entry for entry in load_digest()}
    found: dict[str, Translation] = {}
    for file in list_data(f"{FOLDER}/{language}"):
        for identifier, translation in read_section(read_fields(file), file.name, entries):
            if identifier in found:
                raise ValueError(f"{language}/{file.name}: entries: {identifier}: it is translated twice")
            found[identifier] = translation
    return MappingProxyType(found)


def read_section(fields: Fields, file_name: str, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Translation]]:
    """The translated entries of one file, each with its id; `entries` are the English ones by id; see above."""
    fields.allow("section", "entries")
    number = fields.text("section")
    if file_name != f"{number.replace('.', '-')}.yaml":
        raise fields.fault("section", f"section {number} belongs in {number.replace('.', '-')}.yaml")
    for one in fields.each("entries"):
        one.allow("id", "title", "text", "questions")
        entry = entries.get(one.text("id"))
        if entry is None or entry.section != number:
            raise one.fault("id", f"the digest's section {number} has no such entry")
        asked = len(entry.questions)
        yield entry.id, Translation(one.text("title"), one.text("text"), one.texts("questions", asked, asked))
