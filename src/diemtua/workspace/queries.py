"""What a person's search finds, in what they may see."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from diemtua.accounts.models import Role
from diemtua.casework.cases import queries as cases
from diemtua.directory import policies as directory_policies
from diemtua.directory import queries as directory
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.text import fold
from diemtua.foundation.ui import menu
from diemtua.places import queries as places

MOST = 8
SEES_CASES = frozenset({Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: where it leads and what it is called; never a person's name."""

    group: str
    title: str
    note: str
    href: str
    icon: str


def found(*, asker: Asker, text: str, at: datetime, at_most: int = MOST) -> list[Found]:
    """Return pages, cases, houses and places that fit the text, as far as the asker sees them."""
    text = text.strip()
    if not text:
        return []
    return [
        *_pages(asker, text)[:at_most],
        *_cases(asker, text, at)[:at_most],
        *_facilities(asker, text, at)[:at_most],
        *_places(text, at_most),
    ]


def _pages(asker: Asker, text: str) -> list[Found]:
    wanted = fold(text)
    return [
        Found(_("Trang"), str(entry.label), "", entry.href, entry.icon)
        for entry in menu.entries_of(asker.role)
        if entry.href and wanted in fold(str(entry.label))
    ]


def _cases(asker: Asker, text: str, at: datetime) -> list[Found]:
    if not asker.has_role(*SEES_CASES):
        return []
    rows = cases.listing(asker=asker, at=at, text=text).rows
    return [
        Found(_("Hồ sơ"), row.alias, row.code, reverse("casework:case", args=[row.id]), "folder")
        for row in rows
    ]


def _facilities(asker: Asker, text: str, at: datetime) -> list[Found]:
    if not directory_policies.MAY_READ.lets_in(asker):
        return []
    rows = directory.facilities(asker=asker, at=at, text=text)
    return [
        Found(
            _("Nơi hỗ trợ"),
            row.facility.name,
            row.facility.unit.name,
            reverse("directory:facility", args=[row.facility.pk]),
            "address-book",
        )
        for row in rows
    ]


def _places(text: str, at_most: int) -> list[Found]:
    return [
        Found(
            _("Địa bàn"),
            match.name,
            " · ".join(part for part in (match.parent_name, match.says) if part),
            reverse("places:unit", args=[match.key]),
            "map-pin",
        )
        for match in places.search(text, limit=at_most)
    ]
