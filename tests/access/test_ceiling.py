"""The ceiling of a day: over so many different persons one actor may ask under an activity, and not over one more."""

from __future__ import annotations

import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.access.builders import OFFICIAL, a_bsn, a_person, open_keeping, publish_activity
from tests.conftest import TODAY
from waardig.access.actions import ask, forget_tickets
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.catalogue import queries as catalogue
from waardig.registers.actions import persons_for_bsns

COLLEAGUE = Actor("employee", "e-2002", OFFICIAL.role)
_JSON = Jsonb(OFFICIAL.as_json())
LOOKING = "proef.kijken"
_GOES = {"service": "algemeen", "bulk": False, "population": {"kind": "anyone"}, "actors": [{"kind": "employee"}]}


@pytest.fixture
def desk(owner: psycopg.Connection) -> psycopg.Connection:
    """An activity with a ceiling of three persons a day for each employee."""
    open_keeping(owner)
    with_ceiling(owner, 3)
    return owner


def with_ceiling(owner: psycopg.Connection, most: int | None, **changes: Any) -> str:
    delivery = {"form": "query"} if most is None else {"form": "query", "daily_ceiling": most}
    entry = {"delivery": delivery}
    return publish_activity(owner, **{"id": LOOKING, "kind": "right", **_GOES, "register_entry": entry, **changes})


def look(*persons: UUID, actor: Actor = OFFICIAL, activity: str = LOOKING) -> str:
    """ "allowed", or the codes of the reasons against."""
    try:
        ask(Request(activity, frozenset({"uitkeringen.status"}), persons, actor, TODAY))
    except AccessRefused as refused:
        return ",".join(reason.code for reason in refused.reasons)
    return "allowed"


def test_at_the_ceiling_it_is_allowed_and_one_person_more_is_refused(desk: psycopg.Connection) -> None:
    people = [a_person() for _ in range(4)]

    answers = [look(person) for person in people]

    assert answers == ["allowed", "allowed", "allowed", "ceiling_reached"]
    with pytest.raises(AccessRefused) as refusal:
        ask(Request(LOOKING, frozenset({"uitkeringen.status"}), (people[3],), OFFICIAL, TODAY))
    assert refusal.value.text_nl == (
        "U vroeg vandaag al gegevens van 3 personen. Meer mag niet op 1 dag. Morgen kan het weer. "
        "Kan het niet wachten? Vraag een collega."
    )
    assert refusal.value.remedy.startswith("Wait until tomorrow")
    assert refusal.value.reasons[0].facts == {"activity": LOOKING, "most": 3}


def test_the_refusal_is_a_row_and_a_line_in_the_log_of_the_person(desk: psycopg.Connection) -> None:
    people = [a_person() for _ in range(4)]
    for person in people:
        look(person)

    rows = desk.execute("SELECT allowed, reasons -> 0 ->> 'code' FROM gate.ticket ORDER BY made_at").fetchall()
    lines = desk.execute(
        "SELECT decision, reasons FROM log.detail WHERE activity = %s AND subject = log.pseudonym(%s)",
        (LOOKING, people[3]),
    ).fetchall()

    assert [row for row in rows if row[1]] == [(False, "ceiling_reached")]
    assert lines == [("refuse", ["ceiling_reached"])]


def test_whom_one_asked_about_before_counts_once_and_can_be_helped_further(desk: psycopg.Connection) -> None:
    first, second, third, fourth = (a_person() for _ in range(4))

    assert [look(first) for _ in range(10)] == ["allowed"] * 10
    assert (look(second, third), look(fourth)) == ("allowed", "ceiling_reached")

    assert look(first, second) == "allowed"
    assert look(first, fourth) == "ceiling_reached"
    assert look(third) == "allowed"


def test_too_many_in_one_go_is_refused_whole(desk: psycopg.Connection) -> None:
    people = [a_person() for _ in range(4)]

    assert look(*people) == "ceiling_reached"

    assert look(*people[:3]) == "allowed"


