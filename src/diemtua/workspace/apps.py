from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The room ``workspace``; its README says what happens here."""

    name = "diemtua.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Tell the bar on top where the search is, and what waits."""
        from diemtua.foundation.ui import bar  # noqa: PLC0415 - apps must be loaded first

        bar.declare(
            search="workspace:search",
            waiting="workspace:waiting",
            waiting_count="workspace:waiting-count",
        )
