"""Which papers there are: kind, day and author; nothing here is opened."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from diemtua.casework.cases.models import Case
from diemtua.casework.papers import policies
from diemtua.casework.papers.models import Kind, Paper, State, Withdrawal
from diemtua.casework.papers.queries.catalogue import reason_label
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

ICONS = {
    Kind.CALL: "phone",
    Kind.MEETING: "messages",
    Kind.VISIT: "home",
    Kind.SUPERVISION: "eye-check",
    Kind.NOTE: "notes",
    Kind.PHOTO: "eye",
    Kind.AUDIO: "microphone",
    Kind.BODY_MAP: "report-medical",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as its newest version stands in a list."""

    id: UUID
    thread: UUID
    kind: str
    label: str
    icon: str
    happened_on: date
    recorded_at: datetime
    by: str
    versions: int
    state: str
    state_label: str
    reason: str

    @property
    def is_taken_out(self) -> bool:
        """Whether it was withdrawn, or waits to be erased."""
        return bool(self.state)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A paper whose erasure waits for a supervisor."""

    paper_id: UUID
    alias: str
    code: str
    reason: str
    asked_at: datetime


def icon_of(kind: str) -> str:
    """Return the icon of a kind of paper."""
    return next((icon for known, icon in ICONS.items() if known == kind), "file-text")


def of_case(*, asker: Asker, case: Case) -> list[PaperRow]:
    """Return the papers of a case, each in its newest version, the newest day first."""
    seen = Paper.objects.filter(policies.SEES.filter(asker), case_id=case.pk)
    counted: dict[UUID, int] = {}
    newest: dict[UUID, Paper] = {}
    for paper in seen.defer("content").select_related("recorded_by").order_by("recorded_at", "id"):
        counted[paper.thread] = counted.get(paper.thread, 0) + 1
        newest[paper.thread] = paper
    ends = _standing(asker, case)
    rows = [_row(paper, counted[paper.thread], ends.get(paper.thread)) for paper in newest.values()]
    return sorted(rows, key=lambda row: (row.happened_on, row.recorded_at), reverse=True)


def _standing(asker: Asker, case: Case) -> dict[UUID, Withdrawal]:
    found = Withdrawal.objects.filter(
        policies.SEES_WITHDRAWALS.filter(asker), case_id=case.pk
    ).exclude(state=State.KEPT)
    return {one.thread: one for one in found}


def _row(paper: Paper, versions: int, end: Withdrawal | None) -> PaperRow:
    return PaperRow(
        id=paper.pk,
        thread=paper.thread,
        kind=paper.kind,
        label=paper.get_kind_display(),
        icon=icon_of(paper.kind),
        happened_on=paper.happened_on,
        recorded_at=paper.recorded_at,
        by=paper.recorded_by.full_name,
        versions=versions,
        state=end.state if end else "",
        state_label=end.get_state_display() if end else "",
        reason=reason_label(end.reason) if end else "",
    )


def one(*, asker: Asker, paper_id: UUID) -> Paper:
    """Return one version of a paper that the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    policies.SEES.require(asker)
    seen = Paper.objects.filter(policies.SEES.filter(asker), pk=paper_id)
    found = seen.select_related("case__data_key", "recorded_by").first()
    if found is None:
        raise NotFound
    return found


def versions(*, asker: Asker, paper: Paper) -> list[Paper]:
    """Return every version of a paper, the newest first, unopened."""
    seen = Paper.objects.filter(policies.SEES.filter(asker), thread=paper.thread)
    ordered = seen.defer("content").select_related("recorded_by", "case")
    return list(ordered.order_by("-recorded_at", "-id"))


def latest(*, asker: Asker, paper: Paper) -> Paper:
    """Return the newest version of a paper."""
    seen = Paper.objects.filter(policies.SEES.filter(asker), thread=paper.thread)
    return seen.select_related("case__data_key", "recorded_by").get(replaced_by__isnull=True)


def withdrawal_of(*, asker: Asker, paper: Paper) -> Withdrawal | None:
    """Return the withdrawal under which a paper stands; one that was refused is none."""
    found = Withdrawal.objects.filter(
        policies.SEES_WITHDRAWALS.filter(asker), thread=paper.thread
    ).exclude(state=State.KEPT)
    return found.select_related("asked_by", "decided_by").first()


def withdrawal(*, asker: Asker, withdrawal_id: UUID) -> Withdrawal:
    """Return a withdrawal of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = Withdrawal.objects.filter(policies.SEES_WITHDRAWALS.filter(asker), pk=withdrawal_id)
    known = found.first()
    if known is None:
        raise NotFound
    return known


def to_decide(*, asker: Asker) -> list[WaitingRow]:
    """Return the papers whose erasure the asker may decide, the longest waiting first."""
    found = Withdrawal.objects.filter(policies.MAY_DECIDE.filter(asker)).select_related("case")
    return [
        WaitingRow(
            row.thread, row.case.alias, row.case.code, reason_label(row.reason), row.asked_at
        )
        for row in found.order_by("asked_at")
    ]
