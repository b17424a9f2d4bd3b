from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room ``accounts``; its README says what happens here."""

    name = "diemtua.accounts"
    label = "accounts"
