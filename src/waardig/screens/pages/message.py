"""A message on the screen: the proposal (02) with its question, and the decision with its terms.

Invariant: in a couple nothing of the partner stands here; before a decision the title says "waarschijnlijk".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from waardig.inbox.terms import Block, Lead, MessageLinks, Text, Title

from .frame import Frame, Language
from .words import Amount, Deadline, Link, Page, PersonName, Words


@dataclass(frozen=True)
class MessageBody:
    """The text of one message as it was sent: language and blocks of the message box, title and lead among them.

    Args: other_href the same page with the text in the other language, "" when there is one text; dutch_only the reader
    has English pages or chose English, and this message has no English text; phone where help in English is.
    """

    language: Language
    blocks: tuple[Block, ...]
    other_href: str = ""
    dutch_only: bool = False
    phone: str = ""

    @property
    def title(self) -> Text:
        """The H1."""
        return self._text("title")

    def has(self, block: str) -> bool:
        """Whether the text holds a block with this id, so that the page need not say it again."""
        return any(one.id == block for one in self.blocks)

    @property
    def lead(self) -> Text:
        """The first line: what it means, and must the reader act?"""
        return self._text("lead")

    @property
    def plain_title(self) -> str:
        """The title without kinds, for `<title>`."""
        return "".join(span.text for span in self.title)

    def _text(self, kind: str) -> Text:
        found = [block.text for block in self.blocks if isinstance(block, Title | Lead) and block.kind == kind]
        return found[0] if found else ()


@dataclass(frozen=True)
class MessageSide:
    """The side block of a message: who sent it and when, and what lies behind it ("" is not shown).

    Args: kept_until the last day on which the case is kept, None while it runs or is not known yet.
    """

    team: str
    sent_on: date
    why_href: str = ""
    data_href: str = ""
    basis_href: str = ""
    print_href: str = ""
    kept_until: date | None = None
    look_href: str = ""


@dataclass(frozen=True)
class Yes:
    """The receipt of a yes: an application. decide_by is our last day (Awb 4:13), case_href shows the running case."""

    on: date
    case_number: str
    deadline: Deadline
    case_href: str = ""


@dataclass(frozen=True)
class No:
    """A no. never_again: proposals about this service are off as well."""

    on: date
    never_again: bool = False


@dataclass(frozen=True)
class ProposalPage(Page):
    """A proposal in all its states.

    Args: about names the person when a helper or administrator reads; links.answer receives the POST of the two buttons
    (field `answer` = "yes" or "no"), "" takes the buttons away (answered, or not this reader's to answer); yes / no the
    answer given; suspended_since the service stands still (a given yes goes on);
    computed_on is set when the outcome is older than the data; corrected_on: something is being looked into since
    that day. back_href leads to the list of messages. unasked: an announced grant, to which only a no is needed;
    give_up_href where an application is taken back.
    """

    template: ClassVar[str] = "portal/proposal.html"
    partial: ClassVar[str] = "screens/_proposal.html"
    frame: Frame
    back_href: str
    message: MessageBody
    about: PersonName | None
    links: MessageLinks
    yes: Yes | None
    no: No | None
    suspended_since: date | None
    computed_on: date | None
    corrected_on: date | None
    side: MessageSide
    unasked: bool = False
    give_up_href: str = ""


@dataclass(frozen=True)
class Objection:
    """Objection against a decision (Awb 6:7, 6:8): last day, days left, where to object; free of charge.

    Args: explained whether the text of the decision itself already says how; made_href the objection that was made,
    "" while there is none; look_href asking to look again.
    """

    deadline: Deadline
    href: str
    phone: str
    explained: bool = False
    made_href: str = ""
    look_href: str = ""


@dataclass(frozen=True)
class DecisionPage(Page):
    """A decision as a message.

    Args: amount and pay_by only when granted, paid_on once all of it was paid; decided_by the official with body and
    mandate, None when the text says
    it; duties what the resident must do afterwards; other links to what may still be asked after a refusal.
    """

    template: ClassVar[str] = "portal/decision.html"
    partial: ClassVar[str] = "screens/_decision.html"
    frame: Frame
    back_href: str
    message: MessageBody
    links: MessageLinks
    about: PersonName | None
    amount: Amount | None
    pay_by: date | None
    paid_on: date | None
    account_end: str
    decided_by: Words | None
    objection: Objection
    duties: tuple[Words, ...]
    other: tuple[Link, ...]
    side: MessageSide
    give_up_href: str = ""


@dataclass(frozen=True)
class LetterPage(Page):
    """Any other message (receipt, question, answer to a correction): text, and one way on if there is one."""

    template: ClassVar[str] = "portal/letter.html"
    partial: ClassVar[str] = "screens/_letter.html"
    frame: Frame
    back_href: str
    message: MessageBody
    links: MessageLinks
    about: PersonName | None
    deadline: Deadline | None
    next: Link | None
    side: MessageSide
    give_up_href: str = ""
