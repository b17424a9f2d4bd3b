"""The pages: nothing is lost, nothing overwritten, nothing assumed."""

from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import queries as case_queries
from diemtua.casework.cases.models import Case, CaseToken, Consent
from diemtua.casework.incidents import queries, services
from diemtua.casework.incidents.forms import IncidentForm, IntakeForm, ProfileForm
from diemtua.casework.incidents.models import Draft, Incident, Profile
from diemtua.casework.incidents.tests import factories
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import blind

pytestmark = pytest.mark.django_db
NINH_KIEU = cases.NINH_KIEU


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


@pytest.fixture
def worker():
    return cases.team()[1]


@pytest.fixture
def case(worker):
    return cases.case(worker)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


STEPS = (
    {"source": "WALK_IN", "consent_store": "on", "how": "SPOKEN_IN_PERSON"},
    {
        "unit": NINH_KIEU,
        "began_on": "18/11/2026",
        "precision": "DAY",
        "acts": ["a"],
        "p0_relationship": "PARTNER",
        "story": "Chồng đánh",
    },
    {"full_name": "Bích Thuỷ", "sex": "FEMALE", "birth_year": "2012"},
    {"phone0_number": "0912345678", "phone0_call": "NO", "phone0_message": ""},
)


def take_in(client, key, steps=STEPS):
    address = reverse("incidents:intake", args=[key])
    tab = str(uuid4())
    for number, fields in enumerate(steps, start=1):
        answer = client.post(
            address, fields | {"step": number, "tab": tab, "draft_seen": "99", "key": key}
        )
        if answer.status_code != 302:
            return answer
    return answer


def test_somebody_who_came_is_taken_in_step_by_step_with_profile_and_incident(worker):
    client, key = browser(worker), uuid4()
    answer = take_in(client, key)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert answer["Location"] == reverse("incidents:index", args=[key])
    with asking(worker):
        case = case_queries.one(asker=worker, case_id=key)
        assert queries.profile(worker, case).source == "WALK_IN"
        assert queries.is_under_16(worker, case)
        row = queries.incidents_of(worker, key)[0]
        assert (row.gbv_type, row.contexts) == ("PHYSICAL_ASSAULT", ("PARTNER_VIOLENCE",))
        assert services.read_profile(asker=worker, case=case)["full_name"] == "Bích Thuỷ"
        assert not Draft.objects.exists()
    with as_owner():
        assert [c.purpose for c in Consent.objects.filter(case_id=key)] == ["STORE"]
    text = text_of(client.get(reverse("incidents:index", args=[key])))
    assert "111" in text and "Dưới 16 tuổi" in text and "Chị tự đến" in text
    assert client.get(reverse("incidents:intake", args=[key])).status_code == 302


def test_no_consent_is_ticked_beforehand_and_without_it_no_file_is_kept(worker):
    client, key = browser(worker), uuid4()
    assert "checked" not in text_of(client.get(reverse("incidents:intake", args=[key])))
    steps = ({k: v for k, v in STEPS[0].items() if k != "consent_store"}, *STEPS[1:])
    text = text_of(take_in(client, key, steps), 422)
    assert "đồng thuận" in text
    with asking(worker):
        assert not Case.objects.filter(pk=key).exists() and Draft.objects.count() == 1


def test_a_later_step_says_nothing_is_wrong_before_it_is_asked_and_assumes_nothing(worker):
    client, key = browser(worker), uuid4()
    take_in(client, key, STEPS[:1])
    for number in (2, 3, 4):
        text = text_of(client.get(reverse("incidents:intake", args=[key]) + f"?buoc={number}"))
        assert "field-error" not in text and "checked" not in text
        for first in ("FEMALE", "UNDER_16"):
            assert f'<option value="{first}" selected' not in text
    unknown = text_of(client.get(reverse("incidents:intake", args=[key]) + "?buoc=3"))
    assert unknown.index('value="UNKNOWN"') < unknown.index('value="FEMALE"')


