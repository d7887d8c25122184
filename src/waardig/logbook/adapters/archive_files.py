"""Files with old months of the log (Parquet), outside the database: written whole, found by the pseudonym of a person.

A file is on the disk before the database is told of it, bears the start of its own fingerprint in its name and never
changes; one that the database does not name is nobody's. Only the account that the system runs under can read them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import orjson

from waardig.kernel.data_folder import data_folder
from waardig.logbook.terms import ArchiveDamaged

COLUMNS = {
    "head": "BIGINT", "mid": "UUID", "tail": "BIGINT", "trace": "UUID", "span": "BIGINT", "salt": "UUID",
    "place": "BIGINT", "began": "BIGINT", "took": "BIGINT", "form": "INTEGER", "parent": "BIGINT", "case_id": "UUID",
    "message_id": "UUID",
}  # fmt: skip
"""What `gate.lines_to_archive` gives, in that order: pseudonym in three parts, then what differs from line to line."""
LINES_A_GROUP = 8192
"""A person is found by the least and greatest pseudonym of each group of lines: small groups, little to read."""
NOBODY = "[]"
"""What to bring when nothing is archived."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Written:
    """A file that is on the disk: name, SHA-256, size in bytes, lines."""

    name: str
    sha256: bytes
    size: int
    lines: int


def archive_folder() -> Path:
    """Where the files lie: WAARDIG_LOG_ARCHIVE, or `log-archive` in the data folder. One organisation, one folder."""
    named = os.environ.get("WAARDIG_LOG_ARCHIVE")
    return Path(named).expanduser().resolve() if named else data_folder() / "log-archive"


@cache
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    """One engine a process: it remembers the ends of files, where it stands who is in which group."""
    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "memory_limit": "1GB"}
    engine = duckdb.connect(config={**settings, "threads": "2"})
    engine.execute("SET parquet_metadata_cache = true")
    return engine


def _cursor() -> duckdb.DuckDBPyConnection:
    return _engine(os.getpid()).cursor()


def write_month(month: str, blocks: Iterable[bytes]) -> Written:
    """Write lines, given as CSV in any order, to a new file sorted by pseudonym."""
    with _as_csv(blocks) as source:
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        lines = f"read_csv('{source}', columns = {{{columns}}}, auto_detect = false, header = false, delim = ',')"
        return _write(month, lines, [])


def write_without(month: str, file: str, places: Sequence[int]) -> Written:
    """Write the same month to a new file without the lines of these places; the old file stays."""
    wanted = "(SELECT * FROM read_parquet(?) WHERE place NOT IN (SELECT unnest(?::BIGINT[])))"
    return _write(month, wanted, [str(_there(file)), list(places)])


@contextmanager
def _as_csv(blocks: Iterable[bytes]) -> Iterator[str]:
    """The lines as a pipe, so that they never stand on the disk unsorted; what fails in the giver fails here."""
    out, into = os.pipe()
    failed: list[BaseException] = []

    def feed() -> None:
        try:
            with os.fdopen(into, "wb") as pipe:
                for block in blocks:
                    pipe.write(block)
        except BaseException as problem:
            failed.append(problem)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        yield f"/dev/fd/{out}"
    finally:
        os.close(out)
        feeder.join()
    if failed:
        raise failed[0]


def _write(month: str, lines: str, values: list[object]) -> Written:
    folder = archive_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{month}-", suffix=".new", dir=folder)  # readable by this account only
    os.close(handle)
    new = Path(name)
    try:
        _cursor().execute(
            f"COPY (SELECT * FROM {lines} ORDER BY head NULLS LAST, mid, tail, began, place) TO '{_quoted(name)}'"  # noqa: S608
            f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {LINES_A_GROUP},"
            " USE_TMP_FILE false)",
            values,
        )
        new.chmod(0o600)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        digest, size = sha256_of(new), new.stat().st_size
        ((count,),) = _cursor().execute("SELECT count(*) FROM read_parquet(?)", [name]).fetchall()
        final = folder / f"{month}-{digest.hex()[:16]}.parquet"
        new.replace(final)
    finally:
        new.unlink(missing_ok=True)
    _settle(folder)
    return Written(final.name, digest, size, int(count))


def _settle(folder: Path) -> None:
    """The name of a file is on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _there(file: str) -> Path:
    found = archive_folder() / file
    if not found.is_file():
        raise ArchiveDamaged(file, "it is not in the folder of the archive")
    return found


def sha256_of(file: Path) -> bytes:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()


def drop_others(named: Iterable[str]) -> int:
    """Remove files that the database does not name: of a month not finished, or written anew. Gives how many."""
    folder, known = archive_folder(), set(named)
    gone = 0
    for file in (*folder.glob("[0-9]*.parquet"), *folder.glob(".[0-9]*.new")) if folder.is_dir() else ():
        if file.name not in known:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def lines_in(files: Sequence[str], where: str = "true", values: Sequence[object] = (), *, order: str = "") -> str:
    """Lines of these files as JSON for a function of the gate.

    Args:
        where: a condition in SQL over the columns, with a question mark for each of the values.

    Raises:
        ArchiveDamaged: a file is missing or cannot be read.
    """
    found = [row for part in batches(files, where, values, order=order) for row in orjson.loads(part)]
    return orjson.dumps(found).decode() if found else NOBODY


def batches(
    files: Sequence[str], where: str = "true", values: Sequence[object] = (), *, order: str = "", size: int = 5000
) -> Iterator[str]:
    """The same in parts of so many lines, so that a month is never in memory as a whole."""
    if not files:
        return
    paths = [str(_there(file)) for file in files]
    try:
        found = _cursor().execute(
            f"SELECT {', '.join(COLUMNS)} FROM read_parquet(?) WHERE {where} {order}",  # noqa: S608
            [paths, *values],
        )
        while rows := found.fetchmany(size):
            yield orjson.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows]).decode()
    except duckdb.Error as problem:
        raise ArchiveDamaged(", ".join(files), "it cannot be read as Parquet") from problem
