"""Everything that sends a referral to a place without an account, and takes its answer."""

from diemtua.casework.letters.services.answering import answer_by_link, write_down_answer
from diemtua.casework.letters.services.linking import close_link, make_link
from diemtua.casework.letters.services.opening import Opened, knock, open_letter
from diemtua.casework.letters.services.printing import print_letter

__all__ = [
    "Opened",
    "answer_by_link",
    "close_link",
    "knock",
    "make_link",
    "open_letter",
    "print_letter",
    "write_down_answer",
]
