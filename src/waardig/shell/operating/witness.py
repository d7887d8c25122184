"""Where checkpoints and executed destruction lists are kept outside the database, and the key that signs them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from waardig.catalogue.queries import municipality
from waardig.kernel.data_folder import data_folder
from waardig.kernel.errors import Refusal
from waardig.logbook.adapters.note_signing import new_key
from waardig.logbook.adapters.witness_policy import make_trial_witnesses


class LogKeyWrong(Refusal):
    """The settings for signing the log do not fit each other."""

    def __init__(self, why: str) -> None:
        super().__init__(
            code="log_key_wrong",
            text_nl="De sleutel van het logboek is niet goed ingesteld.",
            text_en=f"The log cannot be signed: {why}.",
            remedy="Set WAARDIG_LOG_KEY to a file of `waardig logbook key`, WAARDIG_LOG_ORIGIN to the name of the log.",
        )


def witness_folder() -> Path | None:
    """The folder outside the database in which checkpoints are kept, when one is set."""
    named = os.environ.get("WAARDIG_LOG_WITNESS")
    return Path(named) if named else None


def make_trial_key() -> None:
    """A key in the data folder for who tries the product out, so that the log is signed too; one that is there stays.

    Beside it two witnesses that run in this process. A real installation sets WAARDIG_LOG_KEY, keeps that key apart
    from the data, and asks others to be its witnesses.
    """
    if not os.environ.get("WAARDIG_LOG_KEY"):
        with suppress(FileExistsError):
            new_key(_trial_key())
        signing = signing_key()
        if signing:
            make_trial_witnesses(*signing)


def _trial_key() -> Path:
    return data_folder() / "log.key"


def signing_key() -> tuple[str, bytes] | None:
    """Name of the log and its private key; None when this installation does not sign by itself.

    Raises:
        LogKeyWrong: one of the two is missing or cannot be used.
    """
    file, origin = os.environ.get("WAARDIG_LOG_KEY"), os.environ.get("WAARDIG_LOG_ORIGIN", "")
    if not file and _trial_key().is_file():
        file, origin = str(_trial_key()), origin or f"{urlsplit(municipality().website).hostname}/logboek"
    if not file:
        return None
    if not origin or any(character.isspace() or character == "+" for character in origin):
        raise LogKeyWrong("the name of the log is empty or holds a space or plus")
    try:
        key = Path(file).read_bytes()
    except OSError as problem:
        raise LogKeyWrong(f"the key file cannot be read ({problem.strerror})") from problem
    if len(key) != 32:
        raise LogKeyWrong("the key file has not 32 bytes")
    return origin, key
