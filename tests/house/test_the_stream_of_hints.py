"""The stream over HTTP: who is let in, what arrives, and what it holds while it waits."""

import asyncio

import pytest
from django.db import connections
from django.test import AsyncClient, Client
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.foundation.live.tests import lines

pytestmark = pytest.mark.django_db(transaction=True)


def _listener(role=Role.COUNSELLOR):
    """Return a signed-in browser for asynchronous requests, and the membership."""
    browser = Client()
    membership = signed_in(browser, role=role)
    client = AsyncClient()
    client.cookies = browser.cookies
    connections.close_all()
    return client, membership


async def _until(stream, wanted):
    """Return all that came until a piece of text is among it."""
    come = ""
    async with asyncio.timeout(lines.SOON):
        async for piece in stream:
            come += piece.decode()
            if wanted in come:
                break
    return come


def test_a_member_is_greeted_and_told():
    client, membership = _listener()

    async def story():
        response = await client.get(reverse("live:stream"))
        assert response.headers["Content-Type"] == "text/event-stream"
        assert response.headers["Cache-Control"] == "no-store"
        stream = response.streaming_content
        assert "event: hint\ndata: hello" in await _until(stream, "hello\n\n")
        await lines.tell((f"org:{membership.organisation_id}", "referral"))
        come = await _until(stream, "referral\n\n")
        assert come.startswith("id: ")
        assert str(membership.organisation_id) not in come
        await stream.aclose()

    asyncio.run(story())


def test_whoever_comes_back_is_told_what_was_missed():
    client, membership = _listener()

    async def story():
        response = await client.get(reverse("live:stream"))
        greeting = await _until(response.streaming_content, "hello\n\n")
        await response.streaming_content.aclose()
        last = greeting.partition("id: ")[2].partition("\n")[0]
        await lines.tell((f"user:{membership.user_id}", "duty"))
        again = await client.get(reverse("live:stream"), headers={"Last-Event-ID": last})
        come = await _until(again.streaming_content, "hello\n\n")
        assert f"id: {last}\nevent: hint\ndata: duty\n\n" in come
        await again.streaming_content.aclose()

    asyncio.run(story())


@pytest.mark.parametrize("last", ["x", "-1", "²", "9" * 30, "1 OR 1=1"])
def test_a_strange_number_is_no_number(last):
    client, _membership = _listener()

    async def story():
        response = await client.get(
            reverse("live:stream"), {"age": last}, headers={"Last-Event-ID": last}
        )
        assert "hello" in await _until(response.streaming_content, "hello\n\n")
        await response.streaming_content.aclose()

    asyncio.run(story())


def test_a_stranger_is_sent_to_sign_in():
    async def story():
        response = await AsyncClient().get(reverse("live:stream"))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/vao/")

    asyncio.run(story())


async def _settles_at(wanted):
    """Wait for so many connections: the server lets go of a closed one a moment later."""
    for _look in range(50):
        if await lines.apart(lines.connections_open) == wanted:
            return True
        await asyncio.sleep(0.1)
    return False


def test_waiting_holds_one_connection_for_all_and_none_for_each():
    client, _membership = _listener()

    async def story():
        before = await lines.apart(lines.connections_open)
        streams = []
        for _page in range(5):
            response = await client.get(reverse("live:stream"))
            await _until(response.streaming_content, "hello\n\n")
            streams.append(response.streaming_content)
        assert await _settles_at(before + 1)
        for stream in streams:
            await stream.aclose()

    asyncio.run(story())
