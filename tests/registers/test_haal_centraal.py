"""The BRP asked over the wire: what is sent, what each answer becomes, and what a source that fails does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.registers.test_brp_file import SUZANNE
from tests.shared_data import shared
from waardig.kernel.content import LIBRARY
from waardig.kernel.content_file import ContentInvalid
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.adapters.content import declarations
from waardig.registers.adapters.haal_centraal import HaalCentraal, facts_of, is_removed
from waardig.registers.adapters.sources import source_of
from waardig.registers.adapters.trial_brp import FIELDS, Consumer, TrialBrp
from waardig.registers.core.import_terms import PersonRef
from waardig.registers.core.quality import problem_with
from waardig.registers.core.source_terms import Connection, OAuth, OverAsking, SourceRefused, SourceUnavailable

OTHER = "999990019"
URL = "http://brp.test/haalcentraal/api/brp"
HEADERS = {"x-doelbinding": "{purpose}", "x-verwerking": "{activity}", "x-gebruiker": "{actor}"}
ASKED = ("naam.geslachtsnaam", "geboorte.datum")
Transport = Callable[[httpx.Request], httpx.Response]


def a_connection(**changes: Any) -> Connection:
    plain: dict[str, Any] = {"purposes": {"bericht.bezorgen": "BRPACT-Post"}, "headers": HEADERS, "timeout": 2.0}
    return Connection("brp", changes.pop("url", URL), **{**plain, "api_key": ("X-API-KEY", "proef"), **changes})


def a_brp(*consumers: Consumer) -> TrialBrp:
    return TrialBrp.of_file(shared("data/brp/test-data.json"), consumers or [Consumer("proef", FIELDS)])


def the_source(brp: TrialBrp, **changes: Any) -> HaalCentraal:
    return HaalCentraal(a_connection(**changes), transport=httpx.WSGITransport(app=brp), wait=lambda _: None)


def a_source(
    *answers: Transport | httpx.Response | Exception, **changes: Any
) -> tuple[HaalCentraal, list[httpx.Request]]:
    """A source that gives these answers one after another, the last one for ever."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        one = answers[min(len(seen), len(answers)) - 1]
        if isinstance(one, Exception):
            raise one
        return one(request) if callable(one) else one

    return HaalCentraal(a_connection(**changes), transport=httpx.MockTransport(answer), wait=lambda _: None), seen


def ask(source: HaalCentraal, *numbers: str, fields: tuple[str, ...] = ASKED) -> dict[str, Any]:
    return dict(source.persons(numbers or (SUZANNE,), fields, activity="bericht.bezorgen", actor="e-1001"))


def good(*numbers: str) -> httpx.Response:
    people = [{"burgerservicenummer": number} for number in numbers or (SUZANNE,)]
    return httpx.Response(200, json={"type": "RaadpleegMetBurgerservicenummer", "personen": people})


def problem(status: int, code: str, *names: str, **headers: str) -> httpx.Response:
    body = {"status": status, "code": code, "title": f"over {SUZANNE}", "detail": SUZANNE,
            "invalidParams": [{"name": name, "code": "x", "reason": SUZANNE} for name in names]}  # fmt: skip
    return httpx.Response(status, json=body, headers=headers)


