"""Figures of a round in which nobody can be recognised.

Everybody of the round stands in exactly one cell. Cells are added together until none holds 1 to 9 people, in the way
that leaves most figures to be shown; a figure is published only when it is a sum of whole groups. So every published
figure, and every difference between a figure and a part of it, is zero or at least ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from waardig.values.terms import Figures, RoundNumbers

SMALLEST = 10
_YES = frozenset({"granted", "refused_or_open"})
_PROPOSED = _YES | {"said_no", "silent"}
_LOOKED_AT = _PROPOSED | {"no_proposal"}
_FIGURES: Mapping[str, frozenset[str]] = {
    "clients": _LOOKED_AT | {"opted_out"},
    "opted_out": frozenset({"opted_out"}),
    "looked_at": _LOOKED_AT,
    "proposals": _PROPOSED,
    "answered_yes": _YES,
    "answered_no": frozenset({"said_no"}),
    "granted": frozenset({"granted"}),
    "refused_or_open": frozenset({"refused_or_open"}),
}
Group = frozenset[str]


def merged(cells: Mapping[str, int], shown: Sequence[Group] = (), smallest: int = SMALLEST) -> dict[Group, int]:
    """Cells in groups of none or at least `smallest` people, such that most of `shown` are sums of whole groups.

    Of equally good ways the one with most groups; a whole that is itself too small has no group at all.

    Example:
        >>> {"+".join(sorted(names)): count for names, count in merged({"yes": 41, "no": 4, "none": 0}).items()}
        {'none': 0, 'no+yes': 45}
    """
    safe = [
        groups
        for groups in _partitions(tuple(cells))
        if all(_count(cells, group) == 0 or _count(cells, group) >= smallest for group in groups)
    ]
    best = max(safe, key=lambda groups: (sum(_is_whole(one, groups) for one in shown), len(groups)), default=())
    return {group: _count(cells, group) for group in sorted(best, key=lambda one: (len(one), sorted(one)))}


def _count(cells: Mapping[str, int], group: Group) -> int:
    return sum(cells[name] for name in group)


def _is_whole(figure: Group, groups: Sequence[Group]) -> bool:
    return all(group <= figure or not group & figure for group in groups)


def _partitions(names: Sequence[str]) -> Iterator[tuple[Group, ...]]:
    """Every way to put cells into groups: 203 ways for the six cells of a round."""
    if not names:
        yield ()
        return
    for rest in _partitions(names[1:]):
        yield (frozenset({names[0]}), *rest)
        for place, group in enumerate(rest):
            yield (*rest[:place], group | {names[0]}, *rest[place + 1 :])


def figures_of(numbers: RoundNumbers) -> Figures:
    """The figures that may be published; None where a figure could give somebody away.

    Raises:
        ValueError: the numbers contradict each other.
    """
    groups = merged(_cells(numbers), tuple(_FIGURES.values()))
    figures = {
        name: _count_whole(groups, names) if groups and _is_whole(names, tuple(groups)) else None
        for name, names in _FIGURES.items()
    }
    return Figures(
        round_on=numbers.round_on,
        as_of=numbers.as_of,
        paid_eurocent=numbers.paid_eurocent if figures["granted"] is not None else None,
        **figures,
    )


def _count_whole(groups: Mapping[Group, int], names: Group) -> int:
    return sum(count for group, count in groups.items() if group <= names)


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
