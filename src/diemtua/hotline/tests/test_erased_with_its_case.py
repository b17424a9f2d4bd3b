from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from diemtua.accounts.models import Organisation, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.retention import services as retention
from diemtua.casework.tests import factories as casework
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault.models import DataKey
from diemtua.hotline import services
from diemtua.hotline.models import Contact
from diemtua.hotline.tests import factories

pytestmark = pytest.mark.django_db


def opened(asker):
    contact = factories.contact(asker)
    told = {
        "unit_key": factories.NINH_KIEU,
        "gbv_type": "PHYSICAL_ASSAULT",
        "acts": ["a"],
        "danger_now": False,
        "identity": casework.IDENTITY,
        "story": casework.STORY,
        "safe_contact": casework.SAFE_CONTACT,
        "sex": "FEMALE",
        "age_group": "FROM_26",
    }
    with asking(asker):
        case = services.open_case(
            asker=asker,
            id=uuid4(),
            contact=contact,
            at=clock.now(),
            told=told,
            consent=casework.consent(),
        )
    return contact, case


def key_of(contact):
    with as_owner():
        return DataKey.objects.get(pk=Contact.objects.get(pk=contact.pk).data_key_id)


def erase(case, *, by):
    with as_owner():
        centre = Organisation.objects.get(pk=case.organisation_id)
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=centre)
    with asking(supervisor):
        request = retention.receive(
            asker=supervisor, id=uuid4(), case=case, right="ERASE", note="", at=clock.now()
        )
        retention.grant(asker=supervisor, request=request, at=clock.now())
    with asking(by):
        request.refresh_from_db()
        retention.erase(asker=by, request=request, at=clock.now())


def test_the_contact_that_led_to_a_case_goes_with_it():
    contact, case = opened(factories.counsellor())
    other, _case = opened(factories.counsellor())
    officer = accounts.asker(role=Role.DATA_PROTECTION_OFFICER)
    erase(case, by=officer)
    assert key_of(contact).wrapped is None
    assert key_of(other).wrapped is not None
    with as_owner():
        assert Contact.objects.get(pk=contact.pk).phone_token is None


def test_contacts_are_erased_with_their_case_alone():
    contact, case = opened(factories.counsellor())
    for role in (Role.DATA_PROTECTION_OFFICER, Role.SUPERVISOR):
        somebody = accounts.asker(role=role)
        with (
            pytest.raises(DatabaseError, match="erased with their case"),
            asking(somebody),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT diemtua.erase_contacts_of_case(%s)", [case.pk])
    assert key_of(contact).wrapped is not None
