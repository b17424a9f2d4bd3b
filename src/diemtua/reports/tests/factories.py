"""Arranged figures and texts for the tests of reports."""

from datetime import datetime, timedelta
from uuid import uuid4

from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.indicators import queries as indicators
from diemtua.indicators.tests.factories import CAI_KHE, NINH_KIEU, TAN_AN, detected
from diemtua.reports import services
from diemtua.reports.material import Told

AT = datetime(2026, 12, 16, 9, 30, tzinfo=CITY_TIME)
QUARTER = indicators.parse("2026-Q4R")
TEXTS = {
    "situation": "Đường dây trực liên tục.\nĐã tập huấn 04 lớp.",
    "next_tasks": "Rà soát địa chỉ tin cậy.",
    "recipients": "Bộ Nội vụ (để báo cáo)\nThành viên Ban",
    "signs": "DEPUTY",
    "signer_post": "Phó Chủ tịch Ủy ban nhân dân thành phố",
    "signer_name": "Nguyễn Thị Mẫu",
}


def told(**changes):
    return Told(
        **{
            "situation": TEXTS["situation"],
            "next_tasks": TEXTS["next_tasks"],
            "recipients": tuple(TEXTS["recipients"].splitlines()),
            "signs_for_head": True,
            "signer_post": TEXTS["signer_post"],
            "signer_name": TEXTS["signer_name"],
        }
        | changes
    )


def a_quarter():
    """Arrange three communes, one of them small, and the quarter before."""
    detected(n=80, reached=66, unit_key=CAI_KHE, on=QUARTER.since)
    detected(n=40, reached=30, unit_key=NINH_KIEU, on=QUARTER.last_day)
    detected(n=4, reached=3, unit_key=TAN_AN, on=QUARTER.since)
    detected(n=50, reached=30, on=QUARTER.since - timedelta(days=1))


def issue(asker, *, key=None, period=QUARTER, at=AT, **changes):
    with asking(asker):
        return services.issue(
            asker=asker, id=key or uuid4(), period=period, told=told(**changes), at=at
        )
