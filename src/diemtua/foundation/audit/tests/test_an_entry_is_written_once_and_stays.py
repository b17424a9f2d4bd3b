from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from diemtua.foundation.audit import services
from diemtua.foundation.audit.models import Checkpoint, Entry, Lane
from diemtua.foundation.audit.tests import factories
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE audit_entry SET action = 'other'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "UPDATE audit_checkpoint SET entries = 0",
    "DELETE FROM audit_checkpoint",
    "TRUNCATE audit_checkpoint",
]
BY_HAND = [
    *CHANGES,
    "UPDATE audit_lane SET seq = 0",
    "DELETE FROM audit_lane",
    "TRUNCATE audit_lane",
    "INSERT INTO audit_lane (lane, seq, hash) VALUES (64, 0, '')",
    "INSERT INTO audit_checkpoint (at, entries, heads, prev_hash, hash) VALUES (now(), 0, '{}', '', '')",
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
]
INSERT = (
    "INSERT INTO audit_entry (lane, seq, at, kind, role, job, action, subject_label, subject_id,"
    " why, screen, request_id, details, prev_hash, hash{more}) VALUES (9, 99, '2020-01-01', 'job',"
    " 'AUDITOR', 'audit.verify', 'x', '', '', '', '', '', '{{}}', '', ''{values})"
)


def refused(sql):
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("sql", BY_HAND)
def test_the_application_changes_nothing_of_it(sql):
    factories.many(2)
    factories.bind()
    with asking(factories.WATCHER):
        refused(sql)


@pytest.mark.parametrize("sql", CHANGES)
def test_nor_does_the_owner(sql):
    factories.many(2)
    factories.bind()
    with as_owner():
        refused(sql)


def test_who_and_when_and_where_postgresql_says_not_the_writer():
    worker = factories.member(screen="case", request_id="ab12")
    pretended = factories.member("AUDITOR", screen="case", request_id="ab12")
    with asking(worker):
        services.write(asker=pretended, action="tests.done", subject=("casework.Case", uuid4()))
    with asking(factories.WATCHER):
        entry = Entry.objects.get(action="tests.done")
    assert (entry.kind, entry.role) == ("member", "CASE_WORKER")
    assert (entry.user_id, entry.membership_id) == (worker.user_id, worker.membership_id)
    assert entry.organisation_id == worker.organisation_id
    assert (entry.screen, entry.request_id, entry.job) == ("case", "ab12", "")


def test_what_raw_sql_pretends_is_overwritten():
    worker = factories.member()
    with asking(worker), connection.cursor() as cursor:
        cursor.execute(INSERT.format(more="", values=""))
    with asking(factories.WATCHER):
        entry = Entry.objects.get(action="x")
    assert (entry.kind, entry.role, entry.job) == ("member", "CASE_WORKER", "")
    assert (entry.user_id, entry.at.year == 2020, entry.seq) == (worker.user_id, False, 1)
    assert factories.verified().is_whole


def test_a_temporary_table_of_the_same_name_does_not_stand_in_for_the_lanes():
    with as_owner(), connection.cursor() as cursor:  # the app role may not make one
        cursor.execute("CREATE TEMP TABLE audit_lane ON COMMIT DROP AS SELECT 0 AS lane, 0 AS seq")
        cursor.execute("GRANT ALL ON pg_temp.audit_lane TO diemtua_app")
    with asking(factories.member()), connection.cursor() as cursor:
        cursor.execute(INSERT.format(more="", values=""))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.audit_lane")
    assert factories.verified().entries == 1


@pytest.mark.parametrize("column", ["id", "user_id", "membership_id", "organisation_id"])
def test_a_writer_chooses_neither_number_nor_person(column):
    value = "1000" if column == "id" else f"'{uuid4()}'"
    with asking(factories.member()):
        refused(INSERT.format(more=f", {column}", values=f", {value}"))


def test_without_an_asker_nobody_is_named():
    services.write(asker=None, action="tests.done")
    assert factories.as_owner_ask("SELECT kind, role, user_id, job FROM audit_entry") == [
        ("", "", None, "")
    ]


def test_what_is_rolled_back_leaves_no_gap():
    factories.many(3)
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.many(2)
        raise RuntimeError
    factories.many(3)
    report = factories.verified()
    assert (report.is_whole, report.entries) == (True, 6)


@pytest.mark.parametrize(
    "bad",
    [
        {"action": "a sentence"},
        {"action": ""},
        {"action": "code\n"},
        {"why": "chị Lan gọi"},
        {"why": "0912345678"},
        {"note": "Nguyễn Thị Lan"},
        {"note": "lan@vi-du.example"},
        {"note": "0912.345.678"},
        {"note": "092190000123"},
        {"note": "x" * 65},
        {"note": {"name": "Lan"}},
        {"note": ["Lan"]},
        {"note": 1.5},
        {"tên": "lan"},
        {"subject": ("casework.Case of Lan", uuid4())},
    ],
)
def test_text_that_a_person_typed_is_refused(bad):
    worker = factories.member()
    with pytest.raises(services.NotACode), asking(worker), transaction.atomic():
        services.write(**{"asker": worker, "action": "tests.done", **bad})


@pytest.mark.parametrize(
    "good", ["CT-26-000123", "2026-11-23", "2026-Q4R", "c31120", "p92.old", ""]
)
def test_codes_numbers_and_yes_or_no_are_taken(good):
    factories.write(note=good, count=3, whole=True, nothing=None)
    ((details,),) = factories.as_owner_ask("SELECT details::text FROM audit_entry")
    assert f'"note": "{good}"' in details


READERS = {"DATA_PROTECTION_OFFICER", "AUDITOR"}
ROLES = [
    "COUNSELLOR", "CASE_WORKER", "PERPETRATOR_WORKER", "SUPERVISOR", "PROVIDER",
    "COMMUNE_OFFICER", "COMMITTEE_SECRETARY", "LEADER", "ADMINISTRATOR", *READERS,
]  # fmt: skip


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_watchers_read_it(role):
    factories.many(2)
    factories.bind()
    with asking(factories.member(role)):
        seen = [model.objects.exists() for model in (Entry, Lane, Checkpoint)]
    assert seen == [role in READERS] * 3


@pytest.mark.parametrize("asker", [PUBLIC, job_asker("live.prune"), None], ids=str)
def test_nor_the_public_nor_another_job_nor_nobody(asker):
    factories.many(2)
    factories.bind()
    if asker is None:
        assert not Entry.objects.exists()
        return
    with asking(asker):
        assert not any(model.objects.exists() for model in (Entry, Lane, Checkpoint))