def test_exactly_the_fields_are_asked_and_exactly_they_come() -> None:
    brp = a_brp()
    found = ask(the_source(brp), SUZANNE, "999990202")

    ((headers, question),) = brp.asked
    assert question == {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [SUZANNE, "999990202"],
        "fields": ["burgerservicenummer", "geboorte.datum", "naam.geslachtsnaam"],
    }
    assert {name: headers[name] for name in HEADERS} == {
        "x-doelbinding": "BRPACT-Post", "x-verwerking": "bericht.bezorgen", "x-gebruiker": "e-1001",
    }  # fmt: skip
    assert found[SUZANNE] == {
        "burgerservicenummer": SUZANNE,
        "naam": {"geslachtsnaam": "Moulin"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1985-12-01", "langFormaat": "01-12-1985"}},
    }


def test_the_number_is_in_no_address_and_in_no_header() -> None:
    source, seen = a_source(good())
    ask(source)
    (request,) = seen
    assert (request.method, str(request.url)) == ("POST", f"{URL}/personen")
    assert SUZANNE not in str(request.headers)
    assert SUZANNE in request.content.decode()


def test_more_than_twenty_people_are_asked_in_parts() -> None:
    numbers = [f"{n:09d}" for n in range(1, 46)]
    source, seen = a_source(lambda r: good(*json.loads(r.content)["burgerservicenummer"]))
    assert list(ask(source, *numbers)) == numbers
    assert [len(json.loads(r.content)["burgerservicenummer"]) for r in seen] == [20, 20, 5]


def test_nothing_is_sent_for_an_activity_without_an_agreed_purpose() -> None:
    source, seen = a_source(good())
    with pytest.raises(OverAsking) as refused:
        source.persons([SUZANNE], ASKED, activity="iit.ronde", actor="Systeem")
    assert (refused.value.code, seen) == ("over_asking", [])


@pytest.mark.parametrize(
    ("consumer", "fields", "reason", "names"),
    [
        (Consumer("proef", frozenset({"naam", "burgerservicenummer"})), ASKED, "unauthorizedField", ()),
        (Consumer("proef", FIELDS, by_number=False), ASKED, "unauthorizedParameter", ()),
        (Consumer("proef", FIELDS, headers=("x-origin-oin",)), ASKED, "authorization", ()),
        (Consumer("ander", FIELDS), ASKED, "authentication", ()),
        (Consumer("proef", FIELDS), ("naam.bestaatNiet",), "paramsValidation", ("fields[1]",)),
        (Consumer("proef", FIELDS), ("geheimhoudingPersoonsgegevens",), "paramsValidation", ("fields[1]",)),
    ],
)
def test_what_the_brp_refuses_is_a_refusal_with_a_remedy(
    consumer: Consumer, fields: tuple[str, ...], reason: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(SourceRefused) as refused:
        ask(the_source(a_brp(consumer)), fields=fields)
    assert (refused.value.code, refused.value.reason, refused.value.names) == ("source_refused", reason, names)
    assert refused.value.remedy


def test_the_form_of_a_question_is_checked_as_the_contract_says() -> None:
    brp = a_brp()
    client = httpx.Client(transport=httpx.WSGITransport(app=brp), headers={"X-API-KEY": "proef", **HEADERS})
    kind = "RaadpleegMetBurgerservicenummer"
    questions: list[tuple[object, int, str, list[str]]] = [
        ({"burgerservicenummer": [SUZANNE], "fields": ["naam"]}, 400, "paramsValidation", ["type"]),
        ({"type": "ZoekMetPostcodeEnHuisnummer"}, 400, "paramsValidation", ["type"]),
        ({"type": kind, "burgerservicenummer": [SUZANNE]}, 400, "paramsCombination", ["fields"]),
        (
            {"type": kind, "burgerservicenummer": [], "fields": ["naam"]},
            400,
            "paramsValidation",
            ["burgerservicenummer"],
        ),
        (
            {"type": kind, "burgerservicenummer": SUZANNE, "fields": ["naam"]},
            400,
            "paramsValidation",
            ["burgerservicenummer"],
        ),
        (
            {"type": kind, "burgerservicenummer": ["1"], "fields": ["naam"]},
            400,
            "paramsValidation",
            ["burgerservicenummer[0]"],
        ),
        ([], 400, "paramsRequired", []),
    ]
    for question, status, code, names in questions:
        answer = client.post(f"{URL}/personen", json=question)
        said = answer.json()
        assert (answer.status_code, said["code"], said["status"]) == (status, code, status)
        assert [one["name"] for one in said.get("invalidParams", [])] == names
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    whole = client.post(f"{URL}/personen", json={"type": kind, "burgerservicenummer": [SUZANNE], "fields": ["naam"]})
    assert whole.headers["x-geleverde-pls"].isdigit()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (httpx.Response(200, content=b'{"type": "Raad'), "cut off"),
        (httpx.Response(200, json=[]), "no object"),
        (httpx.Response(200, json={"type": "ZoekMetPostcodeEnHuisnummer", "personen": []}), "another type"),
        (httpx.Response(200, json={"type": "RaadpleegMetBurgerservicenummer"}), "another type"),
        (good(OTHER), "not about whom was asked"),
        (good(SUZANNE, SUZANNE), "not about whom was asked"),
        (httpx.Response(302, headers={"Location": "http://elsewhere.test"}), "status 302"),
        (httpx.Response(400, content=b"<html>"), "status 400"),
    ],
)
def test_an_answer_that_cannot_be_used_is_used_for_nobody(answer: httpx.Response, why: str) -> None:
    source, seen = a_source(answer)
    with pytest.raises(SourceUnavailable, match=why) as refused:
        ask(source)
    assert refused.value.code == "source_unavailable"
    assert len(seen) == 1  # the same question would get the same answer
    assert SUZANNE not in str(refused.value)


@pytest.mark.parametrize(
    "first", [httpx.Response(503), httpx.Response(500), httpx.ReadTimeout("x"), httpx.ReadError("x")]
)
def test_what_goes_wrong_on_the_way_is_tried_again(first: httpx.Response | Exception) -> None:
    source, seen = a_source(first, good())
    assert list(ask(source)) == [SUZANNE]
    assert len(seen) == 2


def test_a_source_that_stays_away_is_asked_three_times() -> None:
    source, seen = a_source(httpx.Response(503))
    with pytest.raises(SourceUnavailable, match="status 503"):
        ask(source)
    assert len(seen) == 3


