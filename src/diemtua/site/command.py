"""The `diemtua` command: set up, run, check, back up, and keep the keys."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop


def environment(data: Path | None, *, demo: bool = False, port: int | None = None) -> None:
    """Put a command's options where the settings read them, before Django loads."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
    if data is not None:
        os.environ["DIEMTUA_DATA"] = str(data.resolve())
    if demo:
        os.environ["DIEMTUA_DEMO"] = "1"
    if port is not None:
        os.environ["DIEMTUA_PORT"] = str(port)


def data_option[F: Callable[..., Any]](function: F) -> F:
    """Add ``--data``: the folder of everything that changes."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="DIEMTUA_DATA",
        default=None,
        help=_(
            "Thư mục dữ liệu: cơ sở dữ liệu, khóa, bản sao (mặc định: ./var; biến DIEMTUA_DATA)."
        ),
    )(function)


def port_option[F: Callable[..., Any]](function: F) -> F:
    """Add ``--port``."""
    return click.option(
        "--port",
        type=click.IntRange(1, 65535),
        envvar="DIEMTUA_PORT",
        default=8000,
        show_default=True,
        help=_("Cổng của máy chủ web (biến DIEMTUA_PORT)."),
    )(function)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Điểm Tựa: chương trình bình đẳng giới của thành phố và việc ứng phó bạo lực trên cơ sở "
        "giới, ở cùng một nơi.\n\n"
        "Dùng thử trên máy này:  diemtua demo\n\n"
        "Chạy thật:  đặt DATABASE_URL (PostgreSQL 15 trở lên; bỏ trống thì dùng máy chủ nhúng), "
        "rồi  diemtua setup,  diemtua serve,  diemtua worker.\n\n"
        "Khi có điều gì không ổn:  diemtua doctor"
    ),
)
@click.version_option(package_name="diemtua", message="Điểm Tựa %(version)s")
def cli() -> None:
    """The group that every command hangs on."""


@cli.command(
    help=_(
        "Chuẩn bị hoặc nâng cấp: tạo vai trò và bảng trong cơ sở dữ liệu, khóa, dữ liệu tham chiếu, "
        "tệp tĩnh. Chạy lại bao nhiêu lần cũng được."
    )
)
@data_option
def setup(data: Path | None) -> None:
    """Prepare or upgrade this installation."""
    environment(data)
    from diemtua.site import installation  # noqa: PLC0415 - the environment must be set first

    with installation.running_database():
        installation.prepare(say=click.echo)
    click.secho(_("Xong. Tiếp theo: diemtua serve và diemtua worker."), fg="green")


@cli.command(help=_("Chạy máy chủ web. Đặt sau một máy chủ ủy quyền có HTTPS (xem deploy/)."))
@data_option
@port_option
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Địa chỉ lắng nghe."))
@click.option("--workers", default=1, show_default=True, help=_("Số tiến trình."))
def serve(*, data: Path | None, port: int, host: str, workers: int) -> None:
    """Run the web server."""
    environment(data, port=port)
    from diemtua.site import installation, processes  # noqa: PLC0415 - after the environment

    processes.require_free_port(host, port)
    with installation.running_database():
        installation.require_ready()
        processes.serve(host=host, port=port, workers=workers)


@cli.command(help=_("Chạy tiến trình làm việc nền: nhắc hạn, điểm kiểm của nhật ký, dọn dẹp."))
@data_option
def worker(data: Path | None) -> None:
    """Run the background worker."""
    environment(data)
    from diemtua.site import installation, processes  # noqa: PLC0415 - after the environment

    with installation.running_database():
        installation.require_ready()
        processes.work()


@cli.command(
    help=_(
        "Dùng thử: chuẩn bị mọi thứ, tạo một thành phố mẫu với những người không có thật, chạy máy "
        "chủ và tiến trình nền, in ra địa chỉ và các tài khoản. Ctrl-C dừng tất cả."
    )
)
@data_option
@port_option
@click.option("--no-browser", is_flag=True, help=_("Không mở trình duyệt."))
def demo(*, data: Path | None, port: int, no_browser: bool) -> None:
    """Run everything on an invented city."""
    environment(data, demo=True, port=port)
    from diemtua.site import demonstration  # noqa: PLC0415 - after the environment

    demonstration.run(port=port, open_browser=not no_browser)


@cli.command(help=_("Kiểm tra: cơ sở dữ liệu, vai trò, khóa hàng, khóa mã, việc nền, tệp tĩnh."))
@data_option
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho máy đọc."))
def doctor(*, data: Path | None, as_json: bool) -> None:
    """Check that everything is as it must be; exit code 1 when something is not."""
    environment(data)
    from diemtua.site import checkup  # noqa: PLC0415 - after the environment

    sys.exit(checkup.run(as_json=as_json))


@cli.command(help=_("Mời quản trị viên đầu tiên: in đường dẫn đặt mật khẩu, dùng một lần."))
@data_option
@click.option("--email", required=True, help=_("E-mail công vụ, dùng để đăng nhập."))
@click.option("--name", required=True, help=_("Họ và tên."))
@click.option("--organisation", required=True, help=_("Tên đơn vị, ví dụ: Sở Y tế."))
def invite(*, data: Path | None, email: str, name: str, organisation: str) -> None:
    """Invite the one who invites everyone else."""
    environment(data)
    from diemtua.site import installation  # noqa: PLC0415 - after the environment

    with installation.running_database():
        from diemtua.site import inviting  # noqa: PLC0415 - Django is set up by now

        inviting.first_administrator(email=email, full_name=name, organisation=organisation)


@cli.command(help=_("Sao lưu cơ sở dữ liệu (phần nhạy cảm vẫn là bản mã) vào một tệp."))
@data_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def backup(data: Path | None, file: Path | None) -> None:
    """Back the database up into one file."""
    environment(data)
    from diemtua.site import backups  # noqa: PLC0415 - after the environment

    made = backups.make(file)
    click.secho(_("Đã sao lưu: %s") % made, fg="green")
    click.echo(
        _("Khóa không nằm trong bản sao. Giữ riêng thư mục secrets, hoặc các mảnh khóa đã in.")
    )


@cli.command(help=_("Khôi phục từ bản sao vào một cơ sở dữ liệu còn trống."))
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(data: Path | None, file: Path) -> None:
    """Restore a backup into an empty database."""
    environment(data)
    from diemtua.site import backups  # noqa: PLC0415 - after the environment

    backups.restore(file)
    click.secho(_("Đã khôi phục. Chạy diemtua doctor để kiểm tra."), fg="green")


@cli.command(help=_("Tạo số lượng lớn hồ sơ mẫu (người không có thật) để đo tốc độ."))
@data_option
@click.option(
    "--scale",
    type=click.Choice(["city", "nation"]),
    default="city",
    show_default=True,
    help=_("Rải hồ sơ trong một thành phố hay cả nước."),
)
@click.option("--cases", type=click.IntRange(1, 5_000_000), default=1000, show_default=True)
@click.option(
    "--seed",
    "number",
    default=20260101,
    show_default=True,
    help=_("Số gieo: cùng số, cùng dữ liệu."),
)
def seed(*, data: Path | None, scale: str, cases: int, number: int) -> None:
    """Make many invented cases."""
    environment(data, demo=True)
    from diemtua.site import seeding  # noqa: PLC0415 - after the environment

    seeding.run(scale=scale, cases=cases, number=number)


@cli.group(help=_("Nhật ký truy cập: kiểm tra chuỗi, in điểm kiểm."))
def audit() -> None:
    """Commands for the audit trail."""


@audit.command("verify", help=_("Tính lại cả chuỗi và nêu dòng hỏng đầu tiên, nếu có."))
@data_option
@click.option("--checkpoint", help=_("Điểm kiểm đã in trên giấy, để đối chiếu."))
def audit_verify(data: Path | None, checkpoint: str | None) -> None:
    """Verify the chain; exit code 1 when it is broken."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    sys.exit(keeping.verify_audit(checkpoint))


