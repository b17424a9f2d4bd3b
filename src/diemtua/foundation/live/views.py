"""The stream of hints to an open page."""

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from diemtua.foundation import doors
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import hub, topics
from diemtua.foundation.live.policies import MAY_LISTEN
from diemtua.foundation.refusals import NotForYou

HEARTBEAT_SECONDS = 20
MOST_DIGITS = 18  # of a transaction number; PostgreSQL's bigint holds them
LONGEST_SECONDS = 600  # then the browser comes back, and is asked again whether it may


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Send hints as server-sent events; holds no database connection while it waits."""
    answer = await sync_to_async(doors.who_asks)(request, MAY_LISTEN)
    if isinstance(answer, HttpResponseBase):
        return answer
    if not MAY_LISTEN.lets_in(answer):
        return await sync_to_async(doors.refused)(request, NotForYou())
    last_id, age = request.headers.get("Last-Event-ID", ""), request.GET.get("age", "")
    response = StreamingHttpResponse(
        _events(answer, since=_number(last_id), age=_number(age) or 0),
        content_type="text/event-stream",
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


stream.door_policy = MAY_LISTEN  # type: ignore[attr-defined]  # the door, opened by hand


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


async def _events(asker: Asker, *, since: int | None, age: int) -> AsyncIterator[bytes]:
    own = topics.of(asker)
    async with hub.hub().listening(own) as listener:
        events, horizon = await sync_to_async(_missed)(own, since, min(age, LONGEST_SECONDS))
        yield b"retry: 2000\n\n"
        for event in events:  # should the line break among these, all of them come again
            yield _line(event, since)
        yield _line("hello", horizon)
        until = asyncio.get_running_loop().time() + LONGEST_SECONDS
        while asyncio.get_running_loop().time() < until:
            try:
                hint = await asyncio.wait_for(listener.next(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield b": ping\n\n"
                continue
            yield _line(hint.event, hint.horizon)


def _missed(own: frozenset[str], since: int | None, age: int) -> tuple[list[str], int]:
    """Return what was missed, and give the connection back: Django would keep it until the end."""
    try:
        return hub.missed(own, since, seconds=age)
    finally:
        close_old_connections()


def _line(event: str, horizon: int | None) -> bytes:
    number = "" if horizon is None else f"id: {horizon}\n"
    return f"{number}event: hint\ndata: {event}\n\n".encode()
