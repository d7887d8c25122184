"""What a change of law does to everybody in a population (`waardig law simulate`)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from waardig import __version__
from waardig.kernel.small_cells import SMALLEST
from waardig.law.adapters import variants
from waardig.law.adapters.recheck import recheck
from waardig.law.core import breakdown, ruleset
from waardig.law.core.book import LawBook
from waardig.law.core.changing import Change, Changed, ChangeRefused, applied, refuse_unused
from waardig.law.core.counting import Row, Tally, mean, rows_of, tallied, total_row
from waardig.law.core.courses import GIVEN
from waardig.law.core.findings import said
from waardig.law.core.graph import Program, reachable
from waardig.law.core.simulation import Checked, Note, Part, Point, Population, Simulation, amounts_of, used_by
from waardig.law.core.stage_needs import attached_by, stage_needs
from waardig.law.queries.differing import law_in, with_version
from waardig.law.queries.many import program_for, scope_of
from waardig.law.terms import LawFileInvalid, UnknownOutput

CHUNK = 1 << 20
CENT, DECIMALS = "eurocent", 4
"""Cents are told whole; a mean of another unit has so many decimals."""


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, and how people are told apart.

    Attributes:
        by: column by division, where it is not the usual one; see core/breakdown.
        bands: the lower limits of the age bands.
        command: as the report shows it.
    """

    law: str
    output: str
    on: datetime.date
    population: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    by: Mapping[str, str] = field(default_factory=dict)
    bands: Sequence[int] = breakdown.BANDS
    command: str = ""


@dataclass(frozen=True)
class Changes:
    """What is changed: law files, then figures in them.

    Attributes:
        book: the laws with other law files in them; None when only figures change.
        replaced: pairs of law files: the old takes part before, the new after, as if in force.
        figures: at most one for each definition.
        sweep: the values of one figure that are tried.
        written: as given, for the report.
    """

    book: LawBook | None = None
    replaced: Sequence[tuple[Path, Path]] = ()
    figures: Sequence[Change] = ()
    sweep: Sequence[Change] = ()
    written: Sequence[str] = ()


def simulate(book: LawBook, question: Question, changes: Changes) -> Simulation:
    """Asks everybody in the population under the law as it is and as it would be; one scan, however many values.

    Raises:
        ChangeRefused, LawFileInvalid, LawsInvalid: the change cannot be made.
        PopulationInvalid: the population or a division cannot be used.
        ResultDiffers: SQL and the interpreter do not agree on a row; nothing is reported.
        And what `evaluate` raises.
    """
    before, after, changed = _books(book, question, changes)
    programs = [_program(before, question), *(_program(one, question) for one in after)]
    for change, done in changed:
        refuse_unused(change, done, list(used_by(programs[-1])), question.output)
    people = variants.people_of(question.population, question.by, question.on, question.bands)
    outcomes = variants.outcomes_of(people, programs, question.parameters)
    sets = [ruleset.fingerprint(program) for program in programs]
    digest = _sha256(question.population)
    seed = " ".join((digest, *(found.hash for found in sets)))
    checked = recheck(outcomes, programs, question.parameters, seed) if not outcomes.fallback else Checked()
    return Simulation(
        law=question.law,
        output=question.output,
        unit=_unit(programs, question.output),
        on=question.on,
        parameters={name: str(value) for name, value in question.parameters.items()},
        changes=tuple(changes.written),
        command=question.command,
        version=__version__,
        population=Population(question.population.name, digest, people.rows, dict(people.by)),
        before=sets[0],
        after=None if changes.sweep else sets[1],
        amounts=amounts_of(programs[0], programs[-1]),
        parts=() if changes.sweep else _parts(outcomes),
        sweep=changes.sweep[0].written.partition("=")[0] if changes.sweep else "",
        points=_points(outcomes, changes.sweep, [one.hash for one in sets[1:]]) if changes.sweep else (),
        engine=outcomes.engine,
        fallback=outcomes.fallback,
        checked=checked,
        notes=tuple(_notes(before, question, programs[0], people.population.columns)),
    )


