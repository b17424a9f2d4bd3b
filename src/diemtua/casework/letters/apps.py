from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The alcove ``letters``; its README says what happens here."""

    name = "diemtua.casework.letters"
    label = "letters"
