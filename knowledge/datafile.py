"""Reading the project's own YAML data files: each key checked, each fault naming the file and the key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

import yaml

# The C parser reads a language file in a tenth of the time; PyYAML's wheels carry it, a build from source may not.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What a text without quotation marks may be instead, by its first letter: tags, and the pattern of each.
_PLAIN = yaml.SafeLoader.yaml_implicit_resolvers


class _Parser(Protocol):
    """What we use of PyYAML's loaders."""

    def get_event(self) -> yaml.Event: ...

    def construct_object(self, node: yaml.Node) -> object: ...


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of a data file; `where` names the file, and the entry in it where there are several."""

    where: str
    values: Mapping[str, object]

    def fault(self, key: str, what: str) -> ValueError:
        """The error to raise about `key`."""
        return ValueError(f"{self.where}: {key}: {what}")

    def allow(self, *keys: str) -> None:
        """Refuse every key but these, so that a misspelt one cannot pass for an absent one.

        Raises:
            ValueError: naming the file and the first unknown key.
        """
        for key in self.values:
            if key not in keys:
                raise self.fault(key, f"unknown key; the keys here are {', '.join(keys)}")

    def has(self, key: str) -> bool:
        """Whether the mapping holds `key` with something in it."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """The text at `key`, its white space folded; a ValueError where it is absent, empty or not text."""
        return self._folded(key, self.values.get(key))

    def number(self, key: str) -> int:
        """The whole number from 1 at `key`; a ValueError where there is none."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fault(key, f"must be a whole number from 1, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """The true or false at `key`, false where the key is absent; a ValueError where it is anything else."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, not {value!r}")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """The text at `key`, which must be one of `choices`; otherwise a ValueError that lists them."""
        value = self.text(key)
        if value not in choices:
            raise self.fault(key, f"{value!r} is none of {', '.join(choices)}")
        return value

    def texts(self, key: str, least: int, most: int) -> tuple[str, ...]:
        """The list of texts at `key`; a ValueError where there are fewer than `least` or more than `most`."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.fault(key, f"must be a list of {least} to {most} texts")
        return tuple(self._folded(key, item) for item in value)

    def inner(self, key: str) -> "Fields":
        """The mapping at `key`; a ValueError where there is none."""
        return _fields(f"{self.where}: {key}", self.values.get(key))

    def each(self, key: str) -> Iterator["Fields"]:
        """The mappings listed at `key`, each named by its `id` in errors; a ValueError where there is no such list."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.fault(key, "must be a list with something in it")
        for place, item in enumerate(value, start=1):
            name = item.get("id", place) if isinstance(item, dict) else place
            yield _fields(f"{self.where}: {key}: {name}", item)

    def _folded(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, f"must be a text, not {value!r}")
        return " ".join(value.split())


def read_fields(file: Traversable) -> Fields:
    """The mapping that a YAML file holds.

    Raises:
        ValueError: naming the file, where it is not YAML or not a mapping.
    """
    try:
        values = _parse(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{file.name}: not YAML: {' '.join(str(error).split())}") from error
    return _fields(file.name, values)


def _parse(text: str) -> object:
    """What a YAML document says, as `yaml.safe_load` has it, in less than half the time; without tags and aliases.

    The parser's events are taken as they come: the library's own way, through a tree of nodes with a tag each, is slow.
    """
    parser: _Parser = _LOADER(text)
    parser.get_event()
    if isinstance(parser.get_event(), yaml.StreamEndEvent):
        return None
    value = _value(parser, parser.get_event())
    parser.get_event()
    if not isinstance(parser.get_event(), yaml.StreamEndEvent):
        raise yaml.YAMLError("more than one document")
    return value


def _value(parser: _Parser, event: yaml.Event) -> object:
    """What an event begins, or is."""
    following = parser.get_event
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(parser, event)
    if isinstance(event, yaml.MappingStartEvent):
        mapping: dict[object, object] = {}
        while isinstance(key := following(), yaml.ScalarEvent):
            mapping[_scalar(parser, key)] = _value(parser, following())
        if isinstance(key, yaml.MappingEndEvent):
            return mapping
        event = key
    elif isinstance(event, yaml.SequenceStartEvent):
        items: list[object] = []
        while not isinstance(item := following(), yaml.SequenceEndEvent):
            items.append(_value(parser, item))
        return items
    raise yaml.YAMLError(f"an alias, or a key that is no text{event.start_mark}")


def _scalar(parser: _Parser, event: yaml.ScalarEvent) -> object:
    """A text; without quotation marks, also a number, a truth value, a date or nothing."""
    text: str = event.value
    if event.tag is not None:
        raise yaml.YAMLError(f"a tag{event.start_mark}")
    if event.implicit[0]:
        for tag, pattern in _PLAIN.get(text[:1], ()):
            if pattern.match(text):
                return parser.construct_object(yaml.ScalarNode(tag, text))
    return text


def list_data(folder: str) -> tuple[Traversable, ...]:
    """The YAML files of one folder of the `knowledge` package (works from a wheel too), sorted by name."""
    found = (file for file in (files("knowledge") / folder).iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(found, key=lambda file: file.name))


def _fields(where: str, values: object) -> Fields:
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ValueError(f"{where}: must be a mapping of named keys")
    return Fields(where, values)
