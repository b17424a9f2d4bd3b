from uuid import uuid4

import pytest
from django.urls import reverse

from diemtua.casework.cases import queries as cases
from diemtua.casework.models import Case, Consent, Duty
from diemtua.casework.tests import factories as casework
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.hotline import services
from diemtua.hotline.errors import PlaceMissing
from diemtua.hotline.models import Contact, Outcome, State
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Trần Thị Bích Thuỷ", "Hẻm 14 đường Phượng Đỏ"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def lan():
    return factories.counsellor()


@pytest.fixture
def contact(lan):
    return factories.contact(lan)


def sent(**changed):
    values = {
        "key": str(uuid4()),
        "consent_store": "on",
        "consent_statistics": "on",
        "share_with": ["SHELTER"],
        "sections": ["NEEDS", "NAME", "CONTACT"],
        "how": "SPOKEN_BY_PHONE",
        "alias": cases.draw_alias(),
        "full_name": NAME,
        "phone": factories.PHONE,
        "address": ADDRESS,
        "birth_year": "1991",
        "sex": "FEMALE",
        "age_group": "FROM_26",
        "unit": factories.NINH_KIEU,
        "gbv_type": "PHYSICAL_ASSAULT",
        "acts": ["a", "p"],
        "danger_now": "on",
        "story": factories.NOTES,
        "safe_phone": factories.PHONE,
        "hours": "8–10 giờ",
        "say": "tiệm may",
        "note": "",
    }
    return {name: value for name, value in (values | changed).items() if value is not None}


def send(asker, contact, **changed):
    address = reverse("hotline:open-case", args=[contact.pk])
    return factories.browser(asker).post(address, sent(**changed))


def test_the_page_asks_for_consent_before_anything_else_and_knows_what_was_told(lan, contact):
    address = reverse("hotline:open-case", args=[contact.pk])
    text = factories.browser(lan).get(address).content.decode()
    assert text.index("Chị đồng ý những gì") < text.index("Chuyện đã xảy ra") < text.index("Về chị")
    for told in (factories.NOTES, factories.PHONE, "tiệm may", "Ninh Kiều"):
        assert told in text
    assert 'value="PHYSICAL_ASSAULT" selected' in text  # suggested by the acts


def test_no_consent_is_ticked_before_she_gave_it(lan, contact):
    page = factories.browser(lan).get(reverse("hotline:open-case", args=[contact.pk]))
    form = page.context["form"]
    consents = ("consent_store", "consent_statistics", "share_with", "sections", "how")
    assert {name: form[name].value() or None for name in consents} == dict.fromkeys(consents)


def test_a_case_is_opened_with_what_she_agreed_to_and_the_contact_is_put_down(lan, contact):
    answer = send(lan, contact)
    assert answer.status_code == 302
    with as_owner():
        case, found = Case.objects.get(), Contact.objects.get()
        consents = set(Consent.objects.values_list("purpose", flat=True))
        assert Duty.objects.count() == 1  # the chairman's clock runs
    assert answer.headers["Location"] == reverse("casework:case", args=[case.pk])
    assert (found.case_id, found.state, found.outcome) == (case.pk, State.DONE, Outcome.CASE)
    assert {"STORE", "SHARE", "STATISTICS"} <= consents


def test_a_double_tap_makes_one_case(lan, contact):
    key = str(uuid4())
    places = {send(lan, contact, key=key).headers["Location"] for _tap in range(2)}
    other_tab = send(lan, contact).headers["Location"]
    with as_owner():
        case = Case.objects.get()
    assert places == {other_tab} == {reverse("casework:case", args=[case.pk])}


@pytest.mark.parametrize(
    "refused",
    [
        ({"consent_store": None}, "đồng ý"),
        ({"unit": ""}, "Chưa có xã, phường nơi xảy ra."),
        ({"alias": "Tên tự đặt"}, ""),
        ({"sections": []}, "Chọn ít nhất một phần"),
        ({"how": None}, "Chị đồng ý bằng cách nào"),
        ({"birth_year": "năm Tuất"}, ""),
    ],
)
def test_a_refusal_answers_422_and_keeps_everything_typed(lan, contact, refused):
    changed, says = refused
    answer = send(lan, contact, **changed)
    text = answer.content.decode()
    assert answer.status_code == 422
    for typed in (NAME, ADDRESS, factories.NOTES, "tiệm may", says):
        assert typed in text
    with as_owner():
        assert not Case.objects.exists()
        assert Contact.objects.get().state == State.DRAFT


def test_without_consent_to_statistics_nothing_is_counted(lan, contact):
    send(lan, contact, consent_statistics=None)
    with as_owner():
        assert Case.objects.count() == 1
    assert casework.facts() == []


def test_once_there_is_a_case_the_page_leads_to_it(lan, contact):
    send(lan, contact)
    address = reverse("hotline:open-case", args=[contact.pk])
    with as_owner():
        case = Case.objects.get()
    answer = factories.browser(lan).get(address)
    assert answer.headers["Location"] == reverse("casework:case", args=[case.pk])


def test_the_verb_asks_for_the_place_too(lan, contact):
    with asking(lan), pytest.raises(PlaceMissing):
        services.open_case(
            asker=lan, id=uuid4(), contact=contact, at=NIGHT, told={}, consent=casework.consent()
        )


def test_one_tap_from_the_desk_leads_to_the_page_with_everything_saved(lan):
    key = uuid4()
    answer = factories.browser(lan).post(
        reverse("hotline:contact", args=[key]), factories.page(then="open-case")
    )
    assert answer.headers["Location"] == reverse("hotline:open-case", args=[key])
    with as_owner():
        assert Contact.objects.get().pk == key
