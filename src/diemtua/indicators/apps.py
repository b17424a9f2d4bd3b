from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The room ``indicators``; its README says what happens here."""

    name = "diemtua.indicators"
    label = "indicators"
