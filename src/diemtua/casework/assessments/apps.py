from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The alcove ``assessments`` of casework; its README says what happens here."""

    name = "diemtua.casework.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Declare the tab, the queues and what this adds to a case; look at the definitions."""
        from diemtua.casework.assessments import adding  # noqa: PLC0415 - models must be loaded first

        adding.declare()
