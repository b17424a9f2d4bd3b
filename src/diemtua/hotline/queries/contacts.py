"""Questions of the hotline: contacts, lines, what to say."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies
from diemtua.hotline.models import Contact

REFERENCE = Path(__file__).resolve().parent / "reference"


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line, and what it is for."""

    number: str
    shown: str
    name: str
    purpose: str
    is_own: bool
    status: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact in a list: nothing of what was told."""

    id: UUID
    started_at: datetime
    unit: str
    caller: str
    danger: str
    is_in_danger: bool
    is_draft: bool
    case_id: UUID | None
    taken_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: for the page of the contact in hand, and no longer."""

    notes: str
    callback: dict[str, str]


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text(encoding="utf-8"))


@cache
def lines() -> tuple[Line, ...]:
    """Return every line, our own first."""
    return tuple(
        Line(row["number"], row["shown"], row["name"], row["for"], row["is_own"], row["status"])
        for row in _file("lines.toml")["line"]
    )


def notice() -> str:
    """Return the sentence she hears before she tells.

    Source: Decree 76/2023/NĐ-CP, art. 9, in force 25/12/2023.
    """
    return str(_file("script.toml")["notice"]["text"])


def script(danger: str) -> tuple[str, ...]:
    """Return what helps to say in this situation."""
    said: dict[str, list[str]] = _file("script.toml")["danger"]
    return tuple(said.get(danger, said["UNKNOWN"]))


def suggested_type(acts: Iterable[str]) -> str:
    """Return the GBVIMS type that the acts suggest: the first in its order, or none."""
    rules = _file("suggestions.toml")
    suggested = {rules["acts"].get(act) for act in acts}
    return next((kind for kind in rules["order"] if kind in suggested), "")


def contact(*, asker: Asker, contact_id: UUID) -> Contact:
    """Return one contact.

    Raises:
        NotFound: there is none that the asker sees.
    """
    policies.SEES.require(asker)
    found = (
        policies.SEES.of(asker, Contact.objects.select_related("unit", "data_key"))
        .filter(pk=contact_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def told(*, asker: Asker, contact: Contact) -> Told:
    """Return what was told in a contact; the audit trail says who read it."""
    policies.SEES.require(asker, contact)
    plain = vault.unseal(contact, "notes", "callback", asker=asker, why="hotline.contact.read")
    return Told(notes=plain.notes or "", callback=plain.callback or {})


def contacts_of_day(*, asker: Asker, at: datetime, at_most: int = 30) -> list[ContactRow]:
    """Return the contacts of the day so far and what is still being written, the newest first."""
    midnight = datetime.combine(at.astimezone(CITY_TIME).date(), time(), tzinfo=CITY_TIME)
    found = (
        policies.SEES.of(asker, Contact.objects.all())
        .filter(started_at__gte=midnight)
        .select_related("unit", "taken_by")
        .order_by("-started_at")[:at_most]
    )
    return [_row(each) for each in found]


def _row(found: Contact) -> ContactRow:
    return ContactRow(
        id=found.pk,
        started_at=found.started_at,
        unit=found.unit.name if found.unit else "",
        caller=str(found.get_caller_kind_display()),
        danger=str(found.get_danger_now_display()),
        is_in_danger=found.danger_now == "YES",
        is_draft=found.state == "DRAFT",
        case_id=found.case_id,
        taken_by=found.taken_by.get_short_name(),
    )
