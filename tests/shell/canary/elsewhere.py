"""What views and jobs declare, and which of it the walk cannot come to, with the test that does.

The walk sends forms as they stand: what needs something typed, a helper or a case in another state is played elsewhere.
"""

from __future__ import annotations

from pathlib import Path

from tests.architecture.test_urls import ADDRESSES
from waardig.kernel.declared import Uses, uses_of
from waardig.shell import wiring
from waardig.shell.declaring import activities_of, name_of

ROOT = Path(__file__).resolve().parents[3]
ONCE_A_SESSION = {"inzage.gegevens", "machtiging.meekijken", "gezag.vaststellen", "bewind.vaststellen"}
"""Names and authority: whichever page comes first in a session asks them, so every page with a frame declares them."""
AT_THE_COUNTER = ("waardig.faces.desk.views.", "machtiging.beheren")
"""Above every page at the counter stands who helps this resident, so each declares it. The walk's residents have no
helper; those of `tests/journeys/walks/test_walk_court.py` do."""


def declared_by_views_and_jobs() -> dict[str, dict[str, frozenset[str]]]:
    """By view or topic: what it declares (an activity, or a role) and the activities that this stands for."""
    found = {name_of(view): uses_of(view) for _, view in ADDRESSES}
    found |= {topic: uses_of(handler) for topic, handler in wiring.handlers().items()}
    return {name: _stands_for(uses) for name, uses in found.items() if uses}


def _stands_for(uses: Uses) -> dict[str, frozenset[str]]:
    plain = {activity: frozenset({activity}) for activity in uses.activities}
    return plain | {str(role): activities_of(role) for role in uses.roles}


def used_elsewhere() -> dict[tuple[str, str], str]:
    """View or topic and what it declares, with the test in which it asks that."""
    found = {}
    for line in (Path(__file__).parent / "elsewhere.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, activity, test = line.split()
            found[name, activity] = test
    return found
