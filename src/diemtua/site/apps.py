from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: settings, addresses, the `diemtua` command; it knows every room."""

    name = "diemtua.site"
    label = "site"

    def ready(self) -> None:
        """Declare what third-party packages bring: their tables and their pages."""
        from diemtua.site import doors, tables  # noqa: PLC0415 - models must be loaded first

        tables.declare()
        doors.open_doors()
