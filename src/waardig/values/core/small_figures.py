"""Figures of a round in which nobody can be recognised.

Everybody of the round stands in exactly one cell. Small cells are added together until none holds 1 to 9 people, and
a figure is published only when it is a sum of whole cells. So every published figure, and every difference between a
figure and a part of it, is zero or at least ten.
"""

from __future__ import annotations

from collections.abc import Mapping

from waardig.values.terms import Figures, RoundNumbers

SMALLEST = 10
_YES = frozenset({"granted", "refused_or_open"})
_PROPOSED = _YES | {"said_no", "silent"}
_LOOKED_AT = _PROPOSED | {"no_proposal"}
_CLIENTS = _LOOKED_AT | {"opted_out"}


def merged(cells: Mapping[str, int], smallest: int = SMALLEST) -> dict[frozenset[str], int]:
    """Cells with the small ones added together and, as long as that is still small, to the next smallest.

    Example:
        >>> {"+".join(sorted(names)): count for names, count in merged({"yes": 41, "no": 4, "none": 0}).items()}
        {'none': 0, 'no+yes': 45}
    """
    small = {name for name, count in cells.items() if 0 < count < smallest}
    rest = sorted((name for name in cells if name not in small and cells[name]), key=lambda name: cells[name])
    while small and sum(cells[name] for name in small) < smallest and rest:
        small.add(rest.pop(0))
    alone = {frozenset({name}): count for name, count in cells.items() if name not in small}
    total = sum(cells[name] for name in small)
    return alone | ({frozenset(small): total} if total >= smallest else {})


def figures_of(numbers: RoundNumbers) -> Figures:
    """The figures that may be published; None where a figure could give somebody away.

    Raises:
        ValueError: the numbers contradict each other.
    """
    cells = _cells(numbers)
    groups = merged(cells)

    def figure(names: frozenset[str]) -> int | None:
        inside = [group for group in groups if group <= names]
        whole = frozenset().union(*inside) == set(names)
        return sum(groups[group] for group in inside) if whole else None

    granted = figure(frozenset({"granted"}))
    return Figures(
        round_on=numbers.round_on,
        as_of=numbers.as_of,
        clients=figure(_CLIENTS),
        opted_out=figure(frozenset({"opted_out"})),
        looked_at=figure(_LOOKED_AT),
        proposals=figure(_PROPOSED),
        answered_yes=figure(_YES),
        answered_no=figure(frozenset({"said_no"})),
        granted=granted,
        refused_or_open=figure(frozenset({"refused_or_open"})),
        paid_eurocent=numbers.paid_eurocent if granted is not None else None,
    )


def _cells(numbers: RoundNumbers) -> dict[str, int]:
    cells = {
        "opted_out": numbers.opted_out,
        "no_proposal": numbers.looked_at - numbers.proposals,
        "silent": numbers.proposals - numbers.answered_yes - numbers.answered_no,
        "said_no": numbers.answered_no,
        "granted": numbers.granted,
        "refused_or_open": numbers.refused_or_open,
    }
    fits = (
        numbers.clients == numbers.opted_out + numbers.looked_at
        and numbers.answered_yes == numbers.granted + numbers.refused_or_open
    )
    if not fits or min(cells.values()) < 0:
        raise ValueError(f"the figures of the round do not add up: {numbers}")
    return cells
