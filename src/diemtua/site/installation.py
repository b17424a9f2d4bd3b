"""Setting an installation up: database, roles, tables, keys, reference data, static files."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from diemtua.foundation.database import embedded, roles, secrets, urls
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

STAMP = "prepared.stamp"


def data_folder() -> Path:
    """Return the data folder, made when missing.

    Raises:
        Stop: it cannot be made or written; the sentence names it and the remedy.
    """
    folder = Path(os.environ.get("DIEMTUA_DATA", Path.cwd() / "var")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):  # of one's own: web server and worker both try
            pass
    except OSError as error:
        raise Stop(
            _(
                "Không ghi được vào thư mục dữ liệu %s. Cấp quyền ghi, hoặc chọn thư mục khác bằng DIEMTUA_DATA."
            )
            % folder
        ) from error
    return folder


def uses_embedded() -> bool:
    """Return whether the embedded server is used: no address of another one is given."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_APP_URL"))


@contextmanager
def running_database() -> Iterator[None]:
    """Have the database running during the block, then set Django up.

    The embedded server stops with the last process that uses it.

    Raises:
        Stop: the database cannot be started or reached; the sentence never shows a password.
    """
    folder = data_folder()
    server = None
    try:
        if uses_embedded():
            server = embedded.start(folder / "pg")
        import django  # noqa: PLC0415 - settings read the environment that the command has set

        django.setup()
        yield
    except urls.BadDatabaseUrl as error:
        raise Stop(str(error)) from error
    finally:
        _close_connections()
        if server is not None:
            server.stop()


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - may run before Django is set up

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has it


def maintenance_dsn() -> str:
    """Return the address of a login that may create roles: the embedded superuser or DATABASE_URL."""
    folder = data_folder()
    if uses_embedded():
        return make_conninfo(host=urls.socket_folder(folder), dbname="postgres", user="postgres")
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise Stop(
            _(
                "Lệnh này cần DATABASE_URL với tài khoản tạo được vai trò; DATABASE_APP_URL không đủ."
            )
        )
    return url


def prepare(*, say: Callable[[str], None]) -> None:
    """Bring the database, keys, reference data and static files to this version; repeat without harm.

    Each step is complete in itself, so that a run which was cut short heals on the next.

    Raises:
        Stop: a step cannot be done; the sentence says which and why.
    """
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415

    wanted = fingerprint()
    stamp = Path(settings.DIEMTUA_DATA) / STAMP
    if stamp.exists() and stamp.read_text() == wanted and _is_migrated():
        return
    say(_("· Cơ sở dữ liệu và vai trò"))
    _prepare_roles(settings.DATABASES["default"]["NAME"], settings.DATABASES["default"]["PASSWORD"])
    say(_("· Bảng và khóa hàng"))
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    with owner_connection() as owner:
        roles.tell_asker_key(owner, secrets.asker_key())
    say(_("· Dữ liệu tham chiếu"))
    from diemtua.site.loading import load_reference_data  # noqa: PLC0415

    load_reference_data(using="owner")
    say(_("· Tệp tĩnh"))
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def _prepare_roles(database: str, app_password: str) -> None:
    try:
        roles.prepare(
            maintenance_dsn(),
            database=database,
            passwords=roles.Passwords(app=app_password or None),
        )
    except psycopg.Error as error:
        raise Stop(
            _("Không chuẩn bị được cơ sở dữ liệu: %s") % (error.sqlstate or type(error).__name__)
        ) from error
    with owner_connection() as owner:
        roles.grant(owner, database=database)


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """Open a connection of its own that acts as the owner role, in autocommit."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    database = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(maintenance_dsn(), dbname=database, autocommit=True) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(roles.OWNER)))
        yield connection


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
        _close_connections()
    if pending:
        raise Stop(_("Cơ sở dữ liệu chưa ở phiên bản này. Chạy trước: diemtua setup"))
