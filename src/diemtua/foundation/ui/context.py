"""What every page knows."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the asker and the request's number for the layout."""
    return {"asker": getattr(request, "asker", None), "request_number": getattr(request, "number", "")}
