"""Whoever changes what was signed, or what the log keeps beside its lines, is found: where, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from tests.access.builders import a_person, a_weighed_service, open_keeping
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.adapters.note_signing import cosigned, public_of
from waardig.logbook.cli import logbook
from waardig.logbook.queries import checkpoints, log_state
from waardig.logbook.terms import NewLine

ORIGIN, KEY, OTHER = "rietwaarden.example/logboek", b"k" * 32, b"o" * 32
TABLES = ("line", "detail", "link", "tree_leaf", "checkpoint", "cosignature", "removal", "signer")
WITNESS = "buurgemeente.example/getuige"
_OF = "(trace_id, span_id) = (SELECT t.trace_id, t.span_id FROM log.tree_leaf t WHERE t.place = 3)"


@pytest.fixture
def signed(owner: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """Two checkpoints, the first with counts, the second with a cosignature; no trigger keeps this owner back."""
    open_keeping(owner)
    a_weighed_service(owner)
    people = [a_person() for _ in range(3)]
    for size in (4, 2):
        write_lines([NewLine("proef.ronde", people[n % 3], "regel") for n in range(size)])
        sequence_lines()
        last = sign_checkpoint(ORIGIN, KEY)
    named = core.verifier_key(WITNESS, public_of(OTHER), core.COSIGNATURE)
    (tmp_path / "policy").write_text(f"witness buur {named}\nquorum buur\n")
    monkeypatch.setenv("WAARDIG_LOG_WITNESSES", str(tmp_path / "policy"))
    at = datetime(2026, 11, 1, tzinfo=UTC)
    owner.execute(
        "SELECT gate.keep_cosignature(%s, %s, %s, %s)",
        (last.size, WITNESS, cosigned(last.note, WITNESS, OTHER, at), int(at.timestamp())),
    )
    assert log_state().is_whole
    for table in TABLES:
        owner.execute(f"ALTER TABLE log.{table} DISABLE TRIGGER USER".encode())
    yield owner
    for table in TABLES:
        owner.execute(f"ALTER TABLE log.{table} ENABLE TRIGGER USER".encode())


def said_after(owner: psycopg.Connection, *statements: str) -> str:
    """What verify says after these statements; it must end with status 1."""
    for statement in statements:
        assert owner.execute(statement.encode()).rowcount != 0, statement
    found = CliRunner().invoke(logbook, ["verify"])
    assert found.exit_code == 1, found.output
    assert "The log is NOT whole" in found.output
    return found.output


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE log.line SET name = name || ' ' WHERE {_OF}", "changed: line 3 (trace "),  # noqa: S608
        (f"DELETE FROM log.line WHERE {_OF}", "lost: line 3 (trace "),  # noqa: S608
        ("DELETE FROM log.tree_leaf WHERE place = 3", "missing: place 3 of the tree without a leaf"),
        ("DELETE FROM log.tree_leaf WHERE place IN (2, 3)", "missing: places 2 to 3 of the tree without a leaf"),
        ("UPDATE log.checkpoint SET note = replace(note, 'rietwaarden', 'elders')", "bears no signature of this log"),
        ("UPDATE log.checkpoint SET note = split_part(note, '—', 1)", "bears no signature of this log"),
        ("UPDATE log.checkpoint SET note = 'x'", "is no checkpoint any more"),
        ("DELETE FROM log.count_tile WHERE number = 5", "signed 1 tiles are gone"),
        ("DELETE FROM log.count_tile", "signed 16 tiles are gone"),
        ("UPDATE log.month_count SET counts = counts || ' '", "have other counts than were signed"),
        ("DELETE FROM log.month_count", "have other counts than were signed"),
        ("UPDATE log.count_tile SET hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1)", "signed other counts"),
        ("UPDATE log.cosignature SET line = replace(line, 'A', 'B')", f"the cosignature of witness {WITNESS} under"),
        (
            "INSERT INTO log.removal (removed_on, activity, term, first_day, last_day, lines, leaves)"
            " VALUES ('2026-11-01', 'x', '1 day', '2026-10-01', '2026-10-01', 7, sha256('x'))",
            "the list of 7 lines that went on 2026-11-01 does not fit",
        ),
    ],
)
def test_what_was_changed_is_named_with_its_place_and_what_it_means(
    signed: psycopg.Connection, statement: str, words: str
) -> None:
    assert words in said_after(signed, statement)


def test_lines_of_two_persons_that_changed_places_are_both_named(signed: psycopg.Connection) -> None:
    ((one, other),) = signed.execute(
        "SELECT a.subject, b.subject FROM log.detail a JOIN log.detail b ON a.subject < b.subject LIMIT 1"
    ).fetchall()
    signed.execute(
        "UPDATE log.detail SET subject = CASE subject WHEN %(a)s THEN %(b)s ELSE %(a)s END"
        " WHERE subject IN (%(a)s, %(b)s)",
        {"a": one, "b": other},
    )
    ((swapped,),) = signed.execute("SELECT count(*) FROM log.detail WHERE subject IN (%s, %s)", (one, other)).fetchall()

    assert len(log_state().changed) == swapped >= 2


def test_a_checkpoint_that_is_gone_is_missed_by_its_cosignature(signed: psycopg.Connection) -> None:
    key = "cosignature_size_fkey"
    signed.execute(f"ALTER TABLE log.cosignature DROP CONSTRAINT {key}".encode())
    try:
        said = said_after(signed, "DELETE FROM log.checkpoint WHERE size = (SELECT max(size) FROM log.checkpoint)")
        assert f"witness {WITNESS} cosigned a checkpoint of size" in said and "that is not kept any more" in said
    finally:
        signed.execute("DELETE FROM log.cosignature")
        signed.execute(
            f"ALTER TABLE log.cosignature ADD CONSTRAINT {key} FOREIGN KEY (size) REFERENCES log.checkpoint".encode()
        )


def test_a_checkpoint_signed_again_with_another_key_is_not_ours(signed: psycopg.Connection) -> None:
    from waardig.logbook.adapters.note_signing import signed_note

    last = checkpoints()[-1]
    signed.execute(
        "UPDATE log.checkpoint SET note = %s WHERE size = %s",
        (signed_note(ORIGIN, last.size, last.root, OTHER), last.size),
    )

    assert f"the checkpoint of size {last.size} bears no signature of this log" in said_after(signed)


def test_a_log_that_signed_before_it_kept_its_keys_is_checked_for_texts_only(signed: psycopg.Connection) -> None:
    signed.execute("DELETE FROM log.signer")
    assert log_state().is_whole

    signed.execute("UPDATE log.checkpoint SET note = replace(note, E'\\n', E'\\n1')")
    assert not log_state().is_whole


def test_a_key_that_cannot_be_written_and_a_key_without_checkpoints_are_told(tmp_path: Path) -> None:
    nowhere = CliRunner().invoke(logbook, ["key", str(tmp_path / "not there" / "key")])
    alone = CliRunner().invoke(logbook, ["verify", "--public-key", "x"])

    assert (nowhere.exit_code, alone.exit_code) == (2, 2)
    assert "cannot be written: No such file or directory" in nowhere.output
    assert "--against" in alone.output
