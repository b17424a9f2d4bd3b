"""What this alcove adds to the house: a menu entry, a tab, lines in the log of a case."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Role
from diemtua.casework.cases.frame import Event, tabs, timeline
from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import queries
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.ui import menu


def declare() -> None:
    """Declare everything; called once when the apps are ready."""
    menu.declare(
        code="incidents.intake",
        label=_("Tiếp nhận"),
        url_name="incidents:begun",
        icon="user-plus",
        roles=frozenset({Role.COUNSELLOR, Role.CASE_WORKER}),
        order=15,
    )
    tabs.declare("incidents", label=_("Sự việc"), url_name="incidents:index", order=10)
    timeline.declare("incidents", _events)


def _events(asker: Asker, case: Case) -> list[Event]:
    return [
        Event(row.recorded_at, "calendar", gettext("Ghi sự việc: %s") % row.gbv_label, row.unit)
        for row in queries.incidents_of(asker, case.pk)
    ]
