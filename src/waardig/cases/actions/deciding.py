"""Deciding: a person, within a mandate, with reasons of their own; prepared grants are confirmed in a batch.

Source: Awb 3:2, 3:46, 10:3; AVG art. 22; safeguards W04 and W08 of the weighing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn
from uuid import UUID

from django.db import connection, transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.freshening import refuse_too_old
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import (
    Household,
    Reader,
    explain_household,
    judge_household,
    nearest_to_a_right,
    read_household,
    receipt_of_household,
    source_of,
)
from waardig.cases.actions.settling import Grounds, settle
from waardig.cases.core import deciding
from waardig.cases.queries import guards, lists
from waardig.cases.queries import rules as content
from waardig.cases.queries.words import article_lines, data_rows
from waardig.cases.terms import (
    AutomaticDecision,
    Case,
    CaseKind,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    EventKind,
    Lane,
    Official,
    StepNotPossible,
)
from waardig.catalogue import queries as catalogue
from waardig.logbook import actions as logbook
from waardig.logbook.terms import NewLine
from waardig.mandates import queries as mandates
from waardig.registers.terms import RegisterFact


def view_case(case: UUID, official: Official, *, on: date) -> None:
    """Record that an official opened a case; only what was opened since the law last ran can be confirmed."""
    if case not in lists.viewed_by(official.id, [case]):
        record(case, EventKind.VIEWED, on, "employee", official.id)


def decide(
    case: UUID,
    official: Official,
    outcome: DecisionOutcome,
    *,
    actor_kind: str,
    reasons: str,
    amount_eurocent: int | None = None,
    on: date,
) -> Decision:
    """Take a decision on one case and make it known in the same transaction.

    What may be decided is checked before anything is read about the household, and again under the lock.

    Args:
        actor_kind: who really acts; anything but "employee" is refused (no automatic decision) and logged.
        reasons: the official's own words; they stand in the decision.
        amount_eurocent: of a grant.

    Raises:
        CaseUnknown, AutomaticDecision, StepNotPossible, OwnReasonsMissing, BeyondMandate, CorrectionOpen,
        AccessRefused, HelpsThisPerson, FactsTooOld.
        RuntimeError: called inside a transaction, where a refusal in the log could be undone.
    """
    if connection.in_atomic_block:
        raise RuntimeError("decide() keeps its refusals in the log: call it outside a transaction")
    known = lists.case(case)
    if actor_kind != "employee":
        _refuse_automatic(known, actor_kind)
    mandates.refuse_own_helper(official.id, known.persons)
    asked = _Asked(official, outcome, actor_kind, reasons, amount_eurocent, on)
    asked.check(known)
    refuse_too_old([known])
    grounds = grounds_of(known, official, on, refusing=outcome is DecisionOutcome.REFUSE)
    with transaction.atomic():
        locked = _locked(case)
        asked.check(locked, grounds.sentences)
        return settle(locked, official, outcome, reasons, amount_eurocent, on, grounds)


@dataclass(frozen=True)
class _Asked:
    """What an official wants to decide; checked before anything is read, and again under the lock."""

    official: Official
    outcome: DecisionOutcome
    actor_kind: str
    reasons: str
    amount_eurocent: int | None
    on: date

    def check(self, case: Case, prepared: Collection[str] = ()) -> None:
        """Refuse what may not be decided; raises as `decide`."""
        deciding.check_decision(
            case,
            self.official,
            self.outcome,
            actor_kind=self.actor_kind,
            amount_eurocent=self.amount_eurocent,
            reasons=self.reasons,
            conditions=_conditions(case, self.official, self.outcome, self.amount_eurocent, self.on, prepared),
        )


def _conditions(
    case: Case,
    official: Official,
    outcome: DecisionOutcome,
    amount: int | None,
    on: date,
    prepared: Collection[str] = (),
) -> deciding.Conditions:
    assessment = lists.assessments_of([case.id]).get(case.id)
    guarded = deciding.guarded_outcome(
        outcome,
        amount_eurocent=amount,
        computed_eurocent=assessment.amount_eurocent if assessment else None,
        reasons=assessment.reasons if assessment else (),
        open_norms=guards.open_norms(case.service),
    )
    return deciding.Conditions(
        mandated=_is_mandated(case, official, outcome, amount, on),
        correction_open=lists.is_correction_open(case.persons),
        guard=guards.human_decides(case.service),
        guarded=guarded,
        prepared=prepared,
    )


def check_reasons(service: str, official: Official, reasons: str) -> None:
    """Refuse reasons that are too short to be somebody's own (Awb 3:46, safeguard W04).

    Raises:
        OwnReasonsMissing, BeyondMandate.
    """
    guard = guards.human_decides(service)
    deciding.check_reasons(official, reasons, deciding.Conditions(True, False, guard))


def _is_mandated(case: Case, official: Official, outcome: DecisionOutcome, amount: int | None, on: date) -> bool:
    """Whether the municipality's own table lets this official decide so on this day (Awb 10:3)."""
    kind, sum_of = ("grant", amount or 0) if outcome is DecisionOutcome.GRANT else ("refusal", 0)
    table = catalogue.municipality()
    return table.mandate_for(official.id, case.service, kind, amount_eurocent=sum_of, on=on) is not None


