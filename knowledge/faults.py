"""Everything that can go wrong in a way a manager can do something about.

AskwhyError
├── UnreadableFile      a file that gave no document
│   ├── EmptyFile           nothing in it
│   ├── OversizedFile       more bytes, pages or characters than the limits allow
│   ├── CostlyFile         more time or memory to read than the limits allow
│   ├── LockedFile          a password is needed, or the one given is wrong
│   ├── CorruptFile         damaged, or not what its first bytes promise
│   └── UnknownFormat       a kind of file that Askwhy does not read
├── EmptyText           nothing to judge, ask or answer
├── OversizedText       more words than one goal, answer or question can have
├── LibraryFault        the library could not do what it was asked
│   ├── UnknownDocument     no document with that id in the workspace
│   ├── NoSpace             the disk is full or not writable
│   └── ForeignData         a data folder of another version, or not ours
├── ModelFault          the language model was of no use; Askwhy's own words stand in its place
│   ├── ModelMissing        a package, file or key that it needs is not there
│   ├── ModelUnreachable    nobody answers at its address
│   ├── ModelRefused        its server takes not this key, model or request, or the model will not answer
│   ├── ModelBusy           its server has too much to do, or is broken
│   ├── ModelSlow           no first word, or no end, in the time allowed
│   └── ModelUnusable       what came back cannot be used: nothing, half of it, without end, not in the form asked for
├── PortInUse           the web app's port is taken
└── BadInput            a bank, batch line or option that does not have the form it must have

Anything else that escapes is a defect of ours and keeps its traceback in the log, never on the manager's screen.

A fault carries its English line, for the command line, and the key of the phrase that tells it on the page
("faults" in knowledge/phrases): its kind's, or a closer one where it was raised.
"""

Hole = str | int | float


class AskwhyError(Exception):
    """A fault told in one line: what happened, where, and what to do about it.

    Args:
        where: the file, option or place concerned, as the manager knows it.
        what: what is wrong, a clause without a full stop.
        remedy: what to do, a full sentence.
        key: the phrase that tells it in the manager's language, where that of its kind would say too little.
        holes: what that phrase holds beside `where`.
    """

    key = ""  # of the kind; "" where no phrase tells it

    def __init__(self, where: str, what: str, remedy: str, *, key: str = "", **holes: Hole) -> None:
        """Keep the three parts, each folded to a single line, and what tells them in other languages."""
        self.where, self.what, self.remedy = (" ".join(part.split()) for part in (where, what, remedy))
        self.key = key or type(self).key
        self.holes = holes
        super().__init__(f"{self.where}: {self.what}. {self.remedy}")


class UnreadableFile(AskwhyError):
    """A file that gave no document."""

    key = "unreadable_file"


class EmptyFile(UnreadableFile):
    """A file with nothing in it."""

    key = "empty_file"


class OversizedFile(UnreadableFile):
    """A file with more bytes, pages or characters than the limits allow."""

    key = "oversized_file"


class CostlyFile(UnreadableFile):
    """A file that takes more time or memory to read than the limits allow."""

    key = "costly_file"


class LockedFile(UnreadableFile):
    """A file that needs a password, or another one than was given."""

    key = "locked_file"


class CorruptFile(UnreadableFile):
    """A file that is damaged, or not what its first bytes promise."""

    key = "corrupt_file"


class UnknownFormat(UnreadableFile):
    """A kind of file that Askwhy does not read."""

    key = "unknown_format"


class EmptyText(AskwhyError):
    """Nothing to judge, ask or answer."""

    key = "empty_text"


class OversizedText(AskwhyError):
    """More words than one goal, answer or question can have."""

    key = "oversized_text"


class LibraryFault(AskwhyError):
    """The library could not do what it was asked."""

    key = "library_fault"


class UnknownDocument(LibraryFault):
    """No document with that id in the workspace."""

    key = "unknown_document"


class NoSpace(LibraryFault):
    """The disk is full or not writable."""

    key = "no_space"


class ForeignData(LibraryFault):
    """A data folder of another version, or not ours."""

    key = "foreign_data"


class ModelFault(AskwhyError):
    """The language model was of no use; Askwhy's own words stand in its place."""


class ModelMissing(ModelFault):
    """A package, file or key that the model needs is not there."""


class ModelUnreachable(ModelFault):
    """Nobody answers at the model's address."""


class ModelRefused(ModelFault):
    """The model's server does not take this key, model or request, or the model will not answer."""


class ModelBusy(ModelFault):
    """The model's server has too much to do, or is broken."""


class ModelSlow(ModelFault):
    """No first word, or no end, in the time allowed."""


class ModelUnusable(ModelFault):
    """What came back cannot be used: nothing, half of it, without end, not in the form asked for."""


class PortInUse(AskwhyError):
    """The web app's port is taken."""


class BadInput(AskwhyError):
    """A bank, batch line or option that does not have the form it must have."""
