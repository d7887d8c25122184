"""Reads: whom somebody may act for. Asked of register and table each time; nothing is kept. Door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac

from waardig.identity.terms import Kind, Level, Who
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.logbook.terms import Actor
from waardig.mandates import models
from waardig.mandates.adapters.content import load_rules
from waardig.mandates.core import bare_code, may_act
from waardig.mandates.terms import (
    AUTHORITY_SOURCE,
    PARENT_ROLE,
    PARENT_SOURCE,
    Action,
    Authority,
    Basis,
    HelpsThisPerson,
    Mandate,
    MandateState,
    NoAuthority,
    Rules,
    Ruling,
    mandate_of,
)

_RUNNING = (MandateState.INVITED, MandateState.ACCEPTED, MandateState.ACTIVE)


def rules() -> Rules:
    """What the municipality decided on mandates that people give.

    Raises:
        ContentInvalid.
    """
    return load_rules(content_roots())


# -- may somebody act --------------------------------------------------------------------------------------------------
def ruling(who: Who, person: UUID, action: Action, *, on: date | None = None, theme: str = "") -> Ruling:
    """May `who` do this for `person` today (or on a business date)? See `core.may_act` for the reasons."""
    day = on or business_today()
    stated: tuple[Authority, ...] = ()
    if who.person == person:
        pass
    elif who.kind is Kind.ORGANISATION and who.organisation:
        stated = AUTHORITY_SOURCE.get().authorities(who.organisation.kvk, (person,), day)
    elif who.kind is Kind.RESIDENT and who.person:
        stated = tuple(one.authority for one in _terms(_active().filter(helper=who.person, principal=person)))
        stated = stated or PARENT_SOURCE.get().authorities(who.person, person, day)
    return may_act(who, person, action, stated, day, theme=theme)


def authority(who: Who, person: UUID, *, on: date | None = None) -> Authority | None:
    """The authority under which `who` may see the affairs of `person`; None for oneself and for nobody."""
    return ruling(who, person, Action.VIEW, on=on).authority


def acting_for(who: Who, person: UUID, action: Action = Action.VIEW, *, on: date | None = None, theme: str = "") -> Who:
    """The caller as one who acts for this person, for this request only.

    Raises:
        NoAuthority: register and mandates do not let `who` do this today.
    """
    judged = ruling(who, person, action, on=on, theme=theme)
    if not judged.is_allowed:
        raise NoAuthority(judged.reason)
    return who if judged.authority is None else replace(who, acting_for=person)


def clients_of(who: Who, *, on: date | None = None) -> tuple[UUID, ...]:
    """The persons an administrator acts for today, for their list of clients; () for anybody else."""
    if who.kind is not Kind.ORGANISATION or who.organisation is None or who.organisation.intermediaries:
        return ()
    return AUTHORITY_SOURCE.get().represented_by(who.organisation.kvk, on or business_today())


def children_of(who: Who, *, on: date | None = None) -> tuple[Authority, ...]:
    """The children under 18 for whom this resident may act by law, one authority for each; () for anybody else."""
    if who.kind is not Kind.RESIDENT or who.person is None or not _is_certain(who):
        return ()
    found = PARENT_SOURCE.get().authorities(who.person, None, on or business_today())
    return tuple({one.represented: one for one in found}.values())


def _is_certain(who: Who) -> bool:
    return who.level is not None and who.level >= Level.SUBSTANTIAL


def principal_answered_for(actor: Actor, theme: str = "", *, on: date, service: str = "") -> UUID | None:
    """For whom a helper with this role may answer today; None when the actor is no helper or may not.

    Args:
        theme: what it is about.
        service: or the service package that it is about, which belongs to one of the themes of the mandate.
    """
    identity = mandate_of(actor.role)
    if identity is None or actor.kind != "resident":
        return None
    found = one(identity)
    if found is None or str(found.helper) != actor.id or not found.in_force(on):
        return None
    if service and not opens(found.authority, service):
        return None
    return found.principal if found.authority.covers(Action.ANSWER, theme) else None


def answers_for(actor: Actor, person: UUID, *, on: date, service: str) -> bool:
    """Whether a resident may answer for this person about this service: themself, their helper, or a parent.

    Call it outside a transaction: a parent is asked of the population register, through the gate.

    Source: Awb 2:1; BW 1:245, 3:60.
    """
    if actor.id == str(person):
        return True
    if actor.role == PARENT_ROLE:
        stated = PARENT_SOURCE.get().authorities(UUID(actor.id), person, on)
        return any(one.covers(Action.ANSWER) and one.holds(on) for one in stated)
    return principal_answered_for(actor, on=on, service=service) == person


def opens(stated: Authority, service: str) -> bool:
    """Whether an authority reaches the messages and cases of a service package."""
    if stated.themes is None:
        return True
    known = rules()
    return any(theme.opens(service) for theme in known.themes if theme.id in stated.themes)


def refuse_own_helper(employee_number: str, persons: Iterable[UUID]) -> None:
    """An employee decides about nobody whom they help themself.

    Raises:
        HelpsThisPerson: this employee said, when becoming a helper, that this is their number.

    Source: Awb 2:4.
    """
    if _active().filter(principal__in=list(persons), employee_mac=employee_mac(employee_number)).exists():
        raise HelpsThisPerson


# -- mandates themselves -----------------------------------------------------------------------------------------------
def one(identity: UUID) -> Mandate | None:
    """A mandate, whatever its state."""
    return next(iter(_terms(models.Mandate.objects.filter(id=identity))), None)


def given_by(person: UUID) -> tuple[Mandate, ...]:
    """What this person gave or asked and has not ended, oldest first."""
    return tuple(_terms(models.Mandate.objects.filter(principal=person, state__in=_RUNNING)))


def ever_gave(person: UUID) -> bool:
    """Whether this person ever asked somebody to help, whatever came of it."""
    return models.Mandate.objects.filter(principal=person).exists()


def appointed_for(person: UUID, *, on: date) -> tuple[Mandate, ...]:
    """Whom a court appointed to act for this person, in force on a day."""
    found = _terms(_active().filter(principal=person, ruled_on__isnull=False))
    return tuple(mandate for mandate in found if mandate.in_force(on))


def is_under_guardianship(person: UUID, *, on: date) -> bool:
    """Whether a curator acts for this person (BW 1:378), as registered here."""
    return any(one.basis is Basis.CURATORSHIP for one in appointed_for(person, on=on))


def helped_by(person: UUID, *, on: date | None = None) -> tuple[Mandate, ...]:
    """The mandates in force on a day of which this person is the helper."""
    day = on or business_today()
    return tuple(found for found in _terms(_active().filter(helper=person)) if found.in_force(day))


def accepted_by(person: UUID) -> tuple[Mandate, ...]:
    """What this person said yes to and is not in force yet: the other must confirm, or the first day has not come."""
    today = business_today()
    found = _terms(models.Mandate.objects.filter(helper=person, state__in=[MandateState.ACCEPTED, MandateState.ACTIVE]))
    return tuple(mandate for mandate in found if not mandate.in_force(today))


def helpers_of(persons: Sequence[UUID], *, on: date) -> tuple[Mandate, ...]:
    """The mandates in force on a day for any of these persons, in one query."""
    return tuple(found for found in _terms(_active().filter(principal__in=persons)) if found.in_force(on))


def due(on: date, rules: Rules) -> tuple[tuple[Mandate, ...], tuple[Mandate, ...], tuple[Mandate, ...]]:
    """What the calendar asks today: mandates that are over, those to be reminded of, invitations whose code is over."""
    over = _active().filter(ends_on__lte=on)
    soon = _active().filter(ends_on__gt=on, ends_on__lte=on + timedelta(days=rules.remind_days), ruled_on__isnull=True)
    soon = soon.exclude(event_rows__kind="reminded")
    stale = models.Mandate.objects.filter(state__in=[MandateState.INVITED, MandateState.ACCEPTED], code_until__lt=on)
    return tuple(_terms(over)), tuple(_terms(soon)), tuple(_terms(stale))


def people_in_force() -> tuple[UUID, ...]:
    """Everybody who gave or has a mandate that is active, for finding out who died since."""
    pairs = _active().values_list("principal", "helper")
    return tuple(sorted({person for pair in pairs for person in pair if person}))


def ended_counts() -> dict[tuple[int, str, str], int]:
    """How many mandates ended, by year, state and by whom or what; those that are removed since still count."""
    rows = models.Mandate.objects.filter(ended_on__isnull=False).exclude(state__in=_RUNNING)
    counted = rows.values_list("ended_on__year", "state", "ended_by").annotate(count=Count("id")).order_by()
    found = {(year, state, by): int(count) for year, state, by, count in counted}
    for year, state, by, count in models.Tally.objects.values_list("year", "state", "ended_by", "count"):
        found[year, state, by] = found.get((year, state, by), 0) + count
    return found


def history() -> Iterator[dict[str, Any]]:
    """Every mandate with its events in a stable order, without random ids and wall clock times."""
    rows = models.Mandate.objects.prefetch_related("event_rows").order_by("invited_on", "principal", "helper", "id")
    for row in rows:
        yield {
            "kind": "mandate",
            "principal": str(row.principal),
            "helper": str(row.helper) if row.helper else None,
            "themes": sorted(row.themes),
            "action": row.action,
            "origin": row.origin,
            "state": row.state,
            **({"appointment": row.appointment, "ruled_on": str(row.ruled_on)} if row.appointment else {}),
            "events": [(e.kind, e.on.isoformat()) for e in sorted(row.event_rows.all(), key=lambda event: event.pk)],
        }


def code_mac(code: str) -> str:
    """What is stored of a code: a keyed digest, so that the table opens nothing."""
    return salted_hmac("waardig.mandates.code", bare_code(code), algorithm="sha256").hexdigest()


def employee_mac(number: str) -> str:
    """What is stored of the number of a helper who works for the municipality."""
    bare = number.strip().lower()
    return salted_hmac("waardig.mandates.employee", bare, algorithm="sha256").hexdigest() if bare else ""


def _active() -> QuerySet[models.Mandate]:
    return models.Mandate.objects.filter(state=MandateState.ACTIVE)


def _terms(rows: QuerySet[models.Mandate]) -> list[Mandate]:
    return [row.to_term() for row in rows.order_by("invited_on", "id")]
