"""A model field whose value is sealed: natural to use, hard to misuse."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models.query_utils import DeferredAttribute

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class Sealed:
    """Ciphertext that shows nothing of itself; opened by ``vault.services.unseal`` alone."""

    __slots__ = ("_ciphertext",)
    _ciphertext: bytes

    def __init__(self, ciphertext: bytes) -> None:
        object.__setattr__(self, "_ciphertext", ciphertext)

    @property
    def ciphertext(self) -> bytes:
        """What stands in the column."""
        return self._ciphertext

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("A sealed value does not change: seal another.")

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        return "•••"

    def __format__(self, _spec: str) -> str:
        return "•••"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other._ciphertext == self._ciphertext

    def __hash__(self) -> int:
        return hash(self._ciphertext)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("A sealed value is not pickled: it would leave its row.")


def _only_sealed(value: Any) -> Sealed | None:
    if value is None or isinstance(value, Sealed):
        return value
    raise TypeError("Plaintext cannot be put into a sealed column: use vault.services.seal().")


class _SealedAttribute(DeferredAttribute):
    """Refuses plaintext at the assignment, not only when the record is saved."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = _only_sealed(value)


class SealedField(_Binary):
    """A column of ciphertext. Reads as ``Sealed`` or None; plaintext is neither put in nor searched."""

    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        """Wrap what the database holds."""
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        """Accept only what was sealed."""
        return _only_sealed(value)

    def get_default(self) -> None:
        """A new record's field is empty."""
        return

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Give the database the ciphertext, and nothing that was not sealed."""
        sealed = _only_sealed(value)
        return None if sealed is None else connection.Database.Binary(sealed.ciphertext)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only the question whether anything is there (``…__isnull``)."""
        if lookup_name != "isnull":
            raise TypeError(f"Sealed column {self.name} cannot be searched; use a blind index.")
        return super().get_lookup(lookup_name)

    def get_transform(self, name: str) -> NoReturn:  # noqa: ARG002 - Django's signature
        """Refuse: what is computed from ciphertext means nothing."""
        raise TypeError(f"Sealed column {self.name} cannot be searched; use a blind index.")

    def value_to_string(self, obj: Any) -> str:  # noqa: ARG002 - Django's signature
        """Refuse: serialised rows would carry ciphertext out of its place."""
        raise TypeError("A sealed value is not serialised.")