def test_a_colleague_another_activity_and_the_next_day_have_a_ceiling_of_their_own(desk: psycopg.Connection) -> None:
    other = with_ceiling(desk, 3, id="proef.anders")
    free = with_ceiling(desk, None, id="proef.vrij")
    people = [a_person() for _ in range(4)]
    for person in people:
        look(person)
    last = people[3]

    assert look(last) == "ceiling_reached"
    assert look(last, actor=COLLEAGUE) == "allowed"
    assert (look(last, activity=other), [look(one, activity=free) for one in people]) == ("allowed", ["allowed"] * 4)

    desk.execute("UPDATE gate.daily_use SET day = day - 1")
    desk.execute("UPDATE gate.ticket SET made_at = made_at - interval '1 day'")
    assert look(last) == "allowed"


def test_an_organisation_and_an_employee_with_the_same_number_do_not_share_a_ceiling(desk: psycopg.Connection) -> None:
    shared = with_ceiling(desk, 1, id="proef.samen", actors=[{"kind": "employee"}, {"kind": "organisation"}])
    one, two = a_person(), a_person()

    both = (Actor("employee", "90000001"), Actor("organisation", "90000001"))
    answers = [look(one, activity=shared, actor=actor) for actor in both]

    assert answers == ["allowed", "allowed"]
    assert look(two, activity=shared, actor=Actor("organisation", "90000001")) == "ceiling_reached"


def test_what_was_refused_for_another_reason_counts_too_so_that_nobody_tries_them_all(desk: psycopg.Connection) -> None:
    own = with_ceiling(desk, 2, id="proef.eigen", population={"kind": "self"})
    people = [a_person() for _ in range(3)]

    answers = [look(person, activity=own) for person in people]

    assert answers == ["population_outside", "population_outside", "ceiling_reached"]


def test_of_two_at_the_same_moment_exactly_one_passes(desk: psycopg.Connection, database: Any) -> None:
    people = [a_person() for _ in range(4)]
    assert look(*people[:2]) == "allowed"
    asked = [_asked(person, LOOKING) for person in people[2:]]

    with (
        psycopg.connect(database.application) as first,
        psycopg.connect(database.application) as second,
        ThreadPoolExecutor(1) as other,
    ):
        one = first.execute("SELECT gate.ask(%s::jsonb)", (asked[0],)).fetchone()
        coming = other.submit(lambda: second.execute("SELECT gate.ask(%s::jsonb)", (asked[1],)).fetchone())
        while not _waits(desk, second.info.backend_pid):
            assert not coming.done(), "the second ask did not wait for the first"
        first.commit()
        two = coming.result()
        second.commit()

    allowed = desk.execute("SELECT allowed FROM gate.ticket WHERE id = ANY (%s)", ([one[0], two[0]],)).fetchall()  # type: ignore[index]
    assert sorted(allowed) == [(False,), (True,)]


