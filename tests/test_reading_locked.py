"""Office files locked with a password: opened with it alone, and nothing of it kept."""

import io
from typing import Any

import pytest
from files import make_word
from msoffcrypto.format.ooxml import OOXMLFile

from knowledge.faults import CorruptFile, LockedFile
from knowledge.reading.files import read_bytes

RIGHT, WRONG = "harbour", "anchor"


def lock(data: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(RIGHT, out)
    return out.getvalue()


def plan(document: Any) -> None:
    document.add_paragraph("Our bakers go abroad.")


def test_a_locked_word_file_opens_with_its_password_alone() -> None:
    locked = lock(make_word(plan))
    document = read_bytes(locked, "plan.docx", password=RIGHT)
    assert document.text == "Our bakers go abroad."
    assert not document.warnings
    for given, said in [(None, "locked with a password"), (WRONG, "does not open it")]:
        with pytest.raises(LockedFile, match=said) as caught:
            read_bytes(locked, "plan.docx", password=given)
        assert WRONG not in str(caught.value)


def test_a_password_for_a_file_that_has_none_does_no_harm() -> None:
    assert read_bytes(make_word(plan), "plan.docx", password=RIGHT).text == "Our bakers go abroad."


def test_a_locked_file_that_asks_for_hours_of_work_is_refused_at_once() -> None:
    locked = lock(make_word(plan))
    assert b'spinCount="100000"' in locked
    with pytest.raises(CorruptFile):
        read_bytes(locked.replace(b'spinCount="100000"', b'spinCount="999999"'), "plan.docx", password=RIGHT)


@pytest.mark.parametrize("cut", [600, 2000, 9000])
def test_a_locked_file_cut_short_is_told_as_a_fault(cut: int) -> None:
    with pytest.raises((CorruptFile, LockedFile)):
        read_bytes(lock(make_word(plan))[:-cut], "plan.docx", password=RIGHT)
