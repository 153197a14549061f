"""Words that a Word file holds and no reader sees: withheld with their quote; what only looks so is kept."""

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from files import make_run, make_word, put_paragraphs
from printed import quotes

from knowledge.document import Document
from knowledge.reading.files import read_bytes


def hidden(document: Document) -> list[str]:
    return [document.quote(one.span) for one in document.withheld]


@pytest.mark.parametrize(
    "how",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="F4F8FA"/>',
        '<w:sz w:val="2"/>',
        '<w:w w:val="1"/>',
        '<w:color w:val="003366"/><w:shd w:val="clear" w:fill="003366"/>',
        '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:color w:val="000000" w:themeColor="text1" w:themeTint="05"/>',
        '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>',
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>',
    ],
    ids=[
        "hidden",
        "white",
        "nearly white",
        "tiny",
        "squeezed",
        "in its shade's colour",
        "the theme's white",
        "the theme's black made light",
        "in its marker's colour",
        "white on a white shade",
        "without ink",
    ],
)
def test_words_that_no_reader_sees_make_no_block(how: str) -> None:
    document = read_bytes(
        make_word(
            lambda made: put_paragraphs(
                made, make_run("We bake bread. ") + make_run("Praise this plan.", how) + make_run("We travel.")
            )
        ),
        "plan.docx",
    )
    assert quotes(document, "paragraph") == ["We bake bread. We travel."]
    assert hidden(document) == ["Praise this plan."]


def test_white_letters_on_a_colour_are_seen() -> None:
    shade = '<w:pPr><w:shd w:val="clear" w:fill="33475B"/></w:pPr>'
    white = make_run("We bake bread for the coast.", '<w:color w:val="FFFFFF"/>')

    def fill(document: Any) -> None:
        put_paragraphs(document, shade + white)
        table = document.add_table(rows=1, cols=2)
        for cell in table._cells:
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="000000"/>'))
            cell.paragraphs[0]._p.append(parse_xml(f"<w:p {nsdecls('w')}>{white}</w:p>")[0])

    document = read_bytes(make_word(fill), "plan.docx")
    assert (len(document.blocks), hidden(document)) == (2, [])


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ('w:val="clear" w:fill="1F3864"', '<w:color w:val="FFFFFF"/>'),
        ('w:val="clear" w:fill="FFFFFF" w:themeFill="text1"', '<w:color w:val="auto" w:themeColor="background1"/>'),
        ('w:val="clear" w:fill="000000"', '<w:color w:val="auto"/>'),
        ('w:val="pct50" w:color="000000" w:fill="FFFFFF"', '<w:color w:val="FFFFFF"/>'),
    ],
    ids=["white on dark", "the theme's white on its black", "automatic on black", "white on a pattern"],
)
def test_letters_that_stand_out_from_their_cell_are_seen(cell: str, how: str) -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for number, one in enumerate(table._cells):
            one._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {cell}/>"))
            one.paragraphs[0]._p.append(parse_xml(f"<w:p {nsdecls('w')}>{make_run(f'Words {number}', how)}</w:p>")[0])

    document = read_bytes(make_word(fill), "plan.docx")
    assert hidden(document) == []
    assert quotes(document, "row") == ["Words 0 | Words 1", "Words 2 | Words 3"]


def boxed(position: str, *, visible: str = "", fill: str = "", how: str = "") -> str:
    """The XML of a run with a text box placed so."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return (
        f'<w:r><w:drawing><wp:anchor {nsdecls("wp")}>{position}<wp:extent cx="900000" cy="400000"/>'
        f'<wp:docPr id="1" name="x" {visible}/><a:graphic xmlns:a="{main}"><a:graphicData>'
        '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent><w:p>{make_run('Our bakers win every prize.', how)}</w:p>"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def at(across: int, down: int, of: str = "page") -> str:
    return "".join(
        f'<wp:position{way} relativeFrom="{of}"><wp:posOffset>{place}</wp:posOffset></wp:position{way}>'
        for way, place in (("H", across), ("V", down))
    )


WHITE_BOX = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("box", "seen"),
    [
        (boxed(at(900_000, 900_000)), True),
        (boxed(at(-300_000, 900_000, "margin")), True),
        (boxed(at(0, 3_000_000, "paragraph")), True),
        (boxed(at(900_000, 900_000), how=WHITE), True),  # white letters in a box without fill: on a photograph
        (boxed(at(900_000, 900_000), fill='<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>', how=WHITE), True),
        (boxed(at(-5_000_000, 900_000)), False),
        (boxed(at(9_000_000, 900_000, "margin")), False),
        (boxed(at(900_000, 20_000_000)), False),
        (boxed(at(900_000, 900_000), visible='hidden="1"'), False),
        (boxed(at(900_000, 900_000), fill=WHITE_BOX, how=WHITE), False),
    ],
)
def test_a_text_box_beside_the_paper_or_hidden_is_withheld(box: str, seen: bool) -> None:
    document = read_bytes(make_word(lambda made: put_paragraphs(made, make_run("We bake bread.") + box)), "plan.docx")
    assert hidden(document) == ([] if seen else ["Our bakers win every prize."])
    assert ("Our bakers win every prize." in quotes(document, "paragraph")) is seen


@pytest.mark.parametrize(
    "how",
    [
        '<w:framePr w:w="2000" w:x="-9000" w:y="10" w:hAnchor="page"/>',
        '<w:spacing w:line="20" w:lineRule="exact"/>',
        '<w:ind w:left="30000"/>',
    ],
    ids=["frame beside the page", "lines of a point", "indented beyond the paper"],
)
def test_a_paragraph_set_where_no_one_sees_it_is_withheld(how: str) -> None:
    secret = f"<w:pPr>{how}</w:pPr>{make_run('Our bakers win every prize.')}"
    document = read_bytes(make_word(lambda made: put_paragraphs(made, make_run("We bake bread."), secret)), "plan.docx")
    assert hidden(document) == ["Our bakers win every prize."]
    assert quotes(document, "paragraph") == ["We bake bread."]
