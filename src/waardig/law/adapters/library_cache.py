"""Keeps the read laws of a content folder beside the database, so that a start does not read and join them again.

A file in the data folder holds, by the content of each law file and of this engine, the typed law as JSON, and under
which contents everything together was found sound. Whatever differs is read and checked as if there were no such file;
a file that is damaged, of another user or not there costs time and nothing else. It is written beside and renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from waardig.kernel import data_folder, legal_source
from waardig.kernel.memory import garbage_by_hand
from waardig.law.core import ir
from waardig.law.core.load import Loaded, SourceFile, load
from waardig.law.core.stored import restored, stored

MOST = 16
"""So many combinations of content folders are kept; the oldest goes first."""
_ROOM = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Kept:
    """What the cache file says: stored laws by their key, and the key of the whole that was sound."""

    laws: Mapping[str, Any] = field(default_factory=dict)
    sound: str = ""


@cache
def engine_print() -> str:
    """The fingerprint of everything that reads and checks a law: another engine reads everything again."""
    digest = hashlib.sha256(f"{sys.version_info} {yaml.__version__}".encode())
    code = [path for path in sorted(_ROOM.rglob("*")) if path.suffix in (".py", ".json")]
    for path in (*code, Path(legal_source.__file__)):
        digest.update(f"\n{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def key_of(source: SourceFile) -> str:
    """What a law file is for this engine: its name, its bytes and those of its status file."""
    status = b"-" if source.status_data is None else hashlib.sha256(source.status_data).digest()
    head = f"{engine_print()} {source.origin} {source.file}\0{source.status_file}\0".encode()
    return hashlib.sha256(head + hashlib.sha256(source.data).digest() + status).hexdigest()


def whole_of(keys: Iterable[str]) -> str:
    """The fingerprint of all files together, in their order."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def file_of(roots: Sequence[Path]) -> Path:
    """Where the laws of these content folders are kept."""
    name = hashlib.sha256("\0".join(str(root.resolve()) for root in roots).encode()).hexdigest()[:16]
    return data_folder.data_folder() / "cache" / f"laws-{name}.json"


def read(file: Path) -> Kept:
    """What a cache file says; nothing when it is not there, damaged, or could be written by somebody else."""
    try:
        with file.open("rb") as opened:
            state = os.fstat(opened.fileno())
            if state.st_uid not in (os.geteuid(), 0) or state.st_mode & 0o022:
                return Kept()
            digest, _, text = opened.read().partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() != digest:
            return Kept()
        content = json.loads(text)
        return Kept(dict(content["laws"]), str(content["sound"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Kept()


def read_laws(sources: Sequence[SourceFile], keys: Sequence[str], kept: Kept) -> list[Loaded]:
    """Every law file as `load` gives it: from the cache where it has these very contents."""
    found = []
    with garbage_by_hand():
        for source, key in zip(sources, keys, strict=True):
            law = _restored(kept.laws[key]) if key in kept.laws else None
            found.append(Loaded(law, ()) if law else load(source, validate=True))
    return found


def _restored(value: Any) -> ir.Law | None:
    try:
        law = restored(value)
    except (ValueError, TypeError, IndexError, AttributeError):
        return None
    return law if isinstance(law, ir.Law) else None


def write(file: Path, keys: Sequence[str], loaded: Sequence[Loaded]) -> None:
    """Keeps laws that were found sound together; without a folder to write in there is simply no cache."""
    laws = {}
    for key, part in zip(keys, loaded, strict=True):
        if part.law is not None and not part.problems:
            with suppress(TypeError):
                laws[key] = stored(part.law)
    content = {"laws": laws, "sound": whole_of(keys)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        _forget_oldest(file.parent)


def _replace(file: Path, data: bytes) -> None:
    """The whole file or the old one: two that start at once write the same, one after the other."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        made.chmod(0o644)
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)


def _forget_oldest(folder: Path) -> None:
    """Removes the cache files that nobody wrote for longest, and what a killed process left."""
    times = []
    for path in (*folder.glob("laws-*.json"), *folder.glob(".laws-*")):
        with suppress(FileNotFoundError):
            times.append((path.stat().st_mtime, path))
    for _, path in sorted(times)[:-MOST]:
        path.unlink(missing_ok=True)
