"""What a measurement of a safeguard says: Verdict (oordeel), Finding (bevinding), Enforcement (waar het afdwingt)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from waardig.kernel.bilingual import Bilingual


class Verdict(StrEnum):
    """passes (voldoet) · warns (waarschuwing) · fails (faalt) · too_little_data (te weinig gegevens)."""

    PASSES = "passes"
    WARNS = "warns"
    FAILS = "fails"
    TOO_LITTLE_DATA = "too_little_data"


class Enforcement(StrEnum):
    """The point where a safeguard is enforced, besides its measurement."""

    ACTIVATE = "activate"
    ACCESS = "access"
    RUN = "run"
    OUTCOME = "outcome"
    MESSAGE = "message"
    MONITOR = "monitor"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Attributes:
        n: how many cases, reads or messages it looked at.
        value: the number that decided: a count, or a share in whole percent, as the words say.
        words: what a visitor of the public page reads.
    """

    verdict: Verdict
    n: int
    value: int
    words: Bilingual


@dataclass(frozen=True)
class Measurement:
    """A finding that was recorded; measurements are only ever added."""

    service: str
    safeguard: str
    kind: str
    measured_on: date
    recorded_at: datetime
    finding: Finding
