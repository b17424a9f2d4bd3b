from io import BytesIO

import pytest
from pypdf import PdfReader

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Consent, Purpose, Section
from diemtua.casework.letters import services
from diemtua.casework.letters.errors import NothingToSend
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


def printed(asker, referral):
    with asking(asker):
        made = services.print_letter(asker=asker, referral=referral, at=clock.now())
    reader = PdfReader(BytesIO(made))
    return reader, " ".join(page.extract_text() for page in reader.pages)


def sent(supervisor, sections):
    at = clock.now()
    return factories.referral(
        supervisor, factories.case(supervisor, at=at), at=at, sections=sections
    )


def test_the_letter_says_what_was_shared_and_nothing_beside(supervisor):
    reader, words = printed(supervisor, sent(supervisor, [Section.NAME]))
    assert len(reader.pages) == 1
    assert factories.NAME in " ".join(words.split())
    assert "Phần trả lời" in words
    for secret in (factories.STORY, factories.ADDRESS, "0912", "tiệm may"):
        assert secret not in words


def test_the_file_itself_names_nobody(supervisor):
    reader, _words = printed(supervisor, sent(supervisor, [Section.NAME]))
    assert factories.NAME not in str(reader.metadata)
    assert reader.metadata.title == "Phiếu chuyển gửi"


def test_the_safe_way_to_call_is_printed_with_its_warning(supervisor):
    _reader, words = printed(supervisor, sent(supervisor, [Section.CONTACT]))
    assert "tiệm may" in words
    assert "Không nhắn tin" in words


def test_what_she_no_longer_agrees_to_is_not_printed(supervisor):
    referral = sent(supervisor, [Section.NAME])
    with asking(supervisor):
        consent = Consent.objects.get(case=referral.case, purpose=Purpose.SHARE)
        cases.withdraw_consent(asker=supervisor, consent=consent, at=clock.now())
        referral.refresh_from_db()
    with pytest.raises(NothingToSend):
        printed(supervisor, referral)


def test_each_print_is_in_the_trail(supervisor):
    printed(supervisor, sent(supervisor, [Section.NAME]))
    assert factories.audited("letters.letter.printed") == 1
