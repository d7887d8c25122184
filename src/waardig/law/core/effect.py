"""For whom a change of law matters: outcomes under the old and the new version, counted, with exact amounts.

Fewer than ten people are never shown as a number, nor can they be found by subtraction (kernel.small_cells); amounts go
when the people behind them would be fewer than ten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from waardig.kernel.small_cells import SMALLEST, publishable, value_of
from waardig.law.core.values import says_something, to_outside
from waardig.law.terms import ABSENT, OK, Value

HIDDEN = "< 10"
WITHHELD = "withheld"
SAME, GAINED, LOST, MORE, LESS, OTHER = "same", "gained", "lost", "more", "less", "other"
GROUPS = (SAME, GAINED, LOST, MORE, LESS, OTHER)


@dataclass(frozen=True)
class Effect:
    """What a change does to one output.

    Attributes:
        people: everybody, shown.
        changed: people whose outcome differs; a number, "< 10" or "withheld".
        groups: people by group: same, gained (nothing before), lost (nothing now), more, less, other.
        old_sum, new_sum, difference: exact, in the unit of the output; None when it is no number or may not be shown.
    """

    output: str
    unit: str | None
    people: int | str
    changed: int | str
    groups: Mapping[str, int | str]
    old_sum: Value = None
    new_sum: Value = None
    difference: Value = None


def effect(
    output: str,
    unit: str | None,
    old: tuple[Sequence[Value], Sequence[str]],
    new: tuple[Sequence[Value], Sequence[str]],
) -> Effect:
    """One output of everybody under both versions: values and reasons in row order."""
    counts = dict.fromkeys(GROUPS, 0)
    sums = [Fraction(0), Fraction(0)]
    numeric = False
    for was, was_reason, is_, is_reason in zip(*old, *new, strict=True):
        counts[_group((was, was_reason), (is_, is_reason))] += 1
        for n, value in enumerate((was, is_)):
            if _number(value):
                sums[n] += Fraction(value)  # type: ignore[arg-type]
                numeric = True
    people = sum(counts.values())
    shown = shielded(counts)
    changed = people - counts[SAME]
    told = HIDDEN if 0 < changed < SMALLEST else changed if isinstance(shown[SAME], int) else WITHHELD
    moved = sum(counts[group] for group in (GAINED, LOST, MORE, LESS))
    open_ = numeric and people >= SMALLEST and not 0 < moved < SMALLEST
    amounts = [to_outside(sums[0]), to_outside(sums[1]), to_outside(sums[1] - sums[0])] if open_ else [None] * 3
    return Effect(output, unit, people if people >= SMALLEST or not people else HIDDEN, told, shown, *amounts)


def shielded(counts: dict[str, int]) -> dict[str, int | str]:
    """Counts that may be shown; what is small is "< 10", and what would give it away by subtraction is withheld."""
    ascending = dict(sorted(counts.items(), key=lambda one: one[1]))  # the first way found joins the small ones
    groups = publishable(ascending, [frozenset({name}) for name in counts])
    found: dict[str, int | str] = {}
    for name, count in counts.items():
        value = value_of(groups, frozenset({name}))
        found[name] = value if value is not None else HIDDEN if 0 < count < SMALLEST else WITHHELD
    return found


def _group(old: tuple[Value, str], new: tuple[Value, str]) -> str:
    if old == new:
        return SAME
    if not {old[1], new[1]} <= {OK, ABSENT}:
        return OTHER
    had, has = says_something(old[0]), says_something(new[0])
    if had != has:
        return GAINED if has else LOST
    if _number(old[0]) and _number(new[0]):
        return MORE if new[0] > old[0] else LESS  # type: ignore[operator]
    return OTHER


def _number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
