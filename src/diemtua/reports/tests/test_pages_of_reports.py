from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import docx
import pytest
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as people
from diemtua.foundation import clock
from diemtua.foundation.database.testing import as_owner
from diemtua.indicators.tests.factories import detected
from diemtua.reports.models import Report
from diemtua.reports.queries import periods
from diemtua.reports.tests.factories import TEXTS, issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def committee():
    return people.organisation(kind="COMMITTEE")


@pytest.fixture
def secretary(committee):
    return people.asker(role=Role.COMMITTEE_SECRETARY, organisation=committee)


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


def sent(client, **changes):
    data = TEXTS | {"period": periods(clock.now())[0].code, "key": str(uuid4())} | changes
    return client.post(reverse("reports:issue"), data)


def count():
    with as_owner():
        return Report.objects.count()


def test_the_secretary_prepares_issues_and_downloads(secretary):
    detected(n=60, reached=48, on=clock.today())
    client = browser(secretary)
    prepared = client.get(reverse("reports:new")).content.decode()
    assert "48 trong 60 người được phát hiện" in prepared
    assert "Kỳ này chưa kết thúc" in prepared
    answer = sent(client)
    assert answer.status_code == 302
    with as_owner():
        report = Report.objects.get()
    assert answer.url == reverse("reports:report", args=[report.pk])
    assert "01/BC-BVSTB" in client.get(answer.url).content.decode()
    assert "01/BC-BVSTB" in client.get(reverse("reports:list")).content.decode()
    file = client.get(reverse("reports:download", args=[report.pk, "docx"]))
    assert any("48 người" in one.text for one in docx.Document(BytesIO(file.content)).paragraphs)


def test_a_double_tap_makes_one_report(secretary):
    client, key = browser(secretary), str(uuid4())
    assert sent(client, key=key).url == sent(client, key=key).url
    assert count() == 1


def test_a_form_with_a_gap_comes_back_with_what_was_typed_and_issues_nothing(secretary):
    client, key = browser(secretary), str(uuid4())
    answer = sent(client, key=key, signer_name="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert TEXTS["next_tasks"] in html
    assert key in html
    assert count() == 0


@pytest.mark.parametrize(
    ("form", "kind"), [("docx", "wordprocessingml"), ("pdf", "application/pdf")]
)
def test_a_file_has_a_plain_and_a_spoken_name_and_is_not_kept_by_the_browser(secretary, form, kind):
    report = issue(secretary)
    file = browser(secretary).get(reverse("reports:download", args=[report.pk, form]))
    disposition = file["Content-Disposition"]
    assert f'filename="01-BC-BVSTB-2026.{form}"' in disposition
    assert f"Báo cáo quý IV năm 2026 (số 01-BC-BVSTB-2026).{form}" in unquote(disposition)
    assert disposition.isascii()
    assert "no-store" in file["Cache-Control"]
    assert kind in file["Content-Type"]


def test_there_is_no_third_form(secretary):
    report = issue(secretary)
    assert browser(secretary).get(f"/bao-cao/{report.pk}/tai/exe/").status_code == 404


def test_a_leader_reads_and_does_not_issue(committee, secretary):
    report = issue(secretary)
    leader = browser(people.asker(role=Role.LEADER, organisation=committee))
    assert leader.get(reverse("reports:report", args=[report.pk])).status_code == 200
    assert "Lập báo cáo quý" not in leader.get(reverse("reports:list")).content.decode()
    assert leader.get(reverse("reports:new")).status_code == 403
    assert sent(leader).status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"COMMITTEE_SECRETARY", "LEADER"}))
def test_nobody_else_opens_a_page_of_reports(secretary, role):
    report = issue(secretary)
    client = browser(people.asker(role=role))
    for address in (
        reverse("reports:list"),
        reverse("reports:new"),
        reverse("reports:report", args=[report.pk]),
        reverse("reports:download", args=[report.pk, "pdf"]),
    ):
        assert client.get(address).status_code == 403


def test_another_committee_does_not_find_it(secretary):
    report = issue(secretary)
    other = browser(people.asker(role=Role.COMMITTEE_SECRETARY))
    for name in ("reports:report", "reports:download"):
        extra = ["pdf"] if name.endswith("download") else []
        assert other.get(reverse(name, args=[report.pk, *extra])).status_code == 404
