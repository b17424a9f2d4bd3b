from datetime import timedelta

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.referrals import queries, services
from diemtua.casework.referrals.errors import AlreadyAnswered, SharingEnded
from diemtua.casework.referrals.models import DeclineReason, Packet, Referral, State
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.directory.models import AddressGrant
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


@pytest.fixture
def shelter():
    return factories.shelter()


@pytest.fixture
def referral(supervisor, shelter):
    return factories.referral(supervisor, factories.case(supervisor), shelter)


@pytest.fixture
def provider(shelter):
    return factories.provider(shelter)


def do(verb, asker, referral, *, at=NIGHT, **fields):
    with asking(asker):
        fresh = Referral.objects.get(pk=referral.pk)
        return verb(asker=asker, referral=fresh, at=at, **fields)


def state_of(referral):
    with as_owner():
        return Referral.objects.get(pk=referral.pk).state


def test_the_provider_reads_what_was_shared_and_the_trail_knows(provider, referral):
    shared = do(services.read_packet, provider, referral)
    assert (shared.full_name, shared.story) == (factories.NAME, "")
    assert shared.contact.say == "tiệm may"
    assert factories.audited("casework.referral.read") == 1


def test_the_inbox_shows_own_referrals_without_a_person(provider, referral):
    with asking(provider):
        rows = queries.received(asker=provider)
    assert [row.id for row in rows] == [referral.pk]
    assert "Bích" not in str(rows)
    stranger = factories.provider(factories.shelter())
    with asking(stranger):
        assert queries.received(asker=stranger) == []


def test_accepting_twice_is_accepting_once(provider, referral):
    do(services.accept, provider, referral)
    do(services.accept, provider, referral)
    assert state_of(referral) == State.ACCEPTED
    assert factories.audited("casework.referral.accepted") == 1


def test_accepting_lets_the_sender_read_the_address_for_a_while(provider, referral, supervisor):
    do(services.accept, provider, referral)
    with as_owner():
        grant = AddressGrant.objects.get()
    assert grant.organisation_id == supervisor.organisation_id
    assert NIGHT < grant.valid_until <= NIGHT + timedelta(hours=72)


def test_declining_says_why_and_ends_the_sharing(provider, referral):
    do(services.decline, provider, referral, reason=DeclineReason.FULL)
    do(services.decline, provider, referral, reason=DeclineReason.FULL)
    assert state_of(referral) == State.DECLINED
    with pytest.raises(SharingEnded):
        do(services.read_packet, provider, referral)
    with asking(provider):
        assert Packet.objects.count() == 0


def test_an_answer_is_not_changed_into_the_other(provider, referral):
    do(services.accept, provider, referral)
    with pytest.raises(AlreadyAnswered):
        do(services.decline, provider, referral, reason=DeclineReason.FULL)


def test_a_revoked_referral_cannot_be_accepted_or_read(provider, referral, supervisor):
    do(services.revoke, supervisor, referral)
    for verb in (services.accept, services.read_packet):
        with pytest.raises(SharingEnded):
            do(verb, provider, referral)


def test_sharing_ends_by_itself_when_her_consent_does(supervisor, shelter, provider):
    until = NIGHT + timedelta(hours=1)
    case = factories.case(supervisor, consent=factories.consent(valid_until=until))
    referral = factories.referral(supervisor, case, shelter)
    with pytest.raises(SharingEnded):
        do(services.accept, provider, referral, at=until)


def test_completing_ends_the_provider_s_rights(provider, referral):
    with pytest.raises(AlreadyAnswered):
        do(services.complete, provider, referral)
    do(services.accept, provider, referral)
    for _ in range(2):
        do(services.complete, provider, referral)
    with pytest.raises(SharingEnded):
        do(services.read_packet, provider, referral)


def test_another_provider_cannot_answer_with_a_swapped_id(referral):
    stranger = factories.provider(factories.shelter())
    with asking(stranger):
        assert Referral.objects.filter(pk=referral.pk).update(state=State.ACCEPTED) == 0
        with pytest.raises(NotFound):
            services.accept(asker=stranger, referral=referral, at=NIGHT)
        with pytest.raises(NotFound):
            queries.one(asker=stranger, referral_id=referral.pk)
    assert state_of(referral) == State.SENT
