from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from diemtua.foundation.database.asker import PUBLIC, Asker, Kind, asking, job_asker
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.facts import queries, services
from diemtua.foundation.facts.buckets import half_month
from diemtua.foundation.facts.models import Fact

DETECTED = "survivor.detected"
CODES = {"sex": "FEMALE", "age_group": "FROM_26", "gbv_type": "PHYSICAL_ASSAULT"}
WRITERS = ["COUNSELLOR", "CASE_WORKER", "SUPERVISOR", "PERPETRATOR_WORKER"]
READERS = ["COMMITTEE_SECRETARY", "LEADER", "SUPERVISOR"]
OTHERS = ["PROVIDER", "COMMUNE_OFFICER", "DATA_PROTECTION_OFFICER", "AUDITOR", "ADMINISTRATOR"]
QUARTER = {"since": date(2026, 10, 1), "until": date(2027, 1, 1)}


def member(role, unit=""):
    return Asker(kind=Kind.MEMBER, role=role, user_id=uuid4(), unit=unit)


def record(*, on=date(2026, 11, 23), unit_key="c31120", reached=False, **codes):
    with asking(job_asker("test")):
        return services.record(
            kind=DETECTED, unit_key=unit_key, on=on, reached=reached, **CODES | codes
        )


def total(asker=None, **asked):
    with asking(asker or member("LEADER")):
        return sum(count.n for count in queries.counts(kind=DETECTED, **QUARTER | asked))


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("role", WRITERS + READERS + OTHERS + ["COMMUNE_OFFICER"])
    def test_no_asker_reads_changes_or_removes_a_row(self, role):
        record()
        for statement in (
            "SELECT * FROM facts_fact",
            "UPDATE facts_fact SET unit_key = 'p92'",
            "DELETE FROM facts_fact",
            "INSERT INTO facts_fact (id) VALUES (gen_random_uuid())",
        ):
            with (
                asking(member(role)),
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

    @pytest.mark.parametrize("asker", [*map(member, WRITERS), job_asker("casework.any")])
    def test_those_who_work_with_records_write_facts(self, asker):
        with asking(asker):
            fact_id = services.record(kind=DETECTED, unit_key="c31120", on=date(2026, 11, 2))
            services.amend(fact_id=fact_id, reached=True)
        assert total(where={"reached": True}) == 1

    @pytest.mark.parametrize(
        "asker",
        [
            *map(member, OTHERS),
            member("COMMITTEE_SECRETARY"),
            member("LEADER"),
            member("COMMUNE_OFFICER", "c31120"),
            PUBLIC,
        ],
    )
    def test_nobody_else_writes_one(self, asker):
        fact_id = record()
        with asking(asker):
            with pytest.raises(ProgrammingError, match="may not write"), transaction.atomic():
                services.record(kind=DETECTED, unit_key="c31120", on=date(2026, 11, 2))
            with pytest.raises(ProgrammingError, match="may not write"), transaction.atomic():
                services.amend(fact_id=fact_id, reached=True)

    @pytest.mark.parametrize("asker", [*map(member, READERS), job_asker("indicators.any")])
    def test_those_who_see_figures_count(self, asker):
        record()
        assert total(asker) == 1

    @pytest.mark.parametrize(
        "asker", [*map(member, OTHERS), member("COUNSELLOR"), member("COMMUNE_OFFICER"), PUBLIC]
    )
    def test_nobody_else_counts(self, asker):
        with pytest.raises(ProgrammingError, match="may not see"), asking(asker):
            queries.counts(kind=DETECTED, **QUARTER)

    def test_without_an_asker_nothing_is_written_or_counted(self):
        with pytest.raises(ProgrammingError), transaction.atomic():
            services.record(kind=DETECTED, unit_key="c31120", on=date(2026, 11, 2))
        with pytest.raises(ProgrammingError), transaction.atomic():
            queries.counts(kind=DETECTED, **QUARTER)

    def test_a_commune_officer_counts_the_own_commune_alone(self):
        record(unit_key="c31120")
        record(unit_key="c31135")
        officer = member("COMMUNE_OFFICER", "c31120")
        assert total(officer) == 1
        assert total(officer, unit_keys=["c31135"]) == 1  # asked for another, given the own
        with asking(officer):
            (count,) = queries.counts(kind=DETECTED, by=("unit_key",), **QUARTER)
        assert count.unit_key == "c31120"


@pytest.mark.django_db
class TestWhatAFactMayCarry:
    @pytest.mark.parametrize(
        "told",
        [
            {"full_name": "FEMALE"},
            {"sex": "Nguyễn Thị Thử"},
            {"sex": "0912345678"},
            {"sex": True},
            {"reached": "yes"},
            {"reached_on": "2026-11-23"},
        ],
    )
    def test_nothing_but_its_codes(self, told):
        with pytest.raises(DataError, match="facts:"), asking(job_asker("test")):
            services.record(kind=DETECTED, unit_key="c31120", on=date(2026, 11, 2), **told)

    def test_an_error_does_not_repeat_what_was_told(self):
        with pytest.raises(DataError) as error, asking(job_asker("test")):
            services.record(
                kind=DETECTED, unit_key="c31120", on=date(2026, 11, 2), sex="Nguyễn Thị Thử"
            )
        assert "Nguyễn" not in str(error.value)

    def test_only_what_may_change_is_amended(self):
        fact_id = record()
        with pytest.raises(DataError, match="change"), asking(job_asker("test")):
            services.amend(fact_id=fact_id, sex="MALE")

    def test_days_are_kept_as_half_months(self):
        fact_id = record(on=date(2026, 11, 23))
        with asking(job_asker("test")):
            services.amend(fact_id=fact_id, reached=True, reached_on=date(2026, 12, 31))
        with as_owner():
            fact = Fact.objects.get(pk=fact_id)
        assert fact.bucket == date(2026, 11, 15)
        assert fact.recorded_in.day in {1, 15}
        assert fact.attributes["reached_on"] == "2026-12-15"

    def test_a_period_that_cuts_a_half_month_is_refused(self):
        with pytest.raises(ValueError, match="half-months"), asking(member("LEADER")):
            queries.counts(kind=DETECTED, since=date(2026, 10, 2), until=date(2027, 1, 1))

    def test_grouping_by_what_the_kind_does_not_carry_is_refused(self):
        with pytest.raises(DataError, match="grouped"), asking(member("LEADER")):
            queries.counts(kind=DETECTED, by=("id'); DROP TABLE facts_fact; --",), **QUARTER)


class Counting(TestCase):
    @given(
        facts=st.lists(
            st.tuples(
                st.dates(date(2025, 11, 1), date(2027, 2, 28)),
                st.sampled_from(["c31120", "c31135"]),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    def test_calendar_and_reporting_quarters_count_exactly_their_days(self, facts):
        before = {unit: self.count(unit) for unit in ("c31120", "c31135")}
        for on, unit_key, reached in facts:
            record(on=on, unit_key=unit_key, reached=reached)
        for unit, counted in before.items():
            for period, n in self.count(unit).items():
                since, until = period
                days = [on for on, key, _ in facts if key == unit and since <= on < until]
                assert n - counted[period] == len(days)

    def count(self, unit):
        periods = [
            (date(2026, 1, 1), date(2026, 4, 1)),
            (date(2026, 10, 1), date(2027, 1, 1)),
            (date(2025, 12, 15), date(2026, 3, 15)),  # Decree 09/2019, article 12.2
            (date(2026, 9, 15), date(2026, 12, 15)),
        ]
        return {p: total(since=p[0], until=p[1], unit_keys=[unit]) for p in periods}

    @given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
    def test_a_half_month_begins_at_most_sixteen_days_before_its_day(self, day):
        bucket = half_month(day)
        assert timedelta(0) <= day - bucket <= timedelta(days=16)
        assert bucket.day in {1, 15}
        assert half_month(bucket) == bucket

    @given(times=st.integers(min_value=1, max_value=4))
    def test_amending_again_changes_nothing(self, times):
        fact_id = record()
        before = total(where={"reached": True})
        with asking(job_asker("test")):
            for _ in range(times):
                services.amend(fact_id=fact_id, reached=True, reached_on=date(2026, 11, 20))
        assert total(where={"reached": True}) == before + 1

    @given(names=st.permutations(["unit_key", "reached", "sex", "bucket"]))
    def test_groups_add_up_to_the_whole_in_any_order(self, names):
        record(reached=True)
        record(sex="UNKNOWN")
        with asking(member("LEADER")):
            groups = queries.counts(kind=DETECTED, by=names, **QUARTER)
        assert sum(group.n for group in groups) == total()
        assert sum(g.n for g in groups if g.codes["reached"] == "true") == total(
            where={"reached": True}
        )
