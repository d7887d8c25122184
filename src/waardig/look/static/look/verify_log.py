"""Checks a log of data processing without Waardig: `python verify_log.py WHAT [--public-key KEY] [--witness KEY ...]`.

WHAT is one of two things:
- the file `mijn-logregels.json` that a resident downloads: are these lines in the log, exactly as they stand here, and
  are there as many in each month (UTC) as the log counted when that was signed?
- the folder that `waardig logbook export` writes: tiles of hashes (C2SP tlog-tiles) and checkpoints; nothing about
  anybody is in it. Whoever keeps an older checkpoint puts it there as `checkpoint-<name>.txt`: the tree of today must
  still have had that root at that size.

The key stands on the public site of the municipality; that of a witness is best asked from the witness itself. Every
witness that is named must have signed the last checkpoint (C2SP tlog-cosignature). Standard library only, and
nothing is shared with the code that wrote the files; signatures are looked at when the package `cryptography` is
installed. Without a key that of a resident's file itself is used: that shows damage, not who signed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

HASH, WIDTH, LOG, COSIGNATURE, BUCKETS = 32, 256, 1, 4, 4096


class Nothing(Exception):
    """There is nothing to check, and why."""


class Wrong(Exception):
    """What does not hold, with the place and what that means."""


def main(arguments: list[str] | None = None) -> int:
    """Check a file or folder: 0 when everything holds, 1 when something does not, 2 when nothing can be checked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", type=Path)
    parser.add_argument("--public-key", type=_key, help="32 bytes in base64; the checkpoints must bear its signature")
    parser.add_argument(
        "--witness", type=_witness, action="append", default=[], help="NAME+NUMBER+KEY; it must have cosigned"
    )
    given = parser.parse_args(arguments)
    try:
        notes, found, counted = (_folder if given.what.is_dir() else _own_lines)(given.what, given.public_key)
        seen = [_cosigned(notes, *witness) for witness in given.witness]
    except Nothing as nothing:
        print(f"{given.what} {nothing}")
        return 2
    except Wrong as wrong:
        print(f"NOT whole: {wrong}")
        return 1
    print(f"Whole: {found}{''.join(seen)}.", *counted, sep="\n")
    return 0


def _key(written: str) -> bytes:
    """The key of the argument; signatures need the package `cryptography`."""
    _needs_cryptography()
    key = base64.b64decode(written, validate=True)
    if len(key) != HASH:
        raise ValueError
    return key


def _witness(written: str) -> tuple[str, bytes]:
    """Name and key of a witness, whose kind is 4 (C2SP signed-note, verifier keys)."""
    _needs_cryptography()
    name, _, rest = written.partition("+")
    raw = base64.b64decode(rest.partition("+")[2], validate=True)
    if len(raw) != 1 + HASH or raw[0] != COSIGNATURE:
        raise ValueError
    return name, raw[1:]


def _needs_cryptography() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise argparse.ArgumentTypeError("needs the package cryptography: install it, or check without it") from None


def _folder(folder: Path, key: bytes | None) -> tuple[list[str], str, list[str]]:
    notes = sorted({one.read_text("utf-8") for one in folder.glob("checkpoint*")}, key=_size)
    if not notes:
        raise Nothing("holds no checkpoint.")
    for note in notes:
        _signed(note, [key] if key else [])
    leaves = list(_hashes(folder, 0, _size(notes[-1])))
    _levels(folder, leaves)
    for note in notes:
        _follows(leaves, note)
    last = [note for note in notes if _size(note) == _size(notes[-1])]
    different = {note.partition("\n\n")[0] for note in notes}
    return last, f"{len(leaves)} lines follow every checkpoint ({len(different)}), {_said(key, [])}", []


def _said(key: bytes | None, in_file: list[bytes]) -> str:
    if key:
        return "signed by this key"
    if in_file:
        return "signed by the key in this file: compare that with the key that the municipality publishes"
    return "whose signature was not looked at"


def _keys_in(given: dict[str, Any]) -> list[bytes]:
    """The keys that a resident's file names; none where signatures cannot be looked at."""
    try:
        _needs_cryptography()
    except argparse.ArgumentTypeError:
        return []
    return [base64.b64decode(one, validate=True) for one in given.get("public_keys", [])]


