"""`diemtua doctor`: is everything as it must be? Each check says what, and what to do."""

import json
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass

import click

from diemtua.site import installation, reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.cli_language import wanted
from diemtua.site.stops import Stop

Check = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer."""

    code: str
    is_well: bool
    says: str
    advises: str = ""


class Unwell(Exception):
    """A check found something; ``advises`` is what to do."""

    def __init__(self, says: str, advises: str) -> None:
        super().__init__(says)
        self.says, self.advises = says, advises


def run(*, as_json: bool) -> int:
    """Run every check, print the findings, return 1 when something is not well."""
    try:
        with reaching.running_database(set_up=True):
            findings = [_find(code, check) for code, check in CHECKS.items()]
    except Stop as stop:
        findings = [Finding("reached", is_well=False, says=stop.message)]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1))
    else:
        for each in findings:
            click.secho(
                f"{'✓' if each.is_well else '✗'} {each.says}", fg=None if each.is_well else "red"
            )
            if each.advises:
                click.echo(f"  → {each.advises}")
    return 0 if all(each.is_well for each in findings) else 1


def _find(code: str, check: Check) -> Finding:
    from django.db import DatabaseError  # noqa: PLC0415 - Django is set up by now
    from django.utils.translation import override  # noqa: PLC0415 - as above

    from diemtua.foundation.refusals import Refusal  # noqa: PLC0415 - as above

    try:
        return Finding(code, is_well=True, says=check())
    except Unwell as unwell:
        return Finding(code, is_well=False, says=unwell.says, advises=unwell.advises)
    except Stop as stop:
        return Finding(code, is_well=False, says=stop.message)
    except Refusal as refusal:
        with override(wanted()):
            return Finding(code, is_well=False, says=refusal.says, advises=refusal.advises)
    except DatabaseError as error:
        name = type(error).__name__
        return Finding(
            code, False, _("Cơ sở dữ liệu từ chối (%s).") % name, _("Chạy diemtua setup.")
        )


def _ask(statement: str, using: str = "default") -> object:
    from django.db import connections  # noqa: PLC0415 - Django is set up by now

    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return row[0] if row else None


def database() -> str:
    """Check that the database answers, in a version we support."""
    version = int(str(_ask("SHOW server_version_num"))) // 10_000
    if version < 15:  # noqa: PLR2004 - the oldest supported
        raise Unwell(_("PostgreSQL %d quá cũ.") % version, _("Cần PostgreSQL 15 trở lên."))
    return _("PostgreSQL %d trả lời") % version


def migrated() -> str:
    """Check that the tables are of this version."""
    installation.require_ready()
    return _("Bảng đúng phiên bản này")


def app_role() -> str:
    """Check that the serving role owns nothing and cannot bypass row-level security."""
    bad = _ask(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)"
        " OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid)"
        " FROM pg_roles r WHERE rolname = current_user"
    )
    if bad:
        raise Unwell(
            _("Vai trò đang phục vụ có quá nhiều quyền."),
            _("serve và worker phải vào bằng diemtua_app; xem deploy/README.md."),
        )
    return _("Vai trò phục vụ không sở hữu bảng nào, không vượt được khóa hàng")


def row_security() -> str:
    """Check that every protected table is guarded, and reads empty when nobody asks."""
    from diemtua.foundation.database.tables import declared  # noqa: PLC0415 - models are loaded

    guarded = [name for name, each in declared().items() if each.is_protected]
    bare = [
        name
        for name in guarded
        if not _ask(f"SELECT relrowsecurity FROM pg_class WHERE oid = 'public.{name}'::regclass")  # noqa: S608 - names from our own registry
    ]
    if bare:
        raise Unwell(_("Bảng chưa có khóa hàng: %s") % ", ".join(bare), _("Chạy diemtua setup."))
    return _("%d bảng có khóa hàng") % len(guarded)


def asker_key() -> str:
    """Check that the database accepts our seal on who asks."""
    from diemtua.foundation.database.asker import asking, job_asker  # noqa: PLC0415

    with asking(job_asker("site.doctor")):
        if _ask("SELECT diemtua.asker_job()") != "site.doctor":
            raise Unwell(
                _("Cơ sở dữ liệu không nhận con dấu của máy này."),
                _("Thư mục secrets không đi cùng cơ sở dữ liệu này; chạy diemtua setup."),
            )
    return _("Cơ sở dữ liệu nhận ra người hỏi")


def key_ring() -> str:
    """Check that the key ring opens and covers every data key."""
    from diemtua.foundation.vault import keyring, rotation  # noqa: PLC0415 - Django is set up by now

    epoch = keyring.ring().epoch
    if locked_out := rotation.locked_out():
        raise Unwell(
            _("%d khóa dữ liệu không mở được bằng chùm khóa này.") % locked_out,
            _("Khôi phục chùm khóa cùng thời với cơ sở dữ liệu: diemtua keys recover."),
        )
    if not reaching.may_act_as_owner():
        return (
            _("Chùm khóa mở được, đời hiện tại %d (từng khóa dữ liệu: kiểm với DATABASE_URL)")
            % epoch
        )
    return _("Chùm khóa mở được, đời hiện tại %d") % epoch


def secrets_shut() -> str:
    """Check that nobody else reads the folder of secrets."""
    folder = reaching.data_folder() / "secrets"
    open_to_others = [
        path.name
        for path in (folder, *folder.iterdir())
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        raise Unwell(
            _("Người khác đọc được: %s") % ", ".join(sorted(open_to_others)),
            _("chmod 700 thư mục secrets, chmod 600 các tệp trong đó."),
        )
    return _("Thư mục khóa chỉ mình dịch vụ đọc được")


def recovery() -> str:
    """Check that the key ring could be recovered by several people."""
    if not (reaching.data_folder() / "secrets" / "keyring.sealed").exists():
        raise Unwell(
            _("Chưa có mảnh khôi phục: mất chùm khóa là mất mọi hồ sơ."),
            _("diemtua keys shares --need 3 --of 5, trước hồ sơ thật đầu tiên."),
        )
    return _("Có mảnh khôi phục chùm khóa")


def jobs() -> str:
    """Check that no job waits for too long."""
    waiting = _ask(
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
        " AND coalesce(scheduled_at, now()) < now() - interval '10 minutes'"
    )
    if waiting:
        raise Unwell(_("%d việc nền đợi hơn 10 phút.") % waiting, _("Chạy diemtua worker."))
    return _("Việc nền không bị dồn")


def static_files() -> str:
    """Check that styles and scripts are in place."""
    from diemtua.site import static_files as files  # noqa: PLC0415 - Django is set up by now

    if missing := files.missing():
        raise Unwell(_("Thiếu %d tệp tĩnh.") % len(missing), _("Chạy diemtua setup."))
    return _("Tệp tĩnh đầy đủ")


CHECKS: dict[str, Check] = {
    "database": database,
    "migrated": migrated,
    "app-role": app_role,
    "row-security": row_security,
    "asker-key": asker_key,
    "key-ring": key_ring,
    "secrets": secrets_shut,
    "recovery": recovery,
    "jobs": jobs,
    "static": static_files,
}
