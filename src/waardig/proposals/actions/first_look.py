"""The first look of a round: of whom the law already says no, nothing else is read.

Only a no that stands whatever the rest says counts here: unknown never decides. Who is in doubt, has a partner who was
not read, or stands in two households, is looked at whole.
Source: AVG art. 5 lid 1 onder c (minimale gegevensverwerking); decision 0082 (docs/decisions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from waardig.cases import queries as cases
from waardig.proposals.actions.batch import by_law
from waardig.proposals.actions.judged import Judged
from waardig.proposals.core.household import excluded, households
from waardig.proposals.terms import ItemOutcome
from waardig.registers.terms import RegisterFact


def settled_at_once(service: str, facts: Mapping[UUID, Sequence[RegisterFact]], *, on: date) -> tuple[Judged, ...]:
    """The households of which the first inputs alone say no.

    Args:
        facts: per person what the first look read.
    """
    inputs, deciding = cases.first_inputs(on, service), cases.first_attributes(service, on)
    found = households(facts, on)
    often = Counter(person for members in found for person in members.read)
    judged = (
        by_law(service, members, facts, on, only=inputs)
        for members in found
        if excluded(members, facts, deciding, on) is None and all(often[person] == 1 for person in members.read)
    )
    return tuple(one for one in judged if one.outcome is ItemOutcome.NOT_ENTITLED)
