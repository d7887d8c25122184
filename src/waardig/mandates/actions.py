"""Writes of mandates: ask, accept, confirm, end. Both say yes before anything counts; either ends it at once. Door.

Every step is one transaction: row, event, a line in the log of both, and the job that tells the people concerned.
Source: BW 3:60, 3:72; Awb 2:1.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from waardig.identity.terms import Level
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import Actor, NewLine
from waardig.mandates import models
from waardig.mandates.core import (
    CODE_LENGTH,
    code_from,
    end_of,
    first_day,
    themes_of,
    why_not_accept,
    why_not_appoint,
    why_not_give,
)
from waardig.mandates.queries import code_mac, due, employee_mac, helped_by, is_under_guardianship, rules
from waardig.mandates.terms import (
    TOPIC_CHANGED,
    Action,
    Appointment,
    CourtOrder,
    Invitation,
    Mandate,
    MandateEvent,
    MandateRefused,
    MandateState,
    Origin,
)
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob

ACTIVITY = "machtiging.beheren"
SYSTEM = Actor("system", "mandates")
_NAMES = {
    MandateEvent.INVITED: "u vroeg iemand om u te helpen",
    MandateEvent.ACCEPTED: "iemand zei ja op een verzoek om te helpen",
    MandateEvent.CONFIRMED: "een machtiging ging in",
    MandateEvent.DECLINED: "een machtiging ging niet door",
    MandateEvent.LAPSED: "een code voor een machtiging verliep",
    MandateEvent.REMINDED: "wij herinnerden aan het einde van een machtiging",
    MandateEvent.ENDED: "een machtiging stopte",
    MandateEvent.EXPIRED: "een machtiging liep af",
    MandateEvent.ENDED_BY_DEATH: "een machtiging stopte door een overlijden",
    MandateEvent.APPOINTED: "wij legden vast wie de rechter aanwees om voor u te handelen",
    MandateEvent.ENDED_BY_COURT: "het handelen voor u stopte door een uitspraak van de rechter",
}
_TOLD = (
    MandateEvent.ACCEPTED, MandateEvent.CONFIRMED, MandateEvent.REMINDED, MandateEvent.ENDED, MandateEvent.EXPIRED,
    MandateEvent.ENDED_BY_DEATH, MandateEvent.APPOINTED, MandateEvent.ENDED_BY_COURT,
)  # fmt: skip


def invite(
    principal: UUID,
    *,
    themes: Collection[str],
    action: Action,
    months: int,
    actor: Actor,
    on: date,
    origin: Origin = Origin.WEB,
    form_reference: str = "",
) -> Invitation:
    """Ask for a helper; the code in the answer is told once.

    Args:
        actor: the person, or the employee who identified them or holds their signed form.

    Raises:
        MandateRefused: `themes_missing`, `term_unknown`, `form_missing`, `acting_for_another`, `under_guardianship`.
    """
    decided = rules()
    reason = why_not_give(themes, months, decided)
    if not reason and origin is Origin.PAPER and not form_reference.strip():
        reason = "form_missing"
    if reason := reason or _not_theirs(principal, actor, on):
        raise MandateRefused(reason)
    code = code_from([secrets.randbelow(1 << 30) for _ in range(CODE_LENGTH)])
    with transaction.atomic():
        row = models.Mandate.objects.create(
            principal=principal,
            themes=sorted(themes),
            action=action.value,
            months=months,
            origin=origin.value,
            code_mac=code_mac(code),
            code_until=on + timedelta(days=decided.code_days),
            invited_on=on,
            form_reference=form_reference.strip()[:40],
        )
        _record(row, MandateEvent.INVITED, on, actor)
    return Invitation(row.to_term(), code)


def _not_theirs(principal: UUID, actor: Actor, on: date) -> str:
    """Why this actor may not ask for a helper here; "" for an employee and for the person.

    Who is under curatele cannot authorise anybody, in whatever way it came in (BW 1:381).
    """
    if actor.kind != "employee" and actor != Actor("resident", str(principal)):
        return "acting_for_another"
    return "under_guardianship" if is_under_guardianship(principal, on=on) else ""


def accept(code: str, helper: UUID, *, level: Level | None, works_here: str = "", on: date) -> Mandate:
    """The helper enters the code after signing in. Given at the counter or on paper it then counts after some days.

    Args:
        works_here: the employee number of a helper who works for the municipality, so that they decide nothing about
            this person.

    Raises:
        MandateRefused: `code_unknown`, `own_code`, `level_too_low`, `too_many`.
    """
    decided = rules()
    with transaction.atomic():
        row = models.Mandate.objects.select_for_update().filter(code_mac=code_mac(code)).first()
        if row is None or row.code_until < on or row.state != MandateState.INVITED:
            raise MandateRefused("code_unknown")
        helped = [mandate.principal for mandate in helped_by(helper, on=on) if mandate.order is None]
        reason = why_not_accept(row.to_term(), helper, level, helped, decided)
        if reason:
            raise MandateRefused(reason)
        row.helper, row.state, row.code_mac = helper, MandateState.ACCEPTED.value, None
        row.employee_mac = employee_mac(works_here)
        row.save(update_fields=["helper", "state", "code_mac", "employee_mac"])
        actor = Actor("resident", str(helper))
        _record(row, MandateEvent.ACCEPTED, on, actor)
        if row.origin != Origin.WEB:  # the principal said yes at the counter or with a signature
            _activate(row, on, actor)
    return row.to_term()


def confirm(mandate: UUID, principal: UUID, *, on: date) -> Mandate:
    """The principal saw who the helper is and says yes: it counts from now. Twice is once.

    Raises:
        MandateRefused: `not_yours`, `not_possible`, `too_many`.
    """
    with transaction.atomic():
        row = _locked(mandate, principal)
        if row.state == MandateState.ACTIVE:
            return row.to_term()
        if row.state != MandateState.ACCEPTED or row.helper is None or row.code_until < on:
            raise MandateRefused("not_possible")
        _activate(row, on, Actor("resident", str(principal)))
    return row.to_term()


def end(mandate: UUID, *, actor: Actor, by: UUID | None, on: date) -> Mandate:
    """End it, or say no to it, at once: the next request of the helper is refused. Twice is once.

    Args:
        by: the principal or the helper; None when an employee records it at the counter or on the phone.

    Raises:
        MandateRefused: `not_yours`; `court_only` of what a court ruled.
    """
    with transaction.atomic():
        row = models.Mandate.objects.select_for_update().filter(id=mandate).first()
        if row is None or (by is None and actor.kind != "employee"):
            raise MandateRefused("not_yours")
        if by is not None and by not in (row.principal, row.helper):
            raise MandateRefused("not_yours")
        if row.ruled_on is not None:
            raise MandateRefused("court_only")
        word = "employee" if by is None else "principal" if by == row.principal else "helper"
        _end(row, MandateEvent.ENDED, on, actor, word)
    return row.to_term()


def keep_calendar(on: date) -> int:
    """What the day brings: end what is over, remind of what ends soon, let old codes lapse. Gives how many changed."""
    changed = 0
    over, soon, stale = due(on, rules())
    for identity, event in (
        *((one.id, MandateEvent.EXPIRED) for one in over),
        *((one.id, MandateEvent.REMINDED) for one in soon),
        *((one.id, MandateEvent.LAPSED) for one in stale),
    ):
        with transaction.atomic():
            changed += _by_the_calendar(identity, event, on)
    return changed


def end_for_deaths(died: Collection[UUID], *, on: date) -> int:
    """A mandate ends with the death of either (BW 3:72). Gives how many ended."""
    ended = 0
    rows = models.Mandate.objects.filter(state__in=[MandateState.ACCEPTED, MandateState.ACTIVE])
    ids = [row.id for row in rows if row.principal in died or row.helper in died]
    for identity in ids:
        with transaction.atomic():
            row = models.Mandate.objects.select_for_update().get(id=identity)
            ended += _end(row, MandateEvent.ENDED_BY_DEATH, on, SYSTEM, "death")
    return ended


def appoint(
    principal: UUID, helper: UUID, order: CourtOrder, *, actor: Actor, on: date, works_here: str = ""
) -> Mandate:
    """Register whom a court appointed, from the ruling that was shown; registering the same ruling twice is once.

    A mandate that the person gave to the same helper is over. With a curator every mandate of this person is, given and
    held (BW 3:72 a and b).

    Args:
        works_here: the employee number of who is appointed and works for the municipality, so that they decide nothing
            about this person (Awb 2:4).

    Raises:
        MandateRefused: `not_yours` (no employee), `order_incomplete`, `order_days`, `order_self`.
    """
    reason = "" if actor.kind == "employee" else "not_yours"
    reason = reason or why_not_appoint(order, on) or ("order_self" if principal == helper else "")
    if reason:
        raise MandateRefused(reason)
    with transaction.atomic():
        _one_at_a_time(principal)
        ours = models.Mandate.objects.select_for_update().filter(principal=principal, helper=helper).order_by("id")
        there = [one for one in ours if one.state == MandateState.ACTIVE]
        if same := next((one for one in there if _same(one, order)), None):
            return same.to_term()
        for old in there:
            old.state, old.ended_on, old.ended_by = MandateState.ENDED.value, on, "renewed"
            old.save(update_fields=["state", "ended_on", "ended_by"])
        if order.appointment is Appointment.CURATOR:
            _end_given_and_held(principal, actor, on)
        row = _by_order(principal, helper, order, on, works_here)
        _record(row, MandateEvent.APPOINTED, on, actor)
    return row.to_term()


def _one_at_a_time(principal: UUID) -> None:
    """Two rulings about one person at the same moment wait for each other, so that sending twice gives one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('mandates.court:' || %s, 0))", [str(principal)])


