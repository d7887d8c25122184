"""An objection: receipt with its days, completed later, withdrawn, never twice, never lost; text behind the gate."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import psycopg
import pytest

from tests.cases.builders import TODAY, at_the_same_moment, letters, lines, resident, rolled_back
from tests.cases.objecting import ANNA as FATMA
from tests.cases.objecting import BECAUSE, FULL, MAY_20, an_employee, an_objection, object_to, refused
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Request
from waardig.cases import models
from waardig.cases.actions import objecting
from waardig.cases.queries import case, events_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseKind, CaseState, CaseUnknown, EventKind, StepNotPossible
from waardig.cases.terms.objections import Channel, ObjectionText
from waardig.registers.queries import take_documents


def words_of_papers(found_case: object, person: object, kind: str) -> list[dict[str, object]]:
    ticket = ask(Request("bezwaar", frozenset({kind}), (person,), resident(person), TODAY, case=found_case))  # type: ignore[arg-type]
    ids = [paper.document for paper in reads.papers([found_case])]  # type: ignore[list-item]
    return [document.content for document in take_documents(ticket, ids).values()]


def test_an_objection_gets_a_receipt_with_its_last_day_and_another_official(
    db: None, owner: psycopg.Connection
) -> None:
    found = an_objection()

    known = case(found.case)
    assert (known.kind, known.state, known.decide_by) == (CaseKind.OBJECTION, CaseState.OPEN, date(2025, 8, 4))
    assert (found.is_timely, found.is_complete, found.repair_until) == (True, True, None)
    (receipt,) = letters(found.case)
    assert "Wij beslissen uiterlijk maandag 4 augustus 2025" in receipt
    assert "Niet wie het eerste besluit nam." in receipt
    assert known.number in receipt
    assert [event.kind for event in events_of(found.case)] == [EventKind.OBJECTED]
    assert lines(owner, found.person, "bezwaar")[0] == "allow"


def test_what_was_written_stands_behind_the_gate_and_nowhere_else(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(ObjectionText(reasons=BECAUSE, costs="Reiskosten"))

    assert words_of_papers(found.case, found.person, "cases.bezwaar") == [{"reasons": BECAUSE, "costs": "Reiskosten"}]
    dumped = owner.execute("SELECT string_agg(t::text, ' ') FROM cases_objection t").fetchone()
    assert dumped is not None
    assert "loon" not in dumped[0]
    with pytest.raises(AccessRefused):
        ask(Request("bezwaar", frozenset({"cases.bezwaar"}), (found.person,), resident(uuid4()), TODAY))


def test_an_objection_without_reasons_gets_two_weeks_and_the_term_waits(db: None) -> None:
    found = an_objection(ObjectionText(), on=date(2025, 6, 20))

    assert (found.asked_on, found.repair_until) == (date(2025, 6, 20), date(2025, 7, 4))
    (receipt,) = letters(found.case)
    assert "Stuur het uiterlijk vrijdag 4 juli 2025" in receipt

    text = ObjectionText(reasons=BECAUSE)
    after = objecting.complete_objection(found.case, text, actor=resident(found.person), on=date(2025, 7, 1))

    # asked before the term to decide began on 24 June: 24 June up to 1 July are seven days
    assert (after.is_complete, after.decide_by) == (True, date(2025, 8, 11))


def test_an_objection_that_came_too_late_is_taken_and_asked_about(db: None) -> None:
    found = an_objection(FULL, on=date(2025, 6, 30))

    assert (found.is_timely, found.is_complete, found.decide_by) == (False, False, date(2025, 8, 11))
    (receipt,) = letters(found.case)
    assert "Schrijf ons waarom het later kwam." in receipt


def test_a_letter_posted_in_time_is_in_time(db: None) -> None:
    about, decision = refused()
    given = {"actor": an_employee(FATMA), "channel": Channel.PAPER, "on": date(2025, 7, 2)}

    found = object_to(about, decision, **given, received_on=date(2025, 6, 30), posted_on=date(2025, 6, 23))  # type: ignore[arg-type]

    assert (found.is_timely, found.channel, found.received_on) == (True, Channel.PAPER, date(2025, 6, 30))


def test_objecting_twice_at_the_same_moment_gives_one(db: None) -> None:
    about, decision = refused()

    found = at_the_same_moment(*[lambda: object_to(about, decision, on=MAY_20)] * 3)

    assert len({one.case for one in found}) == 1  # type: ignore[attr-defined]
    assert models.Case.objects.filter(kind=CaseKind.OBJECTION.value).count() == 1
    assert len(letters(found[0].case)) == 1  # type: ignore[attr-defined]


def test_a_killed_objection_leaves_nothing(db: None, owner: psycopg.Connection) -> None:
    about, decision = refused()

    with rolled_back():
        object_to(about, decision, on=MAY_20)

    assert models.Objection.objects.count() == 0
    assert owner.execute("SELECT count(*) FROM cases_paper").fetchone() == (0,)
    assert object_to(about, decision, on=MAY_20).number == "RW 2025 0002"


def test_nobody_objects_for_somebody_else_or_to_a_decision_on_objection(db: None) -> None:
    about, decision = refused()

    with pytest.raises(CaseUnknown):
        objecting.object_to(decision.id, about.applicant, FULL, actor=resident(uuid4()), on=MAY_20)
    with pytest.raises(CaseUnknown):
        objecting.object_to(uuid4(), about.applicant, FULL, actor=resident(about.applicant), on=MAY_20)
    assert models.Objection.objects.count() == 0


def test_a_withdrawn_objection_ends_and_a_new_one_is_possible(db: None) -> None:
    about, decision = refused()
    first = object_to(about, decision, on=MAY_20)

    objecting.withdraw_objection(first.case, actor=resident(first.person), on=MAY_20)

    assert case(first.case).state is CaseState.WITHDRAWN
    assert "Dat kan tot en met maandag 23 juni 2025" in letters(first.case)[-1]
    with pytest.raises(StepNotPossible):
        objecting.complete_objection(first.case, FULL, actor=resident(first.person), on=MAY_20)
    assert object_to(about, decision, on=MAY_20).case != first.case


def test_a_day_that_cannot_be_is_refused(db: None) -> None:
    about, decision = refused()

    for wrong in (
        {"received_on": date(2025, 5, 11)},
        {"received_on": date(2025, 5, 21)},
        {"posted_on": date(2025, 5, 21)},
    ):
        with pytest.raises(StepNotPossible):
            object_to(about, decision, on=MAY_20, **wrong)
    assert models.Objection.objects.count() == 0
