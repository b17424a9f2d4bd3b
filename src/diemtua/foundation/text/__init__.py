"""Vietnamese text: folding, order, matching, names, telephone numbers, numbers and days."""

from diemtua.foundation.text.folding import fold, marked_words, sort_key, words
from diemtua.foundation.text.matching import matching, rank
from diemtua.foundation.text.names import PersonName, given_name, person_name
from diemtua.foundation.text.phones import phone_as_spoken, phone_e164
from diemtua.foundation.text.reading import NotReadable, parse_date, parse_number, parse_time
from diemtua.foundation.text.writing import (
    ago,
    clock_time,
    duration,
    long_date,
    moment,
    money,
    money_in_words,
    number,
    percent,
    short_date,
)

__all__ = [
    "NotReadable", "PersonName", "ago", "clock_time", "duration", "fold", "given_name", "long_date",
    "marked_words", "matching", "moment", "money", "money_in_words", "number", "parse_date",
    "parse_number", "parse_time", "percent", "person_name", "phone_as_spoken", "phone_e164", "rank",
    "short_date", "sort_key", "words",
]  # fmt: skip
