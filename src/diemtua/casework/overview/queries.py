"""The case page and the team's board, put together from the alcoves; no identity is in them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from diemtua.accounts.models import Role
from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.frame import Event, Header, Step
from diemtua.casework.cases.models import Case
from diemtua.casework.duties import queries as duties
from diemtua.casework.duties.queries import DutyRow
from diemtua.casework.referrals import queries as referrals
from diemtua.foundation.database.asker import Asker


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
    header = frame.header(case, at)
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
        next_step=next_step(
            asker=asker, case=case, at=at, services=services, referrals=sent, duties=running
        ),
        timeline=timeline(
            header=header, consents=consents, services=services, referrals=sent, duties=running
        ),
    )


def next_step(
    *,
    asker: Asker,
    case: Case,
    at: datetime,
    services: list[cases.ServiceRow],
    referrals: list[referrals.ReferralRow],
    duties: list[DutyRow],
) -> Step:
    """Return the next right thing to do: her safety first, then the law, then the help.

    What the alcoves have declared is heard between, by its rank (``frame.NextSteps``).
    """

    def declared(low: int, high: int) -> Step | None:
        return frame.next_steps.between(low, high, asker=asker, case=case, at=at)

    is_safe = any(r.is_live for r in referrals) or any(s.is_given for s in services)
    return (
        _step_of_safety(case, referrals, is_safe=is_safe)
        or declared(0, 10)
        or _step_of_law(duties)
        or declared(10, 20)
        or declared(20, 60)
        or _step_of_contact(case, at)
        or declared(60, 100)
        or _step_of_help(case, services)
    )


def _step_of_safety(
    case: Case, referrals: list[referrals.ReferralRow], *, is_safe: bool
) -> Step | None:
    refer = reverse("casework:refer", args=[case.pk])
    if case.danger_now and not is_safe:
        why = _("Đang có nguy hiểm và chưa có nơi an toàn.")
        return Step(_("Tìm nơi tạm lánh"), why, "home-heart", refer)
    if referrals and referrals[0].reason:
        return Step(_("Chuyển gửi nơi khác"), _("Nơi vừa hỏi không nhận được."), "send", refer)
    return None


def _step_of_law(duties: list[DutyRow]) -> Step | None:
    if any(duty.is_open and (duty.is_late or not duty.holder) for duty in duties):
        why = _("Việc báo Chủ tịch chưa được xác nhận.")
        return Step(_("Gọi Ủy ban nhân dân xã, phường"), why, "phone")
    return None


def _step_of_contact(case: Case, at: datetime) -> Step | None:
    if case.contact_due_at > at:
        return None
    return Step(
        _("Ghi đã liên hệ"),
        _("Đã đến hạn liên hệ lại; xem cách liên lạc an toàn trước khi gọi."),
        "phone-call",
        reverse("casework:contacted", args=[case.pk]),
        is_post=True,
    )


def _step_of_help(case: Case, services: list[cases.ServiceRow]) -> Step:
    href = reverse("casework:service", args=[case.pk])
    if not any(s.is_given for s in services):
        why = _("Chị chưa nhận được dịch vụ nào.")
        return Step(_("Ghi dịch vụ đầu tiên"), why, "heart-handshake", href)
    why = _("Việc gấp đã xong; tiếp tục theo nhu cầu của chị.")
    return Step(_("Ghi dịch vụ"), why, "plus", href)


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


def log(*, asker: Asker, case: Case, at: datetime) -> list[Event]:
    """Return everything that happened in a case the asker sees, the newest first."""
    page = case_page(asker=asker, case=case, at=at)
    told = [*page.timeline, *frame.timeline.of(asker, case)]
    return sorted(told, key=lambda event: event.at, reverse=True)


def waiting_for(asker: Asker) -> int:
    """Return how many things of this room wait for the asker, with one query at most."""
    if asker.has_role(Role.PROVIDER):
        return referrals.waiting_count(asker=asker)
    if asker.has_role(Role.COMMUNE_OFFICER):
        return duties.open_count(asker=asker)
    if asker.has_role(Role.CASE_WORKER):
        return cases.overdue_count(asker=asker)
    return 0
