from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """The alcove ``protection``; its README says what happens here."""

    name = "diemtua.casework.protection"
    label = "protection"

    def ready(self) -> None:
        """Declare the tab, the log, the next step and the queue."""
        from diemtua.casework.protection import adding  # noqa: PLC0415 - models first

        adding.declare()
