"""What the operator does with the audit trail and the keys."""

import sys
from pathlib import Path

import click

from diemtua.site import reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

FAULTS = {
    "CHANGED": _("nội dung đã bị thay đổi"),
    "REMOVED": _("mục đã bị xóa"),
    "REORDERED": _("thứ tự đã bị đổi"),
    "CUT": _("phần cuối đã bị cắt"),
    "CHECKPOINT": _("điểm kiểm không khớp"),
}


def verify_audit(printed: str | None) -> int:
    """Verify the chain as the database's owner; return the exit code, 1 when it is broken.

    Raises:
        Stop: the printed checkpoint cannot be read.
    """
    with reaching.running_database(set_up=True):
        from diemtua.foundation.audit import verify as verifying  # noqa: PLC0415 - after set-up

        try:
            report = verifying.verify(
                using="owner",
                printed=printed,
                progress=lambda done: click.echo(
                    f"\r{done:,}".replace(",", "."), nl=False, err=True
                ),
            )
        except verifying.NotACheckpoint as error:
            raise Stop(
                _("Không đọc được điểm kiểm: chép đủ số, dấu gạch và 64 chữ số 0-9 a-f như đã in.")
            ) from error
    count = f"{report.entries:,}".replace(",", ".")
    if report.fault is None:
        click.secho(
            _("Chuỗi nguyên vẹn: %s mục, %d điểm kiểm.") % (count, report.checkpoints), fg="green"
        )
        return 0
    where = _("làn %d, mục %d") % (report.fault.lane, report.fault.seq)
    if report.fault.what == "CHECKPOINT":
        where = _("điểm kiểm %d") % report.fault.seq
    click.secho(
        _("Chuỗi hỏng tại %s: %s.") % (where, FAULTS[report.fault.what]), fg="red", err=True
    )
    return 1


def print_checkpoint() -> None:
    """Make a checkpoint and print it in the form that is kept on paper."""
    with reaching.running_database(set_up=True):
        from diemtua.foundation.audit import services as audit  # noqa: PLC0415 - after set-up
        from diemtua.foundation.database.asker import asking, job_asker  # noqa: PLC0415

        with asking(job_asker("audit.verify")):
            made = audit.checkpoint()
        click.echo(
            _("Điểm kiểm %d, %d mục. Chép hoặc in dòng dưới và giữ ngoài máy này:")
            % (made.pk, made.entries)
        )
        click.echo(made.printed)


def list_epochs() -> None:
    """Print every epoch: what its key is for, and how many data keys it wraps."""
    states = {
        "active": _("đang dùng"),
        "retiring": _("đã thay, còn đọc"),
        "destroyed": _("đã hủy"),
    }
    with reaching.running_database(set_up=True):
        from diemtua.foundation.text import short_date  # noqa: PLC0415 - after set-up
        from diemtua.foundation.vault import rotation  # noqa: PLC0415

        for epoch in rotation.epochs():
            click.echo(
                _("Đời %d, từ %s: %s, %d khóa dữ liệu")
                % (
                    epoch.number,
                    short_date(epoch.created_at),
                    states[epoch.state],
                    epoch.data_keys,
                )
            )


def rotate_keys() -> None:
    """Begin a new epoch and wrap every data key with it."""
    with reaching.running_database(set_up=True):
        from diemtua.foundation import clock  # noqa: PLC0415 - after set-up
        from diemtua.foundation.vault import rotation  # noqa: PLC0415

        count = rotation.rotate(at=clock.now())
        click.secho(_("Đã bọc lại %d khóa dữ liệu bằng khóa mới.") % count, fg="green")


def destroy_epoch(number: int, *, early: bool) -> None:
    """Destroy a retired key; ``early`` although backups that may still be needed are under it.

    Raises:
        Stop: live records still need it.
    """
    with reaching.running_database(set_up=True):
        from diemtua.foundation import clock  # noqa: PLC0415 - after set-up
        from diemtua.foundation.vault import rotation  # noqa: PLC0415

        rotation.destroy_epoch(number, at=clock.now(), early=early)
        click.secho(_("Đã hủy khóa đời %d.") % number, fg="green")


def print_shares(*, needed: int, total: int) -> None:
    """Make recovery shares and print them, once.

    Raises:
        Stop: the numbers make no sense.
    """
    with reaching.running_database(set_up=True):
        from diemtua.foundation.vault import recovery  # noqa: PLC0415 - after set-up

        shares = recovery.make_shares(needed=needed, total=total)
    click.echo(
        _(
            "Cần %d trong %d mảnh để khôi phục. In ra giấy, giao cho %d người khác cơ quan. Không in lại được."
        )
        % (needed, total, total)
    )
    for number, share in enumerate(shares, start=1):
        click.echo(f"\n{number}/{total}  {share}")


def recover(sealed: Path | None, *, replacing: bool = False) -> None:
    """Rebuild the key ring from shares typed one a line.

    ``replacing`` takes the place of another ring that is already here: after a new machine was set
    up and made a ring of its own, before the old one was recovered.

    Raises:
        Stop: too few shares, not of one set, or another ring is in the way.
    """
    click.echo(_("Gõ từng mảnh, mỗi mảnh một dòng; dòng trống để kết thúc."))
    shares = []
    for line in sys.stdin:
        if not line.strip():
            break
        shares.append(line.strip())
    with reaching.running_database():
        from diemtua.foundation.vault import recovery  # noqa: PLC0415 - after set-up

        recovery.restore(shares, sealed, replacing=replacing)
    click.secho(_("Đã dựng lại chùm khóa. Chạy diemtua doctor để kiểm tra."), fg="green")
