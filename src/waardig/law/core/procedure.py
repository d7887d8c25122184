"""A decision on its way through the stages of its procedure (regelrecht RFC-008): pure, with nothing remembered.

The article decides for the calculation date. What other laws attach to a stage (a hook: the term for deciding at
AANVRAAG, the term for objecting at BEKENDMAKING) is computed by the versions in force on the day of that stage, with
what earlier stages gave. A stage is entered when all that it requires has happened; its day is the date that it
requires. No stage sees what happens later. What is missing is named: the course waits there, and `reason` says why in
one word that a population has in its columns too.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.book import DECISION, LawBook, in_scope, ranked
from waardig.law.core.evaluate import evaluated
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NO_LISTS, FactSource
from waardig.law.core.link import link, link_stage
from waardig.law.terms import ABSENT, ERROR, OK, Evaluation, Fact, Outcome, RuleFailed, unknown

PENDING, NOT_YET = "pending", "not_yet"
"""Why a stage is not entered: what it requires has not happened (`pending:NAME`), or lies after the day that is looked
at (`not_yet:NAME`). Nobody knowing whether it happened is `unknown:NAME`."""

FITS: Mapping[str, Callable[[ir.Raw], bool]] = {
    "date": lambda value: v.as_date(value) is not None,
    "number": v.is_number,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, tuple),
    "object": lambda value: isinstance(value, Mapping),
}


@dataclass(frozen=True)
class StageDone:
    """A stage that was entered.

    Attributes:
        on: its day: the versions in force on it gave its outputs.
        outputs: what the law says at this stage; the decision itself at BESLUIT.
        evaluations: how (the article for the calculation date, then the hooks).
    """

    name: str
    description: str
    on: datetime.date
    outputs: Mapping[str, Outcome]
    provenance: Mapping[str, str]
    evaluations: tuple[Evaluation, ...]


@dataclass(frozen=True)
class Course:
    """How far a decision is.

    Attributes:
        procedure: its id, or empty when no law in force defines one (then BESLUIT is the only stage).
        defined_by: the law that defines it.
        done: the stages entered, in order.
        waits_for: the next stage; None at the end.
        pending: what that stage still requires.
        reason: ok at the end; else why the next stage is not entered: pending:NAME, not_yet:NAME, unknown:NAME, error.
        failed: what is wrong with what happened, when the reason is error.
    """

    law: str
    article: str
    procedure: str
    defined_by: str
    done: tuple[StageDone, ...]
    waits_for: str | None
    pending: tuple[str, ...]
    reason: str = OK
    failed: RuleFailed | None = None

    @property
    def outputs(self) -> dict[str, Outcome]:
        """Everything that the stages gave."""
        return {name: out for stage in self.done for name, out in stage.outputs.items()}

    @property
    def provenance(self) -> dict[str, str]:
        """Where each output comes from: direct, reactive or override."""
        return {name: word for stage in self.done for name, word in stage.provenance.items()}


@dataclass(frozen=True)
class Asked:
    """The decision that is asked about.

    Attributes:
        until: what is dated after this day has not happened yet; None: every date counts.
    """

    law: str
    outputs: tuple[str, ...]
    on: datetime.date
    scope: Mapping[str, str]
    parameters: Mapping[str, Any]
    facts: FactSource
    mode: str
    explain: bool = False
    until: datetime.date | None = None


class Joiner(Protocol):
    """Joins what other laws attach to a decision at a stage, as `link_stage` does."""

    def __call__(
        self,
        book: LawBook,
        decided: tuple[ir.Law, ir.Article],
        stage: str,
        *,
        on: datetime.date,
        scope: Mapping[str, str],
        given: frozenset[str],
        mode: str,
    ) -> Program:
        """The graph of these outputs."""


def course(book: LawBook, asked: Asked) -> Course:
    """Walks the procedure of a decision as far as what is known allows.

    Raises:
        RuleFailed: no such procedure, two that both apply, an event of another type than required, or a stage that
            lies before the one that precedes it. And what evaluating raises.
    """
    found = walked(book, asked)
    if found.failed is not None:
        raise found.failed
    return found


def walked(book: LawBook, asked: Asked, join: Joiner = link_stage) -> Course:
    """The same, where something wrong with what happened ends the course and is told in it.

    Raises:
        RuleFailed: no such procedure, or two that both apply. And what evaluating raises.
    """
    law, article = decided(book, asked.law, asked.outputs, asked.on)
    owner, procedure = procedure_of(book, law, article, on=asked.on, scope=asked.scope)
    walk = _Walk(book, asked, (law, article), procedure, owner, join)
    for position, stage in enumerate(procedure.stages):
        try:
            missing = walk.missing(position)
            on = None if missing else walk.day(position)
        except RuleFailed as failed:
            return replace(walk.course(stage.name, ()), reason=ERROR, failed=failed)
        if on is None:
            return replace(walk.course(stage.name, tuple(missing)), reason=next(iter(missing.values())))
        walk.enter(position, on)
    return walk.course(None, ())


def procedure_of(
    book: LawBook, law: ir.Law, article: ir.Article, *, on: datetime.date, scope: Mapping[str, str]
) -> tuple[str, ir.Procedure]:
    """The law that defines the procedure of an article, and the procedure: by its id, else the default.

    Raises:
        RuleFailed: the id is nowhere in force, or neither layer nor day decides between two.
    """
    every = list(book.procedures(article.legal_character or "", on))
    wanted = article.procedure_id
    fitting = [
        (owner, found)
        for owner, found in every
        if in_scope(owner, scope) and (found.id == wanted if wanted else found.default)
    ]
    if not fitting:
        if wanted:
            known = ", ".join(sorted(found.id for _, found in every)) or "none"
            message = f"procedure '{wanted}' is not in force for {article.legal_character}; there is {known}"
            raise RuleFailed(law.id, article.number, message, problem="unknown_procedure")
        return "", ir.Procedure("", True, article.legal_character or "", (ir.Stage(DECISION, "", (), 0),), 0)
    ranks = _ranked(fitting)
    if len(ranks) > 1 and _rank(ranks[0][0]) == _rank(ranks[1][0]):
        names = " and ".join(f"'{found.id}' of {owner.id}" for owner, found in ranks[:2])
        message = f"two procedures apply to {article.legal_character}: {names}"
        raise RuleFailed(law.id, article.number, message, problem="ambiguous_procedure")
    return ranks[0][0].id, ranks[0][1]


def _ranked(found: list[tuple[ir.Law, ir.Procedure]]) -> list[tuple[ir.Law, ir.Procedure]]:
    order = [owner for owner, _ in ranked([(owner, owner.articles[0]) for owner, _ in found])]
    return sorted(found, key=lambda pair: next(n for n, owner in enumerate(order) if owner is pair[0]))


def _rank(law: ir.Law) -> tuple[int, str]:
    return ir.LAYER_RANK.get(law.layer, 99), law.valid_from or ""


def decided(book: LawBook, law_id: str, outputs: Sequence[str], on: datetime.date) -> tuple[ir.Law, ir.Article]:
    """The article that decides.

    Raises:
        RuleFailed: the outputs are of several decisions, which may each have their own procedure.
    """
    found = [book.producer(law_id, name, on) for name in outputs]
    law, article = found[0]
    kinds = {(other.legal_character, other.decision_type, other.procedure_id) for _, other in found}
    if len(kinds) > 1:
        message = "the outputs asked are of several kinds of decision; ask for those of one"
        raise RuleFailed(law.id, article.number, message, problem="ambiguous_procedure")
    return law, article


@dataclass
class _Walk:
    """One walk; it holds what earlier stages gave."""

    book: LawBook
    asked: Asked
    decided: tuple[ir.Law, ir.Article]
    procedure: ir.Procedure
    owner: str
    join: Joiner
    done: list[StageDone] = field(default_factory=list)
    known: dict[str, ir.Raw] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def missing(self, position: int) -> dict[str, str]:
        """What a stage requires that did not happen as far as we know, and why we say so."""
        events = {need.name: self._event(need) for need in self.procedure.stages[position].requires}
        return {name: found for name, found in events.items() if isinstance(found, str)}

    def day(self, position: int) -> datetime.date:
        """The day of a stage: the one date that it requires; else that of the stage before it, or the calculation date.

        Raises:
            RuleFailed: it lies before the stage before it.
        """
        stage = self.procedure.stages[position]
        dates = [v.as_date(found[0]) for need in stage.requires if need.type == "date" and (found := self._event(need))]
        before = self.done[-1].on if self.done else None
        day = dates[0] if len(dates) == 1 and dates[0] is not None else before or self.asked.on
        if before is not None and day < before:
            law, article = self.decided
            message = f"stage {stage.name} lies before {self.done[-1].name}, which comes first"
            raise RuleFailed(law.id, article.number, message, problem="stage_out_of_order")
        return day

    def enter(self, position: int, on: datetime.date) -> None:
        """Enters a stage: what happened is known from now on, and the law says what follows."""
        stage = self.procedure.stages[position]
        events = {need.name: self._event(need) for need in stage.requires}
        self.known |= {name: found[0] for name, found in events.items() if not isinstance(found, str)}
        self.named |= set(events)
        evaluations = [self._decide(position)] if stage.name == DECISION else []
        for evaluation in evaluations:
            self._keep(evaluation)
        hooks = self._hooks(stage, position, on)
        self._keep(hooks)
        evaluations.append(hooks)
        outputs = {name: out for found in evaluations for name, out in found.outputs.items()}
        words = {name: word for found in evaluations for name, word in found.provenance.items()}
        self.done.append(StageDone(stage.name, stage.description, on, outputs, words, tuple(evaluations)))

    def course(self, waits_for: str | None, pending: Sequence[str]) -> Course:
        """How far it came."""
        law, article = self.decided
        return Course(
            law.id, article.number, self.procedure.id, self.owner, tuple(self.done), waits_for, tuple(pending)
        )

    def _event(self, need: ir.Field) -> tuple[ir.Raw] | str:
        """What happened, when somebody knows it; else why the stage is not entered.

        Raises:
            RuleFailed: it is of another type than the procedure requires.
        """
        if need.name in self.asked.parameters:
            value = v.from_outside(self.asked.parameters[need.name])
        else:
            fact = self.asked.facts.find(need.name, need.name, self._parameter)
            if fact is None or fact.reason not in (OK, ABSENT):
                return unknown(need.name)
            value = v.from_outside(fact.value) if fact.reason == OK else None
        if value is None:
            return f"{PENDING}:{need.name}"
        if not FITS[need.type](value):
            law, article = self.decided
            message = f"the procedure requires '{need.name}' as a {need.type}, not {v.show(value)}"
            raise RuleFailed(law.id, article.number, message, problem="type_mismatch")
        day = v.as_date(value) if need.type == "date" else None
        return f"{NOT_YET}:{need.name}" if day and self.asked.until and day > self.asked.until else (value,)

    def _parameter(self, name: str) -> ir.Raw:
        return v.from_outside(self.asked.parameters.get(name))

    def _later(self, position: int) -> set[str]:
        return {need.name for stage in self.procedure.stages[position + 1 :] for need in stage.requires}

    def _given(self, position: int) -> dict[str, Any]:
        """Parameters of the caller and what is known by now; nothing of later stages."""
        later = self._later(position)
        own = {name: value for name, value in self.asked.parameters.items() if name not in later}
        return {**own, **self.known}

    def _decide(self, position: int) -> Evaluation:
        """The decision itself, for the calculation date."""
        given, asked = self._given(position), self.asked
        program = link(
            self.book,
            asked.law,
            asked.outputs,
            on=asked.on,
            scope=asked.scope,
            given=frozenset({*given, *self.named}),
            mode=asked.mode,
            hooks=False,
        )
        return evaluated(program, given, self._facts(position), explain=asked.explain)

    def _hooks(self, stage: ir.Stage, position: int, on: datetime.date) -> Evaluation:
        given, asked = self._given(position), self.asked
        program = self.join(
            self.book,
            self.decided,
            stage.name,
            on=on,
            scope=asked.scope,
            given=frozenset({*given, *self.named}),
            mode=asked.mode,
        )
        return evaluated(program, given, self._facts(position), explain=asked.explain, on=on)

    def _facts(self, position: int) -> FactSource:
        return _Until(self.asked.facts, frozenset(self._later(position)))

    def _keep(self, found: Evaluation) -> None:
        """What later stages build on; an outcome that is not known is known by name and asked again of the facts."""
        self.named |= set(found.outputs)
        for name, out in found.outputs.items():
            if out.reason in (OK, ABSENT):
                self.known[name] = v.from_outside(out.value)


@dataclass(frozen=True)
class _Until:
    """Facts without those that happen at a later stage."""

    source: FactSource
    later: frozenset[str]

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = NO_LISTS,
        law: str = "",
    ) -> Fact | None:
        """The fact, unless it lies ahead."""
        return None if fact_name in self.later else self.source.find(name, fact_name, parameter, lists, law)
