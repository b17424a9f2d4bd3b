from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services
from diemtua.casework.cases.errors import AliasNotDrawn, ConsentMissing, UnknownAct, WrongPlace
from diemtua.casework.cases.models import Case, Consent, Purpose, Risk, Status
from diemtua.casework.tests import factories
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou
from diemtua.foundation.vault import services as vault
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.tests.factories import destroy_key

pytestmark = pytest.mark.django_db


def test_a_case_opens_with_an_alias_a_code_and_what_she_agreed_to():
    case = factories.case()
    assert (case.status, case.risk, case.worker_id) == (Status.OPEN, Risk.HIGH, None)
    with as_owner():
        purposes = sorted(Consent.objects.filter(case=case).values_list("purpose", flat=True))
    assert purposes == [Purpose.SHARE, Purpose.STATISTICS, Purpose.STORE]


def test_without_consent_to_store_no_case_is_kept_and_with_it_one_is():
    counsellor = accounts.asker(role=Role.COUNSELLOR)
    with pytest.raises(ConsentMissing):
        factories.case(counsellor, consent=factories.consent(store=False))
    with as_owner():
        assert Case.objects.count() == 0
    assert factories.case(counsellor).pk


def test_a_second_tap_finds_the_first_one_s_case():
    counsellor = accounts.asker(role=Role.COUNSELLOR)
    key = uuid4()
    first = factories.case(counsellor, id=key)
    second = factories.case(counsellor, id=key)
    assert (first.code, first.alias) == (second.code, second.alias)
    assert len(factories.facts()) == 1
    assert factories.audited("casework.case.opened") == 1


def test_the_statistics_hear_of_her_only_if_she_agreed():
    factories.case(consent=factories.consent(statistics=False))
    assert factories.facts() == []
    case = factories.case()
    assert [fact["reached"] for fact in factories.facts()] == [False]
    assert case.fact_link is not None


def test_a_case_worker_who_opens_a_case_takes_it():
    worker = accounts.asker(role=Role.CASE_WORKER)
    case = factories.case(worker)
    assert (case.status, case.worker_id) == (Status.IN_PROGRESS, worker.user_id)


def test_only_the_team_opens_cases():
    with pytest.raises(NotForYou):
        factories.case(accounts.asker(role=Role.COMMITTEE_SECRETARY))


def test_a_place_that_is_no_commune_is_refused():
    with pytest.raises(WrongPlace):
        factories.case(unit_key="p92")


def test_an_act_outside_the_law_is_refused():
    with pytest.raises(UnknownAct):
        factories.case(acts=["a", "z"])


def test_an_alias_cannot_be_typed_but_a_drawn_one_can_be_kept():
    with pytest.raises(AliasNotDrawn):
        factories.case(alias="Bích Thuỷ 2")
    assert factories.case(alias="Hoa Súng 27").alias == "Hoa Súng 27"


def test_a_code_that_is_taken_is_drawn_again(monkeypatch):
    taken = factories.case().code
    draws = iter([taken, taken, "CT-2026-AAAAAA"])
    monkeypatch.setattr("diemtua.casework.cases.queries.draw_code", lambda **_: next(draws))
    assert factories.case().code == "CT-2026-AAAAAA"


def test_what_she_told_is_ciphertext_in_the_database():
    factories.case()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT identity, story, safe_contact FROM casework_case")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    for word in ("Bích", "912", "Phượng", "Chồng", "tiệm"):
        assert word.encode() not in stored


def test_reading_her_identity_leaves_an_entry_in_the_trail():
    counsellor = accounts.asker(role=Role.COUNSELLOR)
    case = factories.case(counsellor)
    before = factories.audited("casework.case.identity-read")
    with asking(replace(counsellor, screen="casework:identity")):
        who = services.read_identity(asker=counsellor, case=Case.objects.get(pk=case.pk))
    assert (who.full_name, who.story) == (factories.NAME, factories.STORY)
    assert factories.audited("casework.case.identity-read") == before + 1


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR])
def test_no_single_person_of_the_team_destroys_a_case_s_key(role):
    asker = accounts.asker(role=role)
    case = factories.case(asker)
    with (
        asking(asker),
        pytest.raises(DatabaseError, match="a step of its own"),
        transaction.atomic(),
    ):
        vault.erase(case, asker=asker, why="casework.case.erased")


def test_erasing_the_case_s_key_leaves_its_fact():
    supervisor = accounts.asker(role=Role.SUPERVISOR)
    case = factories.case(supervisor)
    facts = factories.facts()
    destroy_key(case)
    with asking(supervisor), pytest.raises(Erased):
        services.read_identity(asker=supervisor, case=Case.objects.get(pk=case.pk))
    assert factories.facts() == facts
