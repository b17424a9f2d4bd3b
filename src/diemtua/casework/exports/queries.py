"""The rows of a table without identity: codes and figures alone, nothing that was sealed.

The columns of the second sheet follow the GBVIMS Incident Recorder as far as they stand in the open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import (
    AgeGroup,
    Case,
    GbvType,
    Purpose,
    Risk,
    Sex,
    Status,
)
from diemtua.casework.exports import policies
from diemtua.casework.incidents import queries as incidents
from diemtua.casework.incidents.models import Incident
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker

Row = tuple[str | int | date | None, ...]
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its header and its rows, read as they are written."""

    name: str | Promise
    header: tuple[str | Promise, ...]
    rows: Iterable[Row]


def wanted(
    *, asker: Asker, status: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Case]:
    """Return the cases opened from ``since`` to ``until``, both days included, oldest first."""
    found = policies.MAY_EXPORT.of(asker, Case.objects.all())
    if status:
        found = found.filter(status=status)
    if since:
        found = found.filter(opened_at__gte=_begin(since))
    if until:
        found = found.filter(opened_at__lt=_begin(until + timedelta(days=1)))
    return found.order_by("opened_at", "code")


def sheets(found: QuerySet[Case], *, at: datetime) -> tuple[Sheet, Sheet]:
    """Return the two sheets: a row for each case, a row for each incident."""
    return _cases(found, at), _incidents(found, at)


def _cases(found: QuerySet[Case], at: datetime) -> Sheet:
    header = (
        _("Mã"), _("Ngày mở"), _("Xã, phường"), _("Loại bạo lực"), _("Hành vi (điểm, Điều 3)"),
        _("Giới tính"), _("Nhóm tuổi"), _("Nguy cơ"), _("Tình trạng"), _("Số dịch vụ"),
        _("Số chuyển gửi"), _("Đồng thuận thống kê"),
    )  # fmt: skip
    return Sheet(_("Trường hợp"), header, _case_rows(found, at))


def _case_rows(found: QuerySet[Case], at: datetime) -> Iterator[Row]:
    counted = found.annotate(
        helped=Count("services", distinct=True, filter=Q(services__outcome="GIVEN")),
        referred=Count("referrals", distinct=True),
        agrees=_agrees("pk", at),
    ).values_list(
        "code", "opened_at", "unit__name", "gbv_type", "acts", "sex", "age_group", "risk",
        "status", "helped", "referred", "agrees",
    )  # fmt: skip
    for row in counted.iterator(chunk_size=CHUNK):
        yield (
            row[0], _day(row[1]), row[2], _label(GbvType, row[3]), ", ".join(row[4]),
            _label(Sex, row[5]), _label(AgeGroup, row[6]), _label(Risk, row[7]),
            _label(Status, row[8]), row[9], row[10], _yes(row[11]),
        )  # fmt: skip


def _incidents(found: QuerySet[Case], at: datetime) -> Sheet:
    header = (
        _("Mã người được hỗ trợ"), _("Ngày báo"), _("Ngày xảy ra"), _("Từ khi xảy ra đến khi báo"),
        _("Giới tính"), _("Nhóm tuổi"), _("Xã, phường"), _("Loại bạo lực"), _("Bối cảnh"),
        _("Hành vi (điểm, Điều 3)"), _("Số người gây bạo lực"), _("Đồng thuận thống kê"),
    )  # fmt: skip
    return Sheet(_("Sự việc (GBVIMS)"), header, _incident_rows(found, at))


def _incident_rows(found: QuerySet[Case], at: datetime) -> Iterator[Row]:
    contexts, elapsed = incidents.context_labels(), incidents.elapsed_labels()
    rows = (
        Incident.objects.filter(case__in=found.order_by())
        .annotate(perpetrators_told=Count("perpetrators"), agrees=_agrees("case_id", at))
        .order_by("reported_on", "case__code", "began_on", "pk")
        .values_list(
            "case__code", "reported_on", "began_on", "elapsed", "case__sex", "case__age_group",
            "unit__name", "gbv_type", "contexts", "acts", "perpetrators_told", "agrees",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=CHUNK):
        yield (
            row[0], row[1], row[2], str(elapsed.get(row[3], "")), _label(Sex, row[4]),
            _label(AgeGroup, row[5]), row[6], _label(GbvType, row[7]),
            "; ".join(str(contexts.get(code, code)) for code in row[8]), ", ".join(row[9]),
            row[10], _yes(row[11]),
        )  # fmt: skip


def _agrees(case: str, at: datetime) -> Exists:
    return Exists(cases.in_effect(Purpose.STATISTICS, at=at).filter(case_id=OuterRef(case)))


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label)


def _yes(answer: bool) -> str:  # noqa: FBT001 - a value out of a row
    return str(_("Có") if answer else _("Không"))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY_TIME)


def _day(moment: datetime) -> date:
    return moment.astimezone(CITY_TIME).date()
