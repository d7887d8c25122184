"""Figures of a round as they were made public: groups of at least ten people, frozen with a number and a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.kernel.small_cells import Group, value_of

CELLS = ("opted_out", "no_proposal", "silent", "said_no", "granted", "refused", "open")
"""Everybody of a round stands in exactly one; from `silent` on they are households with a proposal."""
_PROPOSED = frozenset({"silent", "said_no", "granted", "refused", "open"})
_LOOKED_AT = _PROPOSED | {"no_proposal"}
FIGURES: Mapping[str, Group] = {
    "clients": _LOOKED_AT | {"opted_out"},
    "opted_out": frozenset({"opted_out"}),
    "looked_at": _LOOKED_AT,
    "no_proposal": frozenset({"no_proposal"}),
    "proposals": _PROPOSED,
    "answered_yes": frozenset({"granted", "refused", "open"}),
    "answered_no": frozenset({"said_no"}),
    "silent": frozenset({"silent"}),
    "granted": frozenset({"granted"}),
    "refused": frozenset({"refused"}),
    "open": frozenset({"open"}),
}
TABLES: Mapping[str, Group] = {
    "reasons": FIGURES["no_proposal"],
    "channels": FIGURES["proposals"],
    "days": frozenset({"granted", "refused"}),
    "granted_amounts": FIGURES["granted"],
    "proposed_amounts": FIGURES["proposals"],
}
"""Tables that split a figure further, by the figure that they split: without that figure there is no table."""


@dataclass(frozen=True)
class RoundCounts:
    """What was counted in a round, before anything is published: `main` by cell, `tables` by table and cell."""

    run: UUID
    service: str
    round_on: date
    as_of: date
    main: Mapping[str, int]
    tables: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class PublishedAmount:
    """A sum of money; `step` is what it was rounded to in eurocent, 0 when it is exact."""

    eurocent: int
    step: int


@dataclass(frozen=True)
class Published:
    """The figures themselves: groups of cells with their count, the tables, the sums of money."""

    groups: Mapping[Group, int]
    tables: Mapping[str, Mapping[Group, int]] = field(default_factory=dict)
    amounts: Mapping[str, PublishedAmount] = field(default_factory=dict)

    def figure(self, name: str) -> int | None:
        """A figure of `FIGURES`; None where it may not be shown."""
        return value_of(self.groups, FIGURES[name])

    @property
    def shown(self) -> int:
        """How many figures can be shown."""
        return sum(self.figure(name) is not None for name in FIGURES)


@dataclass(frozen=True)
class Publication:
    """One publication of the figures of a round; it never changes. `number` counts from 1 for each round."""

    run: UUID
    service: str
    round_on: date
    number: int
    as_of: date
    published_at: datetime
    figures: Published


class NoSuchRound(Refusal):
    """A round that was not published."""

    def __init__(self, service: str, what: str) -> None:
        super().__init__(
            code="no_such_round",
            text_nl="Van deze ronde zijn geen cijfers.",
            text_en=f"No figures were published of {what} of {service}.",
            remedy="See /verantwoording/<service>/rondes/ for the rounds there are.",
        )
