"""Handling an objection before the decision: who handles it, hearing, report, putting off.

Source: Awb 7:2-7:9, 7:10 lid 3-5, 10:3 lid 3.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.objecting import ACTIVITY, end_waiting, locked, refuse_stranger_to
from waardig.cases.actions.opening import record
from waardig.cases.actions.papers import keep_paper, note_act
from waardig.cases.core import objection_terms
from waardig.cases.core.objecting import check_official, check_postponement
from waardig.cases.queries import objections as reads
from waardig.cases.queries import rules as content
from waardig.cases.terms import EventKind, Official, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import Hearing, HearingPlan, HearingState, HearingTooSoon, Objection, PaperKind
from waardig.kernel.days import time_in_english

SHORTEST_REPORT = 40
SHORTEST_WHY = 20


def take_objection(case: UUID, official: Official, *, on: date) -> Objection:
    """Handle an objection from now on; also when a colleague handled it so far.

    Raises:
        SameOfficial: this official took the first decision or told the resident that it stands.
        CaseUnknown, StepNotPossible.
    """
    with transaction.atomic():
        row = locked(case, "taking")
        check_official(row.case.number, official.id, reads.involved_in(row.decision_id))
        if row.handler != official.id:
            row.handler = official.id
            row.save(update_fields=["handler"])
            record(case, EventKind.TAKEN, on, "employee", official.id)
        return row.to_term()


def handled_by(case: UUID, official: Official, step: str, on: date) -> models.Objection:
    """The locked objection, handled by this official; what lacked for too long is settled first.

    Raises:
        SameOfficial, CaseUnknown.
        StepNotPossible: a colleague handles it; take it over first.
    """
    row = locked(case, step)
    check_official(row.case.number, official.id, reads.involved_in(row.decision_id))
    if row.handler and row.handler != official.id:
        raise StepNotPossible(row.case.number, row.case.state, f"{step}: a colleague handles it;")
    if not row.handler:
        row.handler = official.id
        row.save(update_fields=["handler"])
        record(case, EventKind.TAKEN, on, "employee", official.id)
    if row.repair_until is not None and on > row.repair_until:
        end_waiting(row, on)
    return row


def invite(case: UUID, official: Official, plan: HearingPlan, *, agreed: bool = False, on: date) -> Hearing:
    """Invite the resident to be heard: day, place or phone, papers, where the file lies (7:2, 7:4). Again if it moves.

    Args:
        agreed: the resident agreed with a day within the ten days (7:4 lid 5).

    Raises:
        HearingTooSoon: less than the days that the law gives to send papers.
        SameOfficial, CaseUnknown, StepNotPossible.
    """
    with transaction.atomic():
        row = handled_by(case, official, "inviting", on)
        terms = objection_terms.hearing_terms(content.book(), hearing_on=plan.on, invited_on=on)
        if plan.on <= on or (plan.on < terms.earliest and not agreed):
            raise HearingTooSoon(terms.earliest)
        earlier = models.Hearing.objects.filter(case_id=case).first()
        if earlier is not None and earlier.state == HearingState.HELD:
            raise StepNotPossible(row.case.number, row.case.state, "inviting: the hearing was held;")
        if earlier is not None and (earlier.on, earlier.at, earlier.place) == (plan.on, plan.at, plan.place):
            return earlier.to_term()
        hearing, _ = models.Hearing.objects.update_or_create(
            case_id=case,
            defaults={
                "state": HearingState.INVITED.value,
                "on": plan.on,
                "at": plan.at,
                "place": plan.place,
                "by_phone": plan.by_phone,
                "invited_on": on,
                "papers_until": terms.papers_until,
                "inspection_from": min(on, terms.inspection_from),
                "invitations": earlier.invitations + 1 if earlier else 1,
            },
        )
        record(case, EventKind.INVITED, on, "employee", official.id)
        _send_invitation(row, hearing, official, on)
        return hearing.to_term()


def _send_invitation(row: models.Objection, hearing: models.Hearing, official: Official, on: date) -> None:
    values: dict[str, Any] = {
        "case_number": row.case.number,
        "hearing_on": hearing.on,
        "hearing_at": hearing.at,
        "place": hearing.place,
        "by_phone": hearing.by_phone,
        "papers_possible": hearing.papers_until >= on,
        "papers_until": max(hearing.papers_until, on),
        "inspection_from": hearing.inspection_from,
        "official": official.name,
        "function": official.function,
    }
    send(
        reads.case_of(row.case_id),
        "objection_hearing",
        values,
        on=on,
        activity=ACTIVITY,
        key=f"hearing:{hearing.invitations}",
        english={"hearing_at": time_in_english(hearing.at)},  # address, name and function stay as they are
        package=GENERAL,
    )


def report_hearing(case: UUID, official: Official, report: str, *, held_on: date, on: date) -> None:
    """Keep the report of the hearing (7:7) behind the gate, and send it to the resident.

    Raises:
        OwnReasonsMissing: a report is at least 40 characters.
        SameOfficial, CaseUnknown.
        StepNotPossible: nobody was invited, the hearing was reported already, or the day cannot be.
    """
    if len(" ".join(report.split())) < SHORTEST_REPORT:
        raise OwnReasonsMissing(SHORTEST_REPORT)
    with transaction.atomic():
        row = handled_by(case, official, "reporting the hearing", on)
        hearing = models.Hearing.objects.filter(case_id=case, state=HearingState.INVITED.value).first()
        if hearing is None or not hearing.invited_on <= held_on <= on:
            raise StepNotPossible(row.case.number, row.case.state, "reporting a hearing on that day")
        hearing.state, hearing.held_on = HearingState.HELD.value, held_on
        hearing.save(update_fields=["state", "held_on"])
        actor = Actor("employee", official.id, official.role)
        words = {"report": report.strip(), "held_on": held_on.isoformat(), "official": official.name}
        keep_paper(case, row.person, PaperKind.HEARING_REPORT, words, actor=actor, on=on)
        record(case, EventKind.HEARD, on, "employee", official.id)
        values: dict[str, Any] = {
            "case_number": row.case.number,
            "held_on": held_on,
            "report": tuple(part.strip() for part in report.splitlines() if part.strip()),
            "official": official.name,
            "function": official.function,
            "decide_by": row.case.decide_by,
        }
        known = reads.case_of(case)
        send(known, "objection_report", values, on=on, activity=ACTIVITY, key="report", package=GENERAL)


def record_hearing_wish(case: UUID, *, wants: bool, actor: Actor, on: date) -> None:
    """Keep whether the resident wants to be heard (7:3 c); it can be changed until we decide.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    refuse_stranger_to(case, actor, on)
    with transaction.atomic():
        row = locked(case, "saying whether a hearing is wanted")
        if row.wants_hearing is wants:
            return
        row.wants_hearing = wants
        row.save(update_fields=["wants_hearing"])
        record(case, EventKind.HEARING_ANSWERED, on, actor.kind, actor.id, code="yes" if wants else "no")
        note_act(ACTIVITY, case, row.person, "zei of een gesprek gewenst is", actor)


