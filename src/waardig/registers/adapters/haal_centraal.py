"""Haal Centraal BRP bevragen 2 as a client: persons by citizen service number, exactly the fields that are asked.

Promise: the number goes in the body of the question and nowhere else; what cannot be used is a refusal without any
value in it; a question that goes wrong on the way is tried again, a refusal is not. Nobody is searched for by name.
Source: BRP-API/Haal-Centraal-BRP-bevragen, version 2 (POST /personen, RaadpleegMetBurgerservicenummer, foutbericht).
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import httpx

from waardig.registers.adapters.brp_file import RecordReader, first_day
from waardig.registers.core.import_terms import ReadFact
from waardig.registers.core.source_terms import Connection, OverAsking, SourceRefused, SourceUnavailable

Json = Mapping[str, Any]
ASKED_WITH = "RaadpleegMetBurgerservicenummer"
NUMBER = "burgerservicenummer"
MOST_PERSONS, MOST_FIELDS, LONGEST_HEADER = 20, 130, 242
_PAUSES = (0.25, 1.0)
"""Seconds before a second and a third try."""
_LONGEST_WAIT = 5
_MOST_BYTES = 20_000_000
_PARAMETER = re.compile(r"^[A-Za-z.]{1,80}(\[\d{1,3}\])?$")


class _Answer(NamedTuple):
    status: int
    headers: httpx.Headers
    content: bytes


def facts_of(person: Json, attributes: frozenset[str], known: frozenset[str]) -> tuple[ReadFact, ...]:
    """What an answer says of the attributes that were asked, and of nothing else.

    Args:
        known: citizen service numbers of persons whom the register has; another partner is there without a name.

    Returns:
        Facts; without a first day where the answer gives none. A person without a place to live has the address None.
    """
    reader = RecordReader("", known)
    undated = {key: part for key, part in person.items() if key != "geboorte"}
    of_birth = ("brp.geboortedatum", "brp.in_onderzoek")
    found = [fact for fact in reader.facts(undated) if fact.attribute not in of_birth]
    for fact in reader.facts(person):
        if fact.attribute in of_birth:
            found.append(fact if fact.attribute == of_birth[0] else replace(fact, valid_from=None))
    place = person.get("verblijfplaats")
    if isinstance(place, Mapping) and place.get("type") == "VerblijfplaatsOnbekend":
        found = [fact for fact in found if fact.attribute != "brp.adres"]
        found.append(ReadFact("brp.adres", None, first_day(place.get("datumVan"))))
    since = first_day(person.get("datumInschrijvingInGemeente"))
    dated = (replace(fact, valid_from=since) if fact.attribute == "brp.gemeente" else fact for fact in found)
    return tuple(fact for fact in dated if fact.attribute in attributes)


def is_removed(person: Json) -> bool:
    """Whether the list was made by mistake (F) or wiped (W): there is no such person."""
    suspended = person.get("opschortingBijhouding")
    reason = suspended.get("reden") if isinstance(suspended, Mapping) else None
    return isinstance(reason, Mapping) and reason.get("code") in ("F", "W")


class HaalCentraal:
    """The BRP as one organisation may ask it."""

    def __init__(
        self,
        connection: Connection,
        *,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.connection = connection
        self._transport = transport
        self._wait = wait
        self._token: tuple[str, float] | None = None

    def persons(self, numbers: Sequence[str], fields: Iterable[str], *, activity: str, actor: str) -> dict[str, Json]:
        """What the BRP says now of these persons, by number; who is not in it is left out.

        Args:
            numbers: citizen service numbers; asked 20 at a time.
            fields: paths as the interface has them; the number itself is always asked, to know whose answer it is.
            activity: processing activity; its agreed purpose goes along.
            actor: who asks, as the source may log it.

        Raises:
            OverAsking: no purpose was agreed for this activity; nothing is sent.
            SourceRefused: the source says that we may not, or asked it wrongly.
            SourceUnavailable: no answer, or one that cannot be used.
        """
        headers = self._headers(activity, actor)
        asked = [NUMBER, *sorted(set(fields) - {NUMBER})]
        if len(asked) > MOST_FIELDS:
            raise SourceRefused(self.connection.register, "maxItems", ["fields"])
        found: dict[str, Json] = {}
        with self._client() as client:
            for start in range(0, len(numbers), MOST_PERSONS):
                part = list(numbers[start : start + MOST_PERSONS])
                question = {"type": ASKED_WITH, NUMBER: part, "fields": asked}
                found.update(self._read(self._ask(client, question, headers), part))
        return found

    def _headers(self, activity: str, actor: str) -> dict[str, str]:
        purpose = self.connection.purposes.get(activity)
        if purpose is None:
            raise OverAsking(self.connection.register, activity)
        said = {"purpose": purpose, "activity": activity, "actor": actor}
        found = {"Accept": "application/json", "Content-Type": "application/json; charset=utf-8"}
        for name, text in self.connection.headers.items():
            for word, value in said.items():
                text = text.replace(f"{{{word}}}", value)
            found[name] = text.encode("latin-1", "replace").decode("latin-1")[:LONGEST_HEADER]
        if self.connection.api_key is not None:
            found[self.connection.api_key[0]] = self.connection.api_key[1]
        return found

    def _client(self) -> httpx.Client:
        verify: ssl.SSLContext | bool = True
        if self._transport is None and (self.connection.certificate or self.connection.authority):
            try:
                verify = ssl.create_default_context(cafile=self.connection.authority or None)
                if self.connection.certificate:
                    verify.load_cert_chain(self.connection.certificate, self.connection.key)
            except OSError:
                raise self._unavailable("a certificate of ours cannot be read") from None
        return httpx.Client(
            transport=self._transport, verify=verify, timeout=self.connection.timeout, follow_redirects=False
        )

    def _ask(self, client: httpx.Client, question: Json, headers: Mapping[str, str]) -> Json:
        """The answer to one question, tried again when it went wrong on the way."""
        renewed = False
        for pause in (*_PAUSES, None):
            unavailable, answer = self._try(client, question, headers)
            if answer is not None and answer.status == 401 and self.connection.oauth and not renewed:
                self._token, renewed = None, True
                unavailable, answer = self._try(client, question, headers)
            if answer is not None and answer.status == 200:
                return self._json(answer.content)
            if answer is not None and answer.status not in (429, 500, 502, 503, 504):
                raise self._refused(answer)
            if answer is not None:
                unavailable = self._unavailable(f"status {answer.status}", _wait_of(answer.headers))
            if pause is None or unavailable is None or (unavailable.wait_seconds or 0) > _LONGEST_WAIT:
                break
            self._wait(max(pause, float(unavailable.wait_seconds or 0)))
        raise unavailable or self._unavailable("no answer")

    def _try(
        self, client: httpx.Client, question: Json, headers: Mapping[str, str]
    ) -> tuple[SourceUnavailable | None, _Answer | None]:
        """One question on the wire: an answer that came in whole and in time, or why there is none."""
        limit = 3 * self.connection.timeout
        began, content = time.monotonic(), bytearray()
        try:
            authorised = {**headers, **self._bearer(client)}
            url = f"{self.connection.url}/personen"
            with client.stream("POST", url, json=question, headers=authorised) as answer:
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > _MOST_BYTES or time.monotonic() - began > limit:
                        return self._unavailable("the answer is too long or takes too long"), None
            return None, _Answer(answer.status_code, answer.headers, bytes(content))
        except httpx.TimeoutException:
            return self._unavailable(f"no answer within {self.connection.timeout:g} seconds"), None
        except (httpx.HTTPError, httpx.InvalidURL):
            return self._unavailable("the connection failed or was cut off"), None

    def _bearer(self, client: httpx.Client) -> dict[str, str]:
        oauth = self.connection.oauth
        if oauth is None:
            return {}
        if self._token is None or self._token[1] <= time.monotonic():
            form = {"grant_type": "client_credentials", "scope": oauth.scope}
            answer = client.post(oauth.token_url, data=form, auth=(oauth.client_id, oauth.secret))
            if answer.status_code in (400, 401, 403):
                raise SourceRefused(self.connection.register, "authentication")
            answer.raise_for_status()
            given = self._json(answer.content)
            if not isinstance(given.get("access_token"), str):
                raise self._unavailable("the token cannot be read")
            lasts = given.get("expires_in")
            seconds = float(lasts) if isinstance(lasts, int) else 60.0
            self._token = (given["access_token"], time.monotonic() + max(seconds - 10, 0))
        return {"Authorization": f"Bearer {self._token[0]}"}

    def _json(self, content: bytes) -> Json:
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            raise self._unavailable("the answer is no JSON, or was cut off") from None
        if not isinstance(found, Mapping):
            raise self._unavailable("the answer is no object")
        return found

    def _unavailable(self, why: str, wait_seconds: int | None = None) -> SourceUnavailable:
        return SourceUnavailable(self.connection.register, why, wait_seconds=wait_seconds)

    def _refused(self, answer: _Answer) -> SourceRefused | SourceUnavailable:
        """A foutbericht as a refusal: its code and names of parameters. Its sentences may hold values and stay out."""
        try:
            said = self._json(answer.content)
        except SourceUnavailable:
            said = {}
        code = said.get("code")
        if not isinstance(code, str) or not code.isalpha():
            code = {401: "authentication", 403: "authorization"}.get(answer.status)
        if code is None:
            return self._unavailable(f"status {answer.status} without a reason")
        wrong = said.get("invalidParams")
        names = (
            [str(one.get("name", "")) for one in wrong if isinstance(one, Mapping)] if isinstance(wrong, list) else []
        )
        told = [name for name in names if _PARAMETER.match(name)]
        return SourceRefused(self.connection.register, "authorization" if code == "autorisatie" else code, told)

    def _read(self, answer: Json, asked: Sequence[str]) -> dict[str, Json]:
        """Persons by number; an answer of another type or about somebody else is used for nobody."""
        people = answer.get("personen")
        if answer.get("type") != ASKED_WITH or not isinstance(people, list):
            raise self._unavailable("the answer is of another type")
        found: dict[str, Json] = {}
        for person in people:
            number = person.get(NUMBER) if isinstance(person, Mapping) else None
            if not isinstance(number, str) or number not in asked or number in found:
                raise self._unavailable("the answer is not about whom was asked")
            found[number] = person
        return found


def _wait_of(headers: httpx.Headers) -> int | None:
    """Retry-After in seconds: a number or a date."""
    said = headers.get("Retry-After", "")
    if said.isascii() and said.isdigit():
        return min(int(said), 86_400)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(int((zoned - datetime.now(UTC)).total_seconds()), 86_400))
