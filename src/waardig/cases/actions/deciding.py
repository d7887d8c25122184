"""Deciding: a person, within a mandate, with reasons of their own; prepared grants are confirmed in a batch.

Source: Awb 3:41, 3:45-3:47, 4:87, 10:3; AVG art. 22; safeguards W04 and W08 of the weighing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID, uuid4

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import Reader, explain_household, read_household
from waardig.cases.core import deciding, statutory
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.queries.words import article_lines, data_rows
from waardig.cases.terms import (
    AutomaticDecision,
    Case,
    CaseState,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    EventKind,
    Lane,
    Official,
)
from waardig.catalogue import queries as catalogue
from waardig.inbox.terms import DataRow
from waardig.kernel.clock import business_today, wall_now
from waardig.logbook import actions as logbook
from waardig.logbook.terms import NewLine
from waardig.registers import actions as registers
from waardig.registers.terms import NewDocument, RegisterFact

DOCUMENT = "cases.besluit"
TEMPLATES = {DecisionOutcome.GRANT: "decision_grant", DecisionOutcome.REFUSE: "decision_refuse"}


def view_case(case: UUID, official: Official, *, on: date) -> None:
    """Record that an official opened a case; only what was opened can be confirmed."""
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

    Args:
        actor_kind: who really acts; anything but "employee" is refused (no automatic decision) and logged.
        reasons: the official's own words; they stand in the decision.
        amount_eurocent: of a grant.

    Raises:
        CaseUnknown, AutomaticDecision, StepNotPossible, OwnReasonsMissing, BeyondMandate, CorrectionOpen,
        AccessRefused.
    """
    known = lists.case(case)
    if actor_kind != "employee":
        _refuse_automatic(known, actor_kind)
    grounds = _grounds(known, official)
    with transaction.atomic():
        locked = _locked(case)
        deciding.check_decision(
            locked,
            official,
            outcome,
            actor_kind=actor_kind,
            amount_eurocent=amount_eurocent,
            reasons=reasons,
            prepared_text="",
            correction_open=lists.is_correction_open(locked.persons),
        )
        return _settle(locked, official, outcome, reasons, amount_eurocent, on, grounds)


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
        CaseUnknown, NotViewed, StepNotPossible, BeyondMandate, CorrectionOpen, AccessRefused.
    """
    _check_all(cases, official)
    grounds = {case: _grounds(lists.case(case), official) for case in cases}
    with transaction.atomic():
        assessed = _check_all(cases, official, lock=True)
        return tuple(
            _settle(one, official, DecisionOutcome.GRANT, "", amount, on, grounds[one.id]) for one, amount in assessed
        )


def _check_all(cases: Sequence[UUID], official: Official, *, lock: bool = False) -> list[tuple[Case, int | None]]:
    known = [_locked(case) if lock else lists.case(case) for case in cases]
    assessed = lists.assessments_of(cases)
    viewed = lists.viewed_by(official.id, cases)
    for one in known:
        found = assessed.get(one.id)
        deciding.check_confirmation(
            one,
            official,
            lane=found.lane if found else Lane.BY_HAND,
            sampled=bool(found and found.sampled),
            viewed=one.id in viewed,
            correction_open=lists.is_correction_open(one.persons),
        )
    return [(one, assessed[one.id].amount_eurocent) for one in known]


def _locked(case: UUID) -> Case:
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise CaseUnknown
    return row.to_term(lists.parties_of([case])[case])


@dataclass(frozen=True)
class _Grounds:
    """What a decision rests on: data with source and date, articles, end of the account, first day of a next time."""

    data: tuple[DataRow, ...]
    articles: tuple[str, ...]
    account: str
    next_from: date | None
    after_grant: date


def _grounds(case: Case, official: Official) -> _Grounds:
    """Read the household for this decision (one line in the log per person) and let the law explain itself."""
    activity = content.service_of(case.service).decision_activity
    reader = Reader(activity, Actor("employee", official.id, official.role), case.id)
    on = case.applied_on or case.opened_on
    household = read_household(case.service, case, as_of=on, reader=reader)
    explained = explain_household(case.service, household, on=on)
    possible = explained.judgement.possible_from
    return _Grounds(
        data=data_rows(explained.steps),
        articles=article_lines(explained.steps),
        account=_account_end(household.facts, case.applicant),
        next_from=date.fromisoformat(possible) if possible else None,
        after_grant=content.next_possible(case.service, business_today()) or business_today(),
    )


def _account_end(facts: Sequence[RegisterFact], person: UUID) -> str:
    """The last four digits of the account that was declared, or else of the one the administration knows."""
    for attribute in ("opgave.iban", "uitkeringen.iban"):
        known = [f for f in facts if f.person == person and f.attribute == attribute and f.value]
        if known:
            return str(max(known, key=lambda f: f.recorded_at).value).replace(" ", "")[-4:]
    return ""


def _settle(
    case: Case,
    official: Official,
    outcome: DecisionOutcome,
    reasons: str,
    amount: int | None,
    on: date,
    grounds: _Grounds,
) -> Decision:
    terms = statutory.decision_terms(content.book(), on)
    here = catalogue.municipality()
    granted = outcome is DecisionOutcome.GRANT
    decision = Decision(
        id=uuid4(),
        case=case.id,
        outcome=outcome,
        amount_eurocent=amount if granted else None,
        decided_on=on,
        official=official.id,
        body=here.deciding_body.nl,
        mandate=here.mandate_decree.name.nl,
        objection_until=terms.objection_until,
        pay_by=terms.pay_by if granted else None,
        document=uuid4(),
    )
    _store(case, decision, reasons)
    record(case.id, EventKind.DECIDED, on, "employee", official.id, code=outcome.value)
    activity = content.service_of(case.service).decision_activity
    values = {**made_known(official, on), **_values(case, decision, reasons, grounds)}
    send(case, TEMPLATES[outcome], values, on=on, activity=activity, key="decision")
    return decision


def _store(case: Case, decision: Decision, reasons: str) -> None:
    words = {"case": case.number, "outcome": decision.outcome.value, "reasons": reasons}
    registers.store_documents([NewDocument(decision.document, case.applicant, DOCUMENT, words)])
    models.Decision.objects.create(
        id=decision.id,
        case_id=case.id,
        outcome=decision.outcome.value,
        amount_eurocent=decision.amount_eurocent,
        decided_on=decision.decided_on,
        decided_at=wall_now(),
        actor_kind="employee",
        official=decision.official,
        body=decision.body,
        mandate=decision.mandate,
        objection_until=decision.objection_until,
        pay_by=decision.pay_by,
        rule_set=case.rule_set,
        document=decision.document,
    )
    models.Case.objects.filter(id=case.id).update(
        state=CaseState.DECIDED.value, amount_eurocent=decision.amount_eurocent
    )


def made_known(official: Official, on: date) -> dict[str, Any]:
    """What every decision says about who decided and how to object (Awb 3:45, 6:7, 6:8, 10:10)."""
    terms = statutory.decision_terms(content.book(), on)
    return {
        "decided_on": on,
        "official": official.name,
        "function": official.function,
        "objection_until": terms.objection_until,
        "objection_weeks": statutory.objection_weeks(content.book(), on),
    }


def _values(case: Case, decision: Decision, reasons: str, grounds: _Grounds) -> Mapping[str, Any]:
    on = decision.decided_on
    granted = decision.outcome is DecisionOutcome.GRANT
    return {
        "case_number": case.number,
        "amount": decision.amount_eurocent or 0,
        "answered_on": case.applied_on or case.opened_on,
        "pay_by": decision.pay_by or on,
        "account": f"die eindigt op {grounds.account}" if grounds.account else "die wij van u kennen",
        "couple": len(case.persons) > 1,
        "reasons": tuple(part.strip() for part in reasons.splitlines() if part.strip()),
        "may_ask_again": grounds.next_from is not None and grounds.next_from > on,
        "next_from": grounds.after_grant if granted else grounds.next_from or on,
        "data_used": grounds.data,
        "articles": grounds.articles,
    }
