"""Coming in and going out: choose who you are (demo) or a means of sign-in, choose a person to act for, signed out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from .forms import Field
from .frame import Frame
from .words import Deadline, Page, Paging, PersonName, Words


@dataclass(frozen=True)
class Persona:
    """A demo person. Posts `persona` = id. tone picks the colour of the round with initials; level as the provider
    gives.
    """

    id: str
    name: str
    first_name: str
    initials: str
    age: int
    line: Words
    level: Words
    tone: Literal["river", "plum", "reed", "ink"] = "river"


@dataclass(frozen=True)
class SignInMeans:
    """A real means of sign-in. Posts `means` = id; asks what it asks of you."""

    id: str
    words: Words
    asks: Words


@dataclass(frozen=True)
class SignInPage(Page):
    """Personas only in the demo; means on a real site.

    Args: failed: the last try did not work, and how; notice says it in the words of the refusal instead, where there
    are.
    """

    template: ClassVar[str] = "portal/sign_in.html"
    frame: Frame
    action: str
    next: str
    personas: tuple[Persona, ...]
    means: tuple[SignInMeans, ...]
    failed: Literal["", "cancelled", "level", "expired", "unavailable"]
    check_href: str
    weighing_href: str
    letter_code_href: str
    notice: Words | None = None


@dataclass(frozen=True)
class SignedOutPage(Page):
    """After signing out (or after a while without use: `expired`; work was kept)."""

    template: ClassVar[str] = "portal/signed_out.html"
    frame: Frame
    expired: bool
    sign_in_href: str


@dataclass(frozen=True)
class Represented:
    """A person an administrator or helper acts for; posting to action chooses them. basis "onder bewind" in words; open
    counts open choices.
    """

    person: PersonName
    basis: Words
    action: str
    open: int


@dataclass(frozen=True)
class RepresentedPage(Page):
    """For whom do you act now? Never two persons in one window.

    Args: own_action where a helper posts to go back to their own affairs ("" for an administrator); mandates_href where
    a helper gives, gets or ends a mandate; business the name of an organisation that acts for nobody;
    company_href where an organisation sees its own registration; total of an
    administrator's clients, search the field `zoek` (None: so few that one page shows them), found how many answer.
    """

    template: ClassVar[str] = "portal/represented.html"
    frame: Frame
    persons: tuple[Represented, ...]
    own_action: str = ""
    mandates_href: str = ""
    business: str = ""
    company_href: str = ""
    total: int = 0
    search: Field | None = None
    found: int = 0
    paging: Paging = field(default_factory=lambda: Paging(1, 1))


@dataclass(frozen=True)
class NeutralPage(Page):
    """Where somebody lands who left a page at once: when the municipality is open; nothing of a person."""

    template: ClassVar[str] = "portal/neutral.html"
    frame: Frame
    address: str
    hours: tuple[tuple[Words, str], ...]
    phone: str


@dataclass(frozen=True)
class WaitingCall:
    """A call that we owe. Args: number of the request; officer who calls; deadline ours."""

    number: str
    officer: str
    deadline: Deadline


@dataclass(frozen=True)
class EarlierContact:
    """Something asked or agreed before. Args: what in words; on the day; outcome how it ended; text what was agreed."""

    what: Words
    on: date
    outcome: Words
    text: str = ""


@dataclass(frozen=True)
class CallBackPage(Page):
    """ "Bel mij terug": posts `phone` and `when` (choice). waiting: one is asked already, so no form; earlier what was
    asked and agreed before."""

    template: ClassVar[str] = "portal/call_back.html"
    frame: Frame
    back_href: str
    action: str
    phone: Field
    when: Field
    errors: tuple[Field, ...]
    waiting: WaitingCall | None
    earlier: tuple[EarlierContact, ...]


@dataclass(frozen=True)
class LetterCodePage(Page):
    """Answer with the code of a letter: posts `code` to action. Nothing about a person stands here."""

    template: ClassVar[str] = "portal/letter_code.html"
    frame: Frame
    action: str
    code: Field
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class LetterAnswerPage(Page):
    """The four answers of the card: posts `answer` = yes / no / never / yes_but with `code`. given: the receipt.

    Args: code as posted on (hidden field); open False: the letter was answered already or is too old to answer here;
    unasked: the letter announced a grant, to which only a no can be answered.
    """

    template: ClassVar[str] = "portal/letter_answer.html"
    frame: Frame
    action: str
    code: str
    open: bool
    given: Literal["", "yes", "no", "never", "yes_but"]
    sign_in_href: str
    phone: str
    unasked: bool = False
