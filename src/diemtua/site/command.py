"""The `diemtua` command: set up, run, check, back up, and keep the keys."""

import signal
import sys
from pathlib import Path

import click

from diemtua.site import command_keys, manual
from diemtua.site.cli_language import gettext as _
from diemtua.site.environment import NotANumber
from diemtua.site.manual import data_option, environment, port_option
from diemtua.site.stops import Stop

manual.speak()


@click.group(
    cls=manual.Manual,
    sections={
        _("Dùng thử"): ("demo",),
        _("Chạy thật"): ("setup", "invite", "serve", "worker", "database"),
        _("Kiểm tra và sao lưu"): ("doctor", "backup", "restore"),
        _("Khóa và nhật ký"): ("keys", "audit"),
        _("Đo tốc độ"): ("seed",),
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Điểm Tựa: chương trình bình đẳng giới của thành phố và việc ứng phó bạo lực trên cơ sở "
        "giới, ở cùng một nơi.\n\n"
        "Dùng thử trên máy này:  diemtua demo\n\n"
        "Chạy thật:  đặt DATABASE_URL (PostgreSQL 15 trở lên; bỏ trống thì dùng máy chủ nhúng), "
        "rồi  diemtua setup,  diemtua serve,  diemtua worker.\n\n"
        "Khi có điều gì không ổn:  diemtua doctor\n\n"
        "Từng lệnh có hướng dẫn riêng:  diemtua LỆNH --help"
    ),
)
@click.version_option(package_name="diemtua", message="Điểm Tựa %(version)s")
def cli() -> None:
    """The group that every command hangs on."""


cli.add_command(command_keys.audit)
cli.add_command(command_keys.keys)


@cli.command(
    help=_(
        "Chuẩn bị hoặc nâng cấp: tạo vai trò và bảng trong cơ sở dữ liệu, khóa, dữ liệu tham chiếu, "
        "tệp tĩnh.\n\n"
        "Chạy lại bao nhiêu lần cũng được; bị ngắt giữa chừng thì chạy lại. Khi nâng cấp: cài bản mới, "
        "diemtua setup, rồi khởi động lại serve và worker; trong lúc đó bản cũ vẫn phục vụ."
    )
)
@data_option
def setup(data: Path | None) -> None:
    """Prepare or upgrade this installation."""
    environment(data)
    from diemtua.site import installation, reaching  # noqa: PLC0415 - after the environment

    with reaching.running_database():
        installation.prepare(say=click.echo)
    click.secho(_("Xong. Tiếp theo: diemtua serve và diemtua worker."), fg="green")


@cli.command(
    help=_(
        "Chạy máy chủ web.\n\n"
        "Chỉ lắng nghe trên máy này; đặt sau một máy chủ ủy quyền có HTTPS (mẫu nginx và systemd trong "
        "deploy/). Dừng bằng Ctrl-C hoặc SIGTERM."
    )
)
@data_option
@port_option
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Địa chỉ lắng nghe."))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    default=1,
    show_default=True,
    help=_("Số tiến trình; hai tiến trình cho hai lõi là vừa."),
)
def serve(*, data: Path | None, port: int, host: str, workers: int) -> None:
    """Run the web server."""
    environment(data, port=port)
    from diemtua.site import installation, processes, reaching  # noqa: PLC0415 - after the environment

    processes.end_with_parent()
    processes.require_free_port(host, port)
    with reaching.running_database(set_up=True):
        installation.require_ready()
        processes.serve(host=host, port=port, workers=workers)


@cli.command(
    help=_(
        "Chạy tiến trình làm việc nền: điểm kiểm của nhật ký mười phút một lần, dọn dẹp.\n\n"
        "Dừng bằng Ctrl-C hoặc SIGTERM trong vòng năm giây; việc còn dở được tiến trình sau làm lại."
    )
)
@data_option
def worker(data: Path | None) -> None:
    """Run the background worker."""
    environment(data)
    from diemtua.site import installation, processes, reaching  # noqa: PLC0415 - after the environment

    processes.end_with_parent()
    with reaching.running_database(set_up=True):
        installation.require_ready()
        processes.work()


