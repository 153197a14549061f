"""PDFium's view of a page: its picture, its words and where they stand."""

import threading

import pytest
from files import lock_pdf, make_pdf

from knowledge.reading.pdfium import UnopenedPdf, open_pdf

PAGE = ["Harbour College", "We train bakers for the coast."]


def test_a_page_is_rendered_as_large_as_asked_for() -> None:
    with open_pdf(make_pdf(PAGE, [])) as file:
        picture, blank = file.render(1, 72), file.render(2, 144)
    assert picture.size == (595, 842)
    darkest, lightest = picture.getextrema()
    assert (darkest < 64, lightest > 250) == (True, True)
    assert blank.size == (1190, 1684)
    assert blank.getextrema() == (255, 255)


@pytest.mark.parametrize("data", [b"no pdf", make_pdf(PAGE)[:60]])
def test_a_file_that_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnopenedPdf), open_pdf(data):
        pass


def test_a_locked_file_is_opened_with_its_password_alone() -> None:
    word = "harbour"
    locked = lock_pdf(make_pdf(PAGE), user=word, owner="master")
    with open_pdf(locked, word) as file:
        assert file.render(1, 72).size == (595, 842)
    with pytest.raises(UnopenedPdf), open_pdf(locked):
        pass


def test_words_come_with_the_place_where_they_stand() -> None:
    with open_pdf(make_pdf(PAGE)) as file:
        sheet = file.read(1)
        assert [word.text for word in sheet.words] == " ".join(PAGE).split()
        word = sheet.words[2]
        assert (word.text, word.style.size, word.style.shown) == ("We", 10, True)
        assert 59 < word.left < 61
        assert 764 - 4 < word.bottom < 766 < word.top < 780
        (box,) = file.find_letters(1, [word.places[0]])
    assert 842 - 776 < box.top < box.bottom < 842 - 762


def test_threads_wait_for_one_another() -> None:
    seen = []

    def read() -> None:
        with open_pdf(make_pdf(PAGE)) as file:
            seen.append(len(file.read(1).words))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [8] * 8
