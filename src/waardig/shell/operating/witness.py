"""Where checkpoints and executed destruction lists are kept outside the database, and the key that signs them."""

from __future__ import annotations

import os
from pathlib import Path

from waardig.kernel.errors import Refusal


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


def signing_key() -> tuple[str, bytes] | None:
    """Name of the log and its private key; None when this installation does not sign by itself.

    Raises:
        LogKeyWrong: one of the two is missing or cannot be used.
    """
    file, origin = os.environ.get("WAARDIG_LOG_KEY"), os.environ.get("WAARDIG_LOG_ORIGIN", "")
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
