"""For whom an outcome differs: everybody in one of nine groups, counted, with exact sums; the words of `law diff` too.

Computed in SQL over a table that holds the outcome before and after (`adapters/variants`), so that eighteen million
people are counted as exactly as ten. Sums compare like with like: only people whose outcome is known before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from waardig.kernel.small_cells import Earlier, Group, publishable, table, value_of
from waardig.law.core.sql import column_name

NONE, SAME, MORE, LESS, GAINED, LOST = "none", "same", "more", "less", "gained", "lost"
OTHER, UNSURE, UNKNOWN = "other", "unsure", "unknown"
ATOMS = (NONE, SAME, MORE, LESS, GAINED, LOST, OTHER, UNSURE, UNKNOWN)
"""Nothing before and after; the same; more; less; nothing before; nothing now; another word or date; not known before
and after for the same reason; not known before or after."""
FIGURES = (NONE, SAME, MORE, LESS, GAINED, LOST, OTHER, UNKNOWN)
"""As told in a simulation: what is not known stands together."""
MOVED = frozenset({MORE, LESS, GAINED, LOST})
BEFORE, AFTER = frozenset({SAME, MORE, LESS, LOST}), frozenset({SAME, MORE, LESS, GAINED})
MONEY = (*(frozenset({atom}) for atom in sorted(MOVED)), BEFORE, AFTER)
NUMBERS = ("BIGINT", "HUGEINT", "INTEGER", "DECIMAL")
Amount = int | Decimal


@dataclass(frozen=True)
class Tally:
    """People by group, and what they get together before and after."""

    counts: Mapping[str, int]
    before: Amount = 0
    after: Amount = 0

    @property
    def people(self) -> int:
        """Everybody."""
        return sum(self.counts.values())

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        counts = {atom: self.counts.get(atom, 0) + other.counts.get(atom, 0) for atom in ATOMS}
        return Tally(counts, self.before + other.before, self.after + other.after)

    def figures(self) -> dict[str, int]:
        """Counts as a simulation tells them."""
        unsure = self.counts.get(UNSURE, 0)
        return {name: self.counts.get(name, 0) + (unsure if name == UNKNOWN else 0) for name in FIGURES}


def tallied(rows: Sequence[tuple[str, int, Amount | None, Amount | None]]) -> Tally:
    """A tally of rows of the counting query: group, people, sum before, sum after."""
    counts = dict.fromkeys(ATOMS, 0)
    sums: list[Amount] = [0, 0]
    for atom, people, before, after in rows:
        counts[atom] += people
        if atom not in (UNSURE, UNKNOWN):
            sums = [sums[0] + (before or 0), sums[1] + (after or 0)]
    return Tally(counts, sums[0], sums[1])


def is_number(stored: str) -> bool:
    """Whether a stored type is a number."""
    return stored.startswith(NUMBERS)


def has(name: str, types: Mapping[str, str]) -> str:
    """SQL: an outcome says something: yes, an amount, a date or a word; never NULL."""
    column, stored = column_name(name), types[name]
    if stored == "BOOLEAN":
        return f"COALESCE({column}, FALSE)"
    if is_number(stored):
        return f"COALESCE({column} <> 0, FALSE)"
    return f"COALESCE({column} <> '', FALSE)" if stored == "VARCHAR" else f"({column} IS NOT NULL)"


def known(name: str) -> str:
    """SQL: an outcome is known, be it that there is nothing."""
    return f"{column_name(name + '__reason')} IN ('ok', 'absent')"


def atom(before: str, after: str, types: Mapping[str, str]) -> str:
    """SQL: in which group somebody stands.

    Args:
        before, after: columns with an outcome, each with its reason beside it.
        types: stored type by column.
    """
    was, now = column_name(before), column_name(after)
    had, has_ = has(before, types), has(after, types)
    alike = is_number(types[before]) == is_number(types[after]) and types[before] != "BOOLEAN" != types[after]
    if is_number(types[before]) and alike:
        rest = f"WHEN {now} = {was} THEN '{SAME}' WHEN {now} > {was} THEN '{MORE}' ELSE '{LESS}'"
    elif types[before] == types[after]:
        rest = f"WHEN {now} = {was} THEN '{SAME}' ELSE '{OTHER}'"
    else:
        rest = f"ELSE '{OTHER}'"
    reasons = [column_name(f"{name}__reason") for name in (before, after)]
    return (
        f"CASE WHEN NOT ({known(before)} AND {known(after)}) THEN "
        f"CASE WHEN {reasons[0]} = {reasons[1]} THEN '{UNSURE}' ELSE '{UNKNOWN}' END "
        f"WHEN NOT {had} AND NOT {has_} THEN '{NONE}' WHEN NOT {has_} THEN '{LOST}' WHEN NOT {had} THEN '{GAINED}' "
        f"{rest} END"
    )


@dataclass(frozen=True)
class Row:
    """One row of a table as it may be told.

    Attributes:
        groups: the groups that it is about; empty for everybody.
        people: how many, None when that may not be told.
        counts: people by column; a column is one figure, or more that are told together.
        before, after, difference: exact; None when they are about too few people, or when the outcome is no number.
        entitled_before, entitled_after: people who get something; None when that may not be told.
        mean, median: of the change of those for whom it changes; rounded half away from zero, and the lower middle one.
    """

    groups: tuple[str, ...]
    people: int | None
    counts: Mapping[Group, int]
    before: Amount | None = None
    after: Amount | None = None
    difference: Amount | None = None
    entitled_before: int | None = None
    entitled_after: int | None = None
    moved: int | None = None
    mean: Amount | None = None
    median: Amount | None = None


def total_row(tally: Tally, *, numeric: bool, earlier: Sequence[Mapping[Group, int]] | None = None) -> Row:
    """Everybody in one row; groups of one to nine people are told together with others or not at all.

    Args:
        earlier: what is told about the same people beside it, be it nothing yet; no count differs from that by one to
            nine either. Then nobody is told as a nought: that too can be laid beside another count.
    """
    figures = {name: count for name, count in tally.figures().items() if count or _is_told_as_nought(name, earlier)}
    if not tally.people:
        return _row((), tally, {}, numeric=numeric)
    wanted = [*(group & figures.keys() for group in MONEY), *(frozenset({name}) for name in figures)]
    cells = dict(sorted(figures.items(), key=lambda one: one[1]))
    before = [Earlier(groups, same_people=False) for groups in earlier or ()]
    told = publishable(cells, [group for group in wanted if group], before)
    if not told:
        return Row((), None, {})
    return _row((), tally, told, numeric=numeric)


def _is_told_as_nought(name: str, earlier: object) -> bool:
    """Numbers give no other words or dates; without that cell the others can be searched."""
    return earlier is not None and name != OTHER


def rows_of(
    tallies: Mapping[str, Tally],
    total: Row,
    *,
    numeric: bool,
    ordered: bool = False,
    rows: Sequence[Group] = (),
) -> tuple[Row, ...]:
    """The fullest table that may be told beside the total; empty when there is none.

    With amounts when every row has enough people behind each of them, else without; without them too when only that
    tells any groups apart.

    Args:
        ordered: only groups that are neighbours are put together.
        rows: the rows of the table of people, when this one is about their households; then these and no other.
    """
    columns = tuple(total.counts)
    groups = {name: tally.figures() for name, tally in tallies.items()}
    if not columns:
        return ()
    plain = table(groups, columns, ordered=ordered, rows=rows)
    has_money = numeric and total.difference is not None
    money = table(groups, columns, MONEY, ordered=ordered, rows=rows) if has_money else None
    with_money = money is not None and (len(money.rows) > 1 or plain is None or len(plain.rows) == 1)
    found = money if with_money else plain
    if found is None:
        return ()
    return tuple(_joined(row, tallies, found.columns, numeric=with_money) for row in found.rows)


def _joined(row: Group, tallies: Mapping[str, Tally], columns: Sequence[Group], *, numeric: bool) -> Row:
    names = tuple(name for name in tallies if name in row)
    tally = Tally(dict.fromkeys(ATOMS, 0))
    for name in names:
        tally = tally.plus(tallies[name])
    figures = tally.figures()
    counts = {column: sum(figures[name] for name in column) for column in columns}
    return _row(names, tally, counts, numeric=numeric)


def _row(names: tuple[str, ...], tally: Tally, counts: Mapping[Group, int], *, numeric: bool) -> Row:
    figures = tally.figures()
    ordered = {group: counts[group] for group in sorted(counts, key=lambda group: min(map(FIGURES.index, group)))}
    people = sum(counts.values()) if sum(counts.values()) == tally.people else None
    filled = {**ordered, **{frozenset({name}): 0 for name in FIGURES if not figures[name]}}
    entitled = [value_of(filled, group) for group in (BEFORE, AFTER)]
    row = Row(names, people, ordered, entitled_before=entitled[0], entitled_after=entitled[1])
    if not numeric or any(value_of(filled, group) is None for group in MONEY):
        return row
    moved = sum(figures[name] for name in MOVED)
    change = tally.after - tally.before
    return replace(row, before=tally.before, after=tally.after, difference=change, moved=moved)


def mean(amount: Amount, people: int, places: int = 0) -> Amount:
    """A mean with so many decimals, half away from zero."""
    numerator, denominator = amount.as_integer_ratio()
    top, bottom = abs(numerator) * 10**places, denominator * people
    whole = (2 * top + bottom) // (2 * bottom) * (1 if numerator >= 0 else -1)
    return whole if not places else Decimal(whole).scaleb(-places)
