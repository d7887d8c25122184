"""Above the ceiling of a day a letter waits for tomorrow; nobody has to look at it."""

from __future__ import annotations

import psycopg

from tests.inbox.builders import a_message, a_resident, send
from waardig.inbox import jobs
from waardig.inbox.queries import held_count, sender
from waardig.outbox.actions import drain


def lower(owner: psycopg.Connection, activity: str, most: int) -> None:
    """Publish the next version of an activity, the same but for its ceiling."""
    owner.execute(
        "INSERT INTO pol.activity SELECT (jsonb_populate_record(a, jsonb_build_object('version', a.version + 1,"
        " 'uri', a.uri || '/lower', 'register_entry',"
        " jsonb_set(a.register_entry, '{delivery,daily_ceiling}', %s::text::jsonb)))).*"
        " FROM pol.activity a WHERE a.id = %s ORDER BY a.version DESC LIMIT 1",
        (str(most), activity),
    )


def states(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute("SELECT state FROM inbox_delivery ORDER BY state").fetchall()
    return [state for (state,) in rows]


def again(owner: psycopg.Connection) -> None:
    owner.execute("UPDATE outbox_job SET due = now(), lease_until = NULL WHERE state = 'waiting'")
    drain(jobs.handlers(sender), until_empty=True)


def test_letters_above_the_ceiling_go_the_next_day_and_are_not_held(db: None, owner: psycopg.Connection) -> None:
    lower(owner, "bericht.bezorgen", 1)
    send(a_message(a_resident()))
    again(owner)
    assert states(owner) == ["handed_to_print"]
    send(a_message(a_resident()))

    again(owner)

    assert (states(owner), held_count()) == (["handed_to_print", "pending"], 0)
    assert owner.execute("SELECT count(*) FROM inbox_letter").fetchone() == (1,)
    error = owner.execute("SELECT last_error FROM outbox_job WHERE state = 'waiting'").fetchone()
    assert error is not None and error[0].startswith("AccessRefused")

    owner.execute("UPDATE gate.daily_use SET day = day - 1")
    owner.execute("UPDATE gate.ticket SET made_at = made_at - interval '1 day'")
    again(owner)

    assert (states(owner), held_count()) == (["handed_to_print", "handed_to_print"], 0)
