"""Tests run on a real PostgreSQL, as the application's own role, with row-level security on.

A template database is built once per set of migrations (tables, policies, reference data) and
copied for each worker. The test connection logs in as a role that may act as ``app`` or as
``owner``; it acts as ``app`` unless a test or a factory asks for ``as_owner()``.

``DIEMTUA_TEST_DATABASE_URL`` (a superuser's address) runs the same tests on another PostgreSQL.
"""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
os.environ["DIEMTUA_TEST"] = "1"
os.environ["DIEMTUA_DATA"] = os.environ.get("DIEMTUA_TEST_DATA") or str(
    ROOT / "var" / "test" / "data"
)
for _name in ("DATABASE_URL", "DATABASE_APP_URL", "DIEMTUA_DEMO"):
    os.environ.pop(_name, None)
# Named here, not in pyproject.toml: pytest-django would load the settings before the data folder is.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")

import psycopg  # noqa: E402
import pytest  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

hypothesis_settings.register_profile("house", deadline=None, max_examples=50)
hypothesis_settings.load_profile("house")
TESTER = "diemtua_tester"


def pytest_configure():
    """Serve static files by their plain names (none are collected yet); seal session cookies."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    from diemtua.accounts.tests.cookies import teach_the_test_client

    teach_the_test_client()


def _server_dsn() -> str:
    url = os.environ.get("DIEMTUA_TEST_DATABASE_URL")
    if url:
        return url
    from diemtua.foundation.database import embedded

    folder = Path(os.environ.get("DIEMTUA_TEST_PG") or ROOT / "var" / "test" / "pg")
    server = embedded.start(folder, disposable=True)
    return server.dsn(dbname="postgres", user="postgres")


def _fingerprint() -> str:
    from diemtua.foundation.database import secrets

    digest = hashlib.sha256(secrets.asker_key())  # the template knows the key that seals who asks
    for path in sorted((ROOT / "src").rglob("*")):
        is_schema = "migrations" in path.parts and path.suffix in {".py", ".sql"}
        is_reference = "reference" in path.parts and path.suffix == ".toml"
        if is_schema or is_reference or path.name == "loading.py":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def server_dsn():
    """The superuser's address of the PostgreSQL under test."""
    return _server_dsn()


@pytest.fixture(scope="session")
def django_db_setup(server_dsn, worker_id, django_db_blocker):
    """Give this worker its own copy of the migrated template database."""
    from django.db import connections

    template = f"diemtua_template_{_fingerprint()}"
    database = f"diemtua_test_{os.environ.get('DIEMTUA_TEST_SUFFIX', '')}{worker_id}_{os.getpid()}"
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(726354)")  # one worker builds, the others wait
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template]
        ).fetchone():
            with django_db_blocker.unblock():
                _build_template(connection, server_dsn, template)
        connection.execute("SELECT pg_advisory_unlock(726354)")

    def fresh_copy(_test=None):
        _close(connections)
        with psycopg.connect(server_dsn, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            connection.execute(
                f"CREATE DATABASE {database} TEMPLATE {template} OWNER diemtua_owner"
            )
            # A copy forgets who may do what with the database itself; see roles.grant.
            connection.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
            connection.execute(f"GRANT CONNECT ON DATABASE {database} TO diemtua_app")

    fresh_copy()
    _point_at(connections, server_dsn, database, user=TESTER, role="diemtua_app")
    # A test that commits (``django_db(transaction=True)``) is followed by a fresh copy: Django's
    # flush would need the owner's rights and would take the reference data away.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.TransactionTestCase._fixture_teardown", fresh_copy)
        yield
    _close(connections)
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def _build_template(connection, server_dsn, template):
    from django.core.management import call_command
    from django.db import connections

    from diemtua.foundation.database import roles, secrets

    building = f"{template}_building"
    for (old,) in connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'diemtua_template_%'"
    ).fetchall():
        connection.execute(f"ALTER DATABASE {old} IS_TEMPLATE false")
        connection.execute(f"DROP DATABASE {old} WITH (FORCE)")
    roles.prepare(server_dsn, database=building)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [TESTER]).fetchone():
        connection.execute(f"CREATE ROLE {TESTER} LOGIN")
        connection.execute(f"GRANT diemtua_app, diemtua_owner TO {TESTER}")
    with psycopg.connect(server_dsn, dbname=building, autocommit=True) as owner:
        owner.execute("SET ROLE diemtua_owner")
        roles.grant(owner, database=building)
    _point_at(connections, server_dsn, building, user=TESTER, role="diemtua_owner")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    from diemtua.site import loading

    loading.load_reference_data(using="owner")
    _close(connections)
    with psycopg.connect(server_dsn, dbname=building, autocommit=True) as owner:
        owner.execute("SET ROLE diemtua_owner")
        roles.tell_asker_key(owner, secrets.asker_key())
        owner.execute("RESET ROLE")
        owner.execute("VACUUM ANALYZE")
    connection.execute(f"ALTER DATABASE {building} RENAME TO {template}")
    connection.execute(f"ALTER DATABASE {template} IS_TEMPLATE true")


def _close(connections):
    for alias in connections:
        connections[alias].close()


def _point_at(connections, server_dsn, database, *, user, role):
    parts = psycopg.conninfo.conninfo_to_dict(server_dsn)
    for alias in ("default", "owner"):
        connection = connections[alias]
        connection.close()
        values = {
            "NAME": database,
            "USER": user,
            "HOST": parts.get("host", ""),
            "PORT": str(parts.get("port", "")),
            "PASSWORD": parts.get("password", "") or "",
            "OPTIONS": {"options": f"-c role={role if alias == 'default' else 'diemtua_owner'}"},
        }
        connection.settings_dict.update(values)
        connections.settings[alias].update(values)


@pytest.fixture
def as_owner(db):
    """A context manager: inside it the test acts as the database's owner (for factories)."""
    from diemtua.foundation.database.testing import as_owner

    return as_owner
