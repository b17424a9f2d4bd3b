"""The technical log: constant event names and allow-listed fields, never a person's data."""

import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.views.debug import SafeExceptionReporterFilter

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger",
        "code", "status", "count", "duration_ms", "request_id", "screen", "role", "job", "job_id",
        "error", "frames", "attempt", "port", "pid", "version", "lane", "topic", "method", "view",
        "migration", "table", "size", "epoch", "url_name",
    }
)  # fmt: skip


class FieldNotAllowed(ValueError):
    """A log call names a field that is not on the allow-list."""


def only_allowed_fields(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not allow-listed; under test, raise instead, so that it is seen."""
    strange = set(event) - ALLOWED
    if strange and os.environ.get("DIEMTUA_TEST") == "1":
        raise FieldNotAllowed(f"Log fields not on the allow-list: {sorted(strange)}")
    for name in strange:
        del event[name]
    return event


def frames_only(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its type and its frames: no message, no local variables."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if not info or info[0] is None:
        return event
    event["error"] = f"{info[0].__module__}.{info[0].__qualname__}"
    frames, trace = [], info[2]
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    event["frames"] = frames[-12:]
    return event


class FramesOnlyFormatter(logging.Formatter):
    """Format what other packages log: their message, and of an exception only type and frames."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name belongs to logging
        """Return type and frames of the exception, without its message."""
        event = frames_only(None, "", {"exc_info": ei})
        return f"{event.get('error')} {' < '.join(reversed(event.get('frames', [])))}"


class NothingShown(SafeExceptionReporterFilter):
    """Django's error reports never carry local variables or request parameters."""

    def is_active(self, request: Any) -> bool:  # noqa: ARG002 - the signature is Django's
        """Always hide, in debug too."""
        return True

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:  # noqa: ARG002
        """Return no variables."""
        return []


def configure() -> None:
    """Send events to stderr, one JSON line each (readable lines on a terminal)."""
    renderer: Any = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            frames_only,
            only_allowed_fields,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(FramesOnlyFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()  # noqa: TID251 - other packages log through it
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # Django's request log quotes paths; ours names the view instead (foundation.ui.middleware).
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # noqa: TID251
    logging.getLogger("django.security").setLevel(logging.CRITICAL)  # noqa: TID251
