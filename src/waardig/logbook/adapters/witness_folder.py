"""Checkpoints kept outside the database: one file each, added and never changed, so that a restore cannot undo them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from waardig.kernel.errors import Refusal
from waardig.logbook.adapters.note_signing import is_signed
from waardig.logbook.core import read_note
from waardig.logbook.terms import Checkpoint, Noted


class WitnessUnreadable(Refusal):
    """What was kept outside cannot be used to check the log."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            code="witness_unreadable",
            text_nl=f"Wij kunnen {place} niet gebruiken om het logboek te controleren.",
            text_en=f"{place} cannot be used to check the log: {why}.",
            remedy="Name a checkpoint file, or the folder that WAARDIG_LOG_WITNESS or `logbook export` wrote.",
        )


class WitnessUnwritable(Refusal):
    """What is kept outside cannot be written."""

    def __init__(self, place: str, problem: OSError) -> None:
        why = problem.strerror or str(problem)
        super().__init__(
            code="witness_unwritable",
            text_nl=f"Wij kunnen niet schrijven in {place}: {why}.",
            text_en=f"Nothing can be written in {place}: {why}.",
            remedy="Name a folder that can be written, and check that the disk is not full. It may be run again.",
        )


def name_of(size: int, root: bytes) -> str:
    """The file name of a checkpoint; the root is in it, so that two checkpoints of one size are both kept.

    Example:
        >>> name_of(12, bytes(32))
        'checkpoint-12-0000000000000000.txt'
    """
    return f"checkpoint-{size}-{root.hex()[:16]}.txt"


def keep_note(folder: Path, checkpoint: Checkpoint) -> bool:
    """Add a checkpoint to a folder; False when it stands there already.

    Raises:
        WitnessUnwritable: the folder cannot be written.
    """
    return keep_text(folder / name_of(checkpoint.size, checkpoint.root), checkpoint.note)


def keep_text(file: Path, text: str) -> bool:
    """Add a file that nobody may change any more, whole or not at all; False when it stands there already.

    Raises:
        WitnessUnwritable: the folder cannot be written.
    """
    staging = file.parent / f".{file.name}.{os.getpid()}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:  # where a file stands too
        raise WitnessUnwritable(str(file.parent), problem) from problem
    try:
        if file.exists():
            return False
        with staging.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        staging.chmod(0o444)
        os.link(staging, file)  # fails when the name was taken meanwhile; never replaces
    except FileExistsError:
        return False
    except OSError as problem:
        raise WitnessUnwritable(str(file.parent), problem) from problem
    finally:
        with suppress(OSError):
            staging.unlink()
    return True


def kept_notes(place: Path, *, public_key: bytes | None = None) -> tuple[Noted, ...]:
    """The checkpoints in a file, or in every `checkpoint-*.txt` of a folder.

    Args:
        public_key: when given, every checkpoint must bear its signature.

    Raises:
        WitnessUnreadable: there is none, or one is no checkpoint of ours.
    """
    try:
        files = sorted(place.glob("checkpoint-*.txt")) if place.is_dir() else [place]
        texts = [(file, file.read_text(encoding="utf-8")) for file in files]
    except (OSError, UnicodeDecodeError) as problem:
        raise WitnessUnreadable(str(place), "it cannot be read") from problem
    if not texts:
        raise WitnessUnreadable(str(place), "it holds no checkpoint")
    return tuple(_read(file, text, public_key) for file, text in texts)


def _read(file: Path, text: str, public_key: bytes | None) -> Noted:
    try:
        noted = read_note(text)
    except ValueError as problem:
        raise WitnessUnreadable(str(file), str(problem)) from problem
    if public_key is not None and not is_signed(text, noted.origin, public_key):
        raise WitnessUnreadable(str(file), "the signature is not of this key")
    return noted
