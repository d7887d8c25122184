"""The counts of persons and months are kept up with the places, and are at any moment what a full count gives."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import a_person, a_right, a_weighed_service, open_keeping
from waardig.logbook.actions import sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.cli import logbook
from waardig.logbook.queries import log_state
from waardig.logbook.terms import NewLine

ORIGIN, KEY = "rietwaarden.example/logboek", b"k" * 32
MONTHS = ("2026-08-31T22:30", "2026-09-01T00:00", "2026-09-30T23:59", "2026-10-15T12:00")
"""Moments (UTC) at and around the turn of a month; the first is a September day in the Netherlands."""


@pytest.fixture
def logging(owner: psycopg.Connection) -> psycopg.Connection:
    open_keeping(owner)
    a_weighed_service(owner)
    a_right(owner, attributes=["logboek.regel"])
    return owner


def kept(owner: psycopg.Connection) -> dict[tuple[bytes, date], int]:
    rows = owner.execute("SELECT subject, month, lines FROM log.month_tally").fetchall()
    return {(bytes(subject), month): lines for subject, month, lines in rows}


def full(owner: psycopg.Connection, below: int | None = None) -> dict[tuple[bytes, date], int]:
    """Counted from every line with a place, in the words of this test."""
    rows = owner.execute(
        "SELECT d.subject, l.start_time FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id)"
        " JOIN log.detail d USING (trace_id, span_id) WHERE d.subject IS NOT NULL AND t.place < coalesce(%s, 9999)",
        (below,),
    ).fetchall()
    found: dict[tuple[bytes, date], int] = {}
    for subject, milliseconds in rows:
        month = datetime.fromtimestamp(milliseconds / 1000, UTC).date().replace(day=1)
        found[bytes(subject), month] = found.get((bytes(subject), month), 0) + 1
    return found


def write(owner: psycopg.Connection, person: Any, moment: str) -> None:
    """A line of that moment; the clock of the log is set back by the owner before it has a place."""
    (line,) = write_lines([NewLine("proef.ronde", person, "regel")])
    at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
    owner.execute("ALTER TABLE log.line DISABLE TRIGGER only_grows")
    owner.execute(
        "UPDATE log.line l SET start_time = %s, end_time = %s, leaf = log.leaf(l.salt, log.canonical("
        " json_populate_record(l, json_build_object('start_time', %s::bigint, 'end_time', %s::bigint)), d))"
        " FROM log.detail d WHERE d.span_id = l.span_id AND l.span_id = decode(%s, 'hex')",
        (at, at, at, at, line.span_id),
    )
    owner.execute("ALTER TABLE log.line ENABLE TRIGGER only_grows")


def remove(owner: psycopg.Connection, places: list[int]) -> None:
    owner.execute("SELECT log.remove_lines(%s, 'proef.ronde', '1 day', %s)", (places, date(2030, 1, 1)))


STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from(MONTHS)),
    st.tuples(st.just("place"), st.integers(1, 3)),
    st.tuples(st.just("undo"), st.integers(1, 3)),
    st.tuples(st.just("remove"), st.integers(0, 9), st.booleans()),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=14))
def test_whatever_happens_the_kept_counts_are_those_of_the_lines(
    logging: psycopg.Connection, steps: list[tuple[Any, ...]]
) -> None:
    people = [a_person() for _ in range(2)]
    for kind, *given_ in steps:
        if kind == "write":
            write(logging, [*people, None][given_[0]], given_[1])
        elif kind == "place":
            sequence_lines(batch=given_[0])
        elif kind == "undo":
            _undone(logging, given_[0])
        else:
            _remove_some(logging, *given_)
        assert kept(logging) == full(logging)
    assert log_state().is_whole


def _undone(owner: psycopg.Connection, most: int) -> None:
    """Placing that never came to its end."""
    with owner.transaction(force_rollback=True):
        owner.execute("SELECT gate.sequence_log(%s)", (most,))


def _remove_some(owner: psycopg.Connection, which: int, undone: bool) -> None:
    there = [
        place
        for (place,) in owner.execute(
            "SELECT t.place FROM log.tree_leaf t JOIN log.line USING (trace_id, span_id) ORDER BY 1"
        ).fetchall()
    ]
    if places := there[which::3]:
        with owner.transaction(force_rollback=undone):
            remove(owner, places)


def test_what_is_signed_counts_the_lines_below_that_size_only(logging: psycopg.Connection) -> None:
    people = [a_person() for _ in range(3)]
    for person in people:
        write(logging, person, MONTHS[0])
    sequence_lines()
    size = logging.execute("SELECT gate.tree_size()").fetchall()[0][0]
    for person in people[:2]:
        write(logging, person, MONTHS[1])
    sequence_lines()

    below = logging.execute("SELECT subject, month, lines FROM log.tally_below(%s)", (size,)).fetchall()

    assert {(bytes(subject), month): lines for subject, month, lines in below} == full(logging, size)
    assert kept(logging) == full(logging) != full(logging, size)


def test_a_killed_sequencer_leaves_places_and_counts_as_they_were(logging: psycopg.Connection, database: Any) -> None:
    person = a_person()
    write(logging, person, MONTHS[1])
    sequence_lines()
    before = kept(logging)
    write(logging, person, MONTHS[1])
    other = psycopg.connect(database.application)
    other.execute("SELECT gate.sequence_log(10)")
    with psycopg.connect(database.application) as killer:
        killer.execute("SELECT pg_terminate_backend(%s)", (other.info.backend_pid,))
    with pytest.raises(psycopg.OperationalError):
        other.commit()

    assert kept(logging) == full(logging) == before
    assert sequence_lines() == 1
    assert kept(logging) == full(logging) != before


def test_lines_that_get_a_place_and_lines_that_go_at_the_same_time_are_both_counted(
    logging: psycopg.Connection, database: Any
) -> None:
    person = a_person()
    for _ in range(4):
        write(logging, person, MONTHS[1])
    sequence_lines(batch=2)
    write(logging, person, MONTHS[1])

    with psycopg.connect(database.application) as placing:
        placing.execute("SELECT gate.sequence_log(10)")
        going = threading.Thread(target=remove, args=(logging, [0]))
        going.start()
        going.join(0.3)
        assert going.is_alive()  # it waits for the places, and neither counts over the other
        placing.commit()
        going.join(120)

    assert kept(logging) == full(logging)


def test_a_count_that_somebody_changed_is_found(logging: psycopg.Connection) -> None:
    write(logging, a_person(), MONTHS[1])
    sequence_lines()
    assert log_state().miscounted == 0

    logging.execute("UPDATE log.month_tally SET lines = lines + 1 WHERE month = '2026-09-01'")

    assert log_state().miscounted == 1 and not log_state().is_whole
    told = CliRunner().invoke(logbook, ["verify"])
    assert told.exit_code == 1 and "1 persons and months have another count" in told.output


def test_the_application_reads_no_kept_counts(logging: psycopg.Connection, database: Any) -> None:
    write(logging, a_person(), MONTHS[1])
    sequence_lines()
    sign_checkpoint(ORIGIN, KEY)
    with psycopg.connect(database.application, autocommit=True) as application:
        for statement in ("SELECT * FROM log.month_tally", "SELECT log.tally_below(1)", "SELECT log.keep_tally(0)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement.encode())
