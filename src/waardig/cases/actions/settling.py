"""Taking a decision and making it known: text behind the gate, row, grant remembered, letter; one transaction.

Source: Awb 3:41, 3:45-3:47, 4:87, 6:7, 6:8; Participatiewet art. 36 lid 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from waardig.cases import models
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.actions.urging import end_penalties
from waardig.cases.core import statutory
from waardig.cases.core.explained import ExplainedStep
from waardig.cases.queries import rules as content
from waardig.cases.queries.words import article_lines, data_rows
from waardig.cases.terms import Case, CaseKind, CaseState, Decision, DecisionOutcome, EventKind, Official
from waardig.catalogue import queries as catalogue
from waardig.inbox.terms import DataRow, Text
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import wall_now
from waardig.kernel.money import euros
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers.terms import NewDocument, NewFact

DOCUMENT = "cases.besluit"
BESIDES = {"costs": "costs_reasons", "not_heard": "not_heard_why", "nearest": "nearest"}
"""What only some decisions say besides: on an objection about costs (7:15) and why nobody was heard (7:12); of a no
with which other value of one fact there would have been a right."""

RECEIPT = "receipt"
PAY = "payments.order"


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: data with source and date, articles, end of the account, first day of a next time.

    Attributes:
        computed_eurocent: what the law gives, None when it gives no grant.
        sentences: what the computer says at each step.
        steps: of the explanation, for the English text of who chose that.
        nearest: of a no of the law, with which other value of one fact there would have been a right.
        receipt: of the computation, to do it again (`waardig law receipt verify`); None where nothing was computed.
    """

    data: tuple[DataRow, ...]
    articles: tuple[str, ...]
    account: str
    next_from: date | None
    after_grant: date
    computed_eurocent: int | None
    sentences: frozenset[str]
    steps: tuple[ExplainedStep, ...] = ()
    nearest: tuple[Bilingual, ...] = ()
    receipt: Mapping[str, object] | None = None


def settle(
    case: Case,
    official: Official,
    outcome: DecisionOutcome,
    reasons: str,
    amount: int | None,
    on: date,
    grounds: Grounds,
) -> Decision:
    """Store a decision that may be taken and make it known; joins the caller's transaction.

    Args:
        reasons: the official's own words, empty for a confirmed grant.
        amount: eurocent, of a grant.
    """
    granted = outcome is DecisionOutcome.GRANT
    decision = _new(case, official, outcome, amount if granted else None, on)
    values = {**made_known(official, on), **_values(case, decision, reasons, grounds)}
    by = {"outcome": outcome.value, "body": decision.body, "mandate": decision.mandate}
    _store(case, decision, {**values, **by, RECEIPT: grounds.receipt})
    if granted:
        remember_grant(case, on)
        enqueue([NewJob(PAY, str(decision.id), {"decision": str(decision.id)})])
    record(case.id, EventKind.DECIDED, on, "employee", official.id, code=outcome.value)
    end_penalties(case.id, on)
    activity = content.service_of(case.service).decision_activity
    english = _in_english(case, decision, grounds) if not values["reasons"] else None
    send(case, _template(case, decision, grounds), values, on=on, english=english, activity=activity, key="decision")
    return decision


def _new(case: Case, official: Official, outcome: DecisionOutcome, amount: int | None, on: date) -> Decision:
    """A decision of today with its terms, in the name of the deciding body."""
    terms = statutory.decision_terms(content.book(), on)
    here = catalogue.municipality()
    return Decision(
        id=uuid4(),
        case=case.id,
        outcome=outcome,
        amount_eurocent=amount,
        decided_on=on,
        official=official.id,
        body=here.deciding_body.nl,
        mandate=here.mandate_decree.name.nl,
        objection_until=terms.objection_until,
        pay_by=terms.pay_by if outcome is DecisionOutcome.GRANT else None,
        document=uuid4(),
    )


def _in_english(case: Case, decision: Decision, grounds: Grounds) -> Mapping[str, Any]:
    """The values of a decision that are words, from the same grounds; an official's own words are never translated."""
    together = "Together you" if len(case.persons) > 1 else "You"
    return {
        "account": f"ending in {grounds.account}" if grounds.account else "that we know of you",
        "outcome": f"{together} get {euros(decision.amount_eurocent or 0, 'en')}",
        "data_used": data_rows(grounds.steps, "en"),
        "articles": article_lines(grounds.steps, "en"),
    }


