"""Small steps between services: she was reached, her risk was judged, her alias changed."""

from datetime import datetime

from diemtua.casework.cases import policies, queries
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import steps


def note_contact(*, asker: Asker, case: Case, at: datetime) -> None:
    """Note that somebody spoke with her, which moves the next contact on by the pace of her risk."""
    policies.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed
    move_contact_on(case=case, at=at)
    audit.write(asker=asker, action="casework.case.contacted", subject=case)
    live.tell(f"org:{case.organisation_id}", event="case")


def judge_risk(*, asker: Asker, case: Case, risk: str, at: datetime) -> None:
    """Set the risk as the worker judges it; the next contact follows its pace.

    What an alcove declared for ``casework.risk.judged`` follows in the same transaction.

    Raises:
        ValueError: there is no such level.
        CaseClosed: the case is closed.
    """
    policies.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed
    if case.risk == Risk(risk):
        return
    case.risk = risk
    case.contact_due_at = min(case.contact_due_at, at + queries.pace(risk))
    case.save(update_fields=["risk", "contact_due_at"])
    audit.write(asker=asker, action="casework.case.risk-judged", subject=case, risk=risk)
    steps.take("casework.risk.judged", asker=asker, case=case, risk=risk, at=at)
    live.tell(f"org:{case.organisation_id}", event="case")


def draw_alias(*, asker: Asker, case: Case) -> str:
    """Give the case another invented name and return it."""
    policies.MAY_WORK.require(asker, case)
    case.alias = queries.draw_alias(besides=case.alias)
    case.save(update_fields=["alias"])
    audit.write(asker=asker, action="casework.case.alias-drawn", subject=case)
    live.tell(f"org:{case.organisation_id}", event="case")
    return case.alias


def move_contact_on(*, case: Case, at: datetime) -> None:
    """Set when somebody must have spoken with her again, counted from this contact."""
    case.contact_due_at = at + queries.pace(case.risk)
    case.save(update_fields=["contact_due_at"])
