"""The cache that throttles sign-in: in the database, shared by every process, and plain JSON.

Django's own database cache keeps pickles: whoever could write into its table, by SQL that slipped
into a query, could run code in this process and read the key ring. JSON only says something.
"""

import json
from datetime import UTC, datetime
from typing import Any, override

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class CountingCache(BaseDatabaseCache):
    """Keeps JSON-able values until they expire; `createcachetable` makes its table."""

    _table: str

    @override
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default when there is none any more or it is none of ours."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM {self._table} WHERE cache_key = %s AND expires > clock_timestamp()",  # noqa: S608 - our own table's name
                [self._key(key, version)],
            )
            row = cursor.fetchone()
        try:
            return default if row is None else json.loads(row[0])
        except ValueError:
            return default

    @override
    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value; what has expired meanwhile goes."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self._table} WHERE cache_key IN (SELECT cache_key FROM {self._table}"  # noqa: S608 - as above
                " WHERE expires < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED)"
            )
            cursor.execute(
                f"INSERT INTO {self._table} (cache_key, value, expires) VALUES (%s, %s, %s)"  # noqa: S608 - as above
                " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires",
                [self._key(key, version), json.dumps(value), self._until(timeout)],
            )

    @override
    def add(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value unless there is one; return whether it was kept."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)"  # noqa: S608 - as above
                " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
                " WHERE kept.expires <= clock_timestamp()",
                [self._key(key, version), json.dumps(value), self._until(timeout)],
            )
            return bool(cursor.rowcount)

    @override
    def touch(
        self,
        key: str,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value longer; return whether it is there."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self._table} SET expires = %s WHERE cache_key = %s AND expires > clock_timestamp()",  # noqa: S608 - as above
                [self._until(timeout), self._key(key, version)],
            )
            return bool(cursor.rowcount)

    @override
    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; return whether it was there."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self._table} WHERE cache_key = %s",  # noqa: S608 - as above
                [self._key(key, version)],
            )
            return bool(cursor.rowcount)

    @override
    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608 - as above

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _until(self, timeout: Any) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return FOR_EVER if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
