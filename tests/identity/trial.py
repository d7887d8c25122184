"""Who there is to sign in as, and helpers that play the browser between us and the bundled provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import psycopg

from waardig.identity.actions import Destination, SignedIn, begin_sign_in, complete_sign_in
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.adapters.test_provider import TestProvider
from waardig.identity.terms import (
    Kind,
    Level,
    Persona,
)
from waardig.kernel.clock import wall_now

BASE = "http://testserver"
BSN = "999990019"
GERRIT = UUID("00000000-0000-4000-8000-000000000001")
PERSONAS = (
    Persona("gerrit", "Gerrit Vos", "Heeft bijstand.", Kind.RESIDENT, 58, bsn=BSN),
    Persona("laag", "Laura Laag", "Logt laag in.", Kind.RESIDENT, 30, level=Level.LOW, bsn=BSN),
    Persona("vreemd", "Vera Vreemd", "Woont elders.", Kind.RESIDENT, 30, bsn="999990020"),
    Persona("danny", "Danny Kuipers", "Bewindvoerder.", Kind.ORGANISATION, 46, kvk="90000017", organisation="Kuipers"),
    Persona(
        "fatma",
        "Fatma Yıldız",
        "Werkt hier.",
        Kind.EMPLOYEE,
        29,
        employee_number="f.yildiz",
        roles=("loket", "inkomensconsulent"),
        mandate_limit_eurocent=100_000,
    ),
    Persona("stage", "Sem Stage", "Heeft geen rol.", Kind.EMPLOYEE, 20, employee_number="s.stage"),
)
MEANS = {Kind.RESIDENT: "digid", Kind.ORGANISATION: "eherkenning", Kind.EMPLOYEE: "werk"}
PORTAL = frozenset({Kind.RESIDENT, Kind.ORGANISATION})
DESK = frozenset({Kind.EMPLOYEE})


@dataclass
class People:
    """Who is enrolled here; counts how often a number was asked."""

    known: dict[str, UUID] = field(default_factory=lambda: {BSN: GERRIT})
    asked: int = 0

    def person_for_bsn(self, bsn: str) -> UUID | None:
        self.asked += 1
        return self.known.get(bsn)


@dataclass
class Trial:
    provider: TestProvider
    people: People

    def answer(self, session: SessionStore, name: str, level: Level = Level.LOW, page: str = "/") -> dict[str, str]:
        """Begin a sign-in as a persona and give what the provider sends back with the browser."""
        persona = next(one for one in PERSONAS if one.id == name)
        path = "/balie/inloggen/terug/" if persona.kind is Kind.EMPLOYEE else "/inloggen/terug/"
        destination = Destination(BASE + path, page, level, persona.id)
        address = begin_sign_in(session, MEANS[persona.kind], destination, now=wall_now())
        with httpx.Client(transport=httpx.WSGITransport(app=self.provider)) as browser:
            return dict(parse_qsl(urlsplit(browser.get(address).headers["Location"]).query))


def complete(
    session: SessionStore, answer: dict[str, str], kinds: frozenset[Kind] = PORTAL, source: str = "192.0.2.1"
) -> SignedIn:
    return complete_sign_in(session, answer, kinds=kinds, source=source, now=wall_now())


def sign_in_lines(owner: psycopg.Connection) -> list[tuple[str, str, str, list[str], bool]]:
    """Name, actor kind, decision, reasons, about a person or not: the lines of signing in, oldest first."""
    rows = owner.execute(
        "SELECT l.name, d.actor_kind, d.decision, d.reasons, d.subject IS NOT NULL FROM log.detail d "
        "JOIN log.line l USING (trace_id, span_id) WHERE d.activity = 'aanmelden' ORDER BY l.start_time"
    ).fetchall()
    return [tuple(row) for row in rows]
