"""A snapshot holds what its tickets open: the same facts as `take`, of the same day and moment, and of nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import (
    HOUSEHOLD,
    INCOME,
    OFFICIAL,
    PARTNER,
    STATUS,
    TODAY,
    a_client,
    a_person,
    a_request,
    a_weighed_service,
    open_keeping,
    publish_activity,
)
from waardig.access.actions import ask, suspend_service
from waardig.access.terms import Ticket, TicketWorthless
from waardig.kernel.clock import wall_now
from waardig.registers.actions import store_facts
from waardig.registers.queries import Snapshot, named, take, take_many
from waardig.registers.terms import NewFact

CHILDREN, DIED = "brp.kinderen", "brp.overlijdensdatum"
ATTRIBUTES = frozenset({STATUS, INCOME, HOUSEHOLD, PARTNER, CHILDREN, DIED})
LOOKED_UP = "proef.nagaan"
Row = tuple[UUID, str, object, date | None, date | None, bool]
Spell = tuple[int, str, date | None, int | None, object]


@pytest.fixture
def keeping(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The owner's connection; an activity over anybody, that looks 14 months back at income and 2 at status."""
    open_keeping(owner)
    publish_activity(
        owner,
        id=LOOKED_UP,
        kind="execution",
        bulk=False,
        population={"kind": "anyone"},
        attributes=sorted(ATTRIBUTES),
        windows={INCOME: 14, STATUS: 2},
    )
    yield owner


def asked(persons: Sequence[UUID], **changes: object) -> Ticket:
    return ask(a_request(*persons, **{"activity": LOOKED_UP, "attributes": ATTRIBUTES, "rule_set": None, **changes}))


def as_taken(*tickets: Ticket) -> list[Row]:
    """What `take` gives, a row a fact."""
    return sorted(
        (
            (f.person, f.attribute, f.value, f.valid_from, f.valid_to, f.under_investigation)
            for ticket in tickets
            for f in take(ticket)
        ),
        key=repr,
    )


def in_snapshot(*tickets: Ticket, at_once: bool = True) -> list[Row]:
    """What a snapshot of the tickets holds, a row a fact."""
    made = Snapshot()
    try:
        parts = [(ticket.persons, *take_many(ticket)) for ticket in tickets]
        for some in [parts] if at_once else [[part] for part in parts]:
            made.fill(some)
        rows = made.connection.execute(
            "SELECT id, attribute::VARCHAR, value, since, until, doubt FROM fact JOIN person USING (n)"
        ).fetchall()
    finally:
        made.close()
    return sorted(((one, name, orjson.loads(value), *rest) for one, name, value, *rest in rows), key=repr)


VALUES = {
    INCOME: st.integers(0, 300_000),
    STATUS: st.sampled_from(["lopend", "beeindigd"]),
    HOUSEHOLD: st.sampled_from(["PAAR", "ALLEENSTAAND"]),
    PARTNER: st.uuids(version=4).map(lambda one: {"person": str(one)}) | st.none(),
    CHILDREN: st.lists(st.dates(date(2005, 1, 1), date(2025, 1, 1)), max_size=3).map(
        lambda born: [{"geboortedatum": day.isoformat()} for day in born]
    ),
    DIED: st.none() | st.sampled_from(["2024-03-01", "2025"]),
}
SPELL = st.sampled_from(sorted(VALUES)).flatmap(
    lambda attribute: st.tuples(
        st.integers(0, 2),
        st.just(attribute),
        st.none() | st.dates(date(2023, 6, 1), date(2025, 6, 30)),
        st.none() | st.integers(0, 500),
        VALUES[attribute],
    )
)


def store(people: Sequence[UUID], spell: Spell) -> None:
    """Record one spell as if it was heard of now: late, a correction, or new."""
    who, attribute, since, length, value = spell
    begin = since or date(2023, 6, 1)
    until = None if length is None else begin + timedelta(days=length)
    store_facts([NewFact(people[who], attribute, value, since, until)])  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SPELL, max_size=12), st.lists(SPELL, max_size=8), st.lists(st.integers(0, 30), max_size=3), st.data())
def test_any_history_is_in_it_as_taken(
    keeping: psycopg.Connection, before: list[Spell], after: list[Spell], doubts: list[int], data: st.DataObject
) -> None:
    people = [a_person() for _ in range(3)]
    for spell in before:
        store(people, spell)
    keeping.execute(
        "INSERT INTO reg.investigation (fact, reason) SELECT fact, 'klopt dit' FROM (SELECT fact, row_number() OVER"
        " (ORDER BY attribute, valid_from, recorded_at) AS n FROM reg.fact WHERE person = ANY (%s)) f"
        " WHERE n = ANY (%s)",
        (people, doubts),
    )
    then = wall_now()
    for spell in after:
        store(people, spell)
    order = data.draw(st.permutations(people))
    day = data.draw(st.dates(TODAY - timedelta(days=400), TODAY))

    for changes in ({}, {"known_at": then}, {"as_of": day}):
        ticket = asked(order, **changes)
        assert in_snapshot(ticket) == as_taken(ticket)


