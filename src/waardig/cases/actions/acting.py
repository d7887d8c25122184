"""For whom a resident acts: for themself, for whom they help, for their child; asked each time (Awb 2:1, BW 1:245)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.papers import note_act
from waardig.cases.terms import CaseUnknown
from waardig.kernel.clock import business_today
from waardig.mandates import queries as mandates
from waardig.mandates.terms import mandate_of


def person_of(actor: Actor, service: str) -> UUID:
    """Whose words these are: the resident's own, or of the person for whom they may answer about this service today.

    Raises:
        CaseUnknown: a helper who may not answer, or nobody.
    """
    if mandate_of(actor.role):
        helped = mandates.principal_answered_for(actor, on=business_today(), service=service)
        if helped is None:
            raise CaseUnknown
        return helped
    try:
        return UUID(actor.id)
    except ValueError:
        raise CaseUnknown from None


def refuse_stranger(actor: Actor, person: UUID, case: UUID, *, on: date) -> None:
    """A resident acts for themself or for whom they may help with this service; others by the rules of their role.

    Call it before the transaction: a parent is asked of the population register, through the gate.

    Raises:
        CaseUnknown: they may not; the same answer as for a case that is not there.
    """
    if actor.kind != "resident":
        return
    service = models.Case.objects.filter(id=case).values_list("service", flat=True).first()
    if service is None or not mandates.answers_for(actor, person, on=on, service=service):
        raise CaseUnknown


def note_helper(activity: str, case: UUID, person: UUID, name: str, actor: Actor) -> None:
    """A line in the log of the resident that somebody else did this for them; joins the caller's transaction."""
    if actor.kind == "resident" and actor.id != str(person):
        note_act(activity, case, person, name, actor)
