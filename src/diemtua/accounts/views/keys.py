"""Ids that a page made and a form carries."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def key_of(request: HttpRequest, name: str = "key") -> UUID:
    """Return the id that a form carries; a fresh one, which matches nothing, when it is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid4()
