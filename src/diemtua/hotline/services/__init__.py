"""What a counsellor does with contacts, and who keeps the numbers."""

from diemtua.hotline.services.earlier import Earlier, find_earlier
from diemtua.hotline.services.ending import call_back_done, finish, open_case
from diemtua.hotline.services.erasing import erase_with_case
from diemtua.hotline.services.handing import hand_over
from diemtua.hotline.services.lines import LineTold, add_line, change_line, load_lines
from diemtua.hotline.services.writing import Written, save

__all__ = [
    "Earlier",
    "LineTold",
    "Written",
    "add_line",
    "call_back_done",
    "change_line",
    "erase_with_case",
    "find_earlier",
    "finish",
    "hand_over",
    "load_lines",
    "open_case",
    "save",
]
