"""The frame around every page of a case: its head, its tabs, and what the alcoves add to it.

An alcove declares, when the apps are ready, its tab (``tabs``), what happened (``timeline``) and
what ought to be done next (``next_steps``); the overview puts them together and knows no alcove
by name that only adds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from diemtua.casework.cases import queries
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.foundation.database.asker import Asker


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a case's pages says; no identity is in it."""

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
    opened_by: str
    opened_at: datetime
    contact_due_at: datetime
    is_overdue: bool
    gbv_type: str
    acts: tuple[str, ...]
    sex: str
    age_group: str

    @property
    def risk_tone(self) -> str:
        """The tone of the risk's badge."""
        return "danger" if self.risk == Risk.HIGH else "info"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken the case."""
        return self.status == Status.OPEN


def header(case: Case, at: datetime) -> Header:
    """Return the head of a case's pages; unit, worker and opener come with the case (``queries.one``)."""
    acts = queries.acts()
    return Header(
        id=case.pk,
        code=case.code,
        alias=case.alias,
        unit=case.unit.name,
        risk=case.risk,
        risk_label=case.get_risk_display(),
        status=case.status,
        status_label=case.get_status_display(),
        danger_now=case.danger_now,
        worker=case.worker.full_name if case.worker else "",
        opened_by=case.opened_by.full_name,
        opened_at=case.opened_at,
        contact_due_at=case.contact_due_at,
        is_overdue=case.contact_due_at <= at,
        gbv_type=case.get_gbv_type_display(),
        acts=tuple(acts[code].short for code in case.acts),
        sex=case.get_sex_display(),
        age_group=case.get_age_group_display(),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A next right thing to do: one button, and why. ``href`` empty: said, not clicked."""

    label: str
    why: str
    icon: str
    href: str = ""
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline, in words without a person's data."""

    at: datetime
    icon: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the case; ``url_name`` takes the case's id."""

    code: str
    label: str | Promise
    url_name: str
    order: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as it stands on a page."""

    label: str | Promise
    href: str
    is_current: bool


StepFinder = Callable[[Asker, Case, datetime], Step | None]
EventFinder = Callable[[Asker, Case], list[Event]]


class Tabs:
    """The tabs that the alcoves have declared."""

    def __init__(self) -> None:
        self._known: dict[str, Tab] = {}

    def declare(
        self,
        code: str,
        *,
        label: str | Promise,
        url_name: str,
        order: int,
        roles: frozenset[str] = frozenset(),
    ) -> None:
        """Declare a tab; without roles, everybody who sees the case sees it."""
        self._known[code] = Tab(code, label, url_name, order, roles)

    def of(self, asker: Asker, case_id: UUID, *, current: str) -> list[TabLink]:
        """Return the tabs that the asker sees, in their order."""
        return [
            TabLink(tab.label, reverse(tab.url_name, args=[case_id]), tab.code == current)
            for tab in sorted(self._known.values(), key=lambda tab: tab.order)
            if not tab.roles or asker.has_role(*tab.roles)
        ]


class Timeline:
    """How the alcoves tell what happened in a case; each costs a question or two."""

    def __init__(self) -> None:
        self._finders: dict[str, EventFinder] = {}

    def declare(self, code: str, find: EventFinder) -> None:
        """Declare what an alcove adds to the log of a case."""
        self._finders[code] = find

    def of(self, asker: Asker, case: Case) -> list[Event]:
        """Return everything that the alcoves tell, unsorted."""
        return [event for find in self._finders.values() for event in find(asker, case)]


class NextSteps:
    """What the alcoves hold to be the next right thing; the smallest rank speaks first.

    Ranks: below 10 her safety tonight, 10-19 a clock of the law, 20-29 her risk, 30-39 an answer or
    approval that waits, 40-59 the steps of case work in their order, 60 and above what is routine.
    """

    def __init__(self) -> None:
        self._finders: dict[str, tuple[int, StepFinder]] = {}

    def declare(self, code: str, *, rank: int, find: StepFinder) -> None:
        """Declare a finder, which asks one question at most and returns None when nothing is due."""
        self._finders[code] = (rank, find)

    def between(
        self, low: int, high: int, *, asker: Asker, case: Case, at: datetime
    ) -> Step | None:
        """Return the first step that is due among the ranks from ``low`` to below ``high``."""
        for rank, find in sorted(self._finders.values(), key=lambda pair: pair[0]):
            if low <= rank < high and (step := find(asker, case, at)):
                return step
        return None


tabs = Tabs()
timeline = Timeline()
next_steps = NextSteps()


def of(asker: Asker, case: Case, *, at: datetime, tab: str) -> dict[str, object]:
    """Return what ``casework/frame.html`` shows around a page of the case."""
    return {"head": header(case, at), "tabs": tabs.of(asker, case.pk, current=tab)}
