"""A body that is too large is refused by its announced length, before a byte of it is read."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.utils import translation
from django.utils.html import format_html

from diemtua.foundation.vault.errors import FileTooLarge

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]
type Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

PAGE = (
    '<!doctype html><html lang="{}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{}</title><h1>{}</h1><p>{}</p></html>'
)


class BodyLimit:
    """Let through what fits into memory; the same limit keeps uploads off the disk.

    A body without an announced length is counted while it comes, and cut off at the limit.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that it is too large."""
        limit = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if _announced(scope) > limit:
            await _refuse(scope, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= limit else {"type": "http.disconnect"}

        await self.application(scope, counted, send)
        if taken > limit:  # the application was told that the browser went away, and said nothing
            await _refuse(scope, send)


def _announced(scope: dict[str, Any]) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(scope: dict[str, Any], send: Send) -> None:
    language = translation.get_language_from_request(ASGIRequest(scope, BytesIO()))
    with translation.override(language):
        megabytes = settings.DIEMTUA_ATTACHMENT_BYTES // (1024 * 1024)
        refusal = FileTooLarge(limit=megabytes)
        page = format_html(PAGE, language, refusal.says, refusal.says, refusal.advises).encode()
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(page)),
        "content-security-policy": "default-src 'none'",
        "cache-control": "no-store",
        "connection": "close",
    }
    await send(
        {
            "type": "http.response.start",
            "status": refusal.status,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": page})
