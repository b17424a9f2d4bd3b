"""Lists of cases: what is due, what waits, a team's board. No list shows an identity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now

from diemtua.accounts.models import Membership, Role
from diemtua.casework.cases import policies
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.casework.cases.queries.catalogue import caseload_rules
from diemtua.casework.cases.queries.finding import found_by
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.text import given_name
from diemtua.places.models import Unit

PAGE = 25
SHOWN = (
    "code",
    "alias",
    "status",
    "risk",
    "urgency",
    "danger_now",
    "opened_at",
    "contact_due_at",
    "worker__full_name",
    "unit__name",
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: nothing here says who she is."""

    id: UUID
    code: str
    alias: str
    unit: str
    risk: str
    risk_label: str
    status: str
    status_label: str
    danger_now: bool
    worker: str
    opened_at: datetime
    contact_due_at: datetime
    is_overdue: bool

    @property
    def risk_tone(self) -> str:
        """The tone of the risk's badge; red is for danger to a person alone."""
        return {Risk.HIGH: "danger", Risk.LOW: "neutral"}.get(Risk(self.risk), "info")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, and whether there is more."""

    rows: list[CaseRow]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def next_page_number(self) -> int:
        """The number of the page after this one."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before this one."""
        return self.number - 1


@dataclass(frozen=True, slots=True)
class Load:
    """How much one person of the team carries."""

    worker_id: UUID
    name: str
    cases: int
    high: int
    overdue: int
    limit: int

    @property
    def is_full(self) -> bool:
        """Whether she carries as many cases as one worker can carry well, or more."""
        return self.cases >= self.limit

    @property
    def short_name(self) -> str:
        """Her given name, as the team calls her."""
        return given_name(self.name)


def due(*, asker: Asker, at: datetime, limit: int = PAGE) -> list[CaseRow]:
    """Return the asker's cases whose next contact is due by the end of today: by risk, then time."""
    tonight = at.astimezone(CITY_TIME).replace(hour=23, minute=59, second=59)
    cases = _open(asker).filter(contact_due_at__lte=tonight)
    return _rows(cases.order_by("urgency", "contact_due_at")[:limit], at)


def overdue_count(*, asker: Asker) -> int:
    """Return how many of the asker's cases have an overdue contact, by the database's clock."""
    mine = Case.objects.filter(policies.CARRIES.filter(asker)).exclude(status=Status.CLOSED)
    return mine.filter(contact_due_at__lte=Now()).count()


def listing(
    *,
    asker: Asker,
    at: datetime,
    text: str = "",
    risk: str = "",
    status: str = "",
    sort: str = "",
    page: int = 1,
) -> Listing:
    """Return a page of the asker's cases, found by alias, code, name or phone and filtered.

    Names and phones are looked up by blind index. No total is counted: at a million cases the
    count would cost more than the page.
    """
    cases = _seen(asker) if status or text else _open(asker)
    if status:
        cases = cases.filter(status=status)
    if risk:
        cases = cases.filter(risk=risk)
    if text:
        cases = cases.filter(found_by(text))
    is_by_date = (
        sort == "newest" or status == Status.CLOSED
    )  # nothing is urgent about a closed case
    order = ("-opened_at",) if is_by_date else ("urgency", "contact_due_at")
    page = max(page, 1)
    start = (page - 1) * PAGE
    rows = _rows(cases.order_by(*order)[start : start + PAGE + 1], at)
    return Listing(rows=rows[:PAGE], number=page, has_next=len(rows) > PAGE)


def waiting(*, asker: Asker, at: datetime, limit: int = PAGE) -> list[CaseRow]:
    """Return the cases of the asker's organisation that nobody has taken: the most urgent first.

    Case workers may not see the cases themselves; PostgreSQL hands out these columns and no others
    (``diemtua.waiting_cases``).
    """
    policies.SEES_WAITING.require(asker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diemtua.waiting_cases(%s)", [limit])
        found = cursor.fetchall()
    names = dict(Unit.objects.filter(pk__in={row[5] for row in found}).values_list("pk", "name"))
    return [
        _row(
            Case(
                id=row[0],
                code=row[1],
                alias=row[2],
                risk=row[3],
                danger_now=row[4],
                status=Status.OPEN,
                opened_at=row[6],
                contact_due_at=row[7],
            ),
            at,
            unit=names[row[5]],
            worker="",
        )
        for row in found
    ]


def pressing(*, asker: Asker, at: datetime, limit: int = PAGE) -> list[CaseRow]:
    """Return the team's cases at high risk or with an overdue contact, in that order."""
    cases = _open(asker).filter(Q(risk=Risk.HIGH) | Q(contact_due_at__lte=at))
    return _rows(cases.order_by("urgency", "contact_due_at")[:limit], at)


def loads(*, asker: Asker, at: datetime) -> list[Load]:
    """Return how much each case worker of the team carries, the heaviest load first."""
    policies.MAY_ASSIGN.require(asker)
    carried = (
        _open(asker)
        .filter(worker__isnull=False)
        .order_by()
        .values_list("worker_id")
        .annotate(
            cases=Count("pk"),
            high=Count("pk", filter=Q(risk=Risk.HIGH)),
            overdue=Count("pk", filter=Q(contact_due_at__lte=at)),
        )
    )
    limit = caseload_rules().cases_of_a_worker
    counts: dict[UUID, tuple[int, int, int]] = {worker: tuple(n) for worker, *n in carried}
    loads = [
        Load(user_id, name, *counts.get(user_id, (0, 0, 0)), limit=limit)
        for user_id, name in workers(asker=asker, at=at)
    ]
    return sorted(loads, key=lambda load: (-load.high, -load.overdue, -load.cases, load.name))


def workers(*, asker: Asker, at: datetime) -> list[tuple[UUID, str]]:
    """Return the case workers of the asker's organisation today: id and name."""
    today = at.astimezone(CITY_TIME).date()
    members = Membership.objects.filter(
        organisation_id=asker.home, role=Role.CASE_WORKER, valid_from__lte=today
    ).exclude(valid_to__lte=today)
    return sorted(members.values_list("user_id", "user__full_name"), key=lambda pair: pair[1])


def _seen(asker: Asker) -> QuerySet[Case]:
    # Without what is open to her for a while (``access.opened_to``): these lists are index scans.
    seen = Case.objects.filter(policies.CARRIES.filter(asker))
    return seen.select_related("unit", "worker").only(*SHOWN)


def _open(asker: Asker) -> QuerySet[Case]:
    return _seen(asker).exclude(status=Status.CLOSED)


def _rows(cases: QuerySet[Case], at: datetime) -> list[CaseRow]:
    return [
        _row(case, at, unit=case.unit.name, worker=case.worker.full_name if case.worker else "")
        for case in cases
    ]


def _row(case: Case, at: datetime, *, unit: str, worker: str) -> CaseRow:
    return CaseRow(
        id=case.pk,
        code=case.code,
        alias=case.alias,
        unit=unit,
        risk=case.risk,
        risk_label=str(Risk(case.risk).label),
        status=case.status,
        status_label=str(Status(case.status).label),
        danger_now=case.danger_now,
        worker=worker,
        opened_at=case.opened_at,
        contact_due_at=case.contact_due_at,
        is_overdue=case.contact_due_at <= at,
    )
