"""The answer to a report that a value is wrong is a decision: objecting to it goes the way of every decision.

Source: Uitvoeringswet AVG art. 34 (what is decided on a request under AVG art. 15-22 is a decision in the sense of the
Awb); Wet BRP art. 2.60; Awb 3:41, 3:46, 6:7, 6:8.
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import transaction

from waardig.cases import models
from waardig.cases.actions.settling import DOCUMENT, document_of, keep_row, made_known
from waardig.cases.core import statutory
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import CaseState, Correction, Decision, DecisionOutcome, EventKind, Official
from waardig.catalogue import queries as catalogue
from waardig.registers import actions as registers
from waardig.registers.terms import NewDocument

REPAIRING = "Algemene verordening gegevensbescherming, artikel 16: u mag een fout gegeven laten verbeteren."


def decide_answer(found: Correction, official: Official, answer: str, *, upheld: bool, on: date) -> Decision:
    """Store the answer as a decision of the report's own case, with its text behind the gate; joins the transaction.

    The case stays `answered`: nothing is granted or refused with it, and nothing is paid.
    """
    here = catalogue.municipality()
    decision = Decision(
        id=uuid4(),
        case=found.case.id,
        outcome=DecisionOutcome.CORRECTED if upheld else DecisionOutcome.UNCORRECTED,
        amount_eurocent=None,
        decided_on=on,
        official=official.id,
        body=here.deciding_body.nl,
        mandate=here.mandate_decree.name.nl,
        objection_until=statutory.decision_terms(content.book(), on).objection_until,
        pay_by=None,
        document=uuid4(),
    )
    told = {
        **made_known(official, on),
        "outcome": decision.outcome.value,
        "amount": 0,
        "body": decision.body,
        "mandate": decision.mandate,
        "answered_on": found.case.opened_on,
        "reasons": tuple(part.strip() for part in answer.splitlines() if part.strip()),
        "articles": (REPAIRING,),
        "data_used": (),
    }
    text = document_of(found.case, told)
    registers.store_documents([NewDocument(decision.document, found.person, DOCUMENT, text)])
    keep_row(decision)
    return decision


def decide_earlier_answers() -> int:
    """Give the answers from before they were decisions their row, so that objecting to them is possible too.

    Each in a transaction of its own; a repeat finds the row. The words of such an answer stand in its message.

    Returns:
        How many got a row.
    """
    bare = models.Correction.objects.filter(case__state=CaseState.ANSWERED.value, case__decision__isnull=True)
    done = 0
    for case in bare.order_by("case__number").values_list("case_id", flat=True):
        with transaction.atomic():
            models.Case.objects.select_for_update().get(id=case)
            said = models.CaseEvent.objects.filter(case_id=case, kind=EventKind.ANSWERED.value).order_by("-id").first()
            if said is None or models.Decision.objects.filter(case_id=case).exists():
                continue
            known = catalogue.municipality().officials.get(said.actor)
            official = Official(said.actor, known.name if known else said.actor, "", 0)
            decide_answer(lists.correction(case), official, "", upheld=said.code == "upheld", on=said.on)
            done += 1
    return done
