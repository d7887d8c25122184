"""A decision on its way through the stages of its procedure (regelrecht RFC-008)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from waardig.law.adapters import course_files, duckdb
from waardig.law.adapters.place import refuse_place, told
from waardig.law.core.book import LawBook
from waardig.law.core.courses import Way, way_of
from waardig.law.core.interpret import FactSource, NamedFacts
from waardig.law.core.link import link
from waardig.law.core.procedure import Asked, Course, course
from waardig.law.core.ruleset import needs
from waardig.law.core.stage_needs import stage_needs
from waardig.law.queries.many import FileResult, scope_of
from waardig.law.terms import Fact, InputNeed, NotCompilable


def course_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    parameters: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | FactSource | None = None,
    explain: bool = False,
    untranslatable: str = "report",
    until: datetime.date | None = None,
) -> Course:
    """How far a decision is in its procedure, what the law says at each stage, and what it waits for.

    What a stage requires (`datum_aanvraag`) is a parameter or a fact of that name. Nothing is remembered: whoever asks
    again with one date more gets the same stages and one more.

    Args:
        on: the date for which the decision itself is computed; the rest is as in `evaluate`.
        until: what is dated after this day has not happened yet; None: every date counts.

    Raises:
        RuleFailed: two procedures apply, an unknown one is named, or what happened does not fit its stage. And what
            `evaluate` raises.
    """
    source = NamedFacts(facts or {}) if facts is None or isinstance(facts, Mapping) else facts
    given = parameters or {}
    scope = scope_of(given)
    return course(book, Asked(law, tuple(outputs), on, scope, given, source, untranslatable, explain, until))


def stage_inputs_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    scope: Mapping[str, str] | None = None,
) -> tuple[tuple[InputNeed, ...], Mapping[str, str]]:
    """The facts that a decision needs on its way through its procedure: its own, then what each stage asks.

    Args:
        outputs: of the decision (at least one); with what other laws attach to its stages only what those need.
        on: the versions in force on this day say what is asked, for every stage.

    Returns:
        The facts, those of a stage with its name and the decision's with the stage that would give them; and by name
        why outcomes of stages that nobody asked cannot be looked through.

    Raises:
        UnknownOutput: neither the decision nor a stage gives an output. And what `inputs_of` raises.
    """
    there = scope_of(scope or {})
    own, found = stage_needs(book, law, outputs, on=on, scope=there)
    decided = needs(link(book, law, own, on=on, scope=there, given=frozenset(scope or {})))
    first = [replace(need, given_by=found.gives.get(need.name, "")) for need in decided]
    names = {need.name for need in decided}
    return (*first, *(need for need in found.needs if need.name not in names)), found.refused


def courses_file(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    population: Path,
    out: Path,
    parameters: Mapping[str, Any] | None = None,
    engine: str = "duckdb",
    until: datetime.date | None = None,
) -> FileResult:
    """The same for everybody, from parquet to parquet: identifying columns, `stage`, each output, and their reasons.

    A row has a column for each event that the stages require, NULL where it has not happened, each row with its own
    days. `stage` is the last one entered and `stage__reason` why the next one is not; an output that waits for a stage
    has that reason too. The result is there as a whole or not at all, and a part of it was walked again row by row.

    Args:
        outputs: of the decision (at least one), and of what other laws attach to its stages.
        engine: duckdb | spark | python.
        until: as in `course_of`.

    Raises:
        PopulationInvalid: an event has no column, or one that the law cannot use.
        UnknownOutput: no stage gives an output in any version of the laws.
        ResultDiffers: SQL and the interpreter differ on a row. And what `course_of` raises, but for a row.
    """
    refuse_place(population, out)
    given = parameters or {}
    way = way_of(book, law, outputs, on=on, scope=scope_of(given), parameters=given, until=until)
    if engine == "spark":
        from waardig.law.adapters.spark_courses import write_courses

        return FileResult(write_courses(population, way, out), "spark", "")
    with told(population, out):
        return _written(way, population, out, engine)


def _written(way: Way, population: Path, out: Path, engine: str) -> FileResult:
    people, why = duckdb.open_file(population), ""
    if engine == "duckdb":
        try:
            return FileResult(course_files.write(people, way, out), "duckdb", "")
        except NotCompilable as refusal:
            people, why = duckdb.open_file(population), refusal.text_en
    return FileResult(course_files.write_rows(people, way, out), "python", why)
