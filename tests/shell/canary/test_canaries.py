"""A canary is shown only where the log has a line, of that person and that attribute, written for that very answer.

So nothing personal reaches a page, letter, form, export, table, log or message without a purpose, whatever way it took.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from tests.identity.trial import BASE, PERSONAS
from tests.journeys.towns import Town, clone, inside, made_town, prepared
from tests.recorder import Uses, recording
from tests.shell.border.asking import EMPLOYEES
from tests.shell.border.settling import answer, react, refuse
from tests.shell.canary.choosing import WANTED, choose_everywhere
from tests.shell.canary.crawling import Log, Seen, Shown, Walker, walk, weigh
from tests.shell.canary.elsewhere import (
    AT_THE_COUNTER,
    ONCE_A_SESSION,
    ROOT,
    declared_by_views_and_jobs,
    used_elsewhere,
)
from tests.shell.canary.planting import Canaries, plant, readable_text
from waardig.identity.adapters import oidc
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP
from waardig.shell import postgres

SERVICE = "individuele_inkomenstoeslag"


@dataclass(frozen=True)
class Planted:
    """A town after a round, with a canary in every value; and what was said while everybody walked through it."""

    town: Town
    canaries: Canaries
    seen: dict[str, Seen]
    said: str
    log: Log
    used: Uses
    """What every view and job of the walk asked of the gate."""
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def planted(cluster: postgres.Cluster, django_db_blocker: Any) -> Iterator[Planted]:
    """Everybody walks once; the tests look at what they met."""
    ready = made_town(cluster, "ready", lambda town: prepared(town, "--residents", "3000"))
    town = clone(cluster, ready)
    canaries = plant(town.addresses.superuser)
    with inside(town, django_db_blocker), _signing_in(), _Heard() as said:
        with recording() as used:
            _live()
            log = Log(town.addresses.superuser)
            seen, clients = {}, {}
            for one in _everybody(canaries, log):  # who stands at the counter is asked for right before the walk
                seen[one.who], clients[one.who] = walk(one, canaries, log), one.client
        yield Planted(town, canaries, seen, said.text(), log, used, clients)
        log.connection.close()


class _Heard(logging.Handler):
    """Keeps every word of every logger, as a file of the server would."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def text(self) -> str:
        return "\n".join(self.lines)

    def __enter__(self) -> _Heard:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


@contextmanager
def _signing_in() -> Iterator[None]:
    """The bundled sign-in, which says how long a session lasts."""
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    yield
    oidc.use_transport(provider.issuer, None)


def _live() -> None:
    """A round, answers, a report, refusals and reactions; so canaries come into messages, letters and decisions too."""
    from waardig.outbox.jobs import run_worker
    from waardig.proposals.actions import run_round
    from waardig.shell import wiring

    run_round(SERVICE)
    for act in (answer, refuse, react):
        run_worker(wiring.handlers(), Event(), until_empty=True)
        act("told")
    run_worker(wiring.handlers(), Event(), until_empty=True)


def _everybody(planted: Canaries, log: Log) -> Iterator[Walker]:
    """Who walks: residents with and without a case, an administrator, every role at the desk, the counter, nobody."""
    rng = random.Random(28)
    with_case = log.column("SELECT DISTINCT person::text FROM cases_party ORDER BY 1")
    others = sorted(set(planted.numbers.values()) - set(with_case))
    offices = log.column(
        "SELECT DISTINCT value ->> 'kvk' FROM reg.fact WHERE attribute = 'uitkeringen.bewindvoerder' AND value ? 'kvk'"
    )
    public = ("/verantwoording/",)
    chosen = [*rng.sample(with_case, 4), *rng.sample(others, 2)]
    for place, person in enumerate(chosen):
        client = signed_in_client(a_resident(UUID(person)))
        yield Walker(f"resident {place}", client, ("/", "/gegevens/", "/berichten/"), public)
    for number in offices[:1]:
        yield Walker(f"organisation {number}", signed_in_client(an_office(number)), ("/namens/",), public)
    for role in EMPLOYEES:
        heavy = () if role == "beleid" else ("/balie/wetten/",)
        yield Walker(role, signed_in_client(an_employee(role)), ("/balie/",), (*public, *heavy))
    for place, person in enumerate(chosen[3:5]):
        desk = _with_visitor(signed_in_client(an_employee("loket")), planted, person)
        yield Walker(f"counter {place}", desk, ("/balie/loket/overzicht/",), (*public, "/balie/wetten/"))
    yield Walker("anonymous", Client(), ("/", "/verantwoording/", "/antwoord/", "/balie/", "/toegankelijkheid/"))


def _with_visitor(desk: Client, canaries: Canaries, person: str) -> Client:
    """An employee before whom this resident stands."""
    number = next(one for one, of in canaries.numbers.items() if of == person)
    found = desk.post("/balie/loket/", {"bsn": number, "identified_by": "paspoort"})
    assert found.status_code == 302, found.content
    return desk


def _told(shown: list[Shown]) -> str:
    """For who must repair it."""
    return "\n".join(f"{one.who} {one.path}: {one.owner[1]}" for one in shown[:20])


def test_everything_that_was_shown_was_asked_for_and_logged(planted: Planted) -> None:
    for who, seen in planted.seen.items():
        assert not seen.unlogged, f"{who}\n{_told(seen.unlogged)}"
        assert not seen.errors, seen.errors


def test_every_page_and_job_of_the_walk_asked_only_what_it_declared(planted: Planted) -> None:
    assert planted.used.refused == set()
    assert len({name for name, _ in planted.used.seen}) >= 15


