"""The log as tiles that anybody may fetch, and the verifier that shares nothing with what wrote them."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from waardig.logbook import core
from waardig.logbook.adapters.note_signing import cosigned, new_key, signed_note
from waardig.logbook.adapters.tile_folder import TileChanged, write_tiles
from waardig.logbook.adapters.witness_folder import WitnessUnwritable
from waardig.logbook.terms import Checkpoint

ORIGIN = "rietwaarden.example/logboek"
VERIFIER = Path(__file__).resolve().parents[2] / "src/waardig/look/static/look/verify_log.py"


def leaves(count: int) -> list[bytes]:
    """So many leaf hashes, always the same."""
    return [hashlib.sha256(f"regel {number}".encode()).digest() for number in range(count)]


def as_tiles(tree: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """The tiles of this tree as they are published, all computed from its leaves."""
    rows = dict(core.levels(tree))
    for level, number, count in core.tiles_at(len(tree)):
        start = number * core.TILE
        yield core.tile_path(level, number, count), b"".join(rows[level][start : start + count])


def a_checkpoint(tree: list[bytes], key: Path) -> Checkpoint:
    """A signed checkpoint of this tree."""
    root = core.root(tree)
    return Checkpoint(len(tree), root, signed_note(ORIGIN, len(tree), root, key.read_bytes()))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key; `public` has the other half."""
    (tmp_path / "public").write_text(base64.b64encode(new_key(tmp_path / "key")).decode())
    return tmp_path / "key"


def published(folder: Path, key: Path, *sizes: int) -> Path:
    """A folder as it is after an export at each of these sizes."""
    kept: list[Checkpoint] = []
    for size in sizes:
        tree = leaves(size)
        kept.append(a_checkpoint(tree, key))
        write_tiles(folder, as_tiles(tree), kept)
    return folder


def said(folder: Path, *more: str) -> tuple[int, str]:
    """What the verifier says, run with nothing of ours on its path."""
    command = [sys.executable, "-I", str(VERIFIER), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 65_536, 66_000])
def test_an_honest_log_of_any_size_verifies(size: int, tmp_path: Path, key: Path) -> None:
    folder = published(tmp_path / "log", key, size)

    assert said(folder, "--public-key", (tmp_path / "public").read_text()) == (
        0, f"Whole: {size} lines follow every checkpoint (1), signed by this key.\n",
    )  # fmt: skip


def test_tiles_grow_without_changing_and_parts_go_when_a_tile_is_full(tmp_path: Path, key: Path) -> None:
    folder = published(tmp_path / "log", key, 3, 300, 600)

    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    tiles = [name for name in found if name.startswith("tile")]
    assert tiles == ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/1", "tile/1/000.p/2"]
    assert said(folder)[1] == "Whole: 600 lines follow every checkpoint (3), whose signature was not looked at.\n"
    assert write_tiles(folder, as_tiles(leaves(600)), [a_checkpoint(leaves(600), key)]) == 0


def test_the_name_of_a_far_tile_has_groups_of_three_digits() -> None:
    assert [core.tile_path(0, number, 256) for number in (0, 999, 1000, 1_234_067)] == [
        "tile/0/000", "tile/0/999", "tile/0/x001/000", "tile/0/x001/x234/067",
    ]  # fmt: skip


def flipped(folder: Path) -> str:
    tile = bytearray((folder / "tile/0/001").read_bytes())
    tile[700] ^= 4
    (folder / "tile/0/001").write_bytes(tile)
    return "hash 1 of level 1 does not follow: lines 256 to 511 were changed"


def dropped(folder: Path) -> str:
    tile = (folder / "tile/0/002.p/88").read_bytes()
    (folder / "tile/0/002.p/88").write_bytes(tile[32:])
    return "tile/0/002.p/88 has 2784 bytes and should have 2816: something was added or left out"


def reordered(folder: Path) -> str:
    tile = (folder / "tile/0/000").read_bytes()
    hashes = [tile[at : at + 32] for at in range(0, len(tile), 32)]
    random.Random(1).shuffle(hashes)
    (folder / "tile/0/000").write_bytes(b"".join(hashes))
    return "hash 0 of level 1 does not follow: lines 0 to 255 were changed, left out or put in another order"


def in_the_last_part(folder: Path) -> str:
    tile = (folder / "tile/0/002.p/88").read_bytes()
    (folder / "tile/0/002.p/88").write_bytes(tile[32:64] + tile[:32] + tile[64:])
    return "the checkpoint of 600 lines does not follow: a line below place 600 is another"