def test_a_source_that_says_how_long_to_wait_is_obeyed() -> None:
    pauses: list[float] = []
    source, seen = a_source(problem(429, "tooManyRequests", **{"Retry-After": "3"}), good())
    source._wait = pauses.append
    assert (list(ask(source)), pauses) == ([SUZANNE], [3.0])

    later, seen = a_source(problem(429, "tooManyRequests", **{"Retry-After": "600"}))
    with pytest.raises(SourceUnavailable) as refused:
        ask(later)
    assert (refused.value.wait_seconds, len(seen)) == (600, 1)
    assert "600 seconds" in refused.value.remedy


@pytest.mark.parametrize(
    ("status", "code"), [(401, "authentication"), (403, "unauthorizedField"), (400, "paramsValidation")]
)
def test_a_refusal_is_not_repeated_and_holds_no_value(status: int, code: str) -> None:
    source, seen = a_source(problem(status, code, "fields[0]", f"burgerservicenummer {SUZANNE}"))
    with pytest.raises(SourceRefused) as refused:
        ask(source)
    assert (refused.value.reason, refused.value.names, len(seen)) == (code, ("fields[0]",), 1)
    said = f"{refused.value} {refused.value.remedy} {refused.value.text_nl}"
    assert SUZANNE not in said


def test_a_token_is_asked_once_kept_and_renewed_when_refused() -> None:
    oauth = OAuth("https://login.test/token", "waardig", "geheim", "brp")

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "login.test":
            tokens.append(request.content.decode())
            return httpx.Response(200, json={"access_token": f"t{len(tokens)}", "expires_in": 3600})
        used.append(request.headers["Authorization"])
        return good() if used[-1] != "Bearer t1" or len(used) < 3 else problem(401, "authentication")

    tokens: list[str] = []
    used: list[str] = []
    source, _ = a_source(answer, oauth=oauth, api_key=None)
    for _ in range(3):
        ask(source)

    assert tokens == ["grant_type=client_credentials&scope=brp"] * 2
    assert used == ["Bearer t1", "Bearer t1", "Bearer t1", "Bearer t2"]
    wrong, _ = a_source(httpx.Response(401, json={"error": "invalid_client"}), oauth=oauth)
    with pytest.raises(SourceRefused, match="authentication"):
        ask(wrong)


class _Faulty(BaseHTTPRequestHandler):
    """Answers as `how` says, over a real connection."""

    how = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        if type(self).how == "cut":
            self.wfile.write(b'{"type": "Raad')
            self.close_connection = True
            return
        for _ in range(30):  # drips: each piece in time, the whole never
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_faulty_server(how: str) -> Iterator[str]:
    handler = type("Handler", (_Faulty,), {"how": how})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("how", "why"), [("cut", "cut off"), ("drip", "takes too long|no answer within")])
def test_a_real_connection_that_is_cut_or_drips_gives_nothing(how: str, why: str) -> None:
    with a_faulty_server(how) as url:
        source = HaalCentraal(a_connection(url=url, timeout=0.2), wait=lambda _: None)
        with pytest.raises(SourceUnavailable, match=why):
            ask(source)


def test_nobody_listens() -> None:
    source = HaalCentraal(a_connection(url="http://127.0.0.1:9"), wait=lambda _: None)
    with pytest.raises(SourceUnavailable, match="connection failed"):
        ask(source)


KNOWN = declarations([LIBRARY])
HELD = frozenset(a.id for a in KNOWN.registers["brp"].attributes.values() if a.at_source is not None)


def paths(*attributes: str) -> tuple[str, ...]:
    return tuple(path for one in attributes for path in KNOWN.attribute(one).at_source or ())


def test_every_field_that_an_attribute_asks_for_exists_in_the_contract() -> None:
    assert set(paths(*HELD)) <= FIELDS
    assert len(HELD) == 10


def test_over_the_wire_the_official_persons_are_who_they_are_in_the_file() -> None:
    persons = {person.number: person for person in read_brp_file(shared("data/brp/test-data.json")).persons}
    numbers = frozenset(persons)
    answers = the_source(a_brp()).persons(sorted(numbers), paths(*HELD), activity="bericht.bezorgen", actor="Systeem")

    differ: list[tuple[str, object, object]] = []
    for number, answer in answers.items():
        found = {fact.attribute: fact.value for fact in facts_of(answer, HELD, numbers)}
        held = {fact.attribute: fact.value for fact in persons[number].facts}
        differ += [(one, held.get(one), found.get(one)) for one in HELD if held.get(one) != found.get(one)]
        for attribute, value in found.items():
            one = {"person": "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"} if _links(value) else value
            assert problem_with(KNOWN.attribute(attribute), one) is None, attribute

    assert len(answers) == 1175
    assert differ == []


