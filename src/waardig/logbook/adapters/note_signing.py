"""Ed25519 signatures on checkpoints in the form of C2SP signed-note, which verifiers of transparency logs read."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waardig.logbook.core import COSIGNATURE, cosigned_text, key_id, note_text

_LAST_SECOND = 253402300799  # of the year 9999


def new_key(file: Path) -> bytes:
    """Make a private key in a file that only its owner can read; gives the public key.

    Raises:
        FileExistsError: a key is never overwritten.
    """
    private = Ed25519PrivateKey.generate()
    with file.open("xb") as out:
        file.chmod(0o600)
        out.write(private.private_bytes_raw())
    return private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private key of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def signed_note(origin: str, size: int, root: bytes, key: bytes, more: tuple[str, ...] = ()) -> str:
    """A checkpoint, with extension lines when there are any, and its signature line."""
    return signed_text(note_text(origin, size, root, *more), origin, key)


def signed_text(text: str, origin: str, key: bytes) -> str:
    """A text, without an empty line and ending with a newline, with its signature line."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    named = key_id(origin, private.public_key().public_bytes_raw())
    signature = base64.b64encode(named + private.sign(text.encode())).decode()
    return f"{text}\n— {origin} {signature}\n"


def is_signed(note: str, origin: str, public_key: bytes) -> bool:
    """Whether a note bears a good signature of this key."""
    text, _, lines = note.partition("\n\n")
    found = (_signature(line, origin, key_id(origin, public_key)) for line in lines.splitlines())
    return any(one is not None and _verifies(public_key, one, text + "\n") for one in found)


def cosigned(note: str, name: str, key: bytes, at: datetime) -> str:
    """The signature line of a witness under a note (C2SP tlog-cosignature, cosignature/v1).

    Args:
        name: of the witness; key: its private key, 32 bytes.
        at: to the second.
    """
    private = Ed25519PrivateKey.from_private_bytes(key)
    seconds = int(at.timestamp())
    signed = private.sign(cosigned_text(note.partition("\n\n")[0] + "\n", seconds).encode())
    named = key_id(name, private.public_key().public_bytes_raw(), COSIGNATURE)
    return f"— {name} {base64.b64encode(named + seconds.to_bytes(8, 'big') + signed).decode()}\n"


def cosigned_at(note: str, line: str, name: str, public_key: bytes) -> datetime | None:
    """When a witness with this key signed this note, by its signature line; None when the line is not its own."""
    raw = _signature(line.rstrip("\n"), name, key_id(name, public_key, COSIGNATURE))
    if raw is None or len(raw) != 72:
        return None
    seconds = int.from_bytes(raw[:8], "big")
    text = cosigned_text(note.partition("\n\n")[0] + "\n", seconds)
    if seconds > _LAST_SECOND or not _verifies(public_key, raw[8:], text):
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _signature(line: str, name: str, named: bytes) -> bytes | None:
    """What follows the four bytes that name this key in a signature line; None when the line names another."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[:2] != ["—", name]:
        return None
    try:
        raw = base64.b64decode(parts[2], validate=True)
    except ValueError:
        return None
    return raw[4:] if raw[:4] == named else None


def _verifies(public_key: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
