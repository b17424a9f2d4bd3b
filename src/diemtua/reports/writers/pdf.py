"""The document as PDF, set by typst from the same text."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from diemtua.foundation.ui.charts import FONTS
from diemtua.reports.wording import Document

TEMPLATE = Path(__file__).with_name("letter.typ")


def pdf(document: Document, *, picture: str, at: datetime) -> bytes:
    """Return the document as PDF (PDF/A-2b, tagged); ``picture`` is its chart as SVG."""
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub forgets files by name
        {
            "main.typ": TEMPLATE.read_bytes(),
            "document.json": json.dumps(
                asdict(document) | {"title": document.title}, ensure_ascii=False
            ).encode(),
            "picture.svg": picture.encode(),
        },
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        timestamp=int(at.timestamp()),
    )
    return made
