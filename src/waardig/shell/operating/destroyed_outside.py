"""Executed destruction lists beside the checkpoints of the log, and what a restored backup brought back.

A backup that is put back knows nothing of what was destroyed after it. The lists in the witness folder do: each is a
file that is added and never replaced, with ids, numbers, endings and days. What came back is destroyed again through
the same door; where that cannot be, its service stands still until a person has seen to it (decision 0073).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from waardig.archive import queries as archive
from waardig.archive.actions import destroy_again
from waardig.archive.terms import CameBack, Kept, KeptListUnreadable
from waardig.logbook.adapters.note_signing import is_signed, public_of, signed_text
from waardig.logbook.adapters.witness_folder import keep_text
from waardig.shell.operating.witness import signing_key, witness_folder
from waardig.values.actions import SYSTEM, suspend
from waardig.values.terms import UnknownService

log = logging.getLogger(__name__)
PATTERN = "destroyed-*.txt"


def keep_lists(folder: Path | None = None) -> int:
    """Add what lists destroyed since the last time; gives how many files are new.

    Raises:
        WitnessUnwritable: the folder cannot be written.
    """
    place = folder or witness_folder()
    if place is None:
        return 0
    there = {file.name for file in _files(place)}
    new = 0
    for identity, count in archive.destroyed_counts().items():
        found = archive.list_of(identity)
        if name_of(found.number, count, found.sha256) not in there:
            kept = archive.kept_list(identity)
            name = name_of(found.number, kept.destroyed, found.sha256)
            new += keep_text(place / name, _signed(archive.kept_text(kept)))
    return new


def name_of(number: str, destroyed: int, sha256: str) -> str:
    """The file name of a list: how far it was, and which list, so that two with one number are both kept.

    Example:
        >>> name_of("RW-2025-V0001", 12, "3f9c2a71b0de" + 52 * "0")
        'destroyed-RW-2025-V0001-3f9c2a71b0de-12.txt'
    """
    return f"destroyed-{number}-{sha256[:12]}-{destroyed}.txt"


def look_at_lists(place: Path | None = None) -> tuple[CameBack, ...]:
    """Destroy again what came back with a backup; services of what cannot be destroyed again stand still.

    Args:
        place: folder with kept lists; WAARDIG_LOG_WITNESS when not given. A single checkpoint holds none.

    Raises:
        KeptListUnreadable: nothing of it was used.
    """
    left = destroy_again(_unknown(place or witness_folder()))
    for one in left:
        log.error("destroyed by %s and back: %s (%s)", one.list, one.number, one.why)
    _stop_services(left)
    return left


def _files(place: Path) -> tuple[Path, ...]:
    return tuple(sorted(place.glob(PATTERN))) if place.is_dir() else ()


def _unknown(place: Path | None) -> Iterator[Kept]:
    """Of each list the newest file, unless the database knows that as much of it is gone."""
    newest: dict[str, tuple[int, Path]] = {}
    for file in _files(place) if place else ():
        which, _, told = file.stem.rpartition("-")
        if not told.isdigit():
            raise KeptListUnreadable(file.name, "its name does not say how much was destroyed")
        newest[which] = max(newest.get(which, (0, file)), (int(told), file))
    counts: dict[str, int] = {}
    for identity, gone in archive.destroyed_counts().items():
        known = archive.list_of(identity)
        counts[Path(name_of(known.number, gone, known.sha256)).stem.rpartition("-")[0]] = gone
    for which, (count, file) in newest.items():
        if counts.get(which, 0) < count:
            yield _read(file)


def _read(file: Path) -> Kept:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise KeptListUnreadable(file.name, "it cannot be read") from problem
    signing = signing_key()
    if signing is not None and not is_signed(text, signing[0], public_of(signing[1])):
        raise KeptListUnreadable(file.name, "the signature is not of this key")
    return archive.read_kept(text, file.name)


def _signed(text: str) -> str:
    signing = signing_key()
    return signed_text(text, *signing) if signing else text


def _stop_services(left: Iterable[CameBack]) -> None:
    """The same brake as for a log that lost lines: the gate refuses new effects, rights of residents go on."""
    for service in sorted({one.service for one in left}):
        lists = ", ".join(sorted({one.list for one in left if one.service == service}))
        reason = (
            f"Na het terugzetten van een reservekopie zijn zaken terug die al waren vernietigd (lijst {lists}). "
            "De dienst staat stil tot zij weer weg zijn."
        )
        try:
            suspend(service, reason, SYSTEM)
        except UnknownService:
            continue
