"""From facts of a batch to households, and the safeguards that take one out before the law is applied; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from waardig.proposals.terms import Excluded

PARTNER = "uitkeringen.partner"
ADMINISTRATOR = "uitkeringen.bewindvoerder"
FOR_NO_PERSON = frozenset({Excluded.DECEASED, Excluded.FACTS_TOO_OLD})
"""Of whom a round leaves nothing to do: who died, and who waits until a source was asked again."""


class FactLike(Protocol):
    """What is looked at in a register fact."""

    @property
    def person(self) -> UUID: ...
    @property
    def attribute(self) -> str: ...
    @property
    def value(self) -> object: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def under_investigation(self) -> bool: ...


@dataclass(frozen=True)
class Members:
    """A household: who comes first, the partner when there is one, and whether that partner was read."""

    first: UUID
    partner: UUID | None
    partner_read: bool

    @property
    def read(self) -> tuple[UUID, ...]:
        """The persons of this household that were read."""
        return (self.first, self.partner) if self.partner is not None and self.partner_read else (self.first,)


def by_person(facts: Iterable[FactLike]) -> dict[UUID, list[Any]]:
    """Facts grouped by person."""
    found: dict[UUID, list[Any]] = {}
    for fact in facts:
        found.setdefault(fact.person, []).append(fact)
    return found


def current(facts: Sequence[FactLike], attribute: str, on: date) -> FactLike | None:
    """The fact of an attribute that is valid on a day, the latest start first."""
    valid = [
        f
        for f in facts
        if f.attribute == attribute
        and (f.valid_from is None or f.valid_from <= on)
        and (f.valid_to is None or on <= f.valid_to)
    ]
    return max(valid, key=lambda f: f.valid_from or date.min, default=None)


def partner_of(facts: Sequence[FactLike], on: date) -> UUID | None:
    """The partner that the benefits administration knows, or None."""
    link = current(facts, PARTNER, on)
    value = link.value if link else None
    if not isinstance(value, Mapping) or not value.get("person"):
        return None
    return UUID(str(value["person"]))


def households(facts: Mapping[UUID, Sequence[FactLike]], on: date) -> tuple[Members, ...]:
    """One household per couple, in the order of the persons; the person with the lowest id comes first."""
    found: dict[frozenset[UUID], Members] = {}
    for person in sorted(facts):
        partner = partner_of(facts[person], on)
        key = frozenset((person, partner)) if partner else frozenset((person,))
        found.setdefault(key, Members(person, partner, partner in facts if partner else False))
    return tuple(found.values())


def excluded(
    members: Members,
    facts: Mapping[UUID, Sequence[FactLike]],
    deciding: frozenset[str],
    on: date,
    waiting: Collection[UUID] = (),
) -> Excluded | None:
    """The safeguard that takes this household out, or None.

    Args:
        deciding: the attributes the law looks at; a doubt about any of them goes to a person.
        waiting: who was not read because what is known of them is too old.
    """
    own = [fact for person in members.read for fact in facts[person]]
    if any(f.attribute == "brp.overlijdensdatum" and f.value is not None for f in own):
        return Excluded.DECEASED
    if members.partner is not None and not members.partner_read:
        return Excluded.FACTS_TOO_OLD if members.partner in waiting else Excluded.PARTNER_OPTED_OUT
    if any(_in_doubt(f, deciding, on) for f in own):
        return Excluded.UNDER_INVESTIGATION
    if any(f.attribute == "brp.curatele" and f.value is True for f in own):
        return Excluded.UNDER_GUARDIANSHIP
    if any(f.attribute == "brp.geheimhouding" and f.value is True for f in own):  # read only where unasked grants exist
        return Excluded.SECRET_ADDRESS
    return None


def _in_doubt(fact: FactLike, deciding: frozenset[str], on: date) -> bool:
    is_current = fact.valid_to is None or fact.valid_to >= on
    flagged = fact.attribute == "brp.in_onderzoek" and fact.value is True and is_current
    return flagged or (fact.under_investigation and fact.attribute in deciding)


def has_administrator(facts: Sequence[FactLike], on: date) -> bool:
    """Whether somebody reads and answers in this person's place (bewind, BW 1:431)."""
    found = current(facts, ADMINISTRATOR, on)
    return found is not None and found.value is not None
