"""From number to person id: enrolling, signing in, importing; the number itself never leaves."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from psycopg import sql

from tests.access.builders import a_bsn, a_right, open_keeping
from waardig.access.terms import AccessRefused
from waardig.kernel.bsn import InvalidBsn
from waardig.logbook.queries import count_lines
from waardig.logbook.terms import GateRefused
from waardig.registers.actions import enrol_persons, person_for_bsn, persons_for_bsns


@pytest.fixture
def keeping(owner: psycopg.Connection) -> psycopg.Connection:
    """The owner's connection, with the general activities published."""
    open_keeping(owner)
    return owner


def test_a_number_always_gives_the_same_random_person_id(keeping: psycopg.Connection) -> None:
    number = a_bsn()

    made = person_for_bsn(number, create=True)

    assert made is not None and made.version == 4
    assert person_for_bsn(number, create=True) == made
    assert person_for_bsn(number) == made


def test_signing_in_with_a_number_of_nobody_gives_nothing_and_is_logged(keeping: psycopg.Connection) -> None:
    assert person_for_bsn(a_bsn()) is None

    assert keeping.execute("SELECT count(*) FROM reg.person").fetchone() == (0,)
    assert keeping.execute("SELECT subject, decision FROM log.detail WHERE activity = 'aanmelden'").fetchall() == [
        (None, "allow")
    ]


def test_a_sign_in_is_logged_under_the_person(keeping: psycopg.Connection) -> None:
    number = a_bsn()
    person = uuid4()
    enrol_persons([(person, number)])

    person_for_bsn(number)

    assert keeping.execute(
        "SELECT subject = log.pseudonym(%s) FROM log.detail WHERE activity = 'aanmelden'", (person,)
    ).fetchall() == [(True,)]


def test_many_numbers_are_looked_up_in_one_go_and_unknown_ones_are_left_out(keeping: psycopg.Connection) -> None:
    numbers = [a_bsn() for _ in range(20)]
    run = uuid4()
    made = persons_for_bsns(numbers, create=True, run=run)

    found = persons_for_bsns([*numbers, a_bsn(), numbers[0]], run=run)

    assert found == made and len(made) == 20
    assert count_lines(run).read == 20


def test_a_number_that_fails_the_eleven_test_is_refused_without_naming_it(keeping: psycopg.Connection) -> None:
    with pytest.raises(InvalidBsn) as refusal:
        persons_for_bsns([a_bsn(), "123456789"], create=True)

    assert "123456789" not in str(refusal.value)
    assert keeping.execute("SELECT count(*) FROM reg.person").fetchone() == (0,)


def test_the_database_refuses_such_a_number_too(keeping: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        keeping.execute("INSERT INTO reg.person (bsn) VALUES ('123456789')")
    same = keeping.execute(
        "SELECT reg.is_bsn(n) FROM unnest('{999993653,999999245,000000000,99999365,999993653x}'::text[]) n"
    ).fetchall()
    assert same == [(True,), (False,), (False,), (False,), (False,)]


def test_signing_in_can_enrol_nobody(keeping: psycopg.Connection) -> None:
    with pytest.raises(AccessRefused) as refusal:
        persons_for_bsns([a_bsn()], create=True, activity="aanmelden")

    assert refusal.value.code == "enrolment_not_allowed"
    assert keeping.execute("SELECT count(*) FROM reg.person").fetchone() == (0,)
    assert keeping.execute("SELECT decision, reasons FROM log.detail").fetchall() == [
        ("refuse", ["enrolment_not_allowed"])
    ]


def test_a_right_cannot_look_up_numbers(keeping: psycopg.Connection) -> None:
    a_right(keeping, actors=[{"kind": "system"}])

    with pytest.raises(AccessRefused) as refusal:
        persons_for_bsns([a_bsn()], activity="proef.inzage")

    assert refusal.value.code == "numbers_not_allowed"


def test_looking_up_inside_a_transaction_is_an_error_of_the_programmer(keeping: psycopg.Connection) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        person_for_bsn(a_bsn(), create=True)


def test_enrolling_the_same_pair_again_is_no_change(keeping: psycopg.Connection) -> None:
    pairs = [(uuid4(), a_bsn()), (uuid4(), None)]

    assert enrol_persons(pairs) == 2
    assert enrol_persons(pairs) == 0
    assert keeping.execute("SELECT count(*) FROM reg.person").fetchone() == (2,)


def test_another_pairing_is_refused_without_naming_the_number(keeping: psycopg.Connection) -> None:
    person, number = uuid4(), a_bsn()
    enrol_persons([(person, number)])

    for pair in ((uuid4(), number), (person, a_bsn()), (person, None)):
        with pytest.raises(GateRefused) as refusal:
            enrol_persons([(uuid4(), a_bsn()), pair])
        assert refusal.value.code == "enrolled_otherwise"
        assert number not in str(refusal.value)

    assert keeping.execute("SELECT count(*) FROM reg.person").fetchone() == (1,)


def test_no_number_stands_anywhere_but_in_the_person_table(keeping: psycopg.Connection) -> None:
    number = a_bsn()
    person_for_bsn(number, create=True)
    person_for_bsn(number)

    tables = keeping.execute(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname IN ('log', 'gate', 'reg', 'pol', 'public') AND tablename <> 'person'"
    ).fetchall()
    assert len(tables) > 10
    for table in tables:
        rows = keeping.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(*table)))
        assert number not in "".join(row[0] for row in rows), table
