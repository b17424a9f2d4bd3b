"""Questions about reaching her: is it safe now, by which ways, what was tried."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.frame import Event
from diemtua.casework.cases.models import Case, Purpose
from diemtua.casework.reaching import policies
from diemtua.casework.reaching.models import Answers, Attempt, Came, Channel, SafeWay
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.text import fold
from diemtua.foundation.vault import services as vault

REFERENCE = Path(__file__).resolve().parent / "reference" / "words.toml"
EVERY_DAY = tuple(range(7))
SHOWN_FOR = timedelta(hours=1)
"""How long an attempt shows the number: long enough for a call, too short for a list of numbers."""
ICONS = {
    Channel.CALL: "phone",
    Channel.MESSAGE: "message",
    Channel.LETTER: "mail",
    Channel.SLIP: "notes",
}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(REFERENCE.read_text())


def revealing(name: str) -> str:
    """Return the word in a name that would give her away, or nothing."""
    said = f" {fold(name)} "
    return next((word for word in _words()["revealing"]["words"] if f" {fold(word)} " in said), "")


@dataclass(frozen=True, slots=True)
class Way:
    """A safe way, opened: whom to reach, when, and as whom."""

    id: UUID
    channel: Channel
    to: str
    days: tuple[int, ...]
    since: time | None
    until: time | None
    answers: Answers
    say: str
    code_word: str
    note: str

    def is_safe(self, at: datetime) -> bool:
        """Return whether the moment lies within her hours, in the city's time.

        What she did not name is not safe by day alone: no days named means every day, no hours
        means any hour, since then she was asked and said so.
        """
        here = at.astimezone(CITY_TIME)
        if here.weekday() not in self.days:
            return False
        return (self.since or time.min) <= here.time() < (self.until or time.max)

    @property
    def hours(self) -> str:
        """Her hours in words."""
        days = (
            gettext("mọi ngày")
            if self.days == EVERY_DAY
            else ", ".join(day_name(day) for day in self.days)
        )
        if self.since is None and self.until is None:
            return gettext("bất cứ giờ nào, %(days)s") % {"days": days}
        return gettext("%(since)s–%(until)s, %(days)s") % {
            "since": f"{self.since or time.min:%H:%M}",
            "until": f"{self.until:%H:%M}" if self.until else "24:00",
            "days": days,
        }

    @property
    def words(self) -> str:
        """What to say or write: neutral, in the name she chose."""
        text: str = _words()[self.channel]["text"].format(say=self.say)
        return text[:1].upper() + text[1:]

    @property
    def otherwise(self) -> str:
        """What to do when somebody else answers."""
        return str(_words()[self.channel].get("otherwise", ""))


def day_name(day: int) -> str:
    """Return the weekday's name; 0 is Monday."""
    return (
        gettext("Thứ Hai"), gettext("Thứ Ba"), gettext("Thứ Tư"), gettext("Thứ Năm"),
        gettext("Thứ Sáu"), gettext("Thứ Bảy"), gettext("Chủ Nhật"),
    )[day]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WayRow:
    """A safe way as a list shows it: not whom it reaches."""

    id: UUID
    channel_label: str
    icon: str
    hours: str
    is_safe: bool
    answers_label: str


def is_agreed(*, case_id: UUID, at: datetime) -> bool:
    """Return whether she agrees to be contacted at a moment."""
    return cases.in_effect(Purpose.CONTACT, at=at).filter(case_id=case_id).exists()


def ways_of(*, asker: Asker, case: Case, at: datetime) -> list[WayRow]:
    """Return the ways she called safe that still count, those that are safe now first."""
    rows = [
        WayRow(
            id=way.id,
            channel_label=str(way.channel.label),
            icon=ICONS[way.channel],
            hours=way.hours,
            is_safe=way.is_safe(at),
            answers_label=str(way.answers.label),
        )
        for way in (opened(asker=asker, way=way) for way in _living(asker, case))
    ]
    return sorted(rows, key=lambda row: not row.is_safe)


def _living(asker: Asker, case: Case) -> list[SafeWay]:
    living = SafeWay.objects.filter(case=case, ended_at__isnull=True).select_related("data_key")
    return list(policies.SEES_WAY.of(asker, living).order_by("noted_at"))


def opened(*, asker: Asker, way: SafeWay) -> Way:
    """Return a way with what was sealed in it; the audit trail says who read it."""
    told = vault.unseal(way, "content", asker=asker, why="reaching.way.read").content
    return _way(way.pk, told)


def _way(way_id: UUID, told: Mapping[str, Any]) -> Way:
    return Way(
        id=way_id,
        channel=Channel(told["channel"]),
        to=told["to"],
        days=tuple(told["days"]) or EVERY_DAY,
        since=time.fromisoformat(told["since"]) if told["since"] else None,
        until=time.fromisoformat(told["until"]) if told["until"] else None,
        answers=Answers(told["answers"]),
        say=told["say"],
        code_word=told["code_word"],
        note=told["note"],
    )


def way(*, asker: Asker, way_id: UUID) -> SafeWay:
    """Return a way of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    known = SafeWay.objects.select_related("case", "data_key").filter(pk=way_id)
    found = policies.SEES_WAY.of(asker, known).first()
    if found is None:
        raise NotFound
    return found


def attempt(*, asker: Asker, attempt_id: UUID) -> Attempt:
    """Return an attempt of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    known = Attempt.objects.select_related("case", "way__data_key").filter(pk=attempt_id)
    found = policies.SEES_WAY.of(asker, known).first()
    if found is None:
        raise NotFound
    return found


def shown(*, asker: Asker, attempt: Attempt, at: datetime) -> Way | None:
    """Return the way of an open attempt of the asker's own, while it is fresh and still safe."""
    is_fresh = attempt.tried_at <= at < attempt.tried_at + SHOWN_FOR
    is_hers = attempt.came == Came.BEGUN and attempt.tried_by_id == asker.user_id
    if not (is_fresh and is_hers and attempt.way.ended_at is None):
        return None
    if not is_agreed(case_id=attempt.case_id, at=at):
        return None
    return opened(asker=asker, way=attempt.way)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as a list shows it."""

    id: UUID
    icon: str
    channel_label: str
    came: str
    came_label: str
    tried_by: str
    tried_at: datetime


def attempts_of(*, asker: Asker, case_id: UUID, limit: int = 30) -> list[AttemptRow]:
    """Return what was tried, the newest first."""
    seen = policies.SEES_WAY.of(asker, Attempt.objects.filter(case_id=case_id))
    return [
        AttemptRow(
            id=one.pk,
            icon=ICONS[Channel(one.channel)],
            channel_label=one.get_channel_display(),
            came=one.came,
            came_label=one.get_came_display(),
            tried_by=one.tried_by.full_name,
            tried_at=one.tried_at,
        )
        for one in seen.select_related("tried_by").order_by("-tried_at")[:limit]
    ]


def events(asker: Asker, case: Case) -> list[Event]:
    """Return the attempts as lines in the log of a case."""
    return [
        Event(row.tried_at, row.icon, row.channel_label, f"{row.came_label} · {row.tried_by}")
        for row in attempts_of(asker=asker, case_id=case.pk)
    ]


def unreached(rows: list[AttemptRow]) -> str:
    """Return a sentence when the last attempts came to nothing, or nothing."""
    in_vain = 0
    for row in rows:
        if row.came in {"REACHED", "GIVEN"}:
            break
        in_vain += row.came != "BEGUN"
    if not in_vain:
        return ""
    return gettext("%(n)s lần gần nhất chưa gặp được chị.") % {"n": in_vain}
