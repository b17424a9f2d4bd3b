"""Policies: who may do what, written once, answering for one record and for a list alike.

A policy is a code, the roles that may come in at all, and a rule that turns an asker into a
``Q``. ``allows`` asks the database with the very same ``Q`` that filters the list, so the two
cannot disagree; row-level security stands underneath with the same rule in SQL, and a test per
room holds all three against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet

from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotForYou, NotFound

NOTHING = Q(pk__in=[])
EVERYTHING = Q()

Rule = Callable[[Asker], Q]


def _everything(_asker: Asker) -> Q:
    return EVERYTHING


@dataclass(frozen=True)
class Policy:
    """Who may: the roles that may come in, and which records of theirs.

    ``code`` is dotted and goes into the audit trail. ``roles`` empty means any signed-in member.
    ``rule`` is asked only for members in one of the roles; everyone else gets nothing. A job
    passes when its name is listed in ``jobs``. ``public`` lets people in who are not signed in.
    """

    code: str
    roles: frozenset[str] = frozenset()
    rule: Rule = field(default=_everything, compare=False)
    jobs: frozenset[str] = frozenset()
    public: bool = False

    def lets_in(self, asker: Asker | None) -> bool:
        """Return whether the asker may try at all, before any record is looked at."""
        if self.public:
            return True
        if asker is None:
            return False
        if asker.job:
            return asker.job in self.jobs
        return asker.is_member and (not self.roles or asker.role in self.roles)

    def filter(self, asker: Asker) -> Q:
        """Return the condition that leaves only what the asker may reach."""
        return self.rule(asker) if self.lets_in(asker) else NOTHING

    def of[M: Model](self, asker: Asker, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return the part of the queryset that the asker may reach."""
        return (
            queryset.filter(self.filter(asker)).distinct()
            if self.lets_in(asker)
            else queryset.none()
        )

    def allows(self, asker: Asker, record: Model) -> bool:
        """Return whether the asker may reach this one record: the list's filter, asked for one."""
        manager = type(record)._default_manager
        return self.lets_in(asker) and manager.filter(self.filter(asker), pk=record.pk).exists()

    def require(self, asker: Asker, record: Model | None = None) -> None:
        """Refuse unless the asker may.

        Raises:
            NotForYou: the asker's role may not do this at all.
            NotFound: the role may, but not with this record; its existence is not given away.
        """
        if not self.lets_in(asker):
            raise NotForYou
        if record is not None and not self.allows(asker, record):
            raise NotFound


def role_policy(code: str, *roles: str) -> Policy:
    """Return a policy for pages: these roles may come in; what they see the queries decide."""
    if not roles:
        raise ValueError(f"Policy {code} names no role; use Policy(...) for any member.")
    return Policy(code=code, roles=frozenset(roles))
