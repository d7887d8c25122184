"""Choices of the resident: no (now or never again), proposals on or off, digital or paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .forms import Field
from .frame import Frame
from .words import Page, PersonName, Words


@dataclass(frozen=True)
class DeclinePage(Page):
    """ "Nee": posts `scope` = "now" or "never" to action. Nothing is recorded before one of the two is chosen."""

    template: ClassVar[str] = "portal/decline.html"
    frame: Frame
    back_href: str
    action: str
    service: Words
    about: PersonName | None


@dataclass(frozen=True)
class DeclinedPage(Page):
    """The confirmation of a no."""

    template: ClassVar[str] = "portal/declined.html"
    frame: Frame
    case_number: str
    on: date
    scope: Literal["now", "never"]
    service: Words
    message_href: str
    opt_in_href: str
    home_href: str


@dataclass(frozen=True)
class OptOutSubject:
    """One subject that can be switched. off_since None: on. Posts `subject` = id and `to` = "off" or "on"."""

    id: str
    words: Words
    explains: Words
    off_since: date | None = None


@dataclass(frozen=True)
class OptOutPage(Page):
    """Proposals on or off. changed: what was just changed, shown as a receipt on top."""

    template: ClassVar[str] = "portal/opt_out.html"
    frame: Frame
    back_href: str
    action: str
    subjects: tuple[OptOutSubject, ...]
    changed: OptOutSubject | None
    changed_on: date | None
    check_href: str = ""


@dataclass(frozen=True)
class DisplayPage(Page):
    """Large letters, shielding, English. Posts `large`, `shielded` = yes / no and `language` = nl / en. saved: done."""

    template: ClassVar[str] = "portal/display.html"
    frame: Frame
    back_href: str
    action: str
    large: Field
    shielded: Field
    language: Field
    errors: tuple[Field, ...]
    saved: bool
    secret_address: bool


@dataclass(frozen=True)
class ChannelChoice:
    """One message type. The field posts its name = "digital" or "paper"; chosen_on None: never chosen, so paper."""

    words: Words
    field: Field
    chosen_on: date | None


@dataclass(frozen=True)
class ChannelsPage(Page):
    """Digital or paper per type of message.

    Args: saved: the receipt of a choice just made; fallback_days after which an unread digital decision also goes on
    paper, 0 where the message box does not do that.
    """

    template: ClassVar[str] = "portal/channels.html"
    frame: Frame
    back_href: str
    action: str
    choices: tuple[ChannelChoice, ...]
    errors: tuple[Field, ...]
    saved: bool
    fallback_days: int
