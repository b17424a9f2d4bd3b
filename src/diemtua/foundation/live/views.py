"""The stream of hints to an open page."""

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from diemtua.foundation import doors
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import hub, topics
from diemtua.foundation.live.policies import MAY_LISTEN
from diemtua.foundation.refusals import NotForYou

HEARTBEAT_SECONDS = 20
LONGEST_SECONDS = 600  # then the browser comes back, and is asked again whether it may


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Send hints as server-sent events; holds no database connection while it waits."""
    answer = await sync_to_async(doors.who_asks)(request, MAY_LISTEN)
    if isinstance(answer, HttpResponseBase):
        return answer
    if not MAY_LISTEN.lets_in(answer):
        return await sync_to_async(doors.refused)(request, NotForYou())
    response = StreamingHttpResponse(
        _events(answer, request.headers.get("Last-Event-ID", "")), content_type="text/event-stream"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


stream.door_policy = MAY_LISTEN  # type: ignore[attr-defined]  # the door, opened by hand


async def _events(asker: Asker, last_id: str) -> AsyncIterator[bytes]:
    own = topics.of(asker)
    async with hub.hub().listening(own) as listener:
        since = int(last_id) if last_id.isdigit() else None
        events, horizon = await sync_to_async(hub.missed)(
            own, since if since is not None else 1 << 62
        )
        yield b"retry: 2000\n" + _line("hello", horizon)
        for event in events:
            yield _line(event, horizon)
        until = asyncio.get_running_loop().time() + LONGEST_SECONDS
        while asyncio.get_running_loop().time() < until:
            try:
                hint = await asyncio.wait_for(listener.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield b": ping\n\n"
                continue
            yield _line(hint.event, hint.horizon)


def _line(event: str, horizon: int) -> bytes:
    return f"id: {horizon}\nevent: hint\ndata: {event}\n\n".encode()
