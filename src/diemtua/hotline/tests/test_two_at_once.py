import threading
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.casework.cases import queries as cases
from diemtua.casework.models import Case, Duty
from diemtua.casework.tests import factories as casework
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import Refusal
from diemtua.hotline import services
from diemtua.hotline.errors import SavedElsewhere
from diemtua.hotline.models import Contact
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {
    "unit_key": factories.NINH_KIEU,
    "gbv_type": "PHYSICAL_ASSAULT",
    "acts": ["a"],
    "danger_now": True,
    "identity": casework.IDENTITY,
    "story": factories.NOTES,
    "safe_contact": casework.SAFE_CONTACT,
    "sex": "FEMALE",
    "age_group": "FROM_26",
}


def at_once(*verbs):
    """Run the verbs in threads that start together; return what each gave or was refused with."""
    barrier, answers = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(place, verb):
        barrier.wait()
        try:
            answers[place] = verb()
        except Refusal as refusal:
            answers[place] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_first_saves_at_once_make_one_contact():
    lan, key = factories.counsellor(), uuid4()
    saved = at_once(*[lambda: factories.contact(lan, id=key).pk] * 4)
    assert saved == [key] * 4
    with as_owner():
        assert Contact.objects.count() == 1


def test_of_two_tabs_at_once_one_is_told():
    lan, key = factories.counsellor(), uuid4()
    version = factories.contact(lan, id=key, tab=uuid4()).version

    def save(notes):
        return lambda: (
            factories.contact(lan, id=key, tab=uuid4(), seen=version, notes=notes).version
        )

    answers = at_once(save("thẻ một"), save("thẻ hai"))
    assert sorted(map(str, answers)) == sorted(map(str, [version + 1, SavedElsewhere]))


def test_two_tabs_at_once_open_one_case_and_start_one_duty():
    lan = factories.counsellor()
    contact = factories.contact(lan)

    def open_case():
        with asking(lan):
            return services.open_case(
                asker=lan,
                id=uuid4(),  # two tabs, two keys
                contact=contact,
                at=NIGHT,
                told=TOLD | {"alias": cases.draw_alias()},
                consent=casework.consent(),
            ).pk

    opened = at_once(open_case, open_case, open_case)
    with as_owner():
        assert {Case.objects.get().pk} == set(opened)
        assert Duty.objects.count() == 1
    assert len(casework.facts()) == 1
