"""Ask every address of the resolver, as every kind of caller, in every way; and hold each answer against the log.

The ids in an address are of one resident of the town, so for everybody else they are somebody else's.
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
SENT_AWAY = ("anonymous", "organisation", Role.COUNTER.value, "software")
"""How callers are named who are sent to the sign-in, or to choose for whom they come: a redirect proves nothing."""
HEALTH = "gezond/"
"""Says 503 where no worker runs, as here."""
IDS: Mapping[str, str] = {
    "berichten/": "SELECT id FROM inbox_message WHERE recipient = '{person}' OR about = '{person}' ORDER BY id",
    "besluiten/": "SELECT d.id FROM cases_decision d JOIN cases_party p USING (case_id) WHERE p.person = '{person}'",
    "bezwaren/": "SELECT case_id FROM cases_objection ORDER BY (person = '{person}') DESC",
    "kijk-nog-eens/<": "SELECT case_id FROM cases_second_look ORDER BY (person = '{person}') DESC",
    "balie/zaken/": "SELECT c.id FROM cases_case c JOIN cases_party p ON p.case_id = c.id"
    " WHERE c.kind IN ('proposal', 'application') ORDER BY (p.person = '{person}') DESC, c.id",
    "zaken/": "SELECT case_id FROM cases_party WHERE person = '{person}' ORDER BY case_id",
    "gegevens/": "SELECT fact FROM reg.fact WHERE person = '{person}' AND attribute = 'brp.naam' ORDER BY fact",
    "meldingen/": "SELECT case_id FROM cases_correction ORDER BY (person = '{person}') DESC",
    "namens/": "SELECT '{person}'",
    "machtigen/": "SELECT id FROM mandates_mandate ORDER BY (principal = '{person}') DESC",
    "vertegenwoordiger/": "SELECT id FROM mandates_mandate ORDER BY (principal = '{person}') DESC",
    "betalen/betalingen/": "SELECT id FROM payments_order ORDER BY number",
    "betalen/lijsten/": "SELECT id FROM payments_list ORDER BY number",
    "openbare-vragen/": "SELECT id FROM accountability_question",
    "reacties/tekst/": "SELECT id FROM feedback_text ORDER BY id",
    "balie/vragen/": "SELECT id FROM contact_request ORDER BY (person = '{person}') DESC",
    "balie/lijsten/": "SELECT id FROM proposals_grant_list",
    "te-laat/": "SELECT case_id FROM cases_penalty",
    "vernietigen/": "SELECT id FROM archive_list",
    "gebruik/": "SELECT encode(span_id, 'hex') FROM log.detail WHERE subject = log.pseudonym('{person}') ORDER BY 1",
}
"""By a part of the address: whose id stands there. The longest part that fits counts."""


@dataclass(frozen=True)
class Caller:
    """A kind of caller: its name, a browser as this caller, and the heading of its token."""

    who: str
    browser: Callable[[], Client]
    token: str = ""


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

    def was_opened(self, path: str) -> bool:
        """Whether somebody got the page, or could send what is sent there."""
        return any(_opens(who, set(found)) for (asked, who), found in self.statuses.items() if asked == path)


class Sweep:
    """Asks everything; one of these a town."""

    def __init__(self, person: str, canaries: Canaries, log: Log, tokens: Tokens) -> None:
        self.person, self.canaries, self.log, self.tokens = person, canaries, log, tokens
        self.number = next(number for number, of in canaries.numbers.items() if of == person)
        (self.pseudonym,) = log.column(f"SELECT encode(log.pseudonym('{person}'), 'hex')")
        self.known: dict[str, str] = {}
        self.asked = Asked()

    def paths(self) -> list[tuple[str, str]]:
        """Every address and its name, the ones that end a session last."""
        found = [(path, name) for path, name, _ in addresses()]
        return sorted(found, key=lambda one: (one[1].endswith(ENDS), one))

    def ask_all(self, callers: list[Caller]) -> Asked:
        """Every address by every caller: looked at, sent to, and asked in a way that it may not know."""
        for caller in callers:
            client, seen = _at_home(caller), self.asked.seen[caller.who]
            weigh(caller.who, "", "", {}, seen, self.canaries, self.log)  # who signed in, or was found, has a name
            for path, name in self.paths():
                address = "/" + self.fill(path)
                for sent in self._ways(caller, name):
                    self._ask(caller, client, path, address, sent)
                if name.endswith(ENDS):
                    client = _at_home(caller)
        return self.asked

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

    def fill(self, path: str) -> str:
        """The address with ids of the resident, or of what there is in the town."""
        if path not in self.known:
            self.known[path] = re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: self._value(path, *found.groups()), path)
        return self.known[path]

    def _value(self, path: str, kind: str | None, name: str) -> str:
        if kind == "uuid" or name == "line":
            part = max((one for one in IDS if one in path), key=len, default="zaken/")
            found = self.log.column(IDS[part].format(person=self.person))
            return found[0] if found else str(uuid4())
        return _WORDS.get(name) or self.log.column(_FROM_TOWN[name])[0]

    def _ask(self, caller: Caller, client: Client, path: str, address: str, sent: tuple[str, Any]) -> None:
        way, given = sent
        heads = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        if way == "json":
            body = given if isinstance(given, str) else json.dumps(given)
            response = client.post(address, body, content_type="application/json", headers=heads)
        else:
            response = getattr(client, way)(address, given, headers=heads)
        self.asked.statuses[path, caller.who][response.status_code] += 1
        seen, who = self.asked.seen[caller.who], f"{caller.who} {way}"
        if response.status_code >= 500 and not path.startswith(HEALTH):
            seen.errors.append(f"{who} {address}: {response.status_code}")
        told = " ".join(f"{head}: {value}" for head, value in response.items()) + response.cookies.output()
        text = f"{told} {text_of(response)}"
        # software is told nothing back; a form may show again what was typed in it
        typed = given if way == "get" else {}
        weigh(who, address, text, typed, seen, self.canaries, self.log)
        if caller.token and self.pseudonym in text:
            self.asked.lines.add(caller.who)
        if caller.token and any(person in text for person in self.log.persons.values() if person not in address):
            self.asked.persons.append(f"{who} {address}")


_WORDS = {
    "service": SERVICE, "check": SERVICE, "form": "publication", "day": "2025-04-28", "name": "v0.5.6.json",
    "topic": "portal.home", "question": "household", "item": "1", "law": "participatiewet", "key": "2025-01-01",
    "code": "BCDFGH",
}  # fmt: skip
_FROM_TOWN = {
    "activity": "SELECT id FROM pol.activity WHERE status = 'active' ORDER BY id",
    "fingerprint": "SELECT split_part(uri, '/', -1) FROM pol.activity WHERE status = 'active' ORDER BY id",
}


def _opens(who: str, statuses: set[int]) -> bool:
    sent_on = statuses & {302, 303} and 404 not in statuses and not who.startswith(SENT_AWAY)
    return 200 in statuses or bool(sent_on)


def _at_home(caller: Caller) -> Client:
    client = caller.browser()
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
        yield Caller(f"software {name}", Client, getattr(tokens, name))
