"""The two database roles: ``owner`` migrates and backs up, ``app`` serves and owns nothing."""

from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

OWNER = "diemtua_owner"
APP = "diemtua_app"
PAD = 64  # block size of SHA-256, the width of HMAC's pads


@dataclass(frozen=True, slots=True)
class Passwords:
    """Passwords of the two roles; None where the socket's folder already keeps others out."""

    owner: str | None = None
    app: str | None = None


def prepare(maintenance_dsn: str, *, database: str, passwords: Passwords | None = None) -> None:
    """Create the two roles and the database, owned by the owner role; repeat without harm.

    ``maintenance_dsn`` is a login that may create roles and databases, or any login that is the owner
    role where roles and database are there already. The app role may neither create roles nor
    databases, is no member of the owner and cannot bypass row-level security.

    Raises:
        psycopg.errors.InsufficientPrivilege: something is missing that this login may not make.
    """
    passwords = passwords or Passwords()
    with psycopg.connect(maintenance_dsn, autocommit=True) as connection:
        _ensure_role(connection, OWNER, passwords.owner)
        _ensure_role(connection, APP, passwords.app)
        _let_login_become_owner(connection)
        _ensure_database(connection, database)


def _let_login_become_owner(connection: psycopg.Connection) -> None:
    # PostgreSQL 16 split "may become" from "is a member of"; 15 knows membership alone.
    right = "SET" if connection.info.server_version >= 160_000 else "MEMBER"  # noqa: PLR2004
    may = connection.execute("SELECT pg_has_role(current_user, %s, %s)", [OWNER, right]).fetchone()
    if may is None or not may[0]:
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def _ensure_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if not exists:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    if _has_too_much(connection, role):
        connection.execute(
            sql.SQL(
                "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            ).format(sql.Identifier(role))
        )
    if password is not None:
        _ensure_password(connection, role, password)


def _ensure_password(connection: psycopg.Connection, role: str, password: str) -> None:
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    try:
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))
    except psycopg.errors.InsufficientPrivilege:
        # Made by whoever keeps the server: then it must have this password already.
        known = connection.info.get_parameters() | {"user": role, "password": password}
        try:
            psycopg.connect(make_conninfo(**known)).close()
        except psycopg.OperationalError:
            pass
        else:
            return
        raise


def _has_too_much(connection: psycopg.Connection, role: str) -> bool:
    row = connection.execute(
        "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
        " OR NOT rolcanlogin FROM pg_roles WHERE rolname = %s",
        [role],
    ).fetchone()
    return row is not None and bool(row[0])


def _ensure_database(connection: psycopg.Connection, database: str) -> None:
    owner = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if owner == (OWNER,):
        return
    if owner:
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
                sql.Identifier(database), sql.Identifier(OWNER)
            )
        )
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
            sql.Identifier(database), sql.Identifier(OWNER)
        )
    )


def grant(owner_connection: psycopg.Connection, *, database: str) -> None:
    """Let the app role use, never own, what the owner made and will make.

    Tables that allow less (insert only, read only) take the rest away in their own migration.
    """
    for statement in (
        "REVOKE ALL ON DATABASE {db} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {db} TO {app}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ):
        owner_connection.execute(
            sql.SQL(statement).format(db=sql.Identifier(database), app=sql.Identifier(APP))
        )


def tell_asker_key(owner_connection: psycopg.Connection, key: bytes) -> None:
    """Show the database the key that seals who is asking; only the owner can read it there."""
    padded = key.ljust(PAD, b"\0")
    inner = bytes(byte ^ 0x36 for byte in padded)
    outer = bytes(byte ^ 0x5C for byte in padded)
    owner_connection.execute(
        "INSERT INTO diemtua.asker_key (only_row, inner_pad, outer_pad) VALUES (true, %s, %s)"
        " ON CONFLICT (only_row) DO UPDATE"
        " SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
        [inner, outer],
    )