@cli.command(
    help=_(
        "Giữ máy chủ PostgreSQL nhúng chạy, cho serve và worker dùng chung.\n\n"
        "Chỉ cần khi không đặt DATABASE_URL và chạy bằng systemd: khởi động lại serve hay worker thì cơ "
        "sở dữ liệu không phải dừng theo."
    )
)
@data_option
def database(data: Path | None) -> None:
    """Keep the embedded PostgreSQL running."""
    environment(data)
    from diemtua.site import processes, reaching  # noqa: PLC0415 - after the environment

    if not reaching.uses_embedded():
        raise Stop(_("DATABASE_URL đã chỉ tới một PostgreSQL khác: không cần lệnh này."))
    with reaching.running_database():
        processes.keep_until_told()


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


@cli.command(
    help=_(
        "Kiểm tra: cơ sở dữ liệu, vai trò, khóa hàng, khóa mã, việc nền, tệp tĩnh.\n\n"
        "Mỗi dòng nói điều đã kiểm; dòng ✗ nói luôn cách sửa. Mã thoát 0: mọi thứ ổn; 1: có điều chưa ổn."
    )
)
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
    from diemtua.site import reaching  # noqa: PLC0415 - after the environment

    with reaching.running_database(set_up=True):
        from diemtua.site import inviting  # noqa: PLC0415 - Django is set up by now

        inviting.first_administrator(email=email, full_name=name, organisation=organisation)


@cli.command(
    help=_(
        "Sao lưu cơ sở dữ liệu (phần nhạy cảm vẫn là bản mã) vào một tệp.\n\n"
        "Hệ thống vẫn chạy. Không có TỆP thì ghi vào thư mục backups trong thư mục dữ liệu. Chùm khóa và "
        "phiên đăng nhập không bao giờ nằm trong bản sao."
    )
)
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


@cli.command(
    help=_(
        "Khôi phục từ bản sao vào một cơ sở dữ liệu còn trống.\n\n"
        "Cần chùm khóa của cùng thời: thư mục secrets đã cất riêng, hoặc diemtua keys recover. Mọi người "
        "đăng nhập lại sau khi khôi phục."
    )
)
@data_option
@click.option(
    "--without-keys",
    is_flag=True,
    help=_("Khôi phục dù chưa có chùm khóa: đọc được số liệu, chưa mở được hồ sơ."),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(*, data: Path | None, file: Path, without_keys: bool) -> None:
    """Restore a backup into an empty database."""
    environment(data)
    from diemtua.site import backups  # noqa: PLC0415 - after the environment

    backups.restore(file, without_keys=without_keys, say=click.echo)
    click.secho(_("Đã khôi phục. Chạy diemtua doctor để kiểm tra."), fg="green")


@cli.command(
    help=_(
        "Tạo số lượng lớn hồ sơ mẫu (người không có thật) để đo tốc độ.\n\n"
        "Chỉ trên cơ sở dữ liệu chưa có đơn vị thật nào."
    )
)
@data_option
@click.option(
    "--scale",
    type=click.Choice(["city", "nation"]),
    default="city",
    show_default=True,
    help=_("Rải hồ sơ trong một thành phố hay cả nước."),
)
@click.option(
    "--cases",
    type=click.IntRange(1, 5_000_000),
    metavar="N",
    default=1000,
    show_default=True,
    help=_("Số hồ sơ."),
)
@click.option(
    "--seed",
    "number",
    default=20260101,
    metavar="N",
    show_default=True,
    help=_("Số gieo: cùng số, cùng dữ liệu."),
)
def seed(*, data: Path | None, scale: str, cases: int, number: int) -> None:
    """Make many invented cases."""
    environment(data, demo=True)
    from diemtua.site import seeding  # noqa: PLC0415 - after the environment

    seeding.run(scale=scale, cases=cases, number=number)


def main() -> None:
    """Run the command; a refusal of the system becomes one sentence."""
    # Whatever a command has begun it also ends, above all the embedded server.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(128 + signal.SIGTERM))
    try:
        cli(prog_name="diemtua")
    except OSError as error:
        Stop(_("Hệ điều hành từ chối: %s") % error).show()
        sys.exit(1)
    except NotANumber as error:
        Stop(_("Biến môi trường %s phải là một số nguyên từ 0 trở lên.") % error.name).show()
        sys.exit(1)
