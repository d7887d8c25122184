"""All laws of the library together: every version in force on one day over one invented population, in one process.

Each law gives all its outputs with their reasons from the same table; beside it, in turns, the same engine copies the
columns that the law reads. A sample of every result is computed again by the interpreter. What SQL cannot say exactly
is named, with the reason, and computed by the interpreter for fewer persons. The columns follow from what the laws ask:
type, unit and the words that a law compares a text with; nobody in it exists.
"""

from __future__ import annotations

import datetime
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from benchmarks.law_population import LIBRARY
from benchmarks.processor import peak_megabytes
from waardig.kernel.errors import Refusal
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.again import compared, looked
from waardig.law.core import ir
from waardig.law.core.collection import fact_of
from waardig.law.core.graph import Node, Program
from waardig.law.core.population import REASON, one_by_one
from waardig.law.core.ruleset import needs
from waardig.law.core.sql import column_name, quoted
from waardig.law.queries.many import program_for
from waardig.law.terms import InputNeed, LawNotInForce, NotCompilable

ON = datetime.date(2025, 3, 1)
MUNICIPALITY = "GM1731"
"""Whose regulations fill the open terms of national law; a regulation of another municipality is asked with its own."""
SAMPLE, ONE_BY_ONE = 200, 200
CHILDREN = 4


