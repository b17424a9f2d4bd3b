"""What may be shared with whom right now: computed from her consents, and from nothing else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from diemtua.accounts.models import Organisation
from diemtua.casework.cases.models import Consent, Purpose


@dataclass(frozen=True, slots=True)
class Sharing:
    """The sections that may go to one organisation, each until when (None: no end was named)."""

    until: dict[str, datetime | None]

    @property
    def sections(self) -> frozenset[str]:
        """The sections that may be shared."""
        return frozenset(self.until)

    def lacks(self, sections: frozenset[str]) -> frozenset[str]:
        """Return which of the wanted sections she has not agreed to share."""
        return sections - self.sections

    def ends(self, sections: frozenset[str]) -> datetime | None:
        """Return when the first of these sections may no longer be shared."""
        ends = [end for section in sections if (end := self.until[section]) is not None]
        return min(ends, default=None)


def in_effect(purpose: str, *, at: datetime) -> QuerySet[Consent]:
    """Return the consents to one purpose that hold at a moment: given, not withdrawn, not run out.

    Source: Law 91/2025/QH15, art. 9: consent is specific, may be withdrawn, and silence is none.
    """
    return Consent.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        Q(valid_until__isnull=True) | Q(valid_until__gt=at),
        purpose=purpose,
        given_at__lte=at,
    )


def sharing(*, case_id: UUID, organisation: Organisation, at: datetime) -> Sharing:
    """Return what she agrees to share with an organisation at a moment."""
    given = in_effect(Purpose.SHARE, at=at).filter(
        Q(recipient=organisation) | Q(recipient_kind=organisation.kind), case_id=case_id
    )
    until: dict[str, datetime | None] = {}
    for consent in given:
        for section in consent.sections:
            until[section] = _later(until.get(section, consent.valid_until), consent.valid_until)
    return Sharing(until)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later end; no end at all is the latest."""
    return None if one is None or other is None else max(one, other)
