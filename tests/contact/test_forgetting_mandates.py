"""Ended mandates, messages without a case and their proof of delivery go the day after their term; what runs stays."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.conftest import TODAY
from tests.contact.test_notices import pair, work
from tests.inbox.builders import a_message, a_resident, send
from waardig.access.actions import set_business_date
from waardig.access.terms import Actor
from waardig.contact import actions as contact
from waardig.inbox import jobs as inbox_jobs
from waardig.inbox import queries as inbox
from waardig.inbox.queries import delivery_counts, sender
from waardig.logbook.terms import LogbookUnavailable
from waardig.mandates.actions import end, invite
from waardig.mandates.queries import ended_counts, one
from waardig.mandates.terms import Action, Mandate
from waardig.outbox.actions import drain

pytestmark = pytest.mark.usefixtures("db")
FIVE_YEARS, SIXTH = date(2030, 4, 28), date(2030, 4, 29)
"""The last day of five years after 28 April 2025, and the day on which it goes."""
A_YEAR, DAY_AFTER = date(2026, 4, 28), date(2026, 4, 29)


def ended() -> Mandate:
    mandate = pair()
    return end(mandate.id, actor=Actor("resident", str(mandate.principal)), by=mandate.principal, on=TODAY)


def delivered() -> None:
    assert drain(inbox_jobs.handlers(sender), until_empty=True).failed == 0


def _count(owner: psycopg.Connection, table: str, where: str = "true") -> int:
    row = owner.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()  # noqa: S608
    return int(row[0]) if row else -1


def _said(owner: psycopg.Connection, name: str) -> int:
    return _count(owner, "log.line", f"name = '{name}'")


def _rows(owner: psycopg.Connection) -> tuple[int, ...]:
    """Messages, deliveries, letters, steps, texts."""
    return tuple(
        _count(owner, table)
        for table in ("inbox_message", "inbox_delivery", "inbox_letter", "inbox_message_event", "reg.document")
    )


def test_a_mandate_goes_on_the_day_after_five_years_and_how_many_ended_stays(owner: psycopg.Connection) -> None:
    gone, running = ended(), pair()
    asked = invite(
        running.principal, themes=["geld"], action=Action.VIEW, months=12,
        actor=Actor("resident", str(running.principal)), on=TODAY,
    )  # fmt: skip
    before = ended_counts()
    assert before == {(2025, "ended", "principal"): 1}

    set_business_date(FIVE_YEARS)
    assert contact.forget_mandates() == 0
    set_business_date(SIXTH)
    assert contact.forget_mandates() == 1

    assert one(gone.id) is None and one(running.id) is not None and one(asked.mandate.id) is not None
    assert (_count(owner, "mandates_event", f"mandate_id = '{gone.id}'"), ended_counts()) == (0, before)
    assert _count(owner, "outbox_job j", f"j::text LIKE '%{gone.id}%'") == 0
    assert _said(owner, "Oude machtiging verwijderd") == 2  # who gave it, and the helper
    assert contact.forget_mandates() == 0


def test_killed_halfway_no_mandate_of_the_part_is_gone(owner: psycopg.Connection) -> None:
    gone = ended()
    set_business_date(SIXTH)
    owner.execute("ALTER TABLE log.line RENAME TO away")
    try:
        with pytest.raises(LogbookUnavailable):
            contact.forget_mandates()
    finally:
        owner.execute("ALTER TABLE log.away RENAME TO line")

    assert one(gone.id) is not None and ended_counts() == {(2025, "ended", "principal"): 1}
    assert _count(owner, "mandates_tally") == 0
    assert contact.forget_mandates() == 1


def test_proof_of_delivery_goes_after_a_year_and_the_message_stays_readable(owner: psycopg.Connection) -> None:
    mandate = pair()
    work()
    delivered()
    set_business_date(A_YEAR)
    messages = inbox.messages_for(mandate.principal).messages
    texts, counts = _rows(owner), delivery_counts()
    proofs = _count(owner, "inbox_delivery")
    letters = _count(owner, "inbox_letter")
    assert letters >= 1

    assert inbox_jobs.forget() == (0, 0)
    assert _rows(owner) == texts
    set_business_date(DAY_AFTER)
    assert inbox_jobs.forget(part=1) == (proofs, 0)

    assert _rows(owner) == (texts[0], texts[1], 0, _count(owner, "inbox_message_event", "delivery_id IS NULL"),
                            texts[4] - letters)  # fmt: skip
    assert delivery_counts() == counts
    assert [one.id for one in inbox.messages_for(mandate.principal).messages] == [one.id for one in messages]
    assert _said(owner, "Oud bewijs van bezorging verwijderd") == proofs
    tally = owner.execute("SELECT sum(count) FROM inbox_tally WHERE name = 'proof'").fetchone()
    assert tally == (proofs,)
    assert inbox_jobs.forget() == (0, 0)


def test_a_message_goes_after_the_term_of_its_activity_with_its_text_and_jobs(owner: psycopg.Connection) -> None:
    pair()
    work()
    delivered()
    sent, counts = _count(owner, "inbox_message"), delivery_counts()
    assert sent >= 2

    set_business_date(FIVE_YEARS)
    assert inbox_jobs.forget()[1] == 0
    set_business_date(SIXTH)
    assert inbox_jobs.forget()[1] == sent

    assert _rows(owner) == (0, 0, 0, 0, 0)
    assert delivery_counts() == counts
    assert _said(owner, "Oud bericht verwijderd") == sent
    tally = owner.execute("SELECT sum(count) FROM inbox_tally WHERE name = 'message'").fetchone()
    assert tally == (sent,)


def test_what_belongs_to_a_case_or_waits_to_be_delivered_stays(owner: psycopg.Connection) -> None:
    of_a_case, waits = a_resident(), a_resident(no_address=True)
    send(a_message(of_a_case, case=uuid4(), activity="machtiging.beheren"))
    send(a_message(waits, activity="machtiging.beheren"))
    delivered()
    assert _count(owner, "inbox_delivery", "state = 'held'") == 1
    before = _rows(owner)

    set_business_date(date(2060, 1, 1))
    assert inbox_jobs.forget() == (0, 0)

    assert _rows(owner) == before


def test_killed_halfway_no_message_of_the_part_is_gone(owner: psycopg.Connection) -> None:
    pair()
    work()
    delivered()
    before, sent = _rows(owner), _count(owner, "inbox_message")
    set_business_date(SIXTH)
    owner.execute("ALTER TABLE log.line RENAME TO away")
    try:
        with pytest.raises(LogbookUnavailable):
            inbox_jobs.forget()
    finally:
        owner.execute("ALTER TABLE log.away RENAME TO line")

    assert (_rows(owner), _count(owner, "gate.destruction")) == (before, 0)
    assert inbox_jobs.forget()[1] == sent


def test_the_application_removes_no_mandate_and_no_proof_by_itself(database: Any) -> None:
    with psycopg.connect(database.application, autocommit=True) as application:
        for table in ("mandates_mandate", "mandates_event", "mandates_tally", "inbox_message_event", "inbox_letter"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(f"DELETE FROM {table}")  # noqa: S608


def test_the_worker_does_it_once_a_day(owner: psycopg.Connection) -> None:
    from django.db import transaction

    from waardig.contact import jobs as contact_jobs

    gone: UUID = ended().id
    work()
    delivered()
    set_business_date(SIXTH)
    with transaction.atomic():
        assert (inbox_jobs.forget_daily(SIXTH), inbox_jobs.forget_daily(SIXTH)) == (1, 0)
        assert contact_jobs.keep_daily(SIXTH) == 2
    work()
    delivered()

    assert (one(gone), _count(owner, "inbox_message")) == (None, 0)
