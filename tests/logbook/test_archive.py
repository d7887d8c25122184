"""Old months of the log stand in files; everybody reads, counts and checks as before, and nothing is lost or twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.access.builders import a_person
from tests.logbook import archiving
from waardig.access.actions import set_business_date
from waardig.kernel.clock import wall_now
from waardig.logbook import jobs
from waardig.logbook.actions import archiving as actions
from waardig.logbook.actions import link_lines, sequence_lines, write_lines
from waardig.logbook.adapters import archive_files
from waardig.logbook.cli import logbook
from waardig.logbook.queries import archives, log_state, take_lines
from waardig.logbook.terms import (
    ArchiveDamaged,
    ArchiveTermInvalid,
    GateRefused,
    Link,
    LogbookUnavailable,
    NewLine,
    NewLink,
)
from waardig.outbox.actions import drain

OLD = (130, 160, 161, 190)
"""Days ago: several months that may go, of which one has lines of two days."""


@pytest.fixture
def reader(owner: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A log that may be archived after three months; gives the token of oversight."""
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE", str(tmp_path / "log-archive"))
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE_AFTER", "3")
    token = archiving.open_log(owner)
    set_business_date(wall_now().date())  # lines have the clock of the server as their day
    return token


def in_tables(owner: psycopg.Connection) -> tuple[int, int]:
    """Lines and details that stand in the tables."""
    row = owner.execute("SELECT (SELECT count(*) FROM log.line), (SELECT count(*) FROM log.detail)").fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def some_old_lines(owner: psycopg.Connection, count: int = 6) -> Any:
    """Lines of one person, months ago, under a checkpoint."""
    person = a_person()
    made = write_lines([NewLine(archiving.OTHER, person, f"regel {n}") for n in range(count)])
    archiving.make_older(owner, *OLD)
    archiving.signed_now()
    return person, made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everybody_reads_counts_and_checks_the_same_before_and_after(
    reader: str, owner: psycopg.Connection, seed: int
) -> None:
    people, runs = archiving.people(4), [uuid4(), uuid4()]
    archiving.some_lines(seed, people, runs)
    archiving.make_older(owner, 3, 40, *OLD, seed=seed)
    sequence_lines()
    tickets = [archiving.a_ticket(person) for person in people]
    archiving.signed_now()
    subject, until = archiving.subject_of(owner, people[0]), archiving.days_ago(2)
    asked_before = [archiving.read_by_oversight(reader, subject, moment) for moment in (until, archiving.days_ago(140))]
    archiving.signed_now()
    before, rows = archiving.seen(tickets, runs), in_tables(owner)

    made = archiving.archived_all()

    assert sum(one.lines for one in made) > 30 and len(made) >= 2
    assert in_tables(owner) == (rows[0] - sum(one.lines for one in made),) * 2
    after = archiving.seen(tickets, runs)
    for what, answer in before.items():
        assert after[what] == answer, what
    asked_after = [archiving.read_by_oversight(reader, subject, moment) for moment in (until, archiving.days_ago(140))]
    assert asked_after == asked_before and all(asked_before[0].values())
    assert log_state().archived == sum(one.lines for one in made)


def test_counts_that_are_signed_hold_archived_lines(reader: str, owner: psycopg.Connection) -> None:
    person, _ = some_old_lines(owner)
    ticket = archiving.a_ticket(person)
    lines = take_lines(ticket)
    owner.execute("ALTER TABLE log.count_round DISABLE TRIGGER only_grows")
    owner.execute("DELETE FROM log.count_round")
    archiving.signed_now()
    before = owner.execute("SELECT subject, counts::jsonb -> 'months' FROM log.month_count ORDER BY 1").fetchall()
    archiving.archived_all()

    owner.execute("DELETE FROM log.count_round")
    write_lines([NewLine(archiving.OTHER, None)])
    archiving.signed_now()

    assert (
        owner.execute("SELECT subject, counts::jsonb -> 'months' FROM log.month_count ORDER BY 1").fetchall() == before
    )
    assert take_lines(ticket) == lines and len(lines) > 6


def test_a_file_is_sorted_by_pseudonym_small_and_for_this_account_only(reader: str, owner: psycopg.Connection) -> None:
    some_old_lines(owner, 40)

    made = archiving.archived_all()

    for one in made:
        file = archive_files.archive_folder() / one.file
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        heads = duckdb.execute("SELECT head FROM read_parquet(?)", [str(file)]).fetchall()
        assert heads == sorted(heads) and len(heads) == one.lines
        assert set(archive_files.COLUMNS) == {
            name for (name,) in duckdb.execute("SELECT name FROM parquet_schema(?) WHERE type IS NOT NULL", [str(file)])
            .fetchall()
        }  # fmt: skip
        assert (archive_files.sha256_of(file), file.stat().st_size) == (one.sha256, one.size)


