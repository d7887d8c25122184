"""Whom a run selected, the gate remembers for that run, and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.builders import ROUND, RULES, TODAY, a_client, a_person, a_request, days, publish_activity
from waardig.access.actions import ask, forget_tickets, opt_out, select_population
from waardig.access.terms import AccessRefused, Actor


@dataclass(frozen=True)
class Selected:
    """A run, the moment it looks at, and whom the gate remembers of it."""

    run: UUID
    known_at: datetime
    person: UUID


def _select(**changes: Any) -> tuple[UUID, ...]:
    given = {"actor": ROUND, "as_of": TODAY, "rule_set": RULES, **changes}
    return select_population("proef.ronde", **given).persons


def _asked(*persons: UUID, **changes: Any) -> str:
    """ "allowed", or the code of the refusal."""
    try:
        ask(a_request(*persons, **changes))
    except AccessRefused as refused:
        return refused.code
    return "allowed"


@pytest.fixture
def slipped(weighed: psycopg.Connection) -> Selected:
    """Somebody outside the population whom only the memory of a run calls selected."""
    a_client()
    slipped = Selected(uuid4(), datetime.now(UTC), a_person())
    _select(run=slipped.run, known_at=slipped.known_at)
    weighed.execute("INSERT INTO gate.selected SELECT ticket, %s FROM gate.selected", (slipped.person,))
    return slipped


def test_who_was_selected_is_not_looked_at_again_in_the_same_run(slipped: Selected) -> None:
    assert _asked(slipped.person, run=slipped.run, known_at=slipped.known_at) == "allowed"


@pytest.mark.parametrize(
    "changes",
    [
        {"run": uuid4()},
        {"run": None},
        {"as_of": TODAY - days(1)},
        {"known_at": None},
        {"actor": Actor("system", "another-round", "ronde")},
    ],
    ids=["another run", "no run", "another day", "another moment", "another actor"],
)
def test_the_memory_counts_for_the_same_question_only(slipped: Selected, changes: dict[str, Any]) -> None:
    asked = {"run": slipped.run, "known_at": slipped.known_at, **changes}

    assert _asked(slipped.person, **asked) == "population_outside"


def test_a_selection_of_another_version_of_the_activity_does_not_count(
    slipped: Selected, weighed: psycopg.Connection
) -> None:
    weighed.execute("UPDATE gate.ticket SET activity_version = 0 WHERE kind = 'selection'")

    assert _asked(slipped.person, run=slipped.run, known_at=slipped.known_at) == "population_outside"


def test_without_the_memory_everybody_is_looked_at_and_the_answer_is_the_same(weighed: psycopg.Connection) -> None:
    client, stranger = a_client(), a_person()
    same = {"run": uuid4(), "known_at": datetime.now(UTC)}
    assert _select(**same) == (client,)
    weighed.execute("TRUNCATE gate.selected")  # as after a crash: the table is not in the write-ahead log

    assert _asked(client, **same) == "allowed"
    assert _asked(client, stranger, **same) == "population_outside"


def test_who_opts_out_after_the_selection_is_refused_at_once(weighed: psycopg.Connection) -> None:
    stays, leaves = a_client(), a_client()
    same = {"run": uuid4(), "known_at": datetime.now(UTC)}
    _select(**same)

    opt_out(leaves, "proef", Actor("resident", str(leaves)), TODAY)

    assert _asked(stays, **same) == "allowed"
    assert _asked(stays, leaves, **same) == "opted_out"


def test_a_selection_that_was_refused_is_not_remembered(policy: psycopg.Connection) -> None:
    publish_activity(policy)
    a_client()

    with pytest.raises(AccessRefused):
        _select(run=uuid4())

    assert policy.execute("SELECT count(*) FROM gate.selected").fetchone() == (0,)


def test_the_memory_goes_with_the_tickets(weighed: psycopg.Connection) -> None:
    a_client()
    _select(run=uuid4())
    forget_tickets()
    assert weighed.execute("SELECT count(*) FROM gate.selected").fetchone() == (1,)

    weighed.execute("UPDATE gate.ticket SET expires_at = expires_at - interval '2 days'")
    forget_tickets()

    assert weighed.execute("SELECT count(*) FROM gate.selected").fetchone() == (0,)
