"""One LISTEN connection per process, fanned out to every open page.

A listener is an asyncio queue; thousands of idle ones cost one database connection. Each hint goes
out with a *horizon*, a transaction number: every hint that the page has not had yet was said by
that transaction or a later one. It is the oldest transaction that was still running when the hints
*before* these were read; the page may be cut off between two hints of one reading. A page that
comes back with its last horizon is told everything at or above it: nothing is lost, however
transactions overlap; some hints come twice, which does no harm.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from django.db import connections

log = structlog.get_logger()
CHANNEL = "diemtua_live"
RETRY_SECONDS = 1.0
LOOK_SECONDS = 20
COMMIT_SECONDS = 2  # how much older than its commit a hint may be: as long as a request takes


@dataclass(frozen=True, slots=True)
class Hint:
    """An event as it goes out to a page."""

    event: str
    horizon: int


@dataclass(eq=False, slots=True)
class Listener:
    """One open page: its topics and what waits to be sent to it."""

    topics: frozenset[str]
    _waiting: "asyncio.Queue[Hint]" = field(default_factory=asyncio.Queue)
    _events: set[str] = field(default_factory=set)

    def offer(self, topic: str, hint: Hint) -> None:
        """Let the hint wait when the topic is ours and no hint of the same event waits already."""
        if topic in self.topics and hint.event not in self._events:
            self._events.add(hint.event)
            self._waiting.put_nowait(hint)

    async def next(self) -> Hint:
        """Wait for the next hint and return it."""
        hint = await self._waiting.get()
        self._events.discard(hint.event)
        return hint


def dsn() -> dict[str, Any]:
    """Return how to reach the database for a connection of our own, outside of the pool."""
    parameters = dict(connections["default"].get_connection_params())
    for name in ("cursor_factory", "context", "prepare_threshold", "pool"):
        parameters.pop(name, None)
    return parameters


class Hub:
    """The listeners of one process and the connection that wakes them."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._seen: int | None = None
        self._recent: set[int] = set()
        self.ready = asyncio.Event()

    @asynccontextmanager
    async def listening(self, topics: frozenset[str]) -> AsyncIterator[Listener]:
        """Listen to topics during the block; the first listener opens the connection."""
        listener = Listener(topics)
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            await asyncio.wait_for(self.ready.wait(), timeout=10)
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners and self._task is not None:
                self._task.cancel()
                self._task = None
                self.ready.clear()
                self._seen = None

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except psycopg.Error:
                log.warning("live.connection-lost")
                await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(**dsn(), autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            if self._seen is None:
                self._seen = await _horizon(connection)
            self.ready.set()
            await self._pass_on(connection)
            while True:
                # The connection cannot be asked anything before the notices have been read to the end;
                # and it is asked now and then without a notice, should one have been lost.
                async for _notice in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    pass
                await self._pass_on(connection)

    async def _pass_on(self, connection: psycopg.AsyncConnection) -> None:
        since = self._seen or 0
        horizon = await _horizon(connection)
        rows = await (
            await connection.execute(
                "SELECT id, topic, event FROM live_event WHERE xact >= %s ORDER BY id", [since]
            )
        ).fetchall()
        fresh = [row for row in rows if row[0] not in self._recent]
        for _id, topic, event in fresh:
            for listener in tuple(self._listeners):
                listener.offer(topic, Hint(event, since))
        self._recent = {row[0] for row in rows}
        self._seen = horizon


async def _horizon(connection: psycopg.AsyncConnection) -> int:
    row = await (
        await connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    ).fetchone()
    return int(row[0]) if row else 0


def missed(topics: frozenset[str], since: int | None, *, seconds: int = 0) -> tuple[list[str], int]:
    """Return the events of these topics since a horizon, and the horizon of now.

    A page that comes for the first time has no horizon; it says how many seconds old it is.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = int(cursor.fetchone()[0])
        where, value = "xact >= %s", since
        if since is None:
            where, value = "at >= now() - make_interval(secs => %s)", seconds + COMMIT_SECONDS
        cursor.execute(
            f"SELECT DISTINCT event FROM live_event WHERE {where} AND topic = ANY(%s)",  # noqa: S608 - one of two texts above
            [value, list(topics)],
        )
        return sorted(row[0] for row in cursor.fetchall()), horizon


_hubs: dict[int, Hub] = {}


def hub() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    for known in [key for key in _hubs if key != id(loop)]:
        del _hubs[known]  # a loop that ended; tests make many
    return _hubs.setdefault(id(loop), Hub())
