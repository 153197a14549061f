"""Blocks of running text: what is a heading, an item, a paragraph, in text as people paste it and PDFs give it."""

import pytest

from knowledge.reading.draft import clean, join_pages
from knowledge.reading.outline import outline


def blocks(*pages: str) -> list[tuple[str, str]]:
    """Kind, level and folded words of each block, as "item1", "the words"."""
    text, laid = join_pages([(clean(page), "text") for page in pages])
    return [
        (f"{block.kind}{block.level or ''}", " ".join(text[block.span.start : block.span.end].split()))
        for block in outline(text, laid)
    ]


def kinds(*pages: str) -> list[str]:
    return [kind for kind, _ in blocks(*pages)]


def words(*pages: str) -> list[str]:
    return [said for _, said in blocks(*pages)]


def test_a_short_line_above_text_is_a_heading_and_long_lines_are_paragraphs() -> None:
    text = "Our strategy\n\nMission\n\nWe train bakers for the coast.\n\nVision\n\nEvery baker has worked abroad once."
    assert blocks(text) == [
        ("heading1", "Our strategy"),
        ("heading2", "Mission"),
        ("paragraph", "We train bakers for the coast."),
        ("heading2", "Vision"),
        ("paragraph", "Every baker has worked abroad once."),
    ]


def test_short_lines_one_after_the_other_under_a_heading_are_items() -> None:
    text = "Aims\n\nBakers who speak German\nTeachers at ease abroad\nFirms that ask for us\n\nClosing words here."
    assert kinds(text) == ["heading1", "item1", "item1", "item1", "paragraph"]


def test_short_lines_parted_by_blank_lines_are_a_list_too_when_there_are_many() -> None:
    text = (
        "Introduction of ours.\n\nAims\n\nBakers who speak German\n\nTeachers at ease abroad\n\nFirms that ask for us"
    )
    assert kinds(text + "\n\nFollow-up\n\nWe look at this each spring.") == [
        "paragraph",
        "heading2",
        "item1",
        "item1",
        "item1",
        "heading2",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "•",
        "-",
        "–",
        "*",
        "▪",
        "●",
        "❖",
        "➢",
        "✓",
        "o",
        "\uf0b7",
        "\uf0a7",
        "1.",
        "2)",
        "(3)",
        "a)",
        "b.",
        "(ii)",
        "IV.",
    ],
)
def test_a_marked_line_is_an_item_without_its_mark(mark: str) -> None:
    text = f"We say what follows.\n\n{mark} Tutors visit the firms.\n{mark} Trainees write a diary."
    assert words(text)[1:] == ["Tutors visit the firms.", "Trainees write a diary."]
    assert kinds(text)[1:] == ["item1", "item1"]


def test_a_bullet_on_a_line_of_its_own_marks_the_next_line() -> None:
    assert blocks("We say this.\n•\nTutors visit firms\n•\nTrainees write")[1:] == [
        ("item1", "Tutors visit firms"),
        ("item1", "Trainees write"),
    ]


def test_a_dash_without_a_space_marks_an_item_but_a_minus_does_not() -> None:
    assert kinds("Parts of the plan.\n\n-look at the town\n\n-look at the school")[1:] == ["item1", "item1"]
    assert words("Numbers fell by a\n-5% over the year.") == ["Numbers fell by a -5% over the year."]


def test_an_item_holds_its_wrapped_lines() -> None:
    text = (
        "Steps of the year to come.\n"
        "• Every tutor spends one week with a partner firm in another country of the\n"
        "Baltic region and reports to the staff meeting in autumn\n"
        "• Trainees choose their host firm themselves, from a list which is kept by\n"
        "the coordinator and brought up to date in spring\n"
        "• The list is open\n"
    )
    assert kinds(text) == ["paragraph", "item1", "item1", "item1"]
    assert words(text)[1].endswith("autumn")


def test_an_item_inside_an_item_is_of_level_two() -> None:
    text = "Plan of the year.\n1. Going abroad\n  • Trainees\n  • Tutors\n2. Staying here\n  • Guests"
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "item1", "item2", "item2", "item1", "item2"]


def test_numbers_with_prose_between_them_are_headings() -> None:
    text = (
        "1. Where we stand\nThe town lost its yard in spring. Work is scarce.\n"
        "2. Where we go\nWe turn to wind power.\n2.1 Partners\nWe look for them in Jutland."
    )
    assert kinds(text) == ["heading1", "paragraph", "heading1", "paragraph", "heading2", "paragraph"]
    assert words(text)[4] == "Partners"


def test_numbered_sentences_are_items_even_where_prose_explains_each() -> None:
    text = (
        "1. We will send twice as many bakers to Jutland by 2031\nFew have been there. Firms ask for it.\n"
        "2. We will teach every guest the names of our tools\nThey ask for it. We have the list.\n"
        "3. We will open the yard to the partners of the town\nIt is empty in July. They are not."
    )
    assert kinds(text) == ["item1", "paragraph"] * 3


