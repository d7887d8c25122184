"""Ed25519 signatures on checkpoints in the form of C2SP signed-note, which verifiers of transparency logs read."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waardig.logbook.core import key_id, note_text


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


def signed_note(origin: str, size: int, root: bytes, key: bytes) -> str:
    """A checkpoint with its signature line."""
    return signed_text(note_text(origin, size, root), origin, key)


def signed_text(text: str, origin: str, key: bytes) -> str:
    """A text, without an empty line and ending with a newline, with its signature line."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    named = key_id(origin, private.public_key().public_bytes_raw())
    signature = base64.b64encode(named + private.sign(text.encode())).decode()
    return f"{text}\n— {origin} {signature}\n"


def is_signed(note: str, origin: str, public_key: bytes) -> bool:
    """Whether a note bears a good signature of this key."""
    text, separator, signatures = note.partition("\n\n")
    lines = [line.split(" ") for line in signatures.splitlines()]
    for parts in lines if separator else ():
        if len(parts) == 3 and parts[:2] == ["—", origin]:
            raw = base64.b64decode(parts[2])
            if raw[:4] == key_id(origin, public_key) and _verifies(public_key, raw[4:], text + "\n"):
                return True
    return False


def _verifies(public_key: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
