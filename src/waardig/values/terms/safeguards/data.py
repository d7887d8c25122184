"""Safeguards about data: W01, W02, W03, W14 and W15."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.facts import AccessCount, AttributesSeen, AttributeUse, PublicationState, RetentionCount
from waardig.values.terms.findings import Enforcement, Finding, Verdict
from waardig.values.terms.safeguards.verdicts import never
from waardig.values.terms.words import count_words, iso_period, listed


@dataclass(frozen=True)
class ForbiddenData:
    """A group of attributes that may never count, under one everyday word."""

    id: str
    name: Bilingual
    attributes: frozenset[str]


@dataclass(frozen=True)
class ForbiddenAttributes:
    """W01 verboden gegeven. Source: Grondwet art. 1, AVG art. 9."""

    id: str
    groups: tuple[ForbiddenData, ...]
    kind: ClassVar[str] = "W01"
    enforced_at: ClassVar[Enforcement] = Enforcement.ACTIVATE
    title: ClassVar[Bilingual] = Bilingual("Dit telt nooit mee", "This never counts")

    @property
    def attributes(self) -> frozenset[str]:
        """Every forbidden attribute."""
        return frozenset().union(*(group.attributes for group in self.groups))

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        names = [group.name for group in self.groups]
        return Bilingual(
            f"Deze gegevens tellen nooit mee: {listed(names, 'nl')}.", f"These data never count: {listed(names, 'en')}."
        )

    def check(self, facts: AttributesSeen) -> Finding:
        """Fails as soon as the rule can read, or anybody read, a forbidden attribute."""
        found = len(self.attributes & (facts.rule_attributes | facts.accessed))
        return never(facts.accesses, found, count_words(found, "verboden gegevens gelezen", "forbidden data read"))


@dataclass(frozen=True)
class PurposeBinding:
    """W02 doelbinding: every read is for a covered activity and recipient. Source: AVG art. 5(1)(b)."""

    id: str
    activities: frozenset[str]
    recipients: frozenset[str]
    kind: ClassVar[str] = "W02"
    enforced_at: ClassVar[Enforcement] = Enforcement.ACCESS
    title: ClassVar[Bilingual] = Bilingual("Alleen voor dit doel", "For this purpose only")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            "Wij gebruiken de gegevens alleen voor dit doel. Niemand anders krijgt ze."
            if not self.recipients
            else "Wij gebruiken de gegevens alleen voor dit doel.",
            "We use the data for this purpose only. Nobody else gets them."
            if not self.recipients
            else "We use the data for this purpose only.",
        )

    def check(self, facts: AccessCount) -> Finding:
        """Fails on one read outside the covered purposes."""
        words = count_words(facts.outside, "keer voor iets anders gebruikt", "times used for something else")
        return never(facts.accesses, facts.outside, words)


@dataclass(frozen=True)
class Minimal:
    """W03 minimaal: only the agreed attributes. Source: AVG art. 5(1)(c)."""

    id: str
    attributes: frozenset[str]
    kind: ClassVar[str] = "W03"
    enforced_at: ClassVar[Enforcement] = Enforcement.ACCESS
    title: ClassVar[Bilingual] = Bilingual("Alleen de afgesproken gegevens", "Only the agreed data")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        number = len(self.attributes)
        return Bilingual(
            f"Wij lezen alleen de {number} afgesproken gegevens.", f"We read only the {number} agreed facts."
        )

    def check(self, facts: AttributeUse) -> Finding:
        """Fails when more was served than agreed; warns when an agreed fact is never used."""
        surplus = facts.served - self.attributes
        words = count_words(len(surplus), "keer iets anders gevraagd", "times something else was asked")
        if surplus:
            return Finding(Verdict.FAILS, facts.asks, len(surplus), words)
        unused = facts.unused & self.attributes
        if facts.asks and unused:
            return Finding(
                Verdict.WARNS,
                facts.asks,
                len(unused),
                Bilingual(f"{len(unused)} gegevens nooit gebruikt", f"{len(unused)} facts never used"),
            )
        return Finding(Verdict.PASSES, facts.asks, 0, words)


@dataclass(frozen=True)
class Retention:
    """W14 bewaren: what is not needed goes. Source: AVG art. 5(1)(e), Archiefwet 1995 art. 3."""

    id: str
    period: str
    non_hits_count_only: bool
    kind: ClassVar[str] = "W14"
    enforced_at: ClassVar[Enforcement] = Enforcement.MONITOR
    title: ClassVar[Bilingual] = Bilingual("Wij bewaren kort", "We keep it short")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        term = iso_period(self.period)
        more = Bilingual(" Geen recht? Dan houden wij alleen een telling.", " No right? Then we keep a count only.")
        return Bilingual(
            f"Wij bewaren de uitkomst {term.nl}." + (more.nl if self.non_hits_count_only else ""),
            f"We keep the outcome for {term.en}." + (more.en if self.non_hits_count_only else ""),
        )

    def check(self, facts: RetentionCount) -> Finding:
        """Fails when something is kept past its term."""
        words = count_words(facts.past_term, "uitkomsten te lang bewaard", "outcomes kept too long")
        return never(facts.kept, facts.past_term, words)


@dataclass(frozen=True)
class PublicAndAssessed:
    """W15 openbaar en getoetst: the public registers say what runs, and the DPIA is valid. Source: AVG art. 30, 35."""

    id: str
    register: str
    processing_register: str
    assessment: str
    kind: ClassVar[str] = "W15"
    enforced_at: ClassVar[Enforcement] = Enforcement.PUBLISH
    title: ClassVar[Bilingual] = Bilingual("Openbaar en getoetst", "Public and assessed")

    @property
    def sentence(self) -> Bilingual:
        """What the resident reads."""
        return Bilingual(
            "Deze dienst staat in het openbare register. De risico's voor uw privacy zijn onderzocht.",
            "This service is in the public register. The risks for your privacy were assessed.",
        )

    def check(self, facts: PublicationState) -> Finding:
        """Fails when the assessment ran out or the entry is missing; warns when the entry is behind what runs."""
        expired = facts.assessment_valid_until is None or facts.assessment_valid_until < facts.on
        words = (
            Bilingual("Staat in het register", "In the register")
            if facts.registered
            else Bilingual("Staat niet in het register", "Not in the register")
        )
        if expired or not facts.registered:
            return Finding(Verdict.FAILS, 1, 1, words)
        if facts.differs:
            behind = Bilingual("Het register loopt achter", "The register is behind")
            return Finding(Verdict.WARNS, 1, 1, behind)
        return Finding(Verdict.PASSES, 1, 0, words)
