import pytest
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories as casework
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.hotline import queries, services
from diemtua.hotline.models import Line
from diemtua.hotline.tests import factories

pytestmark = pytest.mark.django_db
ADD = "hotline:add-line"
ONE = {
    "shown": "1800 1769",
    "name": "Đường dây mẫu",
    "purpose": "Tư vấn pháp lý",
    "source": "Người trực máy xác nhận",
    "is_used": "on",
}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


def line_of(number):
    with as_owner():
        return Line.objects.get(number=number)


def numbers(asker):
    with asking(asker):
        return [line.number for line in (*queries.own_lines(), *queries.other_lines())]


def test_every_number_says_what_it_is_for_and_where_it_is_from():
    with asking(factories.counsellor()):
        own, others = queries.own_lines(), queries.other_lines()
    assert [line.number for line in own] == ["18008065"]
    assert {line.number for line in others} == {"113", "115", "111", "1900969680"}
    for line in [*own, *others]:
        assert line.purpose and line.source and line.last_checked
        assert line.shown.replace(" ", "") == line.number


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_new_number_is_at_hand_at_the_desk_at_once(role):
    keeper, lan = accounts.asker(role=role), factories.counsellor()
    answer = factories.browser(keeper).post(reverse(ADD), ONE)
    assert answer.headers["Location"] == reverse("hotline:lines")
    assert "18001769" in numbers(lan)
    assert "1800 1769" in factories.browser(lan).get(reverse("hotline:help-now")).content.decode()
    assert casework.audited("hotline.line.added") == 1


def test_a_double_tap_adds_one(supervisor):
    client, sent = factories.browser(supervisor), ONE | {"key": str(Line().pk)}
    places = {client.post(reverse(ADD), sent).status_code for _tap in range(2)}
    assert places == {302}
    assert line_of("18001769")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"shown": "gọi cho chị Lan"}, "Ghi từ 3 đến 11 chữ số"),
        ({"shown": "12"}, "Ghi từ 3 đến 11 chữ số"),
        ({"shown": "113"}, "Số này đã có trong danh sách."),
        ({"name": ""}, ""),
        ({"purpose": ""}, ""),
        ({"source": "x" * 201}, ""),
    ],
)
def test_wrong_input_is_named_and_kept(supervisor, wrong, says):
    answer = factories.browser(supervisor).post(reverse(ADD), ONE | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Người trực máy xác nhận" in answer.content.decode() or "source" in wrong


def test_a_number_put_out_of_use_is_offered_no_more_and_stays_in_old_contacts(supervisor):
    lan = factories.counsellor()
    contact = factories.contact(lan, handed_to="115")
    line = line_of("115")
    known = {name: getattr(line, name) for name in ("shown", "name", "purpose", "source")}
    address = reverse("hotline:line", args=[line.pk])
    assert factories.browser(supervisor).post(address, known).status_code == 302
    assert "115" not in numbers(lan)
    page = factories.browser(lan).get(reverse("hotline:contact", args=[contact.pk]))
    assert '<option value="115" selected>' in page.content.decode()


def test_the_last_line_of_our_own_is_not_put_out_of_use(supervisor):
    line = line_of("18008065")
    known = {name: getattr(line, name) for name in ("shown", "name", "purpose", "source")}
    for wrong in ({"is_own": "on"}, {"is_used": "on"}):  # not used, not our own
        address = reverse("hotline:line", args=[line.pk])
        answer = factories.browser(supervisor).post(address, known | wrong)
        assert answer.status_code == 422
        assert "duy nhất đang trực" in answer.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.SUPERVISOR, Role.ADMINISTRATOR}))
def test_nobody_else_changes_a_number(role):
    asker = accounts.asker(role=role)
    client = factories.browser(asker)
    assert client.get(reverse("hotline:lines")).status_code == 403
    assert client.post(reverse(ADD), ONE).status_code == 403
    with asking(asker), connection.cursor() as cursor:
        cursor.execute("UPDATE hotline_line SET shown = '0'")
        assert cursor.rowcount == 0


def test_loading_the_reference_again_leaves_the_citys_changes_alone(supervisor):
    with as_owner():
        Line.objects.filter(number="111").update(name="Đã đổi", is_used=False)
        services.load_lines("default")
    assert (line_of("111").name, line_of("111").is_used) == ("Đã đổi", False)
