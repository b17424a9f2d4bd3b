"""What is done with papers."""

from diemtua.casework.papers.services.recording import correct, record
from diemtua.casework.papers.services.withdrawing import approve, keep, withdraw

__all__ = ["approve", "correct", "keep", "record", "withdraw"]