@dataclass(frozen=True)
class Question:
    """One version of a law with outputs that are computed together.

    Attributes:
        why: why SQL cannot compute them; empty when it can.
    """

    program: Program
    parameters: Mapping[str, str]
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One measured law.

    Attributes:
        seconds: measure the columns, compile, compute and store every output with its reason.
        copy_seconds: the same engine copies the columns that the law reads.
        compile_seconds: of which measuring and compiling.
        sampled: rows that the interpreter computed again, all equal.
        why: why the interpreter computed it, and not SQL.
    """

    law: str
    outputs: int
    facts: int
    rows: int
    seconds: float
    copy_seconds: float = 0.0
    compile_seconds: float = 0.0
    sampled: int = 0
    why: str = ""


def programs(book: queries.LawBook, on: datetime.date) -> tuple[list[Question], dict[str, str]]:
    """Every law in force on a day with all its outputs; and by its name why one in force cannot be asked."""
    asked, refused = [], {}
    for law in in_force(book, on):
        parameters = {"gemeente_code": law.scope.get("gemeente_code", MUNICIPALITY)}
        try:
            program = program_for(book, law.id, law.output_names(), on=on, parameters=parameters, mode="report")
            needs(program)
        except Refusal as refusal:
            refused[law.id] = refusal.text_en
        else:
            asked.append(Question(program, parameters))
    return asked, refused


def in_force(book: queries.LawBook, on: datetime.date) -> Iterator[ir.Law]:
    """The version of each law on a day."""
    for law_id in book.ids():
        with suppress(LawNotInForce):
            yield book.version(law_id, on)


def compilable(book: queries.LawBook, people: engine.Population, question: Question) -> Iterator[Question]:
    """The outputs that SQL can compute as one question, and the others by the reason why not."""
    if not _why_not(people, question):
        yield question
        return
    groups: dict[str, list[str]] = {}
    for name in question.program.outputs:
        groups.setdefault(_why_not(people, _about(book, question, [name])), []).append(name)
    for why, names in sorted(groups.items()):
        yield Question(_about(book, question, names).program, question.parameters, why)


def _about(book: queries.LawBook, question: Question, names: Sequence[str]) -> Question:
    program = program_for(
        book, question.program.law, names, on=question.program.on, parameters=question.parameters, mode="report"
    )
    return Question(program, question.parameters)


def _why_not(people: engine.Population, question: Question) -> str:
    try:
        engine.query_for(people, question.program, question.parameters)
    except NotCompilable as refusal:
        return f"{refusal.law} art. {refusal.article}: {refusal.why}"
    return ""


def population(asked: Sequence[Question], rows: int, place: Path) -> engine.Population:
    """Invented persons with every fact that these laws ask, in a table on disk."""
    connection = duckdb.connect(str(place / "people.db"))
    connection.execute("SET threads = 2").execute("SET memory_limit = '3GB'")
    connection.execute(f"SET temp_directory = {quoted(str(place / 'spill'))}")
    picks = ", ".join(columns_of(asked))
    connection.execute(f"CREATE TABLE people AS SELECT id, {picks} FROM range({rows}) AS t(id)").fetchall()  # noqa: S608
    connection.execute("CHECKPOINT").fetchall()
    return engine.open_table(connection, "SELECT * FROM people")


def columns_of(asked: Sequence[Question]) -> Iterator[str]:
    """SQL of a column for every fact: 2 % have nothing, of a partner 65 %; one income in a hundred is unknown."""
    known: dict[str, InputNeed] = {}
    texts: dict[str, set[str]] = {}
    for question in asked:
        for need in needs(question.program):
            known.setdefault(need.name, need)
        for name, words in compared_with(question.program):
            texts.setdefault(name, set()).update(words)
    for number, (name, need) in enumerate(sorted(known.items()), 1):
        value = _members(need, number) if need.members else _value(need, number, sorted(texts.get(name, ())))
        there = f"hash(id, {number}) % 100 >= {65 if 'partner' in name else 2}"
        yield f"CASE WHEN {there} THEN {value} END AS {column_name(name)}"
        if "inkomen" in name:
            doubt = f"CASE WHEN hash(id, {number}, 1) % 100 = 0 THEN 'unknown' ELSE 'ok' END"
            yield f"{doubt} AS {column_name(name + REASON)}"


def _value(need: InputNeed, number: int, texts: Sequence[str], seed: str = "id") -> str:
    """SQL of a value of this type."""
    drawn = f"hash({seed}, {number}, 2)"
    if need.type == "boolean":
        return f"{drawn} % 10 < 7"
    if need.type == "date":
        first, days = ("1935-01-01", 31_000) if need.name.startswith("geboorte") else ("2024-06-01", 500)
        return f"DATE '{first}' + CAST({drawn} % {days} AS INTEGER)"
    if need.type == "string":
        listed = ", ".join(quoted(text) for text in (*texts, "ANDERS"))
        return f"list_extract([{listed}], CAST({drawn} % {len(texts) + 1} AS INTEGER) + 1)"
    return f"CAST({drawn} % {_most(need)} AS BIGINT)"


def _most(need: InputNeed) -> int:
    """How large a number may be: years of income or wealth, amounts a month, months, years, people."""
    if need.unit == "eurocent":
        return next((most for part, most in AMOUNTS.items() if part in need.name), 200_000)
    return next((most for part, most in NUMBERS.items() if part in need.name), 40)


AMOUNTS = {"maand": 300_000, "vermogen": 20_000_000, "inkomen": 6_000_000, "huur": 120_000, "kosten": 20_000}
NUMBERS = {"dagen": 30, "maanden": 48, "jaren": 50, "aantal_personen": 9}


def _members(need: InputNeed, number: int) -> str:
    """SQL of a list of up to some members."""
    fields = ", ".join(
        f"{quoted(field.name)}: {_value(field, number + place, (), 'id + 7919 * child')}"
        for place, field in enumerate(need.members)
    )
    return f"list_transform(range(CAST(hash(id, {number}, 3) % {CHILDREN + 1} AS BIGINT)), lambda child: {{{fields}}})"


def compared_with(program: Program) -> Iterator[tuple[str, set[str]]]:
    """The texts that a law compares a fact with, by its name."""
    for node in program.nodes:
        if node.op in ("EQUALS", "NOT_EQUALS", "IN", "NOT_IN"):
            values = [value for arg in node.args for value in _constants(arg)]
            for arg in node.args:
                yield fact_of(arg).fact_name, {value for value in values if isinstance(value, str)}


def _constants(node: Node) -> tuple[ir.Raw, ...]:
    return node.value if isinstance(node.value, tuple) else (node.value,)


def measured(people: engine.Population, question: Question, repeats: int) -> Line:
    """One law over everybody, the copy in turns; every repetition measures, compiles and stores all of it anew."""
    program, connection = question.program, people.connection
    facts = engine.found_columns(people, program)
    read = [name for fact in facts for name in (fact.column, fact.reason_column) if name]
    taken: list[tuple[float, float, float]] = []
    for _ in range(repeats):
        start = time.perf_counter()
        query = engine.query_for(people, program, question.parameters, also=["id"])
        compiled = time.perf_counter()
        connection.execute(f"CREATE OR REPLACE TABLE made AS {query}").fetchall()
        done = time.perf_counter()
        picks = ", ".join(map(column_name, ("id", *read)))
        connection.execute(f"CREATE OR REPLACE TABLE copied AS SELECT {picks} FROM ({people.table})").fetchall()  # noqa: S608
        taken.append((done - start, time.perf_counter() - done, compiled - start))
    law, copy, compiling = (min(column) for column in zip(*taken, strict=True))
    rows, sampled = checked(people, question)
    connection.execute("DROP TABLE made").execute("DROP TABLE copied")
    return Line(program.law, len(program.outputs), len(facts), rows, law, copy, compiling, sampled)


def checked(people: engine.Population, question: Question) -> tuple[int, int]:
    """The number of rows, and of the sample that the interpreter computed again.

    Raises:
        ResultDiffers: it says something else about a row.
    """
    program, connection = question.program, people.connection
    rows = int(connection.execute("SELECT count(*) FROM made").fetchone()[0])
    step = max(rows // SAMPLE, 1)
    picked = f"WHERE id % {step} = 0 ORDER BY id"
    names = ", ".join(f"{column_name(name)}, {column_name(name + REASON)}" for name in program.outputs)
    computed = connection.execute(f"SELECT {names} FROM made {picked}").fetchall()  # noqa: S608
    some = replace(people, table=f"SELECT * FROM ({people.table}) {picked}")  # noqa: S608
    again = looked(some, engine.found_columns(people, program), program.outputs, computed)
    compared(program, question.parameters, again)
    return rows, len(again)


def one_at_a_time(people: engine.Population, question: Question) -> Line:
    """What SQL cannot say, for fewer persons, by the interpreter."""
    facts = engine.found_columns(people, question.program)
    some = replace(people, table=f"SELECT * FROM ({people.table}) LIMIT {ONE_BY_ONE}")  # noqa: S608
    persons = list(engine.fact_rows(some, facts))
    start = time.perf_counter()
    one_by_one(question.program, question.parameters, iter(persons))
    seconds = time.perf_counter() - start
    program = question.program
    return Line(program.law, len(program.outputs), len(facts), len(persons), seconds, why=question.why)


def lines(rows: int, place: Path, repeats: int) -> Iterator[Line]:
    """Every law in force: by SQL, then what is left to the interpreter, then what cannot be asked."""
    book = queries.law_book([LIBRARY])
    asked, refused = programs(book, ON)
    people = population(asked, rows, place)
    parts = [part for question in asked for part in compilable(book, people, question)]
    yield from (measured(people, part, repeats) for part in parts if not part.why)
    yield from (one_at_a_time(people, part) for part in parts if part.why)
    yield from (Line(law, 0, 0, 0, 0.0, why=why) for law, why in refused.items())


def table(rows: int = 1_000_000, repeats: int = 2) -> Iterator[str]:
    """Lines for each law, then all together."""
    yield (
        f"{'law on ' + ON.isoformat():<43}{'outputs':>8}{'facts':>6}{'seconds':>9}{'compile':>9}{'copy':>8}{'times':>7}"
        f"{'ns each':>9}"
    )
    found = []
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="waardig-bench-") as place:
        for line in lines(rows, Path(place), repeats):
            yield _printed(line)
            found.append(line)
    yield from _together([line for line in found if not line.why], rows)


def _printed(line: Line) -> str:
    start = f"{line.law:<43}{line.outputs:>8}{line.facts:>6}"
    if not line.rows:
        return f"{start}  cannot be asked: {line.why}"
    each = line.seconds / line.rows * 1e9
    if line.why:
        return f"{start}{line.seconds:>9.3f}  one by one, {line.rows:,} persons, {each:,.0f} ns each: {line.why}"
    times = line.seconds / line.copy_seconds
    return f"{start}{line.seconds:>9.3f}{line.compile_seconds:>9.3f}{line.copy_seconds:>8.3f}{times:>7.2f}{each:>9.0f}"


def _together(found: Sequence[Line], rows: int) -> Iterator[str]:
    law, copy = sum(line.seconds for line in found), sum(line.copy_seconds for line in found)
    outputs, sampled = sum(line.outputs for line in found), sum(line.sampled for line in found)
    yield f"together: {len(found)} laws, {outputs} outputs, {rows:,} persons"
    yield f"in {law:.1f} s, {law / copy:.2f} times copying what they read"
    yield f"a person: {law / rows * 1e6:.1f} microseconds; a person and output: {law / rows / outputs * 1e9:.0f} ns"
    yield f"{sampled:,} rows computed again by the interpreter, all equal; most memory {peak_megabytes():,} MB"


if __name__ == "__main__":
    for text in table(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000):
        print(text, flush=True)
