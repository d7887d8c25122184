"""Official test persons of the BRP in the story: who is dead, in doubt, secret or under guardianship is dealt with so.

Source of the persons: the official test set (RvIG) beside the checkout.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pypdf
import pytest
from psycopg import sql

from tests.identity.signing_in import a_resident, an_employee, signed_in_client
from tests.journeys.towns import Town, inside, made_town
from tests.shared_data import shared
from waardig.demo.official import WANTED, Official, choose_officials
from waardig.demo.personas import sign_in_personas
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.terms import ReadPerson
from waardig.shell.postgres import Cluster

TEST_SET = "data/brp/test-data.json"
MOST_PAGES = 40


@pytest.fixture
def town(cluster: Cluster) -> Town:
    """The story with official persons among the clients; `told` is what it printed. Nobody changes it."""
    file = str(shared(TEST_SET))
    return made_town(cluster, "official", lambda town: town.demo("--residents", "60", "--brp", file))


@lru_cache(maxsize=1)
def _persons() -> tuple[ReadPerson, ...]:
    return tuple(read_brp_file(shared(TEST_SET)).persons)


def _chosen(why: str) -> list[Official]:
    return [one for one in choose_officials(_persons()) if one.why == why]


def _ids(town: Town, why: str) -> list[UUID]:
    bsns = [one.bsn for one in _chosen(why)]
    return [row[0] for row in town.all("SELECT person FROM reg.person WHERE bsn = ANY(%s) ORDER BY 1", bsns)]


def _outcomes(town: Town, why: str) -> list[tuple[str, str]]:
    ids = _ids(town, why)
    return town.all(
        "SELECT outcome, reason FROM proposals_run_item i JOIN proposals_run r ON r.id = i.run_id"
        " WHERE r.service = 'individuele_inkomenstoeslag' AND person = ANY(%s) ORDER BY 1, 2",
        ids,
    )  # type: ignore[return-value]


def _messages_to(town: Town, persons: list[UUID]) -> int:
    found: int = town.value(
        "SELECT count(*) FROM inbox_message WHERE recipient = ANY(%s) OR about = ANY(%s)", *2 * [persons]
    )
    return found


def test_the_summary_counts_the_officials_of_each_group(town: Town) -> None:
    assert town.told["officials"] == WANTED
    assert town.told["brp"]["persons"] == len(_persons())


def test_a_number_that_fails_the_eleven_test_is_reported_and_skipped(town: Town) -> None:
    problems = read_brp_file(shared(TEST_SET)).problems

    assert [problem.kind for problem in problems if problem.severity.value == "error"] == ["bad_bsn"]
    assert town.told["brp"]["errors"] == {"bad_bsn": 1}
    enrolled = {row[0] for row in town.all("SELECT bsn FROM reg.person")}
    assert {person.number for person in _persons()} <= enrolled
    assert len(_persons()) == town.told["brp"]["persons"]


def test_ordinary_official_persons_get_a_proposal(town: Town) -> None:
    assert _outcomes(town, "ordinary") == [("proposed", "qualifies")] * 5
    assert _messages_to(town, _ids(town, "ordinary")) >= 5


def test_nobody_who_died_gets_anything(town: Town) -> None:
    persons = _ids(town, "deceased")

    assert _outcomes(town, "deceased") == [("excluded", "deceased")] * 5
    assert _messages_to(town, persons) == 0
    assert town.value("SELECT count(*) FROM cases_party WHERE person = ANY(%s)", persons) == 0
    assert town.value("SELECT count(*) FROM reg.document WHERE person = ANY(%s)", persons) == 0


def test_in_doubt_goes_to_a_person(town: Town) -> None:
    assert _outcomes(town, "in_onderzoek") == [("excluded", "under_investigation")] * 5
    assert _messages_to(town, _ids(town, "in_onderzoek")) == 0
    assert town.told["excluded"]["under_investigation"] >= 5
    assert town.told["to_person"] >= 5 + 1, "who is in doubt and who is under guardianship"


def test_a_couple_gets_one_proposal(town: Town) -> None:
    assert sorted(_outcomes(town, "couple")) == [("proposed", "qualifies")] * 3 + [("with_partner", "qualifies")] * 3
    persons = _ids(town, "couple")
    cases = town.all(
        "SELECT count(DISTINCT p.case_id), count(*) FROM cases_party p JOIN cases_case c ON c.id = p.case_id"
        " WHERE c.service = 'individuele_inkomenstoeslag' AND p.person = ANY(%s)",
        persons,
    )
    assert cases == [(3, 6)]
    assert town.value(
        "SELECT count(*) FROM inbox_message WHERE message_type = 'iit.voorstel' AND recipient = ANY(%s)", persons
    ) == 3  # fmt: skip


def test_a_person_under_guardianship_gets_none_directly(town: Town) -> None:
    assert _outcomes(town, "curatele") == [("excluded", "under_guardianship")]
    assert _messages_to(town, _ids(town, "curatele")) == 0


def test_who_is_no_client_has_no_line_of_the_round(town: Town) -> None:
    clients = [
        row[0] for row in town.all("SELECT DISTINCT person FROM reg.fact WHERE attribute = 'uitkeringen.status'")
    ]
    lines = town.all(
        "SELECT p.person FROM reg.person p JOIN log.detail d ON d.subject = log.pseudonym(p.person) WHERE d.run = %s",
        town.told["run"],
    )

    assert len(lines) == town.told["read"]
    assert {row[0] for row in lines} <= set(clients)
    assert len(clients) < town.value("SELECT count(*) FROM reg.person") / 10


def _homes(town: Town) -> dict[UUID, frozenset[str]]:
    """Where each official person with a Dutch address lives: street with number, and the postcode."""
    ids = dict(town.all("SELECT bsn, person FROM reg.person"))
    found: dict[UUID, frozenset[str]] = {}
    for person in _persons():
        address = person.value("brp.adres")
        if isinstance(address, dict) and address.get("straat") and address.get("postcode"):
            postcode = str(address["postcode"]).replace(" ", "")
            street = f"{address['straat']} {address['huisnummer']}"
            found[ids[person.number]] = frozenset({street, postcode, f"{postcode[:4]} {postcode[4:]}"})
    return found


def _secrets(town: Town) -> dict[UUID, frozenset[str]]:
    """What would give away where each secret client lives."""
    homes = _homes(town)
    return {person: homes[person] for person in _ids(town, "secret_address")}


def _gives_away(text: str, needles: frozenset[str]) -> bool:
    """Whether the text names the street with exactly this number, or the postcode."""
    return any(re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", text) for needle in needles)


def _texts(town: Town) -> Iterator[tuple[UUID, str]]:
    """Every stored text and letter, with whose it is."""
    for person, content, payload in town.all("SELECT person, content, payload FROM reg.document"):
        printed = ""
        if payload is not None:
            printed = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(payload))).pages)
        yield person, f"{content} {' '.join(printed.split())}"


def test_a_secret_address_stands_in_no_text_or_letter_of_anyone_else(town: Town) -> None:
    secrets, homes = _secrets(town), _homes(town)
    own: set[UUID] = set()

    for person, text in _texts(town):
        for hidden, needles in secrets.items():
            if person == hidden:
                own |= {person} if _gives_away(text, needles) else set()
            else:
                assert not _gives_away(text, needles - homes.get(person, frozenset())), "who lives there knows it"

    assert len(secrets) == 5
    assert own == set(secrets), "the letters of each secret person have the address on them, and only those"


def test_a_secret_address_stands_in_no_other_table_and_not_in_the_export(town: Town) -> None:
    needles = frozenset().union(*_secrets(town).values())
    looked = 0
    with psycopg.connect(town.addresses.owner) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'log', 'gate', 'pol')"
        ).fetchall()
        for schema, table in tables:
            for (row,) in connection.execute(
                sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
            ).fetchall():
                looked += 1
                assert not _gives_away(row, needles), f"{schema}.{table}"

    assert looked > 500
    for entry in town.export():
        assert not _gives_away(str(entry), needles)


def _crawled(client: Any, start: str) -> dict[str, str]:
    """Every page that can be reached by links from one page on, without leaving the site."""
    waiting, seen = [start], {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or "uitloggen" in address or "/static/" in address:
            continue
        answer = client.get(address, follow=True)
        seen[address] = unescape(answer.content.decode(errors="replace")) if not answer.streaming else ""
        waiting += [
            urlsplit(href).path
            for href in re.findall(r'href="([^"#]+)"', seen[address])
            if href.startswith("/") and not href.startswith("//")
        ]
    return seen


def test_a_secret_address_stands_on_no_page_of_anyone_else(town: Town, django_db_blocker: Any) -> None:
    needles, homes = frozenset().union(*_secrets(town).values()), _homes(town)
    others = [person for person in _ids(town, "ordinary") + _ids(town, "couple") if not homes[person] & needles]

    with inside(town, django_db_blocker):
        from django.urls import reverse

        SETUP.bind(open_trial("http://testserver", sign_in_personas(), installation="test")[0])
        pages: dict[str, str] = {}
        for person in others[:4]:
            pages |= _crawled(signed_in_client(a_resident(person)), reverse("portal:home"))
        desk = _crawled(
            signed_in_client(an_employee("beslisser", "inkomensconsulent", "loket", number="w.degraaf", limit=100_000)),
            reverse("desk:home"),
        )
        public = _crawled(signed_in_client(a_resident(others[0])), reverse("public:services"))

    assert len(pages) > 10 and len(desk) > 3 and len(public) > 1
    for address, text in {**pages, **desk, **public}.items():
        assert not _gives_away(text, needles), address
