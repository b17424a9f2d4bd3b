"""The case page and the team's board, put together from the alcoves; no identity is in them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from diemtua.accounts.models import Role
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.casework.duties import queries as duties
from diemtua.casework.duties.queries import DutyRow
from diemtua.casework.referrals import queries as referrals
from diemtua.foundation.database.asker import Asker


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of the case page says."""

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


@dataclass(frozen=True, slots=True)
class Step:
    """The next right thing to do: one button, and why. ``url_name`` empty: said, not clicked."""

    label: str
    why: str
    icon: str
    url_name: str = ""
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    icon: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page shows without being asked for more."""

    header: Header
    consents: list[cases.ConsentRow]
    services: list[cases.ServiceRow]
    referrals: list[referrals.ReferralRow]
    duties: list[DutyRow]
    next_step: Step
    timeline: list[Event]

    @property
    def clock(self) -> DutyRow | None:
        """The legal clock that runs, the one that ends first."""
        running = [duty for duty in self.duties if duty.is_open]
        return min(running, key=lambda duty: duty.due_at, default=None)


def case_page(*, asker: Asker, case: Case, at: datetime) -> CasePage:
    """Return the page of a case the asker sees."""
    header = _header(case, at)
    consents = cases.consents_of(asker=asker, case_id=case.pk, at=at)
    services = cases.services_of(asker=asker, case_id=case.pk)
    sent = referrals.of_case(asker=asker, case_id=case.pk)
    running = duties.of_case(asker=asker, case_id=case.pk, at=at)
    return CasePage(
        header=header,
        consents=consents,
        services=services,
        referrals=sent,
        duties=running,
        next_step=next_step(header=header, services=services, referrals=sent, duties=running),
        timeline=timeline(
            header=header, consents=consents, services=services, referrals=sent, duties=running
        ),
    )


def _header(case: Case, at: datetime) -> Header:
    acts = cases.acts()
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


def next_step(
    *,
    header: Header,
    services: list[cases.ServiceRow],
    referrals: list[referrals.ReferralRow],
    duties: list[DutyRow],
) -> Step:
    """Return the next right thing to do: her safety first, then the law, then the help."""
    is_safe = any(r.is_live for r in referrals) or any(s.is_given for s in services)
    if header.danger_now and not is_safe:
        return Step(
            _("Tìm nơi tạm lánh"),
            _("Đang có nguy hiểm và chưa có nơi an toàn."),
            "home-heart",
            "refer",
        )
    if referrals and referrals[0].reason:
        return Step(_("Chuyển gửi nơi khác"), _("Nơi vừa hỏi không nhận được."), "send", "refer")
    if any(duty.is_open and (duty.is_late or not duty.holder) for duty in duties):
        return Step(
            _("Gọi Ủy ban nhân dân xã, phường"),
            _("Việc báo Chủ tịch chưa được xác nhận."),
            "phone",
        )
    if header.risk == Risk.UNASSESSED:
        return Step(
            _("Đánh giá nguy cơ"), _("Mức nguy cơ quyết định hạn liên hệ."), "scale", "#risk"
        )
    return _step_of_help(header, services)


def _step_of_help(header: Header, services: list[cases.ServiceRow]) -> Step:
    if header.is_overdue:
        return Step(
            _("Ghi đã liên hệ"),
            _("Đã đến hạn liên hệ lại; xem cách liên lạc an toàn trước khi gọi."),
            "phone-call",
            "contacted",
            is_post=True,
        )
    if not any(s.is_given for s in services):
        return Step(
            _("Ghi dịch vụ đầu tiên"),
            _("Chị chưa nhận được dịch vụ nào."),
            "heart-handshake",
            "service",
        )
    return Step(
        _("Ghi dịch vụ"), _("Việc gấp đã xong; tiếp tục theo nhu cầu của chị."), "plus", "service"
    )


def timeline(
    *,
    header: Header,
    consents: list[cases.ConsentRow],
    services: list[cases.ServiceRow],
    referrals: list[referrals.ReferralRow],
    duties: list[DutyRow],
) -> list[Event]:
    """Return what happened in the case, the newest first, in words without a person's data."""
    events = [Event(header.opened_at, "folder-plus", _("Mở trường hợp"), header.opened_by)]
    for consent in consents:
        events.append(Event(consent.given_at, "check", _("Đồng thuận"), consent.purpose_label))
        if consent.withdrawn_at:
            title = _("Rút đồng thuận")
            events.append(Event(consent.withdrawn_at, "x", title, consent.purpose_label))
    events += [
        Event(s.recorded_at, "heart-handshake", s.label, f"{s.outcome} · {s.organisation}")
        for s in services
    ]
    for referral in referrals:
        events += _of_referral(referral)
    for duty in duties:
        events.append(Event(duty.started_at, "gavel", duty.title, duty.holder))
        if duty.acknowledged_at:
            events.append(Event(duty.acknowledged_at, "checks", duty.title, duty.state_label))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _of_referral(referral: referrals.ReferralRow) -> list[Event]:
    moments = [
        (referral.sent_at, "send", _("Chuyển gửi")),
        (referral.answered_at, "message-reply", _("Trả lời: %s") % referral.state_label),
        (referral.arrived_at, "home-check", _("Đã đến nơi tạm lánh")),
        (referral.left_at, "home-move", _("Đã rời nơi tạm lánh")),
    ]
    return [Event(at, icon, title, referral.facility) for at, icon, title in moments if at]


def waiting_for(asker: Asker) -> int:
    """Return how many things of this room wait for the asker, with one query at most."""
    if asker.has_role(Role.PROVIDER):
        return referrals.waiting_count(asker=asker)
    if asker.has_role(Role.COMMUNE_OFFICER):
        return duties.open_count(asker=asker)
    if asker.has_role(Role.CASE_WORKER):
        return cases.overdue_count(asker=asker)
    return 0