def _own_lines(file: Path, key: bytes | None) -> tuple[list[str], str, list[str]]:
    try:
        given = json.loads(file.read_text("utf-8"))
        lines, note = given["lines"], given["checkpoint"]
        if given["form"] != "waardig-logbewijs-1":
            raise ValueError
        in_file = [] if key else _keys_in(given)
        keys = [key] if key else in_file
        _signed(note, keys)
        wrong = [line for line in lines if not _is_in(line, _size(note), _root(note))]
        counted = [] if wrong else list(_counted(given, keys))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        raise Nothing("is no file with one's own lines of a log.") from None
    for line in wrong:
        raise Wrong(f"the line {_called(line['line'])} is not in the log as it stands here")
    said = f"{len(lines)} lines are in the log as they stand here, under the checkpoint of {_size(note)} lines"
    return [note], f"{said}, {_said(key, in_file)}", counted


def _called(text: str) -> str:
    """How a line is called; one whose text was spoiled is shown as it is."""
    try:
        about = json.loads(text)["line"]
        return f"'{about['name']}' (trace {about['trace_id']})"
    except (ValueError, KeyError, TypeError):
        return repr(text[:80])


def _counted(given: dict[str, Any], keys: list[bytes]) -> Iterator[str]:
    """What the log counted in each month, and whether the file holds that many of those lines."""
    if "counts" not in given:
        yield "Whether a line was left out cannot be seen: there are no counts in this file. Download the file again."
        return
    if given["counts"] is None:
        yield "Whether a line was left out cannot be seen now: the counts are made anew. Download the file again later."
        return
    note = given["counts"]["checkpoint"]
    _signed(note, keys)
    if _origin(note) != _origin(given["checkpoint"]):
        raise Wrong("the counts are of another log")
    here: dict[str, Counter[str]] = {}
    for line in given["lines"]:
        about = json.loads(line["line"])
        if line["place"] < _size(note):
            month = datetime.fromtimestamp(about["line"]["start_time"] / 1000, timezone.utc)  # noqa: UP017
            here.setdefault(about["detail"]["subject"], Counter())[f"{month:%Y-%m}"] += 1
    for one in given["counts"]["subjects"]:
        yield from _months(one, note, here)
    if here:
        raise Wrong("lines stand in this file whose person the log did not count")


def _months(one: dict[str, Any], note: str, here: dict[str, Counter[str]]) -> Iterator[str]:
    counted = json.loads(one["counts"])
    _stands_in_the_counts(one, counted, note)
    own = here.pop(counted["subject"], Counter())
    for month in sorted(set(counted["months"]) | set(own) | set(one["withheld"])):
        many, withheld = counted["months"].get(month, 0), one["withheld"].get(month, 0)
        if many != own[month] + withheld:
            raise Wrong(
                f"the log counted {many} lines in {month}; this file holds {own[month]}, and {withheld} are said to be"
                " withheld for now: lines were left out or added"
            )
        yield f"{month}: the log counted {many} lines; this file holds {own[month]}, {withheld} are withheld for now."


def _stands_in_the_counts(one: dict[str, Any], counted: dict[str, Any], note: str) -> None:
    """The place of a person follows from the size and the person, so that there is one count of each."""
    size, content = _size(note), base64.b64decode(one["content"])
    place = hashlib.sha256(f"{size}:{counted['subject']}".encode()).digest()
    entries = [content[at : at + 2 * HASH] for at in range(0, len(content), 2 * HASH)]
    own = [entry[HASH:] for entry in entries if entry[:HASH] == place]
    right = _leaf(bytes.fromhex(one["salt"]), one["counts"])
    roots = [line.split(" ")[1] for line in note.partition("\n\n")[0].split("\n")[3:] if line.startswith("counts ")]
    bucket = hashlib.sha256(b"\x00" + content).digest()
    if (
        counted["size"] != size
        or own != [right]
        or int.from_bytes(place[:2], "big") >> 4 != one["bucket"]
        or len(roots) != 1
        or not _leads_to(base64.b64decode(roots[0]), bucket, one["bucket"], BUCKETS, one["path"])
    ):
        raise Wrong("the counts in this file are not those that were signed")


def _is_in(line: dict[str, Any], size: int, root: bytes) -> bool:
    """Whether the path of a line leads from its leaf to the root."""
    leaf = _leaf(bytes.fromhex(line["salt"]), line["line"])
    return _leads_to(root, leaf, line["place"], size, line["path"])


def _leaf(salt: bytes, text: str) -> bytes:
    return hashlib.sha256(b"\x00" + hashlib.sha256(salt + text.encode()).digest()).digest()


