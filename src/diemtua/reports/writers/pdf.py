"""The document as PDF, set by typst from the same text."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from diemtua.foundation.ui.typesetting import typeset
from diemtua.reports.wording import Document

TEMPLATE = Path(__file__).with_name("letter.typ")


def pdf(document: Document, *, picture: str, at: datetime) -> bytes:
    """Return the document as PDF (PDF/A-2b, tagged); ``picture`` is its chart as SVG."""
    words = asdict(document) | {"title": document.title}
    return typeset(TEMPLATE, words, at=at, pictures={"picture.svg": picture})
