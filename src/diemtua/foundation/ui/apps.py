from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layout, components, charts and error pages."""

    name = "diemtua.foundation.ui"
    label = "ui"
