"""Consent: given, dated, scoped, taken back. Nothing here overrides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diemtua.casework.cases import policies
from diemtua.casework.cases.errors import RecipientMissing, StoringEndsByErasure
from diemtua.casework.cases.models import Case, Consent, How, Purpose, Section
from diemtua.casework.cases.services import counting
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import steps


@dataclass(frozen=True, slots=True)
class Share:
    """With whom she agrees to share which sections: one organisation, or a kind of them."""

    sections: tuple[str, ...]
    organisation_id: UUID | None = None
    kind: str = ""

    def __post_init__(self) -> None:
        """Refuse a share without one recipient and a section."""
        has_one_recipient = bool(self.organisation_id) != bool(self.kind)
        has_sections = bool(self.sections) and set(self.sections) <= set(Section.values)
        if not (has_one_recipient and has_sections):
            raise RecipientMissing


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What she agreed to when the case was opened, how, and until when."""

    store: bool
    statistics: bool = False
    shares: tuple[Share, ...] = ()
    how: str = How.SPOKEN_BY_PHONE
    valid_until: datetime | None = None


def store(*, asker: Asker, case: Case, at: datetime, consent: ConsentGiven) -> None:
    """Write down what she agreed to when the case was opened."""
    wanted: list[tuple[str, Share | None]] = [(Purpose.STORE, None)]
    if consent.statistics:
        wanted.append((Purpose.STATISTICS, None))
    wanted += [(Purpose.SHARE, share) for share in consent.shares]
    Consent.objects.bulk_create(
        Consent(
            case=case,
            purpose=purpose,
            recipient_id=share.organisation_id if share else None,
            recipient_kind=share.kind if share else "",
            sections=list(share.sections) if share else [],
            how=consent.how,
            explained_by_id=asker.member,
            given_at=at,
            valid_until=consent.valid_until if purpose == Purpose.SHARE else None,
        )
        for purpose, share in wanted
    )


def give_consent(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    purpose: str,
    how: str,
    at: datetime,
    sections: Sequence[str] = (),
    organisation_id: UUID | None = None,
    kind: str = "",
    valid_until: datetime | None = None,
) -> Consent:
    """Write down a further consent. One for statistics gives the case its fact row.

    Raises:
        RecipientMissing: a consent to share names no recipient or no section.
    """
    policies.MAY_WORK.require(asker, case)
    share = Share(tuple(sections), organisation_id, kind) if purpose == Purpose.SHARE else None

    def make() -> Consent:
        return Consent.objects.create(
            id=id,
            case=case,
            purpose=purpose,
            recipient_id=share.organisation_id if share else None,
            recipient_kind=share.kind if share else "",
            sections=list(share.sections) if share else [],
            how=how,
            explained_by_id=asker.member,
            given_at=at,
            valid_until=valid_until,
        )

    consent, is_new = create_once(Consent, id, make)
    if is_new:
        if purpose == Purpose.STATISTICS:
            counting.link(asker=asker, case=case)
        audit.write(
            asker=asker, action="casework.consent.given", subject=case, purpose=purpose, how=how
        )
        live.tell(f"org:{case.organisation_id}", event="case")
    return consent


def withdraw_consent(*, asker: Asker, consent: Consent, at: datetime) -> None:
    """Take a consent back, at once: live shares under it end in the same transaction.

    A fact row that was written while she agreed stays as it is, but the way from it to her is
    destroyed. Withdrawing twice changes nothing.

    Raises:
        StoringEndsByErasure: the consent to keep the file ends by erasing the file.
    """
    policies.SEES_OF_CASE.require(asker, consent)
    if consent.purpose == Purpose.STORE:
        raise StoringEndsByErasure
    changed = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    if not changed:
        return
    case = consent.case
    if consent.purpose == Purpose.STATISTICS:
        counting.unlink(case=case)
    audit.write(
        asker=asker, action="casework.consent.withdrawn", subject=case, purpose=consent.purpose
    )
    steps.take("casework.consent.withdrawn", asker=asker, case=case, at=at)
    live.tell(f"org:{case.organisation_id}", event="case")
