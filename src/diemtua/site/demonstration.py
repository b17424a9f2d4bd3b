"""`diemtua demo`: everything on one machine, with an invented city."""

import webbrowser

import click

from diemtua.site import installation, processes, reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

HOST = "127.0.0.1"


def run(*, port: int, open_browser: bool) -> None:
    """Prepare, fill the invented city, run web server and worker until Ctrl-C.

    Raises:
        Stop: a step cannot be done; the sentence says which and why.
    """
    reaching.data_folder()
    processes.require_free_port(HOST, port)
    children = processes.Children()
    with reaching.running_database():
        installation.prepare(say=click.echo)
        installation.require_nobody_real()
        from diemtua.site import demo_city, demo_life  # noqa: PLC0415 - models load after Django is set up

        city = demo_city.ensure(say=click.echo)
        demo_life.ensure(say=click.echo)
        told = processes.listen()
        try:
            children.start(
                "serve", "--port", str(port), "--host", HOST, environment={"DIEMTUA_DEMO": "1"}
            )
            children.start("worker", environment={"DIEMTUA_DEMO": "1"})
            address = f"http://{HOST}:{port}"
            processes.wait_until_answers(f"{address}/suc-khoe/", children=children, told=told)
            if not told.is_set():
                _welcome(address, city)
            if open_browser and not told.is_set():
                webbrowser.open(address)
            processes.wait_for_signal(children, told)
            if (ended := children.first_ended()) is not None:
                raise Stop(
                    _("Một tiến trình dừng sớm (mã %d). Xem thông báo phía trên.")
                    % ended.returncode
                )
        finally:
            click.echo(_("· Đang dừng"))
            children.stop()


def _welcome(address: str, accounts: list[tuple[str, str]]) -> None:
    click.echo()
    click.echo(
        _(
            "Tài khoản mẫu (vào bằng một lần bấm ở trang đăng nhập; mọi người và hồ sơ đều là dữ liệu mẫu):"
        )
    )
    width = max(len(role) for role, _email in accounts)
    for role, email in accounts:
        click.echo(f"  {role:<{width}}  {email}")
    click.echo()
    click.secho(f"SẴN SÀNG {address}", fg="green", bold=True)
    click.echo(_("Ctrl-C để dừng."))
