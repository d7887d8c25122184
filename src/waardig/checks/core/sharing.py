"""Answers that mean the same in another check go along; the others stay behind. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from waardig.catalogue.terms import Check
from waardig.checks.terms import State


def carried_over(state: State, before: Check, after: Check, on: date) -> State:
    """The start of another check with what is known already.

    Only facts that both files call by the same `fact` go along: the same word in two laws can mean two things (wealth
    on
    1 January of one person, or wealth now of a household).
    """
    if before.id == after.id:
        return replace(state, asking="")
    meaning = {question.input: question.fact for question in before.questions if question.fact}
    there = {question.fact: question.input for question in after.questions if question.fact}
    answers = tuple(
        replace(answer, input=there[meaning[answer.input]])
        for answer in state.answers
        if meaning.get(answer.input) in there
    )
    return State(after.id, on, answers)
