from django.apps import AppConfig


class TextConfig(AppConfig):
    """The text of the foundation."""

    name = "diemtua.foundation.text"
    label = "text"
