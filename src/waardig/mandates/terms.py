"""Acting for another person (vertegenwoordiging, machtigen). Pure words: standard library and kernel only. Door.

Invariant: an authority that follows from the law is never stored here as a right. It is asked of the register each time
it is used, and it ends with the fact. What a person gives themself (machtiging, BW 3:60) is stored, and counts only
while it is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import LegalSource, Status
from waardig.kernel.port import Port


class Action(StrEnum):
    """What is done for another: see their affairs, or answer for them (yes, no, correct, opt out)."""

    VIEW = "view"
    ANSWER = "answer"


class Basis(StrEnum):
    """Why somebody may act: because a court ruled so (bewind, BW 1:431; curatele, 1:378), because the person said so
    (machtiging, volmacht, BW 3:60; Awb 2:1), or because it is their child under 18 (gezag, BW 1:245)."""

    ADMINISTRATION = "administration"
    CURATORSHIP = "curatorship"
    MANDATE = "mandate"
    PARENTAL = "parental"


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
    no longer holds, None while it runs; fact_id the register fact that says so; representative the person who helps,
    when it is no office; themes what it is about, None for everything; mandate the mandate that it rests on.
    """

    represented: UUID
    representative_kvk: str
    basis: Basis
    scopes: frozenset[Action]
    starts_on: date | None = None
    ended_on: date | None = None
    fact_id: UUID | None = None
    representative_name: str = ""
    representative: UUID | None = None
    themes: frozenset[str] | None = None
    mandate: UUID | None = None

    def covers(self, action: Action, theme: str = "") -> bool:
        """Whether it covers doing this about that ("" = about anything that it covers at all)."""
        return action in self.scopes and (not theme or self.themes is None or theme in self.themes)

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


class ParentSource(Protocol):
    """Port: of whom somebody is a parent with authority, as the population register states it now (BW 1:245)."""

    def authorities(self, parent: UUID, child: UUID | None, on: date) -> tuple[Authority, ...]:
        """What holds for this parent: about one child, or (None) about all of them; () for who is no parent."""


PARENT_SOURCE: Port[ParentSource] = Port("mandates.ParentSource")
PARENT_ROLE = "ouder"
"""The role under which a parent stands in the log of their child."""

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


# -- a mandate that a person gives (machtiging) ------------------------------------------------------------------------
TOPIC_CHANGED = "mandates.changed"
"""Outbox topic: something changed in a mandate and the people concerned must be told. Payload: mandate, event."""


class MandateState(StrEnum):
    """invited: the principal asked; accepted: the helper entered the code; active: both said yes; ended; lapsed: the
    code or the last day passed before both said yes; declined: one of the two said no."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    ENDED = "ended"
    LAPSED = "lapsed"
    DECLINED = "declined"


class MandateEvent(StrEnum):
    """What happened to a mandate; only added to."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    REMINDED = "reminded"
    ENDED = "ended"
    EXPIRED = "expired"
    ENDED_BY_DEATH = "ended_by_death"
    APPOINTED = "appointed"
    ENDED_BY_COURT = "ended_by_court"


class Origin(StrEnum):
    """How it came about: the principal gave it in the portal, at the counter or on a signed form, or a court did."""

    WEB = "web"
    COUNTER = "counter"
    PAPER = "paper"
    COURT = "court"


class Appointment(StrEnum):
    """As what a court appointed somebody: curator (BW 1:378, for everything) or administrator (1:431, for money)."""

    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


EVERYTHING = "*"
"""The theme of a curator: everything (BW 1:381, 1:386)."""


@dataclass(frozen=True)
class CourtOrder:
    """What a court ruled, as it stands in the ruling. Args: until the last day, None when the court set none."""

    appointment: Appointment
    court: str
    reference: str
    ruled_on: date
    starts_on: date
    until: date | None = None


@dataclass(frozen=True)
class Theme:
    """What a mandate may be about. Args: id; name and explains for people; services whose messages it opens, `*` for
    every service package."""

    id: str
    name: Bilingual
    explains: Bilingual
    services: tuple[str, ...] = ()

    def opens(self, service: str) -> bool:
        """Whether messages and cases of this service belong to it; what is of no service package never does."""
        return service in self.services or ("*" in self.services and not service.startswith("_"))


@dataclass(frozen=True)
class Rules:
    """What the municipality decided on mandates (content `mandates/voluntary.yaml`).

    Args: level the least certain sign-in of a helper; code_days how long a code can be used; cooling_off_days between
    the helper's acceptance and the first day when it was given at the counter or on paper; remind_days before the end;
    terms_months to choose from; most_persons whom one private helper may help; administrator_themes what is about
    money.
    """

    level: str
    code_days: int
    cooling_off_days: int
    remind_days: int
    terms_months: tuple[int, ...]
    default_months: int
    most_persons: int
    themes: tuple[Theme, ...]
    administrator_themes: tuple[str, ...]

    def theme(self, identity: str) -> Theme | None:
        """A theme, None when the content has it no longer."""
        return next((one for one in self.themes if one.id == identity), None)


