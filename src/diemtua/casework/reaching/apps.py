from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReachingConfig(AppConfig):
    """The alcove ``reaching``; its README says what happens here."""

    name = "diemtua.casework.reaching"
    label = "reaching"

    def ready(self) -> None:
        """Declare the tab and the lines in the log of a case."""
        from diemtua.casework.cases.frame import tabs, timeline  # noqa: PLC0415 - models first
        from diemtua.casework.reaching import queries  # noqa: PLC0415 - as above

        tabs.declare("reaching", label=_("Liên lạc"), url_name="reaching:index", order=15)
        timeline.declare("reaching", queries.events)
