from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as people
from diemtua.reports.tests.factories import issue

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def all_at_once(asker, keys):
    start = Barrier(len(keys))

    def one(key):
        try:
            start.wait(timeout=20)
            return issue(asker, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(one, keys))


def test_reports_issued_at_the_same_moment_get_numbers_without_gap_or_double():
    secretary = people.asker(role=Role.COMMITTEE_SECRETARY)
    made = all_at_once(secretary, [uuid4() for _ in range(AT_ONCE)])
    assert sorted(report.number for report in made) == [1, 2, 3, 4]


def test_one_page_sent_several_times_at_the_same_moment_makes_one_report_and_takes_one_number():
    secretary = people.asker(role=Role.COMMITTEE_SECRETARY)
    made = all_at_once(secretary, [uuid4()] * AT_ONCE)
    assert {(report.pk, report.number) for report in made} == {(made[0].pk, 1)}
    assert issue(secretary).number == 2
