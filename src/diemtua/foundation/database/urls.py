"""Where the database is: the embedded server's socket, or the URL the city gives."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from diemtua.foundation.database import roles, secrets

NAME = "diemtua"


class BadDatabaseUrl(ValueError):
    """A database address that cannot be used; its message says what is wrong, never the password."""


class AnotherEngine(BadDatabaseUrl):
    """The address is not of a PostgreSQL."""


class NameMissing(BadDatabaseUrl):
    """The address names no database."""


class PortUnreadable(BadDatabaseUrl):
    """The address holds something else than a number where its port stands."""


def configure(
    owner_url: str | None, app_url: str | None, *, data: Path, pool: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return Django's ``DATABASES``: ``default`` logs in as the app role, ``owner`` acts as the owner.

    Without a URL both are the embedded server in ``data/pg``, by its socket. With ``owner_url``
    alone, the app role logs in at the same address with the password that `diemtua setup` made.
    With ``app_url`` alone, this process can serve and work, but not set up or back up.
    """
    if not owner_url and not app_url:
        socket = socket_folder(data)
        app = _base() | {"NAME": NAME, "USER": roles.APP, "HOST": socket}
        owner = _base() | {"NAME": NAME, "USER": roles.OWNER, "HOST": socket}
    else:
        owner = from_url(owner_url or app_url or "")
        app = from_url(app_url) if app_url else _as_app(owner, data)
        if owner_url:
            owner["OPTIONS"] = {**owner["OPTIONS"], "options": f"-c role={roles.OWNER}"}
    app["OPTIONS"] = {**app["OPTIONS"], "pool": pool}
    owner["CONN_MAX_AGE"] = 0
    return {"default": app, "owner": owner}


def _as_app(owner: dict[str, Any], data: Path) -> dict[str, Any]:
    password = secrets.keep_in(data / "secrets", "app-role.password", size=24).hex()
    return owner | {"USER": roles.APP, "PASSWORD": password, "OPTIONS": dict(owner["OPTIONS"])}


def socket_folder(data: Path) -> str:
    """Return the folder of the embedded server's socket, as its pid file says; else the data folder.

    The fifth line of ``postmaster.pid`` is the socket's folder (PostgreSQL manual, 66.1).
    """
    pid_file = data / "pg" / "postmaster.pid"
    try:
        lines = pid_file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return str(data / "pg")
    return lines[4] if len(lines) > 4 and lines[4] else str(data / "pg")  # noqa: PLR2004 - fifth line


def _base() -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:password@host:port/name?option=…``.

    Raises:
        BadDatabaseUrl: the scheme is not PostgreSQL's, the database has no name, or the port is none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise AnotherEngine(
            "DATABASE_URL must begin with postgresql:// ; Điểm Tựa runs on PostgreSQL 15 or newer only."
        )
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise NameMissing(
            "DATABASE_URL names no database: postgresql://…/NAME is missing its NAME."
        )
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", "")
    try:
        port = str(parts.port or port)
    except ValueError as error:
        raise PortUnreadable(
            "The port in DATABASE_URL is no number between 1 and 65535. A sign such as : / @ in the"
            " password must be written as %3A, %2F, %40."
        ) from error
    return _base() | {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }
