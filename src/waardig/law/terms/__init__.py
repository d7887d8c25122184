"""The words of the law room: facts, outcomes, steps, rule sets and the refusals. Stdlib and kernel only.

Absent is not unknown (regelrecht RFC-036): *absent* means we know there is nothing (no partner), *unknown*
means that we do not know.
Amounts are integer eurocent unless a unit says otherwise; dates are ISO strings (YYYY-MM-DD) inside values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias, Union

from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import Status
from waardig.law.terms.findings import LawFileInvalid, LawProblem, LawsInvalid, Said, in_dutch

__all__ = [
    "Evaluation",
    "Fact",
    "InputNeed",
    "LawFileInvalid",
    "LawNotInForce",
    "LawProblem",
    "LawRef",
    "LawsInvalid",
    "MissingImplementation",
    "NotCompilable",
    "Outcome",
    "PopulationInvalid",
    "PopulationResult",
    "PresumesAgainst",
    "RuleFailed",
    "RuleSet",
    "Said",
    "ScenariosInvalid",
    "Status",
    "Step",
    "UnknownLaw",
    "UnknownOutput",
    "UnverifiedContent",
    "Value",
    "in_dutch",
]

Value: TypeAlias = Union[bool, int, Decimal, str, Sequence["Value"], Mapping[str, "Value"], None]  # noqa: UP007

OK = "ok"
ABSENT = "absent"
UNTRANSLATABLE = "untranslatable"
ERROR = "error"
UNKNOWN = "unknown"


def unknown(name: str) -> str:
    """The reason of a value that could not be computed because `name` is not known."""
    return f"{UNKNOWN}:{name}"


@dataclass(frozen=True)
class Fact:
    """One fact about a person, or the statement that it is absent or unknown.

    Attributes:
        value: bool, int (eurocent), Decimal, ISO date, text, list or mapping; None unless reason is "ok".
        reason: "ok" | "absent" | "unknown".
        source: the register that gave it.
        as_of: the date for which the source stated it.
        since: valid from this date.
        presumed: presumed in favour of the person, not established.
    """

    value: Value
    reason: str = OK
    source: str = ""
    as_of: date | None = None
    since: date | None = None
    presumed: bool = False


@dataclass(frozen=True)
class Outcome:
    """The value of one output, or why there is none.

    Attributes:
        value: None unless reason is "ok".
        reason: "ok" | "absent" | "unknown:INPUT" | "untranslatable" | "error".
        unit: eurocent, euro, ratio, percentage, years, weeks, months, days, or None.
        detail: the message when reason is "error".
        code: what kind of error, in a word that does not change (conformance/README.md lists them).
    """

    value: Value
    reason: str = OK
    unit: str | None = None
    detail: str = ""
    code: str = ""


@dataclass(frozen=True)
class InputNeed:
    """A fact that the law needs and that no law computes.

    Attributes:
        name: the input's name in the law file; the contract with `facts`. A fact about somebody else
            than the person asked about carries the relation: `geboortedatum@partner_bsn`.
        key: names of the parameters that select the row (usually `bsn`).
        law, article: who asks for it.
        kind: "input", or "parameter" when the law expects the caller to give it; "field" of a member; "event" for what
            must have happened before a stage of a procedure is entered.
        members: of a collection (type array): what is asked of each.
        stage: of a procedure, when that asks it and the decision does not.
        given_by: the stage that gives it when the decision is walked through its procedure.
    """

    name: str
    type: str
    unit: str | None
    source: str
    key: tuple[str, ...]
    law: str
    article: str
    description: str = ""
    kind: str = "input"
    members: tuple[InputNeed, ...] = ()
    stage: str = ""
    given_by: str = ""


@dataclass(frozen=True)
class LawRef:
    """One version of a law that took part.

    Attributes:
        sha256: of the file's bytes.
        status: the worst status of the text and the amounts that took part.
    """

    id: str
    valid_from: str | None
    sha256: str
    status: Status
    name: str = ""
    layer: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One evaluated node of an explanation: data first, words second.

    Attributes:
        id: the same node has the same id in every tree; a repeated node carries no children.
        kind: "input" | "parameter" | "operation" | "output" | "open_term" | "reference" | "definition"
            | "hook" | "literal" | "override".
        role: what this step is to its parent ("values", "when", "then", "default", "subject", "value", ...).
        value, reason, unit: as in Outcome.
        article_text: the literal text, not a paraphrase.
        version: valid_from of the law file (or the date of the quoted text when the status file states one).
        not_needed: the step was not evaluated because the outcome was already settled.
        taken: for a "then" or "default": this branch decided.
    """

    id: str
    law: str
    law_name: str
    layer: str
    article: str
    url: str
    article_text: str
    version: str
    text_status: Status
    kind: str
    name: str
    operation: str
    value: Value
    reason: str
    unit: str | None
    words_nl: str
    words_en: str
    children: tuple[Step, ...] = ()
    fact: Fact | None = None
    not_needed: bool = False
    role: str = ""
    taken: bool = False
    amount_status: Status | None = None
    legal_basis: Mapping[str, str] = field(default_factory=dict)
    description: str = ""


