"""Jobs are queued in the transaction, run as themselves, and say nothing of their arguments."""

import asyncio
import io
import json
import logging
import time
from uuid import UUID, uuid4

import pytest
import structlog
from django.db import connection, transaction
from procrastinate.blueprints import Blueprint
from procrastinate.contrib.django import app as django_app

from diemtua.foundation import logs
from diemtua.foundation.database.asker import asking, current
from diemtua.foundation.jobs import app as jobs

pytestmark = pytest.mark.django_db(transaction=True)
WHO = "SELECT diemtua.asker_job(), diemtua.asker_kind(), diemtua.asker_role()"


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def waiting():
    return ask(
        "SELECT status::text, attempts, args FROM procrastinate_jobs WHERE task_name LIKE 'tests:%'"
    )


def work():
    asyncio.run(jobs.work(wait=False))


@pytest.fixture
def made(monkeypatch):
    """Return a function that makes a job of this test."""
    names = []

    def make(name, function, **options):
        fresh = Blueprint()
        monkeypatch.setattr(jobs, "blueprint", fresh)
        one = jobs.job(name, **options)(function)
        django_app.add_tasks_from(fresh, namespace="tests")
        names.append(f"tests:{name}")
        return one

    yield make
    for name in names:
        del django_app.tasks[name]


@pytest.fixture
def noted(made):
    """A job that notes who asks PostgreSQL and what it was given."""
    ran = []
    one = made("tests.note", lambda **given: ran.append((*ask(WHO), current().job, given)))
    one.ran = ran
    return one


@pytest.fixture
def told(monkeypatch):
    """What the log is told: our events and other packages' lines, as they go out."""
    text = io.StringIO()
    processors = [*structlog.get_config()["processors"][:-1], structlog.processors.JSONRenderer()]
    ours = structlog.wrap_logger(structlog.PrintLogger(text), processors=processors)
    monkeypatch.setattr(jobs, "log", ours)
    theirs = logging.StreamHandler(text)
    theirs.setFormatter(logs.FramesOnlyFormatter("%(message)s"))
    logging.root.addHandler(theirs)
    yield text
    logging.root.removeHandler(theirs)


def test_it_runs_as_itself_once_a_worker_works(noted):
    key = uuid4()
    with transaction.atomic():
        noted.later(case_id=key, number=3, unit="c31120")
        assert noted.ran == []
    work()
    given = {"case_id": str(key), "number": 3, "unit": "c31120"}
    assert noted.ran == [(("tests.note", "job", None), "tests.note", given)]
    work()
    assert len(noted.ran) == 1
    assert waiting() == []  # done is done: nothing of it is kept


def test_what_is_rolled_back_is_not_queued(noted):
    with transaction.atomic():
        noted.later(number=1)
        transaction.set_rollback(True)
    assert waiting() == []
    work()
    assert noted.ran == []


def test_called_it_runs_now_and_the_asker_before_is_back(noted):
    noted(number=1)
    assert noted.ran == [(("tests.note", "job", None), "tests.note", {"number": 1})]
    assert ask(WHO) == [(None, None, None)]


def test_a_job_queues_another_in_its_own_transaction(made, noted):
    def first(is_undone):
        noted.later(number=2)
        if is_undone:
            raise RuntimeError

    one = made("tests.first", first)
    one.later(is_undone=True)
    work()
    assert noted.ran == []
    one.later(is_undone=False)
    work()
    work()  # a worker that does not wait has ended before the second was queued
    assert [run[2] for run in noted.ran] == [{"number": 2}]


def test_a_failure_is_tried_again_and_the_log_tells_neither_what_nor_whose(made, told):
    tries = []

    def fail(case_id):
        tries.append(UUID(case_id))
        raise ValueError("chị Lan, 0912345678")

    key = uuid4()
    made("tests.fail", fail).later(case_id=key)
    for attempt in range(1, 7):
        work()
        ask("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id > 0 RETURNING id")
        assert len(tries) == min(attempt, 6)
    assert str(key) not in told.getvalue()
    assert "Lan" not in told.getvalue()
    assert "0912345678" not in told.getvalue()
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert len(lines) == len(tries)
    assert (lines[0]["job"], lines[0]["error"]) == ("tests.fail", "builtins.ValueError")
    assert lines[0]["frames"][-1].endswith(":fail")


def test_a_failed_run_leaves_nothing_behind(made, noted):
    def half():
        noted.later(number=1)
        raise RuntimeError

    made("tests.half", half).later()
    work()
    assert [row[2] for row in waiting()] == ["{}"]
    assert noted.ran == []


def test_a_run_that_a_power_cut_broke_off_is_taken_up_again(noted):
    noted.later(number=7)
    ask(
        "WITH gone AS (INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - interval '1 hour') RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = gone.id FROM gone"
        " RETURNING procrastinate_jobs.id"
    )
    work()
    assert [run[2] for run in noted.ran] == [{"number": 7}]


@pytest.mark.parametrize(
    "bad", ["chị Lan", "lan@vi-du.example", "code\n", "", "x" * 65, 1.5, None, ["a"], {"a": 1}]
)
def test_text_about_a_person_is_not_queued(noted, bad):
    with pytest.raises(jobs.NotAnId):
        noted.later(value=bad)
    with pytest.raises(jobs.NotAnId):
        noted(value=bad)
    assert waiting() == []


def test_a_job_leaves_no_connection_behind(noted):
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    before = ask(count)
    for number in range(5):
        noted.later(number=number)
    work()
    assert len(noted.ran) == 5
    soon = time.monotonic() + 5  # the server lets go of a closed connection a moment later
    while ask(count) > before and time.monotonic() < soon:
        time.sleep(0.05)
    assert ask(count) == before


def test_the_periodic_jobs_of_the_house_are_known():
    periodic = {
        (task.task.name, task.cron) for task in django_app.periodic_registry.periodic_tasks.values()
    }
    assert {
        ("diemtua:audit.verify", "*/10 * * * *"),
        ("diemtua:live.prune", "17 * * * *"),
    } <= periodic


def test_inside_a_member_s_transaction_the_job_still_asks_as_itself(noted):
    from diemtua.foundation.database.asker import Asker, Kind

    with asking(Asker(kind=Kind.MEMBER, role="AUDITOR", user_id=uuid4())):
        noted(number=1)
        assert ask(WHO) == [(None, "member", "AUDITOR")]
    assert noted.ran[0][0] == ("tests.note", "job", None)
