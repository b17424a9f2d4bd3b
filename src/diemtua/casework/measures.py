"""What indicators may count here. Each is a share of fact rows, which identify nobody."""

from diemtua.foundation.registry import measures


def declare() -> None:
    """Declare the measures of this room.

    Source: Resolution 28/NQ-CP of 3/3/2021, target 3.2: detected survivors who reached at least
    one basic support service. Which services are basic: ``cases/reference/services.toml``.
    """
    measures.declare("3.2a", "survivor.detected", numerator={"reached": True})
