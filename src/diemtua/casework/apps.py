from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The room ``casework``; its README says what happens here."""

    name = "diemtua.casework"
    label = "casework"
