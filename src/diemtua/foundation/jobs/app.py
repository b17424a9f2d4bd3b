"""Background jobs: procrastinate on the house's own database, each run with an asker of its own."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.blueprints import Blueprint

from diemtua.foundation.database.asker import asking, job_asker

log = structlog.get_logger()
CODE = re.compile(r"^[A-Za-z0-9_.:\-]{1,64}$")
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)

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
    if isinstance(value, int) or (isinstance(value, str) and CODE.match(value)):
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
    """Hand our jobs to procrastinate once Django is ready."""
    app.add_tasks_from(blueprint, namespace="diemtua")


def run_worker(*, concurrency: int = 2) -> None:
    """Work until told to stop (SIGTERM or SIGINT), finishing what has begun."""
    import asyncio  # noqa: PLC0415 - only the worker runs a loop

    from procrastinate.contrib.django import app as procrastinate_app  # noqa: PLC0415 - apps are loaded

    async def work() -> None:
        worker_app = procrastinate_app.with_connector(
            procrastinate_app.connector.get_worker_connector()
        )
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=concurrency, install_signal_handlers=True, delete_jobs="successful"
            )

    asyncio.run(work())
