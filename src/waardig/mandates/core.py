"""May somebody act for another? A pure judgement over what the register states now.

Laws of this core: nobody gains a right when an authority is taken away; an authority that ended at t gives nothing from
t on; nothing outside its scopes is ever allowed. For oneself nothing is needed: a person under administration may
always see and send in what is theirs; whether the administrator should have done it is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from waardig.identity.terms import Kind, Level, Who
from waardig.mandates.terms import Action, Authority, Ruling


def may_act(who: Who, person: UUID, action: Action, authorities: Iterable[Authority], on: date) -> Ruling:
    """Judge one action of one caller for one person.

    Args:
        authorities: what the register states now; others' authorities among them change nothing.
        on: the business date of the action.

    Returns:
        A ruling with reason: `self`, `authority`, `not_signed_in`, `level_too_low`, `chain_not_taken`,
        `not_a_representative`, `no_authority`, `ended`, `not_yet`, `outside_scope`.

    Source: BW 1:431 (administration), 1:441 (the administrator represents), 1:449 (its end); eHerkenning level 3.
    """
    if who.person == person:
        return Ruling(True, "self")
    refused = _unfit(who)
    if refused:
        return Ruling(False, refused)
    about = [one for one in authorities if _concerns(one, who, person)]
    for authority in about:
        if authority.holds(on) and action in authority.scopes:
            return Ruling(True, "authority", authority)
    return Ruling(False, _why_not(about, on))


def _unfit(who: Who) -> str:
    if not who.is_signed_in:
        return "not_signed_in"
    if who.kind is not Kind.ORGANISATION or who.organisation is None:
        return "not_a_representative"
    if who.level is None or who.level < Level.SUBSTANTIAL:
        return "level_too_low"
    if (
        who.organisation.intermediaries
    ):  # the court appoints the administrator; a chain does not pass that on (BW 1:435)
        return "chain_not_taken"
    return ""


def _concerns(authority: Authority, who: Who, person: UUID) -> bool:
    return (
        authority.represented == person
        and who.organisation is not None
        and authority.representative_kvk == who.organisation.kvk
    )


def _why_not(about: list[Authority], on: date) -> str:
    if not about:
        return "no_authority"
    if any(one.holds(on) for one in about):
        return "outside_scope"
    if all(one.starts_on is not None and on < one.starts_on for one in about):
        return "not_yet"
    return "ended"
