"""The English text of a proposal, for who chose English; filled from the same values as the Dutch one.

Source: Awb 2:6 (administrative bodies use Dutch; another language beside it).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from waardig.cases import queries as cases
from waardig.cases.queries import ExplainedStep, data_rows
from waardig.catalogue.terms import Service
from waardig.inbox import queries as templates
from waardig.inbox.terms import Filled

ENGLISH = "wants_english"
"""Under the values of a household: whether the reader chose English; no template asks it."""


def in_english(
    service: str, name: str, values: Mapping[str, Any], steps: Sequence[ExplainedStep], asked: Collection[str]
) -> Filled | None:
    """The text beside the Dutch one, or None for who did not choose it.

    Args:
        asked: ids of the questions of a short form.
    """
    if not values[ENGLISH]:
        return None
    known = cases.service_of(service)
    words = {**cases.municipal_values(known, "en"), "data_used": data_rows(steps, "en")}
    questions = {"questions": _questions(known, asked)} if asked else {}
    return templates.filled_in_english(service, name, {**values, **words, **questions})


def _questions(service: Service, asked: Collection[str]) -> tuple[str, ...]:
    """The questions of a short form in English, in the order of the Dutch ones."""
    words = {one.id: one.question.en for one in service.ask_when_unknown}
    words |= {one.id: f"{one.name.en[:1].upper()}{one.name.en[1:]}." for one in service.ask_at_yes}
    return tuple(words[one] for one in asked)
