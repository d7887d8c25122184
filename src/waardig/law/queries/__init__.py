"""Door of the law room: load law files, ask which facts they need, evaluate one person or a population."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.law.adapters import batch, duckdb, library_cache, place
from waardig.law.core import ruleset
from waardig.law.core.book import LawBook
from waardig.law.core.check import book_problems, presumptions
from waardig.law.core.evaluate import evaluated
from waardig.law.core.examples import Example, examples_of
from waardig.law.core.graph import Program
from waardig.law.core.interpret import FactSource, NamedFacts
from waardig.law.core.link import link
from waardig.law.core.load import load
from waardig.law.core.nearest import PROBES, Change, Nearest, nearest
from waardig.law.core.outline import ArticleOutline, Asked, Computed, LawOutline, LawPlace, Term, Tie
from waardig.law.core.procedure import Course, StageDone
from waardig.law.core.receipt import Difference, ReceiptInvalid
from waardig.law.core.scenario import ScenarioResult, run_feature_file
from waardig.law.core.trying import TriedDraft
from waardig.law.core.wording import RuleLine
from waardig.law.core.words import plain_name
from waardig.law.queries.authoring import law_problems, quoted_articles
from waardig.law.queries.differing import law_difference
from waardig.law.queries.files import contradictions, law_files, merged
from waardig.law.queries.many import FileResult, evaluate_arrays, evaluate_many, program_for, scope_of
from waardig.law.queries.procedures import course_of, courses_file, stage_inputs_of
from waardig.law.queries.reading import (
    LawSource,
    VersionInBook,
    law_outline,
    law_source,
    scenarios_of,
    version_findings,
    versions_in,
)
from waardig.law.queries.receipts import receipt_of, verify_receipt
from waardig.law.queries.schema_files import SchemaFile, schema_file
from waardig.law.queries.trying import try_draft
from waardig.law.terms import (
    Evaluation,
    Fact,
    InputNeed,
    LawProblem,
    LawsInvalid,
    NotCompilable,
    RuleSet,
)

__all__ = [
    "ArticleOutline",
    "Asked",
    "Change",
    "Computed",
    "Course",
    "Difference",
    "Example",
    "FileResult",
    "LawBook",
    "LawInBook",
    "LawOutline",
    "LawPlace",
    "LawSource",
    "Nearest",
    "ReceiptInvalid",
    "RuleLine",
    "ScenarioResult",
    "SchemaFile",
    "StageDone",
    "Term",
    "Tie",
    "TriedDraft",
    "VersionInBook",
    "article_of",
    "course_of",
    "courses_file",
    "evaluate",
    "evaluate_arrays",
    "evaluate_file",
    "evaluate_many",
    "examples",
    "inputs_of",
    "law_book",
    "law_difference",
    "law_files",
    "law_outline",
    "law_problems",
    "law_source",
    "laws_in",
    "nearest_changes",
    "plain_name",
    "quoted_articles",
    "receipt_of",
    "rule_set",
    "scenario_results",
    "scenarios_of",
    "schema_file",
    "stage_inputs_of",
    "table_query",
    "try_draft",
    "verify_receipt",
    "version_findings",
    "versions_in",
]


def law_book(roots: Sequence[Path], *, foreign: Sequence[Path] = ()) -> LawBook:
    """Loads `laws/**/*.yaml` of every content root, validated, and foreign folders as they are.

    What was found sound before, byte for byte and by this engine, is taken from the memory of this process or the data
    folder (`library_cache`).

    Args:
        roots: content roots, later wins where $id and valid_from are the same.
        foreign: folders of law files of any regelrecht version (`--laws DIR`). They are not held to our schema version;
            a law in them takes the place of every version of the same $id elsewhere. What of the content roots no
            longer fits such a law stands in `problems` and refuses only when it is asked.

    Raises:
        LawsInvalid: files of a content root do not validate, or contradict each other.
        PresumesAgainst: a policy rule of a content root can yield false on an open norm (a foreign one is refused
                when it does).
    """
    own = [file for n, root in enumerate(roots) for file in law_files(root / "laws", origin=n)]
    keys = [library_cache.key_of(file) for file in own]
    contents = (*map(str, roots), library_cache.whole_of(keys))
    if not foreign and contents in _sound:
        return _sound[contents]
    kept = library_cache.read(library_cache.file_of(roots))
    loaded = library_cache.read_laws(own, keys, kept)
    extra = [load(file, validate=False) for folder in foreign for file in law_files(folder, origin=len(roots))]
    book = LawBook(merged(loaded, extra))
    problems = [problem for part in (*loaded, *extra) for problem in part.problems]
    problems += contradictions(loaded)
    if problems:
        raise LawsInvalid(problems)
    replaced = bool({part.law.id for part in loaded if part.law} & {part.law.id for part in extra if part.law})
    if replaced:
        return replace(book, problems=tuple(_problems_in(book, {file.file for file in own})))
    if foreign or kept.sound != contents[-1]:
        _refuse_unsound(book, {file.file for file in own})
        if not foreign:
            library_cache.write(library_cache.file_of(roots), keys, loaded)
    if not foreign:
        _remember(contents, book)
    return book


_sound: dict[tuple[str, ...], LawBook] = {}
"""Books of this process by their folders and the contents of all their files: the last few that were found sound."""
_MOST = 4


def _remember(contents: tuple[str, ...], book: LawBook) -> None:
    _sound[contents] = book
    for old in list(_sound)[:-_MOST]:
        _sound.pop(old, None)


def _problems_in(book: LawBook, names: Set[str]) -> list[LawProblem]:
    return [problem for problem in book_problems(book) if problem.file in names]


def _refuse_unsound(book: LawBook, names: Set[str]) -> None:
    """Joins every law of a book: the longest part of reading one, and once for the same contents."""
    found = _problems_in(book, names)
    if found:
        raise LawsInvalid(found)
    for refusal in presumptions(book):
        if refusal.file in names:
            raise refusal


def article_of(book: LawBook, law: str, output: str, *, on: datetime.date) -> str:
    """The number of the article that gives an output in the version in force.

    Raises:
        UnknownLaw, LawNotInForce, UnknownOutput.
    """
    return book.producer(law, output, on)[1].number


def inputs_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    scope: Mapping[str, str] | None = None,
    given: frozenset[str] = frozenset(),
) -> tuple[InputNeed, ...]:
    """The facts that these outputs can need, through other laws and open terms.

    Args:
        scope: for example {"gemeente_code": "GM1731"}.
        given: names of facts that the caller has although a law can compute them.

    Raises:
        UnknownLaw, LawNotInForce, UnknownOutput, MissingImplementation: the question cannot be answered completely.
    """
    return ruleset.needs(link(book, law, outputs, on=on, scope=scope_of(scope), given=frozenset(scope or {})), given)


def evaluate(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    parameters: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | FactSource | None = None,
    explain: bool = False,
    untranslatable: str = "report",
) -> Evaluation:
    """What the law says about one person on one date, exactly.

    Args:
        parameters: values by parameter name; gemeente_code selects municipal regulations; a parameter named as an input
            takes its place.
        facts: by external input name (see inputs_of). A missing name is unknown, never an error. A fact under the name
            of an open term is a person's judgement on it; one under the name of a computed input takes its place.
        explain: also give the steps.
        untranslatable: report (outcome "untranslatable" unless accepted) | error | propagate | warn | ignore (RFC-012).

    Raises:
        UnknownLaw, LawNotInForce, UnknownOutput, MissingImplementation, RuleFailed, PresumesAgainst.
    """
    parameters = parameters or {}
    program = program_for(book, law, outputs, on=on, parameters=parameters, mode=untranslatable)
    source = NamedFacts(facts or {}) if facts is None or isinstance(facts, Mapping) else facts
    return evaluated(program, parameters, source, explain=explain)


def nearest_changes(
    book: LawBook,
    law: str,
    output: str,
    *,
    on: datetime.date,
    parameters: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | FactSource | None = None,
    probes: int = PROBES,
) -> Nearest:
    """The nearest single change of a fact that would change an outcome, and which facts decided it; see core/nearest.

    It says what the law would say, and is never advice: nobody is told to earn less or to spend what they saved.

    Args:
        parameters, facts: as in `evaluate`.
        probes: evaluations for one fact in one direction, at most; a fact with more turns gives no answer.

    Raises:
        UnknownLaw, LawNotInForce, UnknownOutput, MissingImplementation, RuleFailed, PresumesAgainst.
    """
    parameters = parameters or {}
    program = program_for(book, law, (output,), on=on, parameters=parameters, mode="report")
    source = NamedFacts(facts or {}) if facts is None or isinstance(facts, Mapping) else facts
    return nearest(program, parameters, source, output, probes=probes)


def rule_set(
    book: LawBook, law: str, outputs: Sequence[str], *, on: datetime.date, scope: Mapping[str, str] | None = None
) -> RuleSet:
    """Everything that decides these outputs under one hash; the hash does not change with the date within versions."""
    return ruleset.fingerprint(link(book, law, outputs, on=on, scope=scope_of(scope), given=frozenset(scope or {})))


def table_query(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    connection: Any,
    table: str,
    parameters: Mapping[str, Any] | None = None,
) -> str:
    """The SQL of these outputs for a table of an open DuckDB connection.

    It selects the columns of the table that are no facts, and NAME and NAME__reason of each output.

    Args:
        table: the SQL that selects it; columns as in `evaluate_many`.

    Raises:
        NotCompilable: SQL cannot say it exactly; evaluate row by row. And what `evaluate` raises.
    """
    program = program_for(book, law, outputs, on=on, parameters=parameters or {}, mode="report")
    people = duckdb.open_table(connection, table)
    also = duckdb.unused(list(people.columns), duckdb.found_columns(people, program))
    return duckdb.query_for(people, program, parameters or {}, also=also)


def evaluate_file(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    population: Path,
    out: Path,
    parameters: Mapping[str, Any] | None = None,
    engine: str = "duckdb",
) -> FileResult:
    """The same from parquet to parquet: identifying columns of the population, each output and its `__reason`.

    The result is there as a whole or not at all; some rows and all edges are looked at again by the interpreter.

    Args:
        engine: duckdb | spark | python.

    Raises:
        ResultDiffers: SQL and the interpreter differ on a row. And what `evaluate_many` raises.
    """
    place.refuse_place(population, out)
    parameters = parameters or {}
    program = program_for(book, law, outputs, on=on, parameters=parameters, mode="report")
    if engine == "spark":
        from waardig.law.adapters import spark

        return FileResult(spark.write(population, program, parameters, out), "spark", "")
    with place.told(population, out):
        return _computed_file(population, program, parameters, out, engine)


def _computed_file(
    population: Path, program: Program, parameters: Mapping[str, Any], out: Path, engine: str
) -> FileResult:
    people = duckdb.open_file(population)
    place.refuse_names(
        duckdb.unused(list(people.columns), duckdb.found_columns(people, program)), list(program.outputs)
    )
    why = ""
    if engine == "duckdb":
        try:
            return FileResult(batch.write(people, program, parameters, out), "duckdb", "")
        except NotCompilable as refusal:
            why = refusal.text_en
    return FileResult(batch.write_rows(people, program, parameters, out), "python", why)


def scenario_results(book: LawBook, folders: Sequence[Path]) -> list[ScenarioResult]:
    """How every scenario in these files and folders goes (`waardig law test`)."""
    files = [
        file for folder in folders for file in ([folder] if folder.is_file() else sorted(folder.rglob("*.feature")))
    ]
    return [result for file in files for result in run_feature_file(book, file.read_bytes(), str(file))]


@dataclass(frozen=True)
class LawInBook:
    """One law of the library, for who wants to play with it.

    Attributes:
        versions: the first days of its versions, oldest first.
        outputs: everything that a version can compute, those of the newest first.
        scope: codes of municipalities for which it holds; empty for national law.
    """

    id: str
    name: str
    layer: str
    url: str
    versions: tuple[str, ...]
    outputs: tuple[str, ...]
    scope: Mapping[str, str]


def laws_in(book: LawBook) -> tuple[LawInBook, ...]:
    """Every law of the book, by name."""
    found = []
    for law_id in book.ids():
        versions = book.versions(law_id)
        newest = versions[-1]
        found.append(
            LawInBook(
                id=law_id,
                name=newest.name,
                layer=newest.layer,
                url=newest.url,
                versions=tuple(law.valid_from or "" for law in versions),
                outputs=tuple(dict.fromkeys(name for law in reversed(versions) for name in law.output_names())),
                scope=dict(newest.scope),
            )
        )
    return tuple(sorted(found, key=lambda law: law.name))


@lru_cache(maxsize=4)
def examples(roots: tuple[Path, ...]) -> tuple[Example, ...]:
    """The invented cases of every scenario file of these content roots, in a stable order; read once per process."""
    files = [file for root in roots for file in sorted((root / "laws").rglob("*.feature"))]
    return tuple(example for file in files for example in examples_of(file.read_text("utf-8-sig"), str(file)))
