"""Two gigabytes are refused by their announced length; without one they are cut off at the limit."""

import asyncio

from django.conf import settings

from diemtua.site.body_limit import BodyLimit


def answer(*, length, pieces=(), language=b"vi"):
    """Return the answer to a request, how much of its body was read, and how much came through."""
    sent, read, through = [], 0, 0
    waiting = list(pieces)

    async def receive():
        nonlocal read
        piece = waiting.pop(0) if waiting else b""
        read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    async def application(_scope, receive, send):
        nonlocal through
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            through += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    headers = [(b"cookie", b"lang=" + language)]
    headers += [(b"content-length", str(length).encode())] if length is not None else []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": headers,
        "query_string": b"",
    }
    asyncio.run(BodyLimit(application)(scope, receive, send))
    return sent, read, through


def test_two_gigabytes_are_refused_in_one_sentence_before_a_byte_is_read():
    sent, read, _through = answer(length=2 * 1024**3, pieces=[b"x" * 1024])
    assert sent[0]["status"] == 413 and read == 0
    assert "Tệp lớn hơn 20 MB." in sent[1]["body"].decode()


def test_it_is_said_in_the_language_of_the_reader():
    sent, _read, _through = answer(length=2 * 1024**3, language=b"en")
    assert 'lang="en"' in sent[1]["body"].decode()


def test_a_body_without_a_length_is_cut_off_at_the_limit():
    megabyte = b"x" * 1024 * 1024
    sent, read, through = answer(length=None, pieces=[megabyte] * 64)
    assert [message.get("status") for message in sent if "status" in message] == [413]
    assert through <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE < read < 24 * 1024 * 1024


def test_what_fits_passes():
    sent, _read, through = answer(length=3, pieces=[b"abc"])
    assert sent[0]["status"] == 200 and through == 3
