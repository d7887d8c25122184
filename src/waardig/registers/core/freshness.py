"""How old what we hold of a source may be when something is decided with it, as the register declares.

Pure. A register without this is never asked again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Freshness:
    """Attributes: days a fact may be old; must_wait: nothing is decided with an older one while nobody answers."""

    days: int
    must_wait: bool


def freshness_of(raw: object) -> Freshness | None:
    """From parsed YAML, which has passed the JSON schema; None when the register says nothing."""
    if not isinstance(raw, Mapping):
        return None
    return Freshness(int(str(raw["days"])), raw["silent"] == "wait")
