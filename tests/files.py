"""Files made for the tests: PDFs written by hand, Word files by python-docx."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

LINE = 14  # points from one line to the next


def make_pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with one line of Helvetica for every string of a page; a page without strings is blank."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids: list[int] = []
    for lines in pages:
        shown = b"".join(_show(line) for line in lines)
        stream = b"BT /F1 10 Tf 60 780 Td %d TL\n" % LINE + shown + b"ET" if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _show(line: str) -> bytes:
    escaped = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + escaped + b") Tj T*\n"


def lock_pdf(data: bytes, *, user: str, owner: str) -> bytes:
    """The same PDF under AES-256: `user` opens it, `owner` may change it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_word(fill: Callable[[Any], None]) -> bytes:
    """A Word file that `fill` has written into."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def put_paragraphs(document: Any, *paragraphs: str) -> None:
    """Write paragraphs given as the XML inside them at the start of a Word document, in order."""
    for place, inner in enumerate(paragraphs):
        document.element.body.insert(place, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def make_run(words: str, how: str = "") -> str:
    """The XML of a run of words, with what is set of how it looks."""
    return f'<w:r><w:rPr>{how}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def make_zip(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_workbook(*sheets: str, states: Sequence[str] = (), more: dict[str, bytes] | None = None) -> bytes:
    """An Excel workbook of sheets "Plan 1", "Plan 2" …, each given as the XML inside `<worksheet>`.

    Styles by number: 0 none, 1 bold, 2 a date (d mmm yyyy), 3 euros, 4 white on an empty cell.
    """
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    listed = "".join(
        f'<sheet name="Plan of {number}" sheetId="{number}" state="{state or "visible"}" r:id="s{number}"/>'
        for number, state in enumerate([*states, *[""] * (len(sheets) - len(states))], start=1)
    )
    targets = "".join(
        f'<Relationship Id="s{number}" Type="{kinds}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="d mmm yyyy"/>'
        '<numFmt numFmtId="171" formatCode="#,##0 &quot;EUR&quot;"/></numFmts>'
        "<fonts><font><sz val='11'/></font><font><b/><sz val='11'/></font>"
        "<font><sz val='11'/><color rgb='FFFFFFFF'/></font></fonts><fills><fill><patternFill/></fill></fills>"
        "<cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='0' fontId='1'/><xf numFmtId='170' fontId='0'/>"
        "<xf numFmtId='171' fontId='0'/><xf numFmtId='0' fontId='2'/></cellXfs>"
    )
    parts = {
        "_rels/.rels": f'<Relationships {links}><Relationship Id="r1" Type="{kinds}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {links}>{targets}"
        f'<Relationship Id="st" Type="{kinds}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    for number, inner in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{main}">{inner}</worksheet>'
    return make_zip({name: head + words.encode() for name, words in parts.items()} | (more or {}))


def make_rows(*rows: Sequence[str | float | None], style: dict[str, int] | None = None) -> str:
    """The `<sheetData>` of these rows: strings inline, numbers as such, "=…" a formula without result, None empty.

    `style` gives cells by their name ("B3") one of the styles of `make_workbook`.
    """
    written = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(row):
            name = f"{chr(ord('A') + column)}{number}"
            head = f'<c r="{name}" s="{(style or {}).get(name, 0)}"'
            if isinstance(value, str) and value.startswith("="):
                cells.append(f"{head}><f>{escape(value[1:])}</f></c>")
            elif isinstance(value, str):
                cells.append(f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f"{head}><v>{value!r}</v></c>")
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(written)}</sheetData>"


def make_slides(*slides: str, notes: str = "") -> bytes:
    """A PowerPoint file, each slide given as the XML of its shapes; `notes` are spoken to the first."""
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    spaces = f'xmlns:p="{p}" xmlns:a="{a}" xmlns:r="{r}"'
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in numbers)
    targets = "".join(
        f'<Relationship Id="s{number}" Type="{r}/slide" Target="slides/slide{number}.xml"/>' for number in numbers
    )
    parts = {
        "_rels/.rels": f'<Relationships {links}><Relationship Id="r1" Type="{r}/officeDocument" '
        'Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst>"
        '<p:sldSz cx="9000" cy="5000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f"<Relationships {links}>{targets}</Relationships>",
    }
    for number, shapes in zip(numbers, slides, strict=True):
        show = ' show="0"' if shapes.startswith("hidden") else ""
        tree = f"<p:cSld><p:spTree>{shapes.removeprefix('hidden')}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {spaces}{show}>{tree}</p:sld>"
    if notes:
        parts["ppt/slides/_rels/slide1.xml.rels"] = (
            f'<Relationships {links}><Relationship Id="n1" Type="{r}/notesSlide" Target="../notesSlides/n.xml"/>'
            "</Relationships>"
        )
        parts["ppt/notesSlides/n.xml"] = f"<p:notes {spaces}>{make_shape([notes], 'body')}</p:notes>"
    return make_zip({name: words.encode() for name, words in parts.items()})


def make_shape(paragraphs: Sequence[str], kind: str = "", place: str = "") -> str:
    """A shape of a slide with these paragraphs, each a level's figure and its words ("1 Guests") or words alone."""
    holder = f'<p:nvPr><p:ph type="{kind}" idx="1"/></p:nvPr>' if kind else "<p:nvPr/>"
    written = "".join(
        f'<a:p><a:pPr lvl="{words[0]}"><a:buChar char="-"/></a:pPr><a:r><a:t>{escape(words[2:])}</a:t></a:r></a:p>'
        if words[:1].isdigit()
        else f"<a:p><a:r><a:t>{escape(words)}</a:t></a:r></a:p>"
        for words in paragraphs
    )
    frame = f"<a:xfrm>{place}</a:xfrm>" if place else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/>{holder}</p:nvSpPr><p:spPr>{frame}</p:spPr>'
        f"<p:txBody><a:bodyPr/>{written}</p:txBody></p:sp>"
    )


def make_open_document(body: str, kind: str = "text", styles: str = "") -> bytes:
    """An OpenDocument file of this kind with the XML inside `<office:body>`'s one child, and of its own styles."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in [
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"),
            ("presentation", "presentation"),
        ]
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return make_zip(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
    )


def word_plan(document: Any) -> None:
    """Write a small plan with a title, a heading, a list of two levels and a table."""
    document.add_heading("Harbour College", 0)
    document.add_heading("Aims", 1)
    document.add_paragraph("Our bakers go abroad.")
    document.add_paragraph("Bakers who speak German", style="List Bullet")
    document.add_paragraph("Of every age", style="List Bullet 2")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Value", "Meaning", "Brave", "We try."], strict=True):
        cell.text = words
