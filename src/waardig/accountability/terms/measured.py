"""A measurement of a safeguard as everybody may see it: always the verdict, the number only when it tells of no few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import Verdict


@dataclass(frozen=True)
class PublicMeasurement:
    """One measurement.

    Attributes:
        words, n: None as long as the number is below ten, or differs by less than ten from what was told before.
    """

    safeguard: str
    kind: str
    on: date
    verdict: Verdict
    words: Bilingual | None = None
    n: int | None = None
