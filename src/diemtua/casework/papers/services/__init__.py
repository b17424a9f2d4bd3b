"""What is done with papers."""

from diemtua.casework.papers.services.filing import Filed, keep_file
from diemtua.casework.papers.services.recording import correct, record
from diemtua.casework.papers.services.withdrawing import approve, keep, withdraw

__all__ = ["Filed", "approve", "correct", "keep", "keep_file", "record", "withdraw"]
