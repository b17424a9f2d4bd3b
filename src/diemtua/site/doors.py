"""Third-party views that are let through by name, each with its reason."""

from diemtua.foundation.doors import let_through


def open_doors() -> None:
    """Let the sign-in package's own pages through: they hold no record of a person who seeks help."""
    let_through("account_*", "Sign-in, sign-out and password pages of django-allauth.")
    let_through(
        "mfa_*", "Second factor pages of django-allauth; they demand a signed-in user themselves."
    )
