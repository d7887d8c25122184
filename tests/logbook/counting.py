"""Counts per person and month as a file holds them, made without the database."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from waardig.logbook import core

SALT = b"s" * 16


def signed_counts(subject: str, months: Mapping[str, int], size: int) -> tuple[str, dict[str, object]]:
    """The line for a checkpoint of this size, and the part of a file about this person, among some others."""
    counts = json.dumps(
        {"months": dict(months), "size": size, "subject": subject}, separators=(",", ":"), sort_keys=True
    )
    key = hashlib.sha256(f"{size}:{subject}".encode()).digest()
    bucket = int.from_bytes(key[:2], "big") >> 4
    beside = [key[:2] + bytes([number]) * 30 + bytes([number]) * 32 for number in range(3)]
    content = b"".join(sorted([*beside, key + core.leaf(SALT, counts)]))
    hashes = [hashlib.sha256(b"\x00" + (content if number == bucket else b"")).digest() for number in range(4096)]
    tiles = [b"".join(hashes[start : start + 256]) for start in range(0, 4096, 256)]
    path = core.bucket_path(bucket, core.counts_tree(tiles))
    return core.counts_line(core.counts_root(tiles)), {
        "counts": counts,
        "salt": SALT.hex(),
        "bucket": bucket,
        "content": base64.b64encode(content).decode(),
        "path": [base64.b64encode(step).decode() for step in path],
        "withheld": {},
    }
