"""Zelf nagaan: which schemes, one question a page, the outcome. Portal and counter show the same.

Every form posts to `action` of the check with the hidden field `state`: all that is known stands in the page,
encrypted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .forms import Field
from .frame import DeskFrame, Frame
from .why import StepGroup
from .words import Amount, Deadline, Page, PersonName, Shown, Words

Face = Literal["portal", "desk"]
Ending = Literal["yes", "no", "unsure"]


@dataclass(frozen=True)
class CheckItem:
    """One scheme to choose. Args: decides who decides; href its first page."""

    name: Words
    summary: Words
    decides: Words
    is_us: bool
    href: str
    paper_href: str = ""


@dataclass(frozen=True)
class CheckListPage(Page):
    """Which schemes can be checked. Args: sign_in_href "" when signed in; desk the frame of the desk, when at the
    counter.
    """

    face: Face
    frame: Frame
    desk: DeskFrame | None
    about: PersonName | None
    back_href: str
    checks: tuple[CheckItem, ...]
    sign_in_href: str
    play_href: str

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the face."""
        return f"{self.face}/check_list.html"


@dataclass(frozen=True)
class CheckStartPage(Page):
    """Before the first question. The form posts `begin` = "known" (fill in what is known) or "empty".

    Args: known topics that would be filled in, none when nobody is signed in; most questions at most; expired: what
    stood
    in the page could not be read any more, so the answers are gone; about: somebody at the counter.
    """

    face: Face
    frame: Frame
    desk: DeskFrame | None
    about: PersonName | None
    back_href: str
    action: str
    name: Words
    summary: Words
    decides: Words
    known: tuple[Words, ...]
    most: int
    sign_in_href: str
    expired: bool

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the face."""
        return f"{self.face}/check_start.html"


@dataclass(frozen=True)
class FilledFact:
    """A fact that is in already. Posts `change` = input.

    Args: source where it comes from, None = the person; number of the question it answered; value None = "Ik weet het
    niet".
    """

    input: str
    label: Words
    value: Shown
    source: Words | None
    on: date | None = None
    number: int | None = None


@dataclass(frozen=True)
class CheckQuestionPage(Page):
    """One question. Posts `answer`, or `unknown` = "1", `never` = "1", `back` = "1", `change` = an input.

    Args: step of at most `most` questions; unit "month" or "year" for an amount; never words for "there is none".
    """

    face: Face
    frame: Frame
    desk: DeskFrame | None
    about: PersonName | None
    list_href: str
    action: str
    state: str
    name: Words
    step: int
    most: int
    kind: Literal["money", "date", "yes_no", "choice", "number"]
    unit: Literal["", "month", "year"]
    question: Words
    hint: Words
    why: Words
    answer: Field
    never: Words | None
    can_go_back: bool
    filled: tuple[FilledFact, ...]
    errors: tuple[Field, ...]

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the face."""
        return f"{self.face}/check_question.html"


@dataclass(frozen=True)
class OtherScheme:
    """What the same answers say about another scheme. Posts the state to `action`, so that shared answers go along.

    Args: why the condition that is not met; depends_on topics that are still to be asked.
    """

    name: Words
    ending: Ending
    why: Words | None
    depends_on: tuple[Words, ...]
    action: str


@dataclass(frozen=True)
class Applying:
    """How to apply.

    Args: href of the one who decides (another site) or of an open proposal; action posts the state to start an
    application
    of one's own ("" when that is not possible here); sign_in_href when signing in comes first.
    """

    words: Words
    paper: Words
    href: str = ""
    phone: str = ""
    action: str = ""
    sign_in_href: str = ""
    bring: tuple[Words, ...] = ()


@dataclass(frozen=True)
class CheckOutcomePage(Page):
    """The outcome; "no" is a page like any other.

    Args: amount per its period, monthly about how much that is a month; deadline last day to apply; repaying None when
    there is no such risk to tell; depends_on what decides when it is unsure; for_a_person: only a person can judge;
    older_law: a text or amount that took part is older or not verified; print: the view to print, all layers open.
    """

    face: Face
    frame: Frame
    desk: DeskFrame | None
    about: PersonName | None
    list_href: str
    action: str
    state: str
    name: Words
    decides: Words
    is_us: bool
    ending: Ending
    year: int | None
    amount: Amount | None
    monthly: Amount | None
    deadline: Deadline | None
    applying: Applying
    may_repay: bool
    repaying: Words | None
    repay_law: Words | None
    repay_href: str
    depends_on: tuple[Words, ...]
    for_a_person: bool
    groups: tuple[StepGroup, ...]
    stage: Literal["check"]
    otherwise: tuple[Words, ...]
    nearest: tuple[Words, ...]
    limits: tuple[Words, ...]
    others: tuple[OtherScheme, ...]
    filled: tuple[FilledFact, ...]
    computed_on: date
    print: bool

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the face."""
        return f"{self.face}/check_outcome.html"
