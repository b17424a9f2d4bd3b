"""Entries of this room in the audit trail."""

from typing import Any


def write(**entry: Any) -> None:
    """Write one entry."""
    try:
        from diemtua.foundation.audit import services  # noqa: PLC0415
    except ImportError:  # the audit floor is being laid
        return
    services.write(**entry)
