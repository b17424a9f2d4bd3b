import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse

from diemtua.accounts.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.policy import Policy, role_policy
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.doors import door
from diemtua.foundation.refusals import Refusal

pytestmark = pytest.mark.django_db


class TooLate(Refusal):
    code = "test.too-late"
    sentence = "Đã quá %(hours)d giờ."
    remedy = "Gọi người giám sát."


@pytest.fixture
def request_of(rf, settings):
    settings.DIEMTUA_MFA_REQUIRED = False

    def make(role=None):
        request = rf.get("/")
        request.session = {}
        request.resolver_match = None
        request.user = AnonymousUser()
        if role:
            with as_owner():
                request.user = factories.member(role=role).user
        return request

    return make


@door(role_policy("test.supervisors", "SUPERVISOR"))
def supervisors_only(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.asker_role()")
        return HttpResponse(cursor.fetchone()[0])


def test_inside_the_view_the_database_knows_who_asks(request_of):
    assert supervisors_only(request_of("SUPERVISOR")).content == b"SUPERVISOR"


def test_another_role_is_refused_in_words(request_of):
    answer = supervisors_only(request_of("LEADER"))
    assert answer.status_code == 403
    assert "không mở được phần này" in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(request_of):
    answer = supervisors_only(request_of())
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/vao/")


def test_a_refusal_undoes_everything_and_says_rule_and_remedy(request_of):
    @door(Policy(code="test.any"))
    def refuses(request):
        Session.objects.create(session_key="do-dang", session_data="", expire_date=clock.now())
        raise TooLate(hours=12)

    answer = refuses(request_of("SUPERVISOR"))
    assert answer.status_code == 409
    assert "Đã quá 12 giờ." in answer.content.decode()
    assert "Gọi người giám sát." in answer.content.decode()
    assert not Session.objects.filter(pk="do-dang").exists()
