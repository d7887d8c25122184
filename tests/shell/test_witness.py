"""Checkpoints outside the database: a log that was put back from before one is noticed, stops services, is accepted."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from tests.access.builders import open_keeping
from tests.conftest import RIETWAARDEN, TODAY
from waardig.access.terms import AccessRefused
from waardig.catalogue.queries import services
from waardig.logbook.actions import sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.adapters.note_signing import new_key
from waardig.logbook.adapters.witness_folder import WitnessUnreadable, WitnessUnwritable, keep_note, kept_notes
from waardig.logbook.cli import logbook
from waardig.logbook.queries import checkpoints, losses, tree_leaves
from waardig.logbook.terms import NewLine
from waardig.proposals.actions import run_round
from waardig.shell.operating import health, watch
from waardig.shell.operating.witness import LogKeyWrong, signing_key
from waardig.values import queries as values
from waardig.values.actions import decide

ORIGIN = "rietwaarden.example/logboek"
SERVICE = "individuele_inkomenstoeslag"


@pytest.fixture
def witness(owner: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log that signs every time it is looked at, and the folder in which its checkpoints are kept."""
    open_keeping(owner)
    decide(RIETWAARDEN / f"services/{SERVICE}/decision.yaml", on=TODAY)
    new_key(tmp_path / "key")
    monkeypatch.setenv("WAARDIG_LOG_KEY", str(tmp_path / "key"))
    monkeypatch.setenv("WAARDIG_LOG_ORIGIN", ORIGIN)
    monkeypatch.setenv("WAARDIG_LOG_WITNESS", str(tmp_path / "witness"))
    monkeypatch.setattr(watch, "SIGN_EVERY", watch.timedelta(0))
    return tmp_path / "witness"


def _write(count: int) -> None:
    write_lines([NewLine("aanmelden", None, f"regel {n}") for n in range(count)])


def _forget(owner: psycopg.Connection, keep: int) -> None:
    """What putting back an old backup does: the newest lines, places and checkpoints are gone."""
    for table in ("line", "detail", "tree_leaf", "checkpoint"):
        owner.execute(sql.SQL("ALTER TABLE log.{} DISABLE TRIGGER only_grows").format(sql.Identifier(table)))
    gone = "(SELECT trace_id, span_id FROM log.tree_leaf WHERE place >= %s)"
    owner.execute(f"DELETE FROM log.detail WHERE (trace_id, span_id) IN {gone}", (keep,))  # noqa: S608
    owner.execute(f"DELETE FROM log.line WHERE (trace_id, span_id) IN {gone}", (keep,))  # noqa: S608
    owner.execute("DELETE FROM log.tree_leaf WHERE place >= %s", (keep,))
    owner.execute("DELETE FROM log.checkpoint WHERE size > %s", (keep,))
    for table in ("line", "detail", "tree_leaf", "checkpoint"):
        owner.execute(sql.SQL("ALTER TABLE log.{} ENABLE TRIGGER only_grows").format(sql.Identifier(table)))


def _verify(*arguments: str) -> Any:
    return CliRunner().invoke(logbook, ["verify", *arguments])


def test_the_worker_keeps_each_signed_checkpoint_outside_once(witness: Path) -> None:
    _write(3)
    assert watch.keep_watch() == ()
    _write(2)
    watch.keep_watch()
    watch.keep_watch()

    files = sorted(witness.iterdir())
    assert [file.name.split("-")[1] for file in files] == ["3", "5"]
    assert [file.read_text() for file in files] == [one.note for one in checkpoints()]
    assert all(file.stat().st_mode & 0o222 == 0 for file in files)
    assert [one.size for one in kept_notes(witness)] == [3, 5]


def test_a_checkpoint_that_is_kept_is_never_replaced(witness: Path) -> None:
    _write(1)
    watch.keep_watch()
    (file,) = witness.iterdir()
    before = file.read_text()

    assert not keep_note(witness, checkpoints()[0])
    assert file.read_text() == before and len(list(witness.iterdir())) == 1


def test_where_a_file_stands_nothing_is_kept_and_that_is_told(witness: Path, tmp_path: Path) -> None:
    _write(1)
    watch.keep_watch()
    place = tmp_path / "in-the-way"
    place.write_text("a file")

    with pytest.raises(WitnessUnwritable, match=r"Nothing can be written in .*in-the-way"):
        keep_note(place, checkpoints()[0])


