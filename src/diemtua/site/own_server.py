"""A PostgreSQL of the city's own: does it let us in, and if not, why; never with the password."""

import socket

import psycopg
from psycopg.conninfo import make_conninfo

from diemtua.foundation.database import urls
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

SECONDS = 5
MAINTENANCE = "postgres"  # the database that every server has


def require(url: str) -> None:
    """Refuse with one sentence when nobody can log in at this address.

    A server that lets us in but has no such database yet is reached: setup makes it.

    Raises:
        Stop: the sentence says which of server, login and password it is.
        BadDatabaseUrl: it is no address of a PostgreSQL.
    """
    parts = urls.from_url(url)
    if _lets_in(url) or _lets_in(url, dbname=MAINTENANCE):
        return
    host, port = parts["HOST"] or "localhost", int(parts["PORT"] or 5432)
    if not _listens(host, port):
        raise Stop(
            _(
                "Không có PostgreSQL nào trả lời ở %s, cổng %d. Kiểm tra địa chỉ trong DATABASE_URL, máy chủ và tường lửa."
            )
            % (host, port)
        )
    raise Stop(
        _(
            "PostgreSQL ở %s từ chối tài khoản %s: sai mật khẩu, chưa có tài khoản, hoặc pg_hba.conf chưa cho vào cơ sở dữ liệu %s. Ký tự đặc biệt trong mật khẩu phải viết dạng %%40, %%3A, %%2F."
        )
        % (host, parts["USER"] or "?", parts["NAME"])
    )


def where_to_prepare(url: str) -> str:
    """Return the address to prepare from: the database itself, or the server's own until it is made."""
    return url if _lets_in(url) else make_conninfo(url, dbname=MAINTENANCE)


def what_is_wrong(error: urls.BadDatabaseUrl) -> str:
    """Return what is wrong with an address that cannot be read."""
    match error:
        case urls.AnotherEngine():
            return _(
                "DATABASE_URL phải bắt đầu bằng postgresql:// ; Điểm Tựa chỉ chạy trên PostgreSQL 15 trở lên."
            )
        case urls.NameMissing():
            return _("DATABASE_URL thiếu tên cơ sở dữ liệu: postgresql://…/TÊN.")
        case _other:
            return _(
                "Cổng trong DATABASE_URL không phải là số từ 1 đến 65535. Ký tự : / @ trong mật khẩu phải viết là %3A, %2F, %40."
            )


def _lets_in(url: str, **instead: str) -> bool:
    try:
        psycopg.connect(make_conninfo(url, connect_timeout=SECONDS, **instead)).close()
    except psycopg.OperationalError:
        return False
    return True


def _listens(host: str, port: int) -> bool:
    try:
        if host.startswith("/"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(f"{host}/.s.PGSQL.{port}")
        else:
            socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError:
        return False
    return True
