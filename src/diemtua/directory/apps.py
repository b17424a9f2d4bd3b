from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room ``directory``; its README says what happens here."""

    name = "diemtua.directory"
    label = "directory"
