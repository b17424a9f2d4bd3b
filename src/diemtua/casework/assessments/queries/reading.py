"""Reading a definition: whatever is wrong with it is refused in a sentence that says where."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemtua.casework.assessments.errors import BadDefinition
from diemtua.casework.assessments.queries.definitions import Words

A_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
AN_ANSWER = re.compile(r"[A-Z][A-Z0-9_]{0,23}")
LONGEST_FILE, LONGEST_TEXT = 200_000, 600
REQUIRED = object()


class Part:
    """One table of a definition. It hands out each entry once and names what nobody asked for."""

    def __init__(self, raw: object, *, name: str, where: str | Promise) -> None:
        self._name, self._where = name, where
        if not isinstance(raw, dict):
            raise self.fault(_("phải là một bảng"))
        self._left: dict[str, Any] = dict(raw)

    def fault(self, what: str | Promise, **told: object) -> BadDefinition:
        """Return the refusal that says where and what."""
        return BadDefinition(name=self._name, where=str(self._where), fault=str(what) % told)

    def take(self, key: str, kind: type, otherwise: object = REQUIRED) -> Any:
        """Return an entry of this kind; without ``otherwise`` it must be there."""
        value = self._left.pop(key, REQUIRED)
        if value is REQUIRED:
            if otherwise is REQUIRED:
                raise self.fault(_("thiếu “%(key)s”"), key=key)
            return otherwise
        is_bool_for_number = kind is int and isinstance(value, bool)
        is_moment_for_day = kind is date and isinstance(value, datetime)
        if not isinstance(value, kind) or is_bool_for_number or is_moment_for_day:
            raise self.fault(_("“%(key)s” không đúng kiểu"), key=key)
        return value

    def text(self, key: str, otherwise: object = REQUIRED) -> str:
        """Return a text that is neither empty nor endless."""
        value = self.take(key, str, otherwise)
        if value is otherwise:
            return str(value)
        if not value.strip() or len(value) > LONGEST_TEXT:
            raise self.fault(
                _("“%(key)s” trống hoặc dài quá %(most)d chữ"), key=key, most=LONGEST_TEXT
            )
        return str(value.strip())

    def words(self, key: str) -> Words:
        """Return a text in both languages."""
        return Words(self.text(key), self.text(f"{key}_en"))

    def words_or_none(self, key: str) -> Words | None:
        """Return a text in both languages, if there is one."""
        return self.words(key) if key in self._left or f"{key}_en" in self._left else None

    def whole(self, key: str, bounds: tuple[int, int], otherwise: object = REQUIRED) -> int:
        """Return a whole number between two bounds."""
        low, high = bounds
        value = self.take(key, int, otherwise)
        if value is not otherwise and not low <= value <= high:
            told = {"key": key, "low": low, "high": high}
            raise self.fault(_("“%(key)s” phải từ %(low)d đến %(high)d"), **told)
        return int(value)

    def code(self, key: str, form: re.Pattern[str]) -> str:
        """Return a code of this form."""
        value: str = self.take(key, str)
        if not form.fullmatch(value):
            raise self.fault(_("“%(key)s” không phải mã hợp lệ"), key=key)
        return value

    def one_of(self, key: str, known: Sequence[str], otherwise: object = REQUIRED) -> str:
        """Return one of the words known here."""
        value = self.take(key, str, otherwise)
        if value not in known and value is not otherwise:
            told = {"key": key, "known": ", ".join(known)}
            raise self.fault(_("“%(key)s” phải là một trong: %(known)s"), **told)
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; absent means none."""
        values = self.take(key, list, [])
        if not all(isinstance(v, str) and v.strip() and len(v) <= LONGEST_TEXT for v in values):
            raise self.fault(_("“%(key)s” phải là danh sách chữ"), key=key)
        return tuple(values)

    def parts(self, key: str, *, least: int, most: int) -> list[Any]:
        """Return a list of tables, so and so many of them."""
        values: list[Any] = self.take(key, list, [])
        if not least <= len(values) <= most:
            told = {"key": key, "least": least, "most": most}
            raise self.fault(_("cần từ %(least)d đến %(most)d “%(key)s”"), **told)
        return values

    def inner(self, raw: object) -> "Part":
        """Return a table inside this one, which is named by this one."""
        return Part(raw, name=self._name, where=self._where)

    def nothing_else(self) -> None:
        """Refuse what nobody asked for: mostly a mistyped name, which would else be ignored."""
        if self._left:
            raise self.fault(_("không hiểu “%(key)s”"), key=min(self._left)[:60])


def table(text: str, *, name: str) -> Part:
    """Return the outermost table of a file.

    Raises:
        BadDefinition: it is no TOML, or larger than any instrument.
    """
    where = _("Tệp")
    if len(text) > LONGEST_FILE:
        raise BadDefinition(name=name, where=str(where), fault=str(_("lớn quá mức cho phép")))
    try:
        return Part(tomllib.loads(text), name=name, where=where)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        fault = str(_("không đọc được theo cú pháp TOML"))
        raise BadDefinition(name=name, where=str(where), fault=fault) from error
