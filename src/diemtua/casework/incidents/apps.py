from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The alcove ``incidents`` of casework; its README says what happens here."""

    name = "diemtua.casework.incidents"
    label = "incidents"

    def ready(self) -> None:
        """Declare the menu, the tab and what this adds to a case."""
        from diemtua.casework.incidents import adding  # noqa: PLC0415 - models must be loaded first

        adding.declare()
