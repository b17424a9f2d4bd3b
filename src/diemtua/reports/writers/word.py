"""The document as DOCX, element by element as Decree 30/2020/NĐ-CP, annex I, prescribes."""

from datetime import datetime
from io import BytesIO

import docx as python_docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import _Cell

from diemtua.reports.wording import Document, Part, Table
from diemtua.reports.writers import shapes
from diemtua.reports.writers.shapes import put

LEFT_COLUMN, RIGHT_COLUMN = 65, 100  # mm of the head; together the width between the margins
SIGNATURE_GAP = Mm(28)
PICTURE_WIDTH = Mm(146)


def docx(document: Document, *, picture: bytes, at: datetime) -> bytes:
    """Return the document as DOCX; ``picture`` is its chart as PNG."""
    word = python_docx.Document()
    shapes.prepare(word)
    _tell_properties(word, document, at)
    _head(word, document)
    _title(word, document)
    put(word, document.opening)
    for part in document.parts:
        _part(word, part)
        if part.has_picture:
            _picture(word, document, picture)
        if part.table is not None:
            _table(word, part.table)
    put(word, document.closing).paragraph_format.keep_with_next = True
    _foot(word, document)
    if document.annex is not None:
        _annex(word, document, document.annex)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _tell_properties(word: Word, document: Document, at: datetime) -> None:
    properties = word.core_properties
    properties.title, properties.author = document.title, " ".join(document.issuer)
    properties.language = "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = at.replace(tzinfo=None)


def _head(word: Word, document: Document) -> None:
    table = shapes.frame(word, (LEFT_COLUMN, RIGHT_COLUMN), rows=2)
    body, state = table.rows[0].cells
    for line in document.parent:
        put(body, line, size=13, align=ALIGN.CENTER, indent=False, after=0)
    for line in document.issuer:
        put(body, line, size=13, bold=True, align=ALIGN.CENTER, indent=False, after=0)
    shapes.rule(body, width=20, of=LEFT_COLUMN)
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    put(state, motto, size=13, bold=True, align=ALIGN.CENTER, indent=False, after=0)
    put(
        state,
        "Độc lập - Tự do - Hạnh phúc",
        size=14,
        bold=True,
        align=ALIGN.CENTER,
        indent=False,
        after=0,
    )
    shapes.rule(state, width=60.4, of=RIGHT_COLUMN)  # as long as the words above, at 14 pt bold
    number, place = table.rows[1].cells
    put(number, document.number, size=13, align=ALIGN.CENTER, indent=False, before=6, after=0)
    put(
        place,
        document.place_date,
        size=14,
        italic=True,
        align=ALIGN.CENTER,
        indent=False,
        before=6,
        after=0,
    )
    _drop_first_paragraphs(body, state, number, place)


def _title(word: Word, document: Document) -> None:
    put(word, document.kind, bold=True, align=ALIGN.CENTER, indent=False, before=16, after=0)
    for line in document.subject:
        put(word, line, bold=True, align=ALIGN.CENTER, indent=False, after=0)
    shapes.rule(word, width=40, of=shapes.PRINTED_WIDTH, after=10)


def _part(word: Word, part: Part) -> None:
    word.add_heading(part.heading, level=1)
    for paragraph in part.paragraphs:
        put(word, paragraph)


def _table(word: Word, table: Table) -> None:
    caption = put(word, table.caption, size=13, bold=True, align=ALIGN.CENTER, indent=False)
    caption.paragraph_format.keep_with_next = True
    shapes.sheet(word, table)
    put(word, table.note, size=12, italic=True, indent=False, before=4)


def _picture(word: Word, document: Document, picture: bytes) -> None:
    holder = put(word, "", align=ALIGN.CENTER, indent=False, after=2)
    holder.paragraph_format.keep_with_next = True
    drawn = holder.add_run().add_picture(BytesIO(picture), width=PICTURE_WIDTH)
    about = drawn._inline.docPr  # noqa: SLF001 - python-docx has no name for the alternative text
    about.set("descr", document.picture_words)
    about.set("title", document.picture_caption)
    put(word, document.picture_caption, size=13, italic=True, align=ALIGN.CENTER, indent=False)


def _foot(word: Word, document: Document) -> None:
    put(word, "", size=6, indent=False, after=0).paragraph_format.keep_with_next = True
    frame = shapes.frame(word, (72, 93), rows=1)
    shapes.keep_whole(frame.rows[0])
    recipients, signer = frame.rows[0].cells
    put(
        recipients,
        "Nơi nhận:",
        size=12,
        bold=True,
        italic=True,
        align=ALIGN.LEFT,
        indent=False,
        after=0,
    )
    for line in document.recipients:
        put(recipients, line, size=11, align=ALIGN.LEFT, indent=False, after=0)
    for line in document.signer:
        put(signer, line, bold=True, align=ALIGN.CENTER, indent=False, after=0)
    first = True
    for line in (document.signer_post, document.signer_name):
        if line:
            gap = SIGNATURE_GAP if first else Pt(0)
            placed = put(signer, line, bold=True, align=ALIGN.CENTER, indent=False, after=0)
            placed.paragraph_format.space_before, first = gap, False
    _drop_first_paragraphs(recipients, signer)


def _annex(word: Word, document: Document, table: Table) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    shapes.restart_page_numbers(section)
    put(word, "Phụ lục", bold=True, align=ALIGN.CENTER, indent=False, after=0)
    put(word, table.caption.upper(), bold=True, align=ALIGN.CENTER, indent=False, after=0)
    put(word, document.annex_reference, italic=True, align=ALIGN.CENTER, indent=False, after=10)
    shapes.sheet(word, table)
    put(word, table.note, size=12, italic=True, indent=False, before=4)


def _drop_first_paragraphs(*cells: _Cell) -> None:
    """Take away the empty paragraph with which every cell begins."""
    for cell in cells:
        empty = cell.paragraphs[0]._p  # noqa: SLF001 - python-docx cannot delete a paragraph
        empty.getparent().remove(empty)
