"""The town with a canary in every value, in which everybody walks once; the tests look at what they met."""

from __future__ import annotations

import logging
import logging.config
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from tests.access.collector import Collector, a_collector
from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from tests.identity.trial import BASE, PERSONAS
from tests.journeys.towns import Town, clone, inside, made_town, prepared
from tests.recorder import Uses, recording
from tests.shell.canary.crawling import Log, Seen, Shown, Walker, walk
from tests.shell.canary.living import Tokens, live
from tests.shell.canary.planting import Canaries, plant
from waardig.identity.adapters import oidc
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP, Role
from waardig.shell import postgres


@dataclass(frozen=True)
class Planted:
    """A town after a round, with a canary in every value; and what was said while everybody walked through it."""

    town: Town
    canaries: Canaries
    seen: dict[str, Seen]
    heard: Heard
    log: Log
    used: Uses
    """What every view and job of the walk asked of the gate."""
    clients: dict[str, Client]
    tokens: Tokens
    collector: Collector
    people: tuple[str, ...]
    """Residents who walked: some with a case, some without."""
    office: str


@pytest.fixture(scope="package")
def planted(cluster: postgres.Cluster, django_db_blocker: Any) -> Iterator[Planted]:
    """Everybody walks once, while all loggers are heard and the log goes on to a collector."""
    ready = made_town(cluster, "ready", lambda town: prepared(town, "--residents", "3000"))
    town = clone(cluster, ready)
    canaries = plant(town.addresses.superuser)
    with inside(town, django_db_blocker), _signing_in(), Heard() as heard, a_collector() as collector:
        with recording() as used:
            tokens = live(collector)
            log = Log(town.addresses.superuser)
            people, office = _chosen(canaries, log)
            seen, clients = {}, {}
            for one in _everybody(canaries, people, office):  # asked for at the counter right before the walk
                seen[one.who], clients[one.who] = walk(one, canaries, log), one.client
        yield Planted(town, canaries, seen, heard, log, used, clients, tokens, collector, people, office)
        log.connection.close()


def _written() -> logging.Formatter:
    """How the server writes a line."""
    made: Any = logging.config.DictConfigurator(settings.LOGGING)
    found: logging.Formatter = made.configure_formatter(
        dict(settings.LOGGING["formatters"]["line"])
    )  # it empties what it gets
    return found


class Heard(logging.Handler):
    """Keeps every word of every logger, as a file of the server would."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(_written())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def text(self) -> str:
        return "\n".join(self.lines)

    def listen(self) -> Heard:
        """Hear everything, also after a command set the loggers up anew."""
        logging.getLogger().addHandler(self)
        return self

    def __enter__(self) -> Heard:
        return self.listen()

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


@contextmanager
def _signing_in() -> Iterator[None]:
    """The bundled sign-in, which says how long a session lasts."""
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    yield
    oidc.use_transport(provider.issuer, None)


def _chosen(planted: Canaries, log: Log) -> tuple[tuple[str, ...], str]:
    """Residents with a case (the first of them objected) and without, and the number of an administrator's office."""
    rng = random.Random(28)
    objected = log.column("SELECT person::text FROM cases_objection ORDER BY 1")
    with_case = log.column("SELECT DISTINCT person::text FROM cases_party ORDER BY 1")
    others = sorted(set(planted.numbers.values()) - set(with_case))
    offices = log.column(
        "SELECT DISTINCT value ->> 'kvk' FROM reg.fact WHERE attribute = 'uitkeringen.bewindvoerder' AND value ? 'kvk'"
    )
    rest = [one for one in with_case if one != objected[0]]
    return (objected[0], *rng.sample(rest, 3), *rng.sample(others, 2)), offices[0]


def _everybody(planted: Canaries, people: tuple[str, ...], office: str) -> Iterator[Walker]:
    """Who walks: residents with and without a case, an administrator, every role at the desk, the counter, nobody."""
    public = ("/verantwoording/",)
    for place, person in enumerate(people):
        client = signed_in_client(a_resident(UUID(person)))
        yield Walker(f"resident {place}", client, ("/", "/gegevens/", "/berichten/"), public)
    yield Walker(f"organisation {office}", signed_in_client(an_office(office)), ("/namens/",), public)
    for role in Role:
        heavy = () if role is Role.CONTENT else ("/balie/wetten/",)
        yield Walker(role, signed_in_client(an_employee(role)), ("/balie/",), (*public, *heavy))
    for place, person in enumerate(people[3:5]):
        desk = with_visitor(signed_in_client(an_employee("loket")), planted, person)
        yield Walker(f"counter {place}", desk, ("/balie/loket/overzicht/",), (*public, "/balie/wetten/"))
    yield Walker("anonymous", Client(), ("/", "/verantwoording/", "/antwoord/", "/balie/", "/toegankelijkheid/"))


def with_visitor(desk: Client, canaries: Canaries, person: str) -> Client:
    """An employee before whom this resident stands."""
    number = next(one for one, of in canaries.numbers.items() if of == person)
    found = desk.post("/balie/loket/", {"bsn": number, "identified_by": "paspoort"})
    assert found.status_code == 302, found.content
    return desk


def told(shown: list[Shown]) -> str:
    """For who must repair it."""
    return "\n".join(f"{one.who} {one.path}: {one.owner[1]}" for one in shown[:20])
