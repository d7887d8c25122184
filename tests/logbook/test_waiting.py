"""Lines wait for their place from the moment they are written: none is missed, whatever happens to a transaction."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner

from tests.access.builders import a_person, a_weighed_service, open_keeping
from waardig.logbook.actions import compare, sequence_lines, write_lines
from waardig.logbook.cli import logbook
from waardig.logbook.queries import log_state, progress
from waardig.logbook.terms import NewLine

_UNPLACED = (
    "SELECT count(*) FROM log.line l"
    " WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)"
)


@pytest.fixture
def logging(owner: psycopg.Connection) -> psycopg.Connection:
    open_keeping(owner)
    a_weighed_service(owner)
    return owner


@pytest.fixture
def other(logging: psycopg.Connection, database: Any) -> Iterator[psycopg.Connection]:
    """Another session of the application, as the owner of the tables writes for it."""
    with closing(psycopg.connect(database.owner)) as connection:
        yield connection


def add(connection: psycopg.Connection, trace: str | None = None, lines: int = 1) -> None:
    """Lines in the transaction of this connection, in one trace when one is given."""
    line = {"uri": "https://proef.example/1", "activity": "proef.ronde", "decision": "allow", "reasons": [],
            "attributes": [], "actor": {"kind": "system"}, "trace": trace}  # fmt: skip
    connection.execute("SELECT count(*) FROM log.insert_lines(%s::jsonb)", (json.dumps([line] * lines),))


def one(connection: psycopg.Connection, query: str) -> int:
    ((found,),) = connection.execute(query.encode()).fetchall()
    return int(found)


def waiting(owner: psycopg.Connection) -> int:
    return one(owner, "SELECT count(*) FROM log.waiting")


def test_lines_of_one_call_wait_as_one_and_wait_no_more_when_they_have_a_place(logging: psycopg.Connection) -> None:
    write_lines([NewLine("proef.ronde", a_person(), "regel") for _ in range(3)])
    single = one(logging, "SELECT count(*) FROM log.line")
    people = [UUID(int=n + 1) for n in range(40)]
    common = json.dumps({"uri": "x", "activity": "proef.ronde", "decision": "allow", "reasons": [], "attributes": [],
                         "actor": {"kind": "system"}})  # fmt: skip
    logging.execute("SELECT count(*) FROM log.insert_alike(%s::jsonb, %s)", (common, people))

    found = logging.execute("SELECT lines FROM log.waiting ORDER BY id DESC LIMIT 1").fetchall()
    far = progress()

    assert found == [(40,)]
    assert (far.waiting, far.lines, far.placed) == (single + 40, single + 40, 0)
    assert far.waiting_since is not None
    assert sequence_lines() == single + 40
    assert (waiting(logging), one(logging, _UNPLACED), progress().waiting_since) == (0, 0, None)


def test_a_line_of_a_long_transaction_gets_its_place_after_later_lines_have_theirs(
    logging: psycopg.Connection, other: psycopg.Connection
) -> None:
    add(other)
    write_lines([NewLine("proef.ronde", a_person(), "later")])
    assert sequence_lines() > 0
    assert sequence_lines() == 0

    other.commit()

    assert one(logging, _UNPLACED) == 1
    assert sequence_lines() == 1
    assert one(logging, _UNPLACED) == waiting(logging) == 0


def test_a_line_added_to_a_trace_that_is_being_given_places_is_not_taken_for_placed(
    logging: psycopg.Connection, other: psycopg.Connection, database: Any
) -> None:
    trace = "ab" * 16
    add(logging, trace, 2)
    add(other, trace, 3)
    with closing(psycopg.connect(database.application)) as sequencer:
        assert one(sequencer, "SELECT gate.sequence_log(100)") == 2
        other.commit()
        add(logging, trace)
        sequencer.commit()

    assert one(logging, _UNPLACED) == 4
    assert [sequence_lines(batch=3), waiting(logging), one(logging, _UNPLACED)] == [4, 0, 0]


def test_lines_and_their_waiting_go_together_when_a_transaction_is_undone_or_killed(
    logging: psycopg.Connection, other: psycopg.Connection
) -> None:
    add(other)
    other.rollback()
    with other.transaction():
        add(other)
        with other.transaction(force_rollback=True):
            add(other, lines=5)
    add(other)
    logging.execute("SELECT pg_terminate_backend(%s)", (other.info.backend_pid,))
    with pytest.raises(psycopg.OperationalError):
        other.commit()

    assert (waiting(logging), one(logging, _UNPLACED)) == (1, 1)
    assert sequence_lines() == 1


def test_a_killed_sequencer_leaves_what_waited_waiting(logging: psycopg.Connection, database: Any) -> None:
    for _ in range(4):
        add(logging)
    with closing(psycopg.connect(database.application)) as sequencer:
        assert one(sequencer, "SELECT gate.sequence_log(3)") == 3
        with psycopg.connect(database.application) as killer:
            killer.execute("SELECT pg_terminate_backend(%s)", (sequencer.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError):
            sequencer.commit()

    assert (waiting(logging), one(logging, _UNPLACED)) == (4, 4)
    assert sequence_lines() == 4


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 50])
def test_any_batch_gives_every_line_one_place_and_full_batches_until_the_last(
    logging: psycopg.Connection, batch: int
) -> None:
    for n in range(12):
        add(logging, f"{n % 5:032x}" if n % 3 else None, n % 4 + 1)
    total = one(logging, "SELECT count(*) FROM log.line")

    counts = []
    while not counts or counts[-1] == batch:
        counts.append(one(logging, f"SELECT gate.sequence_log({batch})"))

    assert sum(counts) == total
    assert all(count == batch for count in counts[:-1])
    assert one(logging, "SELECT count(DISTINCT (trace_id, span_id)) FROM log.tree_leaf") == total
    assert (waiting(logging), one(logging, _UNPLACED)) == (0, 0)


def test_writers_that_commit_and_undo_beside_two_sequencers_lose_nothing(
    logging: psycopg.Connection, database: Any
) -> None:
    stop = threading.Event()

    def write(seed: int) -> None:
        drawn = random.Random(seed)
        with closing(psycopg.connect(database.owner)) as connection:
            for _ in range(25):
                for _ in range(drawn.randint(1, 3)):
                    add(connection, f"{drawn.randint(0, 3):032x}", drawn.randint(1, 4))
                connection.rollback() if drawn.random() < 0.3 else connection.commit()

    def place() -> None:
        with closing(psycopg.connect(database.application, autocommit=True)) as connection:
            while not stop.is_set():
                connection.execute("SELECT gate.sequence_log(5)")

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(3)]
    sequencers = [threading.Thread(target=place) for _ in range(2)]
    for thread in (*writers, *sequencers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    sequence_lines()

    total = one(logging, "SELECT count(*) FROM log.line")
    assert total > 100
    assert one(logging, "SELECT count(*) FROM log.tree_leaf") == one(
        logging, "SELECT max(place) + 1 FROM log.tree_leaf"
    )
    assert (one(logging, _UNPLACED), waiting(logging), progress().lines) == (0, 0, total)
    assert log_state().is_whole


def test_lines_put_back_without_triggers_are_named_and_wait_after_a_comparison(logging: psycopg.Connection) -> None:
    add(logging)
    logging.execute("ALTER TABLE log.line DISABLE TRIGGER waits_for_a_place")
    add(logging, "cd" * 16, 2)
    logging.execute("ALTER TABLE log.line ENABLE TRIGGER waits_for_a_place")
    assert sequence_lines() == 1

    said = CliRunner().invoke(logbook, ["verify"])

    assert said.exit_code == 1
    assert said.output.count(f"forgotten: trace {'cd' * 16} span ") == 2
    assert compare([]) == ()
    assert log_state().is_whole
    assert one(logging, _UNPLACED) == 0


def test_the_application_cannot_reach_what_waits(database: Any, logging: psycopg.Connection) -> None:
    with closing(psycopg.connect(database.application, autocommit=True)) as application:
        for statement in (
            b"SELECT * FROM log.waiting",
            b"DELETE FROM log.waiting",
            b"INSERT INTO log.waiting (trace_id, lines) VALUES ('\\x00112233445566778899aabbccddeeff', 1)",
            b"SELECT log.let_wait()",
            b"SELECT * FROM log.forgotten_lines()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)
