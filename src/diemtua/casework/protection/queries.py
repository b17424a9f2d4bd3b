"""How measures stand: computed from their steps and the clock, so no worker has to run."""

import calendar
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemtua.casework.protection import policies
from diemtua.casework.protection.models import AskedBy, Kind, Measure, Step
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

REFERENCE = Path(__file__).resolve().parent / "reference" / "measures.toml"

WAITING, IN_FORCE, LAPSED = "WAITING", "IN_FORCE", "LAPSED"
REFUSED, CANCELLED, ENDED = "REFUSED", "CANCELLED", "ENDED"
LABELS: dict[str, str | Promise] = {
    WAITING: _("Chờ quyết định"),
    IN_FORCE: _("Đang có hiệu lực"),
    LAPSED: _("Đã hết hạn"),
    REFUSED: _("Bị từ chối"),
    CANCELLED: _("Đã hủy bỏ"),
    ENDED: _("Đã kết thúc"),
}
TONES = {WAITING: "soon", IN_FORCE: "done", LAPSED: "soon"}


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure as the law has it from a day on."""

    code: str
    label: str
    icon: str
    source: str
    article: str
    in_force_from: date
    status: str
    is_ban: bool = False
    decision_hours: int | None = None
    cancel_hours: int | None = None
    max_days: int | None = None
    max_months: int | None = None
    metres: int | None = None
    contact_hours: int | None = None
    in_force_to: date | None = None  # exclusive

    def as_rule(self) -> dict[str, Any]:
        """Return what a measure keeps of it, whatever the law becomes."""
        names = (
            "label", "icon", "source", "article", "status", "is_ban", "decision_hours",
            "cancel_hours", "max_days", "max_months", "metres", "contact_hours",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


@cache
def definitions() -> tuple[Definition, ...]:
    """Return every measure, of every date."""
    rows = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["measure"]
    return tuple(Definition(**row) for row in rows)


def in_force(at: datetime) -> dict[str, Definition]:
    """Return the measures that the law of this day knows, by code."""
    day = at.astimezone(CITY_TIME).date()
    return {
        one.code: one
        for one in definitions()
        if one.in_force_from <= day and (one.in_force_to is None or day < one.in_force_to)
    }


def latest_end(rule: dict[str, Any], since: datetime) -> datetime | None:
    """Return how long a decision signed at a moment may last at most; None when no law limits it."""
    if days := rule["max_days"]:
        return since + timedelta(days=days)
    if months := rule["max_months"]:
        local = since.astimezone(CITY_TIME)
        years, month = divmod(local.month - 1 + months, 12)
        year, month = local.year + years, month + 1
        day = min(local.day, calendar.monthrange(year, month)[1])
        return local.replace(year=year, month=month, day=day)
    return None


@dataclass(slots=True)
class Standing:
    """How a measure stands at a moment."""

    measure: Measure
    state: str = WAITING
    decision_due_at: datetime | None = None
    in_force_until: datetime | None = None
    cancel_due_at: datetime | None = None
    contact_until: datetime | None = None
    is_asked: bool = False
    is_cancel_asked: bool = False
    is_supervised: bool = False
    violations: int = 0
    decisions: int = 0
    last_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    at: datetime | None = None

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        """The tone of the state's badge."""
        return TONES.get(self.state, "neutral")

    @property
    def law(self) -> str:
        """Where the law says so."""
        return f"{self.measure.rule['source']}, {self.measure.rule['article']}"

    @property
    def is_in_force(self) -> bool:
        """Whether it protects her now."""
        return self.state == IN_FORCE

    @property
    def is_contact_allowed(self) -> bool:
        """Whether a countersigned notice allows contact now."""
        return bool(self.is_in_force and self.contact_until and self.contact_until > _sure(self.at))

    @property
    def next_due_at(self) -> datetime | None:
        """The clock that runs out first: a decision, a cancellation, or the measure itself."""
        ends = self.in_force_until if self.is_in_force else None
        clocks = [one for one in (self.decision_due_at, self.cancel_due_at, ends) if one]
        return min(clocks, default=None)

    @property
    def is_late(self) -> bool:
        """Whether a decision is overdue by the law's hours."""
        clocks = (self.decision_due_at, self.cancel_due_at)
        return any(due is not None and due < _sure(self.at) for due in clocks)

    def possible(self) -> list[Kind]:
        """Return the steps that make sense now, in the order of the law."""
        ban, on = self.measure.rule["is_ban"], self.is_in_force
        tests = {
            Kind.DECIDED: self.is_asked,
            Kind.REFUSED: self.is_asked and self.measure.asked_by != AskedBy.NOBODY,
            Kind.ASSIGNED: ban and on,
            Kind.CONTACT: on and self.is_supervised and bool(self.measure.rule["contact_hours"]),
            Kind.VIOLATED: ban and on,
            Kind.ASKED: ban and not self.is_asked and self.state in {IN_FORCE, LAPSED},
            Kind.CANCEL_ASKED: ban and on and not self.is_cancel_asked,
            Kind.CANCELLED: ban and on,
            Kind.CANCEL_REFUSED: on and self.is_cancel_asked,
            Kind.ENDED: not ban and on,
        }
        return [kind for kind, holds in tests.items() if holds]


