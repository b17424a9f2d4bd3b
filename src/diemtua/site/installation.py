"""Setting an installation up: roles, tables, keys, reference data, static files."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import fasteners
import psycopg

from diemtua.foundation.database import roles, secrets
from diemtua.site import own_server, reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

STAMP, LOCK = "prepared.stamp", "prepared.lock"


def prepare(*, say: Callable[[str], None]) -> None:
    """Bring the database, keys, reference data and static files to this version; repeat without harm.

    Each step is complete in itself, so that a run which was cut short heals on the next. Two runs at
    once wait for each other.

    Raises:
        Stop: a step cannot be done; the sentence says which and why.
    """
    folder = reaching.data_folder()
    with fasteners.InterProcessLock(folder / LOCK):
        wanted, stamp = fingerprint(), folder / STAMP
        if not (stamp.exists() and stamp.read_text() == wanted and _is_migrated()):
            _prepare(say)
            stamp.write_text(wanted)
        # Also when nothing else is to be done: the database may have come from another installation.
        with reaching.owner_connection() as owner:
            roles.tell_asker_key(owner, secrets.asker_key())


def _prepare(say: Callable[[str], None]) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from diemtua.site import static_files  # noqa: PLC0415 - as above
    from diemtua.site.loading import load_reference_data  # noqa: PLC0415 - as above

    say(_("· Cơ sở dữ liệu và vai trò"))
    make_roles()
    with reaching.owner_connection() as owner:
        roles.grant(owner, database=reaching.database_name())
    say(_("· Bảng và khóa hàng"))
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    say(_("· Dữ liệu tham chiếu"))
    load_reference_data(using="owner")
    say(_("· Tệp tĩnh"))
    static_files.collect()


def make_roles() -> None:
    """Make the two roles and the database, where they are missing.

    Raises:
        Stop: this login may not, or the server refuses.
    """
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    own, dsn = settings.DATABASES["default"], reaching.maintenance_dsn()
    try:
        roles.prepare(
            dsn if reaching.uses_embedded() else own_server.where_to_prepare(dsn),
            database=own["NAME"],
            passwords=roles.Passwords(app=own.get("PASSWORD") or None),
        )
    except psycopg.errors.InsufficientPrivilege as error:
        raise Stop(
            _(
                "Tài khoản trong DATABASE_URL chưa đủ quyền: cần CREATEROLE và CREATEDB, hoặc để người quản trị PostgreSQL tạo sẵn hai vai trò (xem deploy/README.md)."
            )
        ) from error
    except psycopg.Error as error:
        raise Stop(
            _("Không chuẩn bị được cơ sở dữ liệu: %s") % (error.sqlstate or type(error).__name__)
        ) from error


def fingerprint() -> str:
    """Return what identifies this version of code, schema and assets for `prepare`."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if "tests" in path.parts or "__pycache__" in path.parts or not path.is_file():
            continue
        is_schema = "migrations" in path.parts
        if (
            is_schema
            or "static" in path.parts
            or path.suffix in {".toml", ".mo"}
            or path.name == "loading.py"
        ):
            stat = path.stat()
            digest.update(f"{path.relative_to(root)}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def _is_migrated() -> bool:
    from django.db import OperationalError, ProgrammingError, connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connections["owner"])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (OperationalError, ProgrammingError):
        return False


def require_ready() -> None:
    """Refuse to run on a database that was not set up for this version; leave no connection open.

    The web server forks its workers. A pool that was opened before the fork keeps its threads in
    the parent: a worker that inherited it could never open a second connection.

    Raises:
        Stop: `diemtua setup` must run first.
    """
    from django.db import DatabaseError, connections  # noqa: PLC0415 - Django is set up by now
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connections["default"])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Stop(
            _("Không vào được cơ sở dữ liệu. Kiểm tra DATABASE_URL, rồi chạy: diemtua setup")
        ) from error
    finally:
        reaching.close_connections()
    if pending:
        raise Stop(_("Cơ sở dữ liệu chưa ở phiên bản này. Chạy trước: diemtua setup"))


def require_nobody_real() -> None:
    """Refuse to mix invented people with real ones: the demo signs anybody in by one tap.

    Raises:
        Stop: a body here is a real one.
    """
    from diemtua.accounts.models import Organisation  # noqa: PLC0415 - Django is set up by now

    if Organisation.objects.using("owner").filter(is_sample=False).exists():
        raise Stop(
            _(
                "Cơ sở dữ liệu này có đơn vị thật: không trộn với dữ liệu mẫu. Chọn thư mục khác bằng DIEMTUA_DATA, hoặc bỏ DATABASE_URL."
            )
        )
