from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The room ``site``; its README says what happens here."""

    name = "diemtua.site"
    label = "site"
