from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room ``reports``; its README says what happens here."""

    name = "diemtua.reports"
    label = "reports"
