"""Who registers a place, and where."""

from uuid import uuid4

import pytest

from diemtua.accounts.models import OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory import queries, services
from diemtua.directory.errors import NotAUnitOfToday
from diemtua.directory.models import Facility, FacilityKind
from diemtua.directory.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.refusals import NotForYou, NotFound

pytestmark = pytest.mark.django_db


def register(asker, organisation, **changes):
    values = {
        "id": uuid4(),
        "kind": FacilityKind.TRUSTED_ADDRESS,
        "name": "Địa chỉ tin cậy ấp Mẫu",
        "unit_key": factories.THOI_LAI,
        "at": clock.now(),
    }
    with asking(asker):
        return services.register_facility(
            asker=asker, organisation=organisation, **values | changes
        )


def provider():
    body = accounts.organisation(kind=OrganisationKind.SHELTER, unit=factories.THOI_LAI)
    return accounts.asker(role=Role.PROVIDER, organisation=body), body


def test_a_provider_registers_its_own_place_with_its_address():
    asker, body = provider()
    made = register(asker, body, address="Ấp Mẫu", beds=3, latitude=10.04523, longitude=105.74691)

    with asking(asker):
        assert services.open_address(asker=asker, facility=made).street == "Ấp Mẫu"
        kept = queries.facility(asker, made.pk)
    assert (str(kept.latitude), str(kept.longitude)) == ("10.05", "105.75")


def test_a_commune_officer_registers_a_trusted_address_in_the_commune_alone():
    officer = accounts.asker(role=Role.COMMUNE_OFFICER, unit=factories.THOI_LAI)
    body = accounts.organisation(unit=factories.THOI_LAI)

    assert register(officer, body, address="Ấp Mẫu").unit_id == factories.THOI_LAI
    with pytest.raises(NotFound):
        register(officer, body, name="Nơi khác", unit_key=factories.CAI_KHE)


def test_registering_twice_with_one_key_makes_one():
    asker, body = provider()
    key = uuid4()
    first, second = (register(asker, body, id=key) for _ in range(2))

    assert first == second
    with asking(asker):
        assert Facility.objects.count() == 1


def test_nobody_registers_for_another_organisation():
    asker, _ = provider()
    with pytest.raises(NotFound):
        register(asker, accounts.organisation())


def test_a_counsellor_registers_nothing():
    with pytest.raises(NotForYou):
        register(accounts.asker(role=Role.COUNSELLOR), accounts.organisation())


def test_an_administrator_registers_a_place_but_not_where_it_stands():
    administrator = accounts.asker(role=Role.ADMINISTRATOR)
    body = accounts.organisation()

    assert register(administrator, body).organisation == body
    with pytest.raises(NotForYou):
        register(administrator, body, name="Nơi thứ hai", address="Ấp Mẫu")


@pytest.mark.parametrize("unit_key", ["p92", "c31117.old"])
def test_a_place_lies_in_a_commune_of_today(unit_key):
    asker, body = provider()
    with pytest.raises(NotAUnitOfToday):
        register(asker, body, unit_key=unit_key)


def test_changing_what_is_offered_is_kept():
    asker, body = provider()
    made = register(asker, body)
    with asking(asker):
        services.change_facility(asker=asker, facility=made, at=clock.now(), beds=7)
        assert queries.facility(asker, made.pk).beds == 7


def test_the_list_is_searched_without_accents_and_narrowed():
    one = factories.facility(name="Nhà Hoa Súng", unit=factories.NINH_KIEU)
    other = factories.facility(name="Nhà Bình Yên", unit=factories.THOI_LAI)
    factories.answer(one)
    asker = accounts.asker(role=Role.COUNSELLOR)

    def found(**options):
        with asking(asker):
            rows = queries.facilities(asker=asker, at=clock.now(), **options)
        return [row.facility for row in rows]

    assert found() == [one, other]
    assert found(text="hoa sung") == [one]
    assert found(text="thoi lai") == [other]
    assert found(unit_key=factories.THOI_LAI) == [other]
    assert found(kinds=[FacilityKind.POLICE]) == []
    assert found(is_ready=True) == [one]
