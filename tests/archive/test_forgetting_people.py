"""Who is known in the registers goes when nothing about them is left, and not before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.cases.builders import TODAY, a_proposal
from waardig.access.actions import opt_out, set_business_date
from waardig.access.terms import Actor
from waardig.archive import actions, jobs, queries
from waardig.archive.cli import archive
from waardig.contact.models import Child
from waardig.inbox.models import Display, Preference
from waardig.mandates.models import Mandate
from waardig.outbox.actions import drain
from waardig.proposals.models import Run, RunItem
from waardig.registers.actions import enrol_persons, persons_for_bsns, store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")
NUMBER = "999993653"
WHY = "SELECT why FROM public.archive_person_keepers(ARRAY[%s::uuid])"
ABOUT_NOBODY = {"archive_line.subject"}
"""Columns that are named as those of a person and hold another id."""


def somebody(owner: psycopg.Connection, number: str | None = None) -> UUID:
    """Enrolled two days ago, of whom nothing else is known: the line of enrolling is past its term."""
    person = uuid4()
    enrol_persons([(person, number)])
    owner.execute("UPDATE reg.person SET enrolled_at = now() - interval '2 days' WHERE person = %s", (person,))
    without_lines(owner)
    return person


def without_lines(owner: psycopg.Connection) -> None:
    """As after many years: the lines of the log went after their term."""
    with owner.transaction():
        owner.execute("INSERT INTO log.removing (made_in) VALUES (pg_current_xact_id())")
        for table in ("link", "audit_actor", "detail", "line"):
            owner.execute(f"DELETE FROM log.{table}")  # noqa: S608
        owner.execute("DELETE FROM log.removing")


def known(owner: psycopg.Connection, person: UUID) -> bool:
    return bool(owner.execute("SELECT FROM reg.person WHERE person = %s", (person,)).fetchall())


def why(owner: psycopg.Connection, person: UUID) -> list[str]:
    return sorted(reason for (reason,) in owner.execute(WHY, (person,)).fetchall())


def test_whom_nothing_is_left_of_goes_with_a_line_and_a_count(owner: psycopg.Connection) -> None:
    person = somebody(owner, NUMBER)
    Preference.objects.create(person=person, message_type="*", version=1, channel="paper", set_on=TODAY, where="web")
    Display.objects.create(person=person, set_on=TODAY, where="web")

    assert queries.people_left() == 1 and known(owner, person)
    assert actions.forget_people() == 1

    assert not known(owner, person) and why(owner, person) == ["log"]
    assert (Preference.objects.count(), Display.objects.count()) == (0, 0)
    (went,) = queries.fact_removals()
    assert (went.attribute, went.starts, went.facts) == ("person", "nothing_left", 1)
    said = owner.execute(
        "SELECT l.name, d.attributes FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = 'registers.vergeten' AND d.subject = log.pseudonym(%s)",
        (person,),
    ).fetchall()
    assert said == [("Niet meer bekend: van deze inwoner was niets meer over", [])]
    assert actions.forget_people() == 0


def test_who_comes_back_is_known_anew(owner: psycopg.Connection) -> None:
    person = somebody(owner, NUMBER)
    actions.forget_people()

    enrol_persons([(uuid4(), NUMBER)])

    (again,) = persons_for_bsns([NUMBER]).values()
    assert again != person and known(owner, again)


def test_who_was_enrolled_today_stays_for_what_may_follow(owner: psycopg.Connection) -> None:
    person = uuid4()
    enrol_persons([(person, None)])
    without_lines(owner)

    assert (queries.people_left(), actions.forget_people(), known(owner, person)) == (0, 0, True)


def _fact(person: UUID, _other: UUID) -> None:
    store_facts([NewFact(person, "brp.in_onderzoek", False, date(2020, 1, 1))])


def _named(person: UUID, other: UUID) -> None:
    store_facts([NewFact(other, "uitkeringen.partner", {"person": str(person)}, date(2020, 1, 1))])


def _no(person: UUID, _other: UUID) -> None:
    with transaction.atomic():
        opt_out(person, "*", Actor("resident", str(person)), TODAY)


def _mandate(person: UUID, other: UUID) -> None:
    Mandate.objects.create(
        principal=other, helper=person, themes=[], action="view", months=1, origin="web", code_until=TODAY,
        invited_on=TODAY,
    )  # fmt: skip


def _parent(person: UUID, other: UUID) -> None:
    Child.objects.create(child=other, parent=person, turns_on=TODAY)


def _round(person: UUID, _other: UUID) -> None:
    moment = "2025-01-01T00:00:00Z"
    run = Run.objects.create(id=uuid4(), service="proef", as_of=TODAY, rule_set="", started_at=moment, known_at=moment)
    RunItem.objects.create(run=run, person=person, outcome="not_entitled")


KEEPERS: dict[str, Callable[[UUID, UUID], None]] = {
    "fact": _fact, "named": _named, "no": _no, "mandate": _mandate, "parent": _parent, "round": _round,
}  # fmt: skip


@pytest.mark.parametrize("reason", KEEPERS)
def test_what_is_kept_about_somebody_keeps_them(owner: psycopg.Connection, reason: str) -> None:
    person, other = somebody(owner), somebody(owner)
    KEEPERS[reason](person, other)
    without_lines(owner)

    assert why(owner, person) == [reason]
    actions.forget_people()
    assert known(owner, person)


def test_a_case_keeps_everybody_in_it(owner: psycopg.Connection) -> None:
    set_business_date(TODAY)
    first, second = somebody(owner), somebody(owner)
    a_proposal(first, second)
    without_lines(owner)

    assert "case" in why(owner, first) and "case" in why(owner, second)
    actions.forget_people()
    assert known(owner, first) and known(owner, second)


def test_every_table_that_names_a_person_is_looked_at(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'reg', 'gate') AND a.atttypid = 'uuid'::regtype"
        " AND a.attname = ANY ('{person,recipient,about,principal,helper,child,parent,subject,applicant,resident}')"
    ).fetchall()
    ((looked,),) = owner.execute(
        "SELECT pg_get_functiondef('public.archive_person_keepers(uuid[])'::regprocedure)"
        " || pg_get_functiondef('gate.forget_people(uuid,integer,jsonb)'::regprocedure)"
    ).fetchall()

    found = {name for (name,) in rows} - ABOUT_NOBODY
    assert len(found) >= 15
    a_memory_of_a_run = {"selected.person"}
    assert {one for one in found if one.split(".")[0] not in looked} <= a_memory_of_a_run


def test_the_worker_does_it_every_day_and_a_dry_run_removes_nothing(owner: psycopg.Connection) -> None:
    person = somebody(owner)

    said = CliRunner().invoke(archive, ["facts", "--dry-run", "--json"])
    assert json.loads(said.output)["people"] == 1 and known(owner, person)
    with transaction.atomic():
        actions.ask_daily(TODAY)
    drain(jobs.handlers(), until_empty=True)

    assert not known(owner, person)


def test_the_application_cannot_remove_anybody(owner: psycopg.Connection) -> None:
    from django.db import ProgrammingError, connection

    person = somebody(owner)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reg.person WHERE person = %s", [person])
    assert known(owner, person)
