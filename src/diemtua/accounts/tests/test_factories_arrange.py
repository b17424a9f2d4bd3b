import pytest

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_a_member_of_any_role_can_be_arranged(role):
    asker = factories.asker(role=role)
    membership = Membership.objects.get(pk=asker.membership_id)
    assert (asker.role, asker.unit) == (role, membership.organisation.unit_id)


def test_members_may_share_an_organisation_and_be_bounded_to_a_commune():
    centre = factories.organisation()
    asker = factories.asker(organisation=centre, unit=factories.NINH_KIEU)
    assert asker.organisation_id == centre.pk
    assert asker.unit == factories.NINH_KIEU
