import copy
import json
import pickle
from uuid import uuid4

import pytest
from django.core import serializers
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from diemtua.foundation.vault import sealing, services
from diemtua.foundation.vault.errors import Tampered, UnknownVersion
from diemtua.foundation.vault.fields import Sealed
from diemtua.foundation.vault.tests.factories import Letter, Note, audit_entries, letter

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
in_one_transaction = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(value=values)
def test_what_is_packed_is_unpacked(value):
    packed = sealing.pack(value)
    assert sealing.unpack(packed) == value
    assert len(packed) % 64 == 0


@given(first=st.text(max_size=20), second=st.text(max_size=20))
def test_short_texts_cannot_be_told_apart_by_their_length(first, second):
    if len(json.dumps(first).encode()) < 60 and len(json.dumps(second).encode()) < 60:
        assert len(sealing.pack(first)) == len(sealing.pack(second))


@given(plain=st.binary(max_size=300), place=st.binary(max_size=30))
def test_encryption_round_trip(plain, place):
    key = sealing.new_key()
    sealed = sealing.encrypt(key, plain, bound_to=place)
    assert sealing.decrypt(key, sealed, bound_to=place) == plain
    assert sealed != sealing.encrypt(key, plain, bound_to=place)


@given(plain=st.binary(max_size=100), data=st.data())
def test_a_change_of_any_byte_is_noticed(plain, data):
    key = sealing.new_key()
    sealed = bytearray(sealing.encrypt(key, plain, bound_to=b"here"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        sealing.decrypt(key, bytes(sealed), bound_to=b"here")


@given(plain=st.binary(max_size=100), cut=st.integers(1, 200))
def test_a_cut_ciphertext_is_noticed(plain, cut):
    key = sealing.new_key()
    sealed = sealing.encrypt(key, plain, bound_to=b"here")
    with pytest.raises(Tampered):
        sealing.decrypt(key, sealed[:-cut], bound_to=b"here")


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_places_never_share_their_associated_data(one, other):
    assert (sealing.associated(*one) == sealing.associated(*other)) == (one == other)


def test_a_format_of_the_future_is_named():
    key = sealing.new_key()
    sealed = sealing.encrypt(key, b"x", bound_to=b"")
    with pytest.raises(UnknownVersion):
        sealing.decrypt(key, b"\x02" + sealed[1:], bound_to=b"")


@in_one_transaction
@given(name=values, body=values)
def test_what_is_sealed_is_unsealed(worker, name, body):
    told = services.unseal(letter(name=name, body=body), "name", "body", asker=worker, why="t.read")
    assert (told.name, told.body) == (name, body)


def test_each_unsealing_writes_one_audit_entry(worker):
    made = letter(name="Nguyễn Thị Hoa", body="chuyện")
    services.unseal(made, "name", "body", asker=worker, why="letter.read")
    assert audit_entries(made) == [("letter.read", {"fields": "name,body"})]


def test_nothing_is_opened_without_naming_it(worker):
    with pytest.raises(TypeError):
        services.unseal(letter(name="x"), asker=worker, why="letter.read")


def test_an_empty_field_gives_none(worker):
    made = letter(name="x", body=None)
    assert services.unseal(made, "body", asker=worker, why="letter.read").body is None


def test_a_value_moved_to_another_column_is_refused(worker):
    made = letter(name="Hoa", body="chuyện")
    made.name, made.body = made.body, made.name
    with pytest.raises(Tampered):
        services.unseal(made, "name", asker=worker, why="letter.read")


def test_a_value_moved_to_another_row_is_refused(worker):
    one, other = letter(name="Hoa"), letter(name="Lan")
    Letter.objects.filter(pk=one.pk).update(name=other.name)
    with pytest.raises(Tampered):
        services.unseal(Letter.objects.get(pk=one.pk), "name", asker=worker, why="letter.read")


def test_a_row_moved_with_its_key_is_refused(worker):
    one, other = letter(name="Hoa"), letter(name="Lan")
    Letter.objects.filter(pk=one.pk).update(name=other.name, data_key=other.data_key)
    with pytest.raises(Tampered):
        services.unseal(Letter.objects.get(pk=one.pk), "name", asker=worker, why="letter.read")


def test_a_value_moved_to_another_table_is_refused(worker):
    made = letter(body="chuyện")
    note = Note(id=made.pk, data_key=made.data_key, body=made.body)
    with pytest.raises(Tampered):
        services.unseal(note, "body", asker=worker, why="note.read")


def test_a_wrapped_key_moved_to_another_row_is_refused(worker):
    one, other = letter(name="Hoa"), letter(name="Lan")
    one.data_key.wrapped = other.data_key.wrapped
    with pytest.raises(Tampered):
        services.unseal(one, "name", asker=worker, why="letter.read")


def test_a_wrapped_key_of_another_epoch_is_refused(worker):
    made = letter(name="Hoa")
    made.data_key.epoch += 1
    with pytest.raises(Tampered):
        services.unseal(made, "name", asker=worker, why="letter.read")


def test_plaintext_cannot_be_assigned():
    with pytest.raises(TypeError, match=r"vault\.services\.seal"):
        Letter(name="Nguyễn Thị Hoa")
    made = Letter()
    with pytest.raises(TypeError):
        made.name = b"bytes"
    assert made.name is None


def test_plaintext_cannot_be_written_by_a_query(worker):
    with pytest.raises(TypeError), transaction.atomic():
        Letter.objects.filter(pk=uuid4()).update(name="Nguyễn Thị Hoa")


def test_a_sealed_column_cannot_be_searched(worker):
    for question in (
        {"name": "Hoa"},
        {"name__contains": "Hoa"},
        {"name__in": ["x"]},
        {"name": None},
    ):
        with pytest.raises(TypeError):
            Letter.objects.filter(**question)
    with pytest.raises(TypeError):
        Letter.objects.annotate(first=F("name__first"))
    letter(name="Hoa")
    assert Letter.objects.filter(name__isnull=False, body__isnull=True).count() == 1


def test_only_sealed_fields_are_sealed(worker):
    with pytest.raises(TypeError):
        services.seal(Letter(), colour="đỏ")
    with pytest.raises(TypeError):
        services.seal(Letter(), name={1, 2})


def test_a_sealed_value_shows_nothing(worker):
    sealed = letter(name="Nguyễn Thị Hoa").name
    assert isinstance(sealed, Sealed)
    shown = f"{sealed!r} {sealed} {sealed:>20} {[sealed]}"
    assert "Hoa" not in shown
    assert sealed.ciphertext.hex() not in shown
    for carry in (json.dumps, pickle.dumps):
        with pytest.raises(TypeError):
            carry(sealed)
    assert sealed == Sealed(sealed.ciphertext)
    with pytest.raises(TypeError):
        sealed.ciphertext = b"x"
    assert copy.deepcopy(sealed) is sealed
    assert len({copy.copy(sealed), sealed}) == 1
    assert f"{sealed}" == "•••"


def test_a_record_with_sealed_fields_is_not_serialised(worker):
    with pytest.raises(TypeError):
        serializers.serialize("json", [letter(name="Hoa")], fields=["name"])
    with pytest.raises(TypeError):
        Letter._meta.get_field("body").clean("chuyện", None)


def test_a_record_s_own_name_tells_nothing_of_it(worker):
    made = letter(name="Hoa")
    assert str(made.data_key) == str(made.data_key_id)


def test_the_database_holds_ciphertext_only(worker):
    made = letter(name="Nguyễn Thị Hoa", body="0901234567")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, body FROM vault_test_letter WHERE id = %s", [made.pk])
        for column in cursor.fetchone():
            assert b"Hoa" not in bytes(column)
            assert b"0901234567" not in bytes(column)


def test_sealed_fields_work_with_what_the_orm_offers(worker):
    made = [Letter(), Letter()]
    for number, one in enumerate(made):
        services.seal(one, name=f"Hoa {number}")
    Letter.objects.bulk_create(made)
    lazy = Letter.objects.defer("name").get(pk=made[1].pk)
    assert services.unseal(lazy, "name", asker=worker, why="t.read").name == "Hoa 1"
    services.seal(lazy, name="Lan", body={"ở": "đâu"})
    Letter.objects.bulk_update([lazy], ["name", "body"])
    lazy.refresh_from_db()
    again = Letter.objects.select_related("data_key").get(pk=lazy.pk)
    told = services.unseal(again, "name", "body", asker=worker, why="t.read")
    assert (told.name, told.body) == ("Lan", {"ở": "đâu"})
    shown = Letter.objects.filter(pk=lazy.pk).values_list("name", flat=True).get()
    assert str(shown) == "•••"
    Letter.objects.filter(pk=lazy.pk).update(name=None)
    assert Letter.objects.get(pk=lazy.pk).name is None


def test_tampering_is_told_to_the_technical_log_without_a_word_of_it(worker):
    made = letter(name="Hoa", body="chuyện")
    made.name = made.body
    with capture_logs() as told, pytest.raises(Tampered):
        services.unseal(made, "name", asker=worker, why="letter.read")
    assert told == [{"event": "vault.tampered", "log_level": "error", "table": "vault_test_letter"}]
