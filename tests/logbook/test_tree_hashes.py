"""Roots and proofs from kept hashes of full tiles equal those over all leaves, also after a sequencer was killed."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.access.builders import a_weighed_service, open_keeping
from tests.logbook import plain_tree
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, write_lines
from waardig.logbook.cli import logbook
from waardig.logbook.queries import log_state, tree_leaves, tree_root, tree_roots, tree_size
from waardig.logbook.terms import HashMissing, NewLine, Unfit

EDGES = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537]
LEAVES = [hashlib.sha256(str(number).encode()).digest() for number in range(max(EDGES))]


def tiles_of_all(leaves: list[bytes]) -> dict[core.Tile, bytes]:
    """Every tile of a tree, computed from its leaves."""
    rows = dict(core.levels(leaves))
    return {
        (level, number): b"".join(rows[level][number * 256 : number * 256 + count])
        for level, number, count in core.tiles_at(len(leaves))
    }


def test_every_small_tree_has_the_roots_and_paths_of_rfc_6962() -> None:
    for size in range(1, 34):
        tiles = tiles_of_all(LEAVES[:size])
        spans = {(0, past) for past in range(size + 1)}
        assert core.roots_of(spans, tiles) == {(0, past): plain_tree.root(LEAVES[:past]) for _, past in spans}
        for place in range(size):
            path = core.path_spans(place, size)
            assert [core.roots_of(path, tiles)[span] for span in path] == plain_tree.path(place, LEAVES[:size])


@pytest.mark.parametrize("size", EDGES)
def test_trees_around_full_tiles_have_the_same_roots_and_paths_from_the_needed_tiles_only(size: int) -> None:
    tiles = tiles_of_all(LEAVES[:size])
    for place in {0, 255, size - 257, size - 1} & set(range(size)):
        spans = [*core.path_spans(place, size), (0, size)]
        needed = core.tiles_of(spans)
        assert len(needed) <= 6
        found = core.roots_of(spans, {tile: tiles[tile] for tile in needed})
        assert [found[span] for span in spans[:-1]] == plain_tree.path(place, LEAVES[:size])
        assert found[0, size] == plain_tree.root(LEAVES[:size])


@given(size=st.integers(1, 3_000), data=st.data())
@settings(max_examples=60)
def test_any_earlier_root_and_any_path_follow_from_the_tiles(size: int, data: st.DataObject) -> None:
    place, past = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    spans = [*core.path_spans(place, size), (0, past)]

    found = core.roots_of(spans, tiles_of_all(LEAVES[:size]))

    assert [found[span] for span in spans[:-1]] == plain_tree.path(place, LEAVES[:size])
    assert found[0, past] == plain_tree.root(LEAVES[:past])


def test_a_tile_that_misses_a_hash_gives_no_root() -> None:
    tiles = tiles_of_all(LEAVES[:600])
    with pytest.raises(HashMissing, match=r"Tile 2 of level 0 of the tree \(lines 512 on\)"):
        core.roots_of([(0, 600)], tiles | {(0, 2): tiles[0, 2][:-32]})


def grown(owner: psycopg.Connection, size: int) -> None:
    """Leaves up to this size as they get their place, without the lines that they would stand for."""
    owner.execute(
        "INSERT INTO log.tree_leaf (place, trace_id, span_id, leaf)"
        " SELECT n, decode(lpad(to_hex(n), 32, '0'), 'hex'), decode(lpad(to_hex(n), 16, '0'), 'hex'),"
        "        sha256(n::text::bytea) FROM generate_series((SELECT count(*) FROM log.tree_leaf), %s - 1) n",
        (size,),
    )
    owner.execute("SELECT log.keep_hashes(%s)", (size,))


def test_the_database_keeps_the_same_hashes_and_gives_the_same_roots(owner: psycopg.Connection) -> None:
    for size in EDGES:
        grown(owner, size)
        assert tree_size() == size
        assert tree_root(size) == plain_tree.root(LEAVES[:size])

    sizes = [*EDGES, 33_333]
    assert tree_roots([(0, size) for size in sizes]) == {(0, size): plain_tree.root(LEAVES[:size]) for size in sizes}
    for place in (0, 65_279, 65_280, 65_536):
        path = core.path_spans(place, 65_537)
        found = tree_roots(path)
        assert [found[span] for span in path] == plain_tree.path(place, LEAVES)
    assert log_state().unfit == ()
    assert owner.execute("SELECT level, count(*) FROM log.tree_hash GROUP BY 1 ORDER BY 1").fetchall() == [
        (1, 256), (2, 1),
    ]  # fmt: skip


def test_after_killed_sequencers_every_line_has_one_place_and_every_full_tile_its_hash(
    owner: psycopg.Connection, database: Any
) -> None:
    open_keeping(owner)
    a_weighed_service(owner)
    chance = random.Random(6962)
    killed = 0
    for _ in range(25):
        write_lines([NewLine("proef.ronde", None, "regel") for _ in range(chance.randrange(60))])
        killed += _killed(database.application, chance.randrange(1, 200), chance.random() * 0.01)

    sequence_lines()
    leaves = tree_leaves()

    assert killed and len(set(leaves)) == len(leaves) > 512
    assert tree_size() == len(leaves) and tree_root(len(leaves)) == plain_tree.root(leaves)
    assert log_state().is_whole


def _killed(application: str, most: int, after: float) -> bool:
    """A sequencer that is ended after some milliseconds, in an open transaction; whether it was still there."""
    with psycopg.connect(application) as running, psycopg.connect(application) as ending:
        pid = running.info.backend_pid
        work = threading.Thread(target=_sequence, args=(running, most))
        work.start()
        time.sleep(after)
        (ended,) = ending.execute("SELECT pg_terminate_backend(%s, 1000)", (pid,)).fetchone() or (False,)
        work.join()
        return bool(ended)


def _sequence(running: psycopg.Connection, most: int) -> None:
    try:
        for _ in range(3):
            running.execute("SELECT gate.sequence_log(%s)", (most,))
            running.commit()
        running.execute("SELECT gate.sequence_log(%s)", (most,))
        running.execute("SELECT pg_sleep(1)")
    except psycopg.OperationalError:
        return


def test_a_kept_hash_that_does_not_fit_is_named_with_its_lines(owner: psycopg.Connection) -> None:
    grown(owner, 1_000)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
        owner.execute("UPDATE log.tree_hash SET hash = sha256('x')")

    owner.execute("ALTER TABLE log.tree_hash DISABLE TRIGGER only_grows")
    owner.execute("UPDATE log.tree_hash SET hash = sha256('x') WHERE number = 1")
    owner.execute("DELETE FROM log.tree_hash WHERE number = 2")
    owner.execute("ALTER TABLE log.tree_hash ENABLE TRIGGER only_grows")

    state = log_state()
    assert state.unfit == (Unfit(1, 1, is_kept=True), Unfit(1, 2, is_kept=False)) and not state.is_whole
    with pytest.raises(HashMissing):
        tree_root(1_000)
    said = CliRunner().invoke(logbook, ["verify"])
    assert said.exit_code == 1
    assert "kept hash: the hash of lines 256 to 511 (number 1 of level 1) is another than when" in said.output
    assert "kept hash: the hash of lines 512 to 767 (number 2 of level 1) is not kept" in said.output
    assert json.loads(CliRunner().invoke(logbook, ["verify", "--json"]).output)["unfit"][0]["number"] == 1


def test_a_leaf_that_was_changed_behind_a_kept_hash_is_named_too(owner: psycopg.Connection) -> None:
    grown(owner, 600)
    owner.execute("ALTER TABLE log.tree_leaf DISABLE TRIGGER only_grows")
    owner.execute("UPDATE log.tree_leaf SET leaf = sha256('x') WHERE place = 300")
    owner.execute("ALTER TABLE log.tree_leaf ENABLE TRIGGER only_grows")

    assert log_state().unfit == (Unfit(1, 1, is_kept=True),)


def test_hashes_that_were_left_out_are_made_when_the_next_lines_get_a_place(owner: psycopg.Connection) -> None:
    """What the migration does for a log that is there, and what the next sequencer would do after it."""
    grown(owner, 600)
    owner.execute("ALTER TABLE log.tree_hash DISABLE TRIGGER only_grows")
    owner.execute("DELETE FROM log.tree_hash")
    owner.execute("ALTER TABLE log.tree_hash ENABLE TRIGGER only_grows")

    grown(owner, 601)

    assert log_state().unfit == () and tree_root(601) == plain_tree.root(LEAVES[:601])
