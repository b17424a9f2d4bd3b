from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.protection import papers
from diemtua.casework.protection.models import ContactReason, Kind, Step
from diemtua.casework.protection.tests.test_measures_run_by_the_law import (
    ASKED,
    DAY,
    HOUR,
    SECRET,
    World,
    browser,
)
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db


def lived():
    world = World()
    world.banned().take(Kind.ASSIGNED, 2 * HOUR)
    world.take(Kind.CONTACT, DAY, until=ASKED + DAY + HOUR, reason=ContactReason.ILLNESS)
    world.take(Kind.CANCEL_ASKED, DAY + HOUR)
    world.take(Kind.CANCELLED, DAY + 2 * HOUR, number="15/QĐ-UBND")
    return world


def words(made, kind):
    if kind == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    else:
        text = " ".join(line.text for line in docx.Document(BytesIO(made)).paragraphs)
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_every_paper_reads_back_with_its_number_and_without_who_and_where(kind):
    world = lived()
    read = {}
    with asking(world.worker):
        for step in Step.objects.select_related("measure__case"):
            if papers.has_form(step):
                made = papers.make(asker=world.worker, step=step, kind=kind, at=clock.now())
                read[step.kind] = words(made, kind)
    numbers = {"ASKED": "06", "CONTACT": "09", "CANCEL_ASKED": "10", "CANCELLED": "11"}
    assert set(read) == {*numbers, "DECIDED"}
    for step, number in numbers.items():
        assert f"Mẫu số {number}" in read[step]
    assert "trong 12 giờ" in read["ASKED"]
    assert "100 m" in read["DECIDED"]
    assert "không quá 4 giờ" in read["CONTACT"]
    assert "15/QĐ-UBND" in read["CANCELLED"]
    for secret in (factories.NAME, factories.ADDRESS, factories.PHONE, SECRET, world.case.alias):
        assert secret not in str(read)


def test_a_paper_is_handed_out_once_and_leaves_no_copy(settings):
    world = lived()
    with asking(world.worker):
        step = Step.objects.get(kind=Kind.DECIDED)
    url = reverse("protection:paper", args=[step.pk, "docx"])
    answer = browser(world.worker, settings).get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "QUYẾT ĐỊNH" in words(answer.content, "docx")
    assert factories.audited("protection.paper.made") == 1
    stranger = browser(accounts.asker(role=Role.CASE_WORKER), settings)
    assert stranger.get(url).status_code == 404


def test_a_step_without_a_form_has_no_paper(settings):
    world = World()
    world.banned(days=1).take(Kind.VIOLATED, timedelta(hours=3))
    with asking(world.worker):
        step = Step.objects.get(kind=Kind.VIOLATED)
    url = reverse("protection:paper", args=[step.pk, "pdf"])
    assert browser(world.worker, settings).get(url).status_code == 404