def _sure(at: datetime | None) -> datetime:
    assert at is not None  # noqa: S101 - standing() always sets it
    return at


def standing(measure: Measure, steps: Iterable[Step], *, at: datetime) -> Standing:
    """Return how a measure stands at a moment, from its steps in their order.

    Source: Law 13/2022/QH15, art. 25–26; Decree 76/2023/NĐ-CP, art. 18–19.
    """
    now = Standing(measure, at=at)
    for step in steps:
        now.steps.append(step)
        now.last_at = step.at
        _APPLY[Kind(step.kind)](now, step)
    if now.state == IN_FORCE and now.in_force_until and now.in_force_until <= at:
        now.state, now.is_cancel_asked, now.cancel_due_at = LAPSED, False, None
    return now


def hours_after(hours: int | None, since: datetime) -> datetime | None:
    """Return the end of so many hours around the clock; None when no law sets any."""
    return since + timedelta(hours=hours) if hours else None


def _asked(now: Standing, step: Step) -> None:
    now.is_asked = True
    if now.measure.asked_by != AskedBy.NOBODY:
        now.decision_due_at = hours_after(now.measure.rule["decision_hours"], step.at)


def _decided(now: Standing, step: Step) -> None:
    now.state, now.in_force_until = IN_FORCE, step.until
    now.is_asked, now.decision_due_at = False, None
    now.decisions += 1


def _refused(now: Standing, step: Step) -> None:  # noqa: ARG001 - one shape for all
    now.is_asked, now.decision_due_at = False, None
    if not now.decisions:
        now.state = REFUSED


def _assigned(now: Standing, step: Step) -> None:  # noqa: ARG001 - one shape for all
    now.is_supervised = True


def _contact(now: Standing, step: Step) -> None:
    now.contact_until = step.until


def _violated(now: Standing, step: Step) -> None:  # noqa: ARG001 - one shape for all
    now.violations += 1


def _cancel_asked(now: Standing, step: Step) -> None:
    now.is_cancel_asked = True
    now.cancel_due_at = hours_after(now.measure.rule["cancel_hours"], step.at)


def _cancel_refused(now: Standing, step: Step) -> None:  # noqa: ARG001 - one shape for all
    now.is_cancel_asked, now.cancel_due_at = False, None


def _over(now: Standing, step: Step) -> None:
    now.state = CANCELLED if step.kind == Kind.CANCELLED else ENDED
    now.is_asked = now.is_cancel_asked = False
    now.decision_due_at = now.cancel_due_at = None


_APPLY = {
    Kind.ASKED: _asked,
    Kind.DECIDED: _decided,
    Kind.REFUSED: _refused,
    Kind.ASSIGNED: _assigned,
    Kind.CONTACT: _contact,
    Kind.VIOLATED: _violated,
    Kind.CANCEL_ASKED: _cancel_asked,
    Kind.CANCEL_REFUSED: _cancel_refused,
    Kind.CANCELLED: _over,
    Kind.ENDED: _over,
}


def _steps(asker: Asker) -> QuerySet[Step]:
    seen = Step.objects.filter(policies.SEES_STEP.filter(asker))
    return seen.select_related("measure", "noted_by").order_by(
        "-measure__begun_at", "measure_id", "ordinal"
    )


def _standings(steps: Iterable[Step], at: datetime) -> list[Standing]:
    return [
        standing(own[0].measure, own, at=at)
        for own in (list(group) for _key, group in groupby(steps, key=lambda s: s.measure_id))
    ]


def of_case(*, asker: Asker, case_id: UUID, at: datetime) -> list[Standing]:
    """Return the measures of a case, the newest first; one question."""
    return _standings(_steps(asker).filter(measure__case_id=case_id), at)


def of_asker(*, asker: Asker, since: datetime, at: datetime) -> list[Standing]:
    """Return the measures of all cases the asker sees that were begun since a moment."""
    steps = _steps(asker).filter(measure__begun_at__gte=since)
    return _standings(steps.select_related("measure__case", "noted_by"), at)


def one(*, asker: Asker, measure_id: UUID, at: datetime) -> Standing:
    """Return a measure of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = _standings(_steps(asker).filter(measure_id=measure_id), at)
    if not found:
        raise NotFound
    return found[0]


def step(*, asker: Asker, step_id: UUID) -> Step:
    """Return a step of a measure of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = _steps(asker).select_related("measure__case").filter(pk=step_id).first()
    if found is None:
        raise NotFound
    return found