def _refuse_automatic(case: Case, actor_kind: str) -> NoReturn:
    """A computer wanted to decide: that is refused, and the refusal stands in the log."""
    activity = content.service_of(case.service).decision_activity
    with transaction.atomic():
        logbook.write_lines(
            [NewLine(activity, case.applicant, "een besluit zonder mens", decision="refuse",
                     reasons=("automatic_decision",), actor=Actor("system", actor_kind), case=case.id)]
        )  # fmt: skip
    raise AutomaticDecision(case.number)


def confirm_grants(cases: Sequence[UUID], official: Official, *, on: date) -> tuple[Decision, ...]:
    """Confirm prepared full grants that this official opened; all of them, or none when one may not.

    Raises:
        CaseUnknown, NotViewed, StepNotPossible (also when the law now gives another outcome than was prepared),
        BeyondMandate, CorrectionOpen, AccessRefused, FactsTooOld.
    """
    ordered = sorted(set(cases))
    checked = _check_all(ordered, official, on)
    refuse_too_old(one for one, _ in checked)
    grounds = {one.id: grounds_of(one, official, on) for one, _ in checked}
    with transaction.atomic():
        assessed = _check_all(ordered, official, on, lock=True)
        for one, amount in assessed:
            if grounds[one.id].computed_eurocent != amount:
                raise StepNotPossible(one.number, one.state, "confirming: the data changed since it was computed;")
        return tuple(
            settle(one, official, DecisionOutcome.GRANT, "", amount, on, grounds[one.id]) for one, amount in assessed
        )


def _check_all(
    cases: Sequence[UUID], official: Official, on: date, *, lock: bool = False
) -> list[tuple[Case, int | None]]:
    known = [_locked(case) if lock else lists.case(case) for case in cases]
    assessed = lists.assessments_of(cases)
    viewed = lists.viewed_by(official.id, cases)
    doubted = lists.with_correction(person for one in known for person in one.persons)
    for one in known:
        found = assessed.get(one.id)
        amount = found.amount_eurocent if found else None
        deciding.check_confirmation(
            one,
            official,
            lane=found.lane if found else Lane.BY_HAND,
            sampled=bool(found and found.sampled),
            viewed=one.id in viewed,
            amount_eurocent=amount,
            conditions=deciding.Conditions(
                mandated=_is_mandated(one, official, DecisionOutcome.GRANT, amount, on),
                correction_open=bool(doubted & set(one.persons)),
            ),
        )
    return [(one, assessed[one.id].amount_eurocent) for one in known]


def _locked(case: UUID) -> Case:
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise CaseUnknown
    return row.to_term(lists.parties_of([case])[case])


def grounds_of(
    case: Case, official: Official, decided_on: date, *, activity: str = "", refusing: bool = False
) -> Grounds:
    """Read the household for this decision (one line in the log per person) and let the law explain itself.

    Args:
        activity: why it is read; deciding on the application when empty.
        refusing: also compute what stood in the way of a right, from the same facts.
    """
    activity = activity or content.service_of(case.service).decision_activity
    reader = Reader(activity, Actor("employee", official.id, official.role), case.id)
    on = judged_on(case, decided_on)
    household = read_household(case.service, case, as_of=on, reader=reader)
    grounds = household_grounds(case, household, on=on, decided_on=decided_on)
    if not refusing:
        return grounds
    judged = judge_household(case.service, household, on=on)
    return replace(grounds, nearest=nearest_to_a_right(case.service, household, judged, on=on))


def judged_on(case: Case, today: date) -> date:
    """The day for which the law runs: of the application; of what nobody applied for, the day of the decision."""
    return today if case.kind is CaseKind.OWN_INITIATIVE else case.applied_on or case.opened_on


def household_grounds(case: Case, household: Household, *, on: date, decided_on: date) -> Grounds:
    """What a decision rests on, from a household that was read for it."""
    explained = explain_household(case.service, household, on=on)
    possible = explained.judgement.possible_from
    return Grounds(
        data=data_rows(explained.steps),
        articles=article_lines(explained.steps),
        account=_account_end(household.facts, case),
        next_from=date.fromisoformat(possible) if possible else None,
        after_grant=content.next_possible(case.service, decided_on) or decided_on,
        computed_eurocent=explained.judgement.amount_eurocent,
        sentences=frozenset(step.said.nl for step in explained.steps),
        steps=tuple(explained.steps),
        receipt=receipt_of_household(case.service, household, on=on),
    )


def _account_end(facts: Sequence[RegisterFact], case: Case) -> str:
    """The last four digits of the account declared with this case, or else of the one the administration knows."""
    own = [f for f in facts if f.person == case.applicant and f.value]
    declared = [f for f in own if f.attribute == "opgave.iban" and f.source == source_of(case.number)]
    known = declared or [f for f in own if f.attribute == "uitkeringen.iban"]
    return str(max(known, key=lambda f: f.recorded_at).value).replace(" ", "")[-4:] if known else ""
