"""Filling the papers of a contact ban: hours and moments, never who and where."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from diemtua.casework.protection import policies, services, writers
from diemtua.casework.protection.models import Step
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.text import moment

REFERENCE = Path(__file__).resolve().parent / "reference" / "forms.toml"
FOOTNOTE = "Mẫu theo Nghị định 76/2023/NĐ-CP; lời văn cần đối chiếu văn bản gốc trước khi ký."
MAKERS = {"docx": writers.word, "pdf": writers.pdf}
BLANK = "……………………"


@cache
def forms() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the forms by measure and step."""
    rows = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["form"]
    return {(row["of"], row["step"]): row for row in rows}


def has_form(step: Step) -> bool:
    """Return whether there is a paper for this step."""
    return (step.measure.definition, step.kind) in forms()


def make(*, asker: Asker, step: Step, kind: str, at: datetime) -> bytes:
    """Return the paper of a step as "docx" or "pdf"; always in Vietnamese.

    Names and places stay blank, to be written by hand: the paper goes to the commune and to him.

    Raises:
        NotFound: there is no such paper.
    """
    policies.SEES_STEP.require(asker, step)
    if kind not in MAKERS or not has_form(step):
        raise NotFound
    form = forms()[step.measure.definition, step.kind]
    told = services.read(asker=asker, step=step)
    with translation.override("vi"):
        values = {key: str(value or "") for key, value in step.measure.rule.items()} | {
            "at": moment(step.at),
            "until": moment(step.until) if step.until else BLANK,
            "reason": step.get_reason_display(),
            "asked_by": step.measure.get_asked_by_display(),
            "number": told.get("number") or BLANK,
        }
    paper = writers.Paper(
        form=f"Mẫu số {form['number']}" if form["number"] else "",
        title=form["title"],
        lines=tuple(line % values for line in form["lines"]),
        footnote=FOOTNOTE,
    )
    audit.write(
        asker=asker, action="protection.paper.made", subject=step.measure.case, code=step.kind
    )
    return MAKERS[kind](paper, at=at)
