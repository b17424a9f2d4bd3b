import random
from datetime import datetime
from uuid import UUID

import pytest

from diemtua.foundation.clock import CITY_TIME
from diemtua.site import seeding

pytestmark = pytest.mark.django_db  # the key ring asks whether sealed records exist
SEALED = {
    "vault_data_key": {"wrapped"},
    "casework_case": {"identity", "story", "safe_contact", "fact_link"},
}


def invented(number, cases=20):
    ground = seeding.Ground(
        organisation=UUID(int=1),
        counsellor=UUID(int=2),
        workers=[UUID(int=3), UUID(int=4)],
        communes=["c31117", "c31120"],
        now=datetime(2026, 11, 24, 9, 0, tzinfo=CITY_TIME),
        dice=random.Random(number),
    )
    for _each in range(cases):
        seeding._case(ground)
    return {
        table: [
            tuple(
                value
                for column, value in zip(columns, row, strict=True)
                if column not in SEALED.get(table, ())
            )
            for row in ground.rows[table]
        ]
        for table, columns in seeding.TABLES.items()
    }


def test_the_same_number_makes_the_same_people():
    first = invented(7)
    assert first == invented(7)
    assert len(first["casework_case"]) == 20


def test_another_number_makes_others():
    ids = {row[0] for row in invented(7)["casework_case"]}
    assert not ids & {row[0] for row in invented(8)["casework_case"]}
