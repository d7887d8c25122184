"""Runs Gherkin scenarios against the exact interpreter.

A scenario passes when all its steps hold, and one of them looks at what came out. `the execution fails` holds for a
refusal and for a requested output that could not be computed (an unknown fact is regelrecht's VariableNotFound).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from waardig.kernel.errors import Refusal
from waardig.law.core.book import LawBook
from waardig.law.core.evaluate import evaluated
from waardig.law.core.graph import Program
from waardig.law.core.ir import SCOPE_FIELDS
from waardig.law.core.link import MODES, link
from waardig.law.core.steps import OUTCOMES, is_note, read_step
from waardig.law.core.tables import EMPTY, FactTables, Table, cell, literal
from waardig.law.core.types import unit_mismatch
from waardig.law.terms import ABSENT, ERROR, OK, UNTRANSLATABLE, Evaluation, Outcome

TOLERANCE = Decimal("1e-9")
OPEN = re.compile(r"<([^<>\s]+)>")
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass(frozen=True)
class ScenarioResult:
    """How one scenario went.

    Attributes:
        status: passed | failed | skipped.
        line: of the scenario, or of the step that failed.
        message: why it failed or was skipped.
        at: the line of the scenario itself (of its row in a table of examples).
        law: what was asked first; else what was loaded.
        output, expected, found: of the expectation that does not hold, as the step and the outcome say them.
    """

    file: str
    name: str
    line: int
    status: str
    message: str = ""
    at: int = 0
    law: str = ""
    output: str = ""
    expected: str = ""
    found: str = ""


class StepFailed(Exception):
    """An expectation that does not hold; the text says expected and found."""

    def __init__(self, text: str, *, output: str = "", expected: str = "", found: str = "") -> None:
        super().__init__(text)
        self.output, self.expected, self.found = output, expected, found


def _differs(output: str, found: Outcome, expected: str) -> StepFailed:
    text = f"output '{output}' is {said(found)}, expected {expected}".rstrip()
    shown = str(found.value).lower() if isinstance(found.value, bool) else said(found)
    return StepFailed(text, output=output, expected=expected, found=shown)


@dataclass
class World:
    """What a scenario has set up so far."""

    book: LawBook
    on: datetime.date | None = None
    given: dict[str, Any] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    mode: str = "error"
    requested: tuple[str, ...] = ()
    program: Program | None = None
    result: Evaluation | None = None
    refusal: str = ""
    asked: str = ""
    loaded: list[str] = field(default_factory=list)

    def run(self, action: str, args: Sequence[str], rows: list[list[str]]) -> None:
        """Does one step."""
        if action in ("parameters", "data", "collection"):
            getattr(self, f"_{action}")(*args, rows=rows)
        else:
            getattr(self, f"_{action}")(*args)

    def _date(self, text: str) -> None:
        try:
            self.on = datetime.date.fromisoformat(text)
        except ValueError:
            raise StepFailed(f"'{text}' is not a date (YYYY-MM-DD)") from None

    def _load(self, law: str) -> None:
        if not self.book.versions(law):
            raise StepFailed(f"law '{law}' is not loaded; give its folder with --laws DIR")
        self.loaded.append(law)

    def _parameter(self, name: str, value: str) -> None:
        self.given[name] = value

    def _parameters(self, rows: list[list[str]]) -> None:
        for row in rows:
            if len(row) != 2:
                raise StepFailed("a table of parameters has two columns: name and value")
            self.given[row[0]] = row[1]

    def _collection(self, name: str, rows: list[list[str]]) -> None:
        self.given[name] = _body(name, rows)

    def _data(self, source: str, key: str, law: str = "", *, rows: list[list[str]]) -> None:
        table = Table(source, key, _body(source, rows), law)
        self.tables = [other for other in self.tables if (other.source, other.law) != (source, law)] + [table]

    def _mode(self, mode: str) -> None:
        if mode not in MODES:
            raise StepFailed(f"untranslatable mode '{mode}' does not exist: {', '.join(MODES)}")
        self.mode = mode

    def _evaluate(self, outputs: str, law: str) -> None:
        if self.on is None:
            raise StepFailed('say first: Given the calculation date is "YYYY-MM-DD"')
        self.asked = self.asked or law
        self.requested = tuple(name.strip() for name in outputs.split(",") if name.strip())
        self.result, self.program, self.refusal = None, None, ""
        try:
            self._compute(self.on, law)
        except Refusal as refusal:
            self.refusal = str(refusal)

    def _compute(self, on: datetime.date, law: str) -> None:
        """Reads cells as the schema of the law that is asked has them, and asks it."""
        parameters, tables = self.read(later=self.book.version(law, on).later)
        scope = {name: str(parameters[name]) for name in SCOPE_FIELDS if parameters.get(name)}
        apart = frozenset(table.law for table in tables if table.law)
        self.program = link(
            self.book,
            law,
            self.requested,
            on=on,
            scope=scope,
            given=frozenset(parameters),
            mode=self.mode,
            apart=apart,
        )
        wrong = unit_mismatch(self.program.outputs.values())
        if wrong:
            self.refusal = f"unit mismatch: {wrong}"
            return
        self.result = evaluated(self.program, parameters, FactTables(tables), explain=False)

    def read(self, *, later: bool) -> tuple[dict[str, Any], tuple[Table, ...]]:
        """Parameters and tables with values in place of cells (see `cell`)."""
        tables = tuple(replace(table, rows=[_read(row, later) for row in table.rows]) for table in self.tables)
        return _read(self.given, later), tables

    def failure(self) -> str:
        """Why the evaluation failed; empty when it did not."""
        if self.result is None:
            return self.refusal or "nothing was evaluated yet"
        for name in self.requested:
            outcome = self.result.outputs[name]
            if outcome.reason == ERROR:
                return f"{name}: {outcome.detail}"
            if outcome.reason.startswith("unknown:") and self._fails_on(outcome.reason.partition(":")[2]):
                return f"{name}: variable '{outcome.reason.partition(':')[2]}' not found: the fact is unknown"
        return ""

    def _fails_on(self, name: str) -> bool:
        """Whether not knowing this is a failure: always in v0.5.6, later only for a parameter that is required."""
        nodes = self.program.nodes if self.program else ()
        if not any(node.law.later for node in nodes):
            return True
        fields = [node.article.parameters.get(name) for node in nodes if node.kind == "parameter" and node.name == name]
        return any(declared is not None and declared.required for declared in fields)

    def outcome(self, name: str) -> Outcome:
        """An output of the last evaluation."""
        if self.result is None:
            raise StepFailed(f"there is no result: {self.failure()}")
        if name not in self.result.outputs:
            raise StepFailed(f"the result has no output '{name}'; it has {', '.join(self.result.outputs)}")
        return self.result.outputs[name]

    def _succeeds(self) -> None:
        if self.failure():
            raise StepFailed(f"the execution failed: {self.failure()}")

    def _fails(self, message: str = "") -> None:
        failure = self.failure()
        if not failure:
            raise StepFailed("the execution succeeded")
        if message.lower() not in failure.lower():
            raise StepFailed(f"the execution failed with another message: {failure}")

    def _equals(self, name: str, text: str) -> None:
        found = self.outcome(name)
        if not same(found.value, text) or found.reason != OK:
            raise _differs(name, found, text)

    def _null(self, name: str) -> None:
        found = self.outcome(name)
        if found.reason != ABSENT:
            raise _differs(name, found, "null")

    def _contains(self, name: str, text: str) -> None:
        found = self.outcome(name)
        value = found.value
        inside = text in value if isinstance(value, str) else False
        if isinstance(value, list | tuple):
            inside = any(same(item, text) for item in value)
        if not inside:
            raise StepFailed(f"output '{name}' is {said(found)}, which does not contain {text}")

    def _exact(self, names: str) -> None:
        expected = {name.strip() for name in names.split(",")}
        found = set(self.result.outputs) if self.result else set()
        if not expected <= found or found - expected - self._of_the_content():
            raise StepFailed(f"the result has {', '.join(sorted(found)) or 'nothing'}")

    def _of_the_content(self) -> set[str]:
        """What laws of the content attach to a law from elsewhere, when the scenario did not load them.

        Who wrote the scenario counted on the laws that it names and on those in its own folder.
        """
        if self.program is None:
            return set()
        own = max((law.origin for law in self.book.versions(self.program.law)), default=0)
        attached = self.program.together.items()
        return {name for name, node in attached if node.law.origin < own and node.law.id not in self.loaded}

    def _provenance(self, name: str, expected: str) -> None:
        self.outcome(name)
        found = self.result.provenance[name] if self.result else ""
        if found != expected:
            raise StepFailed(f"output '{name}' has {found} provenance, expected {expected}")

    def _tainted(self, name: str) -> None:
        found = self.outcome(name)
        if found.reason != UNTRANSLATABLE:
            raise _differs(name, found, "untranslatable")

    def _unknown(self, name: str, cause: str = "") -> None:
        found = self.outcome(name)
        if not found.reason.startswith(f"unknown:{cause}") or (cause and found.reason != f"unknown:{cause}"):
            raise _differs(name, found, f"unknown {cause}".rstrip())


def _body(name: str, rows: list[list[str]]) -> list[dict[str, Any]]:
    """The rows of a table below its heading, as they stand there."""
    if not rows:
        raise StepFailed(f"the table '{name}' is empty")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _read(row: Mapping[str, Any], later: bool) -> dict[str, Any]:
    """Names with their values; what nobody has is left out."""
    read = {
        name: [_read(one, later) for one in text] if isinstance(text, list) else cell(text, later=later)
        for name, text in row.items()
    }
    return {name: value for name, value in read.items() if value is not EMPTY}


def same(value: Any, text: str) -> bool:
    """True when an outcome is what a step says; numbers to 1e-9 as the step language has it."""
    expected = literal(text)
    if isinstance(value, bool) or isinstance(expected, bool):
        return value is expected
    if isinstance(value, int | Decimal) and isinstance(expected, int | Decimal):
        return abs(Decimal(value) - Decimal(expected)) < TOLERANCE
    return str(value) == text if isinstance(value, str) else bool(value == expected)


def said(found: Outcome) -> str:
    """An outcome in a message."""
    return str(found.value) if found.reason == OK else f"{found.reason} {found.detail}".strip()


def run_feature_file(book: LawBook, data: bytes, file: str) -> Iterator[ScenarioResult]:
    """Runs every scenario of a feature file as it is stored."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield ScenarioResult(file, "(not readable)", line, FAILED, f"not UTF-8 text at byte {error.start}")
        return
    yield from run_feature(book, text, file)


