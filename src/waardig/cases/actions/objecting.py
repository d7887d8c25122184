"""Objecting (bezwaar maken): receipt, completing, withdrawing; a right that nothing suspends.

Source: Awb 6:4-6:11, 6:14, 6:21, 7:10.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.acting import note_helper, refuse_stranger
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.actions.papers import keep_paper, note_act
from waardig.cases.actions.urging import end_penalties
from waardig.cases.core import objection_terms
from waardig.cases.core.objecting import check_open
from waardig.cases.core.objection_terms import ObjectionTerms
from waardig.cases.queries import objections as reads
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, EventKind, NewCase, Party, StepNotPossible
from waardig.cases.terms.objections import Channel, Objection, ObjectionText, PaperKind
from waardig.catalogue import queries as catalogue

ACTIVITY = "bezwaar"


def object_to(
    decision: UUID,
    person: UUID,
    text: ObjectionText,
    *,
    actor: Actor,
    on: date,
    channel: Channel = Channel.PORTAL,
    received_on: date | None = None,
    posted_on: date | None = None,
) -> Objection:
    """Lodge an objection and send the receipt; the same person objecting twice gives the one that is there.

    One transaction: case, text behind the gate, receipt with its log line. What lacks can be sent later (6:6); too late
    is asked about (6:11) and judged by a person.

    Args:
        actor: the resident, who helps or represents them, or the employee at the counter who records it.
        received_on, posted_on: of a letter: the day it came and the postmark (6:9).

    Raises:
        CaseUnknown: no such decision, or not of this person: the same answer for both.
        StepNotPossible: a day that cannot be.
    """
    about = models.Decision.objects.filter(id=decision).first()
    if about is None:
        raise CaseUnknown
    refuse_stranger(actor, person, about.case_id, on=on)
    return lodge(
        decision, person, text, actor=actor, on=on, channel=channel, received_on=received_on, posted_on=posted_on
    )


def lodge(
    decision: UUID,
    person: UUID,
    text: ObjectionText,
    *,
    actor: Actor,
    on: date,
    channel: Channel = Channel.PORTAL,
    received_on: date | None = None,
    posted_on: date | None = None,
) -> Objection:
    """What `object_to` does once it is sure that the actor may do it for this person.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    with transaction.atomic():
        found = _target(decision, person)
        there = models.Objection.objects.select_related("case").filter(
            decision_id=decision, person=person, withdrawn=False, forwarded_to=""
        )
        if row := there.first():
            return row.to_term()
        received = received_on or on
        if not found.decided_on <= received <= on or (posted_on is not None and posted_on > received):
            raise StepNotPossible(found.case.number, found.case.state, "objecting on that day")
        row = _open(found, person, text, actor, on, channel=channel, received=received, posted=posted_on)
        _keep_texts(row, text, actor, on)
        _send_receipt(row, found, on)
        note_helper(ACTIVITY, row.case_id, person, "maakte bezwaar voor u", actor)
        return row.to_term()


def _target(decision: UUID, person: UUID) -> models.Decision:
    """The decision with its case locked: who objects beside us waits, and then sees that it is there."""
    found = models.Decision.objects.filter(id=decision).first()
    if found is None:
        raise CaseUnknown
    about = models.Case.objects.select_for_update().get(id=found.case_id)
    if found.outcome in reads.REVIEW_OUTCOMES or not about.parties.filter(person=person).exists():
        raise CaseUnknown
    return found


def _open(
    found: models.Decision,
    person: UUID,
    text: ObjectionText,
    actor: Actor,
    on: date,
    *,
    channel: Channel,
    received: date,
    posted: date | None,
) -> models.Objection:
    handling, book = catalogue.handling(), content.book()
    terms = objection_terms.objection_terms(
        book, made_known_on=found.decided_on, received_on=received, posted_on=posted, committee=handling.committee
    )
    case = _new_case(found, person, actor, on, terms)
    lacks = not text.reasons.strip() or not (terms.is_timely or text.late_reason.strip())
    repair = objection_terms.weeks_after(book, on, handling.repair_weeks) if lacks else None
    return models.Objection.objects.create(
        case_id=case.id,
        about_id=found.case_id,
        decision_id=found.id,
        person=person,
        first_official=found.official,
        received_on=received,
        posted_on=posted,
        channel=channel.value,
        is_timely=terms.is_timely,
        has_reasons=bool(text.reasons.strip()),
        has_late_reason=bool(text.late_reason.strip()),
        asked_on=on if lacks else None,
        repair_until=repair,
        wants_hearing=text.wants_hearing,
        hearing_reply_by=objection_terms.weeks_after(book, on, handling.hearing_reply_weeks),
        asks_costs=bool(text.costs.strip()),
    )


def _new_case(found: models.Decision, person: UUID, actor: Actor, on: date, terms: ObjectionTerms) -> Case:
    about = found.case
    before = models.Objection.objects.filter(decision_id=found.id, person=person).count()
    new = NewCase(
        key=f"objection:{found.id}:{person}:{before}",
        kind=CaseKind.OBJECTION,
        state=CaseState.OPEN,
        service=about.service,
        parties=(Party(person, "applicant"),),
        opened_on=on,
        team=about.team,
        household_type=about.household_type,
        reader="administrator" if actor.kind == "organisation" else about.reader,
    )
    prefix = catalogue.municipality().case_prefix
    case = open_cases([new], prefix=prefix, actor_kind=actor.kind, actor=actor.id)[0]
    models.Case.objects.filter(id=case.id).update(decide_by=terms.decide_by)
    return case


