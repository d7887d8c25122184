"""Blocks of a message: screen and letter show the same blocks with the same words.

Invariant: a block holds text and typed values, never markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

SpanKind = Literal["text", "money", "date", "number", "phone", "web", "case"]
Only = Literal["", "screen", "paper"]
Language = Literal["nl", "en"]
Whose = Literal["yours", "ours"]


@dataclass(frozen=True)
class Span:
    """A run of text of one kind.

    `value` is for machines: euros with a point for money ('521.97'), an ISO date for a date, else empty.
    """

    text: str
    strong: bool = False
    kind: SpanKind = "text"
    value: str = ""


Text = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `only` names the medium when the other one answers in another way."""

    kind: ClassVar[str] = "paragraph"
    text: Text
    only: Only = ""


@dataclass(frozen=True)
class Bullets:
    """A list of short facts."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Text, ...]


Item = Paragraph | Bullets


@dataclass(frozen=True)
class Title:
    """The heading of level 1: what this means for the reader."""

    kind: ClassVar[str] = "title"
    id: str
    text: Text


@dataclass(frozen=True)
class Lead:
    """The first line under the title: must the reader act?"""

    kind: ClassVar[str] = "lead"
    id: str
    text: Text


@dataclass(frozen=True)
class KeyRow:
    """One question of the key information with its answer and a note."""

    label: str
    answer: Text
    note: Text = ()

    @property
    def is_amount(self) -> bool:
        """Whether the answer is nothing but an amount, which the screen shows large."""
        return len(self.answer) == 1 and self.answer[0].kind == "money"


@dataclass(frozen=True)
class KeyInfo:
    """The box 'Het belangrijkste'."""

    kind: ClassVar[str] = "keyinfo"
    id: str
    heading: str
    rows: tuple[KeyRow, ...]


@dataclass(frozen=True)
class Section:
    """A heading of level 2 with paragraphs and lists; `new_sheet` starts a new sheet on paper."""

    kind: ClassVar[str] = "section"
    id: str
    heading: Text
    items: tuple[Item, ...]
    only: Only = ""
    new_sheet: bool = False


@dataclass(frozen=True)
class Notice:
    """A section with an edge, for what the reader may want to say back."""

    kind: ClassVar[str] = "notice"
    id: str
    heading: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Deadline:
    """A date with what happens then. `whose`: the reader's ('yours') or the municipality's ('ours')."""

    kind: ClassVar[str] = "deadline"
    id: str
    whose: Whose
    heading: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Option:
    """A possible answer: machine value, words on the button or beside the box, and what follows."""

    value: str
    label: Text
    note: Text = ()


@dataclass(frozen=True)
class Question:
    """The question of a message with equal options; `how` says how to answer on paper."""

    kind: ClassVar[str] = "question"
    id: str
    heading: Text
    options: tuple[Option, ...]
    how: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs: a greeting, a team, a name."""

    kind: ClassVar[str] = "signature"
    id: str
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class DataRow:
    """One value that was used: label, value, source and date."""

    label: str
    value: Text
    source: Text


@dataclass(frozen=True)
class DataTable:
    """The data that was used. On the screen it stands behind a link, on paper on sheet 2."""

    kind: ClassVar[str] = "data"
    id: str
    heading: Text
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]
    items: tuple[Item, ...] = ()
    only: Only = ""


@dataclass(frozen=True)
class AnswerCard:
    """The card to cut off and send back: boxes with the possible answers. Paper only."""

    kind: ClassVar[str] = "card"
    id: str
    heading: Text
    items: tuple[Item, ...]
    boxes: tuple[Option, ...]


@dataclass(frozen=True)
class Blank:
    """A question to answer on paper: boxes to tick, and a line to write on when `has_line`. Paper only."""

    kind: ClassVar[str] = "blank"
    id: str
    heading: Text
    items: tuple[Item, ...]
    boxes: tuple[Option, ...]
    has_line: bool = False


Block = Title | Lead | KeyInfo | Section | Notice | Deadline | Question | Signature | DataTable | AnswerCard | Blank
