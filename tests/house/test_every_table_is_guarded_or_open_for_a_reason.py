import pytest
from django.apps import apps
from django.db import connection

from diemtua.foundation.database.tables import declared

pytestmark = pytest.mark.django_db


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, "
            "  (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid), "
            "  pg_get_userbyid(c.relowner) "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
        return {name: (guarded, policies, owner) for name, guarded, policies, owner in cursor}


def test_every_table_is_in_the_registry():
    missing = sorted(set(tables()) - set(declared()))
    assert missing == [], f"declare these with @protected or @open_table / site.tables: {missing}"


def test_every_declared_table_exists():
    assert sorted(set(declared()) - set(tables())) == []


def test_every_protected_table_has_row_level_security_and_a_policy():
    real = tables()
    bare = [
        name
        for name, declaration in declared().items()
        if declaration.is_protected and not (real[name][0] and real[name][1])
    ]
    assert bare == []


def test_no_open_table_pretends_to_be_guarded():
    real = tables()
    assert [n for n, d in declared().items() if not d.is_protected and real[n][0]] == []


def test_the_app_role_owns_nothing_and_cannot_bypass():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE relowner = r.oid),"
            " rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
            " (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid)"
            " FROM pg_roles r WHERE rolname = 'diemtua_app'"
        )
        assert cursor.fetchone() == (0, False, False, False, False, 0)


def test_without_an_asker_every_protected_table_reads_empty():
    for name, declaration in declared().items():
        if declaration.is_protected:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, 'SELECT')", [f"public.{name}"]
                )
                if not cursor.fetchone()[0]:
                    continue
                cursor.execute(f'SELECT count(*) FROM "{name}"')
                assert cursor.fetchone() == (0,), name


def test_no_function_is_led_astray_by_what_a_session_brings_along():
    """Parsed when it was made, or reading names where we said, temporary ones last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE (n.nspname = 'diemtua' OR p.prosecdef AND n.nspname = 'public')"
            " AND p.prosqlbody IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM unnest(coalesce(p.proconfig, '{}')) c"
            "                 WHERE c ~ '^search_path=pg_catalog(, public)?, pg_temp$')"
        )
        assert cursor.fetchall() == []


def test_every_model_of_ours_is_declared():
    ours = [m for m in apps.get_models() if m.__module__.startswith("diemtua.")]
    assert [m._meta.label for m in ours if m._meta.db_table not in declared()] == []
