"""Putting right what an objection against the answer to a report won: the value itself, or its holder looks again.

The decision on the objection takes the place of the answer (Awb 7:11); the value changes in the same transaction, or a
new report goes to the holder by the way of every report.
Source: AVG art. 16; Wet BRP art. 2.58; Awb 7:11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request, Ticket
from waardig.cases.actions.correcting import (
    ACTIVITY,
    DOCUMENT,
    assess_again,
    keep_value,
    replace_value,
    start_looking,
)
from waardig.cases.queries import lists
from waardig.cases.terms import Case, CaseKind, Correction, DecisionOutcome, Official, StepNotPossible
from waardig.cases.terms.objections import HearingGround, HearingMissing
from waardig.cases.terms.ruling import Repair, Ruling, ValueMoved
from waardig.logbook.terms import GateRefused
from waardig.registers import queries as facts
from waardig.registers.terms import Value


@dataclass(frozen=True)
class Repairing:
    """What happens with the value; `value` only where another value takes its place."""

    how: Repair
    value: Value = None


@dataclass(frozen=True)
class Opened:
    """The report that an objection is about, opened to put it right.

    Attributes:
        standing: the value that stands now, None where nothing is known.
        said: what the resident wrote in the report.
    """

    report: Correction
    ticket: Ticket
    standing: UUID | None
    said: Mapping[str, object]


def check_repair(number: str, ruling: Ruling, repairing: Repairing | None) -> None:
    """A value is put right exactly when the decision says so; who waits for the holder again is not fully met (7:3 e).

    Raises:
        StepNotPossible, HearingMissing.
    """
    if (repairing is not None) != (ruling.new_outcome is DecisionOutcome.CORRECTED):
        raise StepNotPossible(number, "open", "deciding without saying what happens with the value, or the other way,")
    at_holder = repairing is not None and repairing.how is Repair.HOLDER
    if at_holder and ruling.hearing_ground is HearingGround.FULLY_MET:
        raise HearingMissing(number)


def open_value(about: Case, objection: UUID, official: Official, on: date) -> Opened:
    """Open the value for repair (one line in the log); call it outside a transaction.

    Raises:
        AccessRefused: this official may not.
    """
    found = lists.correction(about.id)
    actor = Actor("employee", official.id, official.role)
    asked = frozenset({found.attribute, DOCUMENT})
    name = "keek na uw bezwaar opnieuw of een gegeven klopt"
    ticket = access.ask(Request(ACTIVITY, asked, (found.person,), actor, on, case=objection, name=name))
    held = [one for one in facts.take(ticket) if one.attribute == found.attribute]
    text = facts.take_documents(ticket, [about.id]).get(about.id)
    last = found.replaced_by or found.fact
    newest = max(held, key=lambda one: one.valid_from or date.min, default=None)
    known = any(one.fact_id == last for one in held)
    return Opened(found, ticket, last if known or newest is None else newest.fact_id, text.content if text else {})


def put_right(
    opened: Opened | None, repairing: Repairing | None, objection: Case, official: Official, on: date
) -> None:
    """Carry out what the objection won, when it was about a value; joins the caller's transaction.

    Raises:
        WrongValue: the value does not fit the attribute.
        ValueMoved: the value was replaced at its source meanwhile.
    """
    if opened is None or repairing is None:
        return
    found, last = opened.report, opened.report.replaced_by or opened.report.fact
    if repairing.how is Repair.HOLDER:
        said = (str(opened.said.get("should_be", "")), str(opened.said.get("explanation", "")))
        actor = Actor("employee", official.id, official.role)
        start_looking(
            opened.ticket, found.person, found.attribute, opened.standing, said, actor, on,
            code=CaseKind.OBJECTION.value, reader=objection.reader,
        )  # fmt: skip
        return
    value = repairing.value if repairing.how is Repair.VALUE else None
    if last is not None:
        try:
            with transaction.atomic():
                replace_value(opened.ticket, found, last, value, reason="bezwaar gegrond", case=objection.id)
        except GateRefused as refused:
            raise ValueMoved(objection.number) from refused
    else:
        keep_value(found, value, source=f"bezwaar {objection.number}", on=on)
    assess_again(found.person, objection.id)


def told(about: Case, repairing: Repairing | None) -> dict[str, object]:
    """What the decision on the objection says about the value."""
    at_holder = repairing is not None and repairing.how is Repair.HOLDER
    attribute = ""
    if about.kind is CaseKind.CORRECTION:
        label = facts.declared().attribute(lists.correction(about.id).attribute).label
        attribute = label.nl.lower()
    return {"attribute": attribute, "corrected": repairing is not None and not at_holder, "at_holder": at_holder}
