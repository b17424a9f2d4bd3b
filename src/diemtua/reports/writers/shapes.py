"""What a DOCX is put together from: paragraphs, rules, tables, page numbers."""

from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from diemtua.reports.wording import Table

FONT = "Times New Roman"
BODY = 14
INDENT = Mm(12.7)
PRINTED_WIDTH = 165  # mm between the margins
BLACK = RGBColor(0, 0, 0)
TOTAL = "Toàn thành phố"


def prepare(word: Word) -> None:
    """Set the sheet, the font and the page numbers of the whole document."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    for name in ("Normal", "Heading 1"):
        _dress(word.styles[name], is_heading=name != "Normal")
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])


def put(
    where: Word | _Cell,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.JUSTIFY,
    indent: bool = True,
    before: float = 0,
    after: float = 6,
) -> Paragraph:
    """Add a paragraph and return it."""
    paragraph = where.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.first_line_indent = INDENT if indent else Mm(0)
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing = 1.1 if indent else 1.0
    if text:
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    return paragraph


def rule(where: Word | _Cell, *, width: float, of: float, after: float = 0) -> None:
    """Add a solid rule of ``width`` mm, centred in a column ``of`` so many mm."""
    paragraph = put(where, "", size=2, indent=False, after=after)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((of - width) / 2)
    shape.space_before, shape.line_spacing = Pt(2), Pt(3)
    border = _element("w:top", val="single", sz="6", space="1", color="000000")
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no name for this
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def frame(word: Word, widths: tuple[float, ...], *, rows: int) -> WordTable:
    """Add an invisible table that only places things, its columns so many mm wide."""
    table = word.add_table(rows=rows, cols=len(widths))
    _set_out(table, widths)
    _margins(table, 0)
    return table


def sheet(word: Word, content: Table) -> None:
    """Add a table with lines: a header repeated on each page, rows that do not break."""
    lines = (content.header, *content.rows)
    table = word.add_table(rows=len(lines), cols=len(content.header))
    table.style = "Table Grid"
    cells = iter(table._cells)  # noqa: SLF001 - row by row python-docx would count them all again
    for place, texts in enumerate(lines):
        for column, text in enumerate(texts):
            align = ALIGN.CENTER if place == 0 else ALIGN.RIGHT if column else ALIGN.LEFT
            _fill(next(cells), text, align=align, bold=place == 0 or texts[0] == TOTAL)
    whole = sum(content.shares)
    _set_out(table, tuple(PRINTED_WIDTH * share / whole for share in content.shares))
    _margins(table, 1.8)
    for place, row in enumerate(table.rows):
        keep_whole(row, is_header=place == 0)


def _fill(cell: _Cell, text: str, *, align: ALIGN, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(2), Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(13), bold


def keep_whole(row: _Row, *, is_header: bool = False) -> None:
    """Keep a row on one page; a header is repeated on each."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    properties.append(_element("w:cantSplit"))
    if is_header:
        properties.append(_element("w:tblHeader"))


def restart_page_numbers(section: Section) -> None:
    """Let a section count its pages from 1, with no number on its first."""
    section.different_first_page_header_footer = True
    start = _element("w:pgNumType", start="1")
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001 - as above


def _dress(style: Any, *, is_heading: bool) -> None:
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.font.color.rgb = BLACK
    style.font.bold, style.font.italic = is_heading, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(8 if is_heading else 0), Pt(6 if is_heading else 0)
    shape.line_spacing = 1.0
    if is_heading:
        shape.first_line_indent, shape.keep_with_next = INDENT, True


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - as above
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001 - as above


def _set_out(table: WordTable, widths: tuple[float, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, cell in enumerate(table._cells):  # noqa: SLF001 - as above
        cell.width = Mm(widths[place % len(widths)])


def _margins(table: WordTable, side: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for name in ("w:left", "w:right"):
        margins.append(_element(name, w=str(int(side * 56.7)), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 - as above


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
