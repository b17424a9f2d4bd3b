"""Pages of papers: parse, one call, render."""

from diemtua.casework.papers.views.files import add_file, download, show
from diemtua.casework.papers.views.reading import decide, index, paper, withdraw
from diemtua.casework.papers.views.writing import add_body_map, add_note, correct

__all__ = [
    "add_body_map",
    "add_file",
    "add_note",
    "correct",
    "decide",
    "download",
    "index",
    "paper",
    "show",
    "withdraw",
]
