"""The typed form of a law file (regelrecht v0.5.6): one representation, two executors.

Every expression carries its place: law, article, link, line and the legal basis that the file gives. Nothing here
knows a person, a date or other laws; `link` joins articles for one date and scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, Union

from waardig.kernel.legal_source import Status
from waardig.law.terms import Said

Number: TypeAlias = "int | Fraction"
Raw: TypeAlias = Union[bool, int, Fraction, str, tuple["Raw", ...], Mapping[str, "Raw"], None]  # noqa: UP007

LAYER_RANK = {
    "VERDRAG": 0,
    "EU_VERORDENING": 1,
    "EU_RICHTLIJN": 1,
    "GRONDWET": 2,
    "WET": 3,
    "AMVB": 4,
    "KONINKLIJK_BESLUIT": 4,
    "MINISTERIELE_REGELING": 5,
    "PROVINCIALE_VERORDENING": 6,
    "WATERSCHAPS_VERORDENING": 7,
    "GEMEENTELIJKE_VERORDENING": 7,
    "BELEIDSREGEL": 8,
    "UITVOERINGSBELEID": 9,
}
SCOPE_FIELDS = ("gemeente_code", "provincie_code", "waterschap_code")
OURS = (0, 5, 6)
"""The version of the schema of regelrecht that a file has which names none; a later one may use what was announced."""


@dataclass(frozen=True)
class Place:
    """Where a node stands in the law."""

    law: str
    article: str
    url: str
    line: int
    legal_basis: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Literal:
    """A value written in the law file."""

    value: Raw
    at: Place


@dataclass(frozen=True)
class Variable:
    """`$name` or `$name.part.0`."""

    name: str
    path: tuple[str, ...]
    at: Place


@dataclass(frozen=True)
class Operation:
    """An operation with operands by role, in the order of the file.

    Attributes:
        op: canonical name (SWITCH is read as IF).
        args: (role, expression); a role may repeat ("values", "when").
        precision: of ROUND, CEIL and FLOOR (decimal places, negative for tens and hundreds).
        combine: of FOREACH: COUNT, ADD, MIN, MAX, OR or AND; LIST in files of a later schema.
        item: of FOREACH: what one member is called (`$kind`).
    """

    op: str
    args: tuple[tuple[str, Expr], ...]
    at: Place
    precision: int = 0
    combine: str = ""
    item: str = ""


Expr: TypeAlias = Literal | Variable | Operation


@dataclass(frozen=True)
class Bounds:
    """What a file declares of a number with `min`, `max` and `precision` (decimal places); None is not said."""

    low: Number | None = None
    high: Number | None = None
    places: int | None = None


UNBOUND = Bounds()


@dataclass(frozen=True)
class Field:
    """A parameter, input or output as declared.

    Attributes:
        bounds: of a number: what it is at least and at most, and how many decimal places it has.
        members: of a collection: what is known of each member.
        most: of a collection: how many members there are at most.
        source: of a field of a member that a law computes from other fields.
        nullable: says that it may be absent (RFC-036); counts in a file that says so of any field.
    """

    name: str
    type: str
    unit: str | None
    line: int
    description: str = ""
    required: bool = False
    legal_basis: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Field, ...] = ()
    most: int = 0
    source: Source | None = None
    nullable: bool = False
    bounds: Bounds = UNBOUND


@dataclass(frozen=True)
class Source:
    """Where an input comes from.

    Attributes:
        regulation: $id of another law, or None.
        output: output of that law, or of this law when regulation is None.
        parameters: name in the other law -> `$variable` or literal text.
        external: neither regulation nor output: a register has it.
    """

    regulation: str | None
    output: str | None
    parameters: Mapping[str, Expr] | None
    description: str = ""

    @property
    def external(self) -> bool:
        """True when no law computes this input."""
        return self.regulation is None and self.output is None


@dataclass(frozen=True)
class Input:
    """An input field and its source."""

    field: Field
    source: Source


@dataclass(frozen=True)
class Definition:
    """A constant of an article; `low` and `high` are the `min` and `max` that the file declares for it."""

    name: str
    value: Raw
    type: str | None
    unit: str | None
    line: int
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Action:
    """An output and how it is computed."""

    output: str
    expr: Expr
    line: int


@dataclass(frozen=True)
class OpenTerm:
    """A term that a lower regulation must or may fill (RFC-003)."""

    field: Field
    required: bool
    delegation_type: str | None
    delegated_to: str
    default: tuple[Action, ...]


@dataclass(frozen=True)
class Implements:
    """This article fills an open term of a higher law."""

    law: str
    article: str
    term: str
    line: int


@dataclass(frozen=True)
class Hook:
    """This article fires when an article of a legal character is decided (RFC-007)."""

    point: str
    legal_character: str
    decision_type: str | None
    stage: str
    line: int


@dataclass(frozen=True)
class Override:
    """This article replaces an output of another article (lex specialis, RFC-007)."""

    law: str
    article: str
    output: str
    line: int


@dataclass(frozen=True)
class Untranslatable:
    """What this article says and the operations cannot (RFC-012)."""

    construct: str
    reason: str
    accepted: bool
    line: int


@dataclass(frozen=True)
class Stage:
    """A step of a procedure (RFC-008): AANVRAAG, BESLUIT, BEKENDMAKING.

    Attributes:
        requires: what must have happened outside the law before it is entered.
    """

    name: str
    description: str
    requires: tuple[Field, ...]
    line: int


@dataclass(frozen=True)
class Procedure:
    """The stages that a decision of a legal character passes through (RFC-008).

    Attributes:
        default: the one for articles that name no procedure.
    """

    id: str
    default: bool
    legal_character: str
    stages: tuple[Stage, ...]
    line: int


@dataclass(frozen=True)
class Article:
    """One article, its literal text and its rule."""

    number: str
    text: str
    url: str
    line: int
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    parameters: Mapping[str, Field] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    outputs: Mapping[str, Field] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    open_terms: Mapping[str, OpenTerm] = field(default_factory=dict)
    implements: tuple[Implements, ...] = ()
    hooks: tuple[Hook, ...] = ()
    overrides: tuple[Override, ...] = ()
    untranslatables: tuple[Untranslatable, ...] = ()
    legal_character: str | None = None
    decision_type: str | None = None
    procedure_id: str | None = None
    canonical: str = ""
    problem: tuple[int, Said] | None = None

    def produced(self) -> tuple[str, ...]:
        """Names of what the article's actions compute, in document order without repeats."""
        return tuple(dict.fromkeys(action.output for action in self.actions))

    def declared(self, name: str) -> Field | None:
        """How a parameter is declared, or the input that a parameter of that name replaces."""
        if name in self.parameters:
            return self.parameters[name]
        return self.inputs[name].field if name in self.inputs else None

    def sources(self) -> tuple[tuple[str, Source], ...]:
        """Where its inputs, and the fields of their members, come from; each with its name."""
        found = [(entry.field.name, entry.source) for entry in self.inputs.values()]
        parts = [part for entry in self.inputs.values() for part in entry.field.members]
        return (*found, *((part.name, part.source) for part in parts if part.source))


