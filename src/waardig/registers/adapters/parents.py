"""Whose child somebody may act for by law, read from the population register at each use (port mandates.ParentSource).

A parent sees everything of a child under 18 that a helper may see, may correct data and choose how post comes; never an
address, so that a parent who lives elsewhere learns no secret one. The authority ends on the day the child turns 18.
Source: BW 1:233 (of age), 1:245 (authority); the register entry is article 2.7 of the Wet BRP.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from waardig.access.actions import ask, select_population
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.kernel.days import of_age_on
from waardig.mandates.terms import PARENT_ROLE, Action, Authority, Basis
from waardig.registers.queries import take
from waardig.registers.terms import RegisterFact

ACTIVITY = "gezag.vaststellen"
PARENTS = ("brp.gezag_ouder", "brp.gezag_andere_ouder")
BORN = "brp.geboortedatum"
MAY_ANSWER = frozenset({"gegevens", "post"})


class RegisteredParents:
    """Parental authority as the population register states it."""

    def authorities(self, parent: UUID, child: UUID | None, on: date) -> tuple[Authority, ...]:
        """What holds on that day between this parent and this child, or all their children.

        Raises:
            AccessRefused: the gate refuses for another reason than that there is no such child.
            LogbookUnavailable, RuntimeError: as access.actions.ask.
        """
        actor = Actor("resident", str(parent), PARENT_ROLE)
        children = (child,) if child else select_population(ACTIVITY, actor=actor, as_of=on).persons
        if not children:
            return ()
        try:
            facts = take(ask(Request(ACTIVITY, frozenset({*PARENTS, BORN}), children, actor, on)))
        except AccessRefused as refusal:
            if any(reason.code != "population_outside" for reason in refusal.reasons):
                raise
            return ()
        return tuple(one for person in children for one in _authorities(parent, person, facts, on))


def _authorities(parent: UUID, child: UUID, facts: tuple[RegisterFact, ...], on: date) -> Iterator[Authority]:
    born = next((fact.value for fact in facts if fact.person == child and fact.attribute == BORN), None)
    named = [
        fact
        for fact in facts
        if fact.person == child and fact.attribute in PARENTS and _names(fact, parent) and _holds(fact, on)
    ]
    if not named or not isinstance(born, str):
        return
    scopes: tuple[tuple[frozenset[Action], frozenset[str] | None], ...] = (
        (frozenset({Action.VIEW}), None),
        (frozenset(Action), MAY_ANSWER),
    )
    for scope, themes in scopes:
        yield Authority(
            represented=child,
            representative_kvk="",
            basis=Basis.PARENTAL,
            scopes=scope,
            starts_on=named[0].valid_from,
            ended_on=of_age_on(date.fromisoformat(born)),
            fact_id=named[0].fact_id,
            representative=parent,
            themes=themes,
        )


def _names(fact: RegisterFact, parent: UUID) -> bool:
    return isinstance(fact.value, dict) and fact.value.get("person") == str(parent)


def _holds(fact: RegisterFact, on: date) -> bool:
    return (fact.valid_from is None or fact.valid_from <= on) and (fact.valid_to is None or on <= fact.valid_to)
