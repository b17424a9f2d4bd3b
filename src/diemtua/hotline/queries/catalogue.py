"""Lines and numbers, what to say, what an act suggests, what is a report."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from diemtua.casework.models import GbvType
from diemtua.foundation.refusals import NotFound
from diemtua.hotline.models import Danger, Line, Outcome

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text(encoding="utf-8"))


def own_lines(*, besides: str = "") -> list[Line]:
    """Return the lines that are answered here; ``besides`` names one that may be out of use."""
    kept = Q(is_used=True) | Q(number=besides)
    return list(Line.objects.filter(kept, is_own=True).order_by("position", "name"))


def other_lines(*, besides: str = "") -> list[Line]:
    """Return the numbers a caller may be handed to."""
    kept = Q(is_used=True) | Q(number=besides)
    return list(Line.objects.filter(kept, is_own=False).order_by("position", "name"))


def lines() -> list[Line]:
    """Return every number, those out of use last."""
    return list(Line.objects.order_by("-is_used", "-is_own", "position", "name"))


def line(*, line_id: UUID) -> Line:
    """Return one number.

    Raises:
        NotFound: there is none.
    """
    found = Line.objects.filter(pk=line_id).first()
    if found is None:
        raise NotFound
    return found


def notice() -> str:
    """Return the sentence she hears before she tells.

    Source: Decree 76/2023/NĐ-CP, art. 9, in force 25/12/2023.
    """
    return str(_file("script.toml")["notice"]["text"])


def script(*, danger: str, caller: str = "", children: int = 0) -> tuple[str, ...]:
    """Return what helps to say in this situation: danger first, then who calls, then children."""
    said = _file("script.toml")
    sentences: list[str] = list(said["danger"].get(danger, said["danger"]["UNKNOWN"]))
    sentences += said["caller"].get(caller, [])
    if children:
        sentences += said["children"]["with"]
    return tuple(sentences)


def suggested_type(acts: Iterable[str]) -> str:
    """Return the GBVIMS type that the acts suggest: the first in its order, or none."""
    rules = _file("suggestions.toml")
    suggested = {rules["acts"].get(act) for act in acts}
    return next((kind for kind in rules["order"] if kind in suggested), "")


def is_report(*, acts: Iterable[str], gbv_type: str, danger: str, outcome: str) -> bool:
    """Return whether a call tells of violence, so that the commune's chairman must be told.

    Source: Decree 76/2023/NĐ-CP, art. 9 with Law 13/2022/QH15, art. 3 and 19: a report of an act of
    domestic violence, whoever brings it.
    """
    if outcome in {Outcome.NOT_OURS, Outcome.SILENT} or gbv_type == GbvType.NON_GBV:
        return False
    return bool(list(acts)) or bool(gbv_type) or danger == Danger.YES
