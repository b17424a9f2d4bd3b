"""Background jobs: procrastinate on the house's own database, each run with an asker of its own."""

import asyncio
import atexit
import logging
import os
import re
import signal
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.blueprints import Blueprint

from diemtua.foundation.database.asker import asking, job_asker

log = structlog.get_logger()
CODE = re.compile(r"[A-Za-z0-9_.:\-]{1,64}")
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
RETRY_SECONDS = 2.0
PATIENCE_SECONDS = 4.0
SILENCE_SECONDS = 30.0  # after which a worker counts as gone

blueprint = Blueprint()


class NotAnId(TypeError):
    """A job was given something else than ids and codes; a person's data must not wait in a queue."""


class Job:
    """A named job: ``later`` queues a run in the current transaction, calling it runs it now."""

    def __init__(self, name: str, run: Callable[..., None], task: Any) -> None:
        self.name = name
        self._run = run
        self._task = task

    def later(self, **ids: UUID | int | str) -> None:
        """Queue a run; it starts only if the transaction commits.

        Raises:
            NotAnId: an argument is not an id, a number or a short code.
        """
        self._task.defer(**{name: _plain(value) for name, value in ids.items()})

    def __call__(self, **ids: UUID | int | str) -> None:
        """Run now, as the job."""
        self._run(**{name: _plain(value) for name, value in ids.items()})


def _plain(value: object) -> int | str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value)):
        return value
    raise NotAnId("Jobs take ids and codes only.")


def job(
    name: str, *, queue: str = "default", cron: str | None = None
) -> Callable[[Callable[..., None]], Job]:
    """Make a function a job of this dotted name; ``cron`` runs it periodically.

    Each run is one transaction in which the job itself asks; a failure is logged by its frames,
    never by its message, and tried again up to five times.
    """

    def make(function: Callable[..., None]) -> Job:
        @wraps(function)
        def run(**arguments: Any) -> None:
            arguments.pop("timestamp", None)
            try:
                with asking(job_asker(name)):
                    function(**arguments)
            except Exception:
                log.exception("job.failed", job=name)
                raise

        task = blueprint.task(name=name, queue=queue, retry=RETRY, queueing_lock=None)(run)
        if cron is not None:
            task = blueprint.periodic(cron=cron)(task)
        return Job(name, run, task)

    return make


def on_ready(app: Any) -> None:
    """Hand our jobs to procrastinate once Django is ready, and keep their arguments out of the log."""
    app.add_tasks_from(blueprint, namespace="diemtua")
    logging.getLogger("procrastinate.worker").addFilter(_is_about_no_job)  # noqa: TID251 - its log, not ours


def _is_about_no_job(record: logging.LogRecord) -> bool:
    # Its lines about a job hold the arguments and the failure's message; ours say which job failed.
    return not hasattr(record, "job")


def run_worker(*, concurrency: int = 2) -> None:
    """Work until told to stop (SIGTERM or SIGINT), finishing what has begun if it is soon done."""
    asyncio.run(_until_told(concurrency))


async def _until_told(concurrency: int) -> None:
    """Work, also after the database was away for a while, until a signal says to stop."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    listening = asyncio.create_task(told.wait())
    while not told.is_set():
        working = asyncio.create_task(work(concurrency=concurrency))
        await asyncio.wait({working, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not told.is_set():
            log.warning("job.worker-broke-off", error=_name_of_failure(working))
            await asyncio.wait({listening}, timeout=RETRY_SECONDS)
        working.cancel()
        await asyncio.wait({working}, timeout=PATIENCE_SECONDS)
        if not working.done():
            _leave()


def _leave() -> None:
    """End at once: the database undoes what had begun, and the next worker takes it up again."""
    log.warning("job.left-undone")
    atexit._run_exitfuncs()  # noqa: SLF001 - a job's thread would hold up any other way out
    os._exit(0)


def _name_of_failure(ended: asyncio.Task[None]) -> str:
    failure = ended.exception()
    return type(failure).__name__ if failure else "connection"


async def work(*, concurrency: int = 2, wait: bool = True) -> None:
    """Run the jobs that wait, and with ``wait`` those that come; a cancel lets the begun ones end."""
    from procrastinate.contrib.django import app as django_app  # noqa: PLC0415 - once apps are loaded

    # The worker fetches over connections of its own; a job that queues another still does so in its
    # own transaction, by Django's connection. So does the timetable, in a thread that keeps one.
    worker_app = django_app.with_connector(django_app.connector.get_worker_connector())
    await sync_to_async(close_old_connections)()  # it may have broken since the last time
    try:
        async with worker_app.open_async():
            await _take_up_again(worker_app)
            watching = asyncio.create_task(_watch(worker_app))
            try:
                await worker_app.run_worker_async(
                    concurrency=concurrency,
                    wait=wait,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                )
            finally:
                watching.cancel()
    finally:
        await sync_to_async(close_old_connections)()


async def _watch(worker_app: Any) -> None:
    # A worker that was killed and came back at once is not yet known to be gone when it begins.
    while True:
        await asyncio.sleep(SILENCE_SECONDS)
        await _take_up_again(worker_app)


async def _take_up_again(worker_app: Any) -> None:
    """Queue again what a worker had begun that then fell silent, as after a power cut."""
    for stalled in await worker_app.job_manager.get_stalled_jobs():
        log.warning("job.taken-up-again", job=stalled.task_name)
        await worker_app.job_manager.retry_job(stalled)
