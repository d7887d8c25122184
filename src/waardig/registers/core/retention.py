"""How long a fact of a register is kept, and from which day that counts, as its declaration says.

Pure. What is past its term is decided in the database (sql/terms.sql, archive/sql/facts.sql), by the same words.
Source: AVG article 5(1)(e); Archiefwet 1995 article 3; Selectielijst gemeenten 2020.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Starts(StrEnum):
    """From which day a term counts."""

    END = "end"
    """The last day on which the fact held, or the day on which other knowledge took its place: what came first."""
    RECORDED = "recorded"
    """The day on which we learnt it."""
    RELATION = "relation"
    """The day on which the municipality had nothing more to do with this person."""
    DEATH = "death"
    """The day on which this person died."""
    DOSSIER = "dossier"
    """It goes with the case, message, request or line of the log that it belongs to, by the term of that."""


@dataclass(frozen=True)
class Retention:
    """The term of one attribute.

    Attributes:
        period: ISO 8601, for example "P10Y"; source: which selection list or law says so.
        copy_period: term of the local copy of what is asked at its source, from the last time it was asked; "" when the
            attribute is never asked there.
    """

    period: str
    starts: Starts
    source: str
    copy_period: str = ""


@dataclass(frozen=True)
class Relation:
    """When a municipality has to do with somebody.

    Attributes:
        shown_by: by attribute the values that show it, of the person or of who names this person.
        death: the attribute with the date of death; it ends every relation.
    """

    shown_by: Mapping[str, tuple[str, ...]]
    death: str


def retention_of(raw: Mapping[str, object]) -> Retention:
    """A term from its parsed YAML, which has passed the JSON schema."""
    return Retention(str(raw["period"]), Starts(str(raw["from"])), str(raw["source"]), str(raw.get("copy", "")))


def relation_of(raw: object) -> Relation | None:
    """What shows a relation, from parsed YAML; None when the register does not say."""
    if not isinstance(raw, Mapping):
        return None
    shown = {str(key): tuple(map(str, values)) for key, values in raw["shown_by"].items()}
    return Relation(shown, str(raw["death"]))


def problem_with_terms(terms: Mapping[str, Retention], relation: Relation | None) -> str | None:
    """What is missing in the terms of a register, or None."""
    needing = sorted(name for name, one in terms.items() if one.starts in (Starts.RELATION, Starts.DEATH))
    if needing and relation is None:
        return f"the term of {needing[0]} counts from a relation or a death, and the register has no `relation`"
    return None
