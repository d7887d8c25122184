"""After "ja": one question a page, check the answers, receipt. The day of the yes is the day of application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .forms import Field
from .frame import Frame
from .words import Amount, Deadline, Page, PersonName, Shown, Words

Asked = Literal["household", "wealth", "account", "note"]


@dataclass(frozen=True)
class Unknown:
    """What a short form asks because no register knows it. Args: kind eurocent, yes_no, date or number."""

    id: str
    kind: str
    question: Words
    hint: Words
    why: Words


@dataclass(frozen=True)
class Known:
    """What we know already. Args: label, value, source, date; change_href "" when it cannot be changed here."""

    label: Words
    value: Shown
    source: Words
    on: date | None = None
    change_href: str = ""


@dataclass(frozen=True)
class DeclarationPage(Page):
    """One question of the declaration.

    Fields by question: household: `household` (choice); wealth: `wealth` (euros, any notation), button `unknown` = "1";
    account: `account` (choice "known" / "other") and `iban`; note: `note` (free text). The form posts to action.
    Args: step of steps; yes_on the day of the yes; joint: a couple declares wealth together; account_end last digits
    of the account we know, "" if none; about the person a helper answers for. The page says that answers are kept when
    somebody stops halfway, so the face must keep them.
    """

    question: str
    frame: Frame
    back_href: str
    action: str
    service: Words
    step: int
    steps: int
    yes_on: date
    fields: dict[str, Field]
    errors: tuple[Field, ...]
    joint: bool
    account_end: str
    known: tuple[Known, ...]
    about: PersonName | None
    unknown: Unknown | None = None

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of this question."""
        return "portal/declare_unknown.html" if self.unknown else f"portal/declare_{self.question}.html"


@dataclass(frozen=True)
class AnswerRow:
    """One answer to check. Args: question; answer None means "Ik weet het niet"; change_href returns straight to the
    check; label the words of a question of a short form.
    """

    question: str
    answer: Shown
    change_href: str
    label: Words | None = None


@dataclass(frozen=True)
class DeclareCheckPage(Page):
    """Check the answers; the form posts `send` = "1" to action. known is what we use besides."""

    template: ClassVar[str] = "portal/declare_check.html"
    frame: Frame
    back_href: str
    action: str
    service: Words
    yes_on: date
    answers: tuple[AnswerRow, ...]
    known: tuple[Known, ...]
    about: PersonName | None


@dataclass(frozen=True)
class DeclareReceiptPage(Page):
    """The receipt of an application: number, what we got, who is busy, our last day, what to do when we are late.

    No amount while nobody knows it: a short form promises none.
    """

    template: ClassVar[str] = "portal/declare_receipt.html"
    frame: Frame
    case_number: str
    service: Words
    amount: Amount | None
    received_on: date
    deadline: Deadline
    answers: tuple[AnswerRow, ...]
    team: str
    print_href: str
    home_href: str
    about: PersonName | None
