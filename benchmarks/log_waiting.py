"""Which lines wait for a place: kept up as they are written, against searching the whole log; what writers pay.

Baselines of the same run, in turns: the sequencer as it was, which searches every line; writing with the trigger off.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg

TURNS, BATCH, NEW = 60, 500, 20
_COMMON = {"uri": "https://rietwaarden.example/v/1", "decision": "allow", "reasons": [], "activity": "proef",
           "attributes": ["brp.naam", "brp.adres"], "actor": {"kind": "system", "id": "x", "role": "proposals"},
           "name": "Nagaan of iemand recht heeft", "as_of": "2026-01-01"}  # fmt: skip
_MANY = "SELECT count(*) FROM log.insert_alike(%s::jsonb, %s)"
_ONE = "SELECT count(*) FROM log.insert_lines(%s::jsonb)"


def waiting(owner: str) -> Iterator[str]:
    """Seconds of a sequencer with nothing and with something new; milliseconds of a writer."""
    with psycopg.connect(owner, autocommit=True) as connection:
        _as_it_was(connection)
        ((lines,),) = connection.execute("SELECT count(*) FROM log.line").fetchall()
        yield ""
        yield f"{lines:,} lines with a place; the whole log searched is the baseline, in turns, each undone"
        for what, asks in (("nothing new", 0), (f"{BATCH * NEW:,} lines of {NEW} calls new", NEW)):
            found: dict[str, list[float]] = {"bench.sequence_log": [], "gate.sequence_log": []}
            for turn in range(7):
                for name, seconds in found.items():
                    seconds.append(_sequenced(connection, name, asks, turn))
            was, now = (sorted(seconds)[3] for seconds in found.values())
            yield f"{what:<34}searched {was * 1e3:>9.1f} ms, kept up {now * 1e3:>7.2f} ms ({now / was:.4f} times)"
        for what, query, given in (("500 lines in one call", _MANY, _many), ("one line", _ONE, _single)):
            taken: dict[str, list[float]] = {"DISABLE": [], "ENABLE": []}
            for turn in range(TURNS):
                for state, times in taken.items():
                    connection.execute(f"ALTER TABLE log.line {state} TRIGGER waits_for_a_place".encode())
                    begun = time.perf_counter()
                    connection.execute(query.encode(), given(turn))
                    times.append(time.perf_counter() - begun)
            off, on = (sorted(times)[TURNS // 2] for times in taken.values())
            yield f"{what:<34}without {off * 1e3:>10.3f} ms, kept up {on * 1e3:>7.3f} ms ({on / off:.3f} times)"


def _many(turn: int) -> tuple[str, list[UUID]]:
    return json.dumps(_COMMON), [UUID(int=turn * BATCH + n + 1) for n in range(BATCH)]


def _single(turn: int) -> tuple[str]:
    return (json.dumps([{**_COMMON, "person": str(UUID(int=turn + 1))}]),)


def _sequenced(connection: psycopg.Connection, name: str, asks: int, turn: int) -> float:
    """Seconds in which this sequencer gives a place to the lines of so many calls, in a transaction that is undone."""
    with connection.transaction(force_rollback=True):
        for ask in range(asks):
            connection.execute(_MANY.encode(), _many(turn * 100 + ask))
        begun = time.perf_counter()
        ((placed,),) = connection.execute(f"SELECT {name}(%s)".encode(), (BATCH * NEW + 1,)).fetchall()
        seconds = time.perf_counter() - begun
    if placed != asks * BATCH:
        raise AssertionError(f"{name} gave {placed} lines a place, not {asks * BATCH}")
    return seconds


def _as_it_was(connection: psycopg.Connection) -> None:
    """The sequencer that searches the whole log, beside the one of today."""
    import waardig.logbook

    text = (Path(waardig.logbook.__file__).parent / "sql/month_tally.sql").read_text()
    start = text.index("CREATE OR REPLACE FUNCTION gate.sequence_log")
    end = text.index("END $$;", start) + len("END $$;")
    connection.execute(b"CREATE SCHEMA IF NOT EXISTS bench")
    connection.execute(text[start:end].replace("gate.sequence_log", "bench.sequence_log").encode())
