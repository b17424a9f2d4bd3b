"""Documents set on paper: PDF/A by typst, with the project's own fonts and nothing read from the machine."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from diemtua.foundation.ui.charts import FONTS


def typeset(
    template: Path,
    words: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """Return a template as PDF (PDF/A-2b, tagged), filled with words and pictures (SVG by name).

    The template reads its words from ``words.json``. Nothing is written to a disk.
    """
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub forgets files by name
        {
            "main.typ": template.read_bytes(),
            "words.json": json.dumps(words, ensure_ascii=False).encode(),
            **{name: picture.encode() for name, picture in (pictures or {}).items()},
        },
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        timestamp=int(at.timestamp()),
    )
    return made
