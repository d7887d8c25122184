"""What is due goes from a list that two officials checked; nothing of the case stays but its line and the counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest

from tests.archive.builders import (
    DAAN,
    IN_JULY,
    LONG_AFTER,
    MARIT,
    MAY_12,
    REASON,
    a_no,
    approved,
    executed,
    ids_of,
    listed,
    said_of,
    work,
)
from tests.cases.builders import (
    TODAY,
    a_declaration,
    a_resident,
    an_assessed,
    by_hand,
    choose_english,
    decide,
    lines,
    resident,
)
from tests.payments.builders import JOOST, NADIA, a_grant, pain002, take_in
from tests.payments.builders import work as work_payments
from waardig.access.actions import set_business_date
from waardig.access.terms import Actor
from waardig.accountability.queries import canonical
from waardig.archive import actions, models, queries
from waardig.archive.core.listing import control
from waardig.archive.terms import (
    ApprovedByMaker,
    DestructionListChanged,
    Gone,
    Hold,
    HoldNotPossible,
    LineState,
    ListState,
    NotADraft,
    NotARecordKeeper,
    NothingDue,
    ReasonMissing,
)
from waardig.cases import actions as cases
from waardig.cases.queries import case as case_of
from waardig.cases.terms import CaseUnknown
from waardig.inbox import queries as inbox
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import GateRefused, LogbookUnavailable
from waardig.payments import actions as paying
from waardig.payments import queries as payments

STAYS = {"public.archive_line", "log.detail", "log.link", "log.line"}
"""Where the case may still be named: the record of its destruction and the lines of the log."""


def refused() -> UUID:
    return decide(by_hand()).case


def paid() -> UUID:
    granted = a_grant()
    work_payments()
    made = paying.make_list(NADIA, on=MAY_12).list
    assert made
    paying.release(made.id, JOOST, on=MAY_12)
    (line,) = payments.lines_of(made.id)
    take_in(pain002((line.order.number, "ACSC", "")))
    return granted.case


def declined() -> UUID:
    return a_no().id


@pytest.mark.parametrize(
    ("ends", "ending", "result", "term"),
    [
        (declined, "declined", "8.4.1", "P42D"),
        (refused, "refused", "8.2", "P5Y"),
        (paid, "granted", "8.1", "P10Y"),
    ],
)
def test_nothing_of_a_case_is_left_but_its_line_and_the_log(
    db: None, owner: psycopg.Connection, ends: Callable[[], UUID], ending: str, result: str, term: str
) -> None:
    case = ends()
    people, number = case_of(case).persons, case_of(case).number
    tokens = [*ids_of(owner, case), number]
    assert set(said_of(owner, *tokens)) >= {"public.cases_case", "public.cases_event", "reg.document"} - (
        {"reg.document"} if ends is declined else set()
    )
    before = {person: owner.execute("SELECT count(*) FROM log.line").fetchone() for person in people}

    made, found = executed(LONG_AFTER)

    assert made.state is ListState.EXECUTED
    assert [(one.number, one.ending, one.result, one.term, one.state) for one in found] == [
        (number, ending, result, term, LineState.DESTROYED)
    ]
    left = said_of(owner, *tokens)
    assert set(left) - {"reg.fact"} <= STAYS
    facts = owner.execute("SELECT DISTINCT attribute FROM reg.fact WHERE source LIKE %s", (f"%{number}",)).fetchall()
    assert facts == ([("uitkeringen.laatste_iit",)] if ends is paid else [])
    with pytest.raises(CaseUnknown):
        case_of(case)
    assert queries.destroyed_on([case]) == {case: Gone(LONG_AFTER, made.number)}
    for person in people:
        assert lines(owner, person, "archief.vernietigen") == ["allow"]
        assert owner.execute("SELECT count(*) FROM log.line").fetchone() > before[person]  # type: ignore[operator]
    assert call_gate("SELECT * FROM gate.verify_log()") == []
    assert list(canonical()) == list(canonical())


def test_of_a_message_in_two_languages_neither_text_nor_fingerprint_is_left(
    db: None, owner: psycopg.Connection
) -> None:
    person = a_resident().person
    choose_english(person)
    case = decide(an_assessed(person, declaration=a_declaration(something_wrong="x"))).case
    (receipt,) = [one for one in inbox.messages_of_case(case).messages if one.has_english]
    texts = ["We have your application", "Wij hebben uw aanvraag"]
    prints = [receipt.english_sha256, receipt.content_sha256]
    assert [set(said_of(owner, one)) for one in texts] == [{"reg.document"}] * 2
    assert [set(said_of(owner, one)) for one in prints] == [{"public.inbox_message"}] * 2
    (entry,) = [one for one in canonical() if one["kind"] == "message" and "english_sha256" in one]
    assert [entry["english_sha256"], entry["content_sha256"], entry["language"]] == [*prints, "nl"]

    executed(LONG_AFTER)

    assert [said_of(owner, one) for one in (*texts, *prints)] == [{}] * 4
    assert [one for one in canonical() if one["kind"] == "message"] == []
    assert inbox.wanting_english([person]) == {person}, "the choice is of the person and not of the case"


def test_what_a_list_paid_still_agrees_after_its_case_is_gone(db: None) -> None:
    paid()
    before = [(one.ordered, one.paid, one.rejected, one.waiting, one.agrees) for one in payments.reconciliation()]
    assert before[0][4]

    executed(LONG_AFTER)

    after = [(one.ordered, one.paid, one.rejected, one.waiting, one.agrees) for one in payments.reconciliation()]
    assert after == before
    assert payments.lines_of(payments.lists()[0][0].id) == ()


def test_what_messages_counted_for_is_the_same_after_they_are_gone(db: None) -> None:
    refused()
    before = inbox.delivery_counts()
    assert sum(before.values()) == 2

    _, (line,) = executed(LONG_AFTER)

    assert inbox.delivery_counts() == before
    assert line.parts["messages"] == 2


def test_the_control_total_of_a_list_is_that_of_its_lines(db: None, owner: psycopg.Connection) -> None:
    a_no()
    a_no()
    made = listed()

    assert (made.number, made.state, made.lines, made.items) == ("RW-2025-V0001", ListState.DRAFT, 2, 2)
    assert control(queries.lines_of(made.id)).sha256 == made.sha256
    with pytest.raises(psycopg.errors.CheckViolation, match="control total"):
        owner.execute(
            "UPDATE archive_list SET state = 'approved', approved_by = 'd.smits', approved_on = now(),"
            " approved_at = now(), sha256 = repeat('0', 64)"
        )


def test_who_made_a_list_does_not_approve_it_and_the_database_says_so_too(db: None, owner: psycopg.Connection) -> None:
    case = a_no()
    made = listed()

    with pytest.raises(ApprovedByMaker):
        actions.approve(made.id, MARIT, on=IN_JULY, shown=made.sha256)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(
            "UPDATE archive_list SET state = 'approved', approved_by = made_by, approved_on = now(),"
            " approved_at = now()"
        )

    work()
    assert queries.list_of(made.id) == made
    assert case_of(case.id).number == case.number


def test_a_list_that_changed_after_it_was_seen_is_not_approved(db: None) -> None:
    a_no()
    a_no()
    seen = listed()
    actions.remove_line(seen.id, 2, MARIT, REASON, on=IN_JULY)

    with pytest.raises(DestructionListChanged):
        actions.approve(seen.id, DAAN, on=IN_JULY, shown=seen.sha256)

    assert queries.list_of(seen.id).state is ListState.DRAFT


def test_a_line_that_is_taken_off_stays_with_its_reason_and_is_not_destroyed(db: None) -> None:
    first, second = a_no(), a_no()
    made = listed()
    now = actions.remove_line(made.id, 1, MARIT, REASON, on=IN_JULY)
    actions.approve(made.id, DAAN, on=IN_JULY, shown=now.sha256[:12])
    work()

    kept, gone = queries.lines_of(made.id)
    assert (kept.state, kept.reason, kept.changed_by) == (LineState.REMOVED, REASON, MARIT)
    assert gone.state is LineState.DESTROYED
    assert case_of(first.id).number == first.number
    assert queries.destroyed_on([first.id, second.id]) == {second.id: Gone(IN_JULY, made.number)}
    again = actions.make_list(DAAN, on=IN_JULY)
    assert [one.number for one in queries.lines_of(again.id)] == [first.number]


@pytest.mark.parametrize("reason", ["", "   ", "te kort"])
def test_a_reason_is_asked(db: None, reason: str) -> None:
    case = a_no()
    made = listed()

    for act in (
        lambda: actions.remove_line(made.id, 1, MARIT, reason, on=IN_JULY),
        lambda: actions.withdraw(made.id, MARIT, reason, on=IN_JULY),
        lambda: actions.place_hold(case.number, MARIT, reason, on=IN_JULY),
    ):
        with pytest.raises(ReasonMissing):
            act()

    assert queries.list_of(made.id) == made
    assert queries.placed_holds() == ()


def test_only_a_record_keeper_does_any_of_this(db: None) -> None:
    a_no()
    set_business_date(IN_JULY)
    actions.appraise()

    for official in ("w.degraaf", "nobody"):
        with pytest.raises(NotARecordKeeper):
            actions.make_list(official, on=IN_JULY)

    assert queries.lists() == ((), 0)


def test_what_is_held_is_not_listed_and_what_is_held_later_is_skipped(db: None) -> None:
    held, later = a_no(), a_no()
    actions.place_hold(held.number, MARIT, REASON, on=TODAY)
    made = approved()
    actions.place_hold(later.number, DAAN, REASON, on=IN_JULY)

    work()

    (line,) = queries.lines_of(made.id)
    assert (line.number, line.state, line.reason) == (later.number, LineState.SKIPPED, "asked_for")
    assert queries.list_of(made.id).state is ListState.EXECUTED
    assert case_of(later.id).number == later.number
    with pytest.raises(HoldNotPossible):
        actions.place_hold(held.number, DAAN, "Een andere reden dan eerst", on=IN_JULY)
    actions.lift_hold(held.number, DAAN, REASON, on=IN_JULY)
    assert [one.number for one in queries.lines_of(actions.make_list(DAAN, on=IN_JULY).id)] == [held.number]


def test_a_case_that_runs_again_is_skipped(db: None) -> None:
    from tests.cases.builders import a_declaration

    case = a_no()
    made = approved()
    cases.apply(case.id, a_declaration(), actor=resident(case.applicant), on=IN_JULY)
    actions.appraise()

    work()

    (line,) = queries.lines_of(made.id)
    assert (line.state, line.reason) == (LineState.SKIPPED, "not_as_listed")
    assert case_of(case.id).number == case.number


def test_what_is_not_due_is_on_no_list_and_no_door_opens_for_it(db: None) -> None:
    a_no()
    set_business_date(date(2025, 6, 9))
    actions.appraise()
    with pytest.raises(NothingDue):
        actions.make_list(MARIT, on=date(2025, 6, 9))

    assert models.DestructionList.objects.count() == 0
    assert queries.due(date(2025, 6, 10))[0].holds == ()


def test_the_door_opens_only_for_a_line_of_a_committed_approved_list(db: None) -> None:
    case = a_no()
    made = listed()
    (line,) = queries.lines_of(made.id)

    with pytest.raises(GateRefused) as refusal:
        call_gate("SELECT gate.destroy_case(%s)", [line.id])
    assert refusal.value.code == "not_on_an_approved_list"

    actions.approve(made.id, DAAN, on=IN_JULY, shown=made.sha256)
    set_business_date(TODAY)  # the day of the list is not there yet
    with pytest.raises(GateRefused):
        call_gate("SELECT gate.destroy_case(%s)", [line.id])
    assert case_of(case.id).number == case.number


def test_approving_and_destroying_in_one_transaction_is_refused(db: None) -> None:
    from django.db import transaction

    case = a_no()
    made = listed()
    (line,) = queries.lines_of(made.id)

    with pytest.raises(GateRefused), transaction.atomic():
        actions.approve(made.id, DAAN, on=IN_JULY, shown=made.sha256)
        call_gate("SELECT gate.destroy_case(%s)", [line.id])

    assert case_of(case.id).number == case.number


def test_the_application_deletes_nothing_itself(db: None, owner: psycopg.Connection) -> None:
    from django.db import ProgrammingError, connection, transaction

    refused()
    approved(LONG_AFTER)
    for table in (
        "cases_case", "cases_party", "cases_event", "cases_decision", "inbox_message", "inbox_delivery",
        "inbox_message_event", "payments_order", "proposals_run_item", "archive_line", "archive_list",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
            c.execute("DELETE FROM " + table)  # noqa: S608 - names of this test
    with pytest.raises(LogbookUnavailable):
        call_gate("SELECT gate.is_destroying()")


def test_nobody_says_that_a_case_is_destroyed_but_the_door(db: None, owner: psycopg.Connection) -> None:
    a_no()
    made = approved()

    with pytest.raises(psycopg.errors.CheckViolation, match="only the door"):
        owner.execute("UPDATE archive_line SET state = 'destroyed' WHERE list_id = %s", (made.id,))
    for change in ("lines = 9", "approved_by = 'x'", "state = 'draft'"):
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute("UPDATE archive_list SET " + change + " WHERE id = %s", (made.id,))  # type: ignore[arg-type, operator]  # noqa: S608


def test_a_second_execution_does_nothing(db: None, owner: psycopg.Connection) -> None:
    case = a_no()
    made, (line,) = executed()
    before = (list(canonical()), lines(owner, case.applicant, "archief.vernietigen"))

    assert actions.destroy_line(line.id) is LineState.DESTROYED
    work()

    assert (list(canonical()), lines(owner, case.applicant, "archief.vernietigen")) == before
    with pytest.raises(NotADraft):
        actions.approve(made.id, DAAN, on=IN_JULY, shown=made.sha256)


def test_an_open_objection_holds_the_case_and_a_kept_one_does_too(db: None) -> None:
    from tests.cases.objecting import an_objection

    found = an_objection()
    set_business_date(LONG_AFTER)
    actions.appraise()

    held = {one.record.case: one.holds for one in queries.due(LONG_AFTER)}

    assert Hold.OBJECTION_OPEN in held[found.about]
    assert queries.holds_of(found.about, LONG_AFTER) == (Hold.OBJECTION_OPEN,)


def test_the_declaration_says_what_when_by_whom_and_nothing_about_a_person(db: None) -> None:
    case = a_no()
    made, _ = executed()

    files = actions.declaration(made.id)

    assert list(files) == [f"{made.number}-verklaring.json", f"{made.number}-regels.csv", f"{made.number}.zip"]
    said = files[f"{made.number}-verklaring.json"].decode()
    for word in ("Archiefbesluit 1995 artikel 8", "Marit Kuiper", "Daan Smits", '"vernietigd": 1', made.sha256):
        assert word in said
    table = files[f"{made.number}-regels.csv"].decode()
    assert f"{case.number},zaak,individuele_inkomenstoeslag,declined,8.4.1,P42D,2025-04-28" in table
    assert str(case.applicant) not in said + table and str(case.id) not in said + table
    assert actions.declaration(made.id) == files


def test_a_copy_of_a_destroyed_case_is_not_made(db: None) -> None:
    case = a_no()
    executed()

    with pytest.raises(CaseUnknown):
        actions.export_case(case.number, Actor("employee", MARIT))


def test_a_withdrawn_list_frees_its_cases(db: None) -> None:
    case = a_no()
    made = listed()

    gone = actions.withdraw(made.id, DAAN, REASON, on=IN_JULY)

    assert (gone.state, gone.lines) == (ListState.WITHDRAWN, 0)
    again = actions.make_list(DAAN, on=IN_JULY)
    assert [one.number for one in queries.lines_of(again.id)] == [case.number]
    assert replace(again, number="") != made
