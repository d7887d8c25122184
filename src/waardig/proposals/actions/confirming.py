"""An official confirms a list of announced grants; the decisions follow in batches, each of them once.

The confirmation is the decision: who, which mandate, which total. The jobs read every household again for that day and
write the decision, the letter and the payment order, one transaction a batch; what differs drops to a person.
Source: Awb 3:2, 3:46, 10:3; AVG art. 22; safeguards W04 and W08.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import actions as settling
from waardig.cases import queries as cases
from waardig.cases.terms import BeyondMandate, CaseState, Official, OwnReasonsMissing
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import wall_now
from waardig.logbook import actions as log
from waardig.logbook.terms import NewLink
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.proposals import models
from waardig.proposals.actions.freshness import old_when_granting
from waardig.proposals.actions.listing import Found, doubts_of, read_cases, unasked_of
from waardig.proposals.core.granting import check_list, confirmable, control_total, deviating
from waardig.proposals.queries.lists import judges_of, lines_of
from waardig.proposals.terms import Confirmation, GrantLine, ListUnknown

GRANT = "proposals.grant"
PART = 25
"""Households that one job decides on, in one transaction."""
SHORTEST = 40


def confirm_list(identity: UUID, official: Official, *, typed_eurocent: int, on: date) -> Confirmation:
    """Grant what of a list is ready and within this official's mandate; once, however often the button is pressed.

    Args:
        typed_eurocent: the control total as the official typed it.

    Raises:
        ListUnknown, ListNotReady, SampleNotJudged, ListHeldBack, BeyondMandate, ControlTotalDiffers.
    """
    with transaction.atomic():
        row = _locked(identity)
        lines = lines_of(identity, official, on=on)
        guard = cases.human_decides(row.service)
        check_list(
            lines,
            official,
            complete=row.completed_at is not None,
            released=bool(row.released_by),
            typed_eurocent=typed_eurocent,
            guard=guard,
        )
        kept = _confirmed(row, official, lines, on)
        _ask_decisions(kept, [line.case for line in confirmable(lines)])
        return kept.to_term()


def _confirmed(
    row: models.GrantList, official: Official, lines: Sequence[GrantLine], on: date
) -> models.GrantConfirmation:
    """Who confirmed what, under which mandate, with which total."""
    return models.GrantConfirmation.objects.create(
        id=uuid4(),
        list=row,
        official=official.id,
        role=official.role,
        function=official.function,
        mandate=catalogue.municipality().mandate_decree.name.nl,
        mandate_eurocent=official.mandate_eurocent,
        on=on,
        at=wall_now(),
        count=len(confirmable(lines)),
        total_eurocent=control_total(lines),
    )


def _ask_decisions(kept: models.GrantConfirmation, granted: Sequence[UUID]) -> None:
    """Divide the cases in parts, in the order of their numbers, with a job for each part."""
    items = list(models.GrantListItem.objects.filter(list=kept.list, case__in=granted))
    for place, item in enumerate(sorted(items, key=lambda one: one.number)):
        item.confirmation, item.part = kept, place // PART
    models.GrantListItem.objects.bulk_update(items, ["confirmation", "part"])
    parts = sorted({item.part for item in items if item.part is not None})
    outbox.enqueue(
        [NewJob(GRANT, f"{kept.id}:{part}", {"confirmation": str(kept.id), "part": str(part)}) for part in parts]
    )


def release_list(identity: UUID, official: Official, reasons: str, *, on: date) -> None:
    """Let a list go on of which the sample deviated: a second official says why the rest holds.

    Raises:
        ListUnknown, BeyondMandate: this official judged a deviating case, or the role may not decide.
        OwnReasonsMissing.
    """
    with transaction.atomic():
        row = _locked(identity)
        found = deviating(lines_of(identity, official, on=on))
        guard = cases.human_decides(row.service)
        shortest = guard.min_reason_characters if guard else SHORTEST
        if len(" ".join(reasons.split())) < shortest:
            raise OwnReasonsMissing(shortest)
        if (guard and official.role != guard.role) or official.id in judges_of(line.case for line in found):
            raise BeyondMandate(official.name)
        if found and not row.released_by:
            row.released_by, row.released_on, row.release_reasons = official.id, on, reasons.strip()
            row.save(update_fields=["released_by", "released_on", "release_reasons"])


def _locked(identity: UUID) -> models.GrantList:
    row = models.GrantList.objects.select_for_update().filter(id=identity).first()
    if row is None:
        raise ListUnknown
    return row


def grant_part(confirmation: UUID, part: int) -> int:
    """Decide on one batch of a confirmed list; a repeat finds nothing to do. Gives how many were granted."""
    kept = models.GrantConfirmation.objects.select_related("list").get(id=confirmation)
    ids = list(kept.items.filter(part=part).order_by("number").values_list("case", flat=True))
    due = [case for case in cases.cases_by_id(ids) if case.state is CaseState.PREPARED]
    if not due:
        return 0
    official = _official(kept)
    actor = Actor("employee", official.id, official.role)
    service = kept.list.service
    old = old_when_granting(service, due, unasked_of(service).activity)
    found = read_cases(due, actor=actor, run=kept.id, on=kept.on, old=old)
    with transaction.atomic():
        return sum(_grant(one, official, kept.on) for one in found)


def _official(kept: models.GrantConfirmation) -> Official:
    known = catalogue.municipality().officials
    name = known[kept.official].name if kept.official in known else kept.official
    return Official(kept.official, name, kept.role, kept.mandate_eurocent, kept.function)


def _grant(one: Found, official: Official, on: date) -> bool:
    """Grant one household, or let it go to a person; a no that came in meanwhile stands."""
    if one.opted_out:
        settling.decline(one.case.id, actor=Actor("system", "proposals"), on=on, never_again=False)
        return False
    log.link_lines([NewLink(line, "case", one.case.id) for line in one.lines])
    doubts = doubts_of(one)
    amount = one.judged.amount_eurocent
    if doubts or one.household is None or amount is None:
        settling.drop_to_person(one.case.id, doubts or ("not_any_more",), on=on)
        return False
    return settling.settle_listed(one.case.id, official, amount, one.household, on=on) is not None
