"""For whom a resident acts: for themself, or for the person whom they help with it (Awb 2:1)."""

from __future__ import annotations

from uuid import UUID

from waardig.access.terms import Actor
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


def refuse_for_another(actor: Actor, person: UUID, service: str) -> None:
    """A resident acts for themself or whom they help; employees and organisations act by the rules of their own role.

    Raises:
        CaseUnknown: this is about somebody else; the same answer as for what does not exist.
    """
    if actor.kind == "resident" and person_of(actor, service) != person:
        raise CaseUnknown
