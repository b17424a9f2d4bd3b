"""The instruments there are: those of the house, and those that the city has added.

A city adds one by putting its file into ``<data>/instruments``. Every version stays, so that what was
assessed with it can be computed again; new assessments take the newest version in force.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from diemtua.casework.assessments.errors import BadDefinition, UnknownInstrument
from diemtua.casework.assessments.queries import building
from diemtua.casework.assessments.queries.definitions import Instrument

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every instrument by code and version, and what could not be read."""

    by_key: dict[Key, Instrument]
    faults: tuple[BadDefinition, ...]


def shipped() -> list[Path]:
    """Return the files of the house's own instruments."""
    return sorted((REFERENCE / "instruments").glob("*.toml"))


def known() -> Catalogue:
    """Return all instruments; a file that is bad is left out, and named among the faults."""
    files = [
        *_files(REFERENCE / "instruments"),
        *_files(Path(settings.DIEMTUA_DATA) / "instruments"),
    ]
    return _read(tuple(files))


def one(code: str, version: int) -> Instrument:
    """Return an instrument in one version.

    Raises:
        UnknownInstrument: there is none.
    """
    found = known().by_key.get((code, version))
    if found is None:
        raise UnknownInstrument
    return found


def current(code: str, *, on: date) -> Instrument:
    """Return the version that a new assessment takes on a day.

    Raises:
        UnknownInstrument: none is in force.
    """
    for instrument in offered(on=on):
        if instrument.code == code:
            return instrument
    raise UnknownInstrument


def offered(*, on: date) -> list[Instrument]:
    """Return the instruments for new assessments on a day, each in its newest version."""
    newest: dict[str, Instrument] = {}
    for instrument in known().by_key.values():
        other = newest.get(instrument.code)
        if instrument.is_in_force(on) and (other is None or other.version < instrument.version):
            newest[instrument.code] = instrument
    return sorted(newest.values(), key=lambda i: (i.order, i.code))


def title_of(code: str, version: int) -> str:
    """Return what an assessment is called, also when its instrument is gone."""
    found = known().by_key.get((code, version))
    return str(found.title) if found else code


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The city's own rules of when risk is judged."""

    first: timedelta  # after the case was opened
    again: dict[str, timedelta]  # by the level of risk
    reason_letters: int
    first_instrument: str


@cache
def rhythm() -> Rhythm:
    """Return when the next assessment is due."""
    file = tomllib.loads((REFERENCE / "rhythm.toml").read_text(encoding="utf-8"))
    again = {row["risk"]: timedelta(hours=row["hours"]) for row in file["again"]}
    return Rhythm(
        first=again["UNASSESSED"],
        again=again,
        reason_letters=file["judgement"]["reason_letters"],
        first_instrument=file["first"]["instrument"],
    )


def _files(folder: Path) -> list[tuple[Path, int]]:
    if not folder.is_dir():
        return []
    return [(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml"))]


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> Catalogue:
    by_key: dict[Key, Instrument] = {}
    faults = []
    for path, _changed in files:
        try:
            made = building.instrument(path.read_text(encoding="utf-8"), name=path.name)
            if (made.code, made.version) in by_key:
                raise _twice(path)
        except BadDefinition as fault:
            faults.append(fault)
        except (OSError, UnicodeDecodeError):
            faults.append(_unreadable(path))
        else:
            by_key[made.code, made.version] = made
    return Catalogue(by_key, tuple(faults))


def _twice(path: Path) -> BadDefinition:
    fault = _("mã và phiên bản này đã có; nội dung mới phải mang phiên bản mới")
    return BadDefinition(name=path.name, where=_("Tệp"), fault=fault)


def _unreadable(path: Path) -> BadDefinition:
    return BadDefinition(name=path.name, where=_("Tệp"), fault=_("không đọc được"))