def test_a_line_that_says_itself_what_it_is_heads_nothing() -> None:
    measure = "Indicator: share of bakers who stay a second year"
    assert kinds(f"Our aims\n{measure}\nThe board counts them.") == ["heading1", "paragraph", "paragraph"]
    assert kinds(f"Our aims\n2.1 More bakers stay\n{measure}\n2.2 More guests come\n{measure}")[1::2] == ["item1"] * 2
    numbered = "The board met in May.\n\nAim 2: Bakers stay with us for longer\nThe board counts them."
    assert kinds(numbered)[1] == "heading2"


def test_a_list_goes_on_over_a_page_break() -> None:
    first = "Plan 2028\n1\nOur aims\n1. Bakers who speak German\n2. Teachers at ease abroad"
    second = "Plan 2028\n2\n3. Firms that ask for us\nClosing\nThe board decides in May."
    assert kinds(first, second) == ["heading1", "item1", "item1", "item1", "heading2", "paragraph"]


def test_headers_footers_and_page_numbers_give_no_blocks() -> None:
    pages = [
        f"Harbour College   Plan\nThe text of page {word} is here.\nPage {n} of 4" for n, word in enumerate("abcd", 1)
    ]
    assert words(*pages) == [f"The text of page {word} is here." for word in "abcd"]


def test_a_line_that_returns_on_two_of_many_pages_stays() -> None:
    pages = ["Measures\nThe first is here now."] * 2 + [
        f"The text {word} of its own stands here." for word in "cdefghij"
    ]
    assert words(*pages).count("Measures") == 2


def test_a_table_of_contents_gives_no_blocks() -> None:
    text = "Contents\n1 Mission ........ 3\n2 Vision . . . . . . . 4\nOur aims……… 5\n\nMission\nWe train bakers."
    assert words(text) == ["Contents", "Mission", "We train bakers."]


def test_a_sentence_with_a_colon_above_a_list_leads_in_to_it() -> None:
    text = "Mission\n\nWe train bakers. By 2030 the school wants to have reached these things:\n\n• Bread\n• Cake"
    assert blocks(text)[1:3] == [
        ("paragraph", "We train bakers."),
        ("heading6", "By 2030 the school wants to have reached these things:"),
    ]


def test_a_short_label_over_a_phrase_is_a_heading_over_a_paragraph() -> None:
    text = "Plan\n\nWe say why.\nVision\nA school that welcomes bakers\nMission\nTraining people who feed the coast"
    assert kinds(text)[2:] == ["heading3", "paragraph", "heading3", "paragraph"]


def test_capitals_are_a_heading_wherever_they_stand() -> None:
    assert kinds("OUR WAY\nA. Lund\nTO THE SEA\nWe go.")[0] == "heading1"


def test_wrapped_prose_is_one_paragraph_even_where_nouns_have_capitals() -> None:
    text = (
        "Unser Kolleg bildet seit vielen Jahren Fachleute aus, die in den Häfen der\n"
        "Ostsee gebraucht werden und deshalb auch mit Kollegen aus anderen Ländern\n"
        "Absprachen treffen müssen. Wir wollen, dass jede und jeder von ihnen einmal\n"
        "in einem anderen Hafen gearbeitet hat und mit neuen Ideen für den eigenen\n"
        "Betrieb nach Hause kommt.\n"
        "Ziele\n"
        "Jede Klasse fährt einmal nach Turku."
    )
    assert kinds(text) == ["paragraph", "heading2", "paragraph"]


def test_a_title_above_wrapped_prose_is_not_swallowed_by_it() -> None:
    text = (
        "Where the school stands\n"
        "Our school has trained people for the harbours of this coast for many years,\n"
        "and the firms there ask for people who can speak with crews from any land.\n"
        "Where it goes\n"
        "We want every one of them to have worked in another harbour once before they\n"
        "sit for their last examination."
    )
    assert kinds(text) == ["heading1", "paragraph", "heading2", "paragraph"]


def test_a_note_in_brackets_stays_with_its_item() -> None:
    text = "Steps.\n- Look for partners in the ports of the north.\n(Planned for May)\nMeasures\n- Partners found"
    assert blocks(text)[1] == (
        "item1",
        "Look for partners in the ports of the north. (Planned for May)",
    )
    assert blocks(text)[2][0].startswith("heading")


def test_no_block_crosses_a_page() -> None:
    text = ["We look for partners who can take in", "ten trainees every year and more."]
    assert len(blocks(*text)) == 2


def test_letters_printed_sideways_give_no_blocks() -> None:
    assert words("Our aims are these.\n\na\nti\nn\n\nWe go abroad.") == ["Our aims are these.", "We go abroad."]


def test_marks_of_markdown_in_plain_text_are_headings() -> None:
    assert blocks("# Plan\n## Mission\nWe train bakers.")[:2] == [("heading1", "Plan"), ("heading2", "Mission")]


def test_a_very_long_text_of_short_lines_is_outlined_in_seconds() -> None:
    assert len(blocks("1. Aim\nWe go abroad.\nA title\n- An item\n" * 5000)) == 20000


def test_points_numbered_with_a_letter_ahead_are_items_without_their_numbers() -> None:
    text = "Target 1. PUPILS\n\nO1.1 Bakers speak French\nO1.2 Cooks know three cuisines\nO1.3 Waiters dare to ask"
    assert blocks(text)[1:] == [
        ("item1", "Bakers speak French"),
        ("item1", "Cooks know three cuisines"),
        ("item1", "Waiters dare to ask"),
    ]
