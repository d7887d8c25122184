"""Safeguards about deciding: W04, W05 and W08."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.facts import DecisionCount, FollowCount, SampleCount
from waardig.values.terms.findings import Enforcement, Finding, Verdict
from waardig.values.terms.safeguards.verdicts import never, wilson_lower


@dataclass(frozen=True)
class HumanDecides:
    """W04 mens beslist. Source: AVG art. 22, Algemene wet bestuursrecht art. 3:46.

    Attributes:
        outcomes: afwijzing, lager, terugvordering, selectie, onbekend, open_norm.
        min_reason_characters: length of the official's own reasoning.
    """

    id: str
    outcomes: frozenset[str]
    role: str
    min_reason_characters: int
    kind: ClassVar[str] = "W04"
    enforced_at: ClassVar[Enforcement] = Enforcement.OUTCOME
    title: ClassVar[Bilingual] = Bilingual("Een mens beslist over elke nee", "A person decides every no")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            "Een medewerker beslist over elke nee en elke twijfel, met eigen redenen. De computer rekent alleen voor.",
            "An official decides every no and every doubt, with reasons of their own. The computer only prepares.",
        )

    def allows(self, outcome: str, *, by_role: str | None, reasons: str) -> bool:
        """Whether this outcome may take effect: a person with the role decided it with reasons of their own."""
        if outcome not in self.outcomes:
            return True
        return by_role == self.role and len(reasons.strip()) >= self.min_reason_characters

    def check(self, facts: DecisionCount) -> Finding:
        """Fails on one such decision by the computer, or without reasons."""
        wrong = facts.by_system + facts.without_reasons
        words = Bilingual(
            f"{facts.by_system} van {facts.decisions} besluiten door de computer",
            f"{facts.by_system} of {facts.decisions} decisions by the computer",
        )
        return never(facts.decisions, wrong, words)


@dataclass(frozen=True)
class MeaningfulReview:
    """W05 betekenisvol: a person who follows the computer almost always does not decide. Source: CJEU C-634/21."""

    id: str
    max_follow_percent: int
    min_n: int
    min_median_seconds: int
    kind: ClassVar[str] = "W05"
    enforced_at: ClassVar[Enforcement] = Enforcement.MONITOR
    title: ClassVar[Bilingual] = Bilingual("Een mens kijkt echt", "A person really looks")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            f"Wij meten of medewerkers echt zelf beslissen. Vaker dan {self.max_follow_percent}% meegaan mag niet.",
            f"We measure whether officials really decide. Agreeing in over {self.max_follow_percent}% is too much.",
        )

    def check(self, facts: FollowCount) -> Finding:
        """Fails when the lower 95% bound of the follow rate is above the ceiling; warns on the rate or the time."""
        rate = round(100 * facts.followed / facts.decided) if facts.decided else 0
        words = Bilingual(
            f"{facts.followed} van {facts.decided} keer eens met de computer",
            f"{facts.followed} of {facts.decided} times agreed with the computer",
        )
        if facts.decided < self.min_n:
            return Finding(Verdict.TOO_LITTLE_DATA, facts.decided, rate, words)
        if 100 * wilson_lower(facts.followed, facts.decided) > self.max_follow_percent:
            return Finding(Verdict.FAILS, facts.decided, rate, words)
        quick = facts.median_seconds < self.min_median_seconds
        warns = quick or 100 * facts.followed > self.max_follow_percent * facts.decided
        return Finding(Verdict.WARNS if warns else Verdict.PASSES, facts.decided, rate, words)


@dataclass(frozen=True)
class RandomSample:
    """W08 aselecte steekproef: a part of the cases is decided blind by a second person.

    Attributes:
        percent: share of cases drawn.
        min_n: reviewed cases below which nothing is certain.
        done_within_days: a drawn case must be reviewed within this many days.
    """

    id: str
    percent: int
    min_n: int
    done_within_days: int
    blind: bool
    kind: ClassVar[str] = "W08"
    enforced_at: ClassVar[Enforcement] = Enforcement.OUTCOME
    title: ClassVar[Bilingual] = Bilingual("Steekproef: mens kijkt na", "Sample: a person checks")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        one_in = round(100 / self.percent)
        unseen = Bilingual(" Die ziet niet wat de computer rekende.", " They do not see what the computer worked out.")
        return Bilingual(
            f"Een medewerker kijkt 1 op de {one_in} zaken na." + (unseen.nl if self.blind else ""),
            f"An official checks 1 in {one_in} cases." + (unseen.en if self.blind else ""),
        )

    def draws(self, case: str, secret: bytes) -> bool:
        """Whether this case is in the sample: the same answer always, unknowable without the secret."""
        return int.from_bytes(self._digest(case, secret)[:8], "big") * 100 < self.percent << 64

    def first(self, cases: Iterable[str], secret: bytes) -> str | None:
        """The case that comes first in this draw, for a list of which none was drawn; None of no cases."""
        return min(cases, key=lambda case: self._digest(case, secret), default=None)

    def _digest(self, case: str, secret: bytes) -> bytes:
        return hmac.new(secret, f"{self.id}:{case}".encode(), hashlib.sha256).digest()

    def check(self, facts: SampleCount) -> Finding:
        """Fails when a drawn case is overdue; too little data below min_n; warns on errors found."""
        words = Bilingual(
            f"{facts.done} van {facts.drawn} klaar, {facts.errors} fouten",
            f"{facts.done} of {facts.drawn} done, {facts.errors} errors",
        )
        if facts.overdue:
            return Finding(Verdict.FAILS, facts.drawn, facts.overdue, words)
        if facts.done < self.min_n:
            unsure = Bilingual(f"{words.nl}. Te weinig om zeker te zijn.", f"{words.en}. Too few to be sure.")
            return Finding(Verdict.TOO_LITTLE_DATA, facts.done, facts.errors, unsure)
        return Finding(Verdict.WARNS if facts.errors else Verdict.PASSES, facts.done, facts.errors, words)