@dataclass(frozen=True)
class Evaluation:
    """What the law says about one person on one date.

    Attributes:
        outputs: requested outputs first, then what is decided with them (a decision is indivisible, RFC-007).
        steps: one tree per requested output; empty unless explain was asked.
        provenance: per output "direct" | "reactive" (a hook, such as Awb 6:7) | "override" (lex specialis).
    """

    outputs: Mapping[str, Outcome]
    steps: tuple[Step, ...]
    inputs_used: Mapping[str, Fact]
    laws: tuple[LawRef, ...]
    on: date
    provenance: Mapping[str, str]


@dataclass(frozen=True)
class RuleSet:
    """Everything that decides a set of outputs, under one fingerprint.

    Attributes:
        hash: sha256 over the canonical form of every law version, article, definition and status used.
        inputs: names of the facts asked (see InputNeed.name).
        worst_status: `unverified` blocks activation.
    """

    hash: str
    inputs: frozenset[str]
    laws: tuple[LawRef, ...]
    worst_status: Status


@dataclass(frozen=True)
class PopulationResult:
    """Outcome of a population run.

    Attributes:
        columns: per output the values, in row order; None where the reason is not "ok".
        reasons: per output the reason words, in row order.
        engine: "duckdb" | "python" | "spark": what really computed it.
        fallback: why another engine than the one asked was used; empty when it was not.
        rows: number of rows.
    """

    columns: Mapping[str, Sequence[Value]]
    reasons: Mapping[str, Sequence[str]]
    engine: str
    fallback: str
    rows: int


class UnknownLaw(Refusal):
    """No file has this law."""

    def __init__(self, law: str, known: Sequence[str]) -> None:
        self.law, self.known = law, tuple(known)
        super().__init__(
            code="unknown_law",
            text_nl=f"De wet '{law}' is er niet.",
            text_en=f"Law '{law}' not found. Known laws: {', '.join(known) or 'none'}.",
            remedy="Check the $id, or add the folder with --laws DIR or WAARDIG_CONTENT.",
        )


class LawNotInForce(Refusal):
    """The law exists but not on this date (RFC-019: no fall-back to an older version)."""

    def __init__(self, law: str, on: date, *, until: str | None, first: str | None) -> None:
        self.law, self.on, self.until, self.first = law, on, until, first
        known = f"last in force until {until}" if until else f"first version is valid from {first}"
        super().__init__(
            code="law_not_in_force",
            text_nl=f"De wet '{law}' geldt niet op {on}.",
            text_en=f"No version of law '{law}' in force on {on}; {known}.",
            remedy="Choose another date, or add the version that is in force on it.",
        )


class UnknownOutput(Refusal):
    """The law has no article that produces this output."""

    def __init__(self, law: str, output: str, known: Sequence[str]) -> None:
        self.law, self.output, self.known = law, output, tuple(known)
        super().__init__(
            code="unknown_output",
            text_nl=f"De wet '{law}' kent de uitkomst '{output}' niet.",
            text_en=f"Output '{output}' not found in law '{law}'. It has: {', '.join(known) or 'none'}.",
            remedy="Ask one of the outputs named here.",
        )


