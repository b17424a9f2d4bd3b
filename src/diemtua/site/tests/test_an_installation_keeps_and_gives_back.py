import re
import shutil
import stat
import tarfile
from datetime import UTC, datetime

import pytest
from psycopg import sql

from diemtua.foundation.database import roles
from diemtua.foundation.vault import keys
from diemtua.site import backups
from diemtua.site.stops import Stop
from diemtua.site.tests.city import City, free_port

COUNT = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname IN ('public', 'diemtua') ORDER BY 1
"""
LEFT_BEHIND = {
    "diemtua.asker_key",
    "public.django_session",
    "public.usersessions_usersession",
    "public.site_cache",
}
BY_TIME = {"public.procrastinate_workers"}


@pytest.fixture(scope="module")
def city():
    """A city with forty invented cases, its shares printed."""
    made = City()
    made.do("seed", "--cases", "40")
    with made.running():
        yield from prepared(made)
    made.clear_away()


def prepared(made):
    made.do("keys", "rotate")
    made.shares = re.findall(
        r"^\d/3  (.+)$", made.do("keys", "shares", "--need", "2", "--of", "3"), re.MULTILINE
    )
    yield made


@pytest.fixture(scope="module")
def backup(city):
    city.do("backup", str(city.data / "a.tar"))
    return city.data / "a.tar"


@pytest.fixture
def machine():
    """A new machine with nothing on it."""
    new = City()
    yield new
    new.clear_away()


def rows_of(city):
    with city.database() as database:
        tables = [name for (name,) in database.execute(COUNT).fetchall()]
        return {
            name: database.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.SQL(name))
            ).fetchone()[0]
            for name in tables
        }


def test_a_backup_holds_the_database_and_no_key(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with tarfile.open(backup) as archive:
        assert archive.getnames() == ["manifest.json", "database.dump"]
    assert not [path for path in backup.parent.iterdir() if path.name.startswith(".diemtua-")]


def test_a_backup_comes_back_whole_on_a_new_machine_by_shares_alone(city, backup, machine):
    own = keys.Ring.fresh(datetime(2026, 11, 24, tzinfo=UTC)).to_json()  # made there meanwhile
    (machine.data / "secrets").mkdir(mode=0o700)
    (machine.data / "secrets" / "keyring.json").write_text(own)
    (machine.data / "secrets" / "keyring.json").chmod(0o600)
    recover = ("keys", "recover", "--sealed", str(city.data / "secrets" / "keyring.sealed"))
    typed = "\n".join(city.shares[1:]) + "\n\n"
    with machine.running():
        code, said = machine.try_to("restore", str(backup))
        assert (code, "không mở được hồ sơ trong bản sao" in said) == (1, True)
        code, said = machine.try_to(*recover, typed=typed)
        assert (code, "đang có một chùm khóa" in said) == (1, True)
        machine.do(*recover, "--replacing", typed=typed)
        assert (machine.data / "secrets" / "keyring.json.before-recovery").read_text() == own

        machine.do("restore", str(backup))
        assert machine.doctor() == {}
        require_the_same_rows(city, machine)
        assert "Chuỗi nguyên vẹn" in machine.do("audit", "verify")
        code, said = machine.try_to("restore", str(backup))
        assert (code, "đã có dữ liệu" in said) == (1, True)


def require_the_same_rows(city, machine):
    before, after = rows_of(city), rows_of(machine)
    assert before.keys() == after.keys()
    assert after.pop("public.audit_entry") == before.pop("public.audit_entry") + 1  # the restore
    assert {name for name in before if before[name] != after[name]} <= LEFT_BEHIND | BY_TIME
    assert after["public.casework_case"] == 40


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "a.tar").write_bytes(b"no archive")
    with pytest.raises(Stop, match="không phải là bản sao lưu"):
        backups._unpack(tmp_path / "a.tar", tmp_path)


def test_real_people_and_invented_ones_are_not_mixed(city):
    with city.database(user=roles.OWNER) as database:
        database.execute(
            "UPDATE accounts_organisation SET is_sample = false WHERE id ="
            " (SELECT id FROM accounts_organisation LIMIT 1)"
        )
    try:
        code, said = city.try_to("demo", "--no-browser", "--port", str(free_port()))
        assert (code, "có đơn vị thật" in said) == (1, True)
    finally:
        with city.database(user=roles.OWNER) as database:
            database.execute("UPDATE accounts_organisation SET is_sample = true")


def test_the_doctor_finds_each_thing_that_is_broken(city, machine):
    shutil.copytree(city.data / "secrets", machine.data / "secrets")
    shutil.copytree(city.data / "static", machine.data / "static")
    assert city.doctor() == {}
    secrets, static = city.data / "secrets", city.data / "static"
    with city.database() as database:
        database.execute("ALTER ROLE diemtua_app CREATEDB")
        database.execute("ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY")
        database.execute("DELETE FROM django_migrations WHERE app = 'live'")
        database.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('default', 'x', now() - interval '1 hour')"
        )
    (secrets / "asker.key").write_bytes(b"x" * 32)
    (secrets / "keyring.json").unlink()
    (secrets / "keyring.sealed").unlink()
    secrets.chmod(0o755)
    next(static.rglob("*.css")).rename(static / "gone")
    (static / "staticfiles.json").rename(static / "gone.json")
    try:
        assert set(city.doctor()) == {
            "app-role", "row-security", "migrated", "jobs", "asker-key", "key-ring", "recovery",
            "secrets", "static",
        }  # fmt: skip
    finally:
        shutil.rmtree(secrets)
        (machine.data / "secrets").rename(secrets)
        shutil.rmtree(static)
        (machine.data / "static").rename(static)
        with city.database() as database:
            database.execute("ALTER ROLE diemtua_app NOCREATEDB")
            database.execute("ALTER TABLE casework_case ENABLE ROW LEVEL SECURITY")
            database.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'x'")
