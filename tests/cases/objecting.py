"""Builders for objections, second looks and penalties: a refused application and what follows it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.cases.builders import FATMA, WILLEM, a_declaration, a_resident, an_assessed, decide, resident
from waardig.access.terms import Actor
from waardig.cases.actions import objecting
from waardig.cases.queries import case as case_of
from waardig.cases.queries import decisions_of
from waardig.cases.terms import Case, Decision, DecisionOutcome, Official
from waardig.cases.terms.objections import HearingGround, Objection, ObjectionText
from waardig.cases.terms.ruling import Ruling

PETRA = Official("p.vandam", "Petra van Dam", "beslisser", 500_000, "medewerker die mag beslissen")
ANNA = FATMA
MAY_20 = date(2025, 5, 20)
JUNE_23 = date(2025, 6, 23)
BECAUSE = "Mijn loon van maart is verkeerd geteld: het was maar een week werk."
OWN = "Wij telden het loon van maart te hoog. Het was een week werk, en dat blijft onder de grens."
FULL = ObjectionText(reasons=BECAUSE, wants_hearing=False)
__all__ = ["ANNA", "WILLEM", "decide"]


def refused() -> tuple[Case, Decision]:
    """An application that Willem refused on 12 May 2025: objecting is possible until 23 June."""
    found = an_assessed(a_resident().person, declaration=a_declaration(something_wrong="x"))
    decide(found)
    return case_of(found.id), decisions_of([found.id])[found.id]


def an_objection(text: ObjectionText = FULL, *, on: date = MAY_20, **changes: Any) -> Objection:
    """An objection of Gerrit against a refusal."""
    about, decision = refused()
    return object_to(about, decision, text, on=on, **changes)


def object_to(about: Case, decision: Decision, text: ObjectionText = FULL, *, on: date, **changes: Any) -> Objection:
    """The applicant objects."""
    given = {"actor": resident(about.applicant), **changes}
    return objecting.object_to(decision.id, about.applicant, text, on=on, **given)


def upheld(**changes: Any) -> Ruling:
    """The whole amount after all, without a hearing because the resident wanted none."""
    given: dict[str, Any] = {
        "outcome": DecisionOutcome.UPHELD,
        "reasons": OWN,
        "new_outcome": DecisionOutcome.GRANT,
        "new_amount_eurocent": 52197,
        "hearing_ground": HearingGround.NOT_WANTED,
    }
    return Ruling(**{**given, **changes})


def unfounded(**changes: Any) -> Ruling:
    """The first decision stands."""
    given: dict[str, Any] = {
        "outcome": DecisionOutcome.UNFOUNDED,
        "reasons": OWN,
        "hearing_ground": HearingGround.NOT_WANTED,
    }
    return Ruling(**{**given, **changes})


def an_employee(official: Official) -> Actor:
    """An official as an actor."""
    return Actor("employee", official.id, official.role)


def person_of(found: Objection) -> UUID:
    """Who objects."""
    return found.person
