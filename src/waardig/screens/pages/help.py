"""Pages that explain: how this page works, privacy, accessibility, and the error pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .frame import Frame
from .words import Link, Page, Words


@dataclass(frozen=True)
class HowItWorksPage(Page):
    """ "Zo werkt deze pagina". log_delay_days: entries in "Wie gebruikte mijn gegevens" can be shown that many days
    later.
    """

    template: ClassVar[str] = "portal/how_it_works.html"
    frame: Frame
    log_delay_days: int


@dataclass(frozen=True)
class AppPage(Page):
    """ "Mijn gemeente op uw telefoon": how to install, and keeping opened messages on this device."""

    template: ClassVar[str] = "portal/app.html"
    frame: Frame
    messages_href: str


@dataclass(frozen=True)
class WithoutConnectionPage(Page):
    """What an installed app shows without a connection. No frame: it is kept, and the same for everybody."""

    template: ClassVar[str] = "portal/without_connection.html"
    municipality_name: str
    phone: str


@dataclass(frozen=True)
class ProcessingActivity:
    """One entry of the processing register (GDPR art. 30) in words. kept_years of the data."""

    words: Words
    purpose: Words
    basis: Words
    attributes: tuple[Words, ...]
    kept: Words


@dataclass(frozen=True)
class PrivacyPage(Page):
    """Privacy: who is responsible, what we use and why, rights, the data protection officer (how to reach them)."""

    template: ClassVar[str] = "portal/privacy.html"
    frame: Frame
    officer_contact: Words
    activities: tuple[ProcessingActivity, ...]
    register_href: str


@dataclass(frozen=True)
class AccessibilityPage(Page):
    """The accessibility statement. status as in the Dutch register (A-E); known what does not work yet;
    report_contact.
    """

    template: ClassVar[str] = "portal/accessibility.html"
    frame: Frame
    status: Literal["A", "B", "C", "D", "E"]
    checked_on: date
    known: tuple[Words, ...]
    report_contact: Words
    statement: Link | None