def test_far_below_the_ceiling_two_at_the_same_moment_do_not_wait(desk: psycopg.Connection, database: Any) -> None:
    wide = with_ceiling(desk, 100_000, id="proef.ruim")
    asked = [_asked(a_person(), wide) for _ in range(8)]

    with contextlib.ExitStack() as stack:
        open_at_once = [stack.enter_context(psycopg.connect(database.application)) for _ in asked]
        places = {connection.info.backend_pid % 8: connection for connection in open_at_once}
        for connection, question in zip(places.values(), asked, strict=False):
            connection.execute("SET lock_timeout = '5s'")
            connection.execute("SELECT gate.ask(%s::jsonb)", (question,))
        assert len(places) > 1
        for connection in places.values():
            connection.commit()

    rows = desk.execute("SELECT place, asked FROM gate.daily_use WHERE activity = %s", (wide,)).fetchall()
    assert sorted(rows) == [(place, 1) for place in sorted(places)]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 4)), min_size=1, max_size=12))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_count_is_spread_the_sum_decides(desk: psycopg.Connection, counted: list[tuple[int, int]]) -> None:
    """What was counted in all places together, and what one more ask may still add."""
    most, spent = 3_510, sum(weight for _, weight in counted)
    desk.execute("DELETE FROM gate.daily_use")
    for place, weight in counted:
        desk.execute("SELECT gate.count_use(%s, %s, 'lookup', %s, %s)", (LOOKING, _JSON, weight, place))

    def ask_for(weight: int) -> object:
        row = desk.execute(
            "SELECT gate.over_ceiling(a, %s, 'lookup', %s, '{}') FROM (SELECT (jsonb_populate_record(a, %s)).* FROM"
            " pol.activity a WHERE id = %s) a",
            (_JSON, weight, Jsonb({"register_entry": {"delivery": {"daily_ceiling": most}}}), LOOKING),
        ).fetchone()
        return row[0] if row else None

    assert ask_for(most - spent) == []
    refused = ask_for(1)
    assert isinstance(refused, list) and refused[0]["code"] == "lookups_too_many"


def _asked(person: UUID, activity: str) -> str:
    return json.dumps({
        "activity": activity, "attributes": ["uitkeringen.status"], "persons": [str(person)],
        "actor": OFFICIAL.as_json(), "as_of": TODAY.isoformat(),
    })  # fmt: skip


def _waits(owner: psycopg.Connection, process: int) -> bool:
    row = owner.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", (process,)).fetchone()
    return bool(row and row[0])


def test_looking_up_by_number_counts_each_number_tried_or_met(desk: psycopg.Connection) -> None:
    finding = with_ceiling(
        desk, 2, id="proef.zoeken", kind="identification", max_persons=5, attributes=["uitkeringen.status"]
    )
    a_person()
    row = desk.execute("SELECT bsn FROM reg.person").fetchone()
    assert row is not None
    known, unknown = row[0], a_bsn()

    def find(*numbers: str, actor: Actor = OFFICIAL) -> int:
        return len(persons_for_bsns(numbers, activity=finding, actor=actor))

    assert (find(known), find(unknown)) == (1, 0)
    with pytest.raises(AccessRefused) as refusal:
        find(known)

    assert refusal.value.code == "lookups_too_many"
    assert "U zocht vandaag al 2 keer. Morgen kan het weer." in refusal.value.text_nl
    assert find(known, unknown, actor=COLLEAGUE) == 1
    with pytest.raises(AccessRefused):
        find(known, actor=COLLEAGUE)


def test_one_row_an_actor_counts_and_goes_with_the_tickets(desk: psycopg.Connection) -> None:
    people = [a_person() for _ in range(3)]
    for person in people:
        look(person)
    counted = desk.execute("SELECT activity, actor_id, unit, asked FROM gate.daily_use").fetchall()
    assert counted == [(LOOKING, OFFICIAL.id, "person", 3)]

    forget_tickets()
    assert desk.execute("SELECT count(*) FROM gate.daily_use").fetchone() == (1,)
    desk.execute("UPDATE gate.daily_use SET day = day - 2")
    forget_tickets()

    assert desk.execute("SELECT count(*) FROM gate.daily_use").fetchone() == (0,)


def test_the_published_activities_hold_their_own_ceiling(db: None, owner: psycopg.Connection) -> None:
    """The figure of the lookup at the counter is that of its activity, and stands nowhere else."""
    declared = catalogue.activity("loket.zoeken").delivery.daily_ceiling

    row = owner.execute(
        "SELECT (register_entry #>> '{delivery,daily_ceiling}')::int FROM pol.activity WHERE id = 'loket.zoeken'"
    ).fetchone()

    assert (declared, row) == (40, (40,))
    source = owner.execute("SELECT prosrc FROM pg_proc WHERE proname IN ('ask_address', 'why_not_address')").fetchall()
    assert len(source) == 2 and not any("40" in text for (text,) in source)
