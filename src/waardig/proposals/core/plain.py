"""A household of which nobody hears anything, as judged in bulk; pure."""

from __future__ import annotations

from typing import NamedTuple


class Plain(NamedTuple):
    """A household of which nobody hears anything, as judged in bulk; `partner` only when read."""

    first: str
    partner: str | None
    outcome: str
    reason: str
    assumed: str

    @property
    def persons(self) -> tuple[str, ...]:
        """Who was read."""
        return (self.first,) if self.partner is None else (self.first, self.partner)
