"""The procedure of a decision over a population: stage after stage, each group of rows by the laws of its own days.

In SQL each row gets the stages that it enters, their days and the spans between changes of law in which these lie. Rows
of one path share their programs (`core/courses`): each is a query over what the one before it gave, kept under names
of our own. What SQL cannot say is asked of the interpreter once for each different combination of facts and joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from waardig.law.adapters import duckdb
from waardig.law.adapters.again import PLACE
from waardig.law.adapters.kinds import STORED
from waardig.law.adapters.lookup import looked_up
from waardig.law.adapters.walk import DAY, ENTERED, SPAN, WHY, Events, events_of, walked_sql
from waardig.law.core.courses import STAGE, Branch, Step, Way, planned, straight, without
from waardig.law.core.graph import Program
from waardig.law.core.population import REASON, Found, unused
from waardig.law.core.sql import column_name, quoted
from waardig.law.core.types import DECLARED
from waardig.law.terms import NotCompilable, PopulationInvalid


class Engine(Protocol):
    """What runs the queries; DuckDB reads what it made, to know its bounds."""

    def kept(self, query: str, name: str) -> tuple[duckdb.Population, str]:
        """Keeps the rows of a query. Returns them as DuckDB reads them, and how this engine selects them."""

    def shared(self, table: str) -> None:
        """Makes a table of DuckDB known to this engine."""


@dataclass(frozen=True)
class DuckEngine:
    """DuckDB: what is kept is a table beside the population."""

    connection: Any

    def kept(self, query: str, name: str) -> tuple[duckdb.Population, str]:
        """As a table that the engine may write aside."""
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {query}").fetchall()
        table = f"SELECT * FROM {name}"  # noqa: S608
        return duckdb.open_table(self.connection, table), table

    def shared(self, table: str) -> None:
        """It is there."""


@dataclass(frozen=True)
class Sheet:
    """Rows on their way.

    Attributes:
        rows: as DuckDB reads them; `source` as the engine selects them.
        where: which of them, in SQL.
        outcomes: under which number the last stage that gave an output did.
    """

    rows: duckdb.Population
    source: str
    where: tuple[str, ...] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Making:
    """One result on its way."""

    way: Way
    engine: Engine
    also: Sequence[str]
    events: Events
    leaves: list[tuple[Sheet, Branch]] = field(default_factory=list)
    count: int = 0

    def follow(self, sheet: Sheet, branch: Branch) -> None:
        """The steps of a stage, and of all that follow it."""
        for step in branch.steps:
            sheet = self.stepped(sheet, step)
        if branch.ends or branch.position < 0:
            self.leaves.append((sheet, branch))
        for onward in branch.onward:
            spans = ", ".join(map(str, sorted(onward.spans)))
            entered = (f"{ENTERED} > {onward.position}", f"{SPAN}{onward.position} IN ({spans})")
            self.follow(replace(sheet, where=(*sheet.where, *entered)), onward)

    def stepped(self, sheet: Sheet, step: Step) -> Sheet:
        """The rows with the outcomes of one more program."""
        self.count += 1
        texts = self._texts(sheet, step)
        rows = duckdb.open_table(sheet.rows.connection, self._view(sheet, sheet.rows.table, texts, step.hidden))
        day = f"{DAY}{step.position}" if step.position is not None else ""
        fast, slow = _divided(rows, step, day)
        carried, source = list(sheet.rows.columns), self._view(sheet, sheet.source, texts)
        query = source
        if fast:
            program = _only(step.program, fast)
            query = duckdb.query_for(rows, program, step.parameters, also=carried, source=source, reference=day)
        picks = [f"s.{column_name(name)}" for name in carried]
        outcomes, joins = dict(sheet.outcomes), ""
        for name in step.program.outputs:
            self.count += 1
            number = self.count
            value, reason = f"s.{column_name(name)}", f"s.{column_name(name + REASON)}"
            if name in slow:
                made = looked_up(rows, step, _only(step.program, [name]), day, f"waardig_found_{number}", slow[name])
                self.engine.shared(made.table)
                value, reason = f"{made.table}.v", f"{made.table}.r"
                joins += f" LEFT JOIN {made.table} ON {made.condition(texts)}"
            picks += [f"{value} AS waardig_value_{number}", f"{reason} AS waardig_reason_{number}"]
            outcomes[name] = number
        text = f"SELECT {', '.join(picks)} FROM ({query}) AS s{joins}"  # noqa: S608
        kept, after = self.engine.kept(text, f"waardig_step_{self.count}")
        return Sheet(kept, after, (), outcomes)

    def _texts(self, sheet: Sheet, step: Step) -> dict[str, str]:
        """SQL of the outcomes of earlier stages that a program reads as facts, by column."""
        texts: dict[str, str] = {}
        for name in sorted(step.earlier):
            number = sheet.outcomes[name]
            known = f"waardig_reason_{number} IN ('ok', 'absent')"
            texts[name] = f"waardig_value_{number}"
            texts[name + REASON] = f"CASE WHEN {known} THEN waardig_reason_{number} ELSE 'unknown' END"
        return texts

    def _view(self, sheet: Sheet, table: str, texts: Mapping[str, str], hidden: Iterable[str] = ()) -> str:
        """SQL of the rows with these columns beside, without what happens later."""
        without = {name for event in hidden for name in self.events.columns(event)}
        picks = [column_name(name) for name in sheet.rows.columns if name not in without]
        picks += [f"{text} AS {column_name(name)}" for name, text in texts.items()]
        where = f" WHERE {' AND '.join(sheet.where)}" if sheet.where else ""
        return f"SELECT {', '.join(picks)} FROM ({table}) AS t{where}"  # noqa: S608


def _divided(rows: duckdb.Population, step: Step, day: str) -> tuple[list[str], dict[str, NotCompilable]]:
    """The outputs that SQL computes, and those that it does not, with why."""

    def refused(names: Sequence[str]) -> NotCompilable | None:
        try:
            duckdb.query_for(rows, _only(step.program, names), step.parameters, reference=day)
        except NotCompilable as refusal:
            return refusal
        return None

    names = list(step.program.outputs)
    if refused(names) is None:
        return names, {}
    slow = {name: why for name in names if (why := refused([name]))}
    fast = [name for name in names if name not in slow]
    together = refused(fast) if fast else None
    return ([], {**slow, **dict.fromkeys(fast, together)}) if together else (fast, slow)


def _only(program: Program, names: Sequence[str]) -> Program:
    return replace(program, outputs={name: program.outputs[name] for name in names}, together={})


@dataclass(frozen=True)
class Made:
    """SQL of a whole result over what the engine keeps, and the facts that it rests on."""

    query: str
    facts: tuple[Found, ...]


def result_of(way: Way, people: duckdb.Population, engine: Engine, source: str = "") -> Made:
    """The whole result: columns to carry along, the stage, and what was asked.

    Args:
        people: with the place of each row as `PLACE`, where the result keeps the order.
        source: as the engine selects them; as DuckDB does when empty.

    Raises:
        PopulationInvalid: a column of an event is missing, or has a type that the law cannot use, or a column has the
            name of what an earlier stage gives.
        NotCompilable: neither SQL nor asking for each different combination of facts can say it.
    """
    events = events_of(way, people)
    root = plan_of(way, people, events)
    refuse_doubles(way, people, root)
    facts = _facts(people, root)
    also = carried_along(way, people, events)
    kept = dict.fromkeys([*also, *(name for one in facts for name in (one.column, one.reason_column) if name)])
    kept |= dict.fromkeys(name for event in events.found for name in events.columns(event))
    text = walked_sql(way, people, events, list(kept), source=source)
    rows, after = engine.kept(text, "waardig_step_0")
    making = Making(way, engine, also, events)
    making.follow(Sheet(rows, after), root)
    order = f" ORDER BY {PLACE}" if PLACE.strip('"') in people.columns else ""
    different = {one.fact: one for one in (*facts, *events.stored)}
    return Made(_together(making) + order, tuple(different.values()))


def plan_of(way: Way, people: duckdb.Population, events: Events) -> Branch:
    """The programs for the days that the rows have.

    Raises:
        NotCompilable: SQL cannot say how far each row comes.
    """
    paths = f"SELECT DISTINCT {ENTERED}, {_spans(way)} FROM ({walked_sql(way, people, events)})"  # noqa: S608
    found = people.connection.execute(paths).fetchall()
    return planned(way, [row[1 : row[0] + 1] for row in found])


def refuse_doubles(way: Way, people: duckdb.Population, root: Branch) -> None:
    """Refuses a column with the name of what an earlier stage gives, where a later one builds on that.

    Raises:
        PopulationInvalid: nobody could see which of the two decided.
    """
    low = {name.lower(): name for name in people.columns}
    for step in (*straight(way).every_step, *root.every_step):
        for name in sorted(step.earlier):
            column = low.get(name.lower()) or low.get(f"{name}{REASON}".lower())
            if column is not None:
                what = f"what stage {way.giver(name)} gives, and a later one builds on that"
                raise PopulationInvalid(
                    f"column '{column}' has the name of {what}",
                    "Give the column another name, then it goes along to the result; or leave it out.",
                )


def _spans(way: Way) -> str:
    return ", ".join(f"{SPAN}{n}" for n in range(len(way.procedure.stages)))


def _facts(people: duckdb.Population, root: Branch) -> list[Found]:
    return [one for step in root.every_step for one in duckdb.found_columns(people, step.program)]


def carried_along(way: Way, people: duckdb.Population, events: Events) -> list[str]:
    """The columns that are no fact whatever the days in the rows, and no event.

    Raises:
        PopulationInvalid: one would stand twice in the result.
    """
    also = unused(list(people.columns), [*_facts(people, straight(way)), *events.stored])
    taken = {name.lower() for output in (STAGE, *way.asked) for name in (output, output + REASON)}
    for name in also:
        if name.lower() in taken:
            raise PopulationInvalid(f"column '{name}' would stand twice in the result", "Give it another name.")
    return also


def _together(making: Making) -> str:
    """The rows of all leaves under one schema."""
    parts = []
    kinds = {name: _kind(making, name) for name in making.way.asked}
    place = [PLACE] if any(PLACE.strip('"') in sheet.rows.columns for sheet, _ in making.leaves) else []
    keys = [column_name(name) for name in making.also if column_name(name) not in place]
    for sheet, branch in making.leaves:
        picks = [*place, *keys, *_leaf(making.way, sheet, branch, kinds)]
        where = " AND ".join([*sheet.where, f"{ENTERED} = {branch.position + 1}"])
        parts.append(f"SELECT {', '.join(picks)} FROM ({sheet.source}) AS t WHERE {where}")  # noqa: S608
    told = [name for output in (STAGE, *making.way.asked) for name in (output, output + REASON)]
    names = ", ".join([*keys, *map(column_name, told)])
    return f"SELECT {names} FROM ({' UNION ALL '.join(parts)}) AS t"  # noqa: S608


def _leaf(way: Way, sheet: Sheet, branch: Branch, kinds: Mapping[str, str]) -> list[str]:
    """The columns of the rows that come no further than a stage."""
    last = quoted(way.procedure.stages[branch.position].name) if branch.position >= 0 else "CAST(NULL AS VARCHAR)"
    picks = [f"{last} AS {STAGE}", f"{WHY} AS {column_name(STAGE + REASON)}"]
    for name in way.asked:
        number = sheet.outcomes.get(name)
        value, reason = "NULL", f"waardig_reason_{number}"
        if number is None:
            word = without(way, name, branch.position + 1, WHY)
            reason = WHY if word == WHY else quoted(word)
        elif not duckdb.all_null(sheet.rows, f"waardig_value_{number}"):
            value = f"waardig_value_{number}"
        picks += [f"CAST({value} AS {kinds[name]}) AS {column_name(name)}", f"{reason} AS {column_name(name + REASON)}"]
    return picks


def _kind(making: Making, name: str) -> str:
    """The type of an output that holds what every group of rows has; as declared when nobody has any.

    Raises:
        NotCompilable: one version of the laws gives a number and another a text.
    """
    found = set()
    for sheet, _ in making.leaves:
        column = f"waardig_value_{sheet.outcomes.get(name)}"
        if column in sheet.rows.columns and not duckdb.all_null(sheet.rows, column):
            found.add(sheet.rows.columns[column])
    if len(found) > 1 and all(kind == "BIGINT" or kind.startswith("DECIMAL") for kind in found):
        places = max(int(kind.rstrip(")").partition(",")[2]) for kind in found if kind != "BIGINT")
        return f"DECIMAL(38,{places})"
    if len(found) > 1:
        raise NotCompilable(making.way.decided[0].id, "-", f"'{name}' is of another type in another version of the law")
    return found.pop() if found else STORED.get(DECLARED.get(making.way.types[name], ""), "BIGINT")
