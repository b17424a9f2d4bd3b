"""The invented city life of the demo: bodies, people who sign in, places ready tonight.

Every step is repeated without harm, so that a first run which was cut short heals on the next.
"""

import tomllib
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from diemtua.accounts.models import Membership, Organisation, OrganisationKind, Role, User
from diemtua.directory import services as directory
from diemtua.directory.models import Facility, ReadinessAnswer
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker, Kind, asking
from diemtua.places.models import Level, Unit
from diemtua.site.cli_language import gettext as _

FILE = Path(__file__).resolve().parent / "reference" / "demo_city.toml"
NAMESPACE = uuid.UUID("6f1c0f0e-8a51-4b53-9a1c-64656d6f6369")
CITY = "p92"
FACILITY_FIELDS = (
    "beds",
    "takes_children",
    "takes_boys_up_to",
    "takes_men",
    "is_accessible",
    "phone",
)


@cache
def _plan() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _id(*parts: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(parts))


def ensure(*, say: Callable[[str], None]) -> list[tuple[str, str]]:
    """Make what is missing of the invented city and return role and e-mail of its people."""
    bodies = _bodies()
    people = _people(bodies)
    missing = [row for row in _plan()["facility"] if not _stands(row)]
    if missing:
        say(_("· Thành phố mẫu"))
    for row in missing:
        _facility(row, bodies, people)
    _answers_for_tonight(bodies, people)
    return [(str(Role(row["role"]).label), row["email"]) for row in _plan()["person"]]


def _bodies() -> dict[str, Organisation]:
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(valid_to__isnull=True, path__startswith=f"{CITY}/")
    }
    wanted = {
        row["key"]: (row["name"], row["kind"], row["unit"]) for row in _plan()["organisation"]
    }
    for unit in units.values():
        if unit.level == Level.COMMUNE:
            wanted[f"commune:{unit.pk}"] = (
                f"UBND {unit.name}",
                OrganisationKind.COMMUNE_COMMITTEE,
                unit.pk,
            )
    known = Organisation.objects.using("owner").in_bulk([_id("body", key) for key in wanted])
    made = [
        Organisation(id=_id("body", key), name=name, kind=kind, unit_id=unit, is_sample=True)
        for key, (name, kind, unit) in wanted.items()
        if _id("body", key) not in known
    ]
    Organisation.objects.using("owner").bulk_create(made)
    everyone = Organisation.objects.using("owner").in_bulk([_id("body", key) for key in wanted])
    return {key: everyone[_id("body", key)] for key in wanted}


def _people(bodies: dict[str, Organisation]) -> dict[str, User]:
    people: dict[str, User] = {}
    for row in _plan()["person"]:
        person, _new = User.objects.using("owner").get_or_create(
            id=_id("person", row["email"]),
            defaults={
                "email": row["email"],
                "full_name": row["name"],
                "is_sample": True,
                "password": "!demo",  # cannot be matched: the demo signs people in by one tap
            },
        )
        Membership.objects.using("owner").get_or_create(
            id=_id("membership", row["email"]),
            defaults={
                "user": person,
                "organisation": bodies[row["organisation"]],
                "role": row["role"],
                "valid_from": clock.today() - timedelta(days=30),
            },
        )
        people.setdefault(row["organisation"], person)
    return people


def _keeper(row: dict[str, Any], bodies: dict[str, Organisation], people: dict[str, User]) -> Asker:
    """Return who keeps a facility: its provider, or the officer of the commune."""
    body = bodies[row["organisation"]]
    of_commune = row["organisation"].startswith("commune:")
    return Asker(
        kind=Kind.MEMBER,
        role=Role.COMMUNE_OFFICER if of_commune else Role.PROVIDER,
        user_id=people.get(row["organisation"], people["department"]).pk,
        organisation_id=body.pk,
        unit=body.unit_id,
        screen="demo",
    )


def _stands(row: dict[str, Any]) -> bool:
    return Facility.objects.using("owner").filter(pk=_id("facility", row["name"])).exists()


def _facility(
    row: dict[str, Any], bodies: dict[str, Organisation], people: dict[str, User]
) -> None:
    offer = {name: row[name] for name in FACILITY_FIELDS if name in row}
    asker = _keeper(row, bodies, people)
    with asking(asker):
        directory.register_facility(
            asker=asker,
            id=_id("facility", row["name"]),
            organisation=Organisation.objects.get(pk=bodies[row["organisation"]].pk),
            kind=row["kind"],
            name=row["name"],
            unit_key=row["unit"],
            at=clock.now(),
            address=row["address"],
            is_sample=True,
            is_published=True,
            **offer,
        )


def _answers_for_tonight(bodies: dict[str, Organisation], people: dict[str, User]) -> None:
    at = clock.now()
    for row in _plan()["facility"]:
        state = row.get("state") or ("READY" if row.get("ready_places") else "")
        answer = _id("answer", row["name"], at.date().isoformat(), str(at.hour // 12))
        if not state or ReadinessAnswer.objects.using("owner").filter(pk=answer).exists():
            continue
        asker = _keeper(row, bodies, people)
        with asking(asker):
            directory.answer_readiness(
                asker=asker,
                id=answer,
                facility=Facility.objects.get(pk=_id("facility", row["name"])),
                state=state,
                places=row.get("ready_places", 0),
                at=at,
            )
