"""The tree as tiles of 256 hashes that anybody may fetch (C2SP tlog-tiles): which there are, and how they are called.

Entries are not among them: those would be the salted digests of lines, which go when a line goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from waardig.logbook.core.tree import TILE


def tiles_at(size: int) -> Iterator[tuple[int, int, int]]:
    """The tiles of a tree of this size, the lowest level first: level, number, how many hashes it has.

    Example:
        >>> list(tiles_at(257))
        [(0, 0, 256), (0, 1, 1), (1, 0, 1)]
    """
    level = 0
    while size:
        for number in range(-(-size // TILE)):
            yield level, number, min(TILE, size - number * TILE)
        level, size = level + 1, size // TILE


def tile_path(level: int, number: int, count: int) -> str:
    """The file of a tile; one that is not full says in its name how many hashes it has.

    Example:
        >>> tile_path(0, 1234067, 256), tile_path(1, 0, 3)
        ('tile/0/x001/x234/067', 'tile/1/000.p/3')
    """
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return f"tile/{level}/{'/'.join(reversed(groups))}" + ("" if count == TILE else f".p/{count}")
