"""A call that tells of violence obliges the chairman of the commune, with a case or without one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from diemtua.accounts.models import OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import Section
from diemtua.casework.cases.services import Share
from diemtua.casework.duties import queries as duties
from diemtua.casework.duties import services as duty_services
from diemtua.casework.models import Duty
from diemtua.casework.tests import factories as casework
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.registry import work
from diemtua.hotline import queries, services
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def lan():
    return factories.counsellor()


def put_down(lan, *, at=NIGHT, **fields):
    contact = factories.contact(lan, **fields)
    with asking(lan):
        return services.finish(
            asker=lan, contact=queries.contact(asker=lan, contact_id=contact.pk), at=at
        )


def the_duties():
    with as_owner():
        return list(Duty.objects.order_by("started_at"))


def open_case(lan, contact, **changed):
    told = {
        "unit_key": factories.NINH_KIEU,
        "gbv_type": "PHYSICAL_ASSAULT",
        "acts": ["a"],
        "danger_now": False,
        "identity": casework.IDENTITY,
        "story": "",
        "safe_contact": casework.SAFE_CONTACT,
        "sex": "FEMALE",
        "age_group": "FROM_26",
    }
    consent = changed.pop("consent", casework.consent(shares=()))
    with asking(lan):
        return services.open_case(
            asker=lan, id=uuid4(), contact=contact, at=NIGHT, told=told | changed, consent=consent
        )


def test_a_caller_who_wants_no_case_still_starts_the_clock(lan):
    body, officer = casework.commune()
    contact = put_down(lan)
    (duty,) = the_duties()
    assert (duty.case_id, duty.from_contact, duty.holder_id) == (None, contact.pk, body.pk)
    assert duty.due_at == NIGHT + timedelta(hours=duty.rule["hours"])
    with asking(officer):
        assert [row.id for row in duties.held(asker=officer, at=NIGHT)] == [duty.pk]


def test_the_notice_says_where_when_and_what_and_nothing_of_who(lan):
    _body, officer = casework.commune()
    put_down(lan)
    with asking(officer):
        duty = duties.one(asker=officer, duty_id=the_duties()[0].pk)
        text = duty_services.read_notice(asker=officer, duty=duty, at=NIGHT).text
    assert "Ninh Kiều" in text and "ĐANG CÓ NGUY HIỂM" in text and "22:31 20/11/2026" in text
    told = (factories.NOTES, "912", "345 678", "tiệm may", "Người thân", "Chính người")
    assert [word for word in told if word in text] == []


@pytest.mark.parametrize(
    ("danger", "says"),
    [("NO", "chưa có dấu hiệu"), ("UNSURE", "Chưa rõ lúc này"), ("UNKNOWN", "Chưa rõ lúc này")],
)
def test_not_to_know_is_not_to_say_that_there_is_no_danger(lan, danger, says):
    _body, officer = casework.commune()
    put_down(lan, danger_now=danger)
    with asking(officer):
        duty = duties.one(asker=officer, duty_id=the_duties()[0].pk)
        assert says in duty_services.read_notice(asker=officer, duty=duty, at=NIGHT).text


@pytest.mark.parametrize(
    "fields",
    [
        {"unit_id": None},
        {"outcome": "NOT_OURS"},
        {"outcome": "SILENT"},
        {"gbv_type": "NON_GBV"},
        {"acts": [], "danger_now": "NO"},
        {"acts": [], "danger_now": "UNKNOWN"},
    ],
)
def test_a_call_that_reports_no_violence_or_no_place_obliges_nobody(lan, fields):
    put_down(lan, **fields)
    assert the_duties() == []


def test_a_place_that_is_added_later_is_told_then_and_each_place_once(lan):
    contact = put_down(lan, unit_id=None)
    for _tap in range(2):
        factories.contact(lan, id=contact.pk, at=NIGHT)
        with asking(lan):
            found = queries.contact(asker=lan, contact_id=contact.pk)
            services.finish(asker=lan, contact=found, at=NIGHT)
    assert len(the_duties()) == 1


def test_the_duty_goes_on_with_the_case_that_follows(lan):
    casework.commune()
    contact = put_down(lan)
    later = NIGHT + timedelta(minutes=1)
    case = open_case(lan, contact)
    (duty,) = the_duties()
    assert (duty.case_id, duty.started_at) == (case.pk, NIGHT)
    with asking(lan):
        assert [row.id for row in duties.of_case(asker=lan, case_id=case.pk, at=later)] == [duty.pk]


def test_who_has_more_to_tell_tells_it_and_says_what_it_belongs_to(lan):
    _body, officer = casework.commune()
    contact = put_down(lan)
    share = Share((Section.NAME,), kind=OrganisationKind.COMMUNE_COMMITTEE)
    open_case(lan, contact, consent=casework.consent(shares=(share,)))
    first, second = the_duties()
    with asking(officer):
        duty = duties.one(asker=officer, duty_id=second.pk)
        text = duty_services.read_notice(asker=officer, duty=duty, at=NIGHT).text
    assert casework.NAME in text and first.coded["code"] in text


def test_a_case_opened_at_once_has_one_duty_and_one_only(lan):
    casework.commune()
    open_case(lan, factories.contact(lan))
    assert [bool(duty.case_id) for duty in the_duties()] == [True]


def test_a_joined_duty_cannot_be_joined_to_another_case(lan):
    contact = put_down(lan)
    case = open_case(lan, contact)
    (duty,) = the_duties()
    other = casework.case(lan)
    casework.commune()
    from django.db import connection

    with asking(lan), connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.join_duty(%s, %s)", [duty.pk, other.pk])
        assert cursor.fetchone()[0] is False
    with as_owner():
        assert Duty.objects.get(pk=duty.pk).case_id == case.pk


def test_colleagues_and_the_supervisor_see_that_nobody_answered_and_others_nothing(lan):
    with as_owner():
        centre = accounts.Organisation.objects.get(pk=lan.organisation_id)
    contact = put_down(lan)
    team = [Role.COUNSELLOR, Role.SUPERVISOR]
    for role in (*team, Role.CASE_WORKER, Role.ADMINISTRATOR):
        asker = accounts.asker(role=role, organisation=centre)
        with asking(asker):
            seen = duties.of_contact(asker=asker, contact_id=contact.pk, at=NIGHT)
            assert (bool(seen), Duty.objects.exists()) == (role in team, role in team)
    stranger = factories.counsellor()
    with asking(stranger):
        assert not Duty.objects.exists()


def test_nobody_starts_a_duty_for_a_contact_of_somebody_else(lan):
    contact = factories.contact(lan)
    with as_owner():
        centre = accounts.Organisation.objects.get(pk=lan.organisation_id)
        unit = factories.Contact.objects.select_related("unit").get(pk=contact.pk).unit
    other = factories.counsellor(organisation=centre)
    report = duty_services.Report(contact.pk, unit, NIGHT, ("a",), None)
    with pytest.raises(Exception, match="row-level security"), asking(other):
        duty_services.start_from_call(asker=other, report=report, at=NIGHT)


def test_the_desk_says_beforehand_whom_it_will_tell_and_what_is_missing(lan):
    client = factories.browser(lan)
    address = reverse("hotline:help-now")
    told = client.get(address, {"acts": ["a"], "unit": factories.NINH_KIEU}).content.decode()
    assert "Ghi xong là báo Chủ tịch UBND" in told and "Chưa nói trước" in told
    missing = client.get(address, {"acts": ["a"]}).content.decode()
    assert "Chưa có xã, phường nên chưa báo được" in missing
    assert "Báo Chủ tịch UBND" not in client.get(address, {"danger_now": "NO"}).content.decode()


def test_a_chairman_who_does_not_answer_waits_at_the_counsellors_bell(lan):
    casework.commune()
    contact = put_down(lan)
    with asking(lan):
        in_time = dict_of(work.of(lan, at=NIGHT))
        too_late = dict_of(work.of(lan, at=NIGHT + timedelta(hours=3)))
    assert "hotline.chairmen" not in in_time
    assert [item.href for item in too_late["hotline.chairmen"]] == [
        reverse("hotline:contact", args=[contact.pk])
    ]


def test_a_late_chairman_counts_on_the_bell(lan):
    put_down(lan, at=clock.now() - timedelta(hours=3))
    put_down(lan, at=clock.now())
    with asking(lan):
        assert queries.waiting_for(lan) == 1


def dict_of(queues):
    return {queue.code: items for queue, items in queues}
