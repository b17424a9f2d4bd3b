"""Doors: every endpoint names the policy that opens it; an endpoint without one refuses.

``@door(policy)`` finds out who asks, opens the transaction in which PostgreSQL knows it, runs the
view and turns a refusal into a page. ``DoorMiddleware`` refuses every view that carries no door,
so a forgotten one fails closed. Views of third-party packages are let through by name, each with
its reason, in ``diemtua.site.doors``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string

from diemtua.foundation.database.asker import PUBLIC, Asker, asking
from diemtua.foundation.database.policy import Policy
from diemtua.foundation.refusals import NotForYou, Refusal

View = Callable[..., HttpResponseBase]

_open_by_name: dict[str, str] = {}


def let_through(url_name: str, reason: str) -> None:
    """Let a third-party view in under its URL name (``namespace:name`` or ``prefix*``), and why."""
    _open_by_name[url_name] = reason


def is_let_through(url_name: str) -> bool:
    """Return whether a URL name was let through, by itself or by its prefix."""
    return any(
        url_name == known or (known.endswith("*") and url_name.startswith(known[:-1]))
        for known in _open_by_name
    )


def policy_of(view: View) -> Policy | None:
    """Return the policy on a view's door, or None when it has no door."""
    return getattr(view, "door_policy", None)


def door(policy: Policy) -> Callable[[View], View]:
    """Open the view to whom the policy lets in, inside a transaction that knows who asks.

    The view asks ``asker_behind`` who it is. A ``Refusal`` raised inside rolls the
    transaction back and becomes a page (or a fragment for htmx) with its sentence and remedy.
    """

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = who_asks(request, policy)
            if isinstance(answer, HttpResponseBase):
                return answer
            request.asker = answer  # type: ignore[attr-defined]
            try:
                if not policy.lets_in(answer):
                    raise NotForYou
                with asking(answer):
                    return view(request, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, refusal)

        guarded.door_policy = policy  # type: ignore[attr-defined]
        return guarded

    return hang


def who_asks(request: HttpRequest, policy: Policy) -> Asker | HttpResponseBase:
    """Return the asker behind a request, or the response that sends them to sign in first."""
    resolver = import_string(settings.DIEMTUA_ASKER_RESOLVER)
    found: Asker | HttpResponseBase | None = resolver(request)
    if found is not None and not (policy.public and isinstance(found, HttpResponseBase)):
        return found
    if policy.public:
        return PUBLIC
    return redirect(f"{settings.LOGIN_URL}?next={request.path}")


def asker_behind(request: HttpRequest) -> Asker:
    """Return who asks, inside a view with a door: the door has found it out."""
    asker: Asker = request.asker  # type: ignore[attr-defined]  # the door sets it
    return asker


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page that says what was refused, under which rule, and what to do instead."""
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


class DoorMiddleware:
    """Refuse every endpoint that names no policy and was not let through by name."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the decision falls in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Refuse unless the view has a door or its name was let through."""
        if policy_of(view) is not None:
            return None
        match = request.resolver_match
        if match is not None and is_let_through(match.view_name or ""):
            return None
        return refused(request, NotForYou())