def _same(row: models.Mandate, order: CourtOrder) -> bool:
    return (row.appointment, row.court_reference, row.ruled_on) == (
        order.appointment.value, order.reference.strip()[:60], order.ruled_on,
    )  # fmt: skip


def _end_given_and_held(person: UUID, actor: Actor, on: date) -> None:
    running = [MandateState.INVITED, MandateState.ACCEPTED, MandateState.ACTIVE]
    rows = models.Mandate.objects.select_for_update().filter(state__in=running, ruled_on__isnull=True)
    for row in rows.filter(Q(principal=person) | Q(helper=person)).order_by("id"):
        _end(row, MandateEvent.ENDED_BY_COURT, on, actor, "court")


def _by_order(principal: UUID, helper: UUID, order: CourtOrder, on: date, works_here: str) -> models.Mandate:
    return models.Mandate.objects.create(
        principal=principal,
        helper=helper,
        themes=sorted(themes_of(order.appointment, rules())),
        action=Action.ANSWER.value,
        months=0,
        origin=Origin.COURT.value,
        state=MandateState.ACTIVE.value,
        code_until=on,
        invited_on=on,
        starts_on=order.starts_on,
        ends_on=order.until + timedelta(days=1) if order.until else None,
        appointment=order.appointment.value,
        court=order.court.strip()[:120],
        court_reference=order.reference.strip()[:60],
        ruled_on=order.ruled_on,
        employee_mac=employee_mac(works_here),
    )


