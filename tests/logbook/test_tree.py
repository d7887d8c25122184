"""The tree over the log: places, checkpoints, a person's proof, and what tampering looks like."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from tests.access.builders import a_person, a_right, a_weighed_service, open_keeping, own_request
from waardig.access.actions import ask
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.adapters.note_signing import is_signed, new_key
from waardig.logbook.cli import logbook
from waardig.logbook.queries import checkpoints, log_state, log_summary, signed, take_evidence, tree_leaves
from waardig.logbook.terms import NewLine, NothingToSign

ORIGIN = "rietwaarden.example/logboek"


@pytest.fixture
def logging(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The owner's connection, with something to log under."""
    open_keeping(owner)
    a_weighed_service(owner)
    a_right(owner, attributes=["logboek.regel"])
    yield owner


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, bytes]:
    """A private key file and the public key."""
    file = tmp_path / "key"
    return file, new_key(file)


def _write(count: int) -> None:
    write_lines([NewLine("proef.ronde", None, f"regel {n}") for n in range(count)])


def _triggers(owner: psycopg.Connection, switch: str) -> None:
    for table in ("line", "detail", "tree_leaf"):
        statement = sql.SQL("ALTER TABLE log.{} {} TRIGGER only_grows")
        owner.execute(statement.format(sql.Identifier(table), sql.SQL(switch)))  # type: ignore[arg-type]


def test_every_line_gets_one_place_and_places_never_move(logging: psycopg.Connection) -> None:
    _write(5)
    assert sequence_lines(batch=2) == 5
    first = tree_leaves()

    _write(3)
    assert (sequence_lines(), sequence_lines()) == (3, 0)

    assert tree_leaves()[:5] == first and len(set(tree_leaves())) == 8


def test_a_checkpoint_is_signed_and_can_be_checked_by_anybody(
    logging: psycopg.Connection, key: tuple[Path, bytes]
) -> None:
    file, public = key
    _write(3)
    sequence_lines()

    made = sign_checkpoint(ORIGIN, file.read_bytes())

    assert made.note.splitlines()[:3] == [ORIGIN, "3", base64.b64encode(core.root(tree_leaves())).decode()]
    assert is_signed(made.note, ORIGIN, public)
    assert not is_signed(made.note.replace("\n3\n", "\n4\n"), ORIGIN, public)
    assert not is_signed(made.note, ORIGIN, bytes(32)) and not is_signed(made.note, "other", public)
    assert checkpoints() == (made,)
    with pytest.raises(NothingToSign):
        sign_checkpoint(ORIGIN, file.read_bytes())


def test_an_empty_log_has_nothing_to_sign(db: None, key: tuple[Path, bytes]) -> None:
    with pytest.raises(NothingToSign):
        sign_checkpoint(ORIGIN, key[0].read_bytes())


def test_a_person_can_prove_their_own_lines_without_asking_us(
    logging: psycopg.Connection, key: tuple[Path, bytes]
) -> None:
    person = a_person()
    write_lines([NewLine("proef.ronde", person, "voorstel")])
    _write(10)
    ticket = ask(own_request(person, attributes=frozenset({"logboek.regel"})))
    assert signed() is None
    sequence_lines()
    last = sign_checkpoint(ORIGIN, key[0].read_bytes())

    proofs = take_evidence(ticket, last).proofs

    assert {json.loads(proof.canonical)["line"]["name"] for proof in proofs} >= {"voorstel"}
    for proof in proofs:
        leaf = core.leaf(proof.salt, proof.canonical)
        assert core.is_included(leaf, proof.place, last.size, proof.path, last.root)
        other = core.leaf(proof.salt, proof.canonical.replace("allow", "refuse"))
        assert not core.is_included(other, proof.place, last.size, proof.path, last.root)


def test_whoever_takes_a_line_away_or_rewrites_it_is_seen(logging: psycopg.Connection, key: tuple[Path, bytes]) -> None:
    _write(4)
    sequence_lines()
    sign_checkpoint(ORIGIN, key[0].read_bytes())
    assert log_state().is_whole
    _triggers(logging, "DISABLE")
    try:
        gone = logging.execute("SELECT span_id FROM log.tree_leaf WHERE place = 1").fetchone()
        logging.execute("DELETE FROM log.detail WHERE span_id = %s", gone)
        logging.execute("DELETE FROM log.line WHERE span_id = %s", gone)
        state = log_state()
        assert len(state.lost) == 1 and state.broken == () and not state.is_whole

        logging.execute("DELETE FROM log.tree_leaf WHERE place = 1")
        logging.execute("UPDATE log.tree_leaf SET place = place - 1 WHERE place > 1")
        state = log_state()
        assert state.lost == () and state.broken == (4,) and not state.is_whole
    finally:
        _triggers(logging, "ENABLE")


def test_the_command_signs_checks_exports_and_counts(logging: psycopg.Connection, tmp_path: Path) -> None:
    _write(2)
    run = CliRunner()
    file = str(tmp_path / "sleutel")

    assert run.invoke(logbook, ["key", file]).exit_code == 0
    assert run.invoke(logbook, ["key", file]).exit_code == 2
    signed = run.invoke(logbook, ["checkpoint", "--key", file, "--origin", ORIGIN])
    assert signed.output.startswith(f"{ORIGIN}\n2\n")
    assert run.invoke(logbook, ["checkpoint", "--key", file, "--origin", "a b"]).exit_code == 2
    assert json.loads(run.invoke(logbook, ["verify", "--json"]).output)["whole"] is True
    assert "The log is whole." in run.invoke(logbook, ["verify"]).output
    assert run.invoke(logbook, ["export", "--out", str(tmp_path / "uit")]).exit_code == 0
    assert len((tmp_path / "uit" / "tile/0/000.p/2").read_bytes()) == 64
    assert (tmp_path / "uit" / "checkpoint").read_text() == signed.output
    assert [one.read_text() for one in (tmp_path / "uit").glob("checkpoint-2-*.txt")] == [signed.output]
    (use,) = log_summary()
    assert (use.activity, use.decision, use.lines, use.persons) == ("proef.ronde", "allow", 2, 0)
    assert json.loads(run.invoke(logbook, ["show", "--json"]).output)[0]["lines"] == 2
