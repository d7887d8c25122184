"""A check on paper: every question at once, with the sentence when it may be skipped. Pure.

On paper the law cannot ask what it needs next. So every path of answers is walked beforehand: a question that comes up
only after a certain answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from waardig.catalogue.terms import CheckQuestion
from waardig.checks.core.dialogue import Dialogue, trials
from waardig.law.terms import OK, Fact

MOST_PATHS = 4000


@dataclass(frozen=True)
class PaperQuestion:
    """One question on paper.

    Attributes:
        number: as on the form, from 1.
        only_after: number of an earlier question and the answers to it after which this one counts; None = always.
    """

    number: int
    question: CheckQuestion
    only_after: tuple[int, tuple[str, ...]] | None


def paper_questions(dialogue: Dialogue) -> tuple[PaperQuestion, ...]:
    """Every question that can come up, in the order of the file."""
    before = _before(dialogue)
    asked = [question for question in dialogue.check.questions if question.input in before]
    numbers = {question.input: number for number, question in enumerate(asked, start=1)}
    return tuple(
        PaperQuestion(numbers[question.input], question, _only_after(question, asked, numbers, before))
        for question in asked
    )


Before = dict[str, list[Mapping[str, str]]]
"""Question -> for each time it came up, what had been answered before."""


def _before(dialogue: Dialogue) -> Before:
    found: Before = {}
    for question, said in islice(_walk(dialogue, {}), MOST_PATHS):
        found.setdefault(question.input, []).append(said)
    return found


def _walk(dialogue: Dialogue, facts: Mapping[str, Fact]) -> Iterator[tuple[CheckQuestion, Mapping[str, str]]]:
    standing = dialogue.standing(facts)
    if standing.ending:
        return
    question = next(one for one in dialogue.check.questions if one.input in standing.wanted)
    yield question, {name: str(fact.value) for name, fact in facts.items() if fact.reason == OK}
    for fact in trials(question, dialogue.on):
        if fact.reason == OK:
            yield from _walk(dialogue, {**facts, question.input: fact})


def _only_after(
    question: CheckQuestion, asked: list[CheckQuestion], numbers: Mapping[str, int], before: Before
) -> tuple[int, tuple[str, ...]] | None:
    """The nearest earlier question with choices of which not every answer leads here."""
    for earlier in reversed(asked[: numbers[question.input] - 1]):
        given = [said.get(earlier.input) for said in before[question.input]]
        seen = {value for value in given if value is not None}
        if None not in given and seen < _answers(earlier):
            return numbers[earlier.input], tuple(sorted(seen))
    return None


def _answers(question: CheckQuestion) -> set[str]:
    if question.kind == "yes_no":
        return {"True", "False"}
    return {choice.value for choice in question.choices}