def _links(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("person"), PersonRef)


@pytest.mark.parametrize(
    ("place", "value", "since"),
    [
        (
            {"type": "Adres", "datumVan": {"type": "JaarMaandDatum", "jaar": 2015, "maand": 8},
             "verblijfadres": {"officieleStraatnaam": "Boterdiep", "huisnummer": 31, "huisletter": "a",
                               "aanduidingBijHuisnummer": {"code": "to", "omschrijving": "tegenover"},
                               "postcode": "3077AW", "woonplaats": "Rotterdam"}},
            {"straat": "Boterdiep", "huisnummer": "tegenover 31a", "postcode": "3077AW", "woonplaats": "Rotterdam"},
            date(2015, 8, 1),
        ),
        (
            {"type": "Locatie", "datumVan": {"type": "DatumOnbekend", "onbekend": True},
             "verblijfadres": {"locatiebeschrijving": "woonboot bij de sluis"}},
            {"regel1": "woonboot bij de sluis"}, None,
        ),
        (
            {"type": "VerblijfplaatsBuitenland", "datumVan": {"type": "JaarDatum", "jaar": 2011},
             "verblijfadres": {"regel1": "12 rue du Four", "land": {"code": "5002", "omschrijving": "Frankrijk"}}},
            {"regel1": "12 rue du Four", "land": "Frankrijk"}, date(2011, 1, 1),
        ),
        (
            {"type": "VerblijfplaatsOnbekend", "datumVan": {"type": "Datum", "datum": "2020-05-01"}},
            None, date(2020, 5, 1),
        ),
    ],
)  # fmt: skip
def test_the_four_kinds_of_place(place: dict[str, object], value: object, since: date | None) -> None:
    (fact,) = facts_of({"verblijfplaats": place}, frozenset({"brp.adres"}), frozenset())
    assert (fact.value, fact.valid_from, fact.under_investigation) == (value, since, False)


def test_a_doubt_at_any_depth_is_kept_with_the_value_it_is_about() -> None:
    home = {"korteStraatnaam": "Boterdiep", "huisnummer": 31, "inOnderzoek": {"korteStraatnaam": True}}
    answer = {
        "burgerservicenummer": SUZANNE,
        "naam": {"geslachtsnaam": "Moulin"},
        "verblijfplaats": {"type": "Adres", "verblijfadres": home},
        "inOnderzoek": {"indicatieCurateleRegister": True},
    }
    found = {fact.attribute: fact for fact in facts_of(answer, HELD, frozenset())}
    assert found["brp.adres"].under_investigation
    assert not found["brp.naam"].under_investigation
    assert found["brp.in_onderzoek"].value is True


def test_what_the_answer_gives_no_day_for_has_none() -> None:
    born = {"datum": {"type": "Datum", "datum": "1985-12-01"}}
    answer = {"naam": {"geslachtsnaam": "Moulin"}, "geboorte": born, "geheimhoudingPersoonsgegevens": True}
    found = {fact.attribute: fact.valid_from for fact in facts_of(answer, HELD, frozenset())}
    assert {name for name, day in found.items() if day is not None} == {"brp.geboortedatum"}


@pytest.mark.parametrize(("code", "removed"), [("F", True), ("W", True), ("O", False), ("E", False)])
def test_a_list_that_was_made_by_mistake_is_nobody(code: str, removed: bool) -> None:
    assert is_removed({"opschortingBijhouding": {"reden": {"code": code}}}) is removed


GOOD_FILE = """
brp:
  url: https://brp.example.nl/haalcentraal/api/brp
  api_key: {header: X-API-KEY, env: WAARDIG_TEST_BRP_KEY}
  headers: {x-doelbinding: "{purpose}"}
  purposes: {bericht.bezorgen: BRPACT-Post}
"""


@pytest.mark.parametrize(
    ("text", "key", "wrong"),
    [
        (GOOD_FILE, "geheim", ""),
        (GOOD_FILE, "", "WAARDIG_TEST_BRP_KEY"),
        (GOOD_FILE.replace("https://", "http://"), "geheim", "url"),
        (GOOD_FILE.replace("  purposes: {bericht.bezorgen: BRPACT-Post}\n", ""), "geheim", "purposes"),
        (GOOD_FILE.replace("brp:", "kvk:"), "geheim", "kvk"),
    ],
)
def test_the_file_of_sources_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, key: str, wrong: str
) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text)
    monkeypatch.setenv("WAARDIG_SOURCES", str(file))
    monkeypatch.setenv("WAARDIG_TEST_BRP_KEY", key)

    if wrong:
        with pytest.raises(ContentInvalid, match=wrong):
            source_of("brp")
        return
    source = source_of("brp")
    assert source is not None and source.connection.api_key == ("X-API-KEY", "geheim")
    assert "geheim" not in repr(source.connection)
