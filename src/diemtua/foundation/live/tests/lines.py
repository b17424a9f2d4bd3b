"""Telling from another thread and listening, for the tests of the hints."""

import asyncio
from contextlib import suppress

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection, transaction

from diemtua.foundation.live import services
from diemtua.foundation.live.hub import dsn

SOON = 5
A_MOMENT = 0.3


class Undone(Exception):
    pass


async def apart(work, *arguments, **named):
    """Run the work in a thread that gives its connection back, as a request does."""

    def run():
        try:
            return work(*arguments, **named)
        finally:
            connection.close()

    return await sync_to_async(run, thread_sensitive=False)()


def _tell(told, is_undone):
    with suppress(Undone), transaction.atomic():
        for topic, event in told:
            services.tell(topic, event=event)
        if is_undone:
            raise Undone


async def tell(*told, is_undone=False):
    await apart(_tell, told, is_undone)


async def heard(listener):
    return (await asyncio.wait_for(listener.next(), SOON)).event


async def is_silent(listener):
    try:
        hint = await asyncio.wait_for(listener.next(), A_MOMENT)
    except TimeoutError:
        return True
    return hint is None


def ask(*statements):
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        return cursor.fetchall()


def connections_open():
    """Return how many connections the database has, this one included."""
    return ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")[0][0]


def another_transaction():
    """Return a connection of its own, with a transaction begun that has its number already."""
    other = psycopg.connect(**dsn())
    other.execute("SELECT pg_current_xact_id()")
    return other


def tell_there(other, topic, event):
    other.execute("INSERT INTO live_event (topic, event) VALUES (%s, %s)", [topic, event])
