"""Figures in which nobody can be recognised, also not by comparing what was published before.

Everybody stands in exactly one cell. Cells are put into groups of none or at least `SMALLEST` people; a figure may be
shown when it is a sum of whole groups. Whoever lays an earlier publication beside it sees differences: those too are
zero or at least `SMALLEST`. Pure; used wherever counts of people leave the municipality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 10
MOST_CELLS = 7
Group = frozenset[str]
Marked = list[tuple[int, int]]
"""Groups as sets of bits, each with its count."""


@dataclass(frozen=True)
class Earlier:
    """Groups that were published before.

    Attributes:
        same_people: whether it was about the same people (the same round). Then a group is also compared with a wider
            one that holds it; of other people only the same sets are compared.
    """

    groups: Mapping[Group, int]
    same_people: bool = True


def publishable(
    cells: Mapping[str, int], shown: Sequence[Group] = (), earlier: Sequence[Earlier] = (), smallest: int = SMALLEST
) -> dict[Group, int]:
    """Groups that may be published, such that most of `shown` are sums of them; then as many groups as can be.

    Groups that would give somebody away beside an earlier publication are left out; empty when nothing may be shown.

    Example:
        >>> {"+".join(sorted(names)): count for names, count in publishable({"yes": 41, "no": 4, "none": 0}).items()}
        {'none': 0, 'no+yes': 45}

    Raises:
        ValueError: more cells than can be searched; join them first (see `joined`).
    """
    if len(cells) > MOST_CELLS:
        raise ValueError(f"{len(cells)} cells are too many to search; at most {MOST_CELLS}")
    marks = {name: 1 << place for place, name in enumerate(cells)}
    before = [(_marked(one.groups, marks), one.same_people) for one in earlier]
    for candidates in (_whole(cells, smallest), _partly(cells, smallest)):
        ordered = sorted(candidates, key=lambda one: (-_shown(one, shown), -len(one)))
        for groups in ordered:
            counted = {group: _count(cells, group) for group in groups}
            if groups and _is_safe(_marked(counted, marks), before, smallest):
                return {group: counted[group] for group in sorted(counted, key=lambda one: (len(one), sorted(one)))}
    return {}


def value_of(groups: Mapping[Group, int], figure: Group) -> int | None:
    """The figure when it is a sum of whole groups, else None."""
    inside = [group for group in groups if group <= figure]
    return sum(groups[group] for group in inside) if frozenset().union(*inside) == figure else None


@dataclass(frozen=True)
class Table:
    """How a table may be told: nobody is found in it, nor by subtracting one of its figures from another.

    Attributes:
        rows: the groups that stand in one row, most of them alone; together everybody.
        columns: the cells that are told together; together everybody.
    """

    rows: tuple[Group, ...]
    columns: tuple[Group, ...]


def table(
    groups: Mapping[str, Mapping[str, int]],
    columns: Sequence[Group],
    figures: Sequence[Group] = (),
    *,
    ordered: bool = False,
    rows: Sequence[Group] = (),
    smallest: int = SMALLEST,
) -> Table | None:
    """The fullest table of groups of people by cell, of which every figure is none or at least `smallest`.

    Rows and columns are a partition, so whatever is added or subtracted is again a sum of such figures. Groups that are
    too small stand together, as few as can be; with one of the others when they need company. None: no table is safe.

    Args:
        groups: per group how many people stand in each cell.
        columns: the cells as they are told of everybody (from `publishable`); the table joins them and splits none.
        figures: sets of cells that must stay a sum of whole columns, because more is told about them.
        ordered: only groups that are neighbours are put together.
        rows: the rows of a table that is told beside it; these and no other.

    Raises:
        ValueError: more columns than can be searched.
    """
    if len(columns) > MOST_CELLS:
        raise ValueError(f"{len(columns)} columns are too many to search; at most {MOST_CELLS}")
    best: Table | None = None
    for parts in _partitions([str(place) for place in range(len(columns))]):
        told = tuple(frozenset[str]().union(*(columns[int(place)] for place in part)) for part in parts)
        if not all(_is_told(figure, told) for figure in figures):
            continue
        counts = {name: tuple(_count(cells, group) for group in told) for name, cells in groups.items()}
        made = _kept(counts, rows, smallest) if rows else _rows_of(counts, smallest, ordered=ordered)
        if made and (best is None or (len(made) * len(told), len(made)) > _size(best)):
            best = Table(made, told)
    return best


def _is_told(figure: Group, columns: Sequence[Group]) -> bool:
    """Whether a figure is a sum of whole columns; cells in no column do not count."""
    return all(column <= figure for column in columns if column & figure)


def _size(one: Table) -> tuple[int, int]:
    return len(one.rows) * len(one.columns), len(one.rows)


def _enough(counts: Mapping[str, tuple[int, ...]], names: Iterable[str], smallest: int) -> bool:
    """Whether these groups together can stand in one row."""
    totals = map(sum, zip(*(counts[name] for name in names), strict=True))
    return all(total == 0 or total >= smallest for total in totals)


def _kept(counts: Mapping[str, tuple[int, ...]], rows: Sequence[Group], smallest: int) -> tuple[Group, ...] | None:
    """The given rows, when they are safe for these people too."""
    found = [row.intersection(counts) for row in rows]
    return tuple(row for row in found if row) if all(_enough(counts, row, smallest) for row in found) else None


def _rows_of(counts: Mapping[str, tuple[int, ...]], smallest: int, *, ordered: bool) -> tuple[Group, ...] | None:
    """Rows in the order of their first group; None when not even everybody together is safe."""

    def enough(names: Sequence[str]) -> bool:
        return _enough(counts, names, smallest)

    alone = [] if ordered else [name for name in counts if enough([name])]
    rows: list[list[str]] = []
    waiting: list[str] = []
    for name in counts:
        if name in alone:
            continue
        waiting.append(name)
        if enough(waiting):
            rows.append(waiting)
            waiting = []
    spare = [*([name] for name in sorted(alone, key=lambda name: (-sum(counts[name]), name))), *rows]
    while waiting and not enough(waiting):
        if not spare:
            return None
        waiting = [*spare.pop(), *waiting]
    rows = [*spare, waiting] if waiting else spare
    places = {name: place for place, name in enumerate(counts)}
    return tuple(frozenset(row) for row in sorted(rows, key=lambda row: min(places[name] for name in row)))


def joined(cells: Mapping[str, int], most: int = MOST_CELLS) -> dict[tuple[str, ...], int]:
    """The same people in at most `most` cells: the smallest are put together, the largest stay by themselves."""
    ordered = sorted(cells, key=lambda name: (-cells[name], name))
    alone, rest = (ordered, []) if len(ordered) <= most else (ordered[: most - 1], ordered[most - 1 :])
    found: dict[tuple[str, ...], int] = {(name,): cells[name] for name in alone}
    return {**found, tuple(sorted(rest)): sum(cells[name] for name in rest)} if rest else found


def _count(cells: Mapping[str, int], group: Group) -> int:
    return sum(cells[name] for name in group)


def _shown(groups: Iterable[Group], shown: Sequence[Group]) -> int:
    counted = dict.fromkeys(groups, 0)
    return sum(value_of(counted, figure) is not None for figure in shown)


def _whole(cells: Mapping[str, int], smallest: int) -> list[tuple[Group, ...]]:
    return [
        groups
        for groups in _partitions(tuple(cells))
        if all((count := _count(cells, group)) == 0 or count >= smallest for group in groups)
    ]


def _partly(cells: Mapping[str, int], smallest: int) -> list[tuple[Group, ...]]:
    """Groups of some of the cells: the others are in no published group."""
    names = tuple(cells)
    found = []
    for chosen in range(1, 2 ** len(names) - 1):
        part = {name: cells[name] for place, name in enumerate(names) if chosen >> place & 1}
        found += _whole(part, smallest)
    return found


def _partitions(names: Sequence[str]) -> Iterator[tuple[Group, ...]]:
    """Every way to put cells into groups: 877 ways for seven cells."""
    if not names:
        yield ()
        return
    for rest in _partitions(names[1:]):
        yield (frozenset({names[0]}), *rest)
        for place, group in enumerate(rest):
            yield (*rest[:place], group | {names[0]}, *rest[place + 1 :])


def _marked(groups: Mapping[Group, int], marks: Mapping[str, int]) -> Marked:
    """Groups as a set of bits with their count; cells of another time get bits of their own."""
    known = dict(marks)
    for group in groups:
        for name in sorted(group):
            known.setdefault(name, 1 << len(known))
    return [(sum(known[name] for name in group), count) for group, count in groups.items()]


def _is_safe(mine: Marked, before: Sequence[tuple[Marked, bool]], smallest: int) -> bool:
    return all(
        not 0 < abs(left - right) < smallest
        for theirs, same_people in before
        for left, right in _comparable(mine, theirs, same_people)
    )


def _comparable(mine: Marked, theirs: Marked, same_people: bool) -> Iterator[tuple[int, int]]:
    """What a reader learns by laying two publications side by side: counts of the smallest sets that both tell.

    Larger sets that both tell are sums of those and teach nothing new. About the same people a group of the one can
    also be laid beside the smallest set of the other that holds it.
    """
    done: set[int] = set()
    for start, _ in mine:
        mark = _closed(start, (*mine, *theirs))
        if mark not in done and _told(mine, mark) == mark == _told(theirs, mark):
            yield _sum(mine, mark), _sum(theirs, mark)
        done.add(mark)
    if same_people:
        yield from _inside(mine, theirs)
        yield from _inside(theirs, mine)


def _closed(mark: int, groups: Sequence[tuple[int, int]]) -> int:
    """The smallest set around `mark` that no group crosses."""
    while True:
        wider = mark
        for group, _ in groups:
            wider |= group if group & mark else 0
        if wider == mark:
            return mark
        mark = wider


def _inside(parts: Marked, wholes: Marked) -> Iterator[tuple[int, int]]:
    for part, count in parts:
        cover = 0
        for group, _ in wholes:
            cover |= group if group & part else 0
        if part & cover == part != cover and _told(parts, cover) != cover:
            yield count, _sum(wholes, cover)


def _told(groups: Marked, mark: int) -> int:
    """What of this set the groups tell: the union of those within it."""
    found = 0
    for group, _ in groups:
        found |= group if group & mark == group else 0
    return found


def _sum(groups: Marked, mark: int) -> int:
    return sum(count for group, count in groups if group & mark == group)
