from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The alcove ``papers`` of casework; its README says what happens here."""

    name = "diemtua.casework.papers"
    label = "papers"

    def ready(self) -> None:
        """Declare the tab, what a paper adds to the log, and the queue of withdrawals."""
        from diemtua.casework.papers import adding  # noqa: PLC0415 - models must be loaded first

        adding.declare()
