"""Cases that the municipality opened itself: judged again, dropped to a person, granted, or made a proposal.

Everything here joins the caller's transaction and looks at a case under its lock: a no that came in between counts.
Source: Awb 3:2, 3:46; AVG art. 22; weighing safeguards W04, W08 and W10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.cases import models
from waardig.cases.actions.deciding import check_reasons, household_grounds
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import Household
from waardig.cases.actions.settling import made_known, settle
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    Case,
    CaseKind,
    CaseState,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    EventKind,
    Lane,
    Official,
    StepNotPossible,
)
from waardig.catalogue.terms import ServiceLane
from waardig.kernel.clock import wall_now

SAMPLED = "sampled"
INSTEAD = "proposal_instead"


@dataclass(frozen=True)
class Listed:
    """What was found for one announced case: the amount and household of today, and why a person must look."""

    case: UUID
    amount_eurocent: int | None
    household_type: str
    reasons: tuple[str, ...] = ()
    sampled: bool = False


def keep_listed(found: Sequence[Listed], service: str, *, on: date) -> dict[UUID, CaseState]:
    """Keep the judgement of announced cases; gives where each stands, also those that somebody said no to meanwhile."""
    rows = _locked_rows([one.case for one in found])
    rule_set = content.rule_set_of(service, on).hash
    for one in found:
        row = rows[one.case]
        if row.state == CaseState.ANNOUNCED:
            _keep_one(row, one, rule_set, on)
    return {identity: CaseState(row.state) for identity, row in rows.items()}


def _keep_one(row: models.Case, one: Listed, rule_set: str, on: date) -> None:
    by_hand = bool(one.reasons) or one.sampled
    reasons = [*one.reasons, *((SAMPLED,) if one.sampled else ())]
    models.Assessment.objects.update_or_create(
        case_id=row.id,
        defaults={
            "lane": (Lane.BY_HAND if by_hand else Lane.PREPARED).value,
            "reasons": reasons,
            "amount_eurocent": one.amount_eurocent,
            "household_type": one.household_type,
            "rule_set": rule_set,
            "as_of": on,
            "made_at": wall_now(),
            "sampled": one.sampled,
        },
    )
    row.state = (CaseState.BY_HAND if by_hand else CaseState.PREPARED).value
    row.rule_set = rule_set
    row.save(update_fields=["state", "rule_set"])
    record(row.id, EventKind.ASSESSED, on, "system", "proposals", code=row.state)


def drop_to_person(case: UUID, reasons: Sequence[str], *, on: date) -> None:
    """Take a prepared case off its list: something is not as announced, so a person looks."""
    row = _locked_rows([case])[case]
    if row.state not in (CaseState.ANNOUNCED, CaseState.PREPARED):
        return
    models.Assessment.objects.filter(case_id=case).update(lane=Lane.BY_HAND.value, reasons=list(reasons))
    row.state = CaseState.BY_HAND.value
    row.save(update_fields=["state"])
    record(case, EventKind.TO_A_PERSON, on, "system", "proposals", code=",".join(reasons)[:120])


def note_waiting(case: UUID, code: str, *, on: date) -> None:
    """Say in an announced case why it is not on the list of this day; it stays announced."""
    row = _locked_rows([case])[case]
    if row.state == CaseState.ANNOUNCED:
        record(case, EventKind.WAITS, on, "system", "proposals", code=code)


def draw_for_sample(case: UUID, *, on: date) -> None:
    """Put one prepared case into the sample, so that no list is confirmed without one that a person judged."""
    row = _locked_rows([case])[case]
    if row.state != CaseState.PREPARED:
        return
    models.Assessment.objects.filter(case_id=case).update(lane=Lane.BY_HAND.value, reasons=[SAMPLED], sampled=True)
    row.state = CaseState.BY_HAND.value
    row.save(update_fields=["state"])
    record(case, EventKind.ASSESSED, on, "system", "proposals", code=row.state)


def settle_listed(case: UUID, official: Official, amount: int, household: Household, *, on: date) -> Decision | None:
    """Grant one prepared case of a confirmed list; None when it does not stand there any more (a no, a doubt)."""
    row = _locked_rows([case])[case]
    if row.state != CaseState.PREPARED or row.kind != CaseKind.OWN_INITIATIVE:
        return None
    known = row.to_term(lists.parties_of([case])[case])
    grounds = household_grounds(known, household, on=on, decided_on=on)
    return settle(known, official, DecisionOutcome.GRANT, "", amount, on, grounds)


def propose_instead(case: UUID, official: Official, reasons: str, *, on: date) -> Case:
    """Do not grant unasked, but let the household apply: nobody gets a no who asked nothing.

    Raises:
        CaseUnknown, StepNotPossible, OwnReasonsMissing.
    """
    with transaction.atomic():
        row = _locked_rows([case]).get(case)
        if row is None:
            raise CaseUnknown
        if row.kind != CaseKind.OWN_INITIATIVE or row.state != CaseState.BY_HAND:
            raise StepNotPossible(row.number, row.state, "asking instead of granting")
        check_reasons(row.service, official, reasons)
        row.kind, row.state = CaseKind.PROPOSAL.value, CaseState.PROPOSED.value
        row.lane, row.amount_eurocent = ServiceLane.YES_IS_ENOUGH.value, None
        row.opened_on, row.decide_by = on, None
        row.save(update_fields=["kind", "state", "lane", "amount_eurocent", "opened_on", "decide_by"])
        record(case, EventKind.PROPOSED, on, "employee", official.id, code="instead")
        known = row.to_term(lists.parties_of([case])[case])
        values = {
            **made_known(official, on),
            "case_number": known.number,
            "reasons": tuple(part.strip() for part in reasons.splitlines() if part.strip()),
        }
        activity = content.service_of(known.service).decision_activity
        send(known, INSTEAD, values, on=on, activity=activity, key="instead")
        return known


def _locked_rows(cases: Sequence[UUID]) -> dict[UUID, models.Case]:
    rows = models.Case.objects.select_for_update().filter(id__in=list(cases)).order_by("id")
    return {row.id: row for row in rows}
