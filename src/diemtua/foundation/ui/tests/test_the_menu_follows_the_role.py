import pytest
from django.urls import reverse

from diemtua.foundation.database.asker import Asker, Kind
from diemtua.foundation.ui import bar, menu


@pytest.fixture(autouse=True)
def own_entries(monkeypatch):
    monkeypatch.setattr(menu, "_entries", {})
    for order, (code, url_name, roles) in enumerate(
        [
            ("health", "health", {"A", "B"}),
            ("gallery", "ui:gallery", {"A"}),
            ("gone", "ui:nowhere", {"A"}),
        ]
    ):
        menu.declare(
            code=code,
            label=code,
            url_name=url_name,
            icon="home",
            roles=roles,
            order=-order,
            home_for={"A"} if code == "gallery" else (),
        )


def test_a_role_sees_its_own_entries_in_order():
    assert [item.label for item in menu.items_of("A", path="/x/")] == ["gallery", "health"]
    assert [item.label for item in menu.items_of("B", path="/x/")] == ["health"]
    assert menu.items_of("C", path="/x/") == []


def test_the_entry_one_is_under_is_marked():
    marked = [
        item.label
        for item in menu.items_of("A", path=reverse("ui:gallery") + "x/")
        if item.is_current
    ]
    assert marked == ["gallery"]


def test_the_first_page_after_signing_in_is_the_roles_home():
    assert menu.home_of("A") == reverse("ui:gallery")
    assert menu.home_of("B") is None


def test_there_are_never_more_than_seven():
    for number in range(12):
        menu.declare(
            code=f"n{number}", label="n", url_name="health", icon="home", roles={"A"}, order=number
        )
    assert len(menu.items_of("A", path="/")) == menu.MOST_ENTRIES


def test_the_bar_knows_its_buttons_only():
    with pytest.raises(TypeError):
        bar.declare(coffee="x:y")


def test_nothing_is_counted_outside_the_askers_own_transaction():
    assert bar.waiting_for(Asker(kind=Kind.MEMBER, role="A")) == 0
    assert bar.waiting_for(None) == 0


def test_a_door_that_would_stay_shut_gets_no_button(monkeypatch):
    monkeypatch.setattr(bar, "_names", {"account": "accounts:me", "waiting": "accounts:people"})
    counsellor = Asker(kind=Kind.MEMBER, role="COUNSELLOR")
    assert bar.addresses(counsellor).account == reverse("accounts:me")
    assert bar.addresses(counsellor).waiting == ""
    assert bar.addresses(Asker(kind=Kind.MEMBER, role="ADMINISTRATOR")).waiting != ""