def test_late_news_a_correction_and_a_doubt_are_in_it_from_when_they_were_known(keeping: psycopg.Connection) -> None:
    person = a_person()
    born: list[object] = [{"geboortedatum": "2024-05-02"}, {"geboortedatum": "2019"}]
    store_facts([NewFact(person, INCOME, 100, date(2024, 1, 1)), NewFact(person, CHILDREN, [])])
    then = wall_now()
    store_facts([NewFact(person, INCOME, 200, date(2024, 6, 1)), NewFact(person, CHILDREN, born)])
    keeping.execute(
        "INSERT INTO reg.investigation (fact, reason) SELECT fact, 'klopt dit' FROM reg.fact"
        " WHERE person = %s AND value = '200'",
        (person,),
    )

    now, known_then = in_snapshot(asked([person])), in_snapshot(asked([person], known_at=then))

    assert now == [
        (person, CHILDREN, born, None, None, False),
        (person, INCOME, 100, date(2024, 1, 1), date(2024, 5, 31), False),
        (person, INCOME, 200, date(2024, 6, 1), None, True),
    ]
    assert known_then == [
        (person, CHILDREN, [], None, None, False),
        (person, INCOME, 100, date(2024, 1, 1), None, False),
    ]


def test_several_tickets_one_after_another_are_the_same_as_all_at_once(keeping: psycopg.Connection) -> None:
    people = [a_client() for _ in range(7)]
    tickets = [asked(people[4:]), asked(people[:3][::-1]), asked([people[3]], attributes=frozenset({STATUS}))]

    assert in_snapshot(*tickets, at_once=False) == in_snapshot(*tickets) == as_taken(*tickets)
    assert len(as_taken(*tickets)) == 3 * 6 + 1


def test_who_was_not_asked_about_is_not_in_it(keeping: psycopg.Connection) -> None:
    people = sorted(a_client() for _ in range(5))
    ticket = asked([people[3], people[1]], attributes=frozenset({INCOME}))

    attributes, text = take_many(ticket)

    assert attributes == (INCOME,)
    assert text is not None and sorted(text.split("\n")) == ["10002\t127818\t19723\t", "20002\t127818\t19723\t"]
    assert [(one, value) for one, _name, value, *_ in in_snapshot(ticket)] == [(people[1], 127818), (people[3], 127818)]


def test_a_ticket_that_expired_or_whose_service_stands_still_fills_nothing(keeping: psycopg.Connection) -> None:
    a_weighed_service(keeping)
    person = a_client()
    expired, suspended = asked([person]), ask(a_request(person))
    keeping.execute("UPDATE gate.ticket SET expires_at = now() - interval '1 second' WHERE id = %s", (expired.id,))
    suspend_service("proef", on=TODAY, actor=OFFICIAL, reason="storing")

    for ticket, state in ((expired, "expired"), (suspended, "suspended")):
        with pytest.raises(TicketWorthless) as refusal:
            take_many(ticket)
        assert refusal.value.state == state
        opened = keeping.execute("SELECT * FROM gate.take_many(%s)", (ticket.id,)).fetchall()
        assert opened == []


def test_nobody_known_gives_persons_and_no_facts(keeping: psycopg.Connection) -> None:
    person = a_person()

    assert take_many(asked([person])) == (tuple(sorted(ATTRIBUTES)), None)
    assert in_snapshot(asked([person])) == []


def test_whom_the_facts_name_is_read_from_the_text(keeping: psycopg.Connection) -> None:
    partner, doubted = a_person(), a_person()
    people = [a_client(partner={"person": str(one)}) for one in (partner, doubted)] + [a_client()]
    keeping.execute(
        "INSERT INTO reg.investigation (fact, reason) SELECT fact, 'klopt dit' FROM reg.fact"
        " WHERE value ->> 'person' = %s",
        (str(doubted),),
    )
    attributes, text = take_many(asked(people))

    assert set(named(attributes, text, PARTNER)) == {partner, doubted}
    assert list(named(attributes, text, HOUSEHOLD)) == list(named(attributes, text, "brp.partner")) == []
    assert list(named(attributes, None, PARTNER)) == []


def test_an_attribute_that_the_first_time_did_not_have_is_refused_and_adds_nothing() -> None:
    made = Snapshot()
    person = UUID(int=1)
    made.fill([([person], (INCOME,), "10002\t1\t\t")])

    with pytest.raises(ValueError, match=STATUS):
        made.fill([([person], (INCOME, STATUS), '10004\t"lopend"\t\t')])

    assert made.connection.execute("SELECT (SELECT count(*) FROM fact), (SELECT count(*) FROM person)").fetchall() == [
        (1, 1)
    ]
    made.close()


def test_two_threads_hold_the_same_as_one() -> None:
    rows = "\n".join(f"{10_000 * n + 2}\t{n}\t{n}\t" for n in range(1, 401))
    counted = []
    for threads in (1, 2):
        made = Snapshot(threads=threads)
        made.fill([([UUID(int=n) for n in range(1, 401)], (INCOME,), rows)] * 3)
        counted.append(
            made.connection.execute("SELECT count(*), sum(n), sum(value::INT), max(since) FROM fact").fetchone()
        )
        assert made.connection.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
        made.close()

    assert counted[0] == counted[1] == (1200, sum(range(1, 1201)), 3 * sum(range(1, 401)), date(1971, 2, 5))