class MissingImplementation(Refusal):
    """A required open term that no regulation in force fills (RFC-003)."""

    def __init__(self, law: str, article: str, term: str, *, on: date, why: str) -> None:
        self.law, self.article, self.term, self.on, self.why = law, article, term, on, why
        super().__init__(
            code="missing_implementation",
            text_nl=f"Artikel {article} van '{law}' laat '{term}' over aan een andere regeling. "
            f"Die is er niet op {on}.",
            text_en=f"Open term '{term}' of {law} article {article} has no implementation in force on {on}: {why}.",
            remedy="Add the regulation that implements it, or give its scope (for example gemeente_code).",
        )


class PresumesAgainst(Refusal):
    """A policy rule may presume an open norm for a person, never against (Awb 4:81, Pw art. 36)."""

    def __init__(self, law: str, article: str, term: str, *, file: str = "", line: int = 0) -> None:
        self.law, self.article, self.term, self.file, self.line = law, article, term, file, line
        where = f"{file}:{line}: " if file else ""
        super().__init__(
            code="presumes_against",
            text_nl=f"{where}De beleidsregel '{law}' artikel {article} zegt 'nee' op '{term}'. "
            "Dat mag alleen een mens.",
            text_en=f"{where}Policy rule '{law}' article {article} presumes against a person: '{term}' yields false.",
            remedy="Let the policy rule yield true or nothing (null); every no goes to a person.",
        )


class RuleFailed(Refusal):
    """The law could not be computed for these facts: wrong type, division by zero, impossible date, cycle.

    Attributes:
        problem: what kind, in a word that does not change (conformance/README.md lists them).
    """

    def __init__(self, law: str, article: str, message: str, *, problem: str = "rule_failed") -> None:
        self.law, self.article, self.message, self.problem = law, article, message, problem
        super().__init__(
            code="rule_failed",
            text_nl=f"De regel in '{law}' artikel {article} kon niet worden uitgerekend: {in_dutch(message)}",
            text_en=f"{law} article {article}: {message}",
            remedy="Check the facts given; if they are right, the law file needs correction.",
        )


class UnverifiedContent(Refusal):
    """A text or amount that nobody verified takes part; activation is blocked."""

    def __init__(self, laws: Sequence[str]) -> None:
        self.laws = tuple(laws)
        super().__init__(
            code="unverified_content",
            text_nl=f"Niet nagekeken teksten of bedragen in: {', '.join(laws)}.",
            text_en=f"Unverified texts or amounts in: {', '.join(laws)}.",
            remedy="State source and status in the .status.yaml beside the law file.",
        )


class PopulationInvalid(Refusal):
    """A population file or column cannot be used."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(
            code="population_invalid",
            text_nl=f"Het bevolkingsbestand kan niet worden gebruikt: {message}",
            text_en=f"The population cannot be used: {message}",
            remedy=remedy,
        )


class ScenariosInvalid(Refusal):
    """A scenario file cannot be read, so its cases cannot be asked."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            code="scenarios_invalid",
            text_nl=f"De scenario's in '{place}' kunnen niet worden gelezen: {why}",
            text_en=f"The scenarios of '{place}' cannot be read: {why}",
            remedy="Correct the file and run `waardig law test` on it, or give another place.",
        )


class NotCompilable(Refusal):
    """The rule cannot be proven equal in SQL; the exact interpreter computes it row by row instead."""

    def __init__(self, law: str, article: str, why: str) -> None:
        self.law, self.article, self.why = law, article, why
        super().__init__(
            code="not_compilable",
            text_nl=f"'{law}' artikel {article} kan niet als SQL worden uitgerekend: {why}",
            text_en=f"{law} article {article} cannot be compiled to SQL: {why}",
            remedy="Use --engine python, which computes it row by row.",
        )
