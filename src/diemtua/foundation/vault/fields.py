"""A model field whose value is sealed: natural to use, hard to misuse."""

from typing import Any, NoReturn

from django.db import models


class Sealed:
    """Ciphertext that shows nothing of itself; opened by ``vault.services.unseal`` alone."""

    __slots__ = ("ciphertext",)

    def __init__(self, ciphertext: bytes) -> None:
        self.ciphertext = ciphertext

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        return "•••"

    def __format__(self, _spec: str) -> str:
        return "•••"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.ciphertext == self.ciphertext

    def __hash__(self) -> int:
        return hash(self.ciphertext)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A sealed value is not pickled: it would leave its row.")


class SealedField(models.BinaryField):
    """A column of ciphertext. Reads as ``Sealed`` or None; plaintext cannot be assigned or queried."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        """Wrap what the database holds."""
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        """Accept only what was sealed."""
        return self._only_sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        """Accept only what was sealed, on its way to a query."""
        return self._only_sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Give the database the ciphertext."""
        sealed = self._only_sealed(value)
        raw = None if sealed is None else sealed.ciphertext
        return super().get_db_prep_value(raw, connection, prepared=True)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only the question whether anything is there."""
        if lookup_name != "isnull":
            raise TypeError(f"Sealed column {self.name} cannot be searched; use a blind index.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: Any) -> str:  # noqa: ARG002 - Django's signature
        """Refuse: serialised rows would carry ciphertext out of its place."""
        raise TypeError("A sealed value is not serialised.")

    @staticmethod
    def _only_sealed(value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError("Plaintext cannot be put into a sealed column: use vault.services.seal().")
