from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: settings, addresses, the `diemtua` command; it knows every room."""

    name = "diemtua.site"
    label = "site"

    def ready(self) -> None:
        """Declare what third-party packages bring: their tables and their pages."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - as below

        from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
        from diemtua.foundation.audit import actions, names  # noqa: PLC0415 - as above
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above
        from diemtua.site import doors, tables, trail_words  # noqa: PLC0415 - as above

        tables.declare()
        doors.open_doors()
        actions.declare(trail_words.SENTENCES)
        names.lend(people=trail_words.people, bodies=trail_words.bodies)
        names.declare(records=trail_words.RECORDS, screens=trail_words.SCREENS)
        watchers = {Role.DATA_PROTECTION_OFFICER, Role.AUDITOR}
        for code, label, icon, order, home_for in (
            ("trail", _("Ai đã xem gì"), "eye", 10, watchers),
            ("chain", _("Chuỗi nguyên vẹn"), "link", 20, set()),
        ):
            menu.declare(
                code=f"audit.{code}",
                label=label,
                url_name=f"audit:{code}",
                icon=icon,
                roles=watchers,
                order=order,
                home_for=home_for,
            )
