"""One case's consents and services, as its team may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from diemtua.accounts.models import OrganisationKind
from diemtua.casework.cases import policies
from diemtua.casework.cases.models import Case, Consent, Outcome, Purpose, Section, ServiceGiven
from diemtua.casework.cases.queries import catalogue
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One thing she agreed to."""

    id: UUID
    purpose: str
    purpose_label: str
    recipient: str
    sections: tuple[str, ...]
    how: str
    explained_by: str
    given_at: datetime
    valid_until: datetime | None
    withdrawn_at: datetime | None
    is_in_effect: bool

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the page offers to take it back; storing ends by erasure instead."""
        return self.is_in_effect and self.purpose != Purpose.STORE


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service given or declined."""

    id: UUID
    label: str
    icon: str
    is_basic: bool
    is_given: bool
    outcome: str
    reason: str
    given_on: date
    organisation: str
    recorded_at: datetime
    recorded_by: str


def one(*, asker: Asker, case_id: UUID) -> Case:
    """Return a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    policies.SEES.require(asker)
    seen = Case.objects.filter(policies.SEES.filter(asker))
    case = seen.select_related("unit", "worker", "opened_by", "data_key").filter(pk=case_id)
    if (found := case.first()) is None:
        raise NotFound
    return found


def consent(*, asker: Asker, consent_id: UUID) -> Consent:
    """Return a consent of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    seen = Consent.objects.filter(policies.SEES_OF_CASE.filter(asker))
    found = seen.select_related("case").filter(pk=consent_id).first()
    if found is None:
        raise NotFound
    return found


def consents_of(*, asker: Asker, case_id: UUID, at: datetime) -> list[ConsentRow]:
    """Return what she agreed to in a case, the newest first."""
    seen = Consent.objects.filter(policies.SEES_OF_CASE.filter(asker), case_id=case_id)
    return [
        ConsentRow(
            id=c.pk,
            purpose=c.purpose,
            purpose_label=c.get_purpose_display(),
            recipient=_recipient(c),
            sections=tuple(str(Section(code).label) for code in c.sections),
            how=c.get_how_display(),
            explained_by=c.explained_by.full_name,
            given_at=c.given_at,
            valid_until=c.valid_until,
            withdrawn_at=c.withdrawn_at,
            is_in_effect=c.withdrawn_at is None and (c.valid_until is None or c.valid_until > at),
        )
        for c in seen.select_related("recipient", "explained_by").order_by("-given_at", "purpose")
    ]


def _recipient(consent: Consent) -> str:
    if consent.recipient is not None:
        return consent.recipient.name
    return str(OrganisationKind(consent.recipient_kind).label) if consent.recipient_kind else ""


def services_of(*, asker: Asker, case_id: UUID) -> list[ServiceRow]:
    """Return the services of a case, the newest first; their notes stay sealed."""
    seen = ServiceGiven.objects.filter(policies.SEES_OF_CASE.filter(asker), case_id=case_id)
    rows = seen.select_related("organisation", "recorded_by").defer("note")
    return [_service(s) for s in rows.order_by("-given_on", "-recorded_at")]


def _service(service: ServiceGiven) -> ServiceRow:
    sector = catalogue.sectors()[service.sector]
    return ServiceRow(
        id=service.pk,
        label=sector.label,
        icon=sector.icon,
        is_basic=sector.is_basic,
        is_given=service.outcome == Outcome.GIVEN,
        outcome=service.get_outcome_display(),
        reason=catalogue.decline_reasons().get(service.decline_reason, ""),
        given_on=service.given_on,
        organisation=service.organisation.name,
        recorded_at=service.recorded_at,
        recorded_by=service.recorded_by.full_name if service.recorded_by else "",
    )
