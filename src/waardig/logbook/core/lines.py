"""The canonical text of a line (RFC 8785), its leaf, and the pseudonym of who it is about.

The database makes the same leaf (logbook/sql/write.sql) and a test holds the two together.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from uuid import UUID

from waardig.kernel.canonical_json import canonical_json


def canonical(line: Mapping[str, object], detail: Mapping[str, object]) -> str:
    """The text that a leaf commits to.

    Args:
        line: the fields of Logboek dataverwerkingen 1.0, identifiers in hexadecimal.
        detail: what belongs to the line outside that standard.

    Example:
        >>> canonical({"name": "a"}, {"run": None})
        '{"detail":{"run":null},"line":{"name":"a"}}'
    """
    return canonical_json({"detail": detail, "line": line})


def leaf(salt: bytes, text: str) -> bytes:
    """Leaf hash over a salted digest, so that a leaf whose line and salt were erased says nothing."""
    return hashlib.sha256(b"\x00" + hashlib.sha256(salt + text.encode()).digest()).digest()


def pseudonym(key: bytes, person: UUID) -> bytes:
    """HMAC-SHA256 over the 16 bytes of a person id (RFC 2104)."""
    return hmac.digest(key, person.bytes, "sha256")
