from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The room ``places``; its README says what happens here."""

    name = "diemtua.places"
    label = "places"