def run_feature(book: LawBook, text: str, file: str) -> Iterator[ScenarioResult]:
    """Runs every scenario of a feature file."""
    try:
        document: Any = Parser().parse(text)
    except (CompositeParserException, ParserError) as error:
        yield ScenarioResult(file, "(not readable)", 1, FAILED, str(error).replace("\n", " "))
        return
    document["uri"] = file
    lines = lines_of(document)
    for pickle in Compiler().compile(document):
        yield _run(book, pickle, file, lines)


def lines_of(document: Any) -> dict[str, int]:
    """The line of every node that has an id."""
    found: dict[str, int] = {}
    stack = [document]
    while stack:
        item = stack.pop()
        if isinstance(item, Mapping):
            if "id" in item and "location" in item:
                found[item["id"]] = item["location"]["line"]
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return found


def _run(book: LawBook, pickle: Any, file: str, lines: Mapping[str, int]) -> ScenarioResult:
    name, line = pickle["name"], lines.get(pickle["astNodeIds"][-1], 1)
    tags = {tag["name"] for tag in pickle.get("tags", ())}
    if any(is_note(step["text"]) for step in pickle["steps"]):
        tags |= {"@tier:notes"}
    for tag, why in (("@wip", "work in progress"), ("@tier:notes", "text notes are not executed")):
        if tag in tags:
            return ScenarioResult(file, name, line, SKIPPED, why, line)
    world = World(book)
    if not pickle["steps"]:
        return ScenarioResult(file, name, line, FAILED, "the scenario has no steps", line)
    looked = False
    for step in pickle["steps"]:
        at = lines.get(step["astNodeIds"][0], line)
        try:
            if len(pickle["astNodeIds"]) > 1:
                _refuse_open(step["text"])
            looked = _step(world, step) in OUTCOMES or looked
        except StepFailed as failed:
            why, law = f"{step['text']}: {failed}", world.asked or "".join(world.loaded[:1])
            detail = (failed.output, failed.expected, failed.found)
            return ScenarioResult(file, name, at, FAILED, why, line, law, *detail)
    status, why = (PASSED, "") if looked else (SKIPPED, "it has no Then, so that nothing was looked at")
    return ScenarioResult(file, name, line, status, why, line, world.asked or "".join(world.loaded[:1]))


def _refuse_open(text: str) -> None:
    """Refuses a step of an outline that names a column which its examples do not have."""
    left = OPEN.search(text)
    if left:
        raise StepFailed(f"the examples have no column '{left[1]}'")


def _step(world: World, step: Any) -> str:
    """Runs one step. Returns what it does."""
    known = read_step(step["text"])
    if known is None:
        where = "docs/how-to/run-law-files-of-others.md has its steps"
        raise StepFailed(f"this step is not in the step language (tiers core, provenance, untranslatable); {where}")
    action, args, wants_table = known
    table = step.get("argument", {}).get("dataTable")
    if wants_table != (table is not None):
        raise StepFailed("a table is missing" if wants_table else "this step takes no table")
    rows = [[cell["value"] for cell in row["cells"]] for row in table["rows"]] if table else []
    world.run(action, args, rows)
    return action
