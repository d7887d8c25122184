"""Probeer de wet: choose a law, invent facts, see every step. Nothing about anybody, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .forms import Option
from .frame import DeskFrame, Frame
from .words import Page, Words

Status = Literal["published", "recomputed", "derived", "older_text", "unverified"]


@dataclass(frozen=True)
class PlayableLaw:
    """A law to play with. Args: examples how many invented cases it has."""

    name: str
    layer: Words
    examples: int
    href: str


@dataclass(frozen=True)
class PlayListPage(Page):
    """Which laws there are. Args: other_language the address of this page in the other language."""

    template: ClassVar[str] = "public/play_list.html"
    frame: Frame
    laws: tuple[PlayableLaw, ...]
    check_href: str
    other_href: str


@dataclass(frozen=True)
class PlayField:
    """One fact to invent.

    Args: name of the field; fact the law's name; label what it is, in the words of the file (Dutch); asked_by law and
    article; unit and type in words; options for yes or no; value what was typed; error in words.
    """

    name: str
    fact: str
    label: str
    asked_by: str
    kind: Words
    options: tuple[Option, ...]
    value: str
    error: Words | None = None


@dataclass(frozen=True)
class PlayStep:
    """One step. Args: depth for the indent; article and anchor of its text; decided: this branch was taken."""

    depth: int
    words: Words
    article: str
    href: str
    decided: bool
    not_needed: bool
    amount_status: Status | None


@dataclass(frozen=True)
class PlayArticle:
    """The literal text of an article that took part."""

    law: str
    article: str
    text: str
    href: str
    version: str
    status: Status


@dataclass(frozen=True)
class PlayOutput:
    """What was computed; before when a run went before and gave something else."""

    name: str
    words: Words
    before: Words | None = None


@dataclass(frozen=True)
class PlayQuestion:
    """A fact without which there is no outcome. Args: words the question; href its field, "" when it has none here."""

    words: str
    href: str


@dataclass(frozen=True)
class PlayTurns:
    """When it would be another outcome. Args: changes of one fact each; decided_by names of facts, in words;
    unsearched facts of which there may be another change."""

    changes: tuple[Words, ...]
    decided_by: tuple[str, ...]
    unsearched: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlayResult:
    """One run. Args: changed facts that differ from the run before; left_out steps that were not shown; turns when
    somebody asked for them; questions what the law still has to know."""

    outputs: tuple[PlayOutput, ...]
    changed: tuple[str, ...]
    compared: bool
    steps: tuple[PlayStep, ...]
    left_out: int
    articles: tuple[PlayArticle, ...]
    laws: tuple[tuple[str, str, Status, str], ...]
    turns: PlayTurns | None = None
    questions: tuple[PlayQuestion, ...] = ()


@dataclass(frozen=True)
class PlayPage(Page):
    """Play with one law. Everything is posted to action: `do` = example / fields / run / turns / download /
    upload.

    Args: output and day as chosen; examples of this law; before the facts of the run before (hidden); command the same
    question on a terminal; problem what went wrong, in plain words, with what to do; desk its frame, when an employee
    plays at the desk.
    """

    frame: Frame
    list_href: str
    action: str
    other_href: str
    law_name: str
    law_href: str
    versions: tuple[str, ...]
    outputs: tuple[Option, ...]
    day: str
    today: date
    examples: tuple[Option, ...]
    fields: tuple[PlayField, ...]
    before: str
    data: str
    command: str
    result: PlayResult | None
    problem: Words | None
    advice: Words | None
    desk: DeskFrame | None = None

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the face."""
        return "desk/law_play.html" if self.desk else "public/play.html"
