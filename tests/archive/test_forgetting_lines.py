"""A line of the log goes the day after the published term of its activity, unless it names a case that is kept.

The tree, the checkpoints and every count stay as they were.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.access.builders import TODAY, a_person
from tests.archive.builders import IN_JULY, MARIT, REASON, a_no, executed
from waardig.access.actions import ask, set_business_date
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.accountability.queries import canonical
from waardig.archive import actions, jobs
from waardig.archive.actions import forgetting
from waardig.logbook.actions import link_lines, sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.adapters.note_signing import new_key
from waardig.logbook.cli import logbook
from waardig.logbook.queries import (
    call_gate,
    count_lines,
    log_state,
    log_summary,
    removals,
    take_evidence,
    take_lines,
    tree_leaves,
)
from waardig.logbook.terms import LogbookUnavailable, NewLine, NewLink, Removal
from waardig.outbox import models
from waardig.outbox.actions import drain

pytestmark = pytest.mark.usefixtures("db")


def _day(owner: psycopg.Connection, term: str = "P0D", more: int = 0) -> date:
    """The day of the lines that are there, a term and some days later."""
    row = owner.execute(
        "SELECT max(log.day_of(start_time)), (max(log.day_of(start_time)) + %s::interval)::date + %s FROM log.line",
        (term, more),
    ).fetchone()
    assert row is not None
    return date.fromisoformat(str(row[1]))


def _kept(owner: psycopg.Connection, activity: str) -> int:
    row = owner.execute("SELECT count(*) FROM log.detail WHERE activity = %s", (activity,)).fetchone()
    return int(row[0]) if row else -1


def _write(activity: str, count: int, person: UUID | None = None, **more: Any) -> None:
    write_lines([NewLine(activity, person, f"regel {n}", **more) for n in range(count)])


def _uses() -> dict[str, int]:
    found: dict[str, int] = {}
    for use in log_summary():
        found[use.activity] = found.get(use.activity, 0) + use.lines
    return found


def _own_lines(person: UUID) -> list[str]:
    asked = Request("inzage.gebruik", frozenset({"logboek.regel"}), (person,), Actor("resident", str(person)), TODAY)
    return [one.activity for one in take_lines(ask(asked))]


def test_lines_of_signing_in_go_after_six_months_and_nothing_else_does(owner: psycopg.Connection) -> None:
    person = a_person()
    signed_in = _kept(owner, "aanmelden")
    _write("aanmelden", 3, person)
    _write("inzage.gegevens", 2, person)
    sequence_lines()
    made_on = _day(owner)

    set_business_date(_day(owner, "P6M"))
    assert actions.forget_lines() == 0
    assert _kept(owner, "aanmelden") == signed_in + 3

    set_business_date(_day(owner, "P6M", 1))
    assert actions.forget_lines() == signed_in + 3

    assert (_kept(owner, "aanmelden"), _kept(owner, "inzage.gegevens")) == (0, 2)
    assert removals() == (
        Removal(_day(owner, "P6M", 1), "aanmelden", "6 mons", made_on, made_on, signed_in + 3),
    )  # fmt: skip
    said = owner.execute(
        "SELECT l.name, d.subject FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = 'archief.vernietigen'"
    ).fetchall()
    assert said == [(f"Regels van het logboek na hun termijn verwijderd: {signed_in + 3}", None)]
    assert actions.forget_lines() == 0


def test_each_activity_has_its_own_term(owner: psycopg.Connection) -> None:
    _write("bericht.bezorgen", 2)
    _write("inzage.gegevens", 3)
    _write("iit.aanvraag", 4)
    sequence_lines()
    first = _day(owner)
    gone = []
    for term in ("P1Y", "P5Y", "P10Y"):
        row = owner.execute("SELECT (%s + %s::interval)::date", (first, term)).fetchone()
        assert row is not None
        set_business_date(row[0])
        before = actions.forget_lines()
        set_business_date(date.fromordinal(row[0].toordinal() + 1))
        gone.append((before, actions.forget_lines()))

    assert gone == [(0, 2), (0, 3), (0, 4)]
    assert [(one.activity, one.lines) for one in removals()] == [
        ("bericht.bezorgen", 2), ("inzage.gegevens", 3), ("iit.aanvraag", 4),
    ]  # fmt: skip


def test_a_request_for_an_activity_that_nobody_published_has_the_term_of_the_log(owner: psycopg.Connection) -> None:
    person = a_person()
    with pytest.raises(AccessRefused):
        ask(Request("bestaat.niet", frozenset({"brp.naam"}), (person,), Actor("resident", str(person)), TODAY))
    sequence_lines()

    set_business_date(_day(owner, "P5Y"))
    actions.forget_lines()
    assert _kept(owner, "bestaat.niet") == 1
    set_business_date(_day(owner, "P5Y", 1))
    actions.forget_lines()

    assert _kept(owner, "bestaat.niet") == 0


def test_tree_checkpoints_proofs_and_counts_stay_as_they_were(owner: psycopg.Connection, tmp_path: Path) -> None:
    person, run = a_person(), uuid4()
    write_lines([NewLine("inzage.gegevens", person, run=run), NewLine("inzage.gegevens", a_person(), run=run)])
    _write("aanmelden", 2, person)
    _write("iit.aanvraag", 1, person)
    file = tmp_path / "key"
    new_key(file)
    sequence_lines()
    signed = sign_checkpoint("rietwaarden.example/logboek", file.read_bytes())
    leaves, uses, exported = tree_leaves(), _uses(), list(canonical())
    assert (count_lines(run).read, log_state().is_whole) == (2, True)
    total = count_lines(run).total

    set_business_date(_day(owner, "P5Y", 1))
    gone = actions.forget_lines()
    sequence_lines()

    assert gone == total - 1 and _kept(owner, "inzage.gegevens") == 0
    state = log_state()
    assert (state.is_whole, state.lines, state.in_tree) == (True, total + 1, total + 1)  # one line tells what went
    assert state.removed == gone
    assert tree_leaves()[: len(leaves)] == leaves and len(leaves) == signed.size
    assert (count_lines(run).read, list(canonical())) == (2, exported)
    assert _uses() == {**uses, "archief.vernietigen": 1}
    asked = Request("inzage.gebruik", frozenset({"logboek.regel"}), (person,), Actor("resident", str(person)), TODAY)
    (proof,) = take_evidence(ask(asked), signed).proofs
    assert json.loads(proof.canonical)["detail"]["activity"] == "iit.aanvraag"
    assert _own_lines(person) == ["inzage.gebruik", "inzage.gebruik", "iit.aanvraag"]
    left = owner.execute("SELECT count(*) FROM log.audit_actor a WHERE NOT EXISTS (SELECT FROM log.line l"
                         " WHERE l.trace_id = a.trace_id AND l.span_id = a.span_id)").fetchone()  # fmt: skip
    assert left == (0,)


def test_a_line_of_a_case_stays_while_the_case_is_kept_and_a_hold_keeps_both(owner: psycopg.Connection) -> None:
    case = a_no()
    _write("loket.meekijken", 1, case.persons[0], case=case.id)
    (linked,) = write_lines([NewLine("loket.meekijken", case.persons[0], "leidde tot een zaak")])
    link_lines([NewLink(linked, "case", case.id)])
    _write("loket.meekijken", 1, case.persons[0])
    set_business_date(IN_JULY)
    actions.appraise()
    actions.place_hold(case.number, MARIT, REASON, on=IN_JULY)
    sequence_lines()
    late = _day(owner, "P20Y")

    set_business_date(late)
    actions.forget_lines()
    assert _kept(owner, "loket.meekijken") == 2  # the one that names no case went
    actions.lift_hold(case.number, MARIT, REASON, on=late)
    executed(late)
    actions.forget_lines()

    assert _kept(owner, "loket.meekijken") == 0
    assert log_state().is_whole


def test_killed_between_two_parts_the_next_run_does_the_rest(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write("inzage.gegevens", 7)
    sequence_lines()
    set_business_date(_day(owner, "P5Y", 1))
    asked: list[object] = []
    real = call_gate

    def killed(statement: str, parameters: Any = ()) -> list[tuple[object, ...]]:
        asked.append(parameters)
        if len(asked) == 2:
            raise LogbookUnavailable(sqlstate="57P01")
        return real(statement, parameters)

    monkeypatch.setattr(forgetting, "call_gate", killed)
    with pytest.raises(LogbookUnavailable):
        actions.forget_lines(places=3)
    assert (_kept(owner, "inzage.gegevens"), log_state().is_whole) == (4, True)
    monkeypatch.setattr(forgetting, "call_gate", real)

    assert actions.forget_lines(places=3) == 4
    assert (_kept(owner, "inzage.gegevens"), sum(one.lines for one in removals())) == (0, 7)
    assert _uses()["inzage.gegevens"] == 7


def test_killed_inside_a_part_nothing_of_the_part_is_gone(owner: psycopg.Connection) -> None:
    _write("inzage.gegevens", 3)
    sequence_lines()
    set_business_date(_day(owner, "P5Y", 1))
    owner.execute("ALTER TABLE log.audit_actor RENAME TO away")
    try:
        with pytest.raises(LogbookUnavailable):
            actions.forget_lines()
    finally:
        owner.execute("ALTER TABLE log.away RENAME TO audit_actor")

    assert (_kept(owner, "inzage.gegevens"), removals(), log_state().is_whole) == (3, (), True)
    assert owner.execute("SELECT count(*) FROM log.removing").fetchone() == (0,)
    assert actions.forget_lines() == 3


def test_whoever_takes_away_more_than_was_listed_is_seen(owner: psycopg.Connection) -> None:
    _write("inzage.gegevens", 2)
    _write("iit.aanvraag", 1)
    sequence_lines()
    set_business_date(_day(owner, "P5Y", 1))
    actions.forget_lines()
    assert log_state().is_whole

    with owner.transaction():
        owner.execute("INSERT INTO log.removing VALUES (pg_current_xact_id())")
        owner.execute("INSERT INTO log.removed_leaf SELECT 2, id FROM log.removal")
        owner.execute("DELETE FROM log.detail WHERE activity = 'iit.aanvraag'")
        owner.execute("DELETE FROM log.line l USING log.tree_leaf t WHERE t.place = 2 AND t.span_id = l.span_id")
        owner.execute("DELETE FROM log.removing")

    state = log_state()
    assert len(state.lost) == 3 and not state.is_whole


def test_the_application_removes_no_line_by_itself(database: Any, owner: psycopg.Connection) -> None:
    _write("inzage.gegevens", 1)
    with psycopg.connect(database.application, autocommit=True) as application:
        for statement in (
            "DELETE FROM log.line",
            "INSERT INTO log.removing VALUES (pg_current_xact_id())",
            "SELECT log.remove_lines('{0}', 'inzage.gegevens', 'P5Y', '2040-01-01')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)
    for table in ("line", "detail", "audit_actor", "link"):
        if owner.execute(f"SELECT 1 FROM log.{table}").fetchone():  # noqa: S608 - names of this file
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
                owner.execute(f"DELETE FROM log.{table}")  # noqa: S608


def test_the_worker_does_it_once_a_day_and_the_command_lists_what_went(owner: psycopg.Connection) -> None:
    _write("inzage.gegevens", 3)
    sequence_lines()
    day = _day(owner, "P5Y", 1)
    set_business_date(day)

    with transaction.atomic():
        assert (actions.ask_daily(day), actions.ask_daily(day)) == (4, 0)
    drain(jobs.handlers(), until_empty=True)

    assert _kept(owner, "inzage.gegevens") == 0
    listed = CliRunner().invoke(logbook, ["removed"]).output
    assert listed.startswith(f"{day}  inzage.gegevens") and "3 lines of" in listed and "kept 5 years" in listed
    assert json.loads(CliRunner().invoke(logbook, ["removed", "--json"]).output)[0]["lines"] == 3


def test_a_job_does_some_parts_and_the_next_job_goes_on(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lease ends, and a log has any length."""
    _write("inzage.gegevens", 11)
    sequence_lines()
    day = _day(owner, "P5Y", 1)
    set_business_date(day)
    monkeypatch.setattr(jobs, "forget_some", lambda after: forgetting.forget_some(after, parts=2, places=2))
    with transaction.atomic():
        actions.ask_daily(day)

    drain(jobs.handlers(), until_empty=True)

    asked = owner.execute(
        "SELECT key, state FROM outbox_job WHERE topic = 'archive.forget_lines' ORDER BY id"
    ).fetchall()
    assert asked == [(str(day), "done"), (f"{day}:3", "done"), (f"{day}:7", "done"), (f"{day}:10", "done")]
    assert (_kept(owner, "inzage.gegevens"), sum(one.lines for one in removals())) == (0, 11)


