"""A public page made of parts in a fixed order: text, rows, tables, cards, links and bars. One template shows them all.

Every figure on such a page stands in a table too; a drawing is decoration behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .frame import Frame
from .words import Link, Page, Shown, Words

NOTHING_YET = Words("Er is nog niets.", "There is nothing yet.")


@dataclass(frozen=True)
class Text:
    """Paragraphs under a heading (None: no heading)."""

    kind: ClassVar[str] = "text"
    heading: Words | None
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Row:
    """A label with its values, each on a line; href makes the first value a link."""

    label: Words
    values: tuple[Shown, ...]
    href: str = ""


@dataclass(frozen=True)
class Rows:
    """Labels and values."""

    kind: ClassVar[str] = "rows"
    heading: Words | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Cell:
    """One cell: a value, a link with that value, or a chip (a status in words, see look/_chip.html)."""

    value: Shown = ""
    href: str = ""
    chip: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row is its header. `note` stands beneath it; empty says what no rows mean."""

    kind: ClassVar[str] = "table"
    id: str
    heading: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Words | None = None
    download: Link | None = None
    empty: Words = NOTHING_YET


@dataclass(frozen=True)
class Card:
    """Something to go to: a name, one sentence, a status."""

    words: Words
    href: str
    text: Words | None = None
    chip: str = ""


@dataclass(frozen=True)
class Cards:
    """Things to go to; empty says what none means."""

    kind: ClassVar[str] = "cards"
    heading: Words | None
    cards: tuple[Card, ...]
    empty: Words = NOTHING_YET


@dataclass(frozen=True)
class Links:
    """Addresses under a heading."""

    kind: ClassVar[str] = "links"
    heading: Words | None
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Alert:
    """Something that must be seen first. Colour: brick (stands still), river (ours), leaf (done)."""

    kind: ClassVar[str] = "alert"
    colour: str
    lead: Words
    text: Words


@dataclass(frozen=True)
class ChartBar:
    """One bar: its name, its value as shown, and its length in drawing units (0-400)."""

    words: Words
    shown: str
    length: int


@dataclass(frozen=True)
class Chart:
    """A drawing of bars with a title that says what it shows; the same figures stand in the table after it."""

    kind: ClassVar[str] = "chart"
    id: str
    title: Words
    bars: tuple[ChartBar, ...]

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return 40 * len(self.bars) + 8


@dataclass(frozen=True)
class TimelineRow:
    """One line of blocks: its name and the status of each block, the oldest first (chips of verdicts)."""

    words: Words
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """A drawing of blocks in time, one line a condition; the same stands in the table after it."""

    kind: ClassVar[str] = "timeline"
    id: str
    title: Words
    rows: tuple[TimelineRow, ...]

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return 40 * len(self.rows) + 8


Part = Text | Rows | Table | Cards | Links | Alert | Chart | Timeline


@dataclass(frozen=True)
class DocumentPage(Page):
    """The page: where it goes back to, what it is called, its first line, a status (chip) and its parts."""

    template: ClassVar[str] = "public/document.html"
    frame: Frame
    back: Link
    title: Words
    lead: Words
    parts: tuple[Part, ...]
    chip: str = ""
    note: Words | None = None