def _unit(programs: Sequence[Program], output: str) -> str | None:
    """The unit of an output; None when the laws differ in it."""
    units = {program.outputs[output].unit for program in programs}
    return units.pop() if len(units) == 1 else None


def _program(book: LawBook, question: Question) -> Program:
    try:
        return program_for(
            book, question.law, (question.output,), on=question.on, parameters=question.parameters, mode="report"
        )
    except UnknownOutput as refusal:
        attached = attached_by(book, question.output, question.on)
        if attached is None:
            raise
        law, stage = attached
        why = (
            f"'{law}' hangt het aan stadium {stage} van een besluit, en een simulatie vraagt alleen '{question.law}'",
            f"'{law}' attaches it to stage {stage} of a decision, and a simulation asks '{question.law}' alone",
        )
        remedy = (
            f"Ask `waardig law simulate {law} {question.output}`, or each row by its own days: `law batch --procedure`."
        )
        raise ChangeRefused(question.output, why, remedy) from refusal


def _notes(book: LawBook, question: Question, program: Program, columns: Iterable[str]) -> Iterator[Note]:
    """What a simulation does not do with the stages by which its outcome is reached."""
    hooks = program.outputs[question.output].article.hooks
    if hooks:
        yield Note("attached", question.output, hooks[0].stage)
    there = {name.lower() for name in columns} | {name.lower() for name in question.parameters}
    _, stages = stage_needs(book, question.law, (question.output,), on=question.on, scope=scope_of(question.parameters))
    asked = [node.fact_name for node in reachable(list(program.outputs.values())) if node.kind in GIVEN]
    for name in dict.fromkeys(asked):
        if name in stages.gives and name.lower() not in there:
            yield Note("given", name, stages.gives[name])


def _books(
    book: LawBook, question: Question, changes: Changes
) -> tuple[LawBook, list[LawBook], list[tuple[Change, Changed]]]:
    """The laws before, and after for each value that is tried."""
    before, after = book, changes.book or book
    for old_file, new_file in changes.replaced:
        old, new = law_in(old_file), law_in(new_file)
        if old.id != new.id:
            raise LawFileInvalid(str(new_file), 1, said("two_laws", law=new.id, file=old_file, other=old.id))
        before, after = with_version(before, old), with_version(after, new)
    done: list[tuple[Change, Changed]] = []
    for change in changes.figures:
        after, changed = applied(after, change, question.on)
        _once(change, changed, done)
        done.append((change, changed))
    if not changes.sweep:
        return before, [after], done
    swept = [applied(after, change, question.on) for change in changes.sweep]
    _once(changes.sweep[0], swept[0][1], done)
    if len({changed.new for _, changed in swept}) != len(swept):
        why = ("twee van de waarden zijn gelijk", "two of the values are the same")
        raise ChangeRefused(changes.sweep[0].written, why, "Give different values.")
    return before, [one for one, _ in swept], [*done, (changes.sweep[-1], swept[-1][1])]


def _once(change: Change, changed: Changed, done: Sequence[tuple[Change, Changed]]) -> None:
    """A figure is changed once."""
    for _, other in done:
        if (other.law, other.article, other.name) == (changed.law, changed.article, changed.name):
            why = (f"'{changed.name}' wordt twee keer veranderd", f"'{changed.name}' is changed twice")
            raise ChangeRefused(change.written, why, "Give one value for it.")


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            found.update(block)
    return found.hexdigest()


def _counted(outcomes: variants.Outcomes) -> list[tuple[str, variants.Outcomes, str, tuple[str, ...]]]:
    """What is counted: people, and households where there are; each with its table and divisions."""
    found = [("people", outcomes, variants.PEOPLE, outcomes.people.dimensions)]
    households = variants.households_of(outcomes)
    if households:
        found.append(("households", *households))
    return found


