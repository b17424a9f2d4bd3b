import threading
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection

from diemtua.foundation import clock
from diemtua.foundation.database.once import create_once


def session(key, data="một"):
    return Session.objects.create(session_key=key, session_data=data, expire_date=clock.now())


@pytest.mark.django_db
def test_the_second_save_finds_the_first_one_s_record():
    key = uuid.uuid4().hex
    first, was_made = create_once(Session, key, lambda: session(key))
    again, was_made_again = create_once(Session, key, lambda: session(key, "hai"))
    assert (was_made, was_made_again) == (True, False)
    assert again == first
    assert again.session_data == "một"


@pytest.mark.django_db
def test_another_broken_rule_is_not_hidden():
    key = uuid.uuid4().hex
    with pytest.raises(IntegrityError):
        create_once(Session, key, lambda: session(key, None))


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_make_one_record():
    key = uuid.uuid4().hex
    results, barrier = [], threading.Barrier(8)

    def tap():
        barrier.wait()
        results.append(create_once(Session, key, lambda: session(key))[1])
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(8)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert sorted(results) == [False] * 7 + [True]
