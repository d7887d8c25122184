"""A BRP to try and test against: answers POST /personen as the published contract of Haal Centraal BRP bevragen 2 says,
over the official test set. It knows who may ask which fields, and refuses what the real one refuses.

Never a source of real data: it reads a file with fictional persons and keeps everything in memory.
Source: BRP-API/Haal-Centraal-BRP-bevragen version 2: openapi, fields, autorisatie, protocollering, foutbericht.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

from waardig.registers.adapters.trial_brp_person import as_answer

Json = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
_PATH = "/haalcentraal/api/brp/personen"
_RFC = "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5"
_STATUS = {400: "400 Bad Request", 401: "401 Unauthorized", 403: "403 Forbidden", 404: "404 Not Found",
           405: "405 Method Not Allowed", 415: "415 Unsupported Media Type"}  # fmt: skip
ASKED_WITH = "RaadpleegMetBurgerservicenummer"
_ALWAYS = ("burgerservicenummer", "geheimhoudingPersoonsgegevens", "opschortingBijhouding")
_NEVER = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "inOnderzoek", "rni", "verificatie")
FIELDS = frozenset({
    "burgerservicenummer", "geslacht", "geslacht.code", "geslacht.omschrijving", "naam", "naam.voornamen",
    "naam.voorletters", "naam.voorvoegsel", "naam.geslachtsnaam", "geboorte", "geboorte.datum", "overlijden",
    "overlijden.datum", "gemeenteVanInschrijving", "gemeenteVanInschrijving.code",
    "gemeenteVanInschrijving.omschrijving", "datumInschrijvingInGemeente", "indicatieCurateleRegister", "partners",
    "partners.burgerservicenummer", "partners.aangaanHuwelijkPartnerschap",
    "partners.aangaanHuwelijkPartnerschap.datum", "partners.ontbindingHuwelijkPartnerschap",
    "partners.ontbindingHuwelijkPartnerschap.datum", "kinderen", "kinderen.burgerservicenummer", "kinderen.geboorte",
    "kinderen.geboorte.datum", "verblijfplaats", "verblijfplaats.datumVan", "verblijfplaats.verblijfadres",
    *(f"verblijfplaats.verblijfadres.{name}" for name in (
        "officieleStraatnaam", "korteStraatnaam", "huisnummer", "huisletter", "huisnummertoevoeging",
        "aanduidingBijHuisnummer", "postcode", "woonplaats", "locatiebeschrijving", "land", "regel1", "regel2",
        "regel3",
    )),
})  # fmt: skip


@dataclass
class Consumer:
    """An organisation that may ask.

    Attributes:
        fields: paths that it may ask, with everything below them.
        headers: names of headers that its gateway demands.
    """

    key: str
    fields: frozenset[str]
    by_number: bool = True
    headers: tuple[str, ...] = ("x-doelbinding", "x-verwerking", "x-gebruiker")

    def may(self, path: str) -> bool:
        """Whether a path, or something above it, is authorised."""
        parts = path.split(".")
        return any(".".join(parts[: depth + 1]) in self.fields for depth in range(len(parts)))


class _Wrong(Exception):
    def __init__(self, status: int, code: str, title: str, invalid: Iterable[tuple[str, str, str]] = ()) -> None:
        super().__init__(code)
        self.status, self.code, self.title, self.invalid = status, code, title, tuple(invalid)


@dataclass
class TrialBrp:
    """The WSGI application. `asked` holds what came in, for tests: (headers, question)."""

    persons: Mapping[str, Json]
    consumers: Mapping[str, Consumer]
    asked: list[tuple[dict[str, str], Json]] = field(default_factory=list)

    @classmethod
    def of_file(cls, path: Path, consumers: Iterable[Consumer]) -> TrialBrp:
        """Over the official test set (JSON with LO3 codes)."""
        records = json.loads(path.read_text(encoding="utf-8-sig"))
        people = {str(one["burgerservicenummer"]): as_answer(one) for one in records if "burgerservicenummer" in one}
        return cls(people, {one.key: one for one in consumers})

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> list[bytes]:
        """Answer one question."""
        try:
            question = self._question(environ)
            found = [self.persons[number] for number in question["burgerservicenummer"] if number in self.persons]
            people = [_chosen(person, question["fields"]) for person in found]
            body: Json = {"type": ASKED_WITH, "personen": people}
            delivered = ",".join(sorted(str(list(self.persons).index(p["burgerservicenummer"])) for p in found))
            headers = [("Content-Type", "application/json; charset=utf-8"), ("api-version", "2.0.0")]
            start_response("200 OK", headers + ([("x-geleverde-pls", delivered)] if delivered else []))
        except _Wrong as wrong:
            body = _problem(wrong)
            start_response(_STATUS[wrong.status], [("Content-Type", "application/problem+json; charset=utf-8")])
        return [json.dumps(body, ensure_ascii=False).encode()]

    def _question(self, environ: Mapping[str, Any]) -> Json:
        """The question of somebody who may ask it, or a foutbericht."""
        if environ.get("PATH_INFO") != _PATH:
            raise _Wrong(404, "notFound", "Opgevraagde resource bestaat niet.")
        if environ["REQUEST_METHOD"] != "POST":
            raise _Wrong(405, "methodNotAllowed", "Methode is niet toegestaan.")
        headers = {
            name[5:].replace("_", "-").lower(): text for name, text in environ.items() if name.startswith("HTTP_")
        }
        consumer = self.consumers.get(headers.get("x-api-key", ""))
        if consumer is None:
            raise _Wrong(401, "authentication", "Niet correct geauthenticeerd.")
        if any(not headers.get(name) for name in consumer.headers):
            raise _Wrong(403, "authorization", "U bent niet geautoriseerd voor deze operatie.")
        if not str(environ.get("CONTENT_TYPE", "")).startswith("application/json"):
            raise _Wrong(415, "unsupportedMediaType", "Media Type wordt niet ondersteund.")
        try:
            question = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        except ValueError:
            question = None
        if not isinstance(question, dict):
            raise _Wrong(400, "paramsRequired", "Ten minste één parameter moet worden opgegeven.")
        self.asked.append((headers, question))
        _check_form(question)
        _check_rights(question["fields"], consumer)
        return question


class QuietHandler(WSGIRequestHandler):
    """Serves without a line for each question."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _check_form(question: Json) -> None:
    kind, numbers, fields = (question.get(name) for name in ("type", "burgerservicenummer", "fields"))
    if kind != ASKED_WITH:
        code = (
            ("type", "required", "Parameter is verplicht.")
            if not kind
            else ("type", "value", "Waarde is geen geldig zoek type.")
        )
        raise _invalid([code])
    missing = [name for name in ("burgerservicenummer", "fields") if question.get(name) is None]
    if missing:
        title = "Minimale combinatie van parameters moet worden opgegeven."
        raise _Wrong(
            400, "paramsCombination", title, [(name, "required", "Parameter is verplicht.") for name in missing]
        )
    wrong: list[tuple[str, str, str]] = []
    for name, value, most in (("burgerservicenummer", numbers, 20), ("fields", fields, 130)):
        if not isinstance(value, list):
            wrong.append((name, "array", "Parameter is geen array."))
        elif not value:
            wrong.append((name, "minItems", "Array bevat minder dan 1 items."))
        elif len(value) > most:
            wrong.append((name, "maxItems", f"Array bevat meer dan {most} items."))
    if not wrong and isinstance(numbers, list) and isinstance(fields, list):
        wrong += [(f"burgerservicenummer[{place}]", "pattern", "Waarde voldoet niet aan patroon ^[0-9]{9}$.")
                  for place, one in enumerate(numbers) if not re.fullmatch("[0-9]{9}", str(one))]  # fmt: skip
        wrong += [(f"fields[{place}]", "fields", "Parameter bevat een niet bestaande veldnaam.")
                  for place, one in enumerate(fields) if one in _NEVER or one not in FIELDS]  # fmt: skip
    unknown = sorted(set(question) - {"type", "burgerservicenummer", "fields", "gemeenteVanInschrijving"})
    wrong += [(name, "unknownParam", "Parameter is niet verwacht.") for name in unknown]
    if wrong:
        raise _invalid(wrong)


