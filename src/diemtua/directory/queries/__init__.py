"""Questions about places that help: which there are, and which are ready tonight."""

from diemtua.directory.queries.facilities import (
    Listed,
    address_of,
    facilities,
    facility,
    is_address_known,
    kept,
    listed,
)
from diemtua.directory.queries.readiness import (
    Answer,
    NotReady,
    ReadyPlace,
    answers_of,
    holds_for,
    latest,
    ready_near,
)

__all__ = [
    "Answer",
    "Listed",
    "NotReady",
    "ReadyPlace",
    "address_of",
    "answers_of",
    "facilities",
    "facility",
    "holds_for",
    "is_address_known",
    "kept",
    "latest",
    "listed",
    "ready_near",
]
