"""How a verdict follows from counts."""

from __future__ import annotations

from math import sqrt

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.findings import Finding, Verdict


def never(n: int, value: int, words: Bilingual) -> Finding:
    """The verdict of a condition that allows no exception."""
    return Finding(Verdict.FAILS if value else Verdict.PASSES, n, value, words)


def wilson_lower(hits: int, n: int, z: float = 1.959964) -> float:
    """Lower bound of the 95% Wilson interval of a share.

    Source: E.B. Wilson (1927), Journal of the American Statistical Association 22(158).

    Example:
        >>> round(wilson_lower(98, 100), 3)
        0.93
    """
    if n == 0:
        return 0.0
    share = hits / n
    centre = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(0.0, (centre - spread) / (1 + z * z / n)))
