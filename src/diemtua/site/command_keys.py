"""`diemtua audit …` and `diemtua keys …`: what the operator does with the trail and the keys."""

import sys
from pathlib import Path

import click

from diemtua.site.cli_language import gettext as _
from diemtua.site.manual import Chapter, data_option, environment


@click.group(
    cls=Chapter,
    help=_(
        "Nhật ký truy cập: kiểm tra chuỗi, in điểm kiểm.\n\n"
        "Mỗi lần ai đó mở một hồ sơ được bảo vệ, nhật ký có thêm một mục nối vào mục trước bằng mã "
        "băm: sửa hay xóa một mục thì chuỗi đứt, và verify nêu đúng chỗ. Điểm kiểm in trên giấy, giữ "
        "ngoài máy này, chứng minh được cả khi ai đó viết lại toàn bộ chuỗi."
    ),
)
def audit() -> None:
    """Commands for the audit trail."""


@audit.command(
    "verify",
    help=_(
        "Tính lại cả chuỗi và nêu dòng hỏng đầu tiên, nếu có. Mã thoát 0: nguyên vẹn; 1: hỏng.\n\n"
        "Một triệu mục mất chưa tới một phút; hệ thống vẫn chạy."
    ),
)
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


@click.group(
    cls=Chapter,
    help=_(
        "Khóa mã: xoay khóa, chia mảnh để khôi phục, hủy khóa cũ.\n\n"
        "Hồ sơ được niêm phong bằng chùm khóa trong thư mục secrets, ngoài cơ sở dữ liệu. Mất chùm "
        "khóa là mất mọi hồ sơ: hãy chạy keys shares trước hồ sơ thật đầu tiên, giao mỗi mảnh cho một "
        "người của một cơ quan khác, và cất bản keyring.sealed mới nhất ở máy khác."
    ),
)
def keys() -> None:
    """Commands for the key ring."""


@keys.command("list", help=_("Kê các đời khóa và số hồ sơ còn dùng mỗi đời."))
@data_option
def keys_list(data: Path | None) -> None:
    """List the epochs."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.list_epochs()


@keys.command(
    "rotate",
    help=_(
        "Tạo khóa mới và bọc lại mọi khóa dữ liệu; hệ thống vẫn chạy.\n\n"
        "Làm mỗi năm một lần, và mỗi khi một người vào được máy chủ nghỉ việc. Bị ngắt giữa chừng thì "
        "chạy lại: lệnh làm nốt phần còn thiếu."
    ),
)
@data_option
def keys_rotate(data: Path | None) -> None:
    """Rotate the key-encryption key."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.rotate_keys()


@keys.command("destroy", help=_("Hủy một khóa cũ: các bản sao lưu cũ hơn sẽ không đọc được nữa."))
@data_option
@click.option(
    "--early",
    is_flag=True,
    help=_("Hủy dù bản sao lưu còn trong hạn giữ: khi khóa đã lọt vào tay người khác."),
)
@click.argument("epoch", type=int)
@click.confirmation_option(prompt=_("Việc này không hoàn lại được. Hủy khóa?"))
def keys_destroy(*, data: Path | None, epoch: int, early: bool) -> None:
    """Destroy a retired key."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.destroy_epoch(epoch, early=early)


@keys.command("shares", help=_("Tạo khóa khôi phục, in N mảnh; cần M mảnh để mở. Chỉ in một lần."))
@data_option
@click.option(
    "--need",
    "needed",
    type=click.IntRange(2, 15),
    metavar="N",
    default=3,
    show_default=True,
    help=_("Số mảnh cần để khôi phục."),
)
@click.option(
    "--of",
    "total",
    type=click.IntRange(2, 16),
    metavar="N",
    default=5,
    show_default=True,
    help=_("Số mảnh in ra."),
)
def keys_shares(*, data: Path | None, needed: int, total: int) -> None:
    """Make and print recovery shares."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.print_shares(needed=needed, total=total)


@keys.command(
    "recover",
    help=_(
        "Dựng lại chùm khóa từ các mảnh đã in, gõ từng mảnh một dòng.\n\n"
        "Cần tệp keyring.sealed mới nhất. Chùm khóa đang có ở máy chỉ bị thay khi bản khôi phục chứa "
        "đủ các khóa của nó, hoặc khi có --replacing."
    ),
)
@data_option
@click.option(
    "--sealed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Tệp keyring.sealed (mặc định: trong thư mục secrets)."),
)
@click.option(
    "--replacing",
    is_flag=True,
    help=_("Thay chùm khóa đang có ở máy này; chùm cũ được giữ bên cạnh."),
)
def keys_recover(*, data: Path | None, sealed: Path | None, replacing: bool) -> None:
    """Rebuild the key ring from shares."""
    environment(data)
    from diemtua.site import keeping  # noqa: PLC0415 - after the environment

    keeping.recover(sealed, replacing=replacing)
