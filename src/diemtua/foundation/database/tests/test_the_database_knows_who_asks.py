import uuid

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from diemtua.foundation.database import asker as askers
from diemtua.foundation.database.asker import SETTING, Asker, Kind, asking
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


def member(**changes):
    fields = {"kind": Kind.MEMBER, "role": "SUPERVISOR", "user_id": uuid.uuid4(), "unit": "p92"}
    return Asker(**(fields | changes))


def ask(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def test_without_an_asker_the_database_knows_nobody():
    assert ask("SELECT diemtua.asker_role()") is None
    assert ask("SELECT diemtua.asker_kind()") is None


def test_inside_asking_the_database_knows_role_user_and_unit():
    someone = member()
    with asking(someone):
        assert ask("SELECT diemtua.asker_role()") == "SUPERVISOR"
        assert ask("SELECT diemtua.asker_user()") == someone.user_id
        assert ask("SELECT diemtua.asker_unit()") == "p92"
        assert ask("SELECT diemtua.asker_organisation()") is None


def test_after_an_inner_asking_the_outer_asker_is_back():
    with asking(member(role="LEADER")):
        with asking(member(role="COUNSELLOR")):
            assert ask("SELECT diemtua.asker_role()") == "COUNSELLOR"
        assert ask("SELECT diemtua.asker_role()") == "LEADER"
    assert ask("SELECT diemtua.asker_role()") is None


def test_a_changed_text_names_nobody():
    with asking(member(role="LEADER")):
        told = ask("SELECT current_setting(%s)", SETTING)
        ask("SELECT set_config(%s, %s, true)", SETTING, told.replace("LEADER", "SUPERVISOR"))
        assert ask("SELECT diemtua.asker_role()") is None


def here():
    return {"backend_pid": ask("SELECT pg_backend_pid()"), "began": ask("SELECT diemtua.began()")}


def told(text):
    ask("SELECT set_config(%s, %s, true)", SETTING, text)
    return ask("SELECT diemtua.asker_role()")


def test_a_text_sealed_for_this_connection_and_transaction_names_its_asker():
    assert told(askers.sealed(member(role="LEADER"), **here())) == "LEADER"


def test_a_text_sealed_for_another_connection_names_nobody():
    assert told(askers.sealed(member(), **here() | {"backend_pid": 1})) is None


def test_a_text_seen_in_an_earlier_transaction_of_the_connection_names_nobody():
    earlier = here() | {"began": ask("SELECT diemtua.began()") - 1}
    assert told(askers.sealed(member(), **earlier)) is None


@pytest.mark.django_db(transaction=True)
def test_what_another_session_sees_go_by_serves_it_nothing():
    with psycopg.connect(**app_login()) as one, psycopg.connect(**app_login()) as spy:
        where = one.execute("SELECT pg_backend_pid(), diemtua.began()").fetchone()
        text = askers.sealed(member(role="SUPERVISOR"), backend_pid=where[0], began=where[1])
        # Written out, as Django sends it: every session of the app role sees the others' statements.
        one.execute(f"SELECT set_config('{SETTING}', '{text}', true)")
        assert one.execute("SELECT diemtua.asker_role()").fetchone() == ("SUPERVISOR",)
        seen = spy.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s", [where[0]]
        ).fetchone()
        one.commit()
        assert seen is not None
        one.execute(f"SELECT set_config('{SETTING}', '{text}', true)")
        assert one.execute("SELECT diemtua.asker_role()").fetchone() == (None,)


def app_login():
    given = connection.get_connection_params()
    kept = {key: given[key] for key in ("dbname", "host", "port", "password") if given.get(key)}
    return kept | {"user": "diemtua_app"}


def test_the_app_role_makes_nothing_of_its_own():
    for statement in (
        "CREATE TEMP TABLE mine (x int)",
        "CREATE TYPE pg_temp.uuid AS (x text)",
        "CREATE TABLE public.mine (x int)",
        "CREATE FUNCTION diemtua.mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA mine",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask(statement)


def test_a_type_that_a_session_brings_along_changes_no_answer():
    """Were it ever let make temporary types: a cast of its own must not say who asks."""
    with as_owner():
        ask("SELECT 1")
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TYPE pg_temp.uuid AS (x text);"
                "CREATE FUNCTION pg_temp.mine(text) RETURNS pg_temp.uuid LANGUAGE sql"
                " AS 'SELECT row($1)::pg_temp.uuid';"
                "CREATE FUNCTION pg_temp.other(pg_temp.uuid) RETURNS pg_catalog.uuid LANGUAGE sql"
                f" AS 'SELECT ''{uuid.UUID(int=255)}''::pg_catalog.uuid';"
                "CREATE CAST (text AS pg_temp.uuid) WITH FUNCTION pg_temp.mine(text);"
                "CREATE CAST (pg_temp.uuid AS pg_catalog.uuid)"
                " WITH FUNCTION pg_temp.other(pg_temp.uuid) AS ASSIGNMENT;"
            )
        who = member()
        told(askers.sealed(who, **here()))
        assert ask("SELECT diemtua.asker_user()") == who.user_id


def test_the_app_role_cannot_read_the_seal_key():
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("SELECT inner_pad FROM diemtua.asker_key")


def test_a_separator_inside_a_field_is_refused():
    with pytest.raises(ValueError, match="separator"):
        askers.sealed(member(role="SUPERVISOR|x"), backend_pid=1, began=1)


def test_the_tests_run_as_the_app_role():
    assert ask("SELECT current_user") == "diemtua_app"


def test_an_error_that_was_caught_on_the_way_is_named_at_the_end():
    with pytest.raises(askers.RefusalSwallowed, match="Look for the first error"), asking(member()):  # noqa: SIM117 - the inner one ends first
        with pytest.raises(ProgrammingError):
            ask("SELECT no_such_column")
    assert askers.current() is None


def test_an_error_in_a_savepoint_of_its_own_harms_nothing():
    with asking(member(role="LEADER")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask("SELECT no_such_column")
        assert ask("SELECT diemtua.asker_role()") == "LEADER"
