"""`diemtua seed`: many invented cases, for measuring. Same number, same people; nobody is real.

Rows go in by COPY as the database's owner. Sealed values are sealed as everywhere: each case has a
data key of its own, wrapped by the key ring.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

import click
import psycopg
from psycopg import sql

from diemtua.site import installation, reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

BATCH = 5_000
YEARS = 3
FAMILY = ("Mẫu",)
MIDDLE = ("Thị", "Ngọc", "Kim", "Thị Thu", "Thị Mỹ")
GIVEN = ("Lan", "Huệ", "Cúc", "Trúc", "Mai", "Đào", "Sen", "Nhàn", "Thắm", "Út", "Bảy", "Xuyến")
ACTS = ("a", "b", "c", "d", "e", "i", "n", "o", "p", "q")
TABLES: dict[str, tuple[str, ...]] = {
    "vault_data_key": ("id", "kek_id", "epoch", "wrapped", "created_at", "erased_by"),
    "casework_case": (
        "id", "code", "alias", "status", "risk", "danger_now", "opened_at", "taken_at",
        "contact_due_at", "gbv_type", "acts", "sex", "age_group", "identity", "story",
        "safe_contact", "fact_link", "data_key_id", "opened_by_id", "organisation_id", "unit_id",
        "worker_id",
    ),
    "casework_consent": (
        "id", "purpose", "recipient_kind", "sections", "how", "given_at", "case_id",
        "explained_by_id",
    ),
    "casework_casetoken": ("kind", "token", "case_id"),
    "casework_servicegiven": (
        "id", "sector", "outcome", "decline_reason", "given_on", "recorded_at", "case_id",
        "data_key_id", "organisation_id", "recorded_by_id",
    ),
    "facts_fact": ("id", "unit_key", "bucket", "recorded_in", "attributes", "kind_id"),
}  # fmt: skip

Row = tuple[Any, ...]


@dataclass
class Ground:
    """What invented cases stand on: the centre, its people, the communes, the keys."""

    organisation: UUID
    counsellor: UUID
    workers: list[UUID]
    communes: list[str]
    now: datetime
    dice: random.Random
    codes: set[str] = field(default_factory=set)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def uuid(self) -> UUID:
        """Return the next id of this seed."""
        return UUID(int=self.dice.getrandbits(128), version=4)


def run(*, scale: str, cases: int, number: int) -> None:
    """Make ``cases`` invented cases in the city or all over the nation.

    Raises:
        Stop: the installation is not prepared, holds real people, or had this number before.
    """
    with reaching.running_database():
        installation.prepare(say=click.echo)
        installation.require_nobody_real()
        from diemtua.site import demo_city  # noqa: PLC0415 - models load after Django is set up

        demo_city.ensure(say=click.echo)
        ground = ground_of(scale, number)
        with reaching.owner_connection() as owner:
            known = owner.execute("SELECT code FROM casework_case").fetchall()
            ground.codes.update(code for (code,) in known)
        try:
            with reaching.owner_connection() as owner, owner.transaction():
                _fill(owner, ground, cases)
        except psycopg.errors.UniqueViolation as error:
            raise Stop(_("Số gieo %d đã dùng ở đây. Chọn số khác: --seed.") % number) from error
        with reaching.owner_connection() as owner:
            owner.execute("ANALYZE")
    click.secho(_("\nĐã tạo %d hồ sơ mẫu.") % cases, fg="green")


def _fill(owner: psycopg.Connection, ground: Ground, cases: int) -> None:
    for done, size in _portions(cases):
        for _each in range(size):
            _case(ground)
        copy(owner, ground)
        click.echo(f"\r{done:,}".replace(",", "."), nl=False, err=True)


def _code(ground: Ground, year: int) -> str:
    """Return a code that is new here; ``draw_code``'s, but thrown by this seed's dice."""
    from diemtua.casework.cases.queries import catalogue, naming  # noqa: PLC0415 - models are loaded

    while True:
        signs = "".join(ground.dice.choices(naming.ALPHABET, k=naming.RANDOM_SIGNS))
        code = f"{catalogue.code_prefix()}-{year}-{signs}{naming.check_sign(signs)}"
        if code not in ground.codes:
            ground.codes.add(code)
            return code


def _alias(ground: Ground) -> str:
    from diemtua.casework.cases.queries import catalogue, naming  # noqa: PLC0415 - models are loaded

    return f"{ground.dice.choice(catalogue.invented_names())} {ground.dice.choice(naming.NUMBERS)}"


def _portions(cases: int) -> Iterator[tuple[int, int]]:
    done = 0
    for portion in batched(range(cases), BATCH):
        done += len(portion)
        yield done, len(portion)


def ground_of(scale: str, number: int) -> Ground:
    """Return what invented cases stand on in the city or the nation; the number is thrown first."""
    from diemtua.accounts.models import Membership, Organisation, OrganisationKind, Role  # noqa: PLC0415
    from diemtua.foundation import clock  # noqa: PLC0415 - models load after Django is set up
    from diemtua.places.models import Level, Unit  # noqa: PLC0415

    centre = Organisation.objects.filter(kind=OrganisationKind.SOCIAL_WORK_CENTRE).first()
    if centre is None:
        raise Stop(_("Chưa có Trung tâm Công tác xã hội trong dữ liệu mẫu."))
    people = Membership.objects.filter(organisation=centre).values_list("role", "user_id")
    communes = Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True)
    if scale == "city":
        communes = communes.filter(path__startswith="p92/")
    return Ground(
        organisation=centre.pk,
        counsellor=next(user for role, user in people if role == Role.COUNSELLOR),
        workers=[user for role, user in people if role == Role.CASE_WORKER],
        communes=list(communes.order_by("pk").values_list("pk", flat=True)),
        now=clock.now(),
        dice=random.Random(number),  # noqa: S311 - repeatable on purpose
    )


def _case(ground: Ground) -> None:
    dice = ground.dice
    opened = ground.now - timedelta(minutes=dice.randrange(YEARS * 365 * 24 * 60))
    status = dice.choices(("OPEN", "IN_PROGRESS", "CLOSED"), (2, 18, 80))[0]
    case = {
        "id": ground.uuid(),
        "opened": opened,
        "unit": dice.choice(ground.communes),
        "status": status,
        "worker": None if status == "OPEN" else dice.choice(ground.workers),
        "risk": dice.choices(("HIGH", "UNASSESSED", "MEDIUM", "LOW"), (1, 1, 3, 5))[0],
        "gbv_type": dice.choice(("PHYSICAL_ASSAULT", "PSYCHOLOGICAL_ABUSE", "DENIAL_OF_RESOURCES")),
        "sex": dice.choices(("FEMALE", "MALE"), (95, 5))[0],
        "age_group": dice.choice(("FROM_18", "FROM_26", "FROM_41", "FROM_60")),
        "acts": sorted(dice.sample(ACTS, dice.randint(1, 3))),
        "reached": dice.random() < 0.82,  # noqa: PLR2004 - about the strategy's target
    }
    add_case(ground, case)


def add_case(ground: Ground, case: dict[str, Any]) -> None:
    """Add the rows of an invented case: the case sealed, its consents, its service, its fact."""
    fact = ground.uuid()
    _fact_row(ground, case, fact)
    data_key = _case_row(ground, case, fact)
    for purpose in ("STORE", "STATISTICS"):
        ground.rows["casework_consent"].append(
            (ground.uuid(), purpose, "", [], "SPOKEN_BY_PHONE", case["opened"], case["id"], ground.counsellor)
        )  # fmt: skip
    if case["reached"]:
        ground.rows["casework_servicegiven"].append(
            (ground.uuid(), "PSYCHOSOCIAL", "GIVEN", "", case["opened"].date(), case["opened"],
             case["id"], data_key, ground.organisation, ground.counsellor)
        )  # fmt: skip


def _case_row(ground: Ground, case: dict[str, Any], fact: UUID) -> UUID:
    from diemtua.foundation.vault import keyring, sealing  # noqa: PLC0415

    dice, key, data_key = ground.dice, sealing.new_key(), ground.uuid()
    wrapped = keyring.ring().wrap(key, of=data_key)
    ground.rows["vault_data_key"].append(
        (data_key, wrapped.kek_id, wrapped.epoch, wrapped.blob, case["opened"], "")
    )
    name = f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
    phone = f"0900{dice.randrange(1_000_000):06d}"
    told = {
        "identity": {"full_name": name, "phones": [phone], "address": "Ấp Mẫu", "birth_year": 1990},
        "story": "Chuyện được nghĩ ra để thử (dữ liệu mẫu).",
        "safe_contact": {"phone": phone, "hours": "8–10 giờ", "say": "tiệm may", "note": ""},
        "fact_link": str(fact),
    }
    sealed = {
        column: sealing.encrypt(
            key,
            sealing.pack(value),
            bound_to=sealing.associated("casework_case", column, str(case["id"]), str(data_key)),
        )
        for column, value in told.items()
    }
    opened = case["opened"]
    ground.rows["casework_case"].append(
        (case["id"], _code(ground, opened.year), _alias(ground), case["status"], case["risk"],
         case["risk"] == "HIGH", opened, opened if case["worker"] else None,
         ground.now + timedelta(hours=dice.randint(-72, 720)), case["gbv_type"], case["acts"], case["sex"],
         case["age_group"], sealed["identity"], sealed["story"], sealed["safe_contact"], sealed["fact_link"],
         data_key, ground.counsellor, ground.organisation, case["unit"], case["worker"])
    )  # fmt: skip
    _token_rows(ground, case["id"], name=name, phone=phone)
    return data_key


def _token_rows(ground: Ground, case_id: UUID, *, name: str, phone: str) -> None:
    from diemtua.foundation.vault import blind  # noqa: PLC0415 - Django is set up by now

    for kind, text in (("name", name), ("phone", phone)):
        ground.rows["casework_casetoken"] += [
            (kind, token, case_id) for token in blind.tokens(kind, text)
        ]


def _fact_row(ground: Ground, case: dict[str, Any], fact: UUID) -> None:
    from diemtua.foundation.facts.buckets import half_month  # noqa: PLC0415 - as above

    bucket = half_month(case["opened"].date())
    attributes = {
        "sex": case["sex"],
        "age_group": case["age_group"],
        "gbv_type": case["gbv_type"],
        "reached": case["reached"],
    }
    if case["reached"]:
        attributes["reached_on"] = bucket.isoformat()
    ground.rows["facts_fact"].append(
        (fact, case["unit"], bucket, bucket, json.dumps(attributes), "survivor.detected")
    )


def copy(owner: psycopg.Connection, ground: Ground) -> None:
    """Copy the rows of all cases added so far into the database."""
    for table, columns in TABLES.items():
        rows = ground.rows[table]
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with owner.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        rows.clear()
