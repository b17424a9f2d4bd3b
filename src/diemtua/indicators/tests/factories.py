"""Facts in any number, written as the owner: the way a seeded city gets its history."""

import json
from datetime import date

from django.db import connection

from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.facts.buckets import half_month

SURVIVOR = {"sex": "FEMALE", "age_group": "FROM_26", "gbv_type": "PHYSICAL_ASSAULT"}
CAI_KHE, NINH_KIEU, TAN_AN = "c31120", "c31135", "c31147"


def detected(*, n=1, reached=0, unit_key=CAI_KHE, on=date(2026, 11, 2)):
    """Record that ``n`` survivors were detected, ``reached`` of whom reached a service."""
    with as_owner(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO facts_fact (id, kind_id, unit_key, bucket, recorded_in, attributes)"
            " VALUES (gen_random_uuid(), 'survivor.detected', %s, %s, %s, %s)",
            [
                (
                    unit_key,
                    half_month(on),
                    half_month(on),
                    json.dumps(SURVIVOR | {"reached": number < reached}),
                )
                for number in range(n)
            ],
        )
