from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import queries, services
from diemtua.casework.cases.models import Case
from diemtua.casework.cases.queries.catalogue import CaseloadRules
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.asker(role=Role.CASE_WORKER)


def found(asker, **wanted):
    with asking(asker):
        return [row.alias for row in queries.listing(asker=asker, at=NIGHT, **wanted).rows]


def test_a_list_shows_no_identity(worker):
    factories.case(worker)
    with asking(worker):
        row = queries.listing(asker=worker, at=NIGHT).rows[0]
    shown = str(asdict(row))
    for word in ("Bích", "Thuỷ", "912", "Phượng", "đánh"):
        assert word not in shown


def test_a_list_takes_as_many_queries_for_three_cases_as_for_one(worker):
    def queries_of_the_list():
        with (
            asking(worker),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            queries.listing(asker=worker, at=NIGHT)
            queries.due(asker=worker, at=NIGHT)
            queries.waiting(asker=worker, at=NIGHT)
        return len(seen)

    factories.case(worker)
    one = queries_of_the_list()
    factories.case(worker)
    factories.case(worker)
    assert queries_of_the_list() == one <= 4


def test_danger_comes_before_dates(worker):
    calm = factories.case(worker, danger_now=False, at=NIGHT - timedelta(days=3))
    danger = factories.case(worker, danger_now=True)
    assert found(worker) == [danger.alias, calm.alias]


def test_a_case_is_found_by_alias_code_name_and_phone(worker):
    mine = factories.case(worker, alias="Hoa Súng 27")
    other = {
        "full_name": "Lê Ngọc Ánh",
        "phones": ["0987654321"],
        "address": "",
        "birth_year": None,
    }
    factories.case(worker, alias="Chim Sâu 8", identity=other)
    for text in (
        "hoa sung",
        "Hoa Súng 27",
        mine.code.lower(),
        "tran thi bich thuy",
        "thuy",
        "0912345678",
    ):
        assert found(worker, text=text) == ["Hoa Súng 27"], text
    assert found(worker, text="+84 912 345 678") == ["Hoa Súng 27"]
    assert found(worker, text="tran thi anh") == []


def test_a_colleague_s_case_is_not_found(worker):
    factories.case(worker)
    stranger = accounts.asker(role=Role.CASE_WORKER)
    assert found(stranger, text="bich thuy") == []


def test_filters_and_order(worker):
    old = factories.case(worker, danger_now=True, at=NIGHT - timedelta(days=2))
    new = factories.case(worker, danger_now=False)
    assert found(worker, risk="HIGH") == [old.alias]
    assert found(worker, sort="newest") == [new.alias, old.alias]
    assert found(worker, status="CLOSED") == []


def test_a_page_says_whether_there_is_more(worker, monkeypatch):
    monkeypatch.setattr("diemtua.casework.cases.queries.lists.PAGE", 2)
    for _ in range(3):
        factories.case(worker)
    with asking(worker):
        first = queries.listing(asker=worker, at=NIGHT)
        second = queries.listing(asker=worker, at=NIGHT, page=2)
    assert (len(first.rows), first.has_next, len(second.rows), second.has_next) == (
        2,
        True,
        1,
        False,
    )


def test_the_board_counts_what_each_carries():
    _centre, counsellor, worker, supervisor = factories.team()
    for _ in range(2):
        case = factories.case(counsellor)
    with asking(worker):
        services.take_over(asker=worker, case_id=case.pk, at=NIGHT)
    with asking(supervisor):
        loads = queries.loads(asker=supervisor, at=NIGHT + timedelta(days=3))
        waiting = queries.waiting(asker=supervisor, at=NIGHT)
    assert [(load.cases, load.high, load.overdue) for load in loads] == [(1, 1, 1)]
    assert len(waiting) == 1


def test_the_board_says_who_carries_enough(monkeypatch):
    _centre, _counsellor, worker, supervisor = factories.team()
    few = CaseloadRules(cases_of_a_worker=2, workers_of_a_supervisor=8)
    monkeypatch.setattr("diemtua.casework.cases.queries.lists.caseload_rules", lambda: few)
    said = []
    for _ in range(2):
        factories.case(worker)
        with asking(supervisor):
            [load] = queries.loads(asker=supervisor, at=NIGHT)
        said.append(load.is_full)
    assert said == [False, True]


def test_noting_a_contact_and_judging_the_risk_move_the_next_one(worker):
    case = factories.case(worker)
    later = NIGHT + timedelta(days=2)
    with asking(worker):
        case = Case.objects.get(pk=case.pk)
        services.note_contact(asker=worker, case=case, at=later)
        assert case.contact_due_at == later + queries.pace("HIGH")
        services.judge_risk(asker=worker, case=case, risk="LOW", at=later)
    with asking(worker):
        again = Case.objects.get(pk=case.pk)
    assert (again.risk, again.urgency) == ("LOW", 4)
