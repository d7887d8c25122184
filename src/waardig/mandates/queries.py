"""Reads: whom somebody may act for. Asked of the register each time; nothing is kept. Door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from waardig.identity.terms import Kind, Who
from waardig.kernel.clock import business_today
from waardig.mandates.core import may_act
from waardig.mandates.terms import AUTHORITY_SOURCE, Action, Authority, NoAuthority, Ruling


def ruling(who: Who, person: UUID, action: Action, *, on: date | None = None) -> Ruling:
    """May `who` do this for `person` today (or on a business date)? See `core.may_act` for the reasons."""
    day = on or business_today()
    stated: tuple[Authority, ...] = ()
    if who.kind is Kind.ORGANISATION and who.organisation and who.person != person:
        stated = AUTHORITY_SOURCE.get().authorities(who.organisation.kvk, (person,), day)
    return may_act(who, person, action, stated, day)


def authority(who: Who, person: UUID, *, on: date | None = None) -> Authority | None:
    """The authority under which `who` may see the affairs of `person`; None for oneself and for nobody."""
    return ruling(who, person, Action.VIEW, on=on).authority


def acting_for(who: Who, person: UUID, action: Action = Action.VIEW, *, on: date | None = None) -> Who:
    """The caller as one who acts for this person, for this request only.

    Raises:
        NoAuthority: the register does not let `who` do this today.
    """
    judged = ruling(who, person, action, on=on)
    if not judged.is_allowed:
        raise NoAuthority(judged.reason)
    return who if judged.authority is None else replace(who, acting_for=person)


def clients_of(who: Who, *, on: date | None = None) -> tuple[UUID, ...]:
    """The persons an administrator acts for today, for their list of clients; () for anybody else."""
    if who.kind is not Kind.ORGANISATION or who.organisation is None or who.organisation.intermediaries:
        return ()
    return AUTHORITY_SOURCE.get().represented_by(who.organisation.kvk, on or business_today())
