"""All law files together: versions by date, implementations of open terms, hooks and overrides.

Indexes are built from the version in force on the date asked, never from the newest one: a decision about the past
sees the hooks and regulations of that past.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waardig.law.core import ir
from waardig.law.terms import LawNotInForce, LawProblem, UnknownLaw, UnknownOutput

if TYPE_CHECKING:
    from waardig.law.core.graph import Program

DECISION = "BESLUIT"
"""The stage of a hook that names none, and of a decision that no procedure is written for (RFC-008)."""


@dataclass(frozen=True, eq=False)
class LawBook:
    """The law files of one or more content roots.

    Attributes:
        laws: every version of every law.
        problems: what was found while loading, when loading was asked to go on.
    """

    laws: tuple[ir.Law, ...]
    problems: tuple[LawProblem, ...] = ()
    _force: dict[datetime.date, tuple[ir.Law, ...]] = field(default_factory=dict, repr=False)
    _programs: dict[object, Program] = field(default_factory=dict, repr=False)

    def ids(self) -> tuple[str, ...]:
        """Every $id, sorted."""
        return tuple(sorted({law.id for law in self.laws}))

    def versions(self, law_id: str) -> tuple[ir.Law, ...]:
        """The versions of a law, oldest first."""
        found = [law for law in self.laws if law.id == law_id]
        return tuple(sorted(found, key=lambda law: law.valid_from or ""))

    def version(self, law_id: str, on: datetime.date) -> ir.Law:
        """The version in force on a date (RFC-019: after valid_to there is no fall-back to an older one).

        Raises:
            UnknownLaw: no file has this $id.
            LawNotInForce: not yet, or not any more.
        """
        versions = self.versions(law_id)
        if not versions:
            raise UnknownLaw(law_id, self.ids())
        started = [law for law in versions if (law.valid_from or "") <= on.isoformat()]
        if not started:
            raise LawNotInForce(law_id, on, until=None, first=versions[0].valid_from)
        newest = started[-1]
        if newest.valid_to and on.isoformat() > newest.valid_to:
            raise LawNotInForce(law_id, on, until=newest.valid_to, first=None)
        return newest

    def in_force(self, on: datetime.date) -> tuple[ir.Law, ...]:
        """The version in force of every law on a date."""
        if on not in self._force:
            laws = []
            for law_id in self.ids():
                try:
                    laws.append(self.version(law_id, on))
                except LawNotInForce:
                    continue
            if len(self._force) > 512:
                self._force.clear()
            self._force[on] = tuple(laws)
        return self._force[on]

    def producer(self, law_id: str, output: str, on: datetime.date) -> tuple[ir.Law, ir.Article]:
        """The article that produces an output.

        Raises:
            UnknownOutput: no article of the version in force does.
        """
        law = self.version(law_id, on)
        article = law.producer(output)
        if article is None:
            raise UnknownOutput(law_id, output, law.output_names())
        return law, article

    def implementations(
        self, law_id: str, article: str, term: str, on: datetime.date
    ) -> Iterator[tuple[ir.Law, ir.Article]]:
        """Every article in force on a date that says it fills this open term, whatever its scope."""
        for law in self.in_force(on):
            for candidate in law.articles:
                if any(i.law == law_id and i.article == article and i.term == term for i in candidate.implements):
                    yield law, candidate

    def hooks(
        self, character: str, decision: str | None, on: datetime.date, stage: str = DECISION
    ) -> Iterator[tuple[ir.Law, ir.Article, ir.Hook]]:
        """Every article in force that fires when a decision of this legal character comes to a stage (RFC-007, 008)."""
        for law in self.in_force(on):
            for article in law.articles:
                for hook in article.hooks:
                    if hook.legal_character != character or hook.stage != stage:
                        continue
                    if hook.decision_type in (None, decision):
                        yield law, article, hook

    def procedures(self, character: str, on: datetime.date) -> Iterator[tuple[ir.Law, ir.Procedure]]:
        """Every procedure in force for decisions of this legal character, whatever its scope."""
        for law in self.in_force(on):
            for procedure in law.procedures:
                if procedure.legal_character == character:
                    yield law, procedure


def in_scope(law: ir.Law, scope: Mapping[str, str]) -> bool:
    """True when a municipal, provincial or water board regulation applies in this scope; national law always does."""
    return all(scope.get(name) == code for name, code in law.scope.items())


def ranked(found: Iterable[tuple[ir.Law, ir.Article]]) -> list[tuple[ir.Law, ir.Article]]:
    """Lex superior, then lex posterior: the first one wins."""
    newest = sorted(found, key=lambda pair: pair[0].valid_from or "", reverse=True)
    return sorted(newest, key=lambda pair: ir.LAYER_RANK.get(pair[0].layer, 99))


def tied(order: list[tuple[ir.Law, ir.Article]]) -> bool:
    """True when neither layer nor date decides between the first two."""
    if len(order) < 2:
        return False
    first, second = order[0][0], order[1][0]
    same_layer = ir.LAYER_RANK.get(first.layer, 99) == ir.LAYER_RANK.get(second.layer, 99)
    return same_layer and first.valid_from == second.valid_from
