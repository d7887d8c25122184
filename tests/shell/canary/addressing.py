"""Ask every address of the resolver, as every kind of caller, in every way; and hold each answer against the log.

The id in an address is of what its owner, or an employee, gets to see there; for everybody else it is somebody else's.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client

from tests.shell.canary.crawling import Log, Seen, text_of, weigh
from tests.shell.canary.living import READS_LOG, SERVICE, Tokens
from tests.shell.canary.planting import Canaries
from tools.reference_code import addresses
from waardig.identity.terms import Role
from waardig.kernel.clock import wall_now

ENDS = ("sign_out", "counter_close", "leave", "represent")
"""Names of what ends a session, or makes it somebody else's: asked last, by somebody who is signed in for it."""
CLOSELY = ("anonymous", "resident own", "beslisser", "counter", "software evaluate", "software log_read")
"""Callers who also ask with something in the query, and in a way that an address may not know."""
HEALTH = "gezond/"
"""Says 503 where no worker runs, as here."""
IDS: Mapping[str, str] = {
    "berichten/": "SELECT m.id, m.recipient, m.message_type || c.kind || c.state, c.number FROM inbox_message m"
    " JOIN cases_case c ON c.id = m.case WHERE m.reader = 'self'",
    "besluiten/": "SELECT d.id, p.person, d.outcome, c.number FROM cases_decision d JOIN cases_party p USING (case_id)"
    " JOIN cases_case c ON c.id = d.case_id WHERE c.reader = 'self'",
    "bezwaren/": "SELECT o.case_id, o.person, c.state, c.number FROM cases_objection o"
    " JOIN cases_case c ON c.id = o.case_id",
    "kijk-nog-eens/<": "SELECT o.case_id, o.person, c.state || (o.decision_id IS NULL), c.number"
    " FROM cases_second_look o JOIN cases_case c ON c.id = o.case_id",
    "zaken/": "SELECT c.id, p.person, c.kind || c.state, c.number FROM cases_case c JOIN cases_party p"
    " ON p.case_id = c.id WHERE c.reader = 'self'",
    "gegevens/": "SELECT fact, person, attribute, recorded_at FROM reg.fact"
    " WHERE attribute IN ('brp.naam', 'brp.adres') AND person IN (SELECT person FROM cases_party)",
    "meldingen/": "SELECT o.case_id, o.person, c.state || (o.fact IS NULL), c.number FROM cases_correction o"
    " JOIN cases_case c ON c.id = o.case_id",
    "namens/": "SELECT principal, helper, state, invited_on FROM mandates_mandate WHERE helper IS NOT NULL",
    "machtigen/": "SELECT id, principal, state, invited_on FROM mandates_mandate WHERE ruled_on IS NULL",
    "vertegenwoordiger/": "SELECT id, principal, state, invited_on FROM mandates_mandate WHERE ruled_on IS NOT NULL",
    "betalen/betalingen/": "SELECT id, NULL, state, number FROM payments_order",
    "betalen/lijsten/": "SELECT id, NULL, state, number FROM payments_list",
    "openbare-vragen/": "SELECT id, NULL, '', asked_on FROM accountability_question",
    "reacties/tekst/": "SELECT id, NULL, state || topic, given_on FROM feedback_text",
    "balie/vragen/": "SELECT id, NULL, kind, serial FROM contact_request",
    "balie/lijsten/": 'SELECT id, NULL, NULL, "on" FROM proposals_grant_list',
    "te-laat/": "SELECT o.case_id, NULL, c.state, c.number FROM cases_penalty o JOIN cases_case c ON c.id = o.case_id",
    "vernietigen/": "SELECT id, NULL, state, number FROM archive_list",
    "gebruik/": "SELECT r.line, r.person, '', r.serial FROM contact_request r WHERE r.line <> ''",
}
"""By a part of the address: what stands there, whose it is, of which kind, and by what it is ordered (no random id).

The longest part that fits counts.
"""
OF_A_KIND = 2
"""So many of each kind are tried at an address for a page, when another only sends on."""


@dataclass(frozen=True)
class Caller:
    """A kind of caller: its name, a browser as this caller, and the heading of its token."""

    who: str
    browser: Callable[[str], Client]
    """Of who owns what is asked; the same for everybody unless it is `personal`."""
    token: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Target:
    """What stands in an address, and whose it is."""

    address: str
    owner: str


