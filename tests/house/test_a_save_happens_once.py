import threading
import uuid

import pytest
from django.db import IntegrityError, connection

from diemtua.foundation.database.once import create_once
from diemtua.places.models import Level, Unit

KEY = "c99999"


def unit(key, name="Xã Một"):
    return Unit.objects.create(
        key=key, code=99999, level=Level.COMMUNE, division="xã", name=name, short_name=name,
        folded=name.lower(), sort_key=name, path=f"{key}/",
    )  # fmt: skip


@pytest.mark.django_db
def test_the_second_save_finds_the_first_one_s_record():
    first, was_made = create_once(Unit, KEY, lambda: unit(KEY))
    again, was_made_again = create_once(Unit, KEY, lambda: unit(KEY, "Xã Hai"))
    assert (was_made, was_made_again) == (True, False)
    assert again == first
    assert again.name == "Xã Một"


@pytest.mark.django_db
def test_another_broken_rule_is_not_hidden():
    def breaks():
        return Unit.objects.create(key=KEY, code=-1, level="X", name="x", path="x")

    with pytest.raises(IntegrityError):
        create_once(Unit, KEY, breaks)


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_make_one_record():
    key = f"c{uuid.uuid4().int % 10**8}"
    results, barrier = [], threading.Barrier(8)

    def tap():
        barrier.wait()
        results.append(create_once(Unit, key, lambda: unit(key))[1])
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(8)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    try:
        assert sorted(results) == [False] * 7 + [True]
    finally:
        Unit.objects.filter(pk=key).delete()
