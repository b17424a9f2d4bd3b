"""Someone with the owner's rights switches the guards off and changes the trail."""

import pytest

from diemtua.foundation.audit.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lane():
    """A lane with a dozen entries, bound by two checkpoints."""
    factories.many(8)
    factories.bind()
    factories.many(4)
    factories.bind()
    assert factories.verified().is_whole
    return factories.lane_with(12)


def found():
    fault = factories.verified().fault
    return (fault.what, fault.lane, fault.seq) if fault else None


COLUMNS = [
    "at = at - interval '1 second'",
    "kind = 'job'",
    "role = 'LEADER'",
    "user_id = gen_random_uuid()",
    "membership_id = NULL",
    "organisation_id = gen_random_uuid()",
    "job = 'live.prune'",
    "action = 'other'",
    "subject_label = 'x'",
    "subject_id = 'x'",
    "why = 'x'",
    "screen = 'x'",
    "request_id = 'x'",
    """details = '{"number": 99}'""",
    "hash = sha256('x')",
    "prev_hash = sha256('x')",
]


@pytest.mark.parametrize("change", COLUMNS)
def test_a_changed_column(lane, change):
    with factories.tampering() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {change} WHERE lane = %s AND seq = 5", [lane])
    assert found() == ("CHANGED", lane, 5)


REHASH = "UPDATE audit_entry e SET hash = diemtua.audit_hash(e) WHERE lane = %s AND seq = %s"
CHAIN = (
    "UPDATE audit_entry e SET prev_hash = (SELECT hash FROM audit_entry b WHERE b.lane = e.lane"
    " AND b.seq = e.seq - 1) WHERE lane = %s AND seq = %s"
)


def test_a_changed_entry_with_its_own_hash_made_anew(lane):
    with factories.tampering() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'x' WHERE lane = %s AND seq = 5", [lane])
        cursor.execute(REHASH, [lane, 5])
    assert found() == ("REORDERED", lane, 6)


def test_a_lane_rewritten_to_its_end(lane):
    with factories.tampering() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'x' WHERE lane = %s AND seq = 5", [lane])
        cursor.execute(REHASH, [lane, 5])
        for seq in range(6, 13):
            cursor.execute(CHAIN, [lane, seq])
            cursor.execute(REHASH, [lane, seq])
    assert found() == ("CHANGED", lane, 12)
    with factories.tampering() as cursor:  # and its head with it: the first checkpoint knows
        cursor.execute(
            "UPDATE audit_lane l SET hash = e.hash FROM audit_entry e"
            " WHERE e.lane = l.lane AND e.seq = l.seq AND l.lane = %s",
            [lane],
        )
    assert found() == ("CHANGED", lane, 8)


@pytest.mark.parametrize("seq", [1, 5, 11])
def test_a_removed_entry(lane, seq):
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE lane = %s AND seq = %s", [lane, seq])
    assert found() == ("REMOVED", lane, seq)


def test_two_that_changed_places(lane):
    with factories.tampering() as cursor:
        for old, new in ((4, -1), (5, 4), (-1, 5)):
            cursor.execute(
                "UPDATE audit_entry SET seq = %s WHERE lane = %s AND seq = %s", [new, lane, old]
            )
    assert found() == ("REORDERED", lane, 4)


def test_a_removed_entry_whose_gap_was_closed(lane):
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE lane = %s AND seq = 5", [lane])
        for seq in range(6, 13):
            cursor.execute(
                "UPDATE audit_entry SET seq = %s WHERE lane = %s AND seq = %s",
                [seq - 1, lane, seq],
            )
    assert found() == ("REORDERED", lane, 5)


def test_a_cut_end(lane):
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE lane = %s AND seq > 10", [lane])
    assert found() == ("CUT", lane, 11)


def set_back(cursor, lane, seq):
    cursor.execute("DELETE FROM audit_entry WHERE lane = %s AND seq > %s", [lane, seq])
    cursor.execute(
        "UPDATE audit_lane l SET seq = e.seq, hash = e.hash FROM audit_entry e"
        " WHERE l.lane = %s AND e.lane = l.lane AND e.seq = %s",
        [lane, seq],
    )


def test_a_cut_end_with_the_head_set_back(lane):
    with factories.tampering() as cursor:
        set_back(cursor, lane, 10)
    assert found() == ("CUT", lane, 12)


def test_a_head_set_back_alone(lane):
    with factories.tampering() as cursor:
        cursor.execute("UPDATE audit_lane SET seq = 11 WHERE lane = %s", [lane])
    assert found() == ("CHANGED", lane, 11)


def test_entries_behind_the_head(lane):
    with factories.tampering() as cursor:
        cursor.execute(
            "UPDATE audit_lane l SET seq = 11, hash = e.hash FROM audit_entry e"
            " WHERE l.lane = %s AND e.lane = l.lane AND e.seq = 11",
            [lane],
        )
    assert found() == ("CHANGED", lane, 12)


def test_a_removed_head(lane):
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_lane WHERE lane = %s", [lane])
    assert found()[:2] == ("CUT", lane)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_checkpoint SET at = at - interval '1 second' WHERE id = {first}",
        "UPDATE audit_checkpoint SET entries = entries - 1 WHERE id = {first}",
        "UPDATE audit_checkpoint SET hash = sha256('x') WHERE id = {first}",
        "UPDATE audit_checkpoint SET heads = '{{}}' WHERE id = {first}",
        "UPDATE audit_checkpoint SET prev_hash = sha256('x') WHERE id = {first}",
    ],
)
def test_a_changed_checkpoint(lane, change):
    ((first,),) = factories.as_owner_ask("SELECT min(id) FROM audit_checkpoint")
    with factories.tampering() as cursor:
        cursor.execute(change.format(first=first))
    assert found() == ("CHECKPOINT", -1, first)


def test_a_removed_checkpoint(lane):
    ((first, last),) = factories.as_owner_ask("SELECT min(id), max(id) FROM audit_checkpoint")
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint WHERE id = %s", [first])
    assert found() == ("CHECKPOINT", -1, last)


def test_a_checkpoint_on_paper_tells_of_what_was_cut_with_every_trace():
    factories.many(8)
    factories.bind()
    factories.many(4)
    printed = factories.bind()
    lane = factories.lane_with(12)
    with factories.tampering() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint WHERE id = %s", [printed.pk])
        set_back(cursor, lane, 10)
    assert found() is None
    fault = factories.verified(printed=printed.printed).fault
    assert (fault.what, fault.seq) == ("CHECKPOINT", printed.pk)


def test_a_checkpoint_on_paper_with_another_hash():
    factories.many(2)
    number = factories.bind().pk
    fault = factories.verified(printed=f"{number}-{'a' * 64}").fault
    assert (fault.what, fault.seq) == ("CHECKPOINT", number)