def test_an_intake_goes_on_after_a_crash_and_what_was_typed_is_sealed(worker):
    client, key = browser(worker), uuid4()
    page = {"step": "3", "tab": str(uuid4()), "full_name": "Lụa Nâu", "birth_date": "31/02/1990"}
    assert client.post(reverse("incidents:keep-intake", args=[key]), page).status_code == 200
    text = text_of(browser(worker).get(reverse("incidents:intake", args=[key]) + "?buoc=3"))
    assert "Lụa Nâu" in text and "31/02/1990" in text
    with as_owner():
        assert "Lụa".encode() not in bytes(Draft.objects.get().typed.ciphertext)
    assert str(key) in text_of(client.get(reverse("incidents:begun")))
    client.post(reverse("incidents:drop-intake", args=[key]))
    with as_owner():
        assert not Draft.objects.exists()


def test_a_session_that_ended_loses_nothing_that_was_kept(worker, case):
    client = browser(worker)
    page = {"tab": str(uuid4()), "full_name": "Lụa Nâu"}
    assert client.post(reverse("incidents:keep-profile", args=[case.pk]), page).status_code == 200
    client.logout()
    assert client.post(reverse("incidents:keep-profile", args=[case.pk]), page).status_code != 200
    text = text_of(browser(worker).get(reverse("incidents:profile", args=[case.pk])))
    assert "Lụa Nâu" in text and "ghi dở" in text


def test_two_tabs_of_one_person_do_not_overwrite_each_other(worker, case):
    client, address = browser(worker), reverse("incidents:keep-profile", args=[case.pk])
    for tab, expected in ((uuid4(), 200), (uuid4(), 409)):
        answer = client.post(address, {"tab": str(tab), "draft_seen": "0", "full_name": "A"})
        assert answer.status_code == expected


def profile_page(**fields):
    return {"tab": str(uuid4()), "seen": "0", "sex": "FEMALE"} | fields


def test_the_second_editor_sees_both_versions_and_nothing_is_overwritten(worker, case):
    client, address = browser(worker), reverse("incidents:profile", args=[case.pk])
    assert client.post(address, profile_page(full_name="Bản Một")).status_code == 302
    text = text_of(client.post(address, profile_page(full_name="Bản Hai")), 409)
    assert "Bản Một" in text and "Bản Hai" in text and "Hai bản khác nhau" in text
    with asking(worker):
        found = Case.objects.get(pk=case.pk)
        assert services.read_profile(asker=worker, case=found)["full_name"] == "Bản Một"
    answer = client.post(address, profile_page(full_name="Bản Hai", seen="1"))
    assert answer.status_code == 302


def test_tokens_follow_the_profile_so_that_an_old_number_no_longer_finds_her(worker, case):
    factories.profile(worker, case, {"full_name": "Lụa", "phones": [{"number": "0901111222"}]})
    with as_owner():
        kinds = sorted(CaseToken.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == ["name", "phone"]
    with asking(worker):
        for number, expected in (("0901111222", 1), (cases.PHONE, 0)):
            [token] = blind.tokens("phone", number)
            assert len(case_queries.with_phone(asker=worker, token=token)) == expected


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"began_on": "01/01/2090"}, "sau hôm nay"),
        ({"began_on": "18/11/2025", "ended_on": "17/11/2025"}, "đứng trước ngày bắt đầu"),
        ({"began_on": "01/01/1980"}, "trước ngày sinh"),
        ({"began_on": "31/02/2020"}, "Không có ngày này"),
        ({"unit": "khong-co"}, "Không có xã, phường này"),
        ({"acts": ["zz"]}, "zz"),
    ],
)
def test_impossible_dates_and_places_are_refused_with_the_text_kept(  # noqa: PLR0917 - as pytest
    worker, case, fields, said
):
    factories.profile(worker, case)
    client, key = browser(worker), uuid4()
    page = {"unit": NINH_KIEU, "acts": ["a"], "told": "Chị kể lại", "tab": str(uuid4())} | fields
    text = text_of(client.post(reverse("incidents:incident", args=[case.pk, key]), page), 422)
    assert said in text and "Chị kể lại" in text
    with as_owner():
        assert not Incident.objects.exists()


