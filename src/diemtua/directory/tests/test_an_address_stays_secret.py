"""Where a shelter stands is known only to who keeps it and, for a while, to who was accepted there."""

from datetime import timedelta

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory import queries, services
from diemtua.directory.errors import AddressUnknown
from diemtua.directory.models import AddressGrant, FacilityAddress
from diemtua.directory.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.refusals import NotForYou, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter(db):
    return factories.facility()


@pytest.fixture
def counsellor(db):
    return accounts.asker(role=Role.COUNSELLOR)


def test_who_keeps_it_opens_it(shelter):
    keeper = factories.keeper(shelter)
    with asking(keeper):
        opened = services.open_address(asker=keeper, facility=shelter)

    assert (opened.street, opened.directions) == (factories.STREET, factories.DIRECTIONS)


def test_an_opened_address_does_not_show_itself_in_a_log(shelter):
    keeper = factories.keeper(shelter)
    with asking(keeper):
        assert factories.STREET not in repr(services.open_address(asker=keeper, facility=shelter))


def test_the_sender_opens_it_after_the_provider_granted_it(shelter, counsellor):
    with asking(counsellor), pytest.raises(AddressUnknown):
        services.open_address(asker=counsellor, facility=shelter)
    keeper = factories.keeper(shelter)
    centre = accounts.Organisation.objects.get(pk=counsellor.organisation_id)
    until = clock.now() + timedelta(hours=72)
    with asking(keeper):
        services.grant_address(asker=keeper, facility=shelter, organisation=centre, until=until)

    with asking(counsellor):
        assert services.open_address(asker=counsellor, facility=shelter).street == factories.STREET


def test_a_grant_that_has_run_out_opens_nothing(shelter, counsellor):
    factories.grant(shelter, counsellor.organisation_id, hours=-0.001)
    with asking(counsellor), pytest.raises(AddressUnknown):
        services.open_address(asker=counsellor, facility=shelter)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY, Role.PERPETRATOR_WORKER, Role.AUDITOR]
)
def test_no_grant_opens_it_for_a_role_that_brings_nobody_there(shelter, role):
    asker = accounts.asker(role=role)
    factories.grant(shelter, asker.organisation_id)
    with asking(asker):
        assert FacilityAddress.objects.count() == 0
        with pytest.raises(AddressUnknown):
            services.open_address(asker=asker, facility=shelter)


def test_nobody_grants_it_to_themselves(shelter, counsellor):
    centre = accounts.Organisation.objects.get(pk=counsellor.organisation_id)
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=centre)
    until = clock.now() + timedelta(hours=1)
    for asker, refusal in ((counsellor, NotForYou), (supervisor, NotFound)):
        with asking(asker), pytest.raises(refusal):
            services.grant_address(asker=asker, facility=shelter, organisation=centre, until=until)


def test_granting_twice_makes_one_grant_and_none_lasts_beyond_the_citys_rule(shelter, counsellor):
    keeper = factories.keeper(shelter)
    centre = accounts.Organisation.objects.get(pk=counsellor.organisation_id)
    now = clock.now()
    with asking(keeper):
        for hours in (2, 1, 2):
            services.grant_address(
                asker=keeper,
                facility=shelter,
                organisation=centre,
                until=now + timedelta(hours=hours),
                at=now,
            )
        assert AddressGrant.objects.count() == 1
        long = services.grant_address(
            asker=keeper,
            facility=shelter,
            organisation=centre,
            until=now + timedelta(days=365),
            at=now,
        )
    assert long.valid_until == now + timedelta(hours=168)


def test_no_list_search_or_answer_carries_it(shelter, counsellor):
    factories.answer(shelter)
    with asking(counsellor):
        found = queries.facilities(asker=counsellor, at=clock.now())
        near = queries.ready_near(asker=counsellor, unit_key=factories.NINH_KIEU, at=clock.now())
        assert queries.facilities(asker=counsellor, at=clock.now(), text="hoa giay") == []

    assert found
    assert near
    told = f"{found} {near} {[vars(row.facility) for row in found]}"
    assert "Hoa Giấy" not in told
    assert "cổng xanh" not in told


def test_the_keeper_replaces_it_and_the_old_one_is_gone(shelter):
    keeper = factories.keeper(shelter)
    with asking(keeper):
        services.write_address(asker=keeper, facility=shelter, street="Đường Mới số 1")
        assert services.open_address(asker=keeper, facility=shelter).street == "Đường Mới số 1"
        assert FacilityAddress.objects.count() == 1


def test_an_administrator_cannot_send_people_to_another_address(shelter):
    administrator = accounts.asker(role=Role.ADMINISTRATOR)
    with asking(administrator), pytest.raises(NotForYou):
        services.write_address(asker=administrator, facility=shelter, street="Nơi khác")
