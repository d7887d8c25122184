"""Reactions for tests."""

from __future__ import annotations

from uuid import UUID

from tests.conftest import TODAY
from waardig.feedback import actions, queries
from waardig.feedback.models import Count, Text, UsedForm
from waardig.feedback.terms import Reader, TextState

WHY = "portal.why.individuele_inkomenstoeslag"
HOME = "portal.home"
PROPOSAL = "bericht.individuele_inkomenstoeslag.proposal"
SAID = "Ik begrijp het woord draagkracht niet."
TEAM = Reader("w.degraaf", "inkomen", policy=False)
POLICY = Reader("s.post", "beleid", policy=True)
PAYING = Reader("n.visser", "betalen", policy=False)


def react(key: str = PROPOSAL, text: str = "", *, clear: bool = False, **more: object) -> bool:
    """A reaction of today, with a form of its own unless a number is given."""
    number = str(more.pop("number", "") or queries.new_number())
    return actions.give(key, clear=clear, text=text, number=number, on=TODAY, **more)  # type: ignore[arg-type]


def a_text(key: str = PROPOSAL, text: str = SAID) -> UUID:
    """The id of a written reaction."""
    before = {one.id for one in queries.written(key, TextState.OPEN, size=1000)}
    react(key, text)
    (made,) = {one.id for one in queries.written(key, TextState.OPEN, size=1000)} - before
    return made


def kept() -> tuple[int, int, int]:
    """How many rows each table has."""
    return Count.objects.count(), Text.objects.count(), UsedForm.objects.count()
