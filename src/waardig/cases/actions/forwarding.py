"""Forwarding an objection that another body decides on; the day we received it goes on counting (Awb 6:15)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.hearing import handled_by
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.objecting import ACTIVITY
from waardig.cases.actions.opening import record
from waardig.cases.actions.papers import note_act
from waardig.cases.actions.urging import end_penalties
from waardig.cases.core.objecting import check_forwarding
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseState, EventKind, Official
from waardig.cases.terms.objections import Forwarding, Objection
from waardig.catalogue import queries as catalogue


def forward_objection(case: UUID, official: Official, to: Forwarding, *, on: date) -> Objection:
    """Record that an objection went to the body that decides on it, and tell the resident at once.

    One transaction: the end of our case, the letter with the day we received it, a line in the log that it was given
    to another body. The official sends the papers; a new objection against our decision stays possible.

    Raises:
        BodyMissing, OwnReasonsMissing, SameOfficial, CaseUnknown, StepNotPossible.
    """
    check_forwarding(to, own_body=catalogue.municipality().deciding_body.nl)
    with transaction.atomic():
        row = handled_by(case, official, "forwarding", on)
        row.forwarded_to = " ".join(to.body.split())
        row.save(update_fields=["forwarded_to"])
        models.Case.objects.filter(id=case).update(state=CaseState.ANSWERED.value)
        record(case, EventKind.SENT_ON, on, "employee", official.id)
        end_penalties(case, on)
        actor = Actor("employee", official.id, official.role)
        note_act(ACTIVITY, case, row.person, "stuurde het bezwaar door aan een andere instantie", actor)
        _tell(row, official, to, on)
        return reads.objection(case)


def _tell(row: models.Objection, official: Official, to: Forwarding, on: date) -> None:
    still = row.decision.objection_until
    values: dict[str, Any] = {
        "case_number": row.case.number,
        "forwarded_on": on,
        "received_on": row.received_on,
        "body": row.forwarded_to,
        "address": " ".join(to.address.split()),
        "reasons": tuple(part.strip() for part in to.why.splitlines() if part.strip()),
        "official": official.name,
        "function": official.function,
        "still_possible": still >= on,
        "objection_until": still,
    }
    known = reads.case_of(row.case_id)
    send(known, "objection_forwarded", values, on=on, activity=ACTIVITY, key="forwarded", package=GENERAL)
