from django.apps import AppConfig


class UiConfig(AppConfig):
    """The ui of the foundation."""

    name = "diemtua.foundation.ui"
    label = "ui"
