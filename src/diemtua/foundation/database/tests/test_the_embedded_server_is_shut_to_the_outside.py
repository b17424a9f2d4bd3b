import stat

import psycopg
import pytest

from diemtua.foundation.database import embedded, roles, secrets, urls


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = embedded.start(tmp_path_factory.mktemp("e") / "pg", disposable=True)
    yield running
    running.stop()


def superuser(server):
    return psycopg.connect(server.dsn(dbname="postgres", user="postgres"), autocommit=True)


def test_no_tcp_port_is_open(server):
    with superuser(server) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_folder_and_socket_are_the_owner_s_alone(server):
    from pathlib import Path

    folder = Path(server.socket_dir)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_its_log_never_holds_a_query_s_values(server):
    with superuser(server) as connection:
        assert connection.execute("SHOW log_parameter_max_length_on_error").fetchone() == ("0",)
        assert connection.execute("SHOW log_min_error_statement").fetchone() == ("panic",)


def test_a_path_too_long_for_a_socket_gets_one_clear_sentence(tmp_path):
    with pytest.raises(OSError, match="too long for a Unix socket"):
        embedded.start(tmp_path / ("x" * 120) / "pg")


def test_preparing_twice_harms_nothing_and_the_app_role_has_no_power(server):
    dsn = server.dsn(dbname="postgres", user="postgres")
    roles.prepare(dsn, database="twice")
    roles.prepare(dsn, database="twice")
    with psycopg.connect(server.dsn(dbname="twice", user=roles.APP)) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (x int)")
        app.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(f"SET ROLE {roles.OWNER}")


def test_secrets_are_made_once_with_mode_0600(tmp_path):
    place = tmp_path / "secrets"
    first = secrets.keep_in(place, "one.key", size=32)
    assert secrets.keep_in(place, "one.key", size=32) == first
    assert len(first) == 32
    assert stat.S_IMODE((place / "one.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [p.name for p in place.iterdir()] == ["one.key"]


def test_an_address_of_another_engine_is_refused_by_name():
    with pytest.raises(urls.BadDatabaseUrl, match="postgresql://"):
        urls.from_url("mysql://u:secret@h/x")
    with pytest.raises(urls.BadDatabaseUrl, match="missing its NAME") as caught:
        urls.from_url("postgresql://u:secret@h")
    assert "secret" not in str(caught.value)


def test_an_address_is_read_whole():
    read = urls.from_url("postgresql://an:m%40t@db.local:5433/dt?sslmode=require")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "an", "m@t", "db.local", "5433", "dt",
    )  # fmt: skip
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_the_app_logs_in_with_its_own_password_at_the_owner_s_address(tmp_path):
    made = urls.configure("postgresql://boss:pw@h/dt", None, data=tmp_path, pool={"max_size": 2})
    assert made["default"]["USER"] == roles.APP
    assert made["default"]["PASSWORD"] not in ("", "pw")
    assert made["default"]["OPTIONS"]["pool"] == {"max_size": 2}
    assert made["owner"]["USER"] == "boss"
    assert made["owner"]["OPTIONS"]["options"] == f"-c role={roles.OWNER}"