def test_what_is_declared_is_used_here_or_by_a_test_that_is_named(planted: Planted) -> None:
    unused = {
        (name, activity)
        for name, wanted in declared_by_views_and_jobs().items()
        for activity, ids in wanted.items()
        if activity not in ONCE_A_SESSION and not ids & planted.used.activities(name)
        if not (name.startswith(AT_THE_COUNTER[0]) and activity == AT_THE_COUNTER[1])
    }
    named = used_elsewhere()

    assert sorted(unused - set(named)) == [], "declared, but nothing asks it: take it away, or name the test that does"
    assert sorted(set(named) - {(n, a) for n, wanted in declared_by_views_and_jobs().items() for a in wanted}) == []
    assert [test for test in named.values() if not (ROOT / test).is_file()] == []


@pytest.mark.parametrize("who", ["resident 0", "resident 4", "beslisser", "anonymous"])
def test_nothing_in_a_request_chooses_the_activity(planted: Planted, who: str) -> None:
    def asked() -> int:
        return planted.log.column("SELECT activity FROM log.detail").count(WANTED)

    before = asked()
    with recording() as used:
        sent = choose_everywhere(planted.clients[who], planted.seen[who])

    assert sent >= 40 and (used.seen or who == "anonymous")
    assert used.refused == set()
    assert WANTED not in {activity for _, activity in used.seen} and asked() == before
    declared = {name: set().union(*wanted.values()) for name, wanted in declared_by_views_and_jobs().items()}
    assert [name for name, activity in used.seen if activity not in declared[name]] == []


def test_no_citizen_service_number_is_in_any_address_or_page(planted: Planted) -> None:
    assert [one for seen in planted.seen.values() for one in seen.numbers] == []


def test_the_walk_came_everywhere_and_saw_much(planted: Planted) -> None:
    """Else the rest proves nothing."""
    residents = [seen for who, seen in planted.seen.items() if who.startswith("resident")]
    assert min(sum(one.pages.values()) for one in residents) >= 20
    assert {"brp.naam", "brp.adres", "uitkeringen.vermogen"} <= set().union(*(one.attributes() for one in residents))
    assert planted.seen["beslisser"].attributes() and planted.seen["counter 0"].attributes()
    assert any(seen.attributes() for who, seen in planted.seen.items() if who.startswith("organisation"))
    assert not planted.seen["anonymous"].shown and not planted.seen["beleid"].shown
    assert sum(planted.seen["anonymous"].pages.values()) >= 40
    assert len(planted.canaries.owners) >= 1_000 and len(planted.canaries.attributes()) >= 10


def test_no_table_that_the_application_may_read_holds_any(planted: Planted) -> None:
    looked, found = 0, {}
    for place, text in readable_text(planted.town.addresses.application):
        looked += 1
        if held := planted.canaries.found_in(text) | planted.canaries.numbers_in(text):
            found[place] = sorted(planted.canaries.owners.get(one, ("", one))[1] for one in held)[:5]
    assert looked >= 40 and found == {}


def test_no_export_or_report_of_the_system_holds_any(planted: Planted) -> None:
    from waardig.shell.cli import waardig

    for command in (
        ("export", "--canonical"), ("logbook", "show"), ("logbook", "verify"), ("round", "status", "--json"),
        ("queue", "show", "--json"), ("access", "replay", "--json"), ("payments", "list", "--orders", "--json"),
        ("register", "algorithms", "--json"), ("register", "processing", "--json"),
    ):  # fmt: skip
        done = CliRunner().invoke(waardig, command)
        assert done.exit_code == 0 and done.output, (command, done.output, done.exception)
        assert not planted.canaries.found_in(done.output) | planted.canaries.numbers_in(done.output), command


def test_nothing_was_said_in_a_log_of_the_server(planted: Planted, cluster: postgres.Cluster) -> None:
    assert not planted.canaries.found_in(planted.said) | planted.canaries.numbers_in(planted.said)
    written = "\n".join(one.read_text(errors="replace") for one in Path(cluster.folder).rglob("*.log"))
    assert not planted.canaries.found_in(written) | planted.canaries.numbers_in(written)


def test_a_value_without_a_line_is_noticed(planted: Planted) -> None:
    token, owner = next(iter(planted.canaries.owners.items()))
    seen = Seen()

    planted.log.allowed()
    weigh("somebody", "/page/", f"<p>{token.upper()}</p>", {}, seen, planted.canaries, planted.log)

    assert [(one.token, one.owner) for one in seen.unlogged] == [(token, owner)]


@pytest.mark.parametrize("written", ["€&nbsp;71.234,56", "€ 71,234.56", '"amount": 7123456', "7123456 "])
def test_an_amount_is_found_however_it_is_written(written: str) -> None:
    assert Canaries({"7123456": ("p", "a")}).found_in(f"x {written} y") == {"7123456"}


@pytest.mark.parametrize("written", ["1905-03-07", "7 maart 1905", "7 March 1905", "7 mrt 1905", "07-03-1905"])
def test_a_day_is_found_however_it_is_written(written: str) -> None:
    assert Canaries({"1905-03-07": ("p", "a")}).found_in(f"x {written} y") == {"1905-03-07"}


def test_words_account_numbers_and_citizen_service_numbers_are_found() -> None:
    known = Canaries({"qzbcdfg": ("p", "a"), "nl00qzqz0000000012": ("p", "b")}, {"999990019": "p"})

    assert known.found_in("Qzbcdfg woont op NL00 QZQZ 0000 0000 12") == set(known.owners)
    assert known.numbers_in("/zaken/999990019/") == {"999990019"} and not known.numbers_in("9999900190")
