"""What several walks do: open the proposal, say yes and answer the three questions."""

from __future__ import annotations

import re

from tests.journeys.walks.walker import Walker

PROPOSAL = re.compile("Wij hebben een voorstel voor u|Een voorstel voor iemand die u helpt|^Bericht van uw gemeente$")
DECISION = re.compile("besluit|^Bericht van uw gemeente$", re.IGNORECASE)
"""A decision in the list of messages; whoever has a secret address sees a neutral subject there."""
NUMBER = re.compile(r"Zaaknummer (RW \d{4} \d{4})")
TOGETHER = "Samen met een partner"


def open_message(walker: Walker, subject: str | re.Pattern[str] = PROPOSAL) -> None:
    """Go to a message from the list of messages."""
    walker.open("/berichten/")
    walker.follow(subject)


def apply(walker: Walker, *, living: str, wealth: str | None) -> str:
    """Say yes and answer; wealth None is "I do not know". Gives the case number of the receipt."""
    open_message(walker)
    walker.press("Ja, ik vraag dit aan")
    return declare(walker, living=living, wealth=wealth)


def declare(walker: Walker, *, living: str, wealth: str | None) -> str:
    """Answer the questions of an application that was begun."""
    walker.choose(living)
    walker.press("Verder")
    if wealth is None:
        walker.press("Ik weet het niet")
    else:
        walker.fill("Uw spaargeld, in euro" if living != TOGETHER else "Spaargeld van u samen, in euro", wealth)
        walker.press("Verder")
    walker.press("Verder")
    walker.press("Vraag de toeslag aan")
    found = NUMBER.search(walker.text)
    assert found, walker.text[:500]
    return found[1]
