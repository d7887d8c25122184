"""Roots and proofs from a few tiles of the tree: which are needed, and what follows from them.

A *span* is a run of leaves, from a place up to but not including another, as RFC 6962 splits the tree. The root over
a span follows from hashes of full subtrees, and each of those from one tile: 256 hashes of one level (0: the leaves).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

from waardig.logbook.core.tree import TILE, node, root
from waardig.logbook.terms import HashMissing

Span = tuple[int, int]
Tile = tuple[int, int]
"""Level and number of a tile: its first hash has the place `number * 256` on that level."""

_HEIGHT = 8


def path_spans(place: int, size: int) -> tuple[Span, ...]:
    """The spans whose roots are the audit path of a leaf, lowest first (RFC 6962 section 2.1.1).

    Raises:
        IndexError: there is no such leaf.

    Example:
        >>> path_spans(2, 5)
        ((3, 4), (0, 2), (4, 5))
    """
    if not 0 <= place < size:
        raise IndexError(f"leaf {place} of {size}")
    found, first, past = [], 0, size
    while past - first > 1:
        middle = first + split(past - first)
        if place < middle:
            found.append((middle, past))
            past = middle
        else:
            found.append((first, middle))
            first = middle
    return tuple(reversed(found))


def tiles_of(spans: Iterable[Span]) -> set[Tile]:
    """The tiles from which the roots over these spans follow."""
    return {_tile(height, number) for span in spans for height, number in _full(span)}


def roots_of(spans: Iterable[Span], tiles: Mapping[Tile, bytes]) -> dict[Span, bytes]:
    """The roots over these spans; over no leaves it is the hash of nothing.

    Args:
        tiles: at least `tiles_of(spans)`, each as its hashes one after the other.

    Raises:
        HashMissing: a tile has not every hash that is needed.
    """
    known: dict[tuple[int, int], bytes] = {}

    def full(subtree: tuple[int, int]) -> bytes:
        if subtree not in known:
            known[subtree] = _subtree(*subtree, tiles)
        return known[subtree]

    return {span: _joined([full(subtree) for subtree in _full(span)]) for span in spans}


def _joined(parts: list[bytes]) -> bytes:
    """The root over full subtrees from left to right, each smaller than the one before."""
    return reduce(lambda right, left: node(left, right), reversed(parts)) if parts else root([])


def _subtree(height: int, number: int, tiles: Mapping[Tile, bytes]) -> bytes:
    """The hash of the full subtree of 2**height leaves that begins at place number * 2**height."""
    level, number_of_tile = _tile(height, number)
    count = 1 << height % _HEIGHT
    start = number * count % TILE
    hashes = (tiles.get((level, number_of_tile)) or b"")[start * 32 : (start + count) * 32]
    if len(hashes) != count * 32:
        raise HashMissing(level, number_of_tile)
    return root([hashes[at : at + 32] for at in range(0, len(hashes), 32)])


def _full(span: Span) -> Iterator[tuple[int, int]]:
    """The full subtrees of a span from left to right: height, and number among those of that height."""
    at, past = span
    for height in range((past - at).bit_length() - 1, -1, -1):
        if (past - span[0]) >> height & 1:
            yield height, at >> height
            at += 1 << height


def _tile(height: int, number: int) -> Tile:
    level = height // _HEIGHT
    return level, number * (1 << height % _HEIGHT) // TILE


def split(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 splits a tree."""
    return 1 << ((size - 1).bit_length() - 1)
