"""What changes between two versions of a law, and for whom (`waardig law diff`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from waardig.law.adapters import variants
from waardig.law.adapters.recheck import recheck
from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.breakdown import USUAL
from waardig.law.core.counting import Tally
from waardig.law.core.difference import Change, changes
from waardig.law.core.effect import Effect, effect
from waardig.law.core.evaluate import evaluated
from waardig.law.core.examples import Example, examples_of, unreadable
from waardig.law.core.findings import said
from waardig.law.core.link import link
from waardig.law.core.load import load
from waardig.law.queries.files import law_files
from waardig.law.queries.many import program_for, scope_of
from waardig.law.terms import LawFileInvalid, LawsInvalid, Outcome, ScenariosInvalid, UnknownOutput, Value


@dataclass(frozen=True)
class CaseChange:
    """An invented case whose outcome changes."""

    file: str
    name: str
    output: str
    old: Value
    old_reason: str
    new: Value
    new_reason: str


@dataclass(frozen=True)
class Difference:
    """Two versions of a law beside each other.

    Attributes:
        on: the day on which both are asked, as if both were in force.
        cases: invented cases that were asked, and those that change.
        effects: per output what it does to everybody in the population.
    """

    law: str
    on: datetime.date
    changes: tuple[Change, ...]
    cases: int = 0
    changed_cases: tuple[CaseChange, ...] = ()
    effects: tuple[Effect, ...] = ()


def law_difference(
    book: LawBook,
    old: Path,
    new: Path,
    *,
    on: datetime.date | None = None,
    outputs: Sequence[str] = (),
    scenarios: Sequence[Path] = (),
    population: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Difference:
    """Compares two law files.

    Args:
        book: the laws around them; both files are asked as if in force on the day.
        on: without it the first day of the new file.
        outputs: without them every output that both versions give.
        scenarios: scenario files or folders; their cases for this law are asked of both.
        population: CSV or parquet, one row a person, as `evaluate_many` takes it.

    Raises:
        LawsInvalid, LawFileInvalid: a file is no valid law file, or they are two laws. And what `evaluate_many` raises.
    """
    before, after = law_in(old), law_in(new)
    if before.id != after.id:
        raise LawFileInvalid(str(new), 1, said("two_laws", law=after.id, file=old, other=before.id))
    day = on or datetime.date.fromisoformat(after.valid_from or "2000-01-01")
    both = tuple(name for name in after.output_names() if name in before.output_names())
    for name in outputs:
        if name not in both:
            raise UnknownOutput(after.id, name, both)
    books = [with_version(book, law) for law in (before, after)]
    found = Difference(after.id, day, changes(before, after))
    if scenarios:
        count, changed = _cases(books, after.id, outputs or both, scenarios)
        found = replace(found, cases=count, changed_cases=changed)
    if population:
        found = replace(found, effects=_effects(books, after, outputs or both, day, population, parameters or {}))
    return found


def _effects(
    books: Sequence[LawBook],
    law: ir.Law,
    asked: Sequence[str],
    on: datetime.date,
    population: Path,
    parameters: Mapping[str, Any],
) -> tuple[Effect, ...]:
    """What everybody in the population gets under both versions, output by output."""
    programs = [program_for(one, law.id, asked, on=on, parameters=parameters, mode="report") for one in books]
    people = variants.people_of(population, dict.fromkeys(USUAL, "none"), on, ())
    outcomes = variants.outcomes_of(people, programs, parameters)
    found = []
    for name in asked:
        one = replace(outcomes, output=name)
        if not outcomes.fallback:
            recheck(one, programs, parameters, name)
        tally = variants.tallies(one, variants.PEOPLE, 1).get("all", Tally({}))
        found.append(effect(name, _unit(law, name), tally, numeric=one.numeric))
    return tuple(found)


def law_in(path: Path) -> ir.Law:
    """The law of one file, validated.

    Raises:
        LawsInvalid, LawFileInvalid: it is no valid law file, or a folder.
    """
    files = law_files(path)
    if len(files) != 1:
        raise LawFileInvalid(str(path), 1, said("a_folder"))
    loaded = load(files[0], validate=True)
    if loaded.law is None or loaded.problems:
        raise LawsInvalid(loaded.problems)
    return loaded.law


def with_version(book: LawBook, law: ir.Law) -> LawBook:
    """The book with this version in place of every other of that law, whatever the day."""
    always = replace(law, valid_from=None, valid_to=None)
    return LawBook((*(other for other in book.laws if other.id != law.id), always))


def _unit(law: ir.Law, output: str) -> str | None:
    article = law.producer(output)
    declared = article.outputs.get(output) if article else None
    return declared.unit if declared else None


def _cases(
    books: Sequence[LawBook], law: str, asked: Sequence[str], scenarios: Sequence[Path]
) -> tuple[int, tuple[CaseChange, ...]]:
    cases = [(path, case) for path, text in _features(scenarios) for case in examples_of(text) if case.law == law]
    changed = []
    for path, case in cases:
        old, new = (_outcomes(book, case, asked) for book in books)
        for name in old:
            if (old[name].value, old[name].reason) != (new[name].value, new[name].reason):
                was, is_ = old[name], new[name]
                place = CaseChange(str(path), case.name, name, was.value, was.reason, is_.value, is_.reason)
                changed.append(place)
    return len(cases), tuple(changed)


def _features(scenarios: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The scenario files with their text.

    Raises:
        ScenariosInvalid: a folder without scenario files, or a file that is none: its cases would go unasked.
    """
    for one in scenarios:
        paths = [one] if one.is_file() else sorted(one.rglob("*.feature"))
        if not paths:
            raise ScenariosInvalid(str(one), "there are no scenario files (*.feature) in it")
        for path in paths:
            try:
                text = path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ScenariosInvalid(str(path), f"not UTF-8 text at byte {error.start}") from error
            wrong = unreadable(text)
            if wrong:
                raise ScenariosInvalid(str(path), wrong)
            yield path, text


def _outcomes(book: LawBook, case: Example, asked: Sequence[str]) -> Mapping[str, Outcome]:
    names = tuple(name for name in case.outputs if name in asked)
    if not names:
        return {}
    given = frozenset(case.parameters)
    program = link(book, case.law, names, on=case.on, scope=scope_of(case.parameters), given=given, mode="report")
    outcomes = evaluated(program, case.parameters, case.facts, explain=False).outputs
    return {name: outcomes[name] for name in names}
