"""Nothing of a check is kept but the line of the log: answers stand in no table, session, cookie, address or log of
the server.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.cases.builders import GERRIT, LEFT_OUT
from tests.checks.builders import SINGLE, Visitor, heading_of, state_of, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.terms import Level
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

CANARY = {
    **SINGLE,
    "Hoe hoog is uw inkomen in heel 2025?": "34.567,89",
    "Hoeveel spaargeld en beleggingen had u op 1 januari 2025?": "98.765,43",
}
AMOUNTS = ("34567,89", "98765,43")
"""What is looked for, to the cent: of five digits a clock, a counter or a hash has its own by chance."""


def traces_in(text: str, amounts: tuple[str, ...] = AMOUNTS) -> list[str]:
    """The amounts in a text, with or without points and comma, as they are or as the bytes of a column."""
    return [form for amount in amounts for form in _forms(amount) if re.search(form, text)]


def _forms(amount: str) -> tuple[str, ...]:
    euro, cents = amount.split(",")
    thousands = f"{euro[:-3]}.{euro[-3:]}"
    spelled = (f"{euro},{cents}", f"{euro}.{cents}", f"{euro}{cents}", f"{thousands},{cents}")
    # nothing beside it: it would be another number or a hash; bytes are shown in hexadecimal without a border
    return tuple(rf"(?<!\w){re.escape(one)}(?!\w)" for one in spelled) + tuple(one.encode().hex() for one in spelled)


def everything(owner: psycopg.Connection) -> str:
    """Every row of every table as text."""
    tables = owner.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    rows = []
    for schema, table in tables:
        found = owner.execute(sql.SQL("SELECT t::text FROM {}.{} t").format(*map(sql.Identifier, (schema, table))))
        rows += [str(row[0]) for row in found.fetchall()]
    return "\n".join(rows)


def lines(owner: psycopg.Connection, activity: str = "%") -> list[tuple[str, str, str]]:
    """Lines of the log: activity, kind of actor, decision."""
    return owner.execute(
        "SELECT d.activity, d.actor_kind, d.decision FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " WHERE d.activity LIKE %s",
        (activity,),
    ).fetchall()


def gerrit(level: Level = Level.SUBSTANTIAL, **changes: object) -> Visitor:
    """Gerrit Vos, signed in, with what the registers know."""
    person = uuid4()
    enrol_persons([(person, "999990019")])
    values = {name: value for name, value in {**GERRIT, **changes}.items() if value is not LEFT_OUT}
    store_facts([NewFact(person, name, value, date(2018, 1, 1)) for name, value in values.items()])
    return Visitor("individuele_inkomenstoeslag", signed_in_client(a_resident(person, level)))


def test_the_answers_of_a_check_stand_nowhere_afterwards(
    db: None, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = Visitor().begin()

    page = visitor.through(CANARY)
    visitor.post(change="vermogen")
    visitor.answer("geen getal 98.765,43")

    assert "34.567,89" in page.content.decode()
    session = SessionStore(visitor.client.cookies[settings.SESSION_COOKIE_NAME].value)
    kept = everything(owner) + json.dumps(session.load()) + caplog.text + visitor.page.request["PATH_INFO"]
    kept += (
        str(visitor.page.request.get("QUERY_STRING")) + str(visitor.client.cookies) + str(dict(visitor.page.headers))
    )
    assert traces_in(kept) == []
    assert set(session.load()) <= {"check", "_csrftoken"}
    assert lines(owner) == []


@pytest.mark.parametrize(
    "kept", ["34567,89", "34567.89", "3456789", "34.567,89", '{"inkomen": 3456789}', r"\x7b33343536372c38397d"]
)
def test_an_answer_that_is_kept_is_found_however_it_is_spelled(kept: str) -> None:
    assert len(traces_in(f"a (1,{kept},2026-11-29 10:05:34.56789+00,1234567890)")) == 1


def test_a_clock_a_counter_or_a_hash_is_no_answer() -> None:
    assert traces_in("(34567,2026-11-29 10:05:34.56789+00,a3456789f,98765)") == []


def test_the_state_in_the_page_cannot_be_read(db: None) -> None:
    visitor = Visitor().begin()
    visitor.through(CANARY)

    sealed = state_of(visitor.page)
    assert traces_in(sealed) == []
    assert [word for word in ("34567", "98765", "toetsingsinkomen", "zorgtoeslag") if word in sealed] == []
    assert state_of(visitor.post(answering="0")) != sealed


def test_somebody_who_signed_in_is_read_once_under_their_own_right_and_sees_what_and_since_when(
    db: None, owner: psycopg.Connection
) -> None:
    visitor = gerrit().begin("known")
    page = visitor.page

    assert lines(owner, "iit.nagaan") == [("iit.nagaan", "resident", "allow")]
    shown = words_of(page)
    assert "Geboortedatum 8 november 1966 Uit: BRP, 1 januari 2018 Wijzig" in shown
    assert "Inkomen in uw hoogste maand € 1.278,18 per maand" in shown
    page = visitor.through({})
    assert heading_of(page) == "U hebt waarschijnlijk recht op individuele inkomenstoeslag"
    assert "€ 521,97" in words_of(page)
    assert len(lines(owner, "iit.nagaan")) == 1


def test_only_what_the_check_needs_is_read(db: None, owner: psycopg.Connection) -> None:
    gerrit().begin("known")

    (read,) = owner.execute("SELECT d.attributes FROM log.detail d WHERE d.activity = 'iit.nagaan'").fetchone()  # type: ignore[misc]
    assert {"brp.adres", "brp.naam", "uitkeringen.iban", "uitkeringen.bewindvoerder"} & set(read) == set()
    assert "uitkeringen.vermogen" in read


def test_nothing_is_read_before_it_is_asked_nor_when_somebody_begins_empty(db: None, owner: psycopg.Connection) -> None:
    visitor = gerrit()

    first = visitor.client.get(visitor.address)
    visitor.begin("empty")

    assert "Dit vullen wij voor u in, als wij het weten:" in words_of(first)
    assert heading_of(visitor.page) == "Wanneer bent u geboren?"
    assert lines(owner, "iit.nagaan") == []


def test_a_weak_sign_in_reads_nothing(db: None, owner: psycopg.Connection) -> None:
    visitor = gerrit(Level.LOW).begin("known")

    assert heading_of(visitor.page) == "Wanneer bent u geboren?"
    assert lines(owner, "iit.nagaan") == []


def test_what_the_register_doubts_or_does_not_know_is_asked(db: None) -> None:
    visitor = gerrit(**{"uitkeringen.vermogen": LEFT_OUT}).begin("known")

    assert heading_of(visitor.page) == "Hoeveel spaargeld hebt u op dit moment?"
    visitor.through({"Hoeveel spaargeld hebt u op dit moment?": "9000"})

    assert heading_of(visitor.page) == "U hebt waarschijnlijk geen recht op individuele inkomenstoeslag"
    assert "Uw spaargeld was hoger dan € 7.770." in words_of(visitor.page)


def test_a_filled_in_value_can_be_changed_and_then_is_the_persons_own(db: None) -> None:
    visitor = gerrit().begin("known")
    visitor.post(change="leefvorm")

    assert heading_of(visitor.page) == "Met wie woont u?"
    shown = words_of(visitor.answer("ALLEENSTAANDE_OUDER"))

    assert "Met wie u woont Ik woon met mijn kind of kinderen Uw antwoord op vraag 1" in shown
