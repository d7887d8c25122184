"""Reads of the room: what can be checked, what the law still asks, how it ends, and the state inside a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from waardig.cases import queries as cases
from waardig.cases.queries import ExplainedStep, Judgement, Rules, Verdict
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Check
from waardig.checks.adapters import sealing
from waardig.checks.core import paper
from waardig.checks.core.dialogue import Dialogue
from waardig.checks.core.paper import PaperQuestion
from waardig.checks.core.sharing import carried_over
from waardig.checks.core.typed import answer_typed
from waardig.checks.terms import Ending, State
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.law import queries as law
from waardig.law.terms import Fact, LawRef

__all__ = [
    "Elsewhere",
    "Found",
    "PaperQuestion",
    "answer_typed",
    "carried_over",
    "check_of",
    "dialogue_of",
    "elsewhere",
    "found",
    "last_day",
    "offered",
    "open_state",
    "paper_questions",
    "seal",
    "unspoken_inputs",
]

MOST_PROBES = 200
"""Evaluations for one fact in one direction, so that a page takes no longer than somebody waits."""


def check_of(check: str) -> Check:
    """One check.

    Raises:
        UnknownCheck: it is not in the content.
    """
    return catalogue.check(check)


def offered(today: date) -> tuple[Check, ...]:
    """The checks that can be done here today: the law can be computed, and applying is not too late."""
    return tuple(check for check in catalogue.checks() if _is_open(check, today))


def _is_open(check: Check, today: date) -> bool:
    day = check.day(today)
    try:
        dialogue_of(check, day).standing({})
        until = last_day(check, day)
    except Refusal:  # this municipality has no regulation for it, or no law is in force on that day
        return False
    return until is None or today <= until


def last_day(check: Check, on: date) -> date | None:
    """The last day to apply, as the law of that day computes it; None where the law knows none."""
    if check.last_day is None:
        return None
    said = law.evaluate(
        cases.book(), check.last_day.law, (check.last_day.output,), on=on, parameters=cases.scope(), facts={}
    ).outputs[check.last_day.output]
    return date.fromisoformat(str(said.value)) if said.reason == "ok" else None


def dialogue_of(check: Check, on: date) -> Dialogue:
    """The check with the law of that day."""
    parameters = cases.parameters(on, check.service) if check.service else cases.scope()
    return Dialogue(check, cases.book(), on, parameters)


def paper_questions(check: Check, on: date) -> tuple[PaperQuestion, ...]:
    """Every question that can come up, for a form on paper, with the answer after which it counts."""
    return paper.paper_questions(dialogue_of(check, on))


@dataclass(frozen=True)
class Found:
    """How a check ends, with the reasoning.

    Attributes:
        amount_eurocent: per `check.per`, None unless the ending is yes.
        steps, otherwise: as on the Why page of a case.
        nearest: of a no, with which other value of one fact there would be a right; never advice.
        limits: of a no that stopped the questions, with which other value of one fact there can be a right.
        repaying: the sentence about repaying with its figure, None when there is none to say.
        depends_on: what decides, when it cannot be known: topics of facts, in the words of the questions.
        is_for_a_person: what is missing is no fact but a judgement that only a person may give.
        laws: the law versions that took part, with their status.
    """

    check: Check
    ending: Ending
    amount_eurocent: int | None
    steps: tuple[ExplainedStep, ...]
    otherwise: tuple[Bilingual, ...]
    nearest: tuple[Bilingual, ...]
    limits: tuple[Bilingual, ...]
    last_day: date | None
    repaying: Bilingual | None
    depends_on: tuple[Bilingual, ...]
    is_for_a_person: bool
    laws: tuple[LawRef, ...]


def found(state: State) -> Found:
    """The outcome of a check for what is known, with every step."""
    check = check_of(state.check)
    dialogue = dialogue_of(check, state.on)
    standing = dialogue.standing(state.facts)
    judged = _judged(dialogue, state.facts)
    ending = standing.ending or Ending.UNSURE
    nearest, limits = _nearest(dialogue, state.facts, judged) if ending is Ending.NO else ((), ())
    missing = [answer.input for answer in state.answers if answer.reason == "unknown"]
    wanted = [name for name in (*missing, *standing.wanted) if check.question(name)]
    topics = [question.topic for name in dict.fromkeys(wanted) if (question := check.question(name))]
    return Found(
        check=check,
        ending=ending,
        amount_eurocent=judged.amount_eurocent if ending is Ending.YES else None,
        steps=_asked(check, cases.explain(check.why, judged, state.facts, on=state.on)),
        otherwise=cases.counterfactuals(check.why, state.facts, judged, lambda facts: _judged(dialogue, facts)),
        nearest=nearest,
        limits=limits,
        last_day=last_day(check, state.on),
        repaying=_repaying(check, judged) if ending is Ending.YES else None,
        depends_on=tuple(topics) if ending is Ending.UNSURE else (),
        is_for_a_person=ending is Ending.UNSURE and not topics,
        laws=judged.evaluation.laws,
    )


def _nearest(
    dialogue: Dialogue, facts: Mapping[str, Fact], judged: Judgement
) -> tuple[tuple[Bilingual, ...], tuple[Bilingual, ...]]:
    """With which other value of one fact the law gives a right; and, where a no stopped the questions, with which there
    can be one: with nothing for every amount that was not asked.

    Whoever answers here answers for both of a couple, so what one of them has is no secret of this page; what was not
    asked is not named.
    """
    if judged.verdict is not Verdict.NOT:
        return (), ()
    found = _changes(dialogue, facts, frozenset())
    amounts = [question.input for question in dialogue.check.questions if question.kind == "money"]
    unknown = frozenset(name for name in amounts if name not in facts)
    if found or not unknown:
        return found, ()
    return (), _changes(dialogue, {**facts, **dict.fromkeys(unknown, Fact(0))}, unknown)


def _changes(dialogue: Dialogue, facts: Mapping[str, Fact], unnamed: frozenset[str]) -> tuple[Bilingual, ...]:
    """The lines about the facts that somebody gave. `unnamed` are those that nobody did."""
    check = dialogue.check
    said = law.nearest_changes(
        dialogue.book,
        check.law,
        check.outputs.entitlement,
        on=dialogue.on,
        parameters=dialogue.parameters,
        facts=facts,
        probes=MOST_PROBES,
    )
    private = unnamed | frozenset(check.unasked or {})
    return cases.nearest_lines(check.why, said.changes, facts, lambda other: _judged(dialogue, other), private=private)


def _asked(check: Check, steps: tuple[ExplainedStep, ...]) -> tuple[ExplainedStep, ...]:
    """Without the steps that rest on what nobody is asked here: they decide nothing about the right."""
    pages = (*check.why.steps, *check.why.also_checked)
    left_out = {
        step.id for step in pages if step.facts and {shown.input for shown in step.facts} <= set(check.unasked or {})
    }
    return tuple(step for step in steps if step.id not in left_out)


def _judged(dialogue: Dialogue, facts: Mapping[str, Fact]) -> Judgement:
    rules = _rules(dialogue.check)
    return cases.judge(dialogue.book, rules, facts, on=dialogue.on, parameters=dialogue.parameters, explain=True)


def _rules(check: Check) -> Rules:
    """What is asked of the law: as the service asks it, but without assuming anything."""
    if check.service:
        return replace(cases.rules_of(check.service), assume={})
    return Rules(
        law=check.law,
        entitlement=check.outputs.entitlement,
        amount=check.outputs.amount,
        possible_from=check.outputs.possible_from or "",
        conditions=check.outputs.conditions,
        figures=check.outputs.figures,
        assume={},
    )


def _repaying(check: Check, judged: Judgement) -> Bilingual | None:
    if check.repay is None:
        return None
    figures = [judged.evaluation.outputs[name] for name in check.repay.highest_of]
    if any(one.reason != "ok" for one in figures):
        return None
    if not figures:
        return check.repay.sentence
    words = cases.in_words("eurocent", max(int(str(one.value)) for one in figures))
    sentence = check.repay.sentence
    return Bilingual(sentence.nl.replace("{bedrag}", words.nl), sentence.en.replace("{bedrag}", words.en))


@dataclass(frozen=True)
class Elsewhere:
    """What the same answers say about another scheme.

    Attributes:
        why: the condition that is not met, when the ending is no.
        depends_on: what is still to be asked, otherwise.
    """

    check: Check
    ending: Ending
    why: Bilingual | None
    depends_on: tuple[Bilingual, ...]


def elsewhere(state: State, today: date) -> tuple[Elsewhere, ...]:
    """The other checks of this municipality, as far as facts that mean the same there go."""
    others = [check for check in offered(today) if check.id != state.check]
    return tuple(
        _elsewhere(carried_over(state, check_of(state.check), check, check.day(today)), check) for check in others
    )


def _elsewhere(state: State, check: Check) -> Elsewhere:
    dialogue = dialogue_of(check, state.on)
    standing = dialogue.standing(state.facts)
    ending = standing.ending or Ending.UNSURE
    why = None
    if ending is Ending.NO:
        steps = cases.explain(check.why, _judged(dialogue, state.facts), state.facts, on=state.on)
        why = next((step.said for step in steps if step.standing == "not_met"), None)
    topics = [question.topic for question in check.questions if question.input in standing.wanted]
    return Elsewhere(check, ending, why, tuple(topics))


def unspoken_inputs(check: Check, on: date) -> frozenset[str]:
    """Facts that the law can ask on that day and for which the check has neither a question nor a reason not to ask."""
    outputs = (check.outputs.entitlement, check.outputs.amount)
    needs = law.inputs_of(cases.book(), check.law, outputs, on=on, scope=cases.scope())
    spoken = {question.input for question in check.questions} | set(check.unasked or {})
    return frozenset(need.name for need in needs) - spoken


def seal(state: State, session: str) -> str:
    """The state as text for the page: readable by nobody else, in this session only, for two hours."""
    return sealing.sealed(state, secret=settings.SECRET_KEY, session=session, now=wall_now())


def open_state(text: str, session: str) -> State:
    """The state of a page.

    Raises:
        CheckExpired: too old, changed, or of another session.
    """
    return sealing.opened(text, secret=settings.SECRET_KEY, session=session, now=wall_now())
