"""For whom a resident acts: for themself, for whom they help, for their child; asked each time (Awb 2:1, BW 1:245)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.papers import note_act
from waardig.cases.queries import rules as content
from waardig.cases.terms import CaseUnknown
from waardig.mandates import queries as mandates


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


def refuse_outsider(actor: Actor, case: UUID, *, on: date) -> None:
    """A resident answers for a household of which they, whom they help or their child is part; others by their role.

    Call it before the transaction, as `refuse_stranger`.

    Raises:
        CaseUnknown: they are no part of it; the same answer as for a case that is not there.
    """
    if actor.kind != "resident":
        return
    service = models.Case.objects.filter(id=case).values_list("service", flat=True).first()
    if service is None or not any(
        mandates.answers_for(actor, person, on=on, service=service) for person in _household(case)
    ):
        raise CaseUnknown


def note_outsider(case: UUID, name: str, actor: Actor) -> None:
    """A line in the log of each of a household that a helper or a parent did this; joins the caller's transaction."""
    household = _household(case)
    if actor.kind == "resident" and actor.id not in {str(person) for person in household}:
        service = models.Case.objects.values_list("service", flat=True).get(id=case)
        for person in household:
            note_act(content.service_of(service).application_activity, case, person, name, actor)


def _household(case: UUID) -> tuple[UUID, ...]:
    return tuple(models.CaseParty.objects.filter(case_id=case).order_by("id").values_list("person", flat=True))


def note_helper(activity: str, case: UUID, person: UUID, name: str, actor: Actor) -> None:
    """A line in the log of the resident that somebody else did this for them; joins the caller's transaction."""
    if actor.kind == "resident" and actor.id != str(person):
        note_act(activity, case, person, name, actor)
