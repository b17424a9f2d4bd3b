from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs of the foundation."""

    name = "diemtua.foundation.jobs"
    label = "jobs"
