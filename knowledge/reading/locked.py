"""Office files locked with a password: opened in memory by msoffcrypto-tool, where the password is given."""

import io
import re
from dataclasses import replace

from knowledge.faults import CorruptFile, LockedFile
from knowledge.reading.draft import Source
from knowledge.reading.package import DAMAGE

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97–2003, and of locked Office files

_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_ROUNDS = re.compile(rb'spinCount="(\d+)"')
_MOST_ROUNDS = 500_000  # of hashing the password; Office asks for 100,000, a hostile file for as many as it likes


def is_locked(data: bytes) -> bool:
    """Whether the bytes are an Office file that a password locks."""
    return data.startswith(COMPOUND) and _LOCKED_PART in data


def unlock(source: Source) -> Source:
    """The file as it is once its password has opened it; any other file as it is.

    The password is used and forgotten: nothing of it is kept or written.

    Raises:
        LockedFile: if no password is given, or it does not open the file.
        CorruptFile: if what is locked is damaged.
    """
    if not is_locked(source.data):
        return source
    if not source.password:
        raise LockedFile(source.name, "it is locked with a password", "Give the password, or save it without one.")
    from xml.parsers.expat import ExpatError

    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    damaged = CorruptFile(source.name, "what its password locks is damaged", "Save it again from its program.")
    if any(int(found[:12]) > _MOST_ROUNDS for found in _ROUNDS.findall(source.data)):
        raise damaged
    opened = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(source.data))
        locked.load_key(password=source.password, verify_password=True)
        locked.decrypt(opened)
    except InvalidKeyError as fault:
        what, remedy = "the password does not open it", "Check the password and try again."
        raise LockedFile(source.name, what, remedy, key="wrong_password") from fault
    except (*DAMAGE, DecryptionError, ExpatError, FileFormatError, ParseError) as fault:
        raise damaged from fault
    return replace(source, data=opened.getvalue())
