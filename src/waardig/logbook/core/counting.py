"""The counts of lines per person and month: where somebody stands in the tree over them, and how a checkpoint holds it.

The persons stand in 4096 buckets by a hash. A bucket is the hashes and leaves of its persons in order, its hash a leaf
of a tree (RFC 6962): whoever checks sees that it names them once. The database makes the same (sql/counts.sql).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from waardig.logbook.core.parts import Span, Tile, path_spans, roots_of
from waardig.logbook.core.tree import TILE, root

BUCKETS = 4096
WORD = "counts"


def counts_line(tree_root: bytes) -> str:
    """The line of a checkpoint that holds the root over the counts (an extension line of C2SP tlog-checkpoint).

    Example:
        >>> counts_line(bytes(32))
        'counts AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    """
    return f"{WORD} {base64.b64encode(tree_root).decode()}"


def counts_tree(hashes: Sequence[bytes]) -> Mapping[Tile, bytes]:
    """The tiles of the tree over the buckets, from those of its lowest level, each 256 hashes one after the other."""
    above = [root([one[at : at + 32] for at in range(0, len(one), 32)]) for one in hashes]
    return {**{(0, number): one for number, one in enumerate(hashes)}, (1, 0): b"".join(above)}


def counts_root(hashes: Sequence[bytes]) -> bytes:
    """The root over the counts."""
    whole = (0, len(hashes) * TILE)
    return roots_of([whole], counts_tree(hashes))[whole]


def bucket_path(bucket: int, tree: Mapping[Tile, bytes]) -> tuple[bytes, ...]:
    """What leads from the hash of a bucket to the root."""
    spans: tuple[Span, ...] = path_spans(bucket, BUCKETS)
    roots = roots_of(spans, tree)
    return tuple(roots[span] for span in spans)