@dataclass(frozen=True)
class Mandate:
    """A mandate (machtiging). Args: ends_on the first day on which it no longer holds; months how long it was asked;
    order what a court ruled, when it is no mandate that the person gave: only a ruling ends that.
    """

    id: UUID
    principal: UUID
    helper: UUID | None
    themes: frozenset[str]
    action: Action
    months: int
    origin: Origin
    state: MandateState
    invited_on: date
    code_until: date
    starts_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    ended_by: str = ""
    order: CourtOrder | None = None

    def in_force(self, on: date) -> bool:
        """Whether it counts on this day; what a court ruled may have no last day."""
        if self.state is not MandateState.ACTIVE or self.starts_on is None or on < self.starts_on:
            return False
        return self.order is not None if self.ends_on is None else on < self.ends_on

    @property
    def basis(self) -> Basis:
        """Why the helper may act."""
        if self.order is None:
            return Basis.MANDATE
        return Basis.CURATORSHIP if self.order.appointment is Appointment.CURATOR else Basis.ADMINISTRATION

    @property
    def authority(self) -> Authority:
        """What it states, as an authority."""
        return Authority(
            represented=self.principal,
            representative_kvk="",
            basis=self.basis,
            scopes=frozenset(Action) if self.action is Action.ANSWER else frozenset({Action.VIEW}),
            starts_on=self.starts_on,
            ended_on=self.ends_on,
            representative=self.helper,
            themes=None if EVERYTHING in self.themes else self.themes,
            mandate=self.id,
        )


@dataclass(frozen=True)
class Invitation:
    """A mandate with the code that the principal hands to the helper; the code is told once and kept as a digest."""

    mandate: Mandate
    code: str


ROLE_PREFIX = "mandate:"


def role_of(mandate: UUID) -> str:
    """The role under which a helper stands in the log: it names the mandate, so that the person can see who it was."""
    return f"{ROLE_PREFIX}{mandate}"


def mandate_of(role: str) -> UUID | None:
    """The mandate that a role names, None for every other role."""
    if not role.startswith(ROLE_PREFIX):
        return None
    try:
        return UUID(role.removeprefix(ROLE_PREFIX))
    except ValueError:
        return None


class MandateRefused(Refusal):
    """A step with a mandate that cannot be taken; nothing changed. `reason` is a stable word."""

    TEXTS = {
        "themes_missing": ("Kies waarbij iemand u mag helpen.", "Choose what somebody may help you with."),
        "term_unknown": ("Kies hoe lang iemand u mag helpen.", "Choose how long somebody may help you."),
        "code_unknown": (
            "Deze code kennen wij niet, of hij is niet meer geldig. Vraag een nieuwe code.",
            "We do not know this code, or it is no longer valid. Ask for a new one.",
        ),
        "own_code": ("Dit is uw eigen code. Geef hem aan uw helper.", "This is your own code. Give it to your helper."),
        "level_too_low": (
            "Log zekerder in om iemand te helpen. Daarna geldt de code nog steeds.",
            "Sign in with a higher level to help somebody. The code stays valid.",
        ),
        "too_many": (
            "U helpt al het hoogste aantal mensen. Helpt u voor uw werk? Dan moet uw organisatie zich melden.",
            "You already help the most people that one helper may. Is it your job? Then register as an organisation.",
        ),
        "not_yours": (
            "Deze machtiging is er niet, of hij is niet van u.",
            "There is no such mandate, or it is not yours.",
        ),
        "not_possible": (
            "Dit kan nu niet meer. Bekijk hoe het er nu voor staat.",
            "That is no longer possible. See how it stands now.",
        ),
        "acting_for_another": (
            "Wie voor een ander regelt, mag niemand anders toestemming geven.",
            "Who acts for somebody else may not give a mandate to others.",
        ),
        "court_only": (
            "De rechter besliste dit. Alleen de rechter kan het stoppen. Bel ons als u hulp wilt.",
            "A court ruled this. Only a court can end it. Call us if you want help.",
        ),
        "order_incomplete": (
            "Vul in welke rechter het besliste, wanneer, en het kenmerk.",
            "Fill in which court ruled, when, and its reference.",
        ),
        "order_days": ("Deze dagen kloppen niet bij elkaar.", "These days do not fit together."),
        "order_self": ("Niemand vertegenwoordigt zichzelf.", "Nobody represents themselves."),
        "under_guardianship": (
            "Uw curator beslist wie u nog meer helpt. Bel ons als u vragen hebt.",
            "Your guardian decides who else helps you. Call us if you have questions.",
        ),
        "form_missing": (
            "Vul het kenmerk van het ondertekende formulier in.",
            "Fill in the reference of the signed form.",
        ),
    }

    def __init__(self, reason: str) -> None:
        self.reason = reason
        dutch, english = self.TEXTS[reason]
        super().__init__(
            code=f"mandate_{reason}",
            text_nl=dutch,
            text_en=english,
            remedy="Look at the page of mandates; a mandate counts only after both said yes (BW 3:60).",
        )


class HelpsThisPerson(Refusal):
    """An employee wanted to decide about somebody whom they help themself (Awb 2:4: no bias)."""

    def __init__(self) -> None:
        super().__init__(
            code="helps_this_person",
            text_nl="U helpt deze persoon zelf. Daarom mag u hier niet over beslissen. Geef de zaak aan een collega.",
            text_en="You help this person yourself, so you may not decide here. Hand the case to a colleague.",
            remedy="A colleague decides (Awb 2:4).",
        )
