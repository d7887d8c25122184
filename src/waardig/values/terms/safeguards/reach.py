"""Safeguards about how a service reaches people and when it ends: W09, W10, W11 and W12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.facts import Calendar, MessageCount, OptOutCount, PaperCount
from waardig.values.terms.findings import Enforcement, Finding, Verdict
from waardig.values.terms.safeguards.verdicts import never
from waardig.values.terms.words import count_words

OVERDUE_EVALUATION = timedelta(days=30)


@dataclass(frozen=True)
class Horizon:
    """W09 horizon: the decision ends, and is evaluated before."""

    id: str
    valid_until: date
    evaluate_on: date
    max_runs: int | None = None
    kind: ClassVar[str] = "W09"
    enforced_at: ClassVar[Enforcement] = Enforcement.RUN
    title: ClassVar[Bilingual] = Bilingual("Dit stopt vanzelf", "This ends by itself")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads; the dates stand in ISO form for the page to write out."""
        return Bilingual(
            f"De dienst stopt na {self.valid_until.isoformat()}, tenzij er opnieuw besloten wordt.",
            f"The service ends after {self.valid_until.isoformat()} unless it is decided again.",
        )

    def check(self, facts: Calendar) -> Finding:
        """Fails after the last day, over the number of runs, or 30 days after a missed evaluation; warns between."""
        one = facts.runs == 1
        words = count_words(
            facts.runs, "ronde gedaan" if one else "rondes gedaan", "round done" if one else "rounds done"
        )
        missed = facts.evaluated_on is None and facts.on > self.evaluate_on
        over = self.max_runs is not None and facts.runs > self.max_runs
        if facts.on > self.valid_until or over or (missed and facts.on > self.evaluate_on + OVERDUE_EVALUATION):
            return Finding(Verdict.FAILS, facts.runs, facts.runs, words)
        return Finding(Verdict.WARNS if missed else Verdict.PASSES, facts.runs, facts.runs, words)


@dataclass(frozen=True)
class OptOut:
    """W10 afmelding: who opted out is not looked for. Source: AVG art. 21."""

    id: str
    subject: str
    honoured_within_hours: int
    kind: ClassVar[str] = "W10"
    enforced_at: ClassVar[Enforcement] = Enforcement.RUN
    title: ClassVar[Bilingual] = Bilingual("Wie niet wil, wordt niet gezocht", "Who opts out is not looked for")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            "U kunt zich afmelden zonder reden. Dat geldt binnen "
            f"{self.honoured_within_hours} uur en in elk geval voor de volgende ronde.",
            "You can opt out without a reason. It counts within "
            f"{self.honoured_within_hours} hours and in any case before the next round.",
        )

    def check(self, facts: OptOutCount) -> Finding:
        """Fails when somebody who opted out was read all the same."""
        return never(facts.opted_out, facts.approached, _skipped(facts))


def _skipped(facts: OptOutCount) -> Bilingual:
    """Who was skipped; while all goes well a number below ten is not told, so that nobody is recognised."""
    if facts.approached == 0 and 0 < facts.opted_out < 10:
        return Bilingual("minder dan 10 afmeldingen, alle overgeslagen", "fewer than 10 opted out, all skipped")
    skipped = facts.opted_out - facts.approached
    return Bilingual(
        f"{facts.opted_out} afmeldingen, {skipped} overgeslagen", f"{facts.opted_out} opted out, {skipped} skipped"
    )


@dataclass(frozen=True)
class Channel:
    """W11 kanaal: paper unless the person chose digital. Source: Awb art. 2:13-2:14."""

    id: str
    paper_within_days: int
    unread_after_days: int
    kind: ClassVar[str] = "W11"
    enforced_at: ClassVar[Enforcement] = Enforcement.MESSAGE
    title: ClassVar[Bilingual] = Bilingual(
        "Post op papier, tenzij u anders koos", "Paper post unless you chose otherwise"
    )

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            f"U krijgt een brief binnen {self.paper_within_days} dagen. Digitaal alleen als u dat koos.",
            f"You get a letter within {self.paper_within_days} days. Digital only if you chose it.",
        )

    def check(self, facts: PaperCount) -> Finding:
        """Fails when somebody without a digital choice got no paper in time, or only digital."""
        late = facts.due - facts.in_time
        words = Bilingual(
            f"{facts.in_time} van {facts.due} binnen {self.paper_within_days} dagen",
            f"{facts.in_time} of {facts.due} within {self.paper_within_days} days",
        )
        return never(facts.due, late + facts.digital_without_choice, words)


@dataclass(frozen=True)
class Explanation:
    """W12 uitleg: no message without its explanation. Source: Awb art. 3:46-3:47, CJEU C-203/22."""

    id: str
    elements: tuple[str, ...]
    counterfactual: bool
    kind: ClassVar[str] = "W12"
    enforced_at: ClassVar[Enforcement] = Enforcement.MESSAGE
    title: ClassVar[Bilingual] = Bilingual("Elk bericht heeft uitleg", "Every message is explained")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            "Bij elk bericht kunt u elke stap nalezen, en wanneer het anders was geweest."
            if self.counterfactual
            else "Bij elk bericht kunt u elke stap nalezen.",
            "With every message you can read each step, and what would have changed it."
            if self.counterfactual
            else "With every message you can read each step.",
        )

    def missing(self, present: frozenset[str]) -> tuple[str, ...]:
        """The elements that a message still lacks, in the order of the dossier; with any, it may not be sent."""
        return tuple(element for element in self.elements if element not in present)

    def check(self, facts: MessageCount) -> Finding:
        """Fails on one message sent without its explanation."""
        words = Bilingual(
            f"{facts.sent - facts.incomplete} van {facts.sent} berichten met uitleg",
            f"{facts.sent - facts.incomplete} of {facts.sent} messages explained",
        )
        return never(facts.sent, facts.incomplete, words)
