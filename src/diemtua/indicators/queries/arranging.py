"""The communes of a table, searched and sorted so that the order tells nothing of hidden rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from diemtua.foundation.text import fold
from diemtua.indicators.queries.figures import CommuneFigure

Key = Callable[[CommuneFigure], Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort communes."""

    code: str
    label: str | Promise
    key: Key | None
    is_descending: bool = False


ORDERS = (
    Order("thap", gettext_lazy("Tỷ lệ thấp trước"), lambda row: row.value),
    Order("cao", gettext_lazy("Tỷ lệ cao trước"), lambda row: row.value, is_descending=True),
    Order(
        "nhieu",
        gettext_lazy("Phát hiện nhiều trước"),
        lambda row: row.denominator or None,
        is_descending=True,
    ),
    Order("ten", gettext_lazy("Theo tên"), None),
)


def arranged(
    rows: Iterable[CommuneFigure], *, text: str = "", order: str = "thap", is_all: bool = False
) -> list[CommuneFigure]:
    """Return the communes whose name fits, in an order.

    Hidden communes stand after those with numbers, by name: their place must not say how large
    they are. Communes in which nobody was counted are left out unless asked for.
    """
    wanted = fold(text)
    found = [
        row
        for row in rows
        if wanted in fold(row.name) and (is_all or text or row.is_suppressed or row.denominator)
    ]
    found.sort(key=lambda row: row.sort_key)
    chosen = next((one for one in ORDERS if one.code == order), ORDERS[0])
    if chosen.key is None:
        return found
    key = chosen.key
    told = [row for row in found if key(row) is not None]
    told.sort(key=lambda row: key(row) or 0, reverse=chosen.is_descending)
    hidden = [row for row in found if row.is_suppressed]
    empty = [row for row in found if key(row) is None and not row.is_suppressed]
    return [*told, *hidden, *empty]
