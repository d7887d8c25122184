"""The words of the archive (archief). Stdlib and kernel only.

What is kept how long follows from how a case ended; the term comes from the selection list, never from code.
Source: Archiefwet 1995 art. 3 and 5; Archiefbesluit 1995 art. 5-8; Selectielijst gemeenten 2020; MDTO 1.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waardig.kernel.errors import Refusal


class Appraisal(StrEnum):
    """What happens in the end (waardering)."""

    DESTROY = "vernietigen"
    KEEP = "blijvend_bewaren"


class Start(StrEnum):
    """From when the term counts (procestermijn): the end of the case, or the end of what was provided."""

    ENDED = "nihil"
    PROVISION_ENDED = "bestaansduur_procesobject"


class Hold(StrEnum):
    """Why a case is not due although its term has passed."""

    OBJECTION_TERM = "objection_term"
    OBJECTION_OPEN = "objection_open"
    CORRECTION_OPEN = "correction_open"
    NOT_PAID = "not_paid"


@dataclass(frozen=True)
class Result:
    """A result of the selection list. term is an ISO 8601 duration, "" when it is kept for good."""

    number: str
    process: str
    name: str
    appraisal: Appraisal
    term: str
    starts: Start


@dataclass(frozen=True)
class SelectionList:
    """The results in use, and which of them each ending gets: in general and per service."""

    name: str
    results: Mapping[str, Result]
    endings: Mapping[str, str]
    services: Mapping[str, Mapping[str, str]]

    def result_for(self, service: str, ending: str) -> Result:
        """The result of an ending of a service.

        Raises:
            KeyError: content that was not checked.
        """
        return self.results[self.services.get(service, {}).get(ending) or self.endings[ending]]


@dataclass(frozen=True)
class Record:
    """What the archive knows of a case that ended; nothing about a person.

    Attributes:
        starts_on: when the term began, None while what was provided has not ended.
        action_on: the day after the term, on which it may be destroyed; None when kept or not begun.
    """

    case: UUID
    number: str
    service: str
    ending: str
    ended_on: date
    result: str
    appraisal: Appraisal
    term: str
    starts_on: date | None
    action_on: date | None


@dataclass(frozen=True)
class Due:
    """A record whose term has passed, with what still holds it back."""

    record: Record
    holds: tuple[Hold, ...]


class NotAppraised(Refusal):
    """The case runs, or the archive did not look at it yet."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="not_appraised",
            text_nl=f"Zaak {number} loopt nog. Dan staat nog niet vast hoe lang wij haar bewaren.",
            text_en=f"Case {number} has not ended, or the archive did not look at it yet.",
            remedy="Wait until the case has ended; then run: waardig archive appraise.",
        )
