"""The frame around every page: who is signed in, the four links, language, help of a person, legal links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .words import PersonName, Words

Language = Literal["nl", "en"]
Current = Literal["", "home", "messages", "data", "usage"]


@dataclass(frozen=True)
class Municipality:
    """The organisation whose page this is. Args: name "Rietwaarden"; home_href where shield and name lead."""

    name: str
    home_href: str = "/"


@dataclass(frozen=True)
class Navigation:
    """The four visible links of the resident; unread counts messages not opened yet."""

    current: Current
    home_href: str
    messages_href: str
    data_href: str
    usage_href: str
    unread: int = 0


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in and where signing out posts to."""

    name: str
    sign_out_action: str


@dataclass(frozen=True)
class ActingFor:
    """The strip in reed: this helper or administrator acts for another person. office: an administrator's messages name
    the person in their titles themselves."""

    person: PersonName
    switch_href: str = ""
    office: bool = False


@dataclass(frozen=True)
class HumanHelp:
    """The human door, at the same place on every page.

    Args: phone as people write it; open_until and desk_until times of today "17.00", "" when closed today;
    waiting_minutes of the phone now, None when not measured; desk the place; who knows the case, "" if nobody does yet.
    """

    phone: str
    desk: str
    phone_until: str = ""
    desk_until: str = ""
    waiting_minutes: int | None = None
    appointment_needed: bool = False
    call_back_href: str = ""
    contact: str = ""


@dataclass(frozen=True)
class LegalLinks:
    """The links at the foot of every page."""

    how_it_works_href: str
    accessibility_href: str
    privacy_href: str
    accountability_href: str


@dataclass(frozen=True)
class LanguageSwitch:
    """Where the language form posts to (fields `language` and `next`) and the address to come back to."""

    action: str
    next: str


@dataclass(frozen=True)
class FeedbackLink:
    """Where one can say whether this text is clear. Args: about "message" under an opened message."""

    href: str
    about: Literal["page", "message"] = "page"


@dataclass(frozen=True)
class Frame:
    """The frame of a page of the portal or the public site.

    Args: signed_in and navigation are None for a visitor; demo shows the banner that nothing is real; acting_for names
    the person a helper acts for; counter says that a counter employee looks along: forms of the resident then show but
    do not submit; leave_href where "Verlaat deze pagina" leads: set for who is shielded, whose pages then show no
    subject and no amount on lists; large: letters of 150 %; feedback None under a page that nobody is asked about.
    """

    language: Language
    municipality: Municipality
    help: HumanHelp
    legal: LegalLinks
    languages: LanguageSwitch
    signed_in: SignedIn | None = None
    navigation: Navigation | None = None
    acting_for: ActingFor | None = None
    demo: bool = False
    counter: bool = False
    leave_href: str = ""
    large: bool = False
    feedback: FeedbackLink | None = None


@dataclass(frozen=True)
class DeskLink:
    """One link in the bar of the desk, with a count where one helps (None: no count)."""

    words: Words
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class DeskFrame:
    """The frame of a desk page.

    Args: place Words like "Toekennen" or "Loket"; role what this employee may do ("mandaat tot € 1.000 per besluit");
    large says that large letters (150 %) are on, large_href switches them.
    """

    language: Language
    municipality: Municipality
    employee: str
    place: Words
    sign_out_action: str
    languages: LanguageSwitch
    role: Words | None = None
    links: tuple[DeskLink, ...] = field(default=())
    large: bool = False
    large_href: str = ""
    demo: bool = False