@audit.command("checkpoint", help=_("Tạo và in một điểm kiểm để giữ ngoài máy."))
@data_option
def audit_checkpoint(data: Path | None) -> None:
    """Make and print a checkpoint."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.print_checkpoint()


@cli.group(help=_("Khóa mã: xoay khóa, chia mảnh để khôi phục, hủy khóa cũ."))
def keys() -> None:
    """Commands for the key ring."""


@keys.command("rotate", help=_("Tạo khóa mới và bọc lại mọi khóa dữ liệu; hệ thống vẫn chạy."))
@data_option
def keys_rotate(data: Path | None) -> None:
    """Rotate the key-encryption key."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.rotate_keys()


@keys.command("destroy", help=_("Hủy một khóa cũ: các bản sao lưu cũ hơn sẽ không đọc được nữa."))
@data_option
@click.argument("epoch", type=int)
@click.confirmation_option(prompt=_("Việc này không hoàn lại được. Hủy khóa?"))
def keys_destroy(data: Path | None, epoch: int) -> None:
    """Destroy a retired key."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.destroy_epoch(epoch)


@keys.command("shares", help=_("Tạo khóa khôi phục, in N mảnh; cần M mảnh để mở. Chỉ in một lần."))
@data_option
@click.option("--need", "needed", type=click.IntRange(2, 15), default=3, show_default=True)
@click.option("--of", "total", type=click.IntRange(2, 16), default=5, show_default=True)
def keys_shares(*, data: Path | None, needed: int, total: int) -> None:
    """Make and print recovery shares."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.print_shares(needed=needed, total=total)


@keys.command("recover", help=_("Dựng lại chùm khóa từ các mảnh đã in."))
@data_option
@click.option(
    "--sealed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Tệp keyring.sealed (mặc định: trong thư mục secrets)."),
)
def keys_recover(data: Path | None, sealed: Path | None) -> None:
    """Rebuild the key ring from shares."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.recover(sealed)


def main() -> None:
    """Run the command; a refusal of the system becomes one sentence."""
    try:
        cli(prog_name="diemtua")
    except OSError as error:
        Stop(_("Hệ điều hành từ chối: %s") % error).show()
        sys.exit(1)
