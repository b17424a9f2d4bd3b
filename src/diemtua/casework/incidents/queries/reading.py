"""Profile, incidents and drafts, as who sees the case may see them; nothing is unsealed here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Count

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import AgeGroup, Case
from diemtua.casework.incidents import policies
from diemtua.casework.incidents.models import Draft, Incident, Kind, Perpetrator, Profile
from diemtua.casework.incidents.queries import catalogue
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident without anything that was told in words."""

    id: UUID
    began_on: date | None
    ended_on: date | None
    precision: str
    reported_on: date
    unit_key: str
    unit: str
    gbv_type: str
    gbv_label: str
    acts: tuple[str, ...]
    act_labels: tuple[str, ...]
    contexts: tuple[str, ...]
    context_labels: tuple[str, ...]
    elapsed: str
    elapsed_label: str
    suggested: str
    suggested_label: str
    perpetrators: int
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PerpetratorRow:
    """Who is said to have done it, by codes alone."""

    incident: UUID
    relationship: str
    sex: str
    age_group: str
    occupation: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An intake that was begun and not finished."""

    record: UUID
    saved_at: datetime


def profile(asker: Asker, case: Case) -> Profile | None:
    """Return the profile of a case the asker sees, sealed; none before it was first written."""
    seen = Profile.objects.filter(policies.SEES.filter(asker), case=case)
    return seen.select_related("case__data_key", "data_key", "saved_by").first()


def incident(asker: Asker, incident_id: UUID) -> Incident:
    """Return an incident of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    seen = Incident.objects.filter(policies.SEES.filter(asker), pk=incident_id)
    found = seen.select_related("case__data_key", "data_key", "unit", "saved_by").first()
    if found is None:
        raise NotFound
    return found


def incidents_of(asker: Asker, case_id: UUID) -> list[IncidentRow]:
    """Return the incidents of a case, the latest first."""
    seen = Incident.objects.filter(policies.SEES.filter(asker), case_id=case_id)
    rows = seen.select_related("unit", "recorded_by").defer("detail")
    rows = rows.annotate(perpetrators_known=Count("perpetrators")).order_by(
        "-began_on", "-recorded_at"
    )
    return [_row(incident) for incident in rows]


def perpetrators_of(asker: Asker, case_id: UUID) -> list[PerpetratorRow]:
    """Return who is said to have done it in a case, without identities."""
    seen = Perpetrator.objects.filter(policies.SEES_PERPETRATORS.filter(asker))
    rows = seen.filter(incident__case_id=case_id).order_by("incident_id", "position")
    columns = ("incident_id", "relationship", "sex", "age_group", "occupation")
    return [PerpetratorRow(*row) for row in rows.values_list(*columns)]


def contexts_of(asker: Asker, case_id: UUID) -> list[str]:
    """Return the contexts of a case: those of any of its incidents, in the order of the table."""
    seen = Incident.objects.filter(policies.SEES.filter(asker), case_id=case_id)
    known = {code for found in seen.values_list("contexts", flat=True) for code in found}
    return [rule.code for rule in catalogue.rules() if rule.code in known]


def is_child(asker: Asker, case: Case) -> bool:
    """Return whether the person of a case is known to be under 18; nothing is unsealed."""
    policies.SEES.require(asker)
    return case.age_group in catalogue.CHILD_GROUPS


def is_under_16(asker: Asker, case: Case) -> bool:
    """Return whether the person of a case is known to be under 16."""
    policies.SEES.require(asker)
    return case.age_group == AgeGroup.UNDER_16


def draft_id(asker: Asker, kind: str, record: UUID) -> UUID:
    """Return the id of the asker's draft of a record, which follows from these three."""
    return uuid5(NAMESPACE_URL, f"draft:{asker.member}:{kind}:{record}")


def draft(asker: Asker, kind: str, record: UUID) -> Draft | None:
    """Return what the asker has typed for a record and not saved, sealed."""
    mine = Draft.objects.filter(policies.OWN_DRAFT.filter(asker))
    return mine.select_related("data_key").filter(pk=draft_id(asker, kind, record)).first()


def intakes_begun(asker: Asker) -> list[DraftRow]:
    """Return the asker's intakes that are not finished, the latest first."""
    mine = Draft.objects.filter(policies.OWN_DRAFT.filter(asker), kind=Kind.INTAKE)
    rows = mine.order_by("-saved_at").values_list("record", "saved_at")[:20]
    return [DraftRow(*row) for row in rows]


def _row(incident: Incident) -> IncidentRow:
    acts, labels = cases.acts(), catalogue.context_labels()
    suggested = catalogue.suggested_type(incident.acts)
    is_other = bool(suggested) and suggested != incident.gbv_type
    types = dict(Incident._meta.get_field("gbv_type").flatchoices)
    return IncidentRow(
        id=incident.pk,
        began_on=incident.began_on,
        ended_on=incident.ended_on,
        precision=incident.precision,
        reported_on=incident.reported_on,
        unit_key=incident.unit_id,
        unit=incident.unit.name,
        gbv_type=incident.gbv_type,
        gbv_label=incident.get_gbv_type_display(),
        acts=tuple(incident.acts),
        act_labels=tuple(acts[code].short for code in incident.acts if code in acts),
        contexts=tuple(incident.contexts),
        context_labels=tuple(labels[code] for code in incident.contexts if code in labels),
        elapsed=incident.elapsed,
        elapsed_label=catalogue.elapsed_labels().get(incident.elapsed, ""),
        suggested=suggested if is_other else "",
        suggested_label=str(types[suggested]) if is_other else "",
        perpetrators=incident.perpetrators_known,  # type: ignore[attr-defined]  # annotated
        recorded_by=incident.recorded_by.full_name,
        recorded_at=incident.recorded_at,
    )
