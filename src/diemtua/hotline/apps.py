from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """The room ``hotline``; its README says what happens here."""

    name = "diemtua.hotline"
    label = "hotline"
