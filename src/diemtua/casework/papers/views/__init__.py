"""Pages of papers: parse, one call, render."""

from diemtua.casework.papers.views.reading import decide, index, paper, withdraw
from diemtua.casework.papers.views.writing import add_note, correct

__all__ = ["add_note", "correct", "decide", "index", "paper", "withdraw"]
