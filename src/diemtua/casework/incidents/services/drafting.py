"""What is typed and not yet saved: kept for its writer alone, sealed, until the record is saved."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import policies, queries
from diemtua.casework.incidents.errors import SavedElsewhere
from diemtua.casework.incidents.models import Draft, Kind
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault

Typed = Mapping[str, list[str]]


def keep(
    *,
    asker: Asker,
    kind: str,
    record: UUID,
    case: Case | None,
    typed: Typed,
    at: datetime,
    tab: UUID,
    seen: int,
) -> Draft:
    """Keep what stands in the fields, also what no field can read.

    Raises:
        SavedElsewhere: another page of the same person keeps a later one.
    """
    policies.MAY_TAKE_IN.require(asker)
    if case is not None:
        cases.MAY_WORK.require(asker, case)
    made_id = queries.draft_id(asker, kind, record)

    def make() -> Draft:
        made = Draft(
            id=made_id,
            kind=kind,
            record=record,
            case=case,
            writer_id=asker.member,
            organisation_id=asker.home,
            saved_at=at,
            tab=tab,
        )
        if case is not None:
            made.data_key = case.data_key
        vault.seal(made, typed=dict(typed))
        made.save(force_insert=True)
        return made

    try:
        kept, is_new = create_once(Draft, made_id, make)
    except IntegrityError as error:
        raise NotFound from error
    if is_new:
        return kept
    kept = Draft.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=made_id)
    if kept.tab != tab and kept.revision != seen:
        raise SavedElsewhere
    kept.tab, kept.revision, kept.saved_at = tab, kept.revision + 1, at
    vault.seal(kept, typed=dict(typed))
    kept.save(update_fields=["tab", "revision", "saved_at", "typed"])
    return kept


def read_draft(*, asker: Asker, draft: Draft) -> dict[str, list[str]]:
    """Return what was typed; the audit trail says that its writer read it."""
    policies.OWN_DRAFT.require(asker, draft)
    told = vault.unseal(draft, "typed", asker=asker, why="casework.draft.read")
    return dict(told.typed or {})


def drop(*, asker: Asker, kind: str, record: UUID) -> None:
    """Remove the asker's draft of a record, and with an intake its key."""
    kept = queries.draft(asker, kind, record)
    if kept is None:
        return
    if kind == Kind.INTAKE:
        vault.erase(kept, asker=asker, why="casework.draft.dropped")
    kept.delete()
