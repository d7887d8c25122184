"""What a backup says about itself: which files with which fingerprint, of which version, and how the log stood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from waardig.kernel.errors import Refusal

NAME = "manifest.json"
FORM = 1
_CHUNK = 1 << 20


class BackupDamaged(Refusal):
    """A file of a backup is missing, or other than when it was made."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="backup_damaged",
            text_nl="Deze reservekopie is niet heel.",
            text_en=f"This backup is not whole: {what}.",
            remedy="Use another copy of this backup, or an earlier one; nothing was changed.",
        )


@dataclass(frozen=True)
class FilePrint:
    """A file with its size and SHA-256; `keys` says that it lies in the folder of keys."""

    name: str
    size: int
    sha256: str
    keys: bool = False


@dataclass(frozen=True)
class LogStand:
    """How the log stood: lines, places given, root of the tree in hexadecimal, the newest checkpoint ("" if none)."""

    lines: int
    placed: int
    root: str
    checkpoint: str = ""


@dataclass(frozen=True)
class Manifest:
    """One backup.

    Args: application the application role; migrations of this version; export lines and fingerprint of
    `waardig export --canonical`; content fingerprint of the content folders; secret_key a fingerprint that tells
    whether a key is the same and nothing about it.
    """

    made_at: str
    waardig: str
    server: str
    application: str
    migrations: tuple[str, ...]
    export_lines: int
    export_sha256: str
    content: str
    secret_key: str
    log: LogStand
    files: tuple[FilePrint, ...]
    form: int = FORM

    def write(self, folder: Path) -> None:
        """Write it beside the files."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        BackupDamaged: there is none, or it is of another form.
    """
    try:
        raw: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if raw["form"] != FORM:
            raise BackupDamaged(f"form {raw['form']} is made by another version of Waardig")
        files = tuple(FilePrint(**one) for one in raw.pop("files"))
        log = LogStand(**raw.pop("log"))
        return Manifest(**{**raw, "migrations": tuple(raw["migrations"])}, log=log, files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise BackupDamaged(f"{folder / NAME} cannot be read") from problem


def check_files(manifest: Manifest, folder: Path, keys: Path) -> None:
    """Compare every file with its fingerprint.

    Raises:
        BackupDamaged: naming the first that is missing or other.
    """
    for one in manifest.files:
        file = (keys if one.keys else folder) / one.name
        if not file.is_file():
            raise BackupDamaged(f"{one.name} is not in {file.parent}")
        if file.stat().st_size != one.size or sha256_of(file) != one.sha256:
            raise BackupDamaged(f"{one.name} is other than when the backup was made")


def print_of(file: Path, *, keys: bool = False, below: str = "") -> FilePrint:
    """A file with its fingerprint. Args: below the folder in the backup in which it lies, when it is one of its own."""
    name = f"{below}/{file.name}" if below else file.name
    return FilePrint(name, file.stat().st_size, sha256_of(file), keys)


def sha256_of(file: Path) -> str:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def lines_print(entries: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """Number and fingerprint of the lines of an export, as `waardig export --canonical --json` gives them."""
    digest, count = hashlib.sha256(), 0
    for entry in entries:
        digest.update(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def folders_print(roots: Iterable[Path]) -> str:
    """Fingerprint of all content files: relative names and bytes, in a fixed order, wherever the folders stand."""
    digest = hashlib.sha256()
    for number, root in enumerate(roots):
        for file in sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            name = f"{number}/{file.relative_to(root).as_posix()}"
            digest.update(f"{name}\x00{sha256_of(file)}\n".encode())
    return digest.hexdigest()


def key_print(key: str) -> str:
    """A fingerprint of a secret that does not help to find it: 64 of 256 bits, under a name of our own."""
    return hashlib.sha256(b"waardig secret key\x00" + key.encode()).hexdigest()[:16] if key else ""
