from django.apps import AppConfig


class FactsConfig(AppConfig):
    """The facts of the foundation."""

    name = "diemtua.foundation.facts"
    label = "facts"
