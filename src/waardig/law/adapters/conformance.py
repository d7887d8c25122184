"""Runs the conformance suite: reads the files of a folder and puts each case to one of the two executors.

In a population a case stands twice, with somebody without facts and somebody with other facts between them: a row must
not depend on its neighbours, and the compiler must not take a fact for a constant because everybody has the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb
from waardig.law.adapters.conformance_courses import walked_rows
from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.conformance import (
    Case,
    Observed,
    applies_to_population,
    cases_of,
    code_of,
    differences,
)
from waardig.law.core.evaluate import evaluated
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NamedFacts
from waardig.law.core.link import link
from waardig.law.core.load import SourceFile, duplicates, load
from waardig.law.core.procedure import Asked, course
from waardig.law.core.types import Typing
from waardig.law.core.values import as_date
from waardig.law.terms import (
    ABSENT,
    Fact,
    LawProblem,
    LawsInvalid,
    NotCompilable,
    Outcome,
    PopulationInvalid,
    PopulationResult,
)

EXECUTORS = ("interpreter", "duckdb")
MANIFEST = "manifest.json"
OTHER_DAY = "1996-02-29"
ROWS_DIFFER = "equal_rows_differ"
SKIPPED = "what is decided together is computed for one person and not for a population"


@dataclass(frozen=True)
class Verdict:
    """How one case went.

    Attributes:
        status: passed | failed | skipped.
        engine: what really computed it: interpreter, duckdb, or python when SQL left it to the interpreter.
    """

    case: Case
    executor: str
    status: str
    engine: str
    message: str = ""


@dataclass(frozen=True)
class Suite:
    """The suite of one schema version: its manifest, and its cases in the order of the manifest."""

    folder: Path
    manifest: Mapping[str, Any]
    cases: tuple[Case, ...]


def suites(folder: Path) -> tuple[Suite, ...]:
    """The suites in a folder, or in the folders below it.

    Raises:
        PopulationInvalid: there is no suite, or a file of it cannot be read.
    """
    found = sorted(folder.rglob(MANIFEST))
    if not found:
        raise PopulationInvalid(f"'{folder}' has no {MANIFEST}", "Give the folder of the conformance suite.")
    return tuple(_suite(path) for path in found)


def _suite(path: Path) -> Suite:
    manifest = _json(path)
    try:
        names = [name for level in manifest["levels"].values() for name in level["test_files"]]
        cases = [case for name in names for case in cases_of(_json(path.parent / name), name)]
    except (KeyError, TypeError, ValueError) as error:
        raise PopulationInvalid(
            f"the suite of '{path}' has no good shape: {error!r}", "Check its files against case.schema.json."
        ) from error
    return Suite(path.parent, manifest, tuple(cases))


def _json(path: Path) -> Any:
    """JSON with decimals as written; a double would lose digits."""
    try:
        return json.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise PopulationInvalid(f"'{path}' cannot be read: {error}", "Correct the file.") from error


def run(cases: Sequence[Case], executor: str) -> list[Verdict]:
    """Every case in one executor."""
    return [_judged(case, executor) for case in cases]


def _judged(case: Case, executor: str) -> Verdict:
    if case.expected.findings is not None:
        found = differences(case, Observed({}, findings=_findings(case)))
        return Verdict(case, executor, "failed" if found else "passed", "check", "; ".join(found))
    population = executor == "duckdb"
    if population and not applies_to_population(case):
        return Verdict(case, executor, "skipped", "", SKIPPED)
    try:
        seen = _population(case) if population else _person(case)
    except Refusal as refusal:
        seen = Observed({}, code_of(refusal), whole=not population, engine="python" if population else executor)
    found = differences(case, seen)
    return Verdict(case, executor, "failed" if found else "passed", seen.engine, "; ".join(found))


def _findings(case: Case) -> tuple[str, ...]:
    """What a check finds; both executors run the graph that was checked."""
    typing = Typing()
    for node in _program(case).nodes:
        typing.kind(node)
    return tuple(sorted(typing.words))


def _program(case: Case) -> Program:
    book = _book(case.laws, case.outside_schema)
    given = frozenset(case.parameters)
    return link(book, case.law, case.outputs, on=case.on, scope=_scope(case), given=given, mode=case.mode or "report")


@lru_cache(maxsize=256)
def _book(texts: tuple[str, ...], outside_schema: bool) -> LawBook:
    """The laws of a case.

    Raises:
        LawsInvalid: one is no law, or two are the same version of one law.
    """
    laws: list[ir.Law] = []
    problems: list[LawProblem] = []
    for n, text in enumerate(texts, 1):
        loaded = load(SourceFile(f"regulation {n}", text.encode()), validate=not outside_schema)
        problems += loaded.problems
        laws += [loaded.law] if loaded.law else []
    problems += duplicates(laws)
    if problems:
        raise LawsInvalid(problems)
    return LawBook(tuple(laws))


def _person(case: Case) -> Observed:
    if case.procedure:
        return _walked(case)
    found = evaluated(_program(case), case.parameters, NamedFacts(case.data), explain=False)
    return Observed(found.outputs, provenance=found.provenance)


def _scope(case: Case) -> dict[str, str]:
    return {name: str(case.parameters[name]) for name in ir.SCOPE_FIELDS if case.parameters.get(name)}


def _walked(case: Case) -> Observed:
    facts, mode = NamedFacts(case.data), case.mode or "report"
    asked = Asked(case.law, case.outputs, case.on, _scope(case), case.parameters, facts, mode, until=case.until)
    found = course(_book(case.laws, case.outside_schema), asked)
    stage = found.done[-1].name if found.done else ""
    return Observed(found.outputs, provenance=found.provenance, stage=stage, pending=found.pending)


def _population(case: Case) -> Observed:
    other = {name: Fact(_other(fact.value), fact.reason) for name, fact in case.data.items()}
    neighbours: tuple[list[Mapping[str, Fact]], ...] = ([{}, other], [{}])
    for between in neighbours:
        try:
            seen = _rows(case, [case.data, *between, case.data])
        except Refusal:
            continue
        if seen.engine == duckdb.NAME or seen.error:
            return seen
    return _rows(case, [case.data])


def _other(value: Any) -> Any:
    """Another value of the same kind, with another sign where it has one; the members of a collection turned round."""
    if isinstance(value, list):
        members = [member and {name: _other(part) for name, part in member.items()} for member in value]
        return [*reversed(members), {}]
    if value is None or isinstance(value, bool):
        return None if value is None else not value
    if isinstance(value, str):
        return OTHER_DAY if as_date(value) else f"{value}?"
    return 7 - value


def _rows(case: Case, people: Sequence[Mapping[str, Fact]]) -> Observed:
    if case.procedure:
        return walked_rows(case, _book(case.laws, case.outside_schema), people, _scope(case), ROWS_DIFFER)
    nobody = Fact(None, ABSENT)
    columns: dict[str, list[Any]] = {name: [row.get(name, nobody) for row in people] for name in case.data}
    columns["row"] = list(range(len(people)))
    result = _computed(_program(case), duckdb.open_columns(columns), case.parameters)
    outcomes = {name: _row(result, name, 0) for name in case.outputs}
    again = {name: _row(result, name, len(people) - 1) for name in case.outputs}
    error = "" if outcomes == again else ROWS_DIFFER
    return Observed(outcomes, error, whole=False, engine=result.engine)


def _computed(program: Program, people: duckdb.Population, parameters: Mapping[str, Any]) -> PopulationResult:
    try:
        return duckdb.run(people, program, parameters)
    except NotCompilable as refusal:
        return duckdb.run_python(people, program, parameters, refusal.text_en)


def _row(result: PopulationResult, name: str, row: int) -> Outcome:
    return Outcome(result.columns[name][row], result.reasons[name][row])