def _leads_to(root: bytes, leaf: bytes, place: int, size: int, path: list[str]) -> bool:
    """RFC 9162 section 2.1.3.2."""
    found, here, last = leaf, place, size - 1
    if not 0 <= here <= last:
        return False
    for step in path:
        beside = base64.b64decode(step)
        if last == 0:
            return False
        if here % 2 or here == last:
            found = hashlib.sha256(b"\x01" + beside + found).digest()
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = hashlib.sha256(b"\x01" + found + beside).digest()
        here, last = here // 2, last // 2
    return last == 0 and found == root


def _size(note: str) -> int:
    lines = note.split("\n")
    if len(lines) < 3 or not lines[1].isdigit():
        raise Wrong("a checkpoint has no size on its second line")
    return int(lines[1])


def _origin(note: str) -> str:
    return note.partition("\n")[0]


def _root(note: str) -> bytes:
    return base64.b64decode(note.split("\n")[2])


def _tile(folder: Path, level: int, number: int, count: int) -> bytes:
    """The hashes of one tile; a part of a tile is named by how many are in it."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    name = f"tile/{level}/{'/'.join(groups)}" + (f".p/{count}" if count < WIDTH else "")
    try:
        found = (folder / name).read_bytes()
    except OSError:
        raise Wrong(f"{name} is not there: the log does not show its lines from that place on") from None
    if len(found) != HASH * count:
        raise Wrong(f"{name} has {len(found)} bytes and should have {HASH * count}: something was added or left out")
    return found


def _hashes(folder: Path, level: int, size: int) -> Iterator[bytes]:
    for number in range(-(-size // WIDTH)):
        found = _tile(folder, level, number, min(WIDTH, size - number * WIDTH))
        yield from (found[at : at + HASH] for at in range(0, len(found), HASH))


def _levels(folder: Path, leaves: list[bytes]) -> None:
    """Every hash of a higher tile is the root of 256 hashes below it."""
    below, level = leaves, 1
    while len(below) >= WIDTH:
        here = list(_hashes(folder, level, len(below) // WIDTH))
        for number, one in enumerate(here):
            if _tree(below[number * WIDTH : (number + 1) * WIDTH]) != one:
                each = WIDTH**level
                first, last = number * each, (number + 1) * each - 1
                raise Wrong(
                    f"hash {number} of level {level} does not follow: lines {first} to {last} were changed,"
                    " left out or put in another order"
                )
        below, level = here, level + 1


def _follows(leaves: list[bytes], note: str) -> None:
    size = _size(note)
    if _tree(leaves[:size]) != _root(note):
        raise Wrong(
            f"the checkpoint of {size} lines does not follow: a line below place {size} is another than when it was"
            " signed, or the checkpoint is of another log"
        )


def _tree(leaves: list[bytes]) -> bytes:
    """The root over leaf hashes (RFC 9162 section 2.1.1), level by level; what is left over goes up as it is."""
    row = leaves
    while len(row) > 1:
        pairs = [hashlib.sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(row) - len(row) % 2 :]
    return row[0] if row else hashlib.sha256(b"").digest()


def _signed(note: str, keys: list[bytes]) -> None:
    """A line `— NAME BASE64` bears the four bytes that name a key and a signature over the text above it."""
    text = (note.partition("\n\n")[0] + "\n").encode()
    found = [_verifies(key, signature, text) for key in keys for _, signature in _signatures(note, key, LOG)]
    if keys and not (found and all(found)):
        raise Wrong(f"the checkpoint of {_size(note)} lines does not bear a signature of this key")


def _cosigned(notes: list[str], witness: str, public: bytes) -> str:
    """When a witness signed one of these notes; its signature begins with that moment, in seconds since 1970."""
    for note in notes:
        text = note.partition("\n\n")[0] + "\n"
        for name, signature in _signatures(note, public, COSIGNATURE):
            seconds = int.from_bytes(signature[:8], "big")
            signed = f"cosignature/v1\ntime {seconds}\n{text}".encode()
            if name == witness and _verifies(public, signature[8:], signed):
                moment = datetime.fromtimestamp(seconds, timezone.utc)  # noqa: UP017 - older Python too
                return f", seen by {witness} on {moment:%Y-%m-%d at %H:%M} UTC"
    raise Wrong(f"the checkpoint of {_size(notes[-1])} lines does not bear a signature of the witness {witness}")


def _signatures(note: str, public: bytes, kind: int) -> Iterator[tuple[str, bytes]]:
    """The signature lines whose four bytes name this key: name and signature."""
    for line in note.partition("\n\n")[2].splitlines():
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.rpartition(" ")
        raw = base64.b64decode(encoded) if dash == "—" else b""
        if raw[:4] == hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]:
            yield name, raw[4:]


def _verifies(public: bytes, signature: bytes, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
