"""Contexts follow from what is known; when more is known they are computed again."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import queries
from diemtua.casework.incidents.models import Incident
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import services as vault


def contexts_of(
    *,
    gbv_type: str,
    on: date | None,
    detail: Mapping[str, Any],
    relationships: Collection[str],
    born: queries.Born | None,
) -> list[str]:
    """Return the contexts of one incident."""
    facts = queries.Facts(
        gbv_type=gbv_type,
        relationships=relationships,
        exchanged=detail.get("exchanged") or "",
        abduction=detail.get("abduction") or "",
        practice=detail.get("practice") or "",
        born=born,
        on=on,
    )
    return queries.contexts(facts)


def recompute(*, asker: Asker, case: Case, born: queries.Born | None) -> None:
    """Compute the contexts of a case's incidents again, after her age became better known."""
    rows = Incident.objects.filter(case=case).select_related("data_key")
    for incident in rows.prefetch_related("perpetrators"):
        told = vault.unseal(incident, "detail", asker=asker, why="casework.incident.computed")
        found = contexts_of(
            gbv_type=incident.gbv_type,
            on=incident.began_on,
            detail=told.detail or {},
            relationships={one.relationship for one in incident.perpetrators.all()},
            born=born,
        )
        if found != incident.contexts:
            incident.contexts = found
            incident.save(update_fields=["contexts"])