def test_a_place_that_looks_like_a_citizen_service_number_stops_no_job() -> None:
    forgetting.go_on("2031-11-29", 999_993_653)
    forgetting.go_on("2031-11-29", 999_993_653)

    drain(jobs.handlers(), until_empty=True)

    assert models.Job.objects.filter(topic=forgetting.FORGET, state="done").count() == 1


def test_a_backup_that_is_put_back_loses_the_same_lines_again(owner: psycopg.Connection) -> None:
    _write("inzage.gegevens", 3)
    _write("iit.aanvraag", 1)
    sequence_lines()
    set_business_date(_day(owner, "P5Y", 1))
    tables = ("line", "detail", "link", "audit_actor", "removal", "removed_leaf", "tally", "tree_leaf")
    for table in tables:
        owner.execute(f"CREATE TEMP TABLE before_{table} AS TABLE log.{table}")
    first = (actions.forget_lines(), removals(), _uses())

    for table in reversed(tables):
        owner.execute(f"ALTER TABLE log.{table} DISABLE TRIGGER USER")
    owner.execute("TRUNCATE " + ", ".join(f"log.{table}" for table in tables))
    for table in tables:
        owner.execute(f"INSERT INTO log.{table} OVERRIDING SYSTEM VALUE TABLE before_{table}")
        owner.execute(f"ALTER TABLE log.{table} ENABLE TRIGGER USER")
    assert (_kept(owner, "inzage.gegevens"), log_state().is_whole) == (3, True)

    assert (actions.forget_lines(), removals(), _uses()) == first
    assert (_kept(owner, "inzage.gegevens"), _kept(owner, "iit.aanvraag"), log_state().is_whole) == (0, 1, True)
