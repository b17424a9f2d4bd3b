"""Questions about links: what they are made of, and how each stands."""

import base64
import hashlib
import hmac
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from diemtua.casework.letters import policies
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.referrals.models import Referral, State
from diemtua.foundation.database import secrets
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

REFERENCE = Path(__file__).resolve().parent / "reference" / "links.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """How long a link lives and how often its number may be wrong."""

    open_for: timedelta
    answer_for: timedelta
    wrong_pins: int
    pin_digits: int


@cache
def rules() -> Rules:
    """Return the city's own rules for links."""
    read = tomllib.loads(REFERENCE.read_text())
    return Rules(
        open_for=timedelta(hours=read["open_hours"]),
        answer_for=timedelta(days=read["answer_days"]),
        wrong_pins=read["wrong_pins"],
        pin_digits=read["pin_digits"],
    )


def token_of(link_id: UUID) -> str:
    """Return what makes the link's address: 256 bits from its id, under a key outside the database."""
    return base64.urlsafe_b64encode(_made_from(b"link", link_id)).decode().rstrip("=")


def pin_of(link_id: UUID) -> str:
    """Return the number that is told by telephone, and never goes the way of the link."""
    digits = rules().pin_digits
    number = int.from_bytes(_made_from(b"number", link_id)[:8]) % 10**digits
    return f"{number:0{digits}d}"


def hash_of(token: str) -> bytes:
    """Return the hash by which PostgreSQL knows a link."""
    return hashlib.sha256(token.encode()).digest()


def _made_from(what: bytes, link_id: UUID) -> bytes:
    key = secrets.keep("referral-link.key")
    return hmac.new(key, what + b":" + link_id.bytes, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as its maker's team sees it."""

    id: UUID
    made_by: str
    made_at: datetime
    open_until: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    wrong_pins: int
    is_shut: bool

    @property
    def is_closed(self) -> bool:
        """Whether somebody closed it."""
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a referral stands, for a page that may not know who sent it."""

    state_label: str
    tone: str
    adults: int
    children: int


def standing(referral: Referral) -> Standing:
    """Return how a referral stands, from its own row alone."""
    tone = {State.SENT: "soon", State.ACCEPTED: "info", State.COMPLETED: "done"}
    return Standing(
        state_label=referral.get_state_display(),
        tone=tone.get(State(referral.state), "neutral"),
        adults=referral.adults,
        children=referral.children,
    )


def links_of(*, asker: Asker, referral_id: UUID, at: datetime) -> list[LinkRow]:
    """Return the links that were made to a referral, the newest first."""
    seen = policies.SEES_LINK.of(asker, ReferralLink.objects.filter(referral_id=referral_id))
    return [
        LinkRow(
            id=link.pk,
            made_by=link.made_by.full_name,
            made_at=link.made_at,
            open_until=link.open_until,
            opened_at=link.opened_at,
            closed_at=link.closed_at,
            wrong_pins=link.wrong_pins,
            is_shut=not is_open(link, at=at),
        )
        for link in seen.select_related("made_by").order_by("-made_at")
    ]


def link(*, asker: Asker, link_id: UUID) -> ReferralLink:
    """Return a link of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = policies.SEES_LINK.of(asker, ReferralLink.objects.filter(pk=link_id)).first()
    if found is None:
        raise NotFound
    return found


def is_open(link: ReferralLink, *, at: datetime) -> bool:
    """Return whether the holder of the link still gets in: to read, or after that to answer."""
    until = link.open_until if link.opened_at is None else link.answer_until
    return link.closed_at is None and link.wrong_pins < rules().wrong_pins and at < until
