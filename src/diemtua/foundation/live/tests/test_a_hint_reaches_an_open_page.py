"""A hint that is told in a transaction reaches the pages that are open on its topic."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction

from diemtua.foundation.live import services
from diemtua.foundation.live.hub import Hub

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 5


def _tell(topic, event):
    try:
        with transaction.atomic():
            services.tell(topic, event=event)
    finally:
        connection.close()  # this thread's own


async def _next(listener):
    return (await asyncio.wait_for(listener.queue.get(), SOON)).event


def test_one_hint_after_the_other_arrives_and_no_other_topic_s():
    async def story():
        hub = Hub()
        async with hub.listening(frozenset({"figures"})) as listener:
            for event in ("first", "second", "third"):
                await sync_to_async(_tell, thread_sensitive=False)("org:x", "not-ours")
                await sync_to_async(_tell, thread_sensitive=False)("figures", event)
                assert await _next(listener) == event
            assert listener.queue.empty()

    asyncio.run(story())


def test_every_open_page_hears_over_one_connection():
    async def story():
        hub = Hub()
        async with (
            hub.listening(frozenset({"a"})) as one,
            hub.listening(frozenset({"a", "b"})) as two,
        ):
            await sync_to_async(_tell, thread_sensitive=False)("a", "for-both")
            assert [await _next(one), await _next(two)] == ["for-both", "for-both"]
            await sync_to_async(_tell, thread_sensitive=False)("b", "for-one")
            assert await _next(two) == "for-one"
            assert one.queue.empty()

    asyncio.run(story())
