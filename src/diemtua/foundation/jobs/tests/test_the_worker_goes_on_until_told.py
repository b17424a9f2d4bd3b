import asyncio
import os
import signal

import psycopg
import pytest

from diemtua.foundation.jobs import app as jobs


def told_after(rounds, *, ends):
    """Return a stand-in for a round of work that ends as given, and what it counted."""
    begun = []

    async def work(*, concurrency):
        begun.append(concurrency)
        if len(begun) == rounds:
            os.kill(os.getpid(), signal.SIGTERM)
            try:
                await asyncio.sleep(30)
            finally:
                begun.append("finished what had begun")
        if isinstance(ends, Exception):
            raise ends

    return work, begun


@pytest.mark.parametrize("ends", [psycopg.OperationalError("gone"), None], ids=["broken", "ended"])
def test_it_begins_anew_when_the_database_was_away(monkeypatch, ends):
    work, begun = told_after(3, ends=ends)
    monkeypatch.setattr(jobs, "work", work)
    monkeypatch.setattr(jobs, "RETRY_SECONDS", 0.01)
    jobs.run_worker(concurrency=2)
    assert begun == [2, 2, 2, "finished what had begun"]


def test_a_signal_also_ends_the_wait_for_the_database(monkeypatch):
    async def work(*, concurrency):
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGINT)
        raise psycopg.OperationalError

    monkeypatch.setattr(jobs, "work", work)
    monkeypatch.setattr(jobs, "RETRY_SECONDS", 60)
    jobs.run_worker()


def test_what_takes_too_long_does_not_hold_up_the_end(monkeypatch):
    left = []

    async def work(*, concurrency):
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0.5)

    monkeypatch.setattr(jobs, "work", work)
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(jobs, "_leave", lambda: left.append("left"))
    jobs.run_worker()
    assert left == ["left"]