def test_a_log_from_before_a_checkpoint_is_noticed_and_stops_every_service(
    witness: Path, owner: psycopg.Connection
) -> None:
    _write(4)
    watch.keep_watch()
    _write(6)
    watch.keep_watch()
    assert _verify("--against", str(witness)).exit_code == 0

    _forget(owner, 4)
    found = _verify("--against", str(witness))
    watch.keep_watch()

    assert found.exit_code == 1
    assert "lost: the log was 10 lines at a checkpoint, now 4: lines are lost" in found.output
    assert [(one.size, one.kind, one.tree_size) for one in losses()] == [(10, "lost", 4)]
    (check,) = [one for one in health.look().checks if one.name == "log"]
    assert (check.ok, check.detail) == (False, "the log was 10 lines at a checkpoint, now 4: lines are lost")
    assert not check.blocks, "residents keep their portal"
    for service in services():
        (stop,) = [one for one in values.suspensions(service.id) if one.is_open(TODAY)]
        assert stop.suspended_by == "system"
        assert "Bij een controlepunt had het logboek 10 regels, nu 4." in stop.reason
    with pytest.raises(AccessRefused) as refused:
        run_round(SERVICE)
    assert "suspended" in {reason.code for reason in refused.value.reasons}
    assert [one.size for one in checkpoints()] == [4], "nothing is signed over a loss"


def test_a_log_that_grew_again_over_the_lost_lines_is_noticed_as_changed(
    witness: Path, owner: psycopg.Connection
) -> None:
    _write(4)
    watch.keep_watch()
    _write(2)
    watch.keep_watch()
    _forget(owner, 4)
    _write(5)

    found = _verify("--against", str(witness))

    assert found.exit_code == 1
    assert "changed: the log of 9 lines does not follow its checkpoint of 6 lines: lines changed" in found.output


def test_a_loss_is_accepted_by_two_people_once_and_then_the_log_goes_on(
    witness: Path, owner: psycopg.Connection
) -> None:
    _write(5)
    watch.keep_watch()
    _forget(owner, 2)
    watch.keep_watch()
    ask = ["accept", "--reason", "Reservekopie van 3 uur 's nachts teruggezet na brand.", "--by", "b.hoekstra"]

    alone = CliRunner().invoke(logbook, [*ask, "--confirmed-by", "b.hoekstra"])
    short = CliRunner().invoke(logbook, ["accept", "--reason", "kort", "--by", "a", "--confirmed-by", "b"])
    assert (alone.exit_code, short.exit_code) == (1, 1)
    assert losses(open_only=True)

    assert CliRunner().invoke(logbook, [*ask, "--confirmed-by", "p.vandam"]).exit_code == 0
    assert CliRunner().invoke(logbook, [*ask, "--confirmed-by", "p.vandam"]).exit_code == 1

    (loss,) = losses()
    assert (loss.accepted_by, loss.confirmed_by) == ("b.hoekstra", "p.vandam")
    assert loss.reason == "Reservekopie van 3 uur 's nachts teruggezet na brand."
    _write(7)
    assert watch.keep_watch() == ()
    assert [one.size for one in checkpoints()] == [9]
    assert _verify("--against", str(witness)).exit_code == 0


def test_the_application_can_neither_accept_nor_hide_a_loss(
    witness: Path, owner: psycopg.Connection, database: Any
) -> None:
    _write(2)
    watch.keep_watch()
    _forget(owner, 1)
    watch.keep_watch()

    with psycopg.connect(database.application, autocommit=True) as application:
        for statement in ("SELECT log.accept_losses('a', 'b', 'zomaar een reden')", "DELETE FROM log.loss"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays"):
        owner.execute("DELETE FROM log.loss")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays"):
        owner.execute("UPDATE log.loss SET size = 1")


def test_a_kept_checkpoint_of_another_key_is_refused_and_nothing_is_recorded(witness: Path, tmp_path: Path) -> None:
    _write(3)
    watch.keep_watch()
    other = new_key(tmp_path / "other")
    forged = tmp_path / "forged.txt"
    sequence_lines()
    _write(1)
    sequence_lines()
    forged.write_text(sign_checkpoint(ORIGIN, (tmp_path / "other").read_bytes()).note)

    with pytest.raises(WitnessUnreadable, match="the signature is not of this key"):
        watch.look_at_witness(forged)
    good = _verify("--against", str(forged), "--public-key", base64.b64encode(other).decode())

    assert good.exit_code == 0 and losses() == ()


@pytest.mark.parametrize("text", ["", "no checkpoint\n", "a\n0\nAAAA\n", "a\n3\n!!\n", "a\n3\nAAAA\n"])
def test_a_file_that_is_no_checkpoint_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(text)

    with pytest.raises(WitnessUnreadable):
        kept_notes(file)


def test_without_settings_the_worker_only_gives_lines_their_place(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KEY", "ORIGIN", "WITNESS"):
        monkeypatch.delenv(f"WAARDIG_LOG_{name}", raising=False)
    open_keeping(owner)
    _write(3)

    assert watch.keep_watch() == ()
    assert len(tree_leaves()) == 3 and checkpoints() == ()


def test_a_wrong_key_never_stops_the_worker(witness: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_LOG_ORIGIN", "with a space")
    _write(1)

    assert watch.keep_watch() == ()
    with pytest.raises(LogKeyWrong):
        signing_key()
