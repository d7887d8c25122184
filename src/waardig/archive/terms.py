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

from waardig.archive.core.past_terms import FactRemoval as FactRemoval
from waardig.archive.core.past_terms import FactTerm as FactTerm
from waardig.archive.core.past_terms import PastTerm as PastTerm
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
    ASKED_FOR = "asked_for"
    CASE_ABOUT_IT = "case_about_it"


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


class ListState(StrEnum):
    """Where a destruction list stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    EXECUTED = "executed"
    WITHDRAWN = "withdrawn"


class LineKind(StrEnum):
    """What a line destroys: a case, or what a round found of people who have no case (safeguard W14)."""

    CASE = "case"
    ROUND = "round"


class LineState(StrEnum):
    """What became of a line. skipped: when its turn came something held it, or it was not as listed any more."""

    WAITING = "waiting"
    REMOVED = "removed"
    DESTROYED = "destroyed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class DestructionList:
    """A destruction list with its control total; `sha256` is the fingerprint of what its lines say."""

    id: UUID
    number: str
    state: ListState
    made_on: date
    made_by: str
    lines: int
    items: int
    sha256: str
    approved_by: str
    approved_on: date | None
    executed_on: date | None


@dataclass(frozen=True)
class DestructionLine:
    """One thing on a list, and after destruction the record of it; nothing about a person.

    Attributes:
        items: how many things the line counts for: 1 for a case, the outcomes of a round.
        parts: what went, as counts; empty before.
        reason: why it was taken off or skipped.
    """

    id: UUID
    place: int
    kind: LineKind
    subject: UUID
    number: str
    service: str
    ending: str
    result: str
    term: str
    ended_on: date
    action_on: date
    items: int
    state: LineState
    reason: str
    changed_by: str
    changed_on: date | None
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Kept:
    """An approved list as it is kept outside the database, without the lines that were taken off it."""

    list: DestructionList
    lines: tuple[DestructionLine, ...]

    @property
    def destroyed(self) -> int:
        """How many of its lines are gone."""
        return sum(one.state is LineState.DESTROYED for one in self.lines)


@dataclass(frozen=True)
class CameBack:
    """What was destroyed, came back with a backup and cannot be destroyed again by itself, with the reason."""

    list: str
    number: str
    service: str
    why: str


@dataclass(frozen=True)
class Gone:
    """A case that was destroyed: when, and the number of the list it stood on."""

    on: date
    list: str


@dataclass(frozen=True)
class PlacedHold:
    """A case that an official keeps from being destroyed, with the reason and the day to look again."""

    case: UUID
    number: str
    reason: str
    placed_by: str
    placed_on: date
    until: date | None


class NotAppraised(Refusal):
    """The case runs, or the archive did not look at it yet."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="not_appraised",
            text_nl=f"Zaak {number} loopt nog. Dan staat nog niet vast hoe lang wij haar bewaren.",
            text_en=f"Case {number} has not ended, or the archive did not look at it yet.",
            remedy="Wait until the case has ended; then run: waardig archive appraise.",
        )


class NotARecordKeeper(Refusal):
    """The official has no role `archief`."""

    def __init__(self, official: str) -> None:
        super().__init__(
            code="not_a_record_keeper",
            text_nl="Alleen een medewerker met de rol archief mag dit doen.",
            text_en=f"{official} does not have the role archief.",
            remedy="Let somebody with the role archief do it, or give the role in municipality.yaml.",
        )


class NothingDue(Refusal):
    """No term has passed, or something holds everything."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_due",
            text_nl="Er is nu niets dat mag worden vernietigd.",
            text_en="Nothing may be destroyed now.",
            remedy="See what is due and what holds it: waardig archive due.",
        )


class ApprovedByMaker(Refusal):
    """Who made the list does not approve it (four eyes)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="approved_by_maker",
            text_nl=f"U maakte lijst {number}. Een collega keurt hem goed.",
            text_en=f"Who made list {number} does not approve it.",
            remedy="Let a colleague with the role archief look at the list.",
        )


class DestructionListChanged(Refusal):
    """The list is not the one that the official saw."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="destruction_list_changed",
            text_nl=f"Lijst {number} is veranderd nadat u hem bekeek.",
            text_en=f"List {number} changed after you looked at it.",
            remedy="Look at the list again and approve what you see then.",
        )


class DestructionListUnknown(Refusal):
    """There is no such list or line."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="destruction_list_unknown",
            text_nl="Deze vernietigingslijst bestaat niet.",
            text_en=f"There is no destruction list or line {number}.",
            remedy="See the lists: waardig archive lists.",
        )


class KeptListUnreadable(Refusal):
    """What was kept outside cannot be used to destroy again."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            code="kept_list_unreadable",
            text_nl=f"Wij kunnen {place} niet gebruiken om opnieuw te vernietigen.",
            text_en=f"{place} cannot be used to destroy again: {why}.",
            remedy="Compare the file with the declaration of destruction; put back the file that the worker wrote.",
        )


class NotADraft(Refusal):
    """The list was approved, executed or withdrawn; it does not change any more."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(
            code="destruction_list_no_draft",
            text_nl=f"Lijst {number} verandert niet meer.",
            text_en=f"List {number} is {state} and does not change any more.",
            remedy="Make another list for what is left.",
        )


class ReasonMissing(Refusal):
    """An official must say why."""

    def __init__(self) -> None:
        super().__init__(
            code="archive_reason_missing",
            text_nl="Schrijf op waarom, in minstens tien letters.",
            text_en="Say why, in at least ten characters.",
            remedy="Write a reason that a colleague understands in a year. Do not name the resident.",
        )


class HoldDayPast(Refusal):
    """The day to look again lies not in the future."""

    def __init__(self, until: date) -> None:
        super().__init__(
            code="hold_day_past",
            text_nl="Kies een dag die nog komt.",
            text_en=f"{until.isoformat()} is not in the future.",
            remedy="Give the day on which you look whether the case must still be kept.",
        )


class HoldDayUnknown(Refusal):
    """What was typed is no day."""

    def __init__(self, text: str) -> None:
        super().__init__(
            code="hold_day_unknown",
            text_nl="Schrijf de dag zo: 28-4-2026.",
            text_en=f"{text!r} is no day.",
            remedy="Type day, month and year, such as 28-4-2026.",
        )


class HoldNotPossible(Refusal):
    """The case is already held, or not held."""

    def __init__(self, number: str, held: bool) -> None:
        super().__init__(
            code="hold_not_possible",
            text_nl=f"Zaak {number} {'wordt al bewaard' if held else 'wordt niet extra bewaard'}.",
            text_en=f"Case {number} is {'held already' if held else 'not held'}.",
            remedy="See what holds a case: waardig archive due.",
        )
