"""What a process that reads files and the one it reads for say to each other, over a pipe."""

import io
import pickle
import struct
from typing import IO, Any

GRACE = 5.0  # seconds: how much longer a child may last than its caller waits, and a stopped one take to be gone
_LENGTH = struct.Struct(">Q")
_SPOKEN = {"knowledge.document", "builtins"}  # modules whose classes a child may send


class Spoken(pickle.Unpickler):
    """Reads plain values and documents, and nothing else: what comes from a child may come from a hostile file."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, where it is one of those expected."""
        if module not in _SPOKEN or (module == "builtins" and name not in {"tuple", "frozenset"}):
            raise pickle.UnpicklingError(f"{module}.{name} is not expected here")
        return super().find_class(module, name)


def send(stream: IO[bytes], said: tuple[Any, ...]) -> None:
    """Say something; the other side hears it whole."""
    packed = pickle.dumps(said)
    stream.write(_LENGTH.pack(len(packed)) + packed)
    stream.flush()


def receive(stream: IO[bytes], unpickler: type[pickle.Unpickler]) -> tuple[Any, ...] | None:
    """What was said next, or None where nothing more comes."""
    try:
        head = stream.read(_LENGTH.size)
        packed = stream.read(*_LENGTH.unpack(head)) if len(head) == _LENGTH.size else b""
        said = unpickler(io.BytesIO(packed)).load() if packed else None
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        return None
    return said if isinstance(said, tuple) else None
