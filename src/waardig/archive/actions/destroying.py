"""Executing an approved list: one case a transaction, everything of it or nothing.

Who is party of a case gets a line in the log in the same transaction. What is held, or is not as listed any more, is
skipped with the reason. The deletion itself is done by the doors of the gate (archive/sql/destruction.sql).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.archive import models, queries
from waardig.archive.terms import LineKind, LineState, ListState
from waardig.cases import queries as cases
from waardig.cases.terms import CaseUnknown
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.logbook.actions import write_lines
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import Actor, NewLine
from waardig.payments import queries as payments
from waardig.proposals import queries as proposals

ACTIVITY = "archief.vernietigen"
KEPT = frozenset({"cases.besluit", "inbox.bericht", "inbox.brief"})
ROLE = "archief"
PEOPLE = 500
MOST_MESSAGES = 500
CHANGED = "not_as_listed"


def destroy_line(line: UUID) -> LineState:
    """Destroy what one line names; what is done, removed or not approved stays as it is."""
    while True:
        with transaction.atomic():
            state, more = _step(line)
        if not more:
            return state


def _step(line: UUID) -> tuple[LineState, bool]:
    """One transaction; says whether the line needs another one (a round, in parts)."""
    found = models.DestructionLine.objects.filter(id=line).values_list("list_id", flat=True).first()
    if found is None:
        return LineState.REMOVED, False
    made = models.DestructionList.objects.select_for_update().get(id=found)
    row = models.DestructionLine.objects.select_for_update().get(id=line)
    if row.state != LineState.WAITING or made.state != ListState.APPROVED:
        return LineState(row.state), False
    today = business_today()
    if row.kind == LineKind.ROUND:
        _destroy_outcomes(row, made.approved_by)
    elif why := why_not(row, today):
        row.state, row.reason, row.changed_on = LineState.SKIPPED.value, why, today
        row.save(update_fields=["state", "reason", "changed_on"])
    else:
        _destroy_case(row, made.approved_by)
    row.refresh_from_db()
    _finish(made, today)
    return LineState(row.state), row.state == LineState.WAITING


def why_not(row: models.DestructionLine, today: date) -> str:
    """Why this is not destroyed now; "" when nothing holds it and it is as listed."""
    if row.kind == LineKind.ROUND:
        return ""
    record = queries.record_of(row.subject)
    listed = (row.number, row.ending, row.result, row.action_on)
    if record is None or (record.number, record.ending, record.result, record.action_on) != listed:
        return CHANGED
    try:
        return ",".join(queries.holds_of(row.subject, today))
    except CaseUnknown:
        return CHANGED


def _destroy_case(row: models.DestructionLine, official: str) -> None:
    case = cases.case(row.subject)
    sent = inbox.messages_of_case(case.id, size=MOST_MESSAGES).messages
    paid = payments.orders_of_cases([case.id]).get(case.id, ())
    people = dict.fromkeys(
        [*case.persons, *(one.recipient for one in sent), *(one.about for one in sent), *(o.beneficiary for o in paid)]
    )
    _log(list(people), KEPT, official, f"vernietigde uw zaak {case.number}", case.id)
    call_gate("SELECT gate.destroy_case(%s)", [row.id])


def _destroy_outcomes(row: models.DestructionLine, official: str) -> None:
    people = proposals.people_without_case(row.subject, most=PEOPLE)
    _log(people, frozenset(), official, "vernietigde wat een ronde over u vond", None)
    call_gate("SELECT gate.destroy_outcomes(%s, %s::uuid[])", [row.id, list(people)])


def _log(people: Sequence[UUID], attributes: frozenset[str], official: str, name: str, case: UUID | None) -> None:
    actor = Actor("employee", official, ROLE)
    write_lines(
        [NewLine(ACTIVITY, person, name=name, attributes_used=attributes, actor=actor, case=case) for person in people]
    )


def _finish(made: models.DestructionList, today: date) -> None:
    """The list is executed when none of its lines waits."""
    if not models.DestructionLine.objects.filter(list=made, state=LineState.WAITING.value).exists():
        made.state, made.executed_on = ListState.EXECUTED.value, today
        made.save(update_fields=["state", "executed_on"])