@dataclass(frozen=True)
class AmountStatus:
    """Status and source of one definition."""

    status: Status
    source: str = ""
    line: int = 1


@dataclass(frozen=True)
class TextStatus:
    """What the status file beside a law file says; without one everything is unverified.

    Attributes:
        gap_after: why nothing holds between this version and the next.
        unknown_keys: what means nothing, with its line.
    """

    text: Status = Status.UNVERIFIED
    text_version: str | None = None
    text_file: str = ""
    source: str = ""
    amounts: Mapping[str, AmountStatus] = field(default_factory=dict)
    gap_after: str = ""
    unknown_keys: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RestsOn:
    """A law that a whole file rests on (`legal_basis` at the top)."""

    law: str
    article: str
    line: int


@dataclass(frozen=True)
class Law:
    """One version of a law.

    Attributes:
        schema: the version of the schema of regelrecht that the file names.
        rests_on: the laws that it rests on as a whole.
        declares_absence: its fields say with `nullable` which may be absent; the others may not.
    """

    id: str
    name: str
    layer: str
    valid_from: str | None
    valid_to: str | None
    url: str
    bwb_id: str | None
    scope: Mapping[str, str]
    articles: tuple[Article, ...]
    file: str
    sha256: str
    origin: int = 0
    status: TextStatus = field(default_factory=TextStatus)
    procedures: tuple[Procedure, ...] = ()
    schema: tuple[int, ...] = OURS
    declares_absence: bool = False
    rests_on: tuple[RestsOn, ...] = ()

    @property
    def later(self) -> bool:
        """True for a file of a later schema than v0.5.6: it may use what regelrecht announced since."""
        return self.schema > OURS

    def article(self, number: str) -> Article | None:
        """The article with this number."""
        return next((article for article in self.articles if article.number == number), None)

    def producer(self, output: str) -> Article | None:
        """The article that produces an output; implementing and hook articles count too."""
        for article in self.articles:
            if output in article.outputs or output in article.produced():
                return article
        return None

    def output_names(self) -> tuple[str, ...]:
        """Every output of the law."""
        names = (name for article in self.articles for name in (*article.outputs, *article.produced()))
        return tuple(dict.fromkeys(names))
