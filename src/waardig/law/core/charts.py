"""A bar for each row, as SVG that a screen reader tells too: a title, a description, and the same figures in text.

Whole pixels from whole numbers, so the same figures give the same bytes. Below zero is another colour and stands left
of the line; the figure with its sign stands beside each bar, so nobody needs the colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABEL, FIGURE, LINE = 720, 220, 130, 28
MORE, LESS, INK, AXIS = "#0c5468", "#a3281c", "#1d2b33", "#7d776a"
FONT = "'Source Sans 3', system-ui, sans-serif"
LONGEST = 24


@dataclass(frozen=True)
class Bar:
    """One bar: whose it is, how much, and that as text."""

    label: str
    value: int
    told: str


def bars(name: str, title: str, description: str, found: Sequence[Bar]) -> str:
    """The chart; `name` makes its ids unique on a page."""
    lowest, highest = min(0, *(bar.value for bar in found)), max(0, *(bar.value for bar in found))
    room = WIDTH - LABEL - FIGURE
    span = max(highest - lowest, 1)
    zero = LABEL + room * -lowest // span
    height = LINE * len(found) + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{FONT}" font-size="15" fill="{INK}">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(description)}</desc>',
        f'<line x1="{zero}" y1="4" x2="{zero}" y2="{height - 4}" stroke="{AXIS}"/>',
    ]
    for place, bar in enumerate(found):
        lines += _bar(bar, LINE * place + 6, zero, room * abs(bar.value) // span)
    return "\n".join([*lines, "</svg>", ""])


def _bar(bar: Bar, top: int, zero: int, size: int) -> list[str]:
    label = bar.label if len(bar.label) <= LONGEST else f"{bar.label[: LONGEST - 1]}…"
    left = zero if bar.value >= 0 else zero - size
    colour = MORE if bar.value >= 0 else LESS
    return [
        f'<text x="{LABEL - 8}" y="{top + 17}" text-anchor="end">{escape(label)}</text>',
        f'<rect x="{left}" y="{top + 2}" width="{size}" height="{LINE - 8}" fill="{colour}"/>',
        f'<text x="{WIDTH - 2}" y="{top + 17}" text-anchor="end">{escape(bar.told)}</text>',
    ]


def described(found: Sequence[Bar]) -> str:
    """The figures of a chart as one sentence for its description."""
    return "; ".join(f"{bar.label}: {bar.told}" for bar in found) + "."