def end_by_court(mandate: UUID, *, reference: str, ruled_on: date, actor: Actor, on: date) -> Mandate:
    """Record the ruling that ends an appointment: from this day nothing counts. Twice is once.

    Raises:
        MandateRefused: `not_yours` (no employee, or no appointment by a court), `order_incomplete`, `order_days`.
    """
    with transaction.atomic():
        row = models.Mandate.objects.select_for_update().filter(id=mandate, ruled_on__isnull=False).first()
        if row is None or row.ruled_on is None or actor.kind != "employee":
            raise MandateRefused("not_yours")
        if not reference.strip():
            raise MandateRefused("order_incomplete")
        if not row.ruled_on <= ruled_on <= on:
            raise MandateRefused("order_days")
        if row.state == MandateState.ACTIVE:
            row.end_reference = reference.strip()[:60]
            row.save(update_fields=["end_reference"])
        _end(row, MandateEvent.ENDED_BY_COURT, on, actor, "court")
    return row.to_term()


def _by_the_calendar(identity: UUID, event: MandateEvent, on: date) -> int:
    row = models.Mandate.objects.select_for_update().get(id=identity)
    if event is MandateEvent.REMINDED:
        if row.state != MandateState.ACTIVE or row.event_rows.filter(kind=event).exists():
            return 0
        _record(row, event, on, SYSTEM)
        return 1
    return _end(row, event, on, SYSTEM, "calendar")


def _activate(row: models.Mandate, on: date, actor: Actor) -> None:
    """Both said yes. A new mandate for the same helper takes the place of the old one."""
    pair = models.Mandate.objects.select_for_update().filter(helper=row.helper).order_by("id")
    active = [one for one in pair if one.state == MandateState.ACTIVE]
    for old in active:
        if old.principal == row.principal and old.id != row.id:
            old.state, old.ended_on, old.ended_by = MandateState.ENDED.value, on, "renewed"
            old.save(update_fields=["state", "ended_on", "ended_by"])
    others = {one.principal for one in active if one.ruled_on is None} - {row.principal}
    if len(others) >= rules().most_persons:
        raise MandateRefused("too_many")
    row.state, row.starts_on = MandateState.ACTIVE.value, first_day(Origin(row.origin), on, rules())
    row.ends_on = end_of(row.starts_on, row.months)
    row.save(update_fields=["state", "starts_on", "ends_on"])
    _record(row, MandateEvent.CONFIRMED, on, actor)


def _end(row: models.Mandate, event: MandateEvent, on: date, actor: Actor, by: str) -> int:
    if row.state in (MandateState.ENDED, MandateState.LAPSED, MandateState.DECLINED):
        return 0
    counted = row.state == MandateState.ACTIVE
    if not counted:
        event = MandateEvent.LAPSED if event is MandateEvent.LAPSED else MandateEvent.DECLINED
    states = {MandateEvent.LAPSED: MandateState.LAPSED, MandateEvent.DECLINED: MandateState.DECLINED}
    row.state = states.get(event, MandateState.ENDED).value
    row.ended_on, row.ended_by, row.code_mac = on, by, None
    row.save(update_fields=["state", "ended_on", "ended_by", "code_mac"])
    _record(row, event, on, actor)
    return 1


def _record(row: models.Mandate, event: MandateEvent, on: date, actor: Actor) -> None:
    models.Event.objects.create(mandate=row, kind=event.value, on=on, by=actor.kind)
    concerned: Sequence[UUID] = [row.principal, *([row.helper] if row.helper else [])]
    write_lines([NewLine(ACTIVITY, person, _NAMES[event], actor=actor) for person in concerned])
    if event in _TOLD:
        payload = {"mandate": str(row.id), "event": event.value}
        enqueue([NewJob(topic=TOPIC_CHANGED, key=f"{row.id}:{event.value}", payload=payload)])


def _locked(mandate: UUID, principal: UUID) -> models.Mandate:
    row = models.Mandate.objects.select_for_update().filter(id=mandate, principal=principal).first()
    if row is None:
        raise MandateRefused("not_yours")
    return row
