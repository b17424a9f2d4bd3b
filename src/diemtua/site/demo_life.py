"""What happens in the invented city these days: cases, calls, referrals, an issued report.

It goes through the rooms' own verbs, so that it has its trail, its duties and its consents like
anything else. It is made once; a run that was cut short goes on where it stopped, since every
record's id follows from its key.
"""

import tomllib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from diemtua.accounts.models import User
from diemtua.accounts.queries import asker_of_user
from diemtua.casework.cases import services as cases
from diemtua.casework.duties import services as duties
from diemtua.casework.models import Case, Duty, Referral
from diemtua.casework.referrals import services as referrals
from diemtua.directory.models import Facility
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker, asking
from diemtua.hotline import services as hotline
from diemtua.hotline.models import Contact
from diemtua.reports import queries as report_queries
from diemtua.reports import services as reports
from diemtua.reports.material import Told
from diemtua.reports.models import Report
from diemtua.site import demo_assessments, demo_past
from diemtua.site.cli_language import gettext as _

FILE = Path(__file__).resolve().parent / "reference" / "demo_life.toml"
NAMESPACE = uuid.UUID("2d9c4f0a-3f2e-4c0b-8c0e-6469656d7475")
A_WHILE = timedelta(minutes=8)


@cache
def _plan() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _id(*parts: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(parts))


def ensure(*, say: Callable[[str], None]) -> None:
    """Make what is missing of the invented city's life; once all of it is there, nothing happens."""
    last = _id("report")
    if Report.objects.using("owner").filter(pk=last).exists():
        return
    say(_("· Hồ sơ và số liệu mẫu"))
    plan, now = _plan(), clock.now()
    demo_past.ensure(plan["past"], now=now)
    for told in plan["case"]:
        _case(told, now)
    for told in plan["call"]:
        _call(told, now)
    _report(last, now)


def _asker(name: str) -> Asker:
    # Nobody has signed in yet: the person and the memberships are read as the owner.
    user = User.objects.using("owner").get(email=f"{name}@mau.diemtua.example")
    return asker_of_user(user, screen="demo")


def _ago(now: datetime, hours: float) -> datetime:
    return now - timedelta(hours=hours)


def _case(told: dict[str, Any], now: datetime) -> None:
    key, opened = _id("case", told["key"]), _ago(now, told["hours_ago"])
    opener = _asker(told["by"])
    with asking(opener):
        cases.open_case(
            asker=opener,
            id=key,
            at=opened,
            unit_key=told["unit"],
            gbv_type=told["gbv_type"],
            acts=told["acts"],
            danger_now=told["danger"],
            identity={
                "full_name": told["name"],
                "phones": [told["phone"]],
                "address": told["address"],
                "birth_year": told["birth_year"],
            },
            story=told["story"],
            safe_contact={name: told[name] for name in ("phone", "hours", "say", "note")},
            sex="FEMALE",
            age_group=told["age_group"],
            consent=cases.ConsentGiven(
                store=True,
                statistics=True,
                shares=tuple(
                    cases.Share(tuple(sections), kind=kind) for kind, sections in told["shares"]
                ),
                how="SPOKEN_BY_PHONE",
            ),
        )
    if "worker" in told:
        _worked(told, opened, now=now)
    if "chairman" in told:
        _acknowledged(told["chairman"], key, opened + 5 * A_WHILE)


def _worked(told: dict[str, Any], opened: datetime, *, now: datetime) -> None:
    worker, key = _asker(told["worker"]), _id("case", told["key"])
    with asking(worker):
        case = cases.take_over(asker=worker, case_id=key, at=opened + A_WHILE)
        demo_assessments.judge(
            asker=worker,
            case=case,
            key=_id("assessment", told["key"]),
            risk=told["risk"],
            at=opened + 2 * A_WHILE,
        )
        for sector, hours_ago, note in told.get("services", ()):
            at = _ago(now, hours_ago)
            cases.record_service(
                asker=worker,
                id=_id("service", told["key"], sector),
                case=case,
                sector=sector,
                outcome="GIVEN",
                given_on=at.date(),
                at=at,
                note=note,
            )
    if "referral" in told:
        _referred(told["referral"], case, now=now)


def _referred(told: dict[str, Any], case: Case, *, now: datetime) -> None:
    sender, receiver = _asker(told["by"]), _asker(told["to"])
    sent, key = _ago(now, told["hours_ago"]), _id("referral", str(case.pk))
    with asking(sender):
        house = Facility.objects.get(name=told["facility"])
        referrals.send(
            asker=sender,
            id=key,
            case=case,
            facility_id=house.pk,
            sections=told["sections"],
            adults=told["adults"],
            children=told["children"],
            at=sent,
            note=told["note"],
        )
    if not told["answer"]:
        return
    with asking(receiver):
        referral = Referral.objects.get(pk=key)
        if told["answer"] == "DECLINED":
            referrals.decline(
                asker=receiver, referral=referral, reason=told["reason"], at=sent + A_WHILE
            )
            return
        referrals.accept(asker=receiver, referral=referral, at=sent + A_WHILE)
        arrived = _ago(now, told["arrived_hours_ago"])
        referrals.record_stay(
            asker=receiver,
            id=_id("stay", str(key)),
            referral=Referral.objects.get(pk=key),
            adults=told["adults"],
            children=told["children"],
            arrived_at=arrived,
            at=arrived + A_WHILE,
        )


def _acknowledged(name: str, case_id: uuid.UUID, at: datetime) -> None:
    officer = _asker(name)
    with asking(officer):
        for duty in Duty.objects.filter(case_id=case_id):
            duties.read_notice(asker=officer, duty=duty, at=at)
            duties.acknowledge(asker=officer, duty=duty, at=at)


def _call(told: dict[str, Any], now: datetime) -> None:
    counsellor, began = _asker(told["by"]), _ago(now, told["hours_ago"])
    key = _id("call", told["key"])
    with asking(counsellor):
        if Contact.objects.filter(pk=key).exists():
            return
        contact = hotline.save(
            asker=counsellor,
            id=key,
            at=began,
            tab=key,
            seen=0,
            written=hotline.Written(
                line="18008065",
                caller_kind=told["caller"],
                unit_id=told.get("unit"),
                acts=told["acts"],
                danger_now=told["danger"],
                is_notice_told=True,
                notes=told["notes"],
                outcome=told.get("outcome", ""),
                callback=_callback(told),
                call_back_at=_ago(now, -told["call_back_in"]) if "call_back_in" in told else None,
            ),
        )
        if not told.get("is_open"):
            hotline.finish(asker=counsellor, contact=contact, at=began + A_WHILE)


def _callback(told: dict[str, Any]) -> dict[str, str]:
    if not told["phone"]:
        return {}
    return {name: told.get(name, "") for name in ("phone", "may", "hours", "say", "code_word")}


def _report(key: uuid.UUID, now: datetime) -> None:
    secretary = _asker("thukyban")
    with asking(secretary):
        reports.issue(
            asker=secretary,
            id=key,
            period=report_queries.periods(now)[1],
            told=Told(
                "Đường dây 1800 8065 trực đủ các đêm; địa chỉ tin cậy trả lời mỗi ngày (mẫu).",
                "Mở thêm địa chỉ tin cậy ở các xã chưa có; tập huấn cho cán bộ xã (mẫu).",
                ("Thường trực Ủy ban nhân dân thành phố", "Các thành viên Ban"),
                signs_for_head=False,
                signer_post="Trưởng ban",
                signer_name="Mẫu Thị Đoan",
            ),
            at=now,
        )
