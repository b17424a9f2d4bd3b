"""Writing papers down, and correcting them: always a new version, never a change."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.papers import policies, queries
from diemtua.casework.papers.errors import CorrectedElsewhere, NotYetHappened, TakenOut
from diemtua.casework.papers.models import Paper
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault


def record(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    kind: str,
    happened_on: date,
    content: Mapping[str, Any],
    at: datetime,
    agreed: tuple[str, date] | None = None,
    then: Callable[[Paper], object] | None = None,
) -> Paper:
    """Write a paper down; the same id twice is one paper. ``then`` follows once, with the new one.

    Raises:
        CaseClosed: nothing is added to a closed case.
        NotYetHappened: its day, or the day of her agreement, is still to come.
    """
    policies.MAY_WRITE.require(asker)
    if case.status == Status.CLOSED:
        raise CaseClosed
    _check_days(at, happened_on, agreed[1] if agreed else None)

    def make() -> Paper:
        paper = Paper(
            id=id,
            thread=id,
            case=case,
            kind=kind,
            happened_on=happened_on,
            recorded_by_id=asker.member,
            recorded_at=at,
            agreed_how=agreed[0] if agreed else "",
            agreed_on=agreed[1] if agreed else None,
        )
        _seal_and_say(asker, paper, content=content, action="casework.paper.added")
        if then:
            then(paper)
        return paper

    return create_once(Paper, id, make)[0]


def correct(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    replaces: Paper,
    happened_on: date,
    content: Mapping[str, Any],
    at: datetime,
) -> Paper:
    """Write a new version of a paper; the older ones stay as they were. The same id twice is one.

    Raises:
        CorrectedElsewhere: ``replaces`` is no longer the newest version.
        TakenOut: the paper was withdrawn.
        CaseClosed, NotYetHappened: as for ``record``.
    """
    policies.SEES.require(asker, replaces)
    if (before := Paper.objects.filter(pk=id).first()) is not None:
        return before
    if replaces.case.status == Status.CLOSED:
        raise CaseClosed
    if queries.withdrawal_of(asker=asker, paper=replaces) is not None:
        raise TakenOut
    _check_days(at, happened_on, None)
    paper = Paper(
        id=id,
        thread=replaces.thread,
        replaces=replaces,
        case_id=replaces.case_id,
        data_key=replaces.data_key,
        kind=replaces.kind,
        happened_on=happened_on,
        recorded_by_id=asker.member,
        recorded_at=at,
        agreed_how=replaces.agreed_how,
        agreed_on=replaces.agreed_on,
    )
    try:
        with transaction.atomic():
            _seal_and_say(asker, paper, content=content, action="casework.paper.corrected")
    except IntegrityError as error:  # one paper is replaced by one
        raise CorrectedElsewhere from error
    return paper


def _seal_and_say(asker: Asker, paper: Paper, *, content: Mapping[str, Any], action: str) -> None:
    vault.seal(paper, content=dict(content))
    paper.save(force_insert=True)
    audit.write(asker=asker, action=action, subject=paper, kind=paper.kind)
    live.tell(f"org:{paper.case.organisation_id}", event="case")


def _check_days(at: datetime, *days: date | None) -> None:
    today = at.astimezone(CITY_TIME).date()
    if any(day > today for day in days if day):
        raise NotYetHappened
