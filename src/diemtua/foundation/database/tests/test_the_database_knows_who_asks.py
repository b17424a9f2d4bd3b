import uuid

import pytest
from django.db import connection

from diemtua.foundation.database import asker as askers
from diemtua.foundation.database.asker import SETTING, Asker, Kind, asking

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


def test_a_text_sealed_for_another_connection_names_nobody():
    elsewhere = askers.sealed(member(), backend_pid=1)
    ask("SELECT set_config(%s, %s, true)", SETTING, elsewhere)
    assert ask("SELECT diemtua.asker_role()") is None


def test_the_app_role_cannot_read_the_seal_key():
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("SELECT inner_pad FROM diemtua.asker_key")


def test_a_separator_inside_a_field_is_refused():
    with pytest.raises(ValueError, match="separator"):
        askers.sealed(member(role="SUPERVISOR|x"), backend_pid=1)


def test_the_tests_run_as_the_app_role():
    assert ask("SELECT current_user") == "diemtua_app"
