from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The live of the foundation."""

    name = "diemtua.foundation.live"
    label = "live"
