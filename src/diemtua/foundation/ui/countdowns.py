"""How long is left until a moment: in words, and how pressing it is."""

from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

SOON = timedelta(hours=3)


def describe(until: datetime, now: datetime) -> dict[str, str]:
    """Return the words (``còn 2 giờ 15 phút``, ``quá hạn 1 ngày``) and the tone of a countdown."""
    left = until - now
    is_late = left < timedelta()
    span = in_words(abs(left))
    wording = gettext("quá hạn %(span)s") if is_late else gettext("còn %(span)s")
    tone = "late" if is_late else "soon" if left <= SOON else "calm"
    return {"words": wording % {"span": span}, "tone": tone}


def in_words(span: timedelta) -> str:
    """Return a length of time in its two largest units: ``2 ngày 4 giờ``, ``2 giờ 15 phút``."""
    minutes = int(span.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    shows_minutes = not days and (rest or not hours)
    parts = [
        ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days} if days else "",
        ngettext("%(n)d giờ", "%(n)d giờ", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d phút", "%(n)d phút", rest) % {"n": rest} if shows_minutes else "",
    ]
    return " ".join(part for part in parts if part)
