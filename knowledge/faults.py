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
"""


class AskwhyError(Exception):
    """A fault told in one line: what happened, where, and what to do about it.

    Args:
        where: the file, option or place concerned, as the manager knows it.
        what: what is wrong, a clause without a full stop.
        remedy: what to do, a full sentence.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        """Keep the three parts, each folded to a single line."""
        self.where, self.what, self.remedy = (" ".join(part.split()) for part in (where, what, remedy))
        super().__init__(f"{self.where}: {self.what}. {self.remedy}")


class UnreadableFile(AskwhyError):
    """A file that gave no document."""


class EmptyFile(UnreadableFile):
    """A file with nothing in it."""


class OversizedFile(UnreadableFile):
    """A file with more bytes, pages or characters than the limits allow."""


class CostlyFile(UnreadableFile):
    """A file that takes more time or memory to read than the limits allow."""


class LockedFile(UnreadableFile):
    """A file that needs a password, or another one than was given."""


class CorruptFile(UnreadableFile):
    """A file that is damaged, or not what its first bytes promise."""


class UnknownFormat(UnreadableFile):
    """A kind of file that Askwhy does not read."""


class EmptyText(AskwhyError):
    """Nothing to judge, ask or answer."""


class OversizedText(AskwhyError):
    """More words than one goal, answer or question can have."""


class LibraryFault(AskwhyError):
    """The library could not do what it was asked."""


class UnknownDocument(LibraryFault):
    """No document with that id in the workspace."""


class NoSpace(LibraryFault):
    """The disk is full or not writable."""


class ForeignData(LibraryFault):
    """A data folder of another version, or not ours."""


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
