"""A decision on its way through the stages of its procedure (regelrecht RFC-008)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from waardig.law.core.book import LawBook
from waardig.law.core.interpret import FactSource, NamedFacts
from waardig.law.core.procedure import Asked, Course, course
from waardig.law.queries.many import scope_of
from waardig.law.terms import Fact


def course_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    parameters: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | FactSource | None = None,
    explain: bool = False,
    untranslatable: str = "report",
) -> Course:
    """How far a decision is in its procedure, what the law says at each stage, and what it waits for.

    What a stage requires (`datum_aanvraag`) is a parameter or a fact of that name. Nothing is remembered: whoever asks
    again with one date more gets the same stages and one more.

    Args:
        on: the date for which the decision itself is computed; the rest is as in `evaluate`.

    Raises:
        RuleFailed: two procedures apply, an unknown one is named, or what happened does not fit its stage. And what
            `evaluate` raises.
    """
    source = NamedFacts(facts or {}) if facts is None or isinstance(facts, Mapping) else facts
    given = parameters or {}
    return course(book, Asked(law, tuple(outputs), on, scope_of(given), given, source, untranslatable, explain))