def _parts(outcomes: variants.Outcomes) -> tuple[Part, ...]:
    """People, and households in the same rows: other rows would give small groups away side by side."""
    found: list[Part] = []
    for name, one, table, dimensions in _counted(outcomes):
        if found and table == variants.PEOPLE:
            found.append(replace(found[0], counted=name))
        else:
            found.append(_part(name, one, table, dimensions, found[0].tables if found else {}))
    return tuple(found)


def _part(
    name: str,
    outcomes: variants.Outcomes,
    table: str,
    dimensions: Sequence[str],
    beside: Mapping[str, Sequence[Row]],
) -> Part:
    numeric = outcomes.numeric
    total = total_row(_everybody(outcomes, table, 1), numeric=numeric)
    tables: dict[str, tuple[Row, ...]] = {}
    for dimension in dimensions:
        found = variants.tallies(outcomes, table, 1, dimension)
        kept = [frozenset(row.groups) for row in beside.get(dimension, ())]
        rows = rows_of(found, total, numeric=numeric, ordered=dimension in breakdown.ORDERED, rows=kept)
        tables[dimension] = _with_medians(outcomes, table, 1, dimension, rows)
    return Part(name, numeric, _with_medians(outcomes, table, 1, "", (total,))[0], tables)


def _everybody(outcomes: variants.Outcomes, table: str, variant: int) -> Tally:
    return variants.tallies(outcomes, table, variant).get("all", tallied(()))


def _with_medians(
    outcomes: variants.Outcomes, table: str, variant: int, dimension: str, rows: Sequence[Row]
) -> tuple[Row, ...]:
    """Rows with the mean and median of the change, where somebody's amount changes and that may be told."""
    if not any(row.moved for row in rows):
        return tuple(replace(row, mean=0, median=0) if row.moved == 0 else row for row in rows)
    found = variants.medians(outcomes, table, variant, dimension, rows)
    places = 0 if outcomes.unit == CENT else DECIMALS
    done = []
    for row, median in zip(rows, found, strict=True):
        if row.moved and row.difference is not None:
            done.append(replace(row, mean=mean(row.difference, row.moved, places), median=median))
        else:
            done.append(replace(row, mean=row.moved, median=row.moved))
    return tuple(done)


def _points(outcomes: variants.Outcomes, sweep: Sequence[Change], hashes: Sequence[str]) -> tuple[Point, ...]:
    """What each value does, to people and to households."""
    columns: dict[str, list[Row]] = {}
    for name, one, table, _ in _counted(outcomes):
        shared = columns.get("people") if table == variants.PEOPLE else None
        columns[name] = shared or _swept(one, table)
    return tuple(
        Point(change.value, hashes[place], {name: rows[place] for name, rows in columns.items()})
        for place, change in enumerate(sweep)
    )


def _swept(outcomes: variants.Outcomes, table: str) -> list[Row]:
    """A row for each value; one that differs for one to nine people from an earlier one is not told."""
    found: list[Row] = []
    told: dict[int, tuple[Tally, Row]] = {}
    for variant in range(1, outcomes.variants):
        tally = _everybody(outcomes, table, variant)
        near = [other for other, (theirs, _) in told.items() if not _are_far(tally, theirs)]
        apart = variants.differing(outcomes, table, variant, near)
        row = Row((), None, {})
        if not any(0 < count < SMALLEST for count in apart.values()):
            earlier = [row.counts for _, row in told.values()]
            (row,) = _with_medians(
                outcomes, table, variant, "", (total_row(tally, numeric=outcomes.numeric, earlier=earlier),)
            )
        if row.counts:
            told[variant] = tally, row
        found.append(row)
    return found


def _are_far(one: Tally, other: Tally) -> bool:
    """Whether ten people or more surely differ, because a group differs by as many."""
    return any(abs(count - other.counts[name]) >= SMALLEST for name, count in one.counts.items())


__all__ = ["Changes", "Question", "simulate"]