def taken_away(folder: Path) -> str:
    (folder / "tile/0/001").unlink()
    return "tile/0/001 is not there"


@pytest.mark.parametrize("harm", [flipped, dropped, reordered, in_the_last_part, taken_away])
def test_whatever_is_done_to_it_is_found_with_the_place_and_what_it_means(
    harm: object, tmp_path: Path, key: Path
) -> None:
    folder = published(tmp_path / "log", key, 600)
    expected = harm(folder)  # type: ignore[operator]

    code, text = said(folder)

    assert code == 1
    assert text.startswith("NOT whole: ") and expected in text


def test_a_log_that_was_rolled_back_does_not_follow_the_checkpoint_that_somebody_kept(
    tmp_path: Path, key: Path
) -> None:
    folder = published(tmp_path / "log", key, 300)
    grown = a_checkpoint([*leaves(299), hashlib.sha256(b"another").digest(), *leaves(10)], key)
    (folder / "checkpoint-van-de-bibliotheek.txt").write_text(grown.note)

    code, text = said(folder)

    assert code == 1 and "tile/0/001.p/54 is not there: the log does not show its lines from that place on" in text


def test_another_key_a_changed_checkpoint_and_an_empty_folder_are_told(tmp_path: Path, key: Path) -> None:
    folder = published(tmp_path / "log", key, 5)
    other = base64.b64encode(new_key(tmp_path / "other")).decode()
    assert "does not bear a signature of this key" in said(folder, "--public-key", other)[1]

    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty") == (2, f"{tmp_path / 'empty'} holds no checkpoint.\n")


def test_a_tile_that_was_published_is_never_written_over(tmp_path: Path, key: Path) -> None:
    folder = published(tmp_path / "log", key, 300)
    before = (folder / "tile/0/000").read_bytes()
    other = [hashlib.sha256(b"x").digest(), *leaves(300)[1:]]

    with pytest.raises(TileChanged, match="tile/0/000"):
        write_tiles(folder, as_tiles(other), [a_checkpoint(other, key)])

    assert (folder / "tile/0/000").read_bytes() == before
    assert said(folder)[0] == 0


def own_lines(tree_of: list[str], places: list[int], key: Path) -> dict[str, object]:
    """The file of a resident whose lines have these places."""
    salts = [hashlib.sha256(f"zout {number}".encode()).digest()[:16] for number in range(len(tree_of))]
    tree = [core.leaf(salt, text) for salt, text in zip(salts, tree_of, strict=True)]
    return {
        "form": "waardig-logbewijs-1",
        "checkpoint": a_checkpoint(tree, key).note,
        "lines": [
            {"line": tree_of[place], "salt": salts[place].hex(), "place": place,
             "path": [base64.b64encode(core.root(tree[slice(*beside)])).decode()
                      for beside in core.path_spans(place, len(tree))]}
            for place in places
        ],
    }  # fmt: skip


NO_COUNTS = "Whether a line was left out cannot be seen: there are no counts in this file. Download the file again.\n"


