"""Was this text clear: the form under a page or message, and at the desk what its author reads and does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame, Frame, Language
from .words import Link, Page, Paging, Words


@dataclass(frozen=True)
class FeedbackPage(Page):
    """Say whether a text is clear; posts `clear` (yes | no), `text`, `number`. given: just sent, there is no form."""

    template: ClassVar[str] = "portal/feedback.html"
    frame: Frame
    back: Link
    name: Words
    is_message: bool
    action: str
    clear: Field
    text: Field
    number: str
    errors: tuple[Field, ...]
    given: bool = False


@dataclass(frozen=True)
class FeedbackLine:
    """How one text was found. Args: file the template of a message, "" for a page; open how many wait to be read."""

    href: str
    name: Words
    file: str
    author: Words
    yes: int
    no: int
    open: int


@dataclass(frozen=True)
class DeskFeedbackPage(Page):
    """Every text of this author with its counts. other: the same list with, or without, what nobody needs to read."""

    template: ClassVar[str] = "desk/feedback.html"
    desk: DeskFrame
    total: int
    waiting: int
    lines: tuple[FeedbackLine, ...]
    other: Link
    paging: Paging


@dataclass(frozen=True)
class WrittenLine:
    """One written reaction. Args: href where it is handled, "" when it is; by who did, done what was done."""

    href: str
    on: date
    clear: bool
    language: Language
    text: str
    done: str = ""
    handled_on: date | None = None
    by: Words | None = None


@dataclass(frozen=True)
class DeskFeedbackTopicPage(Page):
    """One text: how it was found and what was written about it; show says which of the two lists this is."""

    template: ClassVar[str] = "desk/feedback_topic.html"
    desk: DeskFrame
    back_href: str
    name: Words
    file: str
    author: Words
    yes: int
    no: int
    shows_handled: bool
    lines: tuple[WrittenLine, ...]
    other: Link
    paging: Paging


@dataclass(frozen=True)
class DeskFeedbackTextPage(Page):
    """One written reaction and the form that closes it; posts `done`."""

    template: ClassVar[str] = "desk/feedback_text.html"
    desk: DeskFrame
    back_href: str
    name: Words
    line: WrittenLine
    kept_until: date
    action: str
    done: Field
    errors: tuple[Field, ...]
    signed_as: Words
