from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests.factories import asker
from diemtua.foundation.database.asker import PUBLIC, asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou
from diemtua.indicators import queries
from diemtua.indicators.errors import NotCounted, TooFine
from diemtua.indicators.tests.factories import CAI_KHE, NINH_KIEU, TAN_AN, detected
from diemtua.places import queries as places

pytestmark = pytest.mark.django_db
QUARTER = queries.parse("2026-Q4")
MAY = {Role.COMMITTEE_SECRETARY, Role.LEADER, Role.SUPERVISOR}


def secretary():
    return asker(role=Role.COMMITTEE_SECRETARY)


def asked(question, **told):
    who = told.pop("asker", None) or secretary()
    with asking(who):
        return question(asker=who, **{"period": QUARTER} | told)


def plain_sql(since, until):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE (attributes ->> 'reached')::boolean), count(*)"
            " FROM facts_fact WHERE kind_id = 'survivor.detected' AND bucket >= %s AND bucket < %s",
            [since, until],
        )
        return cursor.fetchone()


def row_of(table, unit_key):
    return next(row for row in table.rows if row.unit_key == unit_key)


class TestFigures:
    def test_the_city_is_what_a_plain_count_gives(self):
        detected(n=40, reached=30)
        detected(n=20, reached=12, unit_key=NINH_KIEU)
        detected(n=9, reached=9, on=date(2026, 9, 20))
        figure = asked(queries.figure)
        assert (figure.numerator, figure.denominator) == plain_sql(QUARTER.since, QUARTER.until)
        assert figure.value == Decimal(42) / 60
        assert figure.target.year == 2030
        assert figure.target.share == Decimal("0.9")

    def test_the_reporting_quarter_begins_on_the_fifteenth_of_the_month_before(self):
        detected(n=9, reached=9, on=date(2026, 9, 20))
        detected(n=8, reached=8, on=date(2026, 12, 15))
        figure = asked(queries.figure, period=queries.parse("2026-Q4R"))
        assert figure.denominator == 9

    def test_each_commune_is_counted_and_all_of_today_are_listed(self):
        detected(n=40, reached=30)
        detected(n=20, reached=12, unit_key=NINH_KIEU)
        table = asked(queries.by_commune)
        assert len(table.rows) == 103
        assert row_of(table, NINH_KIEU).numerator == 12
        assert row_of(table, TAN_AN).denominator == 0
        assert sum(row.denominator for row in table.rows) == table.total.denominator

    def test_what_was_recorded_for_a_former_ward_counts_where_it_lies_today(self):
        former = places.predecessors(CAI_KHE).filter(is_partial=False).first()
        detected(n=10, reached=10, unit_key=former.pk)
        detected(n=10, reached=10)
        table = asked(queries.by_commune)
        assert former.valid_to == places.reform_day()
        assert row_of(table, CAI_KHE).denominator == table.total.denominator == 20

    def test_what_is_known_for_the_city_alone_has_its_own_row(self):
        detected(n=10, reached=10, unit_key="p92")
        table = asked(queries.by_commune)
        assert row_of(table, "p92").name == "Chưa rõ xã, phường"
        assert table.total.denominator == 10

    def test_another_city_is_not_counted(self):
        detected(n=10, reached=10, unit_key="p1")
        assert asked(queries.figure).denominator == 0

    def test_a_small_commune_is_hidden_and_cannot_be_subtracted(self):
        detected(n=40, reached=30)
        detected(n=20, reached=12, unit_key=NINH_KIEU)
        detected(n=3, reached=3, unit_key=TAN_AN)
        table = asked(queries.by_commune)
        hidden = [row for row in table.rows if row.is_suppressed]
        assert {row.unit_key for row in hidden} == {TAN_AN, NINH_KIEU}
        assert all(row.numerator is row.denominator is row.value is None for row in hidden)
        assert table.total.denominator == 63

    def test_documents_that_leave_hide_more(self):
        detected(n=40, reached=30)
        detected(n=30, reached=22, unit_key=NINH_KIEU)
        assert asked(queries.by_commune).hidden == 0
        assert asked(queries.by_commune, audience=queries.Audience.OUTSIDE).hidden == 2

    def test_a_commune_alone_shows_no_more_than_in_the_table(self):
        detected(n=40, reached=30)
        detected(n=20, reached=12, unit_key=NINH_KIEU)
        detected(n=3, reached=3, unit_key=TAN_AN)
        assert asked(queries.figure, unit_key=NINH_KIEU).is_suppressed
        assert asked(queries.figure, unit_key=TAN_AN).is_suppressed
        assert asked(queries.figure, unit_key=CAI_KHE).numerator == 30

    def test_communes_are_compared_by_quarter_only(self):
        for code in ("2026-M11", "2026-H2", "2026-YR"):
            with pytest.raises(TooFine):
                asked(queries.by_commune, period=queries.parse(code))
            with pytest.raises(TooFine):
                asked(queries.figure, period=queries.parse(code), unit_key=CAI_KHE)

    def test_the_trend_tells_each_quarter(self):
        detected(n=20, reached=10, on=date(2026, 8, 2))
        detected(n=20, reached=15)
        who = secretary()
        with asking(who):
            told = queries.trend(asker=who, periods=QUARTER.back(3))
        assert [figure.denominator for figure in told] == [0, 20, 20]
        assert [figure.value for figure in told] == [None, Decimal("0.5"), Decimal("0.75")]

    def test_a_figure_that_nothing_counts_is_refused_plainly(self):
        with pytest.raises(NotCounted):
            asked(queries.figure, code="1.1")


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("question", [queries.figure, queries.by_commune])
def test_only_committee_leader_and_supervisor_see_figures(role, question):
    who = asker(role=role)
    if role in MAY:
        assert asked(question, asker=who)
    else:
        with pytest.raises(NotForYou):
            asked(question, asker=who)


def test_the_public_sees_none():
    with pytest.raises(NotForYou):
        asked(queries.figure, asker=PUBLIC)


class TestTheStrategy:
    def test_holds_six_objectives_and_twenty_targets(self):
        strategy = queries.strategy()
        figures = [figure for objective in strategy.objectives for figure in objective.figures]
        assert len(strategy.objectives) == 6
        assert len({figure.code[:3] for figure in figures}) == strategy.targets == 20
        assert len(figures) == 23

    def test_knows_which_figures_are_ceilings(self):
        falling = {
            figure.code
            for objective in queries.strategy().objectives
            for figure in objective.figures
            if not figure.is_up_better
        }
        assert falling == {"2.2", "3.1", "4.1", "4.2", "4.3"}

    def test_the_target_of_a_day_is_the_next_one(self):
        definition = queries.definition("3.2a")
        assert definition.target_on(date(2025, 12, 31)).value == 80
        assert definition.target_on(date(2026, 1, 1)).value == 90
        assert definition.target_on(date(2031, 1, 1)).value == 90

    def test_every_computed_figure_has_a_measure(self):
        computed = [
            figure.code
            for objective in queries.strategy().objectives
            for figure in objective.figures
            if figure.is_computed
        ]
        assert [queries.measure(code).kind for code in computed] == [
            "survivor.detected",
            "perpetrator.detected",
        ]
