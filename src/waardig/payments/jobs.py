"""What happens after a decision is committed: one order for it, and one for costs besides it, exactly once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.cases import queries as cases
from waardig.cases.queries import objections
from waardig.cases.terms import Case, CaseState, Decision, DecisionOutcome
from waardig.kernel.clock import business_today
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.payments.actions.ordering import order, stop_order
from waardig.payments.terms import NewOrder, OrderKind

ORDER, COSTS, CANCEL = "payments.order", "payments.costs", "payments.cancel"


def handlers() -> dict[str, Handler]:
    """What this room does with jobs; the order and marking the job done commit together."""
    none = declaring()
    return {ORDER: each(_order, uses=none), COSTS: each(_costs, uses=none), CANCEL: each(_cancel, uses=none)}


def _cancel(job: Job) -> None:
    """Stop the order of a decision that the resident gave up; what a released list pays goes to the reconciliation."""
    stop_order(UUID(job.payload["decision"]), on=business_today())


def _order(job: Job) -> None:
    decision = cases.decision(UUID(job.payload["decision"]))
    if not decision.amount_eurocent or decision.pay_by is None:
        return
    case = cases.case(decision.case)
    if case.state is CaseState.WAIVED:
        return
    _make(decision, case, decision.amount_eurocent, decision.pay_by, _kind(decision))


def _costs(job: Job) -> None:
    """The costs of an objection that a decision pays back to the resident (Awb 7:15), besides what it grants."""
    decision = cases.decision(UUID(job.payload["decision"]))
    review = objections.review(decision.id)
    if review is None or not review.costs_eurocent or review.costs_to_lawyer or decision.pay_by is None:
        return
    _make(decision, cases.case(decision.case), review.costs_eurocent, decision.pay_by, OrderKind.COSTS)


def _make(decision: Decision, case: Case, amount_eurocent: int, pay_by: date, kind: OrderKind) -> None:
    order(
        NewOrder(
            decision=decision.id,
            case=case.id,
            case_number=case.number,
            service=case.service,
            beneficiary=case.applicant,
            amount_eurocent=amount_eurocent,
            pay_by=pay_by,
            decided_by=decision.official,
            kind=kind,
        ),
        on=business_today(),
    )


def _kind(decision: Decision) -> OrderKind:
    """A decision on an objection, or one that puts a mistake right, says itself what is still to be paid."""
    if decision.outcome is DecisionOutcome.PENALTY:
        return OrderKind.PENALTY
    return OrderKind.DIFFERENCE if objections.review(decision.id) else OrderKind.GRANT
