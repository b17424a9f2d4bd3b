"""What the `diemtua` command looks like: its sections, its options, click's own words in Vietnamese."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from diemtua.site.cli_language import gettext as _
from diemtua.site.cli_language import wanted

SHORTEST_LIMIT = 300  # a summary is never cut: it wraps

WORDS = {
    "Usage:": "Cách dùng:",
    "Options": "Lựa chọn",
    "Commands": "Lệnh",
    "Show the version and exit.": "In số phiên bản.",
    "Show this message and exit.": "In phần hướng dẫn này.",
    "Confirm the action without prompting.": "Làm ngay, không hỏi lại.",
    "Try '{command} {option}' for help.": "Xem hướng dẫn: {command} {option}",
    "Error: {message}": "✗ {message}",
    "Aborted!": "Đã dừng.",
    "default: {default}": "mặc định: {default}",
    "required": "bắt buộc",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "No such option {name!r}.": "Không có lựa chọn {name!r}.",
    "Missing command.": "Thiếu tên lệnh.",
    "Missing option": "Thiếu lựa chọn",
    "Missing argument": "Thiếu tham số",
    "Missing parameter": "Thiếu tham số",
    "Invalid value: {message}": "Giá trị không hợp lệ: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} không hợp lệ: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số.",
    "{value} is not in the range {range}.": "{value} không nằm trong khoảng {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} không có.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} là thư mục.",
    "{name} {filename!r} is a file.": "{name} {filename!r} là tệp.",
    "{name} {filename!r} is not readable.": "Không đọc được {name} {filename!r}.",
    "{name} {filename!r} is not writable.": "Không ghi được {name} {filename!r}.",
    "file": "tệp",
    "directory": "thư mục",
    "File": "Tệp",
    "Directory": "Thư mục",
}
"""What click itself says. It asks gettext for a catalogue of the system, where ours is not."""


def speak() -> None:
    """Have click speak the terminal's language."""
    if wanted() != "vi":
        return
    from click import core, decorators, exceptions, formatting, termui, types  # noqa: PLC0415

    for module in (core, decorators, exceptions, formatting, termui, types):
        module._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]


class Page(click.Command):
    """One command's help."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        rest.setdefault("options_metavar", _("[LỰA CHỌN]"))
        super().__init__(*args, **rest)


class Chapter(click.Group):
    """Commands of one matter, in the order in which they are written."""

    command_class = Page

    def __init__(self, *args: Any, **rest: Any) -> None:
        rest.setdefault("options_metavar", _("[LỰA CHỌN]"))
        rest.setdefault("subcommand_metavar", _("LỆNH …"))
        super().__init__(*args, **rest)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands as they were written."""
        return list(self.commands)


class Manual(Chapter):
    """A command whose help lists what it can do by what one wants to do, in that order."""

    def __init__(self, *args: Any, sections: dict[str, tuple[str, ...]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.sections = sections

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section after another, no summary cut."""
        for title, names in self.sections.items():
            with formatter.section(title):
                formatter.write_dl(list(self._summaries(ctx, names)))

    def _summaries(self, ctx: click.Context, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name in names:
            command = self.get_command(ctx, name)
            if command is not None:
                yield name, command.get_short_help_str(SHORTEST_LIMIT)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the environment variables, which every command obeys."""
        with formatter.section(_("Biến môi trường")):
            formatter.write_dl(ENVIRONMENT)
        super().format_epilog(ctx, formatter)


ENVIRONMENT = [
    ("DIEMTUA_DATA", _("thư mục của mọi thứ thay đổi: cơ sở dữ liệu nhúng, khóa, bản sao")),
    (
        "DATABASE_URL",
        _("PostgreSQL của đơn vị, bằng tài khoản tạo được vai trò: cho setup, backup"),
    ),
    ("DATABASE_APP_URL", _("cùng cơ sở dữ liệu, bằng diemtua_app: đủ cho serve và worker")),
    ("DIEMTUA_HOSTS", _("tên miền mà máy chủ web trả lời, cách nhau bằng dấu phẩy")),
    ("DIEMTUA_PORT", _("cổng của máy chủ web (8000)")),
    ("DIEMTUA_LANG", _("vi hoặc en: ngôn ngữ của chính lệnh này")),
]


def environment(data: Path | None, *, demo: bool = False, port: int | None = None) -> None:
    """Put a command's options where the settings read them, before Django loads."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
    if data is not None:
        os.environ["DIEMTUA_DATA"] = str(data.resolve())
    if demo:
        os.environ["DIEMTUA_DEMO"] = "1"
    if port is not None:
        os.environ["DIEMTUA_PORT"] = str(port)


def data_option[F: Callable[..., Any]](function: F) -> F:
    """Add ``--data``: the folder of everything that changes."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="DIEMTUA_DATA",
        default=None,
        help=_(
            "Thư mục dữ liệu: cơ sở dữ liệu, khóa, bản sao (mặc định: ./var; biến DIEMTUA_DATA)."
        ),
    )(function)


def port_option[F: Callable[..., Any]](function: F) -> F:
    """Add ``--port``."""
    return click.option(
        "--port",
        type=click.IntRange(1, 65535),
        metavar="N",
        envvar="DIEMTUA_PORT",
        default=8000,
        show_default=True,
        help=_("Cổng của máy chủ web (biến DIEMTUA_PORT)."),
    )(function)