def _keep_texts(row: models.Objection, text: ObjectionText, actor: Actor, on: date) -> None:
    if text.reasons.strip() or text.costs.strip():
        words = {"reasons": text.reasons.strip(), "costs": text.costs.strip()}
        keep_paper(row.case_id, row.person, PaperKind.OBJECTION, words, actor=actor, on=on)
    if text.late_reason.strip():
        late = {"reasons": text.late_reason.strip()}
        keep_paper(row.case_id, row.person, PaperKind.LATE_REASON, late, actor=actor, on=on)


def _send_receipt(row: models.Objection, found: models.Decision, on: date) -> None:
    known = reads.case_of(row.case_id)
    late = not row.is_timely and not row.has_late_reason
    handling = catalogue.handling()
    values: dict[str, Any] = {
        "case_number": known.number,
        "about_number": found.case.number,
        "decided_on": found.decided_on,
        "received_on": row.received_on,
        "decide_by": known.decide_by,
        "decide_weeks": objection_terms.decide_weeks(content.book(), on, committee=handling.committee),
        "reasons_missing": not row.has_reasons,
        "late_missing": late,
        "something_missing": row.repair_until is not None,
        "repair_until": row.repair_until or on,
        "was_due": found.objection_until,
        "hearing_asked": row.wants_hearing is True,
        "hearing_not_asked": row.wants_hearing is False,
        "hearing_open": row.wants_hearing is None,
        "hearing_reply_by": row.hearing_reply_by,
        "committee": handling.committee,
        "costs_asked": row.asks_costs,
    }
    send(known, "objection_receipt", values, on=on, english={}, activity=ACTIVITY, key="receipt", package=GENERAL)


def complete_objection(case: UUID, text: ObjectionText, *, actor: Actor, on: date) -> Objection:
    """Add reasons, why it was late, costs, or whether a hearing is wanted, while the objection is open.

    The day on which what lacked is there ends our waiting: our last day moves by the days we waited (7:10 lid 2).

    Raises:
        CaseUnknown, StepNotPossible.
    """
    refuse_stranger_to(case, actor, on)
    with transaction.atomic():
        row = locked(case, "completing")
        if text.reasons.strip() or text.costs.strip():
            words = {"reasons": text.reasons.strip(), "costs": text.costs.strip()}
            keep_paper(case, row.person, PaperKind.ADDITION, words, actor=actor, on=on)
        if text.late_reason.strip():
            late = {"reasons": text.late_reason.strip()}
            keep_paper(case, row.person, PaperKind.LATE_REASON, late, actor=actor, on=on)
        row.has_reasons = row.has_reasons or bool(text.reasons.strip())
        row.has_late_reason = row.has_late_reason or bool(text.late_reason.strip())
        row.asks_costs = row.asks_costs or bool(text.costs.strip())
        row.wants_hearing = text.wants_hearing if text.wants_hearing is not None else row.wants_hearing
        row.save()
        if row.to_term().is_complete:
            end_waiting(row, on)
        record(case, EventKind.COMPLETED, on, actor.kind, actor.id)
        note_act(ACTIVITY, case, row.person, "vulde het bezwaar aan", actor)
        return row.to_term()


def end_waiting(row: models.Objection, on: date) -> None:
    """What lacked is there, or the term for it passed: our last day moves by the days we waited; once."""
    if row.asked_on is None or row.repair_until is None or row.repaired_on is not None:
        return
    row.repaired_on = min(on, row.repair_until)
    row.save(update_fields=["repaired_on"])
    row.case.decide_by = objection_terms.after_suspension(
        content.book(),
        made_known_on=row.decision.decided_on,
        received_on=row.received_on,
        asked_on=row.asked_on,
        ended_on=row.repaired_on,
        decide_by=row.case.decide_by or row.received_on,
    )
    row.case.save(update_fields=["decide_by"])


def withdraw_objection(case: UUID, *, actor: Actor, on: date) -> None:
    """End an objection without a decision, because the resident says so (6:21); a new one is possible within the term.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    refuse_stranger_to(case, actor, on)
    with transaction.atomic():
        row = locked(case, "withdrawing")
        row.withdrawn = True
        row.save(update_fields=["withdrawn"])
        row.case.state = CaseState.WITHDRAWN.value
        row.case.save(update_fields=["state"])
        record(case, EventKind.WITHDRAWN, on, actor.kind, actor.id)
        end_penalties(case, on)
        still = row.decision.objection_until
        values: dict[str, Any] = {
            "case_number": row.case.number,
            "withdrawn_on": on,
            "still_possible": still >= on,
            "objection_until": still,
        }
        known = reads.case_of(case)
        send(
            known, "objection_withdrawn", values, on=on, english={}, activity=ACTIVITY, key="withdrawn", package=GENERAL
        )
        note_helper(ACTIVITY, case, row.person, "trok uw bezwaar in", actor)


def refuse_stranger_to(case: UUID, actor: Actor, on: date) -> None:
    """Before a step in an objection: only whose it is, who helps them, or by the rules of another role."""
    person = models.Objection.objects.filter(case_id=case).values_list("person", flat=True).first()
    if person is None:
        raise CaseUnknown
    refuse_stranger(actor, person, case, on=on)


def locked(case: UUID, step: str) -> models.Objection:
    """The locked objection that is open; who may do the step is asked before."""
    models.Case.objects.select_for_update().filter(id=case).first()
    row = models.Objection.objects.select_related("case", "decision").filter(case_id=case).first()
    if row is None:
        raise CaseUnknown
    check_open(row.to_term(), step)
    return row
