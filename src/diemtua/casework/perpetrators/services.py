"""Everything that changes the file of a person who used violence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Role
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import Case
from diemtua.casework.perpetrators import policies, queries
from diemtua.casework.perpetrators.errors import (
    FileClosed,
    InFuture,
    NotYetTaken,
    SafetyNotTalkedOver,
    TakenBefore,
    UnknownCode,
    WrongPlace,
)
from diemtua.casework.perpetrators.models import (
    Attendance,
    Commitment,
    File,
    FileToken,
    Judgement,
    Meeting,
    Part,
    Relapse,
    State,
    Support,
    Threat,
    Tie,
)
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.facts import services as facts
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import holdings
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault
from diemtua.places.models import Level, Unit

DETECTED = "perpetrator.detected"
PREFIX = "GBL"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of him when the file is opened."""

    unit_key: str
    source: str
    is_below_criminal: bool
    sex: str
    age_group: str
    identity: Mapping[str, Any]
    told: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who he is: for the page that was asked for it."""

    full_name: str
    phones: tuple[str, ...]
    address: str
    birth_year: int | None
    told: str


def open_file(*, asker: Asker, id: UUID, told: Told, at: datetime) -> File:  # noqa: A002 - the page makes the id
    """Open a file; who works with people who used violence takes it at once.

    Raises:
        WrongPlace: the unit is no commune.
        UnknownCode: the source is not in the list.
    """
    policies.MAY_OPEN.require(asker)
    file, is_new = create_once(File, id, lambda: _make(asker=asker, id=id, told=told, at=at))
    if is_new:
        _say_opened(asker, file)
    return file


def open_from_case(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    told: Told,
    is_safe: bool,
    at: datetime,
) -> None:
    """Hand the one who used violence to the programme; her case stays out of his file.

    The tie between the two is read with the case alone. A second call with the same id does nothing.

    Raises:
        SafetyNotTalkedOver: nobody confirmed that it was talked over with her.
        WrongPlace: the unit is no commune.
        UnknownCode: the source is not in the list.
    """
    policies.MAY_TIE.require(asker, case)
    if not is_safe:
        raise SafetyNotTalkedOver
    if Tie.objects.filter(pk=id).exists():
        return
    file = _make(asker=asker, id=id, told=told, at=at)
    Tie.objects.bulk_create([Tie(id=id, file=file, case=case, made_by_id=asker.member, made_at=at)])
    _say_opened(asker, file)
    audit.write(asker=asker, action="perpetrators.file.tied", subject=case)


def _say_opened(asker: Asker, file: File) -> None:
    audit.write(asker=asker, action="perpetrators.file.opened", subject=file, code=file.code)
    live.tell(f"org:{file.organisation_id}", event="perpetrator")


def _make(*, asker: Asker, id: UUID, told: Told, at: datetime) -> File:  # noqa: A002 - as above
    unit = Unit.objects.filter(pk=told.unit_key, level=Level.COMMUNE).first()
    if unit is None:
        raise WrongPlace
    _check(told.source, "source")
    takes_it = asker.has_role(Role.PERPETRATOR_WORKER)
    file = File(
        id=id,
        alias=cases.draw_alias(),
        organisation_id=asker.home,
        worker_id=asker.member if takes_it else None,
        opened_by_id=asker.member,
        unit=unit,
        source=told.source,
        state=State.ACTIVE if takes_it else State.WAITING,
        is_below_criminal=told.is_below_criminal,
        sex=told.sex,
        age_group=told.age_group,
        opened_at=at,
    )
    fact = _detected(file, at) if told.is_below_criminal else None
    vault.seal(
        file,
        identity=dict(told.identity),
        told=told.told,
        fact_link=str(fact) if fact else None,
    )
    _save_under_a_free_code(file)
    _index(file, told.identity)
    return file


def _save_under_a_free_code(file: File) -> None:
    for tries_left in reversed(range(3)):
        code = cases.draw_code(year=file.opened_at.astimezone(CITY_TIME).year)
        file.code = f"{PREFIX}-{code.partition('-')[2]}"
        try:
            with transaction.atomic():
                # Not by save(): PostgreSQL would hand the row back, which her case worker may not see.
                File.objects.bulk_create([file])
        except IntegrityError as error:
            if "code" not in str(error) or not tries_left:
                raise
        else:
            return


def _index(file: File, identity: Mapping[str, Any]) -> None:
    found = {("name", token) for token in blind.tokens("name", identity.get("full_name") or "")}
    for phone in identity.get("phones") or ():
        found |= {("phone", token) for token in blind.tokens("phone", phone)}
    FileToken.objects.bulk_create(
        FileToken(file=file, kind=kind, token=token) for kind, token in sorted(found)
    )


def _detected(file: File, at: datetime) -> UUID:
    fact = facts.record(
        kind=DETECTED,
        unit_key=file.unit_id,
        on=at.astimezone(CITY_TIME).date(),
        sex=file.sex,
        age_group=file.age_group,
        reached=False,
    )
    live.tell("figures", event="figures")
    return fact


def take(*, asker: Asker, file: File, at: datetime) -> None:  # noqa: ARG001 - a verb's signature
    """Take a file that waits; taking one's own again changes nothing.

    Raises:
        TakenBefore: a colleague was faster.
    """
    policies.MAY_TAKE.require(asker, file)
    waiting = File.objects.filter(pk=file.pk, state=State.WAITING)
    if waiting.update(worker_id=asker.member, state=State.ACTIVE):
        audit.write(asker=asker, action="perpetrators.file.taken", subject=file)
        live.tell(f"org:{file.organisation_id}", event="perpetrator")
    elif not File.objects.filter(pk=file.pk, worker_id=asker.member).exists():
        raise TakenBefore


def read_who(*, asker: Asker, file: File) -> Who:
    """Return who he is; the audit trail says who read it and when."""
    policies.SEES.require(asker, file)
    told = vault.unseal(
        file, "identity", "told", asker=asker, why="perpetrators.file.identity-read"
    )
    person = told.identity or {}
    return Who(
        full_name=person.get("full_name") or "",
        phones=tuple(person.get("phones") or ()),
        address=person.get("address") or "",
        birth_year=person.get("birth_year"),
        told=told.told or "",
    )


def read_note(*, asker: Asker, part: Part) -> str:
    """Return what was written about something that happened in a file."""
    policies.SEES_OF_FILE.require(asker, part)
    return vault.unseal(part, "note", asker=asker, why="perpetrators.note.read").note or ""


def judge(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    file: File,
    on: date,
    threat: str,
    stage: str,
    factors: list[str],
    note: str,
    at: datetime,
) -> None:
    """Write down an assessment; the file's threat follows it.

    Raises:
        UnknownCode: a factor or a stage is not in the list.
    """
    _check(stage, "stage")
    for factor in factors:
        _check(factor, "factor")
    part = Judgement(id=id, threat=threat, stage=stage, factors=factors)
    if _write(asker=asker, file=file, part=part, on=on, note=note, at=at, action="judged"):
        File.objects.filter(pk=file.pk).update(threat=threat)


def record_meeting(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    file: File,
    on: date,
    topic: str,
    attendance: str,
    note: str,
    at: datetime,
) -> None:
    """Write down a meeting; the first to which he came counts for indicator 3.2b.

    Raises:
        UnknownCode: the topic is not in the list.
    """
    _check(topic, "topic")
    part = Meeting(id=id, topic=topic, attendance=attendance)
    is_new = _write(asker=asker, file=file, part=part, on=on, note=note, at=at, action="met")
    if is_new and attendance == Attendance.CAME:
        _reached(asker=asker, file=file, on=on)


def _reached(*, asker: Asker, file: File, on: date) -> None:
    if file.fact_link is None:
        return
    told = vault.unseal(file, "fact_link", asker=asker, why="perpetrators.file.counted")
    if told.fact_link:
        facts.amend(fact_id=UUID(told.fact_link), reached=True, reached_on=on)
        live.tell("figures", event="figures")


def commit(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    file: File,
    on: date,
    until: date | None,
    words: str,
    at: datetime,
) -> None:
    """Write down what he undertakes, in his words."""
    part = Commitment(id=id, until=until)
    _write(asker=asker, file=file, part=part, on=on, note=words, at=at, action="committed")


def judge_commitment(*, asker: Asker, commitment: Commitment, is_kept: bool, at: datetime) -> None:
    """Say whether he kept to it; said once."""
    policies.SEES_OF_FILE.require(asker, commitment)
    _require_active(commitment.file)
    unjudged = Commitment.objects.filter(pk=commitment.pk, is_kept__isnull=True)
    if unjudged.update(is_kept=is_kept, judged_at=at):
        audit.write(
            asker=asker,
            action="perpetrators.commitment.judged",
            subject=commitment.file,
            kept=is_kept,
        )


def record_support(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    file: File,
    on: date,
    kind: str,
    is_accepted: bool,
    note: str,
    at: datetime,
) -> None:
    """Write down help offered for what drives the violence.

    Raises:
        UnknownCode: the kind is not in the list.
    """
    _check(kind, "support")
    part = Support(id=id, kind=kind, is_accepted=is_accepted)
    _write(asker=asker, file=file, part=part, on=on, note=note, at=at, action="supported")


def report_relapse(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    file: File,
    on: date,
    is_imminent: bool,
    note: str,
    at: datetime,
) -> None:
    """Write down that he used violence again or is about to; her team is told in the same moment.

    They learn that and when, not the words; whoever writes it learns nothing of her.
    """
    part = Relapse(id=id, is_imminent=is_imminent)
    if not _write(asker=asker, file=file, part=part, on=on, note=note, at=at, action="relapsed"):
        return
    File.objects.filter(pk=file.pk).update(threat=Threat.HIGH)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diemtua.whom_a_relapse_concerns(%s)", [file.pk])
        concerned = cursor.fetchall()
    for body, worker in concerned:
        topics = [f"org:{body}", *([f"user:{worker}"] if worker else [])]
        live.tell(*topics, event="case")


def close(*, asker: Asker, file: File, outcome: str, at: datetime) -> None:
    """Close a file with its outcome; closing twice is once.

    Raises:
        UnknownCode: the outcome is not in the list.
        NotYetTaken: nobody has taken the file.
    """
    policies.MAY_WORK.require(asker, file)
    _check(outcome, "outcome")
    if file.state == State.WAITING:
        raise NotYetTaken
    active = File.objects.filter(pk=file.pk, state=State.ACTIVE)
    if active.update(state=State.CLOSED, outcome=outcome, closed_at=at):
        audit.write(asker=asker, action="perpetrators.file.closed", subject=file, outcome=outcome)


def reopen(*, asker: Asker, file: File, at: datetime) -> None:  # noqa: ARG001 - a verb's signature
    """Open a closed file again; it goes on with who worked it."""
    policies.MAY_WORK.require(asker, file)
    closed = File.objects.filter(pk=file.pk, state=State.CLOSED)
    if closed.update(state=State.ACTIVE, outcome="", closed_at=None):
        audit.write(asker=asker, action="perpetrators.file.reopened", subject=file)


def _check(code: str, kind: str) -> None:
    if code not in queries.options(kind):
        raise UnknownCode


def _require_active(file: File) -> None:
    if file.state == State.WAITING:
        raise NotYetTaken
    if file.state == State.CLOSED:
        raise FileClosed


def _write(
    *, asker: Asker, file: File, part: Part, on: date, note: str, at: datetime, action: str
) -> bool:
    """Write one part under the file's own key, once; return whether it was written now."""
    policies.MAY_WORK.require(asker, file)
    _require_active(file)
    if on > at.astimezone(CITY_TIME).date():
        raise InFuture

    def make() -> Part:
        part.file, part.on, part.recorded_at = file, on, at
        part.recorded_by_id = asker.member
        part.data_key = file.data_key
        vault.seal(part, note=note)
        part.save(force_insert=True)
        return part

    _record, is_new = create_once(type(part), part.pk, make)
    if is_new:
        audit.write(asker=asker, action=f"perpetrators.file.{action}", subject=file)
        live.tell(f"org:{file.organisation_id}", event="perpetrator")
    return is_new


def declare() -> None:
    """Declare what of this alcove somebody may hold."""
    holdings.declare(
        "perpetrators.files",
        label=_("Hồ sơ người gây bạo lực"),
        count=lambda asker, user_id: _held(asker, user_id).count(),
        hand_over=_hand_over,
    )


def _held(asker: Asker, user_id: UUID) -> Any:
    team = policies.SEES.of(asker, File.objects.all())
    return team.filter(worker_id=user_id, state=State.ACTIVE)


def _hand_over(*, asker: Asker, giver: UUID, taker: UUID, at: datetime) -> int:  # noqa: ARG001 - as declared
    """Put the person's files back among those that wait: who takes cases over may not take these."""
    held = list(_held(asker, giver))
    for file in held:
        File.objects.filter(pk=file.pk).update(worker=None, state=State.WAITING)
        audit.write(asker=asker, action="perpetrators.file.returned", subject=file)
    return len(held)
