"""Binding the lanes regularly."""

from diemtua.foundation.audit import services
from diemtua.foundation.jobs.app import job


@job("audit.verify", cron="*/10 * * * *")
def bind_lanes() -> None:
    """Make a checkpoint: what came before it cannot be cut off unseen."""
    services.checkpoint()
