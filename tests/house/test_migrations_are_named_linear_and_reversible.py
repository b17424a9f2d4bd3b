import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL


def ours():
    loader = MigrationLoader(None)
    return {
        key: migration
        for key, migration in loader.disk_migrations.items()
        if type(migration).__module__.startswith("diemtua.")
    }


def test_every_migration_is_named_by_intent():
    assert [key for key in ours() if "_auto_" in key[1] or key[1].endswith("_initial")] == []


def test_migrations_of_a_room_form_one_line():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


def test_every_migration_can_be_undone():
    one_way = [
        key
        for key, migration in ours().items()
        for operation in migration.operations
        if isinstance(operation, RunSQL | RunPython) and not operation.reversible
    ]
    assert one_way == []


@pytest.mark.django_db(transaction=False)
def test_models_and_migrations_are_in_step():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.vendor == "postgresql"