def _template(case: Case, decision: Decision, grounds: Grounds) -> str:
    """A grant that is exactly what the law computes explains itself; another grant tells the official's reasons."""
    if decision.outcome is DecisionOutcome.REFUSE:
        return "decision_refuse"
    if decision.amount_eurocent != grounds.computed_eurocent:
        return "decision_other"
    return "decision_unasked" if case.kind is CaseKind.OWN_INITIATIVE else "decision_grant"


def remember_grant(case: Case, on: date) -> None:
    """The administration knows the grant at once, for both partners: no round proposes again before the law allows it.

    Source: Participatiewet art. 36 lid 3 (granted in the twelve months before a request).
    """
    attribute = content.service_of(case.service).last_grant.attribute
    registers.store_facts(
        [
            NewFact(person, attribute, on.isoformat(), on, established_on=on, source=f"besluit {case.number}")
            for person in case.persons
        ]
    )


def _store(case: Case, decision: Decision, values: Mapping[str, Any]) -> None:
    """The decision itself behind the gate, and that it was taken in the open."""
    registers.store_documents([NewDocument(decision.document, case.applicant, DOCUMENT, document_of(case, values))])
    keep_row(decision, case.rule_set)
    models.Case.objects.filter(id=case.id).update(
        state=CaseState.DECIDED.value, amount_eurocent=decision.amount_eurocent
    )


def keep_row(decision: Decision, rule_set: str = "") -> None:
    """The row of a decision, taken by an employee now."""
    models.Decision.objects.create(
        id=decision.id,
        case_id=decision.case,
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
        rule_set=rule_set,
        document=decision.document,
    )


def document_of(case: Case, values: Mapping[str, Any]) -> dict[str, object]:
    """The decision as it is kept: outcome, who, by which mandate, reasons, data and articles (Awb 3:46-3:47).

    With the receipt of the computation. It has facts of everybody in the household, so no page shows it: it goes with
    the decision into the archive.
    """
    names = ("outcome", "amount", "body", "mandate", "official", "function", "objection_weeks")
    days = ("decided_on", "answered_on", "objection_until")
    return {
        "case": case.number,
        **{name: values[name] for name in names},
        **{name: values[name].isoformat() for name in days},
        "reasons": "\n".join(values["reasons"]),
        "articles": list(values["articles"]),
        "data": [[row.label, _plain(row.value), _plain(row.source)] for row in values["data_used"]],
        **{name: "\n".join(values[key]) for name, key in BESIDES.items() if values.get(key)},
        **({RECEIPT: dict(values[RECEIPT])} if values.get(RECEIPT) else {}),
    }


def _plain(text: Text) -> str:
    return "".join(span.text for span in text)


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


def _values(case: Case, decision: Decision, reasons: str, grounds: Grounds) -> Mapping[str, Any]:
    on = decision.decided_on
    granted = decision.outcome is DecisionOutcome.GRANT
    return {
        "case_number": case.number,
        "amount": decision.amount_eurocent or 0,
        "pay": granted,
        "outcome": _outcome_words(case, decision),
        "answered_on": case.applied_on or case.opened_on,
        "pay_by": decision.pay_by or on,
        "account": f"die eindigt op {grounds.account}" if grounds.account else "die wij van u kennen",
        "couple": len(case.persons) > 1,
        "reasons": tuple(part.strip() for part in reasons.splitlines() if part.strip()),
        "may_ask_again": grounds.next_from is not None and grounds.next_from > on,
        "next_from": grounds.after_grant if granted else grounds.next_from or on,
        "data_used": grounds.data,
        "articles": grounds.articles,
        "nearest": tuple(line.nl for line in grounds.nearest),
        "is_near": bool(grounds.nearest),
    }


def _outcome_words(case: Case, decision: Decision) -> str:
    """What was decided in one sentence, for the letter of a grant that the law did not compute."""
    together = " samen" if len(case.persons) > 1 else ""
    return f"U krijgt{together} {euros(decision.amount_eurocent or 0)}"
