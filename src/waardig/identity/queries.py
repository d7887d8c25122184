"""Reads: who this session belongs to, when it ends, what this installation offers. Door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from waardig.identity.adapters import oidc
from waardig.identity.core.session_rules import LIMITS, is_over, term
from waardig.identity.terms import (
    ANONYMOUS,
    SETUP,
    Kind,
    Level,
    Limits,
    Means,
    Organisation,
    Persona,
    SessionTerm,
    Who,
)
from waardig.logbook.terms import Actor, ActorKind

_ACTORS: dict[Kind, ActorKind] = {
    Kind.RESIDENT: "resident",
    Kind.EMPLOYEE: "employee",
    Kind.ORGANISATION: "organisation",
}
SIGNED_IN = "identity"
"""Key in the session that holds who signed in."""


def means_for(kinds: Iterable[Kind]) -> tuple[Means, ...]:
    """The means that people of these kinds can sign in with here."""
    wanted = set(kinds)
    return tuple(means for means in SETUP.get().means if means.kind in wanted)


def form_targets(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """Origins of the issuers that a sign-in or sign-out form of these kinds leads to, for the header form-action."""
    return tuple(sorted({origin for means in means_for(kinds) for origin in oidc.origins(means)}))


def personas_for(kinds: Iterable[Kind]) -> tuple[Persona, ...]:
    """The fictional persons of a demo; empty in every real installation."""
    setup, wanted = SETUP.get(), set(kinds)
    return tuple(persona for persona in setup.personas if setup.is_trial and persona.kind in wanted)


def is_trial() -> bool:
    """Whether this is a demo or test, where nobody and nothing is real."""
    return SETUP.get().is_trial


def who_of(session: SessionBase, now: datetime) -> Who:
    """Who signed in with this session; ANONYMOUS when nobody did or the session is over."""
    kept = session.get(SIGNED_IN)
    if not kept or session_is_over(session, now):
        return ANONYMOUS
    return _who(kept)


def actor_of(who: Who) -> Actor:
    """The caller as the gate and the log know them; the role is the one in which they see this page.

    Raises:
        ValueError: nobody is signed in.
    """
    if who.kind is Kind.ANONYMOUS:
        raise ValueError("nobody is signed in, so nobody can ask the gate anything")
    return Actor(_ACTORS[who.kind], who.id, who.role)


def session_is_over(session: SessionBase, now: datetime) -> bool:
    """Whether somebody was signed in and the session has ended since."""
    kept = session.get(SIGNED_IN)
    return kept is not None and is_over(*_moments(kept), _limits(Kind(kept["kind"])), now)


def session_term(session: SessionBase, now: datetime) -> SessionTerm | None:
    """When this session ends and when to say so; None when nobody is signed in."""
    kept = session.get(SIGNED_IN)
    if not kept:
        return None
    return term(*_moments(kept), _limits(Kind(kept["kind"])), now)


def _limits(kind: Kind) -> Limits:
    return SETUP.get().limits.get(kind, LIMITS[kind])


def _moments(kept: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(kept["signed_in_at"]), datetime.fromisoformat(kept["last_seen"])


def _who(kept: dict[str, Any]) -> Who:
    organisation = kept.get("organisation")
    return Who(
        kind=Kind(kept["kind"]),
        person=UUID(kept["person"]) if kept.get("person") else None,
        name=kept.get("name", ""),
        level=Level(kept["level"]),
        means=kept["means"],
        organisation=Organisation(**{**organisation, "intermediaries": tuple(organisation["intermediaries"])})
        if organisation
        else None,
        employee_number=kept.get("employee_number", ""),
        roles=frozenset(kept.get("roles", ())),
        mandate_limit_eurocent=kept.get("mandate_limit_eurocent"),
    )
