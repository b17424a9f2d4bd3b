"""Sheets as XLSX, in memory: a survivor's rows never lie in a file on the server's disk."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from diemtua.casework.exports.queries import Row, Sheet

ROWS_OF_A_SHEET = 1_048_576
"""What a sheet of XLSX holds, its header included (ECMA-376); more goes on in a further sheet."""


def xlsx(sheets: Iterable[Sheet], *, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> tuple[bytes, int]:
    """Return the sheets as one file, and how many rows are in it; none is ever cut.

    Text is written as text: a cell that begins with ``=``, ``+`` or ``@`` is no formula and no link.
    """
    kept = BytesIO()
    book = _Book(kept, rows_of_a_sheet)
    written = sum(book.add(sheet) for sheet in sheets)
    book.close()
    return kept.getvalue(), written


class _Book:
    """A file under way."""

    def __init__(self, kept: BytesIO, most: int) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(kept, options)
        self._most = most
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self.close = self._book.close

    def add(self, sheet: Sheet) -> int:
        """Write a sheet, in further ones where it does not fit; return how many rows it had."""
        page, line, number, written = self._begun(sheet, 1), 1, 1, 0
        for row in sheet.rows:
            if line == self._most:
                number += 1
                page, line = self._begun(sheet, number), 1
            self._write(page, line, row)
            line += 1
            written += 1
        return written

    def _begun(self, sheet: Sheet, number: int) -> Any:
        name = str(sheet.name)
        page = self._book.add_worksheet(name if number == 1 else f"{name} {number}")
        for column, title in enumerate(sheet.header):
            page.write_string(0, column, str(title), self._head)
        page.set_column(0, len(sheet.header) - 1, 18)
        page.freeze_panes(1, 0)
        return page

    def _write(self, page: Any, line: int, row: Row) -> None:
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, date):
                page.write_datetime(line, column, value, self._day)
            elif isinstance(value, int):
                page.write_number(line, column, value)
            else:
                page.write_string(line, column, value)
