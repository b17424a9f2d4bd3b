"""Questions about files of people who used violence."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from diemtua.casework.perpetrators import policies
from diemtua.casework.perpetrators.models import (
    Attendance,
    Commitment,
    File,
    Judgement,
    Meeting,
    Relapse,
    State,
    Support,
    Threat,
)
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

REFERENCE = Path(__file__).resolve().parent / "reference" / "programme.toml"
PAGE = 100


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list."""

    id: UUID
    code: str
    alias: str
    unit: str
    state: str
    state_label: str
    threat: str
    threat_label: str
    worker: str
    opened_at: datetime
    last_came_on: date | None
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """Something that happened in a file; what was written about it stays sealed."""

    id: UUID
    on: date
    label: str
    detail: str
    tone: str
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands in the programme."""

    came: int
    missed: int
    planned: int
    parts: list[PartRow]
    open_commitments: list[PartRow]


@dataclass(frozen=True, slots=True)
class Progress:
    """How it goes with him, for the team of her case: states and counts, nothing that tells who."""

    tie: UUID
    made_at: datetime
    state_label: str
    outcome_label: str
    threat: str
    threat_label: str
    came: int
    missed: int
    last_on: date | None
    relapses: int
    last_relapse: datetime | None
    is_imminent: bool


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(REFERENCE.read_text(encoding="utf-8"))


@cache
def options(kind: str) -> dict[str, str]:
    """Return a list of the reference data: label by code (source, topic, support, factor, …)."""
    return {row["code"]: row["label"] for row in _file()[kind]}


@cache
def planned_meetings() -> int:
    """Return how many meetings the programme has; the city's own number."""
    return int(_file()["programme"]["meetings"])


@cache
def quiet_after() -> timedelta:
    """Return after how long without a meeting a file asks for attention; the city's own number."""
    return timedelta(days=_file()["retention"]["quiet_days"])


def one(*, asker: Asker, file_id: UUID) -> File:
    """Return a file the asker sees.

    Raises:
        NotFound: there is none, or he may not know of it.
    """
    seen = policies.SEES.of(asker, File.objects.all())
    found = seen.select_related("unit", "worker", "data_key").filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def commitment(*, asker: Asker, commitment_id: UUID) -> Commitment:
    """Return a commitment of a file the asker sees.

    Raises:
        NotFound: there is none, or he may not know of it.
    """
    seen = policies.SEES_OF_FILE.of(asker, Commitment.objects.all())
    found = seen.select_related("file").filter(pk=commitment_id).first()
    if found is None:
        raise NotFound
    return found


def listing(*, asker: Asker, at: datetime, closed: bool = False) -> list[FileRow]:
    """Return the files the asker sees: those that wait first, then by threat and age."""
    seen = policies.SEES.of(asker, File.objects.all())
    seen = seen.filter(state=State.CLOSED) if closed else seen.exclude(state=State.CLOSED)
    found = seen.select_related("unit", "worker").order_by("opened_at")[:PAGE]
    rows = list(found)
    came = dict(
        Meeting.objects.filter(file__in=rows, attendance=Attendance.CAME)
        .values_list("file")
        .annotate(last=Max("on"))
    )
    order = [Threat.HIGH, Threat.UNJUDGED, Threat.MEDIUM, Threat.LOW]
    rows.sort(key=lambda file: (file.state != State.WAITING, order.index(Threat(file.threat))))
    return [_row(file, at, came.get(file.pk)) for file in rows]


def _row(file: File, at: datetime, last: date | None) -> FileRow:
    since = last or file.opened_at.date()
    return FileRow(
        id=file.pk,
        code=file.code,
        alias=file.alias,
        unit=file.unit.name,
        state=file.state,
        state_label=file.get_state_display(),
        threat=file.threat,
        threat_label=file.get_threat_display(),
        worker=file.worker.full_name if file.worker else "",
        opened_at=file.opened_at,
        last_came_on=last,
        is_quiet=file.state == State.ACTIVE and at.date() - since > quiet_after(),
    )


def waiting_count(*, asker: Asker) -> int:
    """Return how many files nobody has taken."""
    return policies.SEES.of(asker, File.objects.all()).filter(state=State.WAITING).count()


def standing(*, asker: Asker, file: File) -> Standing:
    """Return what happened in a file, the newest first."""
    policies.SEES.require(asker, file)
    meetings = list(_of(Meeting, file))
    commitments = list(_of(Commitment, file))
    parts = [
        *(_meeting(part) for part in meetings),
        *(_commitment(part) for part in commitments),
        *(_judgement(part) for part in _of(Judgement, file)),
        *(_support(part) for part in _of(Support, file)),
        *(_relapse(part) for part in _of(Relapse, file)),
    ]
    return Standing(
        came=sum(part.attendance == Attendance.CAME for part in meetings),
        missed=sum(part.attendance == Attendance.ABSENT for part in meetings),
        planned=planned_meetings(),
        parts=sorted(parts, key=lambda row: row.on, reverse=True),
        open_commitments=[_commitment(part) for part in commitments if part.is_kept is None],
    )


def _of(model: Any, file: File) -> Any:
    return model.objects.filter(file=file).select_related("recorded_by").order_by("-on")


def _part(part: Any, label: str, detail: str, *, tone: str = "neutral") -> PartRow:
    return PartRow(part.pk, part.on, label, detail, tone, part.recorded_by.full_name)


def _meeting(part: Meeting) -> PartRow:
    tone = "done" if part.attendance == Attendance.CAME else "soon"
    return _part(part, options("topic")[part.topic], part.get_attendance_display(), tone=tone)


def _judgement(part: Judgement) -> PartRow:
    factors = ", ".join(options("factor")[code] for code in part.factors)
    said = (
        f"{options('stage')[part.stage]} · {factors}" if factors else options("stage")[part.stage]
    )
    tone = "danger" if part.threat == Threat.HIGH else "info"
    return _part(part, part.get_threat_display(), said, tone=tone)


def _commitment(part: Commitment) -> PartRow:
    told = {None: _("Đang thực hiện"), True: _("Đã giữ"), False: _("Không giữ")}
    tone = {None: "info", True: "done", False: "soon"}[part.is_kept]
    return _part(part, _("Cam kết"), told[part.is_kept], tone=tone)


def _support(part: Support) -> PartRow:
    said = _("Đã nhận") if part.is_accepted else _("Không nhận")
    return _part(part, options("support")[part.kind], said)


def _relapse(part: Relapse) -> PartRow:
    said = _("Nguy hiểm trước mắt") if part.is_imminent else _("Đã báo đội hỗ trợ")
    return _part(part, _("Bạo lực tái diễn"), said, tone="danger")


def progress_of(case_id: UUID) -> list[Progress]:
    """Return how it goes with who used violence in a case; PostgreSQL tells it to its team alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diemtua.progress_of_case(%s)", [case_id])
        rows = cursor.fetchall()
    return [
        Progress(
            tie=row[0],
            made_at=row[1],
            state_label=str(State(row[2]).label),
            outcome_label=options("outcome").get(row[3], ""),
            threat=row[4],
            threat_label=str(Threat(row[4]).label),
            came=row[5],
            missed=row[6],
            last_on=row[7],
            relapses=row[8],
            last_relapse=row[9],
            is_imminent=row[10],
        )
        for row in rows
    ]


def quiet(*, asker: Asker, at: datetime) -> list[FileRow]:
    """Return the asker's active files without a meeting for too long, or with a high threat unmet."""
    return [row for row in listing(asker=asker, at=at) if row.is_quiet]
