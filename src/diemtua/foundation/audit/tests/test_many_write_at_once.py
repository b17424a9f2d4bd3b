"""Sixteen connections write in transactions that overlap."""

import threading
from contextlib import suppress
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.foundation.audit import services
from diemtua.foundation.audit.tests import factories
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ROUNDS, EACH = 16, 6, 3


class ChangedMyMind(Exception):
    pass


def at_once(count, work):
    """Run the work in so many threads that start together; raise what any of them raised."""
    barrier, failed = threading.Barrier(count), []

    def run(number):
        try:
            barrier.wait()
            work(number)
        except Exception as error:  # noqa: BLE001 - raised again by the test itself
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    if failed:
        raise failed[0]


def writer(number):
    asker = factories.member()
    for turn in range(ROUNDS):
        with suppress(ChangedMyMind), asking(asker):
            for _entry in range(EACH):
                services.write(asker=asker, action="tests.done", subject=("x", uuid4()))
                sleep(0.002)
            if (number + turn) % 4 == 0:
                raise ChangedMyMind


def test_none_waits_for_another_and_the_chain_is_whole():
    at_once(WRITERS, writer)
    report = factories.verified()
    assert report.fault is None
    assert report.entries == WRITERS * ROUNDS * EACH * 3 // 4


def test_overlapping_transactions_take_lanes_of_their_own():
    together = threading.Barrier(WRITERS)

    def work(_number):
        asker = factories.member()
        with asking(asker):
            services.write(asker=asker, action="tests.done")
            together.wait(20)  # all have written, none has committed
            services.write(asker=asker, action="tests.done")

    at_once(WRITERS, work)
    ((lanes,),) = factories.as_owner_ask("SELECT count(*) FROM audit_lane WHERE seq > 0")
    assert lanes == WRITERS
    assert factories.verified().entries == 2 * WRITERS


def test_verifying_and_binding_while_others_write_raises_no_false_alarm():
    faults = []

    def work(number):
        if number == 0:
            for _turn in range(12):
                factories.bind()
                faults.append(factories.verified().fault)
        else:
            writer(number)

    at_once(8, work)
    assert faults == [None] * 12
    assert factories.verified().checkpoints == 12
