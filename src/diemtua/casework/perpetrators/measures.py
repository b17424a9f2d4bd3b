"""What indicators may count here: a share of fact rows, which identify nobody."""

from diemtua.foundation.registry import measures


def declare() -> None:
    """Declare the measure of this alcove.

    Source: Resolution 28/NQ-CP of 3/3/2021, target 3.2: detected people who used violence, below
    criminal liability, who were counselled. Counselled is who came to at least one meeting.
    """
    measures.declare("3.2b", "perpetrator.detected", numerator={"reached": True})
