"""The canonical text of a line, its leaf, and the Merkle tree over leaves: what anybody needs to check the log.

Canonical = JSON Canonicalization Scheme (RFC 8785); tree = RFC 6962 section 2.1. Pure; the database makes the same
leaf (logbook/sql/write.sql) and a test holds the two together.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from uuid import UUID

from waardig.kernel.canonical_json import canonical_json
from waardig.logbook.terms import Difference, Noted

TILE = 256
"""So many hashes are in a tile (C2SP tlog-tiles: a height of 8)."""


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


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over leaf hashes in order; of no leaves it is the hash of nothing.

    Example:
        >>> root([]).hex()[:8], root([b"x" * 32]) == b"x" * 32
        ('e3b0c442', True)
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(root(leaves[:split]), root(leaves[split:]))


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
            top = _node(complete.pop()[1], top)
            count *= 2
        complete.append((count, top))
        if number in wanted:
            found[number] = reduce(lambda right, left: _node(left, right), [h for _, h in reversed(complete)])
    return found


def tiles(leaves: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """The tree as tiles of 256 hashes: path and content, the lowest level first.

    A tile that is not full says in its name how many hashes it has.
    Entries are not among them: those would be the salted digests of lines, which go when a line goes.

    Example:
        >>> [path for path, _ in tiles([bytes([n % 256]) * 32 for n in range(257)])]
        ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']

    Source: C2SP tlog-tiles.
    """
    level, row = 0, list(leaves)
    while row:
        for start in range(0, len(row), TILE):
            part = row[start : start + TILE]
            whole = "" if len(part) == TILE else f".p/{len(part)}"
            yield f"tile/{level}/{_tile_name(start // TILE)}{whole}", b"".join(part)
        row = [root(row[start : start + TILE]) for start in range(0, len(row) - TILE + 1, TILE)]
        level += 1


def _tile_name(number: int) -> str:
    """A number in groups of three digits, each folder with an x before it: x001/x234/067."""
    *folders, file = [f"{number // 1000**power % 1000:03}" for power in range(_groups(number) - 1, -1, -1)]
    return "/".join([*(f"x{folder}" for folder in folders), file])


def _groups(number: int) -> int:
    return -(-len(str(number)) // 3)


def read_note(note: str) -> Noted:
    """What a checkpoint says; the signature is for `adapters/note_signing.py`.

    Raises:
        ValueError: it is no checkpoint of a log.

    Source: C2SP tlog-checkpoint: origin, size, root in base64, an empty line, signatures.
    """
    lines = note.partition("\n\n")[0].splitlines()
    if len(lines) < 3 or not lines[0] or not re.fullmatch(r"[1-9][0-9]*", lines[1]):
        raise ValueError("no checkpoint: expected the name of a log, a size and a root")
    tree_root = base64.b64decode(lines[2], validate=True)
    if len(tree_root) != 32:
        raise ValueError("no checkpoint: the root has not 32 bytes")
    return Noted(lines[0], int(lines[1]), tree_root)


def differences(kept: Iterable[Noted], leaves: Sequence[bytes]) -> tuple[Difference, ...]:
    """Which checkpoints that others kept do not follow from the tree any more, largest first.

    Lines are lost when the tree is smaller than a checkpoint, and changed when it had another root at that size.
    """
    notes = sorted({(one.size, one.root): one for one in kept}.values(), key=lambda one: (-one.size, one.root))
    roots = roots_at(leaves, [one.size for one in notes])
    return tuple(
        Difference(one, "lost" if one.size > len(leaves) else "changed", len(leaves))
        for one in notes
        if roots.get(one.size) != one.root
    )


def inclusion_proofs(leaves: Sequence[bytes], indexes: Sequence[int]) -> list[tuple[bytes, ...]]:
    """The audit paths of these leaves, for all of them in one walk up the tree.

    Raises:
        IndexError: there is no such leaf.
    """
    for index in indexes:
        if not 0 <= index < len(leaves):
            raise IndexError(f"leaf {index} of {len(leaves)}")
    paths: list[list[bytes]] = [[] for _ in indexes]
    row, height = list(leaves), 0
    while len(row) > 1:
        for path, index in zip(paths, indexes, strict=True):
            beside = (index >> height) ^ 1
            if beside < len(row):  # the last of an odd row goes up as it is
                path.append(row[beside])
        row = [_node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
        height += 1
    return [tuple(path) for path in paths]


def is_included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Whether a proof leads from a leaf to the root of a tree of `size` leaves (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = _node(sibling, found)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = _node(found, sibling)
        here, last = here // 2, last // 2
    return last == 0 and found == tree_root


def note_text(origin: str, size: int, tree_root: bytes) -> str:
    """The text that a checkpoint signs (C2SP tlog-checkpoint).

    Example:
        >>> note_text("rietwaarden.example/logboek", 1, bytes(32))
        'rietwaarden.example/logboek\\n1\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\n'
    """
    return f"{origin}\n{size}\n{base64.b64encode(tree_root).decode()}\n"


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes that name an Ed25519 key in a signed note (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public_key).digest()[:4]


def pseudonym(key: bytes, person: UUID) -> bytes:
    """HMAC-SHA256 over the 16 bytes of a person id (RFC 2104)."""
    return hmac.digest(key, person.bytes, "sha256")


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
