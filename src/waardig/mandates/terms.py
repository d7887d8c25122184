"""Acting for another person (vertegenwoordiging). Pure words: standard library and kernel only. Door.

Invariant: an authority that follows from the law is never stored here as a right. It is asked of the register each time
it is used, and it ends with the fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import LegalSource, Status
from waardig.kernel.port import Port


class Action(StrEnum):
    """What is done for another: see their affairs, or answer for them (yes, no, correct, opt out)."""

    VIEW = "view"
    ANSWER = "answer"


class Basis(StrEnum):
    """Why somebody may act: administration by order of the court (beschermingsbewind, BW 1:431)."""

    ADMINISTRATION = "administration"


ADMINISTRATION_SOURCE = LegalSource(
    law="Burgerlijk Wetboek Boek 1",
    article="431",
    url="https://wetten.overheid.nl/BWBR0002656/#Boek1_Titeldeel19",
    status=Status.PUBLISHED,
)


@dataclass(frozen=True)
class Authority:
    """An authority as the register states it now.

    Args: represented the person acted for; representative_kvk the trade register number of the administrator's office;
    scopes what it covers; starts_on first day, None when the register does not say; ended_on the first day on which it
    no longer holds, None while it runs; fact_id the register fact that says so.
    """

    represented: UUID
    representative_kvk: str
    basis: Basis
    scopes: frozenset[Action]
    starts_on: date | None = None
    ended_on: date | None = None
    fact_id: UUID | None = None
    representative_name: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is in force on this day: from its first day, and never on or after the day it ended."""
        return (self.starts_on is None or self.starts_on <= on) and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True)
class Ruling:
    """May this be done? `reason` is a stable word for log and tests; authority what it rests on, None for oneself."""

    is_allowed: bool
    reason: str
    authority: Authority | None = None


class AuthoritySource(Protocol):
    """Port: where authority is stated. It reads under `bewind.vaststellen`, which needs no mandate itself."""

    def authorities(self, organisation_kvk: str, persons: Sequence[UUID], on: date) -> tuple[Authority, ...]:
        """What the register states now on this organisation acting for these persons; nothing on anybody else."""

    def represented_by(self, organisation_kvk: str, on: date) -> tuple[UUID, ...]:
        """The persons this organisation acts for on that day, sorted."""


AUTHORITY_SOURCE: Port[AuthoritySource] = Port("mandates.AuthoritySource")


class NoAuthority(Refusal):
    """Somebody wanted to act for a person and may not. It does not say whether that person exists or is represented."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            code="no_authority",
            text_nl="U mag dit niet regelen voor deze persoon. Denkt u van wel? Bel ons, dan zoeken wij het uit.",
            text_en="You may not do this for this person. Do you think you may? Call us and we look into it.",
            remedy=f"Reason: {reason}. The register decides; correct it at its holder (the court order, BW 1:431).",
        )
