"""Everything that changes something about people who sign in, by subject.

``people``: roles, suspension, second factor. ``organisations``. ``invitations``.
``sign_in``: what happens around a session, and ``require_recent_sign_in`` for sensitive acts.
"""

from diemtua.accounts.services.invitations import (
    accept_invitation,
    invite,
    invite_first_administrator,
    link_token,
    open_invitation,
    withdraw_invitation,
)
from diemtua.accounts.services.organisations import (
    add_organisation,
    change_organisation,
    close_organisation,
)
from diemtua.accounts.services.people import (
    ResetReason,
    SuspensionReason,
    end_membership,
    grant_role,
    passphrase_link,
    reset_second_factor,
    restore,
    suspend,
)
from diemtua.accounts.services.sign_in import (
    act_as,
    choose_language,
    choose_theme,
    end_all_sessions,
    end_session,
    lock,
    require_recent_sign_in,
    unlock,
)

__all__ = [
    "ResetReason",
    "SuspensionReason",
    "accept_invitation",
    "act_as",
    "add_organisation",
    "change_organisation",
    "choose_language",
    "choose_theme",
    "close_organisation",
    "end_all_sessions",
    "end_membership",
    "end_session",
    "grant_role",
    "invite",
    "invite_first_administrator",
    "link_token",
    "lock",
    "open_invitation",
    "passphrase_link",
    "require_recent_sign_in",
    "reset_second_factor",
    "restore",
    "suspend",
    "unlock",
    "withdraw_invitation",
]
