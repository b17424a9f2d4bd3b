from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The room ``places``; its README says what happens here."""

    name = "diemtua.places"
    label = "places"

    def ready(self) -> None:
        """Tell the place picker which address answers it."""
        from diemtua.foundation.ui import bar  # noqa: PLC0415 - the page's parts load with the apps

        bar.declare(places="places:search")
