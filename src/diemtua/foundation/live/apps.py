from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Hints to open pages that something changed."""

    name = "diemtua.foundation.live"
    label = "live"