def _check_rights(fields: list[str], consumer: Consumer) -> None:
    if not consumer.by_number:
        raise _Wrong(403, "unauthorizedParameter", "U bent niet geautoriseerd voor de gebruikte parameter(s).")
    if any(not consumer.may(one) for one in fields):
        title = "U bent niet geautoriseerd voor één of meerdere opgegeven field waarden."
        raise _Wrong(403, "unauthorizedField", title)


def _invalid(wrong: Iterable[tuple[str, str, str]]) -> _Wrong:
    return _Wrong(400, "paramsValidation", "Een of meerdere parameters zijn niet correct.", wrong)


def _problem(wrong: _Wrong) -> Json:
    body: Json = {"type": f"{_RFC}.{wrong.status - 399}", "title": wrong.title, "status": wrong.status,
                  "code": wrong.code, "instance": _PATH}  # fmt: skip
    if wrong.invalid:
        body["detail"] = f"De foutieve parameter(s) zijn: {', '.join(name for name, *_ in wrong.invalid)}."
        body["invalidParams"] = [{"name": name, "code": code, "reason": why} for name, code, why in wrong.invalid]
    return body


def _chosen(person: Json, fields: list[str]) -> Json:
    """Only what was asked, what comes with every answer, and the investigations of what was asked."""
    found = {
        name: person[name] for name in _ALWAYS if name in person and (name != "burgerservicenummer" or name in fields)
    }
    for path in fields:
        _copy(person, found, path.split("."))
    asked = {path.split(".")[0] for path in fields}
    beside = {name: True for name in person.get("inOnderzoek", {}) if name in asked}
    return {**found, "inOnderzoek": beside} if beside else found


def _copy(source: Json, target: Json, path: list[str]) -> None:
    name, rest = path[0], path[1:]
    value = source.get(name)
    if value is None:
        return
    if not rest:
        target[name] = value
        return
    if isinstance(value, list):
        places = target.setdefault(name, [{} for _ in value])
        for one, place in zip(value, places, strict=True):
            _copy(one, place, rest)
    elif isinstance(value, dict):
        place = target.setdefault(name, {})
        if "type" in value:
            place["type"] = value["type"]
        doubted = value.get("inOnderzoek", {})
        if doubted.get(rest[0]):
            place.setdefault("inOnderzoek", {})[rest[0]] = True
        _copy(value, place, rest)
