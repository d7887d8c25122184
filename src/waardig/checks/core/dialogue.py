"""Which question comes next: only what the law still looks for, given what is known. There is no list of questions;
pure.

The law itself is asked, with facts that remember what was looked for and not there. What stands behind an untaken
branch is
never looked for, and once a definite no settles the matter nothing more is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waardig.catalogue.terms import Check, CheckQuestion
from waardig.checks.terms import Ending, Standing, State
from waardig.law import queries as law
from waardig.law.terms import OK, UNKNOWN, Fact

MOST_STEPS = 40


@dataclass
class Listening:
    """Facts that remember what the law looked for in vain (a FactSource of the law room)."""

    facts: Mapping[str, Fact]
    missed: dict[str, None] = field(default_factory=dict)

    def find(self, name: str, fact_name: str, *_: Any) -> Fact | None:  # noqa: ARG002
        """The fact of exactly this name."""
        found = self.facts.get(fact_name)
        if found is None:
            self.missed.setdefault(fact_name)
        return found


@dataclass(frozen=True)
class Dialogue:
    """A check with the law that it asks.

    Attributes:
        parameters: the municipality and what else the law is given besides facts.
    """

    check: Check
    book: law.LawBook
    on: date
    parameters: Mapping[str, Any]

    def standing(self, facts: Mapping[str, Fact]) -> Standing:
        """What the law says now, and what it looked for."""
        entitled = self._listen(self.check.outputs.entitlement, facts)
        if entitled[0].reason == OK and entitled[0].value is False:
            return Standing(Ending.NO, ())
        wanted = entitled[1]
        if entitled[0].reason == OK:
            amount, wanted = self._listen(self.check.outputs.amount, facts)
            if amount.reason == OK:
                return Standing(Ending.YES if amount.value else Ending.NO, ())
        return Standing(None if self._askable(wanted) else Ending.UNSURE, wanted)

    def _listen(self, output: str, facts: Mapping[str, Fact]) -> tuple[Any, tuple[str, ...]]:
        heard = Listening(facts)
        said = law.evaluate(
            self.book, self.check.law, (output,), on=self.on, parameters=self.parameters, facts=heard
        ).outputs[output]
        return said, tuple(heard.missed)

    def _askable(self, wanted: tuple[str, ...]) -> list[CheckQuestion]:
        """In the order of the file: easy questions first."""
        return [question for question in self.check.questions if question.input in wanted]

    def next_question(self, state: State) -> CheckQuestion | None:
        """The question that is asked now: the one that the person wants to give again, else what the law looks for."""
        if state.asking:
            return self.check.question(state.asking)
        standing = self.standing(state.facts)
        return None if standing.ending else self._askable(standing.wanted)[0]

    def most_left(self, facts: Mapping[str, Fact]) -> int:
        """How many questions can still come at most: at every step the answer is tried that leaves most open."""
        known, count = dict(facts), 0
        while count < MOST_STEPS:
            standing = self.standing(known)
            if standing.ending:
                return count
            question = self._askable(standing.wanted)[0]
            known = max(
                ({**known, question.input: fact} for fact in trials(question, self.on)), key=lambda f: self._open(f)
            )
            count += 1
        return count

    def _open(self, facts: Mapping[str, Fact]) -> int:
        standing = self.standing(facts)
        return 0 if standing.ending else len(self._askable(standing.wanted))


def trials(question: CheckQuestion, on: date) -> Iterator[Fact]:
    """Answers of every sort to a question, to see where each would lead."""
    match question.kind:
        case "yes_no":
            yield from (Fact(True), Fact(False))
        case "choice":
            yield from (Fact(choice.value) for choice in question.choices)
        case "date":
            yield from (Fact(day.isoformat()) for day in (date(on.year - 40, 1, 1), date(on.year - 80, 1, 1), on))
        case _:
            yield from (Fact(amount) for amount in (question.least or 0, question.most or 10_000_000))
    yield Fact(None, UNKNOWN)
