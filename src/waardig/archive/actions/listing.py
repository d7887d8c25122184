"""Destruction lists: made from what is due, changed while a draft, approved by another official.

Source: Archiefwet 1995 art. 3; Archiefbesluit 1995 art. 8; AVG art. 5(1)(e).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from waardig.archive import models, queries
from waardig.archive.actions.holding import check_record_keeper
from waardig.archive.core.dating import plus
from waardig.archive.core.listing import check_approval, check_draft, control, reason_given
from waardig.archive.terms import DestructionList, LineKind, LineState, ListState, NothingDue, Record
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import wall_now
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.proposals import queries as proposals
from waardig.proposals.terms import RunView
from waardig.values import queries as values
from waardig.values.terms import NoDossier
from waardig.values.terms.safeguards import Retention

DESTROY = "archive.destroy"
MOST_IN_A_LIST = 1_000
PAGE = 500
NO_YES, BY_WEIGHING = "no_yes", "W14"


def make_list(official: str, *, on: date, most: int = MOST_IN_A_LIST) -> DestructionList:
    """Put everything that is due and that nothing holds on a draft list, by number; rounds (W14) after cases.

    Raises:
        NotARecordKeeper, NothingDue; nothing changed.
    """
    check_record_keeper(official)
    with transaction.atomic():
        number = _number(f"{catalogue.municipality().case_prefix}-{on.year}-V")  # the lock: one list at a time
        lines = _case_lines(on, most)
        lines += _round_lines(on, most - len(lines))
        if not lines:
            raise NothingDue
        for place, line in enumerate(lines, start=1):
            line.place = place
        said = control(line.to_term() for line in lines)
        row = models.DestructionList.objects.create(
            id=uuid4(), number=number, state=ListState.DRAFT.value, made_on=on, made_by=official,
            lines=said.lines, items=said.items, sha256=said.sha256,
        )  # fmt: skip
        for line in lines:
            line.list = row
        models.DestructionLine.objects.bulk_create(lines)
    return row.to_term()


def _number(prefix: str) -> str:
    models.Counter.objects.bulk_create([models.Counter(prefix=prefix)], ignore_conflicts=True)
    counter = models.Counter.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}{counter.last:04d}"


def _listed(subjects: Sequence[UUID]) -> frozenset[UUID]:
    """What stands on an open list already."""
    rows = models.DestructionLine.objects.filter(subject__in=subjects, state=LineState.WAITING.value)
    return frozenset(rows.values_list("subject", flat=True))


def _case_lines(on: date, most: int) -> list[models.DestructionLine]:
    found: list[models.DestructionLine] = []
    after = ""
    while len(found) < most and (batch := queries.due(on, after=after, size=PAGE)):
        after = batch[-1].record.number
        listed = _listed([one.record.case for one in batch])
        free = [one.record for one in batch if not one.holds and one.record.case not in listed]
        found += [_case_line(one, one.action_on) for one in free[: most - len(found)] if one.action_on]
    return found


def _case_line(record: Record, action_on: date) -> models.DestructionLine:
    return models.DestructionLine(
        id=uuid4(), kind=LineKind.CASE.value, subject=record.case, number=record.number, service=record.service,
        ending=record.ending, result=record.result, term=record.term, ended_on=record.ended_on,
        action_on=action_on, items=1,
    )  # fmt: skip


def _round_lines(on: date, most: int) -> list[models.DestructionLine]:
    """Rounds whose outcomes without a case are past the term that the weighing gives them."""
    found: list[models.DestructionLine] = []
    for service in sorted({run.service for run in proposals.runs()}):
        term = _term_of(service)
        if term is None:
            continue
        for run in reversed(proposals.runs(service)):
            line = _round_line(run, term, on)
            if line is not None:
                found.append(line)
    listed = _listed([line.subject for line in found])
    return [line for line in found if line.subject not in listed][: max(0, most)]


def _term_of(service: str) -> str | None:
    try:
        guards = values.decided_dossier(service).safeguards
    except NoDossier:
        return None
    return next((one.period for one in guards if isinstance(one, Retention)), None)


def _round_line(run: RunView, term: str, on: date) -> models.DestructionLine | None:
    due = plus(run.as_of, term) + timedelta(days=1)
    kept = proposals.kept_without_case(run.id) if due <= on and run.finished_at else 0
    if not kept:
        return None
    name = f"{run.service} {run.as_of.isoformat()}{' proef' if run.dry_run else ''}"
    return models.DestructionLine(
        id=uuid4(), kind=LineKind.ROUND.value, subject=run.id, number=name, service=run.service, ending=NO_YES,
        result=BY_WEIGHING, term=term, ended_on=run.as_of, action_on=due, items=kept,
    )  # fmt: skip


def remove_line(list_: UUID, place: int, official: str, reason: str, *, on: date) -> DestructionList:
    """Take a line off a draft, with the reason; its case may stand on another list.

    Raises:
        NotARecordKeeper, ReasonMissing, DestructionListUnknown, NotADraft.
    """
    check_record_keeper(official)
    said = reason_given(reason)
    with transaction.atomic():
        row = _locked(list_)
        check_draft(row.to_term())
        waiting = models.DestructionLine.objects.filter(list=row, place=place, state=LineState.WAITING.value)
        if waiting.update(state=LineState.REMOVED.value, reason=said, changed_by=official, changed_on=on):
            _recount(row)
    return row.to_term()


def withdraw(list_: UUID, official: str, reason: str, *, on: date) -> DestructionList:
    """Give a draft up; everything on it may stand on another list.

    Raises:
        NotARecordKeeper, ReasonMissing, DestructionListUnknown, NotADraft.
    """
    check_record_keeper(official)
    said = reason_given(reason)
    with transaction.atomic():
        row = _locked(list_)
        check_draft(row.to_term())
        models.DestructionLine.objects.filter(list=row, state=LineState.WAITING.value).update(
            state=LineState.REMOVED.value, reason=said, changed_by=official, changed_on=on
        )
        row.state = ListState.WITHDRAWN.value
        _recount(row)
    return row.to_term()


def _locked(list_: UUID) -> models.DestructionList:
    queries.list_of(list_)
    return models.DestructionList.objects.select_for_update().get(id=list_)


def _recount(row: models.DestructionList) -> None:
    said = control(queries.lines_of(row.id))
    row.lines, row.items, row.sha256 = said.lines, said.items, said.sha256
    row.save(update_fields=["state", "lines", "items", "sha256"])


def approve(list_: UUID, official: str, *, on: date, shown: str) -> DestructionList:
    """Approve a draft that somebody else made; the worker destroys what stands on it.

    Args:
        shown: the fingerprint of the list that the official looked at, or its first characters.

    Raises:
        NotARecordKeeper, DestructionListUnknown, NotADraft, ApprovedByMaker, DestructionListChanged.
    """
    check_record_keeper(official)
    with transaction.atomic():
        row = _locked(list_)
        lines = queries.lines_of(list_)
        check_approval(row.to_term(), lines, official, shown)
        row.state, row.approved_by = ListState.APPROVED.value, official
        row.approved_on, row.approved_at = on, wall_now()
        row.save(update_fields=["state", "approved_by", "approved_on", "approved_at"])
        waiting = [one for one in lines if one.state is LineState.WAITING]
        enqueue([NewJob(DESTROY, str(one.id), {"line": str(one.id)}) for one in waiting])
    return row.to_term()
