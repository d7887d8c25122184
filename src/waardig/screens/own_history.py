"""What was recorded of somebody earlier: values that held before, and values that were corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from waardig.access.actions import ask, attributes_of
from waardig.access.terms import Request, Ticket
from waardig.kernel.clock import business_today
from waardig.registers.terms import RecordedFact, RegisterFact
from waardig.screens.frames import OWN_DATA
from waardig.screens.subject import Subject

OWN_COPY = "inzage.kopie"
ADDRESS = "brp.adres"
SECRET = "brp.geheimhouding"


def own_ticket(subject: Subject, right: str = OWN_DATA) -> Ticket:
    """Leave to read everything held about the subject, under their right to see it: one line in the log.

    Args:
        right: to look, or to have a copy.

    Source: AVG article 15.
    """
    activity = subject.activity(right)
    held = attributes_of(OWN_DATA) & attributes_of(activity)
    return ask(Request(activity, held, (subject.person,), subject.actor, business_today()))


def is_secret(facts: Sequence[RegisterFact], attribute: str) -> bool:
    """Whether this attribute is an address that the person keeps secret."""
    return attribute == ADDRESS and any(one.attribute == SECRET and one.value is True for one in facts)


def earlier(
    recorded: Sequence[RecordedFact], current: Mapping[str, RegisterFact]
) -> dict[str, tuple[RecordedFact, ...]]:
    """By attribute what was recorded besides its current value, the latest first.

    A spell that was cut short when a new one began is recorded again with its last day; only that one is given. What
    was corrected stands nowhere else: it is given with the moment at which it was replaced.
    """
    standing: dict[str, list[RegisterFact]] = defaultdict(list)
    for one in recorded:
        if one.superseded_at is None:
            standing[one.fact.attribute].append(one.fact)
    found: dict[str, list[RecordedFact]] = defaultdict(list)
    for one in recorded:
        attribute = one.fact.attribute
        now = current.get(attribute)
        is_current = now is not None and one.fact.fact_id == now.fact_id
        if not is_current and not (one.superseded_at and _is_recorded_again(one.fact, standing[attribute])):
            found[attribute].append(one)
    return {attribute: tuple(several) for attribute, several in found.items()}


def _is_recorded_again(fact: RegisterFact, standing: Sequence[RegisterFact]) -> bool:
    return any(one.value == fact.value and _overlap(one, fact) for one in standing)


def _overlap(one: RegisterFact, other: RegisterFact) -> bool:
    latest = max(one.valid_from or date.min, other.valid_from or date.min)
    return latest <= min(one.valid_to or date.max, other.valid_to or date.max)