def a_line(number: int) -> str:
    """The canonical text of a line."""
    return core.canonical({"name": f"regel {number}", "trace_id": f"{number:032x}"}, {"run": None})


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 300])
def test_a_resident_checks_their_own_lines_in_a_log_of_any_size(size: int, tmp_path: Path, key: Path) -> None:
    places = sorted({0, size // 2, size - 1})
    (tmp_path / "mijn.json").write_text(json.dumps(own_lines([a_line(n) for n in range(size)], places, key)))

    code, text = said(tmp_path / "mijn.json", "--public-key", (tmp_path / "public").read_text())

    assert (code, text) == (
        0,
        f"Whole: {len(places)} lines are in the log as they stand here, under the checkpoint of {size} lines,"
        f" signed by this key.\n{NO_COUNTS}",
    )


def test_without_a_key_the_one_in_the_file_shows_a_signature_that_was_changed(tmp_path: Path, key: Path) -> None:
    given = {**own_lines([a_line(n) for n in range(9)], [2], key), "public_keys": [(tmp_path / "public").read_text()]}
    note = str(given["checkpoint"])
    text, _, lines = note.partition("\n\n")
    signature = lines.split(" ")[2].strip()
    raw = bytearray(base64.b64decode(signature))
    raw[-1] ^= 1
    file = tmp_path / "mijn.json"

    file.write_text(json.dumps(given))
    whole = said(file)
    file.write_text(json.dumps({**given, "checkpoint": note.replace(signature, base64.b64encode(raw).decode())}))
    bent = said(file)
    file.write_text(json.dumps({**given, "checkpoint": text + "\n\n"}))
    bare = said(file)

    assert whole[0] == 0 and "signed by the key in this file: compare that with the key that" in whole[1]
    assert bent == bare == (1, "NOT whole: the checkpoint of 9 lines does not bear a signature of this key\n")


@pytest.mark.parametrize("what", ["line", "salt", "place", "path", "another"])
def test_a_line_that_is_not_as_it_was_written_is_named(what: str, tmp_path: Path, key: Path) -> None:
    given = own_lines([a_line(n) for n in range(20)], [4, 17], key)
    line: dict[str, object] = given["lines"][1]  # type: ignore[index]
    changed = {
        "line": a_line(17).replace("regel", "gewone regel"), "salt": "00" * 16, "place": 16,
        "path": list(reversed(line["path"])), "another": a_line(5),  # type: ignore[call-overload]
    }  # fmt: skip
    line["line" if what == "another" else what] = changed[what]
    (tmp_path / "mijn.json").write_text(json.dumps(given))

    code, text = said(tmp_path / "mijn.json")

    assert code == 1 and text.startswith("NOT whole: the line '") and "is not in the log as it stands here" in text


def test_a_line_whose_text_was_spoiled_is_shown_and_a_file_that_misses_a_part_is_told(
    tmp_path: Path, key: Path
) -> None:
    given = own_lines([a_line(n) for n in range(3)], [1], key)
    lines: list[dict[str, object]] = given["lines"]  # type: ignore[assignment]
    path = lines[0].pop("path")
    (tmp_path / "mijn.json").write_text(json.dumps(given))
    assert said(tmp_path / "mijn.json")[0] == 2

    lines[0] |= {"path": path, "line": "niets"}
    (tmp_path / "mijn.json").write_text(json.dumps(given))
    assert said(tmp_path / "mijn.json") == (1, "NOT whole: the line 'niets' is not in the log as it stands here\n")


def test_a_witness_that_is_named_must_have_seen_the_last_checkpoint(tmp_path: Path, key: Path) -> None:
    at = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
    name, public = "library.example/witness", new_key(tmp_path / "witness")
    named = core.verifier_key(name, public, core.COSIGNATURE)
    given = own_lines([a_line(n) for n in range(20)], [4], key)
    note = str(given["checkpoint"])
    file = tmp_path / "mijn.json"
    file.write_text(json.dumps(given))
    assert said(file, "--witness", named) == (
        1, f"NOT whole: the checkpoint of 20 lines does not bear a signature of the witness {name}\n",
    )  # fmt: skip

    line = cosigned(note, name, (tmp_path / "witness").read_bytes(), at)
    file.write_text(json.dumps(given | {"checkpoint": note + line}))
    assert said(file, "--witness", named, "--public-key", (tmp_path / "public").read_text()) == (
        0,
        "Whole: 1 lines are in the log as they stand here, under the checkpoint of 20 lines, signed by this key,"
        f" seen by {name} on 2026-11-29 at 10:00 UTC.\n{NO_COUNTS}",
    )
    file.write_text(json.dumps(given | {"checkpoint": note + line.replace(" ", " x.", 1)}))
    assert said(file, "--witness", named)[0] == 1
    log_key = core.verifier_key(ORIGIN, public)
    assert "argument --witness: invalid" in said(file, "--witness", log_key)[1]

    folder = published(tmp_path / "log", key, 5, 300)
    last = folder / "checkpoint"
    last.write_text(last.read_text() + cosigned(last.read_text(), name, (tmp_path / "witness").read_bytes(), at))
    assert said(folder, "--witness", named)[1].startswith(
        "Whole: 300 lines follow every checkpoint (2), whose signature was not looked at, seen by"
    )


def test_a_key_that_is_none_is_refused_with_what_it_should_be(tmp_path: Path) -> None:
    code, text = said(tmp_path, "--public-key", "geen sleutel")
    assert code == 2 and "argument --public-key: invalid" in text


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, key: Path) -> None:
    (tmp_path / "log").write_text("a file stands here")
    with pytest.raises(WitnessUnwritable, match=r"Nothing can be written in .*Name a folder"):
        published(tmp_path / "log", key, 3)


def test_what_is_no_file_with_lines_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"form": "iets anders"}')
    assert said(tmp_path / "x.json") == (2, f"{tmp_path / 'x.json'} is no file with one's own lines of a log.\n")
