"""Terms of the source registers: facts in two times, gated texts, corrections.

valid time = when it was so in the world; recorded time = when we knew. A fact never changes: it is superseded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.registers.core.binding_sql import NotInBulk
from waardig.registers.core.binding_terms import Binding, Bindings, BoundInput
from waardig.registers.core.declaration import (
    GROUP_TITLES,
    Attribute,
    Declarations,
    Holder,
    Register,
    UnknownAttribute,
)
from waardig.registers.core.import_terms import PersonRef, Problem, ReadFact, ReadFile, ReadPerson, Severity
from waardig.registers.core.quality import WrongValue
from waardig.registers.core.source_terms import NotAtSource, OverAsking, SourceRefused, SourceUnavailable

__all__ = [
    "GROUP_TITLES",
    "Attribute",
    "Binding",
    "Bindings",
    "BoundInput",
    "Declarations",
    "Document",
    "Holder",
    "NewDocument",
    "NewFact",
    "NotAtSource",
    "NotInBulk",
    "NothingStored",
    "OverAsking",
    "PersonRef",
    "Problem",
    "ReadFact",
    "ReadFile",
    "ReadPerson",
    "RecordedFact",
    "Refreshed",
    "Register",
    "RegisterFact",
    "Severity",
    "SourceAge",
    "SourceRefused",
    "SourceUnavailable",
    "StoredFacts",
    "UnknownAttribute",
    "Value",
    "WrongValue",
]

Value = bool | int | str | list[object] | dict[str, object] | None


@dataclass(frozen=True)
class RegisterFact:
    """One value of one attribute over one spell, as the register knew it.

    Attributes:
        value: JSON: text, int (eurocents for money), bool, ISO date text, list, dict, or None = known to be absent.
        valid_from, valid_to: first and last day; None = always so far, still so.
        recorded_at: when the register learnt it.
        established_on: the day the value was established, where that differs (wealth).
        under_investigation: the source or the person doubts it (in onderzoek).
    """

    person: UUID
    attribute: str
    value: Value
    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    established_on: date | None
    holder: str
    source: str
    under_investigation: bool
    fact_id: UUID


@dataclass(frozen=True)
class RecordedFact:
    """A fact as it was recorded once; superseded_at is when something else took its place, None while it stands."""

    fact: RegisterFact
    superseded_at: datetime | None


@dataclass(frozen=True)
class NewFact:
    """A fact to store; see RegisterFact."""

    person: UUID
    attribute: str
    value: Value
    valid_from: date | None = None
    valid_to: date | None = None
    established_on: date | None = None
    holder: str = ""
    source: str = ""
    under_investigation: bool = False


@dataclass(frozen=True)
class StoredFacts:
    """What storing a batch did.

    Attributes:
        stored: facts that are new; unchanged: that were there already; superseded: older facts that ended.
        fact_ids: the current fact of each element of the batch, in its order.
    """

    stored: int
    unchanged: int
    superseded: int
    fact_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class SourceAge:
    """When a source was asked for the facts of a ticket.

    Attributes:
        asked_at: the longest ago of what is read of it; None when something of it was never asked.
        is_old: older than the register declares.
    """

    register: Register
    asked_at: datetime | None
    is_old: bool


@dataclass(frozen=True)
class Refreshed:
    """What asking the source did.

    Attributes:
        persons: asked about; unknown: of those, whom the source does not have.
        stored, unchanged, superseded: as StoredFacts.
    """

    persons: int = 0
    unknown: tuple[UUID, ...] = ()
    stored: int = 0
    unchanged: int = 0
    superseded: int = 0


@dataclass(frozen=True)
class MetPersons:
    """Who was met by birth date and address. Attributes: count of all; persons, empty when that is more than five."""

    persons: tuple[UUID, ...]
    count: int


@dataclass(frozen=True)
class NewDocument:
    """A text to keep as proof.

    Attributes:
        kind: an attribute id of type document, for example `inbox.bericht`; a ticket must hold it to read the text.
        payload: bytes that belong to it, such as a PDF.
    """

    id: UUID
    person: UUID
    kind: str
    content: Mapping[str, object]
    payload: bytes | None = None


@dataclass(frozen=True)
class Document:
    """A kept text; `sha256` covers the exact stored JSON and the payload."""

    id: UUID
    person: UUID
    kind: str
    content: dict[str, object]
    sha256: str
    payload: bytes | None = None
    stored_at: datetime | None = None


class NothingStored(Refusal):
    """A batch was refused as a whole; the register is as it was."""

    def __init__(self, number: int, reason: Refusal) -> None:
        super().__init__(
            code=reason.code,
            text_nl=reason.text_nl,
            text_en=f"Fact {number} of the batch: {reason.text_en}",
            remedy=reason.remedy,
        )
        self.number = number
