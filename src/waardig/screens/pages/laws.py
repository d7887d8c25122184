"""Pages of the desk where an employee reads the law beside its machine form. No person in them, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from .forms import Option
from .frame import DeskFrame
from .play import PlayStep, Status
from .words import Link, Page, Paging, Words

Passed = Literal["green", "red", "skipped"]


@dataclass(frozen=True)
class Counted:
    """How the scenarios of a law go."""

    green: int
    red: int
    skipped: int = 0


@dataclass(frozen=True)
class LawLine:
    """One law. Args: href the version that holds today, else the newest; versions how many there are; status the least
    certain one of its text and amounts."""

    name: str
    href: str
    kind: Words
    versions: int
    period: Words
    status: Status
    scenarios: Counted
    scenarios_href: str


@dataclass(frozen=True)
class LawListPage(Page):
    """Every law of the library and of the municipality. The search is a form with GET: zoek, laag, gebied, status.

    Args: total how many laws fit; clear_href without any filter, "" when there is none.
    """

    template: ClassVar[str] = "desk/law_list.html"
    desk: DeskFrame
    action: str
    try_href: str
    search: str
    layers: tuple[Option, ...]
    places: tuple[Option, ...]
    statuses: tuple[Option, ...]
    total: int
    lines: tuple[LawLine, ...]
    clear_href: str
    paging: Paging


@dataclass(frozen=True)
class RuleRow:
    """One line of a rule. Args: depth for the indent, at most 8."""

    depth: int
    words: Words


@dataclass(frozen=True)
class ConstantRow:
    """A value of the article. Args: label and source in Dutch, as the file has them; line in the file."""

    label: str
    value: Words
    status: Status
    source: str
    line: int


@dataclass(frozen=True)
class FactRow:
    """What the article needs. Args: source a register or the other law; other the article that computes it; members
    what is known of each, when it is a row of people or things."""

    label: str
    kind: Words
    description: str
    source: Words
    other: Link | None
    line: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutcomeRow:
    """What the article computes. Args: explanation in everyday Dutch from the file; basis article and paragraph."""

    label: str
    kind: Words
    explanation: str
    basis: str
    rule: tuple[RuleRow, ...]
    line: int


@dataclass(frozen=True)
class TermRow:
    """What the article leaves to another regulation. Args: filled_by who fills it; default what holds otherwise."""

    label: str
    kind: Words
    description: str
    required: bool
    filled_by: tuple[Link, ...]
    default: tuple[RuleRow, ...]
    line: int


@dataclass(frozen=True)
class TieRow:
    """How an article hangs on one of another law: what it does, and that article (None when it is not loaded)."""

    words: Words
    other: Link | None


@dataclass(frozen=True)
class UntranslatableRow:
    """What the article says and a computer cannot work out."""

    construct: str
    reason: str
    accepted: bool


@dataclass(frozen=True)
class ArticlePart:
    """One article. Args: anchor its id on the page; decides the kind of decision; problem why its rule cannot be read;
    source its lines of the file, with their numbers."""

    number: str
    anchor: str
    text: str
    href: str
    decides: str
    constants: tuple[ConstantRow, ...]
    facts: tuple[FactRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    terms: tuple[TermRow, ...]
    ties: tuple[TieRow, ...]
    untranslatables: tuple[UntranslatableRow, ...]
    problem: Words
    has_rule: bool
    source: str


@dataclass(frozen=True)
class FindingRow:
    """What the check says. Args: href the article on this page, "" when none."""

    line: int
    message: Words
    remedy: Words
    error: bool
    href: str


@dataclass(frozen=True)
class VersionLink:
    """One version of the law. Args: current the one on this page."""

    words: Words
    href: str
    current: bool


@dataclass(frozen=True)
class StageRow:
    """A stage of a procedure. Args: requires what must have happened before it begins."""

    name: str
    description: str
    requires: tuple[str, ...]


@dataclass(frozen=True)
class ProcedureRow:
    """The stages through which a kind of decision goes."""

    name: str
    decides: str
    stages: tuple[StageRow, ...]


@dataclass(frozen=True)
class LawPage(Page):
    """One version of a law: text and machine form beside each other.

    Args: source where the text comes from; changed: the file is another now than when the laws were read; file_head the
    lines before the first article.
    """

    template: ClassVar[str] = "desk/law.html"
    desk: DeskFrame
    back_href: str
    law_name: str
    law_href: str
    kind: Words
    period: Words
    status: Status
    source: str
    versions: tuple[VersionLink, ...]
    play_href: str
    scenarios: Counted
    scenarios_href: str
    findings: tuple[FindingRow, ...]
    procedures: tuple[ProcedureRow, ...]
    articles: tuple[ArticlePart, ...]
    referred_by: tuple[TieRow, ...]
    file: str
    file_head: str
    changed: bool


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario. Args: place file and line; message why it is red or skipped, in English; expected and found of the
    outcome that differs, "" when it is something else; steps the explanation of a red one; play_href its facts."""

    name: str
    place: Words
    passed: Passed
    message: str
    output: str
    expected: str
    found: str
    steps: tuple[PlayStep, ...]
    play_href: str


@dataclass(frozen=True)
class ScenariosPage(Page):
    """Every scenario of a law, run. Args: other the same page with all, or with the red ones only."""

    template: ClassVar[str] = "desk/law_scenarios.html"
    desk: DeskFrame
    back_href: str
    law_name: str
    scenarios: Counted
    lines: tuple[ScenarioRow, ...]
    other: Link | None
    paging: Paging


@dataclass(frozen=True)
class TriedLaw:
    """What came of a draft. Args: replaces the version of the same day in the library; left_out too many to show."""

    name: str
    day: str
    replaces: bool
    findings: tuple[FindingRow, ...]
    scenarios: Counted
    lines: tuple[ScenarioRow, ...]
    left_out: int


@dataclass(frozen=True)
class TryPage(Page):
    """A draft of a law file to try: pasted or from a file, with scenarios of its own. Posts `law`, `file`, `scenarios`.

    Args: problem why it was not tried, at the field of the law.
    """

    template: ClassVar[str] = "desk/law_try.html"
    desk: DeskFrame
    back_href: str
    action: str
    law: str
    scenarios: str
    problem: Words | None
    tried: TriedLaw | None
