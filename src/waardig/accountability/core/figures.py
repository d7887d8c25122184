"""Which figures of a round may be published now, beside everything that was published before. Pure.

Within a round every difference with an earlier publication is zero or at least ten people; so is every difference of
the same figure between rounds. What may not be shown yet waits: the earlier publication stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardig.accountability.terms import FIGURES, TABLES, Publication, Published, PublishedAmount, RoundCounts
from waardig.kernel.small_cells import Earlier, Group, joined, publishable, value_of

WIDER = 20
"""An inexact sum is rounded so widely that ten households more or less of the highest amount change nothing."""


def next_publication(counts: RoundCounts, earlier: Sequence[Publication]) -> Published | None:
    """The figures to publish now; None when they are the same, tell less than before, or may not be shown.

    Args:
        earlier: every publication of this service so far, of this round and of others.
    """
    same = [one for one in earlier if one.run == counts.run]
    groups = publishable(counts.main, tuple(FIGURES.values()), _before(counts, earlier, None))
    if not groups:
        return None
    tables = {
        name: found
        for name, base in TABLES.items()
        if name in counts.tables and value_of(groups, base) and (found := _table(counts, name, earlier))
    }
    made = Published(groups, tables, _amounts(counts, groups, tables))
    last = same[-1].figures if same else None
    return None if last and (made == last or made.shown < last.shown) else made


def _before(counts: RoundCounts, earlier: Sequence[Publication], table: str | None) -> list[Earlier]:
    found = []
    for one in earlier:
        groups = one.figures.groups if table is None else one.figures.tables.get(table, {})
        if groups:
            found.append(Earlier(groups, same_people=one.run == counts.run))
    return found


def _table(counts: RoundCounts, name: str, earlier: Sequence[Publication]) -> dict[Group, int]:
    """The table in groups; its smallest cells are put together first, so that a long list can be searched."""
    together = joined(counts.tables[name])
    cells = {"+".join(names): count for names, count in together.items()}
    found = publishable(cells, (), _joined_before(cells, _before(counts, earlier, name)))
    return {frozenset(part for cell in group for part in cell.split("+")): count for group, count in found.items()}


def _joined_before(cells: Mapping[str, int], before: Sequence[Earlier]) -> list[Earlier]:
    """Earlier groups in the cells of now where those are whole; others stay as cells of their own."""
    whole = {frozenset(cell.split("+")): cell for cell in cells}
    return [
        Earlier({_in_cells(group, whole): count for group, count in one.groups.items()}, one.same_people)
        for one in before
    ]


def _in_cells(group: Group, whole: Mapping[Group, str]) -> Group:
    inside = [parts for parts in whole if parts <= group]
    covered = frozenset().union(*inside)
    return frozenset(whole[parts] for parts in inside) | (group - covered)


def _amounts(
    counts: RoundCounts, groups: Mapping[Group, int], tables: Mapping[str, Mapping[Group, int]]
) -> dict[str, PublishedAmount]:
    found = {}
    for name in ("granted_amounts", "proposed_amounts"):
        cells = {int(cell): count for cell, count in counts.tables.get(name, {}).items() if count}
        if cells and value_of(groups, TABLES[name]):
            exact = {frozenset({str(amount)}) for amount in cells} == set(tables.get(name, {}))
            found[name] = _amount(cells, exact)
    return found


def _amount(cells: Mapping[int, int], exact: bool) -> PublishedAmount:
    total = sum(amount * count for amount, count in cells.items())
    if exact:
        return PublishedAmount(total, 0)
    step = _round_step(WIDER * max(cells))
    return PublishedAmount((total + step // 2) // step * step, step)


def _round_step(least: int) -> int:
    """The first of 1, 2, 5, 10, ... euro that is at least this many eurocent.

    Example:
        >>> _round_step(1043940)
        2000000
    """
    step = 100
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10
