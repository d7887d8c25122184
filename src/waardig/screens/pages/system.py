"""Pages of who runs the system: what waits, what was given up, who works, what is kept; nothing about a resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .frame import DeskFrame
from .words import Page, Paging, Words


@dataclass(frozen=True)
class TopicLine:
    """One kind of job. Args: code of the topic; words what it does; open how many wait; since when the oldest is due;
    dead how many were given up; again_href where all of those are tried again, "" when there are none."""

    code: str
    words: Words
    open: int
    since: datetime | None
    dead: int
    again_href: str


@dataclass(frozen=True)
class DeadLine:
    """A job that was given up. Args: number its id; error the class of the error only, never its text."""

    number: int
    code: str
    words: Words
    error: str
    since: datetime
    attempts: int
    again_href: str


@dataclass(frozen=True)
class WorkerLine:
    """A worker: its name (machine and process), since when, last seen, jobs done; is_there False: silent or stopped."""

    name: str
    started: datetime
    seen: datetime
    done: int
    is_there: bool
    stopped: bool


@dataclass(frozen=True)
class Kept:
    """One thing that must happen now and then: what, when it last did (None: never), whether that is a worry."""

    words: Words
    at: datetime | None
    worry: bool
    note: Words | None = None


@dataclass(frozen=True)
class Done:
    """What an administrator did."""

    words: Words
    at: datetime
    by: str
    count: int | None


@dataclass(frozen=True)
class SystemPage(Page):
    """The overview of who runs the system. Args: again how many jobs were just tried again, None when none were."""

    template: ClassVar[str] = "desk/system.html"
    desk: DeskFrame
    again: int | None
    dead_total: int
    topics: tuple[TopicLine, ...]
    dead: tuple[DeadLine, ...]
    workers: tuple[WorkerLine, ...]
    kept: tuple[Kept, ...]
    losses: tuple[Words, ...]
    done: tuple[Done, ...]
    paging: Paging


@dataclass(frozen=True)
class AgainPage(Page):
    """Asks whether jobs must be tried again. Args: count how many; number of the one job, None when it is a whole kind;
    errors the classes of error among them; the form posts back to `action`."""

    template: ClassVar[str] = "desk/system_again.html"
    desk: DeskFrame
    back_href: str
    action: str
    count: int
    number: int | None
    code: str
    words: Words
    errors: tuple[str, ...]
