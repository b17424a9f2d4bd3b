"""Reading back what was issued: the text of a DOCX and of a PDF."""

import io
import re

import docx
import pypdf

from diemtua.foundation.text import number


def docx_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return _plain(" ".join([paragraph.text for paragraph in document.paragraphs] + cells))


def pdf_text(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return _plain(" ".join(page.extract_text() for page in pages))


def docx_has_picture(content: bytes) -> bool:
    return len(docx.Document(io.BytesIO(content)).inline_shapes) > 0


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def whole(text: str) -> list[int]:
    """Every whole number of a Vietnamese text, in order."""
    return [int(one.replace(".", "")) for one in re.findall(r"(?<![\d,.])\d[\d.]*(?![\d,])", text)]


__all__ = ["docx_has_picture", "docx_text", "number", "pdf_text", "whole"]
