"""The papers of a contact ban, made in memory as DOCX and PDF; nothing of them is kept on disk."""

from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from diemtua.foundation.ui.typesetting import typeset

TEMPLATE = Path(__file__).resolve().parent / "form.typ"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on one paper."""

    form: str
    title: str
    lines: tuple[str, ...]
    footnote: str


def pdf(paper: Paper, *, at: datetime) -> bytes:
    """Return the paper as PDF/A."""
    return typeset(TEMPLATE, asdict(paper) | {"state": STATE}, at=at)


def word(paper: Paper, *, at: datetime) -> bytes:
    """Return the paper as DOCX, on A4 with the margins of Decree 30/2020/NĐ-CP, annex I."""
    made = python_docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = page.right_margin = Mm(20)
    page.left_margin = Mm(30)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(13)
    about = made.core_properties
    about.title, about.author, about.comments, about.language = paper.title, "", "", "vi-VN"
    about.created = about.modified = at.replace(tzinfo=None)
    if paper.form:
        made.add_paragraph(paper.form).alignment = ALIGN.RIGHT
    for line in (*STATE, paper.title):
        head = made.add_paragraph()
        head.alignment = ALIGN.CENTER
        head.add_run(line).bold = True
    for line in paper.lines:
        made.add_paragraph(line).alignment = ALIGN.JUSTIFY
    made.add_paragraph("Người ký (ký, ghi rõ họ tên)").alignment = ALIGN.RIGHT
    made.add_paragraph().add_run(paper.footnote).italic = True
    file = BytesIO()
    made.save(file)
    return file.getvalue()