@dataclass
class Asked:
    """What was asked, and what came of it."""

    seen: dict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    statuses: dict[tuple[str, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """By address and caller."""
    persons: list[str] = field(default_factory=list)
    """Answers to software in which somebody is named by anything but a pseudonym."""
    lines: set[str] = field(default_factory=set)
    """Software that got a line of the log of the resident, under the pseudonym."""
    opened: set[str] = field(default_factory=set)
    """Addresses with an id of which the owner, or the desk, got the page or could send what is sent there."""


class Sweep:
    """Asks everything; one of these a town."""

    def __init__(self, person: str, canaries: Canaries, log: Log, tokens: Tokens) -> None:
        self.person, self.canaries, self.log, self.tokens = person, canaries, log, tokens
        self.number = next(number for number, of in canaries.numbers.items() if of == person)
        (self.pseudonym,) = log.column(f"SELECT encode(log.pseudonym('{person}'), 'hex')")
        self.known: dict[str, Target] = {}
        self.clients: dict[tuple[str, str], Client] = {}
        self.asked = Asked()

    def paths(self) -> list[tuple[str, str]]:
        """Every address and its name, the ones that end a session last."""
        found = [(path, name) for path, name, _ in addresses()]
        return sorted(found, key=lambda one: (one[1].endswith(ENDS), one))

    def ask_all(self, callers: list[Caller]) -> Asked:
        """Every address by every caller: looked at, sent to, and asked in a way that it may not know."""
        for path, name in self.paths():
            self.known[path] = self._chosen(path, name, callers)
        for caller in callers:
            self._client(caller, self.person)
            for path, name in self.paths():
                for sent in self._ways(caller, name):
                    self._ask(caller, path, self.known[path], sent)
                self._left(caller, name)
        return self.asked

    def _client(self, caller: Caller, owner: str) -> Client:
        """The browser of this caller, signed in as who owns what is asked where that is what the caller is."""
        key = caller.who, owner if caller.personal else ""
        if key not in self.clients:
            self.clients[key] = _at_home(caller, owner)
            # who signed in, or was found, has a name
            weigh(caller.who, "", "", {}, self._seen(caller, owner), self.canaries, self.log)
        return self.clients[key]

    def _seen(self, caller: Caller, owner: str) -> Seen:
        of = f" {owner}" if caller.personal and owner != self.person else ""
        return self.asked.seen[f"{caller.who}{of}"]

    def _left(self, caller: Caller, name: str) -> None:
        """Forget the browsers of this caller where the address ended what they were signed in for."""
        if name.endswith(ENDS):
            self.clients = {key: client for key, client in self.clients.items() if key[0] != caller.who}

    def _chosen(self, path: str, name: str, callers: list[Caller]) -> Target:
        """What is asked at this address: the first of what stands there that its owner, or the desk, gets to see.

        Where nobody gets a page, what the address sends on from. Everything is tried before nothing is found, so it
        does not matter which random id comes first.
        """
        if not _has_id(path):
            return Target(self._filled(path, ""), self.person)
        wanted = {"portal": ("resident own",), "counter": ("counter",), "desk": tuple(Role)}[_side(path)]
        asking = [one for one in callers if one.who in wanted]
        sent_on: Target | None = None
        for target, place in self._targets(path):
            if sent_on and place > OF_A_KIND:
                break
            for caller in asking:
                statuses = self._tried(caller, path, name, target)
                if 200 in statuses:
                    self.asked.opened.add(path)
                    return target
                sent_on = sent_on or (target if statuses & {302, 303} and 404 not in statuses else None)
        self.asked.opened |= {path} if sent_on else set()
        return sent_on or Target(self._filled(path, str(uuid4())), self.person)

    def _tried(self, caller: Caller, path: str, name: str, target: Target) -> set[int]:
        """What looking gives, and sending an empty form where that gives no page."""
        statuses = set[int]()
        for way in ("get", "post"):
            if 200 not in statuses:
                statuses.add(self._ask(caller, path, target, (way, {})))
                self._left(caller, name)
        return statuses

    def _targets(self, path: str) -> Iterator[tuple[Target, int]]:
        """What may stand in this address, of each kind the first, then the second; in an order without random ids."""
        part = max((one for one in IDS if one in path), key=len)
        for identity, owner, place in self.log.connection.execute(_BY_KIND.format(IDS[part]).encode()).fetchall():
            yield Target(self._filled(path, str(identity)), str(owner or self.person)), place

    def _filled(self, path: str, identity: str) -> str:
        def value(found: re.Match[str]) -> str:
            kind, name = found.groups()
            if kind == "uuid" or name == "line":
                return identity
            return _WORDS.get(name) or self.log.column(_FROM_TOWN[name])[0]

        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, path)

    def _ways(self, caller: Caller, name: str) -> Iterator[tuple[str, Any]]:
        yield "get", {}
        yield "post", {}
        if caller.who in CLOSELY:
            yield "get", {"zoek": self.number, "bsn": self.number, "code": self.number, "pagina": "2"}
            yield "put", {}
        if caller.token:
            yield from (("json", body) for body in self.bodies(name))

    def bodies(self, name: str) -> Iterator[object]:
        """What software sends: as it should be, and with a number and a value of somebody where they do not belong."""
        value = next(token for token, owner in self.canaries.owners.items() if owner[0] == self.person)
        uris = self.log.column("SELECT uri FROM pol.activity WHERE status = 'active' ORDER BY id, version")
        wide = {"startTime": "2020-01-01T00:00:00Z", "endTime": "2999-01-01T00:00:00Z"}
        for uri in uris if name == "api:evaluation" else uris[:1]:
            one = _evaluation(uri, self.number, value)
            yield {"evaluations": [one, one]} if name.endswith("evaluations") else one
        reads = {"dpl.core.processing_activity_id": next(one for one in uris if f"/{READS_LOG}/" in one)}
        yield {**wide, "attributes": {"dpl.core.data_subject_id": self.pseudonym}, "limit": 100}
        weeks = {"startTime": _day(wall_now() - timedelta(days=28)), "endTime": _day(wall_now() + timedelta(days=1))}
        yield {**weeks, "attributes": reads}
        yield {**wide, "attributes": {"dpl.core.data_subject_id": self.number}}
        yield {**wide, "attributes": {value: value}, "traceId": self.number}
        yield [self.number, value]
        yield "{" + f'"{value}": {self.number}'

    def _ask(self, caller: Caller, path: str, target: Target, sent: tuple[str, Any]) -> int:
        way, given = sent
        client, address, seen = self._client(caller, target.owner), target.address, self._seen(caller, target.owner)
        heads = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        if way == "json":
            body = given if isinstance(given, str) else json.dumps(given)
            response = client.post(address, body, content_type="application/json", headers=heads)
        else:
            response = getattr(client, way)(address, given, headers=heads)
        self.asked.statuses[path, caller.who][response.status_code] += 1
        who = f"{caller.who} {way}"
        if response.status_code >= 500 and not path.startswith(HEALTH):
            seen.errors.append(f"{who} {address}: {response.status_code}")
        told = " ".join(f"{head}: {value}" for head, value in response.items()) + response.cookies.output()
        text = f"{told} {text_of(response)}"
        # software is told nothing back; a form may show again what was typed in it
        typed = given if way == "get" else {}
        weigh(who, address, text, typed, seen, self.canaries, self.log)
        self._note_software(caller, address, text)
        return int(response.status_code)

    def _note_software(self, caller: Caller, address: str, text: str) -> None:
        if caller.token and self.pseudonym in text:
            self.asked.lines.add(caller.who)
        if caller.token and any(person in text for person in self.log.persons.values() if person not in address):
            self.asked.persons.append(f"{caller.who} {address}")


_BY_KIND = """
    SELECT identity, owner, place FROM (
        SELECT identity, owner, kind, row_number() OVER (PARTITION BY kind ORDER BY stable) AS place
        FROM ({}) AS found (identity, owner, kind, stable)
        WHERE owner IS NULL OR EXISTS (SELECT FROM reg.person p WHERE p.person = owner::uuid AND p.bsn IS NOT NULL)
    ) AS placed ORDER BY place, kind
"""
_WORDS = {
    "service": SERVICE, "check": SERVICE, "form": "publication", "day": "2025-04-28", "name": "v0.5.6.json",
    "topic": "portal.home", "question": "household", "item": "1", "law": "participatiewet", "key": "2025-01-01",
    "code": "BCDFGH",
}  # fmt: skip
_FROM_TOWN = {
    "activity": "SELECT id FROM pol.activity WHERE status = 'active' ORDER BY id",
    "fingerprint": "SELECT split_part(uri, '/', -1) FROM pol.activity WHERE status = 'active' ORDER BY id",
}


def _has_id(path: str) -> bool:
    return "<uuid:" in path or "<slug:line>" in path


def _side(path: str) -> str:
    """Who gets to see what stands in this address."""
    return "counter" if path.startswith("balie/loket/") else "desk" if path.startswith("balie/") else "portal"


def _at_home(caller: Caller, owner: str) -> Client:
    client = caller.browser(owner)
    client.defaults["SERVER_NAME"] = settings.ALLOWED_HOSTS[0]
    client.raise_request_exception = False
    return client


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT00:00:00Z}"


def _evaluation(uri: str, number: str, value: str) -> dict[str, Any]:
    properties = {"attributes": ["brp.naam", "uitkeringen.status"], "bsn": number, "naam": value}
    return {
        "subject": {"type": "system", "id": number, "properties": {"role": "ronde", "naam": value}},
        "action": {"name": "read", "properties": {"processing_activity_id": uri}},
        "resource": {"type": "person", "id": number, "properties": properties},
        "context": {"reden": value},
    }


def software(tokens: Tokens) -> Iterator[Caller]:
    """Software with each token, right and wrong."""
    for name in ("evaluate", "log_read", "ended", "wrong"):
        yield Caller(f"software {name}", lambda _owner: Client(), getattr(tokens, name))
