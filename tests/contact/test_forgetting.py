"""What a request to a human and an opt-out leave behind goes the day after its term; what runs and counts stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from tests.conftest import TODAY
from tests.desk.builders import somebody_with_a_number
from waardig.access import actions as access
from waardig.access.actions import set_business_date
from waardig.access.queries import opt_outs
from waardig.access.terms import Actor
from waardig.accountability.queries import canonical
from waardig.contact import actions, jobs, models
from waardig.contact import queries as contact
from waardig.contact.terms import Kind, Outcome, When
from waardig.inbox import queries as inbox
from waardig.logbook.terms import LogbookUnavailable
from waardig.outbox.actions import drain
from waardig.shell import wiring

pytestmark = pytest.mark.usefixtures("db")
FATMA = Actor("employee", "f.yildiz", "loket")
ANSWER = "Wij keken of uw inkomen onder de grens bleef."
LAST_DAY, DAY_AFTER = date(2026, 4, 28), date(2026, 4, 29)
"""A year after somebody was helped on 28 April 2025, and the day on which it goes."""


def _requests(vos: UUID) -> tuple[UUID, UUID, UUID]:
    """A call, a question with its answer and a note, all ended today."""
    his = Actor("resident", str(vos))
    call = actions.ask_call_back(vos, phone="0600000123", when=When.ANY, actor=his, on=TODAY)
    actions.close_call_back(call.id, reached=True, actor=FATMA, on=TODAY)
    asked = actions.ask_question(vos, line="0123456789abcdef", question="Waarom keek u?", actor=his, on=TODAY)
    actions.answer_question(asked.id, answer=ANSWER, actor=FATMA, on=TODAY)
    note = actions.write_note(vos, text="U brengt maandag uw huurcontract mee.", actor=FATMA, on=TODAY)
    return call.id, asked.id, note.id


def _counted() -> list[dict[str, Any]]:
    return [one for one in canonical() if one["kind"] == "contact"]


def _texts(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT count(*) FROM reg.document WHERE kind = 'contact.verzoek'").fetchone()
    return int(row[0]) if row else -1


def _said(owner: psycopg.Connection, activity: str, name: str) -> int:
    row = owner.execute(
        "SELECT count(*) FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " WHERE d.activity = %s AND l.name = %s",
        (activity, name),
    ).fetchone()
    return int(row[0]) if row else -1


def test_requests_go_on_the_day_after_their_year_with_words_answer_and_message(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    ids = _requests(vos)
    before = _counted()
    assert (_texts(owner), len(inbox.messages_for(vos).messages)) == (4, 1)

    assert actions.forget(_on(LAST_DAY)) == 0
    assert (_texts(owner), len(contact.requests_of(vos))) == (4, 3)
    assert actions.forget(_on(DAY_AFTER)) == 3

    assert (_texts(owner), contact.requests_of(vos), inbox.messages_for(vos).messages) == (0, (), ())
    assert _counted() == before == [
        {"kind": "contact", "year": 2025, "request": kind, "outcome": outcome, "count": 1}
        for kind, outcome in (("call_back", "reached"), ("note", "agreed"), ("question", "answered"))
    ]  # fmt: skip
    assert _said(owner, "contact.verzoek", "Oud verzoek verwijderd") == 3
    left = owner.execute(
        "SELECT count(*) FROM outbox_job j WHERE j::text LIKE ANY (%s)", ([f"%{one}%" for one in ids],)
    )
    assert left.fetchone() == (0,)
    assert actions.forget(DAY_AFTER) == 0
    assert owner.execute("SELECT count(*) FROM gate.destruction").fetchone() == (0,)


def test_a_request_that_still_waits_is_never_removed(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    actions.ask_call_back(vos, phone="0600000123", when=When.ANY, actor=Actor("resident", str(vos)), on=TODAY)

    assert actions.forget(_on(date(2035, 1, 1))) == 0

    (waits,) = contact.requests_of(vos)
    assert (waits.kind, waits.outcome, _texts(owner)) == (Kind.CALL_BACK, Outcome.OPEN, 1)


def test_a_new_request_of_the_year_gets_a_new_number_after_old_ones_went() -> None:
    vos = somebody_with_a_number()
    _requests(vos)
    actions.forget(_on(DAY_AFTER))

    made = actions.write_note(vos, text="U belt volgende week.", actor=FATMA, on=DAY_AFTER)

    assert made.number.endswith("2026 0001")


def test_a_child_is_forgotten_when_nobody_has_to_hear_anything_any_more() -> None:
    child, parent = UUID(int=1), UUID(int=2)
    actions.note_child(child, parent, TODAY)

    actions.forget(TODAY + timedelta(days=30))
    assert models.Child.objects.count() == 1
    actions.forget(TODAY + timedelta(days=31))

    assert models.Child.objects.count() == 0


def test_an_opt_out_goes_five_years_after_it_ended_and_stays_while_it_is_in_force(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    his = Actor("resident", str(vos))
    access.opt_out(vos, "*", his, TODAY)
    access.opt_out(vos, "meedoenregeling", his, TODAY)
    access.opt_in(vos, "meedoenregeling", his, date(2025, 5, 2))  # its last day is 1 May

    set_business_date(date(2030, 5, 1))
    assert access.forget_opt_outs() == 0
    set_business_date(date(2030, 5, 2))
    assert access.forget_opt_outs() == 1

    assert [(one.subject, one.until) for one in opt_outs(vos)] == [("*", None)]
    assert _said(owner, "afmelden", "Oude afmelding verwijderd: meedoenregeling") == 1
    set_business_date(date(2100, 1, 1))
    assert access.forget_opt_outs() == 0


def test_the_application_removes_no_opt_out_and_no_words_by_itself(database: Any) -> None:
    vos = somebody_with_a_number()
    _requests(vos)
    with psycopg.connect(database.application, autocommit=True) as application:
        for statement in (
            "DELETE FROM gate.opt_out",
            "DELETE FROM reg.document",
            "SELECT pol.retention_of('afmelden')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)


def test_the_worker_does_it_once_a_day(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    _requests(vos)
    _on(DAY_AFTER)

    with transaction.atomic():
        assert jobs.keep_daily(DAY_AFTER) == 2
        assert jobs.keep_daily(DAY_AFTER) == 0
    drain(wiring.handlers(), until_empty=True)

    assert (contact.requests_of(vos), _texts(owner)) == ((), 0)


def test_killed_halfway_nothing_of_the_part_is_gone(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    _requests(vos)
    _on(DAY_AFTER)
    owner.execute("ALTER TABLE log.line RENAME TO away")
    try:
        with pytest.raises(LogbookUnavailable):
            actions.forget(DAY_AFTER)
    finally:
        owner.execute("ALTER TABLE log.away RENAME TO line")

    assert (_texts(owner), len(contact.requests_of(vos))) == (4, 3)
    assert _counted()[0]["count"] == 1
    assert actions.forget(DAY_AFTER) == 3


def _on(day: date) -> date:
    set_business_date(day)
    return day
