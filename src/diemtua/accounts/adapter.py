"""How sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff come by invitation: nobody signs up by themselves."""

    def is_open_for_signup(self, request: Any) -> bool:  # noqa: ARG002 - allauth's signature
        """Return False: accounts are made by invitation only."""
        return False
