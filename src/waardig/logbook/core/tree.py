"""The Merkle tree over all leaves (RFC 6962 section 2.1), and whether something follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from waardig.logbook.terms import Difference, Noted, Unfit

TILE = 256
"""So many hashes are in a tile (C2SP tlog-tiles: a height of 8)."""


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over leaf hashes in order; of no leaves it is the hash of nothing.

    Example:
        >>> root([]).hex()[:8], root([b"x" * 32]) == b"x" * 32
        ('e3b0c442', True)
    """
    row = list(leaves)
    while len(row) > 1:  # the last of an odd row goes up as it is
        row = [node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
    return row[0] if row else hashlib.sha256(b"").digest()


def roots_at(leaves: Sequence[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the tree when it had these sizes, in one pass; sizes larger than the tree are left out.

    Example:
        >>> leaves = [bytes([n]) * 32 for n in range(5)]
        >>> roots_at(leaves, [3, 5, 9]) == {3: root(leaves[:3]), 5: root(leaves)}
        True
    """
    wanted = {size for size in sizes if 0 < size <= len(leaves)}
    found: dict[int, bytes] = {}
    complete: list[tuple[int, bytes]] = []  # subtrees that are full, largest first: (leaves in it, hash)
    for number, one in enumerate(leaves[: max(wanted, default=0)], start=1):
        count, top = 1, one
        while complete and complete[-1][0] == count:
            top = node(complete.pop()[1], top)
            count *= 2
        complete.append((count, top))
        if number in wanted:
            found[number] = reduce(lambda right, left: node(left, right), [h for _, h in reversed(complete)])
    return found


def levels(leaves: Sequence[bytes]) -> Iterator[tuple[int, Sequence[bytes]]]:
    """The hashes of each level: 0 the leaves, above it the root over every 256 hashes that are there.

    Source: C2SP tlog-tiles.
    """
    level, row = 0, leaves
    while row:
        yield level, row
        row = [root(row[start : start + TILE]) for start in range(0, len(row) - TILE + 1, TILE)]
        level += 1


def unfit_hashes(leaves: Sequence[bytes], kept: Mapping[tuple[int, int], bytes]) -> tuple[Unfit, ...]:
    """Kept hashes of full tiles, by level and number, that are missing or do not follow from the leaves.

    Example:
        >>> [one.lines for one in unfit_hashes([bytes(32)] * 600, {(1, 0): bytes(32)})]
        [(0, 255), (256, 511)]
    """
    right = {(level, number): one for level, row in levels(leaves) if level for number, one in enumerate(row)}
    return tuple(
        Unfit(*where, is_kept=where in kept)
        for where in sorted(right.keys() | kept.keys())
        if right.get(where) != kept.get(where)
    )


def differences(kept: Iterable[Noted], roots: Mapping[int, bytes], size: int) -> tuple[Difference, ...]:
    """Which checkpoints that others kept do not follow from the tree any more, largest first.

    Lines are lost when the tree is smaller than a checkpoint, and changed when it had another root at that size.

    Args:
        roots: the roots of the tree at the sizes of the checkpoints that are not larger than it.
        size: how many leaves the tree has now.
    """
    notes = sorted({(one.size, one.root): one for one in kept}.values(), key=lambda one: (-one.size, one.root))
    return tuple(
        Difference(one, "lost" if one.size > size else "changed", size)
        for one in notes
        if one.size > size or roots[one.size] != one.root
    )


def is_included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Whether a proof leads from a leaf to the root of a tree of `size` leaves (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = node(sibling, found)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = node(found, sibling)
        here, last = here // 2, last // 2
    return last == 0 and found == tree_root


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()
