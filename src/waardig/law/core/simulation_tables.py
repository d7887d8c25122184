"""The tables and charts of a simulation: one grid of figures, read by the page, the CSV files and the charts alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waardig.kernel.small_cells import Group, value_of
from waardig.law.core.charts import Bar, bars, described
from waardig.law.core.counting import FIGURES, GAINED, LOST, Amount, Row
from waardig.law.core.simulation import Part, Simulation, column_of, number
from waardig.law.core.simulation_words import WORDS, amount_told, column_told, group_told

COUNTS = ("entitled_before", "entitled_after", "changed")
AMOUNTS = ("before", "after", "difference", "mean", "median")
SIGNED = ("difference", "mean", "median")


@dataclass(frozen=True)
class Grid:
    """One table.

    Attributes:
        name: of its files: people-all, people-age, households-all, people-sweep, ...
        kind: all | a dimension | sweep.
        labels: per row how it is told; groups joined by " + ".
        rows: the rows; nothing told in a row that has no counts.
        columns: figures, those told together in one column.
    """

    name: str
    counted: str
    kind: str
    unit: str | None
    labels: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    numeric: bool


def grids_of(found: Simulation) -> tuple[Grid, ...]:
    """Every table of a simulation, in order."""
    grids: list[Grid] = []
    for part in found.parts:
        grids.append(_grid(part, "all", found.unit, (part.total,)))
        grids += [_grid(part, name, found.unit, rows) for name, rows in part.tables.items()]
    for counted in dict.fromkeys(name for point in found.points for name in point.totals):
        rows = tuple(point.totals[counted] for point in found.points)
        labels = tuple((point.value,) for point in found.points)
        columns = _singles(rows)
        numeric = any(row.difference is not None for row in rows)
        grids.append(Grid(f"{counted}-sweep", counted, "sweep", found.unit, labels, rows, columns, numeric))
    return tuple(grids)


def _grid(part: Part, kind: str, unit: str | None, rows: tuple[Row, ...]) -> Grid:
    labels = tuple(row.groups for row in rows)
    numeric = any(row.difference is not None for row in rows)
    return Grid(f"{part.counted}-{kind}", part.counted, kind, unit, labels, rows, _columns(rows), numeric)


def _columns(rows: Sequence[Row]) -> tuple[str, ...]:
    names = {column_of(column) for row in rows for column in row.counts}
    return tuple(sorted(names, key=lambda name: [FIGURES.index(figure) for figure in name.split("+")]))


def _singles(rows: Sequence[Row]) -> tuple[str, ...]:
    """Each figure by itself: what one value tells together, another tells apart."""
    found = {figure for row in rows for column, count in row.counts.items() if count for figure in column}
    return tuple(name for name in FIGURES if name in found)


def cells(grid: Grid, row: Row) -> Iterator[tuple[str, Amount | None]]:
    """The figures of a row by the name of the column; None is not shown."""
    yield "number", row.people
    if grid.numeric:
        yield from ((name, getattr(row, name)) for name in AMOUNTS)
    counts = {column_of(column): count for column, count in row.counts.items()}
    for name in grid.columns:
        yield name, counts.get(name, _nobody(row, name))
    yield from zip(COUNTS, (row.entitled_before, row.entitled_after, row.moved), strict=True)


def _nobody(row: Row, column: str) -> int | None:
    """Nought when everybody of the row stands in other columns, else not shown."""
    others = {figure for told in row.counts for figure in told}
    return 0 if row.people is not None and not others & set(column.split("+")) else None


def csv_of(grid: Grid) -> str:
    """A table for programs: English names, plain numbers, empty where a figure is not shown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = True
    for label, row in zip(grid.labels, grid.rows, strict=True):
        named = list(cells(grid, row))
        if first:
            writer.writerow([grid.kind if grid.kind != "all" else "group", *(name for name, _ in named)])
            first = False
        values = [number(value) for _, value in named]
        writer.writerow([" + ".join(label) or "all", *("" if value is None else value for value in values)])
    return out.getvalue()


def head_told(grid: Grid, language: str) -> list[str]:
    """The head of a table in words."""
    words = WORDS[language]
    first = words["value"] if grid.kind == "sweep" else words["group"]
    names = [name for name, _ in cells(grid, grid.rows[0])]
    return [first, *(words[name] if name in words else column_told(name, language) for name in names)]


def row_told(grid: Grid, place: int, language: str) -> list[str]:
    """A row of a table in words."""
    row = grid.rows[place]
    told = [grid.labels[place][0] if grid.kind == "sweep" else group_told(grid.labels[place], language)]
    for name, value in cells(grid, row):
        if name in AMOUNTS:
            told.append(amount_told(value, grid.unit, language, sign=name in SIGNED))
        else:
            told.append(
                WORDS[language]["withheld"] if value is None else f"{value:,}".replace(",", _thousands(language))
            )
    return told


def _thousands(language: str) -> str:
    return "." if language == "nl" else ","


def title_of(grid: Grid, language: str) -> str:
    """The title of a table."""
    words = WORDS[language]
    return f"{words[grid.counted]}: {words[grid.kind][0].lower()}{words[grid.kind][1:]}"


def chart_of(grid: Grid, language: str) -> str | None:
    """The chart beside a table: the difference in money, else who gains less who loses; None where there is nothing."""
    words = WORDS[language]
    found = []
    for place, row in enumerate(grid.rows):
        value = row.difference if grid.numeric else _net(row)
        if value is None:
            continue
        label = row_told(grid, place, language)[0]
        told = amount_told(value, grid.unit if grid.numeric else None, language, sign=True)
        found.append(Bar(label, int(value), told))
    if grid.kind == "all" or len(found) < 2:
        return None
    what = words["difference"] if grid.numeric else words["net"]
    return bars(grid.name, f"{title_of(grid, language)}: {what}", described(found), found)


def _net(row: Row) -> int | None:
    """Who gets it more than before, less who does not get it any more."""
    zero = {frozenset({name}): 0 for name in (GAINED, LOST) if _nobody(row, name) == 0}
    told: dict[Group, int] = {**row.counts, **zero}
    gained, lost = (value_of(told, frozenset({name})) for name in (GAINED, LOST))
    return None if gained is None or lost is None else gained - lost
