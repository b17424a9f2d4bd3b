from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Consent, Purpose, Section
from diemtua.casework.referrals import services
from diemtua.casework.referrals.errors import AddressFull, ConsentDoesNotCover
from diemtua.casework.referrals.models import Packet, Referral, State
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.directory.tests import factories as directory
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault
from diemtua.foundation.vault.errors import Erased

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


def share(sections=(Section.NEEDS,), **fields):
    return cases.Share(tuple(sections), **({"kind": OrganisationKind.SHELTER} | fields))


def test_a_referral_with_consent_carries_the_chosen_sections_alone(supervisor):
    case = factories.case(supervisor)
    referral = factories.referral(supervisor, case)
    assert referral.sections == [Section.CONTACT, Section.NAME, Section.NEEDS]
    with asking(supervisor):
        packet = Packet.objects.get(referral=referral)
        told = vault.unseal(packet, "content", asker=supervisor, why="test").content
    assert told["NAME"] == factories.NAME
    assert "STORY" not in told and "ADDRESS" not in told


def test_without_consent_to_a_section_it_does_not_go(supervisor):
    case = factories.case(supervisor)
    with pytest.raises(ConsentDoesNotCover):
        factories.referral(supervisor, case, sections=[Section.STORY])
    with as_owner():
        assert Referral.objects.count() == 0


def test_consent_to_another_recipient_does_not_help(supervisor):
    other = accounts.organisation(kind=OrganisationKind.SHELTER)
    shares = (share(kind="", organisation_id=other.pk),)
    case = factories.case(supervisor, consent=factories.consent(shares=shares))
    with pytest.raises(ConsentDoesNotCover):
        factories.referral(supervisor, case, sections=[])
    assert factories.referral(supervisor, case, factories.shelter(organisation=other), sections=[])


def test_an_expired_consent_does_not_help(supervisor):
    until = NIGHT + timedelta(hours=1)
    case = factories.case(supervisor, consent=factories.consent(valid_until=until))
    with pytest.raises(ConsentDoesNotCover):
        factories.referral(supervisor, case, at=until)
    assert factories.referral(supervisor, case).shared_until == until


def test_withdrawing_the_consent_ends_the_referral_and_destroys_the_packet_at_once(supervisor):
    case = factories.case(supervisor)
    referral = factories.referral(supervisor, case)
    with asking(supervisor):
        consent = Consent.objects.get(case=case, purpose=Purpose.SHARE)
        cases.withdraw_consent(asker=supervisor, consent=consent, at=NIGHT)
        referral.refresh_from_db()
        assert referral.state == State.REVOKED
        with pytest.raises(Erased):
            vault.unseal(Packet.objects.get(), "content", asker=supervisor, why="test")
    with pytest.raises(ConsentDoesNotCover):
        factories.referral(supervisor, case, at=NIGHT + timedelta(seconds=1))


def test_postgres_lets_nobody_date_a_referral_back_before_the_consent_was_withdrawn(supervisor):
    now = clock.now()
    case = factories.case(supervisor, at=now - timedelta(hours=2))
    referral = factories.referral(supervisor, case, at=now - timedelta(hours=1))
    with asking(supervisor):
        consent = Consent.objects.get(case=case, purpose=Purpose.SHARE)
        cases.withdraw_consent(asker=supervisor, consent=consent, at=now)
    again = Referral(**{f.attname: getattr(referral, f.attname) for f in Referral._meta.fields})
    again.id, again.state = uuid4(), State.SENT
    with pytest.raises(Exception, match="row-level security"), asking(supervisor):
        again.save(force_insert=True)


def test_another_organisation_learns_nothing_of_a_consent(supervisor):
    case = factories.case(supervisor)
    place = factories.shelter()
    asked = [case.pk, place.pk, place.organisation_id, [Section.NEEDS], NIGHT]
    for asker, answer in ((supervisor, True), (accounts.asker(role=Role.SUPERVISOR), False)):
        with asking(asker), connection.cursor() as cursor:
            cursor.execute("SELECT diemtua.may_share(%s, %s, %s, %s, %s)", asked)
            assert cursor.fetchone() == (answer,)


def test_postgres_itself_refuses_a_referral_without_consent(supervisor):
    case = factories.case(supervisor)
    referral = factories.referral(supervisor, case)
    copy = Referral(**{f.attname: getattr(referral, f.attname) for f in Referral._meta.fields})
    copy.id, copy.sections = uuid4(), [Section.STORY]
    with pytest.raises(Exception, match="row-level security"), asking(supervisor):
        copy.save(force_insert=True)
    copy.sections = [Section.NAME]
    with asking(supervisor):
        copy.save(force_insert=True)


def test_a_full_place_is_not_asked_and_one_that_did_not_say_is(supervisor):
    case = factories.case(supervisor)
    with pytest.raises(AddressFull):
        factories.referral(supervisor, case, factories.shelter(places=2))
    silent = directory.facility(valid_from=NIGHT.date())
    assert factories.referral(supervisor, case, silent)


def test_a_second_tap_sends_one_referral(supervisor):
    case, shelter, key = factories.case(supervisor), factories.shelter(), uuid4()
    for _ in range(2):
        factories.referral(supervisor, case, shelter, id=key)
    assert factories.audited("casework.referral.sent") == 1


def test_a_case_of_another_centre_cannot_be_referred(supervisor):
    case = factories.case(supervisor)
    with pytest.raises(NotFound):
        factories.referral(accounts.asker(role=Role.SUPERVISOR), case)


def test_revoking_twice_changes_nothing(supervisor):
    referral = factories.referral(supervisor, factories.case(supervisor))
    for _ in range(2):
        with asking(supervisor):
            services.revoke(
                asker=supervisor, referral=Referral.objects.get(pk=referral.pk), at=NIGHT
            )
    assert factories.audited("casework.referral.revoked") == 1


def test_what_was_shared_is_ciphertext(supervisor):
    factories.referral(supervisor, factories.case(supervisor))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM casework_packet")
        assert "Bích".encode() not in bytes(cursor.fetchone()[0])
