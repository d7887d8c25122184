"""The words of a self-check: answers, what was filled in beforehand, where it stands, how it ends. Stdlib and kernel
only.

Invariant: a `State` lives in the page of the person and nowhere else; no table, session, address or log ever holds an
answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from waardig.kernel.errors import Refusal
from waardig.law.terms import ABSENT, OK, UNKNOWN, Fact, Value

YOU = "opgave"
"""The source of what the person says."""


@dataclass(frozen=True)
class Answer:
    """One fact in a check.

    Attributes:
        reason: ok | absent | unknown ("Ik weet het niet").
        source: where it comes from: YOU, or the register that it was filled in from.
        as_of, since: for a register: the day for which it stated the value, and since when it is so.
    """

    input: str
    value: Value = None
    reason: str = OK
    source: str = YOU
    as_of: date | None = None
    since: date | None = None

    @property
    def is_own(self) -> bool:
        """Whether the person said it."""
        return self.source == YOU

    @property
    def fact(self) -> Fact:
        """As the law takes it."""
        return Fact(self.value if self.reason == OK else None, self.reason, self.source, self.as_of, self.since)


def unknown(name: str) -> Answer:
    """ "Ik weet het niet"."""
    return Answer(name, None, UNKNOWN)


def absent(name: str) -> Answer:
    """There is no such thing: never got it, has none."""
    return Answer(name, None, ABSENT)


@dataclass(frozen=True)
class State:
    """Where a check stands: everything that is known, in the order in which it became known.

    Attributes:
        on: the day for which the law is asked.
        asking: the fact that the person wants to give again, "" when the law says what comes next.
        typed, wrong: what was typed to the question of this moment and why it cannot be used; "" when nothing is wrong.
    """

    check: str
    on: date
    answers: tuple[Answer, ...] = ()
    asking: str = ""
    typed: str = ""
    wrong: str = ""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """By the law's own names."""
        return {answer.input: answer.fact for answer in self.answers}

    @property
    def given(self) -> tuple[Answer, ...]:
        """What the person said, in order."""
        return tuple(answer for answer in self.answers if answer.is_own)

    def answer(self, name: str) -> Answer | None:
        """The answer about a fact."""
        return next((one for one in self.answers if one.input == name), None)

    def answered(self, answer: Answer) -> State:
        """With this answer; an earlier one about the same fact keeps its place."""
        if self.answer(answer.input) is None:
            return replace(self.asking_for(""), answers=(*self.answers, answer))
        changed = tuple(answer if one.input == answer.input else one for one in self.answers)
        return replace(self.asking_for(""), answers=changed)

    def asking_for(self, name: str) -> State:
        """The same, with one fact to be given again."""
        return replace(self, asking=name, typed="", wrong="")

    def mistaken(self, typed: str, wrong: str) -> State:
        """The same question again, with what was typed and what is wrong with it."""
        return replace(self, typed=typed, wrong=wrong)


class Ending(StrEnum):
    """What the law says: probably yes, probably not, or that it cannot be known from these facts."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Standing:
    """What the law said to what is known so far.

    Attributes:
        ending: None while the law still wants something that can be asked.
        wanted: facts that the law looked for and did not get, in its own order.
    """

    ending: Ending | None
    wanted: tuple[str, ...]


class CheckExpired(Refusal):
    """What stood in the page cannot be read any more: too old, of another session, or changed."""

    def __init__(self) -> None:
        super().__init__(
            code="check_expired",
            text_nl="Deze pagina was te oud. Uw antwoorden zijn weg. Begin opnieuw.",
            text_en="This page was too old. Your answers are gone. Start again.",
            remedy="Start the check again; answers are kept in the page only, for two hours and one session.",
        )


class AnswerWrong(Refusal):
    """What was typed is no answer to the question.

    Attributes:
        kind: empty | not_a_number | too_low | too_high | not_a_date | in_future | not_a_choice.
    """

    def __init__(self, name: str, kind: str) -> None:
        self.input, self.kind = name, kind
        super().__init__(
            code="answer_wrong",
            text_nl="Dit antwoord past niet bij de vraag.",
            text_en=f"The answer about {name} cannot be used: {kind}.",
            remedy="Correct the field that the page names, or choose 'Ik weet het niet'.",
        )
