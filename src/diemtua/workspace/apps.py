from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The room ``workspace``; its README says what happens here."""

    name = "diemtua.workspace"
    label = "workspace"
