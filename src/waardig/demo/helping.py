"""Who helps whom in Rietwaarden: mandates of the fixed people, given on paper some weeks before the round.

Source: BW 3:60; a person under guardianship gives no mandate, so the curator signed the form for Joost (BW 1:381).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from waardig.access.terms import Actor
from waardig.contact import actions as contact
from waardig.demo.personas import DEMO_DATE, NUMBERS
from waardig.identity.terms import Level
from waardig.mandates import actions, queries
from waardig.mandates.terms import Action, Origin

COUNTER = Actor("employee", "f.yildiz", "loket")
ASKED = DEMO_DATE - timedelta(days=14)

TOOS, INGRID, JOOST, ANNEKE, JELLE = (NUMBERS[name] for name in ("Toos", "Ingrid", "Joost", "Anneke", "Jelle"))
JELLE_18 = date(2025, 6, 28)


@dataclass(frozen=True)
class Given:
    """One mandate. Args: principal and helper by their numbers."""

    principal: str = field(repr=False)
    helper: str = field(repr=False)
    themes: tuple[str, ...]
    action: Action
    form: str


MANDATES = (
    Given(TOOS, INGRID, ("geld", "gegevens", "post"), Action.ANSWER, "F-2025-0014"),
    Given(JOOST, INGRID, ("geld",), Action.VIEW, "F-2025-0015"),
)


def numbers() -> tuple[str, ...]:
    """The numbers of everybody in these mandates."""
    return tuple(
        dict.fromkeys([*(number for one in MANDATES for number in (one.principal, one.helper)), ANNEKE, JELLE])
    )


def give_mandates(ids: Mapping[str, UUID], *, on: date = ASKED) -> int:
    """Record the mandates that are not there yet; gives how many are new.

    Args:
        ids: person ids by number; who is not in it is left out.
    """
    made = 0
    if ANNEKE in ids and JELLE in ids:  # his mother looked for him before, so both hear of his birthday
        contact.note_child(ids[JELLE], ids[ANNEKE], JELLE_18)
    for one in MANDATES:
        if one.principal not in ids or one.helper not in ids or queries.ever_gave(ids[one.principal]):
            continue
        invited = actions.invite(
            ids[one.principal],
            themes=one.themes,
            action=one.action,
            months=12,
            actor=COUNTER,
            on=on,
            origin=Origin.PAPER,
            form_reference=one.form,
        )
        actions.accept(invited.code, ids[one.helper], level=Level.SUBSTANTIAL, on=on)
        made += 1
    return made
