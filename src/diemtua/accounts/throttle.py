"""When a throttled sign-in may be tried again."""

import time
from datetime import datetime
from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from diemtua.foundation.clock import CITY_TIME

SECONDS = 60


def seconds_left(request: HttpRequest, *, key: str) -> int:
    """Return in how many seconds a failed sign-in under this key may be tried again; 0 means now."""
    waits = [0.0]
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed"):
        stored = cache.get(
            ratelimit.get_cache_key(
                request, app="allauth.account", action="login_failed", rate=rate, key=key
            ),
            [],
        )
        if len(stored) >= rate.amount:  # newest first: the oldest that counts frees the next try
            waits.append(stored[rate.amount - 1] + rate.duration - time.time())
    return ceil(max(waits))


def sentence(seconds: int) -> str:
    """Return the sentence that says when to try again."""
    again = datetime.fromtimestamp(time.time() + seconds, CITY_TIME)
    return _(
        "Đã nhập sai quá nhiều lần nên tạm khóa. Thử lại sau %(minutes)s phút (lúc %(clock)s)."
    ) % {"minutes": max(1, ceil(seconds / SECONDS)), "clock": again.strftime("%H:%M")}