def postpone(case: UUID, official: Official, *, until: date, why: str, consent: bool, on: date) -> date:
    """Put the decision off, and say so with the reason (7:10 lid 3-5).

    Args:
        why: in own words to the resident, at least 20 characters.
        consent: the resident agreed; without it once and six weeks at most.

    Raises:
        PostponementNotPossible, OwnReasonsMissing, SameOfficial, CaseUnknown, StepNotPossible.
    """
    if len(" ".join(why.split())) < SHORTEST_WHY:
        raise OwnReasonsMissing(SHORTEST_WHY)
    with transaction.atomic():
        row = handled_by(case, official, "postponing", on)
        now = row.case.decide_by or on
        if on > now and not consent:
            raise StepNotPossible(row.case.number, row.case.state, "postponing after the last day")
        latest = objection_terms.latest_postponement(content.book(), now)
        check_postponement(row.to_term(), until, latest=latest, consent=consent)
        row.postponed_on = row.postponed_on or on
        row.save(update_fields=["postponed_on"])
        row.case.decide_by = until
        row.case.save(update_fields=["decide_by"])
        record(case, EventKind.POSTPONED, on, "employee", official.id, code="consent" if consent else "once")
        values: dict[str, Any] = {
            "case_number": row.case.number,
            "was": now,
            "decide_by": until,
            "reasons": tuple(part.strip() for part in why.splitlines() if part.strip()),
            "consent": consent,
            "official": official.name,
            "function": official.function,
        }
        key = f"postponed:{until.isoformat()}"
        known = reads.case_of(case)
        send(known, "objection_postponed", values, on=on, activity=ACTIVITY, key=key, package=GENERAL)
        return until