def test_what_is_young_or_has_no_place_stays(reader: str, owner: psycopg.Connection) -> None:
    write_lines([NewLine(archiving.OTHER, a_person())])
    archiving.signed_now()
    assert actions.months_to_archive() == ()
    write_lines([NewLine(archiving.OTHER, a_person())])
    archiving.make_older(owner, 200)
    (month,), before = actions.months_to_archive(), in_tables(owner)

    with pytest.raises(GateRefused) as refusal:
        actions.archive_month(month)
    assert refusal.value.code == "not_to_archive"
    with pytest.raises(GateRefused):
        actions.archive_month(f"{wall_now():%Y-%m}")

    assert (archives(), in_tables(owner)) == ((), before)
    sequence_lines()
    assert actions.archive_month(month).lines == 2  # the person was enrolled then
    with pytest.raises(GateRefused):
        actions.archive_month(month)


def test_the_application_cannot_shorten_the_least_term_nor_read_lines_without_a_month_that_is_due(
    reader: str, owner: psycopg.Connection, database: Any
) -> None:
    some_old_lines(owner)
    with psycopg.connect(database.application) as application:
        found = application.execute("SELECT month FROM gate.months_to_archive(-100)").fetchall()
        assert found == [(month,) for month in actions.months_to_archive()]
        assert application.execute("SELECT * FROM gate.lines_to_archive()").fetchall() == []
        for statement in ("SELECT * FROM log.archive", "DELETE FROM log.archived_person", "SELECT log.brought('[]')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
                application.execute(statement.encode())


@pytest.mark.parametrize("text", ["2", "-1", "", "veel"])
def test_a_term_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE_AFTER", text)

    with pytest.raises(ArchiveTermInvalid):
        actions.keep_months()


def test_a_run_of_which_lines_are_archived_gets_no_second_line(reader: str, owner: psycopg.Connection) -> None:
    person, run = a_person(), uuid4()
    write_lines([NewLine("proef.ronde", person, run=run), NewLine("proef.ronde", a_person(), run=run)])
    archiving.make_older(owner, 150)
    archiving.signed_now()
    archiving.archived_all()

    other = a_person()
    before = in_tables(owner)
    for again in (person, other):
        with pytest.raises(GateRefused) as refusal, transaction.atomic():
            write_lines([NewLine("proef.ronde", again, run=run)])
        assert refusal.value.code == "run_is_archived"
    assert in_tables(owner) == before
    assert len(write_lines([NewLine("proef.ronde", person, run=uuid4())])) == 1


def test_an_archived_line_may_still_lead_to_something(reader: str, owner: psycopg.Connection) -> None:
    person, made = some_old_lines(owner)
    ticket, case = archiving.a_ticket(person), uuid4()
    archiving.archived_all()

    assert link_lines([NewLink(made[0], "case", case)]) == 1

    assert [one.led_to for one in take_lines(ticket) if one.line == made[0]] == [(Link("case", case),)]


# -- what is missing or other -----------------------------------------------------------------------------------------
def _only_file() -> Path:
    return archive_files.archive_folder() / archives()[0].file


def test_a_missing_file_is_told_with_its_place_and_nobody_sees_half_a_list(
    reader: str, owner: psycopg.Connection
) -> None:
    person, _ = some_old_lines(owner)
    ticket = archiving.a_ticket(person)
    made = archiving.archived_all()
    _only_file().unlink()

    with pytest.raises(ArchiveDamaged):
        take_lines(ticket)
    state = log_state()

    (fault,) = state.faults
    assert not state.is_whole and state.lost == ()
    assert (fault.month, fault.why, fault.lines) == (made[0].month, "missing", made[0].lines)
    assert (fault.first, fault.last) == (made[0].first, made[0].last)
    told = CliRunner().invoke(logbook, ["verify"])
    assert told.exit_code == 1 and fault.words in told.output


def test_a_line_that_is_left_out_of_a_file_is_missed(reader: str, owner: psycopg.Connection) -> None:
    person, _ = some_old_lines(owner)
    ticket = archiving.a_ticket(person)
    archiving.archived_all()
    file = _only_file()
    _written_over(file, "SELECT * FROM read_parquet(?) ORDER BY place OFFSET 1")

    with pytest.raises(GateRefused) as refusal:
        take_lines(ticket)

    assert refusal.value.code == "archive_differs"
    assert [fault.why.partition(":")[0] for fault in log_state().faults] == ["changed", "incomplete"]


@pytest.mark.parametrize(
    "change", ["began + 1 AS began", "form % 2 + 1 AS form", "uuid() AS case_id", "place + 1 AS place"]
)
def test_a_line_that_was_changed_in_a_file_is_named_and_not_shown(
    reader: str, owner: psycopg.Connection, change: str
) -> None:
    person, _ = some_old_lines(owner)
    write_lines([NewLine("proef.ronde", None)])  # another form
    archiving.make_older(owner, 130)
    archiving.signed_now()
    ticket = archiving.a_ticket(person)
    archiving.archived_all()
    _written_over(_only_file(), f"SELECT * REPLACE ({change}) FROM read_parquet(?)")  # noqa: S608

    with pytest.raises(GateRefused):
        take_lines(ticket)
    state = log_state()

    assert state.changed and state.faults[0].why.startswith("changed") and not state.is_whole


def test_a_file_that_is_no_parquet_is_told(reader: str, owner: psycopg.Connection) -> None:
    person, _ = some_old_lines(owner)
    ticket = archiving.a_ticket(person)
    archiving.archived_all()
    _only_file().write_bytes(b"PAR1 and nothing else")

    with pytest.raises(ArchiveDamaged):
        take_lines(ticket)
    assert [fault.why.partition(":")[0] for fault in log_state().faults] == ["changed", "unreadable"]


def _written_over(file: Path, lines: str) -> None:
    """Another file of the same name; its lines come from the one that is there."""
    other = file.with_suffix(".other")
    duckdb.execute(f"COPY ({lines}) TO '{other}' (FORMAT parquet)", [str(file)])
    other.replace(file)
    os.utime(file, (1, 1))  # an engine that remembers the ends of files sees that it is another


# -- killed, and again ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("moment", ["write_month", "_leaves", "drop_others"])
def test_killed_at_any_moment_each_line_stands_in_one_place(
    reader: str, owner: psycopg.Connection, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = some_old_lines(owner)
    ticket, before = archiving.a_ticket(person), in_tables(owner)
    lines = take_lines(ticket)
    where = archive_files if moment == "write_month" else actions
    real = getattr(where, moment)

    def killed(*given: Any) -> Any:
        real(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(where, moment, killed)
    with pytest.raises(KeyboardInterrupt):
        archiving.archived_all()
    monkeypatch.setattr(where, moment, real)

    went = sum(one.lines for one in archives())
    assert in_tables(owner) == (before[0] + 1 - went,) * 2 or in_tables(owner) == (before[0] - went,) * 2
    assert take_lines(ticket) == lines and log_state().is_whole
    archiving.archived_all()
    assert take_lines(ticket) == lines and log_state().is_whole
    assert {one.file for one in archives()} == {file.name for file in archive_files.archive_folder().iterdir()}


def test_a_file_that_lacks_a_line_takes_no_line_out_of_the_tables(
    reader: str, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_old_lines(owner)
    before, real = in_tables(owner), actions._lines

    monkeypatch.setattr(actions, "_lines", lambda: [b"".join(real()).partition(b"\n")[2]])
    with pytest.raises(GateRefused) as refusal:
        archiving.archived_all()

    assert (refusal.value.code, in_tables(owner), archives()) == ("archive_differs", before, ())
    monkeypatch.setattr(actions, "_lines", real)
    assert archiving.archived_all() and log_state().is_whole


def test_without_room_on_the_disk_nothing_leaves_the_tables(
    reader: str, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_old_lines(owner)
    before = in_tables(owner)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        archiving.archived_all()
    monkeypatch.undo()

    assert (in_tables(owner), archives()) == (before, ())


# -- by hand and by the worker ----------------------------------------------------------------------------------------
def test_the_command_says_what_goes_and_what_went(reader: str, owner: psycopg.Connection) -> None:
    some_old_lines(owner)
    due = actions.months_to_archive()

    planned = CliRunner().invoke(logbook, ["archive", "--plan"])
    assert planned.exit_code == 0 and all(month in planned.output for month in due) and archives() == ()
    done = CliRunner().invoke(logbook, ["archive"])
    assert done.exit_code == 0 and tuple(one.month for one in archives()) == due
    assert all(one.file in done.output for one in archives())

    assert "Nothing to do" in CliRunner().invoke(logbook, ["archive"]).output


def test_the_worker_archives_every_day_a_month_a_job(reader: str, owner: psycopg.Connection) -> None:
    some_old_lines(owner)
    due = actions.months_to_archive()
    with transaction.atomic():
        assert actions.archive_daily(wall_now().date()) == 1
        assert actions.archive_daily(wall_now().date()) == 0

    for _ in due:
        drain(jobs.handlers())

    assert tuple(one.month for one in archives()) == due and len(due) > 1


def test_a_link_to_nothing_is_refused_still(reader: str, owner: psycopg.Connection) -> None:
    _, made = some_old_lines(owner)
    archiving.archived_all()

    with pytest.raises(LogbookUnavailable):
        link_lines([NewLink(type(made[0])("00" * 16, "00" * 8), "case", uuid4())])
