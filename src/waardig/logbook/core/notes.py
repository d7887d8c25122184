"""Checkpoints as text: what is signed, and what one that somebody kept says (C2SP tlog-checkpoint, signed-note)."""

from __future__ import annotations

import base64
import hashlib
import re

from waardig.logbook.terms import Noted

ED25519 = 1
"""The kind of a key that signs a note itself."""


def note_text(origin: str, size: int, tree_root: bytes, *more: str) -> str:
    """The text that a checkpoint signs (C2SP tlog-checkpoint), with extension lines when there are any.

    Example:
        >>> note_text("rietwaarden.example/logboek", 1, bytes(32))
        'rietwaarden.example/logboek\\n1\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\n'
    """
    return f"{origin}\n{size}\n{base64.b64encode(tree_root).decode()}\n" + "".join(f"{line}\n" for line in more)


def key_id(name: str, public_key: bytes, kind: int = ED25519) -> bytes:
    """The four bytes that name a key of this kind in a signed note (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def read_note(note: str) -> Noted:
    """What a checkpoint says; the signature is for `adapters/note_signing.py`.

    Raises:
        ValueError: it is no checkpoint of a log.

    Source: C2SP tlog-checkpoint: origin, size, root in base64, an empty line, signatures.
    """
    lines = note.partition("\n\n")[0].splitlines()
    if len(lines) < 3 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise ValueError("no checkpoint: expected the name of a log, a size and a root")
    tree_root = base64.b64decode(lines[2], validate=True)
    if len(tree_root) != 32:
        raise ValueError("no checkpoint: the root has not 32 bytes")
    return Noted(lines[0], int(lines[1]), tree_root)
