"""The data folder, and the database that belongs with it: started or reached, with one sentence if not."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from diemtua.foundation.database import embedded, roles, urls
from diemtua.site import own_server
from diemtua.site.cli_language import gettext as _
from diemtua.site.cli_language import wanted
from diemtua.site.stops import Stop

NOT_SET_UP = {"42P01", "3F000", "42883", "42703"}  # no such table, schema, function, column


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
def running_database(*, set_up: bool = False) -> Iterator[None]:
    """Have the database running during the block, then set Django up.

    The embedded server stops with the last process that uses it. What the database or a rule of the
    house refuses inside the block becomes one sentence. With ``set_up`` the block needs what
    `diemtua setup` makes: that is seen at once, before a pool of connections waits for it.

    Raises:
        Stop: the database cannot be started or reached; the sentence never shows a password.
    """
    server = _reach(data_folder())
    try:
        import django  # noqa: PLC0415 - settings read the environment that the command has set

        django.setup()
        with _in_one_sentence():
            if set_up:
                _require_set_up()
            yield
    finally:
        close_connections()
        if server is not None:
            server.stop()


def _reach(folder: Path) -> embedded.Embedded | None:
    """Start the embedded server, or make sure that the other one lets us in."""
    try:
        if uses_embedded():
            return embedded.start(folder / "pg")
        own_server.require(os.environ.get("DATABASE_URL") or os.environ["DATABASE_APP_URL"])
    except embedded.PathTooLong as error:
        raise Stop(
            _(
                "Đường dẫn thư mục dữ liệu quá dài (%s). Chọn đường dẫn không quá %d ký tự bằng DIEMTUA_DATA."
            )
            % (folder, error.longest - len("/pg"))
        ) from error
    except embedded.DoesNotStart as error:
        raise Stop(
            _("Máy chủ PostgreSQL nhúng không khởi động được. Xem %s.") % error.log
        ) from error
    except urls.BadDatabaseUrl as error:
        raise Stop(own_server.what_is_wrong(error)) from error
    return None


def _require_set_up() -> None:
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    own = settings.DATABASES["default"]
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    given = {names[name]: value for name, value in own.items() if name in names and value}
    options = {name: value for name, value in own["OPTIONS"].items() if name != "pool"}
    try:
        with psycopg.connect(**given, **options, connect_timeout=own_server.SECONDS) as connection:
            connection.execute("SELECT FROM django_migrations LIMIT 1")
    except psycopg.Error as error:
        raise Stop(
            _("Không vào được cơ sở dữ liệu. Kiểm tra DATABASE_URL, rồi chạy: diemtua setup")
        ) from error


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    from django.db import InterfaceError, OperationalError, ProgrammingError  # noqa: PLC0415
    from django.utils.translation import override  # noqa: PLC0415 - Django is set up by now

    from diemtua.foundation.refusals import Refusal  # noqa: PLC0415 - as above

    try:
        yield
    except Refusal as refusal:
        with override(wanted()):
            raise Stop(f"{refusal.says} {refusal.advises}") from refusal
    except (ProgrammingError, psycopg.ProgrammingError) as error:
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        if getattr(cause, "sqlstate", None) not in NOT_SET_UP:
            raise
        raise Stop(_("Cơ sở dữ liệu chưa ở phiên bản này. Chạy trước: diemtua setup")) from error
    except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
        raise Stop(
            _("Cơ sở dữ liệu không trả lời hoặc không cho vào. Chạy diemtua doctor để xem vì sao.")
        ) from error


def close_connections() -> None:
    """Close what this process holds open at the database."""
    from django.db import connections  # noqa: PLC0415 - may run before Django is set up

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has it


def may_act_as_owner() -> bool:
    """Return whether this process can act as the database's owner: DATABASE_APP_URL alone cannot."""
    return uses_embedded() or bool(os.environ.get("DATABASE_URL"))


def maintenance_dsn() -> str:
    """Return the address of a login that may create roles: the embedded superuser or DATABASE_URL.

    Raises:
        Stop: only DATABASE_APP_URL is given.
    """
    if uses_embedded():
        return make_conninfo(
            host=urls.socket_folder(data_folder()), dbname="postgres", user="postgres"
        )
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise Stop(
            _(
                "Lệnh này cần DATABASE_URL với tài khoản tạo được vai trò; DATABASE_APP_URL không đủ."
            )
        )
    return url


def database_name() -> str:
    """Return the name of the database."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    return str(settings.DATABASES["default"]["NAME"])


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """Open a connection of its own that acts as the owner role, in autocommit."""
    with psycopg.connect(maintenance_dsn(), dbname=database_name(), autocommit=True) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(roles.OWNER)))
        yield connection
