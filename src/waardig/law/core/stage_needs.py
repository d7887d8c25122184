"""What the stages of a procedure ask beside the decision: the events that they require, and the facts of their hooks.

By the versions in force on one day; a course over years may ask what another version asks. Pure.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core.book import DECISION, LawBook
from waardig.law.core.courses import GIVEN
from waardig.law.core.graph import Program
from waardig.law.core.link import link_stage
from waardig.law.core.procedure import procedure_of
from waardig.law.core.ruleset import needs
from waardig.law.terms import InputNeed, RuleFailed, UnknownOutput

EVENT = "event"


@dataclass(frozen=True)
class StageNeeds:
    """What stages ask.

    Attributes:
        needs: in the order of the stages, each with its stage; what the decision asks is not among them.
        gives: the stage before the decision that gives a name, for what the decision asks under that name.
        refused: why a procedure, or an outcome that nobody asked, could not be looked through, by its name.
    """

    needs: tuple[InputNeed, ...]
    gives: Mapping[str, str]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class _Stage:
    """One stage: its hooks, what is known when they are asked, and whether it comes before the decision."""

    stage: ir.Stage
    owner: str
    program: Program
    known: frozenset[str]
    before: bool


def stage_needs(
    book: LawBook, law: str, outputs: Sequence[str], *, on: datetime.date, scope: Mapping[str, str]
) -> tuple[tuple[str, ...], StageNeeds]:
    """What stages ask for a decision, and which of the outputs are its own.

    Args:
        outputs: of the decision; those that other laws attach to a stage limit the answer to what they need.

    Returns:
        The outputs of the decision itself, and what the stages ask.

    Raises:
        UnknownOutput: an output is not of the decision and no stage of it gives it.
        Refusal: what an output that is asked needs cannot be listed.
    """
    version = book.version(law, on)
    own = {name: article for name in dict.fromkeys(outputs) if (article := version.producer(name))}
    attached = [name for name in dict.fromkeys(outputs) if name not in own]
    if not own:
        raise UnknownOutput(law, next(iter(outputs), ""), version.output_names())
    stages: list[_Stage] = []
    lost: dict[str, str] = {}
    for article in _deciding(own.values()):
        try:
            stages += _walked(book, version, article, on=on, scope=scope)
        except RuleFailed as refusal:
            if attached:
                raise
            lost[article.procedure_id or article.legal_character or ""] = str(refusal)
    there = {name for one in stages for name in one.program.outputs}
    for name in attached:
        if name not in there:
            raise UnknownOutput(law, name, (*version.output_names(), *sorted(there)))
    given = {name: one.stage.name for one in reversed(stages) if one.before for name in one.program.outputs}
    decided = frozenset(name for article in own.values() for name in article.produced())
    kept, refused = _kept(stages, frozenset(attached), decided)
    return tuple(own), StageNeeds(tuple(_once(kept)), given, lost | refused)


def attached_by(book: LawBook, output: str, on: datetime.date) -> tuple[str, str] | None:
    """The law in force that attaches an output to a stage of decisions, and that stage."""
    for law in book.in_force(on):
        for article in law.articles:
            if article.hooks and output in article.produced():
                return law.id, article.hooks[0].stage
    return None


def _deciding(articles: Iterable[ir.Article]) -> list[ir.Article]:
    """One article for each kind of decision among these."""
    kinds: dict[object, ir.Article] = {}
    for article in articles:
        if article.legal_character:
            kinds.setdefault((article.legal_character, article.decision_type, article.procedure_id), article)
    return list(kinds.values())


def _walked(
    book: LawBook, version: ir.Law, article: ir.Article, *, on: datetime.date, scope: Mapping[str, str]
) -> Iterator[_Stage]:
    """The stages in order, each with what is known by then."""
    owner, procedure = procedure_of(book, version, article, on=on, scope=scope)
    known, before = frozenset(scope), any(stage.name == DECISION for stage in procedure.stages)
    for stage in procedure.stages:
        known |= {need.name for need in stage.requires}
        if stage.name == DECISION:
            known, before = known | set(article.produced()), False
        program = link_stage(book, (version, article), stage.name, on=on, scope=scope, given=known, mode="report")
        yield _Stage(stage, owner, program, known, before)
        known |= set(program.outputs)


def _kept(
    stages: Sequence[_Stage], attached: frozenset[str], decided: frozenset[str]
) -> tuple[list[InputNeed], dict[str, str]]:
    """What is asked in each stage that is needed: all of them, or those up to the outputs that are asked."""
    found: list[list[InputNeed]] = []
    refused: dict[str, str] = {}
    wanted, reached = attached, not attached
    for one in reversed(stages):
        here = {name: node for name, node in one.program.outputs.items() if not attached or name in wanted}
        reached = reached or bool(here)
        asked: list[InputNeed] = _events(one) if reached else []
        for name, node in here.items():
            program = replace(one.program, outputs={name: node})
            try:
                asked += [replace(need, stage=one.stage.name) for need in needs(program) if need.name not in one.known]
            except Refusal as refusal:
                if name in attached:
                    raise
                refused[name] = str(refusal)
            wanted |= {part.fact_name for part in program.nodes if part.kind in GIVEN} - decided
        found.append(asked)
    return [need for asked in reversed(found) for need in asked], refused


def _events(one: _Stage) -> list[InputNeed]:
    """What must have happened before a stage is entered."""
    return [
        InputNeed(need.name, need.type, None, "", (), one.owner, "", kind=EVENT, stage=one.stage.name)
        for need in one.stage.requires
    ]


def _once(asked: Iterable[InputNeed]) -> Iterator[InputNeed]:
    seen: set[str] = set()
    for need in asked:
        if need.name not in seen:
            seen.add(need.name)
            yield need
