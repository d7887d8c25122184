"""A reaction (reactie): was this text clear? About a page or a kind of message, never about a person. Door.

Nobody is asked who they are: there is no person, no session and no address in any of these words.
Source: AVG art. 5 lid 1 onder c (data minimisation); Awb 2:1; the duty of clear language is policy of the municipality.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal

LONGEST = 1000
LONGEST_DONE = 500
PER_SENDER_AN_HOUR = 20
OPEN_A_TOPIC = 200
KEEP_DAYS = 365
FORM_HOURS = 24


class TopicKind(StrEnum):
    """page: a page of the portal or the public site; message: a message template."""

    PAGE = "page"
    MESSAGE = "message"


@dataclass(frozen=True)
class PageName:
    """A page that can be asked about. Args: by_service its text is another one for each service."""

    name: Bilingual
    by_service: bool = False


@dataclass(frozen=True)
class Topic:
    """What a reaction is about.

    Args: key in addresses and tables; team the author: a team of the municipality, "" for who makes policy (beleid);
    file where an author finds the text: the template of a message, "" for a page.
    """

    key: str
    kind: TopicKind
    name: Bilingual
    team: str
    file: str = ""


@dataclass(frozen=True)
class Reader:
    """An employee who may be the author. Args: team as the municipality says; policy: has the role beleid."""

    official: str
    team: str
    policy: bool


@dataclass(frozen=True)
class Counted:
    """How a text was found. Args: open how many written reactions nobody handled yet."""

    topic: Topic
    yes: int = 0
    no: int = 0
    open: int = 0


class TextState(StrEnum):
    """open (nog niet gelezen) · handled (gelezen)."""

    OPEN = "open"
    HANDLED = "handled"


@dataclass(frozen=True)
class WrittenReaction:
    """What somebody wrote. Args: done what we did with it, "" when it was only read; kept_until the last day it is
    kept."""

    id: UUID
    topic: str
    on: date
    clear: bool
    language: str
    text: str
    state: TextState
    kept_until: date
    done: str = ""
    official: str = ""
    handled_on: date | None = None


class Personal(StrEnum):
    """What in a text points at one person, as far as a shape can show it."""

    BSN = "bsn"
    ACCOUNT = "account"
    EMAIL = "email"
    PHONE = "phone"
    CASE = "case"


class TopicUnknown(Refusal):
    """Not a page or message that there is."""

    def __init__(self) -> None:
        super().__init__(
            code="feedback_topic_unknown",
            text_nl="Deze pagina of dit bericht kennen wij niet.",
            text_en="There is no page or message of this name.",
            remedy="Follow the link under a page or message.",
        )


class PersonalInText(Refusal):
    """The text holds something that points at one person. It carries the kind only, never the text."""

    def __init__(self, found: Personal) -> None:
        self.found = found
        super().__init__(
            code="feedback_personal",
            text_nl="In uw tekst staat iets waaraan wij u kunnen herkennen. Haal dat weg.",
            text_en=f"The text holds something that points at one person ({found.value}); nothing was kept.",
            remedy="Take out numbers of persons, accounts, cases and phones, and e-mail addresses.",
        )


class ReactionTooLong(Refusal):
    """More text than can be read."""

    def __init__(self, most: int) -> None:
        super().__init__(
            code="feedback_too_long",
            text_nl=f"Maak uw tekst korter. Er passen {most} tekens in.",
            text_en=f"The text has more than {most} characters; nothing was kept.",
            remedy="Make it shorter.",
        )


class FormUsedUp(Refusal):
    """The form stood open longer than a day, or was not made here."""

    def __init__(self) -> None:
        super().__init__(
            code="feedback_form_old",
            text_nl="Deze pagina stond te lang open. Uw tekst staat er nog. Verstuur hem opnieuw.",
            text_en="The number of this form is no longer valid; nothing was kept.",
            remedy="Send the form again.",
        )


class TooManyReactions(Refusal):
    """More reactions than can be read: from one place in an hour, or unread ones about one text."""

    def __init__(self) -> None:
        super().__init__(
            code="feedback_too_many",
            text_nl="Er komen nu te veel reacties tegelijk. Probeer het over een uur opnieuw, of bel ons.",
            text_en="Too many reactions at once; this one was not kept.",
            remedy="Try again in an hour, or call.",
        )


class ReactionUnknown(Refusal):
    """No such reaction, or not for this reader: the same answer for both."""

    def __init__(self) -> None:
        super().__init__(
            code="feedback_unknown",
            text_nl="Deze reactie is er niet, of zij is niet voor u.",
            text_en="There is no such reaction, or it is not for this reader.",
            remedy="Open the list of reactions again.",
        )


class ReactionHandled(Refusal):
    """A colleague was first."""

    def __init__(self) -> None:
        super().__init__(
            code="feedback_handled",
            text_nl="Een collega handelde deze reactie al af.",
            text_en="A colleague already dealt with this reaction.",
            remedy="Open the list of reactions again.",
        )
