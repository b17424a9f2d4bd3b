"""What the pages of this alcove share: drafts kept, pages overtaken, refusals beside their field."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, JsonResponse, QueryDict

from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import queries, services
from diemtua.casework.incidents.forms import posted_from, typed_of
from diemtua.casework.incidents.forms.fields import GroupedForm
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind
from diemtua.foundation.refusals import NotFound, Refusal

DIGITS = 8


def page_of(posted: QueryDict) -> tuple[UUID, int]:
    """Return which page sent this, and which revision of the draft it knew."""
    try:
        tab = UUID(posted.get("tab", ""))
    except ValueError:
        tab = uuid4()
    known = posted.get("draft_seen", "0")
    return tab, int(known) if known.isdecimal() and len(known) <= DIGITS else 0


def keep(request: HttpRequest, *, kind: str, record: UUID, case: Case | None) -> JsonResponse:
    """Keep what stands on the page; what no field can read is kept too."""
    at = clock.now()
    tab, seen = page_of(request.POST)
    services.keep(
        asker=asker_behind(request),
        kind=kind,
        record=record,
        case=case,
        typed=typed_of(request.POST),
        at=at,
        tab=tab,
        seen=seen,
    )
    return JsonResponse({"saved_at": f"{at.astimezone(clock.CITY_TIME):%H:%M}"})


def typed_before(asker: Asker, kind: str, record: UUID) -> tuple[dict[str, list[str]], str, int]:
    """Return what the asker had typed and not saved, when it was kept, and its revision."""
    kept = queries.draft(asker, kind, record)
    if kept is None:
        return {}, "", 0
    typed = services.read_draft(asker=asker, draft=kept)
    return typed, f"{kept.saved_at.astimezone(clock.CITY_TIME):%H:%M}", kept.revision


def again(typed: dict[str, list[str]], *, seen: int) -> QueryDict:
    """Return a draft as its page would send it from a new tab; ``seen`` is the record's revision."""
    return posted_from(typed, tab=uuid4(), seen=seen)


def refused(form: GroupedForm, verb: Callable[[], Any]) -> bool:
    """Run the verb; a refusal becomes an error of the form and gives True."""
    try:
        verb()
    except NotFound:
        raise
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, f"{refusal.says} {refusal.advises}")
        return True
    return False


def differing(mine: GroupedForm, theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the fields in which two versions differ: the label, mine, theirs."""
    other = type(mine)(initial=theirs)
    rows = []
    for field in mine:
        if field.is_hidden:
            continue
        ours, stored = _in_words(field.value(), field), _in_words(other[field.name].value(), field)
        if ours != stored:
            rows.append((str(field.label), ours, stored))
    return rows


def _in_words(value: Any, field: Any) -> str:
    if value in (None, "", []):
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    chosen = value if isinstance(value, list | tuple) else [value]
    if hasattr(field.field, "queryset"):
        return str(field.field.queryset.filter(pk=chosen[0]).first() or chosen[0])
    labels = {str(code): str(label) for code, label in getattr(field.field, "choices", ())}
    return ", ".join(sorted(labels.get(str(one), str(one)) for one in chosen))
