"""The gate and what runs: an activity that was not declared is refused, logged, and opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from datetime import date

import psycopg
import pytest

from tests.access.builders import BORN, OFFICIAL, STATUS, a_bsn, a_person, open_keeping, publish_activity
from tests.conftest import TODAY
from waardig.access.actions import ask, opt_in, opt_out, select_population
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.kernel.declared import ActivityNotDeclared, declaring, reads, within
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import NewLine
from waardig.outbox.actions import drain, each, enqueue
from waardig.outbox.terms import Drained, Handler, Job, NewJob
from waardig.proposals.actions.chunks import beside
from waardig.registers.actions import enrol_persons, persons_at_address, persons_for_bsns, store_facts
from waardig.registers.queries import take
from waardig.registers.terms import NewFact

LOOKING = "proef.kijken"
_ACTIVITY = {
    "id": LOOKING, "kind": "right", "service": "algemeen", "bulk": False, "population": {"kind": "anyone"},
    "actors": [{"kind": "employee"}], "attributes": sorted({STATUS, BORN}),
}  # fmt: skip


@pytest.fixture
def desk(owner: psycopg.Connection) -> psycopg.Connection:
    open_keeping(owner)
    publish_activity(owner, **_ACTIVITY)
    return owner


def _request(*attributes: str) -> Request:
    return Request(LOOKING, frozenset(attributes), (a_person(),), OFFICIAL, TODAY)


def _lines(owner: psycopg.Connection) -> list[tuple[str, list[str]]]:
    return owner.execute(
        "SELECT decision, reasons FROM log.detail WHERE activity = %s ORDER BY trace_id", (LOOKING,)
    ).fetchall()


def test_an_activity_that_was_not_declared_is_refused_with_a_line_of_the_person(desk: psycopg.Connection) -> None:
    request = _request(STATUS)
    with within("a view", declaring("afmelden")), pytest.raises(AccessRefused) as refusal:
        ask(request)

    assert refusal.value.code == "activity_not_declared"
    assert refusal.value.text_nl == (
        "Deze pagina of taak heeft niet gezegd dat zij gegevens gebruikt voor proef.kijken. Daarom krijgt zij ze niet."
    )
    assert refusal.value.text_en == "a view did not declare the activity proef.kijken, or not for what it asked."
    assert "@uses" in refusal.value.remedy and not refusal.value.is_for_today
    subjects = desk.execute(
        "SELECT decision, reasons FROM log.detail WHERE activity = %s AND subject = log.pseudonym(%s)",
        (LOOKING, request.persons[0]),
    ).fetchall()
    assert subjects == [("refuse", ["activity_not_declared"])] == _lines(desk)
    assert desk.execute("SELECT allowed FROM gate.ticket WHERE activity = %s", (LOOKING,)).fetchall() == [(False,)]


def test_nothing_else_is_looked_at_so_nothing_is_told_about_anybody(desk: psycopg.Connection) -> None:
    nobody = Request("bestaat.niet", frozenset({"a.b"}), (), Actor("resident", "x"), date(2999, 1, 1))
    with within("a view", declaring()), pytest.raises(AccessRefused) as refusal:
        ask(nobody)

    assert "activity_not_declared" in {reason.code for reason in refusal.value.reasons}
    assert {reason.code for reason in refusal.value.reasons} <= {"activity_not_declared", "persons_missing"}


def test_outside_any_route_job_or_command_the_gate_refuses(desk: psycopg.Connection) -> None:
    request = _request(STATUS)
    with pytest.raises(AccessRefused, match="- did not declare"):
        Context().run(ask, request)

    assert _lines(desk) == [("refuse", ["activity_not_declared"])]


def test_what_was_declared_passes_and_gives_data(desk: psycopg.Connection) -> None:
    request = _request(STATUS, BORN)
    with within("a view", declaring(LOOKING)):
        ticket = ask(request)

    assert ticket.persons == request.persons and _lines(desk) == [("allow", [])]
    assert take(ticket) == ()


def test_attributes_beside_the_declared_ones_are_refused(desk: psycopg.Connection) -> None:
    first, second = _request(STATUS), _request(STATUS, BORN)
    with within("a view", declaring(reads(LOOKING, STATUS))):
        ask(first)
        with pytest.raises(AccessRefused) as refusal:
            ask(second)

    assert [reason.code for reason in refusal.value.reasons] == ["activity_not_declared"]
    assert refusal.value.reasons[0].facts["attributes"] == sorted([STATUS, BORN])


DOORS: dict[str, Callable[[], object]] = {
    "a selection": lambda: select_population(LOOKING, actor=OFFICIAL, as_of=TODAY),
    "numbers": lambda: persons_for_bsns([a_bsn()], activity=LOOKING, actor=OFFICIAL),
    "an address": lambda: persons_at_address(TODAY, "1234AB", "1", activity=LOOKING, actor=OFFICIAL),
}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_every_door_that_asks_refuses_it(desk: psycopg.Connection, door: str) -> None:
    with within("a view", declaring("afmelden")), pytest.raises(AccessRefused) as refusal:
        DOORS[door]()

    assert "activity_not_declared" in {reason.code for reason in refusal.value.reasons}
    ((decision, codes),) = _lines(desk)
    assert decision == "refuse" and "activity_not_declared" in codes


def test_every_door_that_writes_refuses_it_and_nothing_is_written(desk: psycopg.Connection) -> None:
    person = a_person()
    doors: list[Callable[[], object]] = [
        lambda: write_lines([NewLine(LOOKING, person, "keek")]),
        lambda: store_facts([NewFact(person, BORN, "1980-02-03", TODAY, None, TODAY, "brp")], activity=LOOKING),
        lambda: enrol_persons([(person, a_bsn())], activity=LOOKING),
        lambda: opt_out(person, "*", OFFICIAL, TODAY),
        lambda: opt_in(person, "*", OFFICIAL, TODAY),
    ]
    before = desk.execute("SELECT (SELECT count(*) FROM log.line), (SELECT count(*) FROM reg.fact)").fetchall()
    with within("a view", declaring("bezwaar")):
        for door in doors:
            with pytest.raises(ActivityNotDeclared, match="a view did not declare the processing activity"):
                door()

    assert desk.execute("SELECT (SELECT count(*) FROM log.line), (SELECT count(*) FROM reg.fact)").fetchall() == before
    assert desk.execute("SELECT count(*) FROM gate.opt_out").fetchall() == [(0,)]


def test_a_thread_that_asks_has_what_its_maker_declared(desk: psycopg.Connection) -> None:
    request = _request(STATUS)
    with within("a job", declaring(LOOKING)), beside("asking") as thread:
        assert thread.submit(ask, request).result().persons == request.persons


def test_a_job_has_what_its_handler_declares_and_nothing_of_who_drains(desk: psycopg.Connection) -> None:
    from django.db import transaction

    request = _request(STATUS)
    heard: list[str] = []

    def look(_job: Job) -> None:
        try:
            ask(request)
            heard.append("allowed")
        except AccessRefused as refused:
            heard.append(refused.code)

    handlers: dict[str, Handler] = {
        "declared": each(look, inside=False, uses=declaring(LOOKING)),
        "none": each(look, inside=False, uses=declaring()),
        "silent": each(look, inside=False),
    }
    with transaction.atomic():
        enqueue([NewJob(topic, "a") for topic in handlers])
    with within("who drains", declaring(LOOKING)):
        assert drain(handlers) == Drained(done=3)

    assert heard == ["allowed", "activity_not_declared", "activity_not_declared"]
