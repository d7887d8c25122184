"""Who may act for whom by law, read from the register at the moment it is used (port mandates.AuthoritySource).

The activity `bewind.vaststellen` needs no mandate itself, which ends the recursion; its population is what the acting
organisation represents, so the gate answers about nobody else and does not tell whether somebody else exists.
Source: BW 1:431, 1:441.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from waardig.access.actions import ask, select_population
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.mandates.terms import Action, Authority, Basis
from waardig.registers.queries import take
from waardig.registers.terms import RegisterFact

ACTIVITY = "bewind.vaststellen"
ATTRIBUTE = "uitkeringen.bewindvoerder"
_OUTSIDE = "population_outside"


class RegisteredAdministrators:
    """Administration as the benefits register states it."""

    def authorities(self, organisation_kvk: str, persons: Sequence[UUID], on: date) -> tuple[Authority, ...]:
        """What the register states on that day about this organisation and these persons.

        Raises:
            AccessRefused: the gate refuses for another reason than that somebody is not represented.
            LogbookUnavailable, RuntimeError: as access.actions.ask.
        """
        request = Request(ACTIVITY, frozenset({ATTRIBUTE}), tuple(persons), _actor(organisation_kvk), on)
        try:
            facts = take(ask(request))
        except AccessRefused as refusal:
            if any(reason.code != _OUTSIDE for reason in refusal.reasons):
                raise
            return ()
        stated = (_authority(fact) for fact in facts)
        return tuple(one for one in stated if one is not None and one.representative_kvk == organisation_kvk)

    def represented_by(self, organisation_kvk: str, on: date) -> tuple[UUID, ...]:
        """The persons this organisation is administrator for on that day.

        Raises:
            AccessRefused, LogbookUnavailable, RuntimeError: as access.actions.select_population.
        """
        return tuple(sorted(select_population(ACTIVITY, actor=_actor(organisation_kvk), as_of=on).persons))


def _actor(kvk: str) -> Actor:
    return Actor("organisation", kvk)


def _authority(fact: RegisterFact) -> Authority | None:
    """A value that is not known to be an administrator with a number gives no authority."""
    value = fact.value
    if fact.attribute != ATTRIBUTE or not isinstance(value, dict) or not isinstance(value.get("kvk"), str):
        return None
    return Authority(
        represented=fact.person,
        representative_kvk=str(value["kvk"]),
        basis=Basis.ADMINISTRATION,
        scopes=frozenset(Action),
        starts_on=fact.valid_from,
        ended_on=fact.valid_to + timedelta(days=1) if fact.valid_to else None,
        fact_id=fact.fact_id,
        representative_name=str(value.get("naam", "")),
    )
