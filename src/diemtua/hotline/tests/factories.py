"""Contacts for tests, through the room's own verbs, and browsers signed in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker, asking
from diemtua.hotline import services
from diemtua.hotline.models import Contact

NIGHT = datetime(2026, 11, 20, 22, 31, tzinfo=CITY_TIME)
TAB = UUID("5f0d54f4-5d0b-4d58-8a40-6b1d1a5d0001")
NOTES = "Chồng đập cửa từ chiều"
PHONE = "0912 345 678"
CALLBACK = {"phone": PHONE, "may": "CALL", "hours": "8–10 giờ", "say": "tiệm may", "code_word": ""}
NINH_KIEU = accounts.NINH_KIEU


def counsellor(**fields: Any) -> Asker:
    """Make a counsellor."""
    return accounts.asker(role=Role.COUNSELLOR, **fields)


def written(**fields: Any) -> services.Written:
    """Make what stands on the page: a person harmed, in danger, in Ninh Kiều."""
    values: dict[str, Any] = {
        "line": "18008065",
        "caller_kind": "PERSON_HARMED",
        "unit_id": NINH_KIEU,
        "acts": ["a", "p"],
        "danger_now": "YES",
        "children": 2,
        "is_notice_told": True,
        "notes": NOTES,
        "callback": CALLBACK,
    }
    return services.Written(**(values | fields))


def contact(
    asker: Asker,
    *,
    id: UUID | None = None,  # noqa: A002 - as the verb calls it
    at: datetime = NIGHT,
    tab: UUID = TAB,
    seen: int = 0,
    **fields: Any,
) -> Contact:
    """Save a contact as the asker."""
    with asking(asker):
        return services.save(
            asker=asker, id=id or uuid4(), at=at, tab=tab, seen=seen, written=written(**fields)
        )


def page(**typed: Any) -> dict[str, Any]:
    """Make what the desk's form sends."""
    sent: dict[str, Any] = {
        "danger_now": "YES",
        "notice_told": "on",
        "caller_kind": "PERSON_HARMED",
        "unit": NINH_KIEU,
        "notes": NOTES,
        "acts": ["a", "p"],
        "gbv_type": "",
        "children": "2",
        "line": "18008065",
        "channel": "PHONE",
        "tab": str(TAB),
        "seen": "0",
        **CALLBACK,
    }
    return sent | typed


def browser(asker: Asker) -> Client:
    """Sign the asker in."""
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client
