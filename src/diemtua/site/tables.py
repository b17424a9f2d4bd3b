"""Tables of third-party packages, declared open, each with its reason.

Our own tables are declared on their models (``foundation.database.tables``).
"""

from diemtua.foundation.database.tables import declare_open


def declare() -> None:
    """Declare every third-party table."""
    declare_open("django_migrations", "Django's list of applied migrations; no person is in it.")
    declare_open("django_content_type", "Django's list of models; no person is in it.")
    declare_open("django_session", "Sessions of staff, looked up before anyone is the asker.")
    declare_open(
        "site_cache", "Counters that throttle sign-in; keys are hashed, values are counts."
    )
    declare_open(
        "account_emailaddress",
        "Work addresses of staff kept by the sign-in package; not used here.",
    )
    declare_open(
        "account_emailconfirmation", "Confirmations of staff addresses; not used here, stays empty."
    )
    declare_open(
        "mfa_authenticator",
        "Second factors of staff, needed while nobody is the asker yet; secrets are sealed under a "
        "key outside the database (accounts.second_factor).",
    )
    declare_open(
        "usersessions_usersession",
        "Where staff are signed in, looked up before anyone is the asker; no person who seeks help.",
    )
    for table in ("auth_group", "auth_group_permissions", "auth_permission"):
        declare_open(
            table, "Django's groups and permissions, unused here: rights come from policies."
        )
    for table in ("jobs", "events", "periodic_defers", "workers"):
        declare_open(
            f"procrastinate_{table}",
            "Queue of background jobs: names, times and ids only; jobs refuse any other argument.",
        )
