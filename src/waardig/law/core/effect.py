"""For whom a change of law matters: outcomes under the old and the new version, counted, with exact amounts.

Fewer than ten people are never shown as a number, nor can they be found by subtraction (kernel.small_cells); amounts go
when the people behind them would be fewer than ten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waardig.kernel.small_cells import SMALLEST, publishable, value_of
from waardig.law.core import counting
from waardig.law.core.counting import GAINED, LESS, LOST, MORE, OTHER, SAME, Tally
from waardig.law.terms import Value

HIDDEN = "< 10"
WITHHELD = "withheld"
PARTS: Mapping[str, tuple[str, ...]] = {
    SAME: (SAME, counting.NONE, counting.UNSURE),
    **{group: (group,) for group in (GAINED, LOST, MORE, LESS)},
    OTHER: (OTHER, counting.UNKNOWN),
}
GROUPS = tuple(PARTS)
"""As `law diff` tells it: what stays nothing, and what stays unknown for the same reason, is the same."""


@dataclass(frozen=True)
class Effect:
    """What a change does to one output.

    Attributes:
        people: everybody, shown.
        changed: people whose outcome differs; a number, "< 10" or "withheld".
        groups: people by group: same, gained (nothing before), lost (nothing now), more, less, other.
        old_sum, new_sum, difference: exact, in the unit of the output, of those whose outcome is known under both; None
            when it is no number or may not be shown.
    """

    output: str
    unit: str | None
    people: int | str
    changed: int | str
    groups: Mapping[str, int | str]
    old_sum: Value = None
    new_sum: Value = None
    difference: Value = None


def effect(output: str, unit: str | None, tally: Tally, *, numeric: bool) -> Effect:
    """What a change does to one output, from the same counting as a simulation.

    Args:
        numeric: the output is a number under both versions, so that amounts can be added up.
    """
    counts = {group: sum(tally.counts.get(atom, 0) for atom in atoms) for group, atoms in PARTS.items()}
    people = tally.people
    shown = shielded(counts)
    changed = people - counts[SAME]
    told = HIDDEN if 0 < changed < SMALLEST else changed if isinstance(shown[SAME], int) else WITHHELD
    moved = sum(counts[group] for group in (GAINED, LOST, MORE, LESS))
    open_ = numeric and people >= SMALLEST and not 0 < moved < SMALLEST
    amounts = (tally.before, tally.after, tally.after - tally.before) if open_ else (None, None, None)
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