def test_a_double_tap_makes_one_incident_and_a_change_keeps_one(worker, case):
    client, key = browser(worker), uuid4()
    address = reverse("incidents:incident", args=[case.pk, key])
    page = {"unit": NINH_KIEU, "acts": ["i", "b"], "tab": str(uuid4()), "p0_full_name": "Sét"}
    for _tap in range(2):
        assert client.post(address, page).status_code == 302
    with asking(worker):
        row = queries.incidents_of(worker, case.pk)[0]
        assert (row.gbv_type, row.acts, row.perpetrators) == ("RAPE", ("i", "b"), 1)
    assert "Sét" in text_of(client.get(address))
    text_of(client.get(reverse("incidents:index", args=[case.pk])))


def test_contexts_follow_when_her_age_becomes_known(worker, case):
    factories.profile(worker, case, {"full_name": "Lụa"})
    factories.incident(worker, case, gbv_type="RAPE", perpetrators=())
    with asking(worker):
        assert queries.contexts_of(worker, case.pk) == []
    factories.profile(worker, case, {"full_name": "Lụa", "birth_year": 2012}, seen=1)
    with asking(worker):
        assert queries.contexts_of(worker, case.pk) == ["CHILD_SEXUAL_ABUSE"]


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.LEADER, Role.COMMUNE_OFFICER])
def test_nobody_outside_the_team_opens_a_page(case, role):
    client = browser(accounts.asker(role=role))
    for address in (
        reverse("incidents:begun"),
        reverse("incidents:intake", args=[uuid4()]),
        reverse("incidents:index", args=[case.pk]),
        reverse("incidents:profile", args=[case.pk]),
        reverse("incidents:incident", args=[case.pk, uuid4()]),
    ):
        assert client.get(address).status_code in {403, 404}


def test_a_colleague_finds_no_case_that_is_not_hers(case):
    client = browser(cases.team()[1])
    for name in ("incidents:index", "incidents:profile"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404


anything = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["YES", "NONE", "31/12/9999", "-1", "99999999999999999999", "\x00", "a", "ALL"]
    ),
)


def pages_of(form):
    names = st.sampled_from(sorted(form().fields))
    return st.dictionaries(names, st.lists(anything, max_size=3), max_size=12)


@pytest.mark.parametrize("form", [ProfileForm, IncidentForm, IntakeForm])
def test_no_form_breaks_on_whatever_is_typed(form):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pages_of(form))
    def fuzz(typed):
        posted = QueryDict(mutable=True)
        for name, values in typed.items():
            posted.setlist(name, values)
        asked = form(posted)
        asked.is_valid()
        assert asked.page()
        assert len(asked.groups()) == len(form.GROUPS)

    fuzz()


def test_whatever_is_typed_is_kept_and_shown_again(worker, case):
    client = browser(worker)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pages_of(ProfileForm))
    def fuzz(typed):
        page = {k: v for k, v in typed.items() if k not in {"tab", "seen"}}
        kept = client.post(
            reverse("incidents:keep-profile", args=[case.pk]),
            page | {"tab": str(case.pk), "draft_seen": "0"},
        )
        assert kept.status_code in {200, 400}, kept.content
        shown = client.get(reverse("incidents:profile", args=[case.pk]))
        assert shown.status_code == 200
        saved = client.post(reverse("incidents:profile", args=[case.pk]), page)
        assert saved.status_code in {302, 400, 409, 422}

    fuzz()


def test_the_profile_reads_what_the_case_was_opened_with_before_it_is_written(worker, case):
    with asking(worker):
        found = Case.objects.get(pk=case.pk)
        person = services.read_profile(asker=worker, case=found)
        assert not Profile.objects.exists()
    assert person["phones"] == [{"number": cases.PHONE, "say": "tiệm may"}]
    assert cases.audited("casework.profile.read") == 1
