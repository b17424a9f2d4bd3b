from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """The room ``casework``; its README says what happens here."""

    name = "diemtua.casework"
    label = "casework"

    def ready(self) -> None:
        """Declare what figures may count, what follows from what, and the room's menu entries."""
        from diemtua.casework import measures  # noqa: PLC0415 - models must be loaded first
        from diemtua.casework.duties import services as duties  # noqa: PLC0415 - as above
        from diemtua.casework.overview import queries, waiting  # noqa: PLC0415 - as above
        from diemtua.casework.referrals import services as referrals  # noqa: PLC0415 - as above
        from diemtua.casework.team import services as team  # noqa: PLC0415 - as above
        from diemtua.foundation.registry import steps  # noqa: PLC0415 - as above
        from diemtua.foundation.ui import bar  # noqa: PLC0415 - as above

        measures.declare()
        steps.declare("casework.case.opened", duties.start)
        steps.declare("casework.consent.withdrawn", referrals.end_uncovered)
        _declare_menu()
        _declare_tabs()
        bar.count_waiting(queries.waiting_for, changed_by="case referral duty")
        waiting.declare()
        team.declare()


def _declare_menu() -> None:
    from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
    from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above

    entries = [
        ("team", _("Đội"), "users", 10, {Role.SUPERVISOR}, {Role.SUPERVISOR}),
        (
            "list",
            _("Việc hôm nay"),
            "checklist",
            20,
            {Role.CASE_WORKER, Role.SUPERVISOR, Role.COUNSELLOR},
            {Role.CASE_WORKER},
        ),
        ("referrals", _("Chuyển gửi đến"), "inbox", 10, {Role.PROVIDER}, {Role.PROVIDER}),
        ("duties", _("Việc cần làm"), "gavel", 10, {Role.COMMUNE_OFFICER}, {Role.COMMUNE_OFFICER}),
    ]
    for name, label, icon, order, roles, home_for in entries:
        menu.declare(
            code=f"casework.{name}",
            label=label,
            url_name=f"casework:{name}",
            icon=icon,
            roles=roles,
            order=order,
            home_for=home_for,
        )


def _declare_tabs() -> None:
    from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
    from diemtua.casework.cases.frame import tabs  # noqa: PLC0415 - models must be loaded first

    tabs.declare("overview", label=_("Tổng quan"), url_name="casework:case", order=0)
    tabs.declare(
        "who-looked",
        label=_("Ai đã xem"),
        url_name="casework:who-looked",
        order=95,
        roles=frozenset({Role.SUPERVISOR}),
    )
    tabs.declare("log", label=_("Nhật ký"), url_name="casework:log", order=90)
