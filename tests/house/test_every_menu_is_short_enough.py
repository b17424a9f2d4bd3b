"""What a role may open must not fall out of its menu because a room declared one entry more."""

import pytest

from diemtua.accounts.models import Role
from diemtua.foundation.ui import menu


@pytest.mark.parametrize("role", Role.values)
def test_no_entry_of_a_role_falls_out_of_its_menu(role):
    entries = [str(entry.label) for entry in menu.entries_of(role)]
    assert len(entries) <= menu.MOST_ENTRIES, entries
