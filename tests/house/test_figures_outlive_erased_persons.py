"""A person's right to be forgotten and the city's duty to count do not stand in each other's way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as people
from diemtua.casework.cases import services
from diemtua.casework.cases.models import Case, Outcome
from diemtua.casework.tests import factories as casework
from diemtua.foundation.database.asker import asking
from diemtua.foundation.facts import queries as facts
from diemtua.foundation.vault import services as vault
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.tests.factories import destroy_key
from diemtua.indicators import queries as indicators

QUARTER = indicators.containing(casework.NIGHT.date())


class Erasing(TestCase):
    @given(
        files=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=4),
    )
    @settings(max_examples=8)
    def test_erasing_any_of_the_files_changes_no_count(self, files):
        opened = [(self.open(is_helped=helped), erased) for helped, erased in files]
        before = self.counts()
        for case, is_erased in opened:
            if is_erased:
                destroy_key(case)
        assert self.counts() == before
        assert sum(count.n for count in before) >= len(files)

    def test_the_way_from_an_erased_file_to_its_fact_is_gone(self):
        case = self.open(is_helped=False)
        destroy_key(case)
        with pytest.raises(Erased), asking(self.worker):
            vault.unseal(
                Case.objects.get(pk=case.pk), "fact_link", asker=self.worker, why="test.read"
            )

    def open(self, *, is_helped):
        self.worker = people.asker(role=Role.CASE_WORKER)
        case = casework.case(self.worker)
        if is_helped:
            with asking(self.worker):
                services.record_service(
                    asker=self.worker,
                    case=Case.objects.get(pk=case.pk),
                    id=uuid4(),
                    sector="PSYCHOSOCIAL",
                    outcome=Outcome.GIVEN,
                    given_on=casework.NIGHT.date(),
                    at=casework.NIGHT + timedelta(minutes=5),
                )
        return case

    def counts(self):
        with asking(people.asker(role=Role.LEADER)):
            told = facts.counts(
                kind="survivor.detected",
                since=QUARTER.since,
                until=QUARTER.until,
                by=("unit_key", "reached", "sex", "age_group"),
            )
        return sorted(told, key=str)
