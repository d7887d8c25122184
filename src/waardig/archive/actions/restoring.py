"""After a restore: what was destroyed since the backup is destroyed again, through the same door.

The lists come from outside the database. One that the backup does not know is made again with its own id, number and
control total, and its two officials; the database checks the total as it does for every approval. Only what is known
to be destroyed goes; what was still waiting must stand on another list. Every step is a transaction of its own and a
repeat does nothing, so it may be killed at any moment. Source: Archiefwet 1995 art. 3; AVG art. 5(1)(e).
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from waardig.archive import models
from waardig.archive.actions.appraising import appraise
from waardig.archive.actions.destroying import CHANGED, destroy_line, why_not
from waardig.archive.core.keeping import sequence_of
from waardig.archive.terms import CameBack, DestructionLine, Kept, LineKind, LineState, ListState
from waardig.cases import queries as cases
from waardig.cases.terms import CaseUnknown
from waardig.kernel.clock import business_today, wall_now
from waardig.logbook.terms import GateRefused
from waardig.proposals import queries as proposals

RESTORED = "restored"
NUMBER_TAKEN = "number_taken"
NOT_ON_THE_LIST = "Deze regel stond niet meer op de lijst toen een collega die goedkeurde."


def destroy_again(kept: Iterable[Kept]) -> tuple[CameBack, ...]:
    """Destroy what these lists destroyed and what is there again; gives what could not be, with the reason.

    Cases about a case went first, so the lists go by number and their lines in order.
    """
    found = [(one, back) for one in sorted(kept, key=lambda one: sequence_of(one.list.number)) if (back := _back(one))]
    if not found:
        return ()
    appraise()
    return tuple(left for one, lines in found for left in _destroy(one, lines))


def _back(kept: Kept) -> tuple[DestructionLine, ...]:
    """What this list destroyed and what is there nevertheless."""
    rows = models.DestructionLine.objects.filter(list_id=kept.list.id, state=LineState.DESTROYED.value)
    done = frozenset(rows.values_list("id", flat=True))
    gone = (one for one in kept.lines if one.state is LineState.DESTROYED and one.id not in done)
    return tuple(one for one in gone if _is_there(one))


def _is_there(line: DestructionLine) -> bool:
    if line.kind is LineKind.ROUND:
        return proposals.kept_without_case(line.subject) > 0
    try:
        cases.case(line.subject)
    except CaseUnknown:
        return False
    return True


def _destroy(kept: Kept, lines: tuple[DestructionLine, ...]) -> list[CameBack]:
    if not _make_again(kept):
        return [CameBack(kept.list.number, one.number, one.service, NUMBER_TAKEN) for one in lines]
    left = []
    for one in lines:
        if why := _destroy_line(one.id):
            left.append(CameBack(kept.list.number, one.number, one.service, why))
    return left


def _destroy_line(line: UUID) -> str:
    """Destroy it, or say what stands in the way; the line then goes on waiting."""
    row = models.DestructionLine.objects.get(id=line)
    if why := why_not(row, business_today()):
        return why
    try:
        return "" if destroy_line(line) is LineState.DESTROYED else row.reason or CHANGED
    except GateRefused:
        return CHANGED


@transaction.atomic
def _make_again(kept: Kept) -> bool:
    """Bring the list in the state of an approved one; False when another list has its number."""
    prefix, last = sequence_of(kept.list.number)
    models.Counter.objects.bulk_create([models.Counter(prefix=prefix)], ignore_conflicts=True)
    counter = models.Counter.objects.select_for_update().get(prefix=prefix)
    row = models.DestructionList.objects.select_for_update().filter(number=kept.list.number).first()
    if row is not None and row.id != kept.list.id:
        return False
    if row is None:
        row = _draft(kept)
        models.Counter.objects.filter(prefix=prefix).update(last=max(counter.last, last))
    if row.state == ListState.DRAFT:
        _approve(row, kept)
    return True


def _draft(kept: Kept) -> models.DestructionList:
    of = kept.list
    row = models.DestructionList.objects.create(
        id=of.id, number=of.number, state=ListState.DRAFT.value, made_on=of.made_on, made_by=of.made_by,
        lines=of.lines, items=of.items, sha256=of.sha256,
    )  # fmt: skip
    models.DestructionLine.objects.bulk_create(
        models.DestructionLine(
            id=one.id, list=row, place=one.place, kind=one.kind.value, subject=one.subject, number=one.number,
            service=one.service, ending=one.ending, result=one.result, term=one.term, ended_on=one.ended_on,
            action_on=one.action_on, items=one.items,
        )
        for one in kept.lines
    )  # fmt: skip
    return row


def _approve(row: models.DestructionList, kept: Kept) -> None:
    """As it was approved then; the database refuses lines that do not give the control total."""
    of, today = kept.list, business_today()
    standing = models.DestructionLine.objects.filter(list=row, state=LineState.WAITING.value)
    standing.exclude(id__in=[one.id for one in kept.lines]).update(
        state=LineState.REMOVED.value, reason=NOT_ON_THE_LIST, changed_by=of.approved_by, changed_on=today
    )
    row.state, row.approved_by, row.approved_on, row.approved_at = (
        ListState.APPROVED.value, of.approved_by, of.approved_on, wall_now(),
    )  # fmt: skip
    row.lines, row.items, row.sha256 = of.lines, of.items, of.sha256
    row.save(update_fields=["state", "approved_by", "approved_on", "approved_at", "lines", "items", "sha256"])
    waited = [one.id for one in kept.lines if one.state is not LineState.DESTROYED]
    standing.filter(id__in=waited).update(state=LineState.SKIPPED.value, reason=RESTORED, changed_on=today)
