"""Pages about what a resident started: an objection, a second look, a notice that we are late; and asking for one.

One form and one file serve portal and desk, so that the counter sees the same words. Words are content: both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .desk import CaseEvent
from .forms import Field
from .frame import DeskFrame, Frame
from .why import StepGroup
from .words import Amount, Deadline, Link, Page, Paging, PersonName, Shown, Words


@dataclass(frozen=True)
class AskedField:
    """One question of a form. Args: kind of field; label and hint as people read them."""

    kind: Literal["text", "line", "choice", "money"]
    field: Field
    label: Words
    hint: Words | None = None


@dataclass(frozen=True)
class AskForm:
    """A form that posts `step` with its fields to action. Args: secondary: it stands beside the main thing to do."""

    action: str
    step: str
    title: Words
    lead: Words | None
    fields: tuple[AskedField, ...]
    button: Words
    secondary: bool = False


@dataclass(frozen=True)
class FileFact:
    """One line of what is known about a file."""

    label: Words
    value: Shown


@dataclass(frozen=True)
class FilePaper:
    """A text in the file as it was written: what it is, from whom, when, and its lines (Dutch, as written)."""

    title: Words
    by: Words
    on: date
    lines: tuple[str, ...]


@dataclass(frozen=True)
class AskPage(Page):
    """Asking for something: an objection, a second look. Args: facts about what it is; notice stands above the form."""

    template: ClassVar[str] = "portal/ask.html"
    frame: Frame
    back_href: str
    heading: Words
    lead: Words
    deadline: Deadline | None
    notice: Words | None
    facts: tuple[FileFact, ...]
    form: AskForm
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class FilePage(Page):
    """A file of the resident: where it stands, what is known, every paper, what can be done.

    Args: about names the person when a helper reads; done says that it ended (no deadline then).
    """

    template: ClassVar[str] = "portal/file.html"
    partial: ClassVar[str] = "screens/_file.html"
    frame: Frame
    back_href: str
    number: str
    about: PersonName | None
    heading: Words
    lead: Words
    done: bool
    deadline: Deadline | None
    notice: Words | None
    facts: tuple[FileFact, ...]
    papers: tuple[FilePaper, ...]
    forms: tuple[AskForm, ...]
    links: tuple[Link, ...]
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class CounterAskPage(Page):
    """The same question asked for the resident at the counter."""

    template: ClassVar[str] = "desk/counter_ask.html"
    desk: DeskFrame
    back_href: str
    person: PersonName
    heading: Words
    lead: Words
    deadline: Deadline | None
    notice: Words | None
    facts: tuple[FileFact, ...]
    form: AskForm
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class FindOtherwisePage(Page):
    """Who stands before you, without a number: what is asked, or who of those that were met."""

    template: ClassVar[str] = "desk/find_otherwise.html"
    desk: DeskFrame
    back_href: str
    heading: Words
    lead: Words
    form: AskForm
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class DeskFilePage(Page):
    """A file as the official sees it who handles it, with what the law says now and the steps that can be taken.

    Args: notice says why this official may not handle it; computed and groups are empty when nothing was computed.
    """

    template: ClassVar[str] = "desk/file.html"
    desk: DeskFrame
    back_href: str
    number: str
    person: PersonName
    heading: Words
    lead: Words
    done: bool
    deadline: Deadline | None
    notice: Words | None
    facts: tuple[FileFact, ...]
    papers: tuple[FilePaper, ...]
    computed: Amount | None
    groups: tuple[StepGroup, ...]
    forms: tuple[AskForm, ...]
    events: tuple[CaseEvent, ...]
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class FileLine:
    """One file in a list. Args: what it is; due our last day; late days past it; more what else counts."""

    number: str
    href: str
    what: Words
    since: date
    due: date
    late: int
    more: Words | None = None


@dataclass(frozen=True)
class FileListPage(Page):
    """Files that wait, what hurts most on top."""

    template: ClassVar[str] = "desk/file_list.html"
    desk: DeskFrame
    back_href: str
    heading: Words
    lead: Words
    lines: tuple[FileLine, ...]
    paging: Paging
