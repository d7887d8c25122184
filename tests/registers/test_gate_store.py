"""Storing facts: spells, supersession, re-import, types; as the application role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import HOUSEHOLD, INCOME, STATUS, a_person, open_keeping
from waardig.access.terms import Actor
from waardig.logbook.terms import GateRefused, LogbookUnavailable
from waardig.registers import actions
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact, NothingStored


@pytest.fixture
def keeping(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The owner's connection, with the activity of storing published."""
    open_keeping(owner)
    yield owner


def _current(owner: psycopg.Connection, person: UUID, attribute: str) -> list[tuple[object, str | None, str | None]]:
    return owner.execute(
        "SELECT value, nullif(valid_from, '-infinity')::text, valid_to::text FROM reg.fact"
        " WHERE person = %s AND attribute = %s AND superseded_at IS NULL ORDER BY valid_from",
        (person, attribute),
    ).fetchall()


def _income(person: UUID, value: int, start: str | None, end: str | None = None) -> NewFact:
    return NewFact(
        person,
        INCOME,
        value,
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
    )


def test_a_new_spell_ends_the_open_one_the_day_before(keeping: psycopg.Connection) -> None:
    person = a_person()
    store_facts([_income(person, 100, "2024-01-01")])

    done = store_facts([_income(person, 200, "2024-06-01")])

    assert (done.stored, done.unchanged, done.superseded) == (1, 0, 1)
    assert _current(keeping, person, INCOME) == [(100, "2024-01-01", "2024-05-31"), (200, "2024-06-01", None)]


def test_a_spell_inside_another_leaves_what_sticks_out_on_both_sides(keeping: psycopg.Connection) -> None:
    person = a_person()
    store_facts([_income(person, 100, None)])

    store_facts([_income(person, 0, "2024-03-01", "2024-03-31"), _income(person, 5, "2024-05-01", "2024-05-31")])

    assert _current(keeping, person, INCOME) == [
        (100, None, "2024-02-29"),
        (0, "2024-03-01", "2024-03-31"),
        (100, "2024-04-01", "2024-04-30"),
        (5, "2024-05-01", "2024-05-31"),
        (100, "2024-06-01", None),
    ]


def test_the_same_batch_again_changes_and_logs_nothing(keeping: psycopg.Connection) -> None:
    person = a_person()
    batch = [_income(person, 100, "2024-01-01", "2024-01-31"), NewFact(person, HOUSEHOLD, "PAAR")]
    first = store_facts(batch)
    lines = keeping.execute("SELECT count(*) FROM log.line").fetchone()

    again = store_facts(batch)

    assert (first.stored, again.stored, again.unchanged, again.superseded) == (2, 0, 2, 0)
    assert again.fact_ids == first.fact_ids
    assert keeping.execute("SELECT count(*) FROM log.line").fetchone() == lines
    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (2,)


def test_known_to_be_absent_is_a_value(keeping: psycopg.Connection) -> None:
    person = a_person()

    store_facts([NewFact(person, "uitkeringen.partner", None)])

    assert _current(keeping, person, "uitkeringen.partner") == [(None, None, None)]


def test_a_complete_batch_ends_what_its_source_no_longer_says(keeping: psycopg.Connection) -> None:
    person, other = a_person(), a_person()
    store_facts([_income(p, 100, "2024-01-01", "2024-01-31") for p in (person, other)])
    store_facts([_income(person, 200, "2024-02-01", "2024-02-29"), NewFact(person, HOUSEHOLD, "PAAR")])

    done = store_facts([_income(person, 100, "2024-01-01", "2024-01-31")], complete=True)

    assert (done.stored, done.unchanged, done.superseded) == (0, 1, 1)
    assert _current(keeping, person, INCOME) == [(100, "2024-01-01", "2024-01-31")]
    assert len(_current(keeping, other, INCOME)) == 1 and len(_current(keeping, person, HOUSEHOLD)) == 1


def test_a_complete_batch_also_ends_what_it_covers_and_does_not_mention(keeping: psycopg.Connection) -> None:
    person, other = a_person(), a_person()
    store_facts([NewFact(p, HOUSEHOLD, "PAAR") for p in (person, other)])
    store_facts([_income(p, 100, "2024-01-01") for p in (person, other)])
    store_facts([NewFact(person, "brp.geboortedatum", "1980-01-01")])
    lines = keeping.execute("SELECT count(*) FROM log.line").fetchone()
    assert lines

    done = store_facts(
        [NewFact(person, HOUSEHOLD, "PAAR")], complete=True, covers=frozenset({INCOME, "brp.geboortedatum"})
    )

    assert (done.stored, done.unchanged, done.superseded) == (0, 1, 1)
    assert _current(keeping, person, INCOME) == []
    assert len(_current(keeping, other, INCOME)) == 1 and len(_current(keeping, person, "brp.geboortedatum")) == 1
    assert keeping.execute("SELECT count(*) FROM log.line").fetchone() == (lines[0] + 1,)


def test_a_file_that_does_not_know_a_decision_yet_leaves_it_standing(keeping: psycopg.Connection) -> None:
    person = a_person()
    told = NewFact(person, STATUS, "lopend", date(2022, 3, 1), source="bestand")
    store_facts([told], complete=True)
    store_facts([NewFact(person, STATUS, "beeindigd", date(2025, 4, 28), source="besluit Z-2025-000001")])

    again = store_facts([told], complete=True)

    decided = [("lopend", "2022-03-01", "2025-04-27"), ("beeindigd", "2025-04-28", None)]
    assert (again.stored, again.unchanged, again.superseded) == (0, 1, 0)
    assert _current(keeping, person, STATUS) == decided

    later = store_facts([NewFact(person, STATUS, "lopend", date(2025, 5, 1), source="bestand")], complete=True)
    assert later.stored == 1
    assert _current(keeping, person, STATUS)[-2:] == [
        ("beeindigd", "2025-04-28", "2025-04-30"),
        ("lopend", "2025-05-01", None),
    ]


@pytest.mark.parametrize(
    ("attribute", "value", "code"),
    [
        (INCOME, "veel", "wrong_value"),
        (INCOME, 12.5, "wrong_value"),
        (STATUS, "onbekende code", "wrong_value"),
        ("uitkeringen.bestaat_niet", 1, "unknown_attribute"),
        ("nergens.iets", 1, "unknown_attribute"),
    ],
)
def test_a_value_that_does_not_fit_its_declaration_stores_nothing_of_the_batch(
    keeping: psycopg.Connection, attribute: str, value: object, code: str
) -> None:
    person = a_person()

    with pytest.raises(NothingStored) as refusal:
        store_facts([NewFact(person, HOUSEHOLD, "PAAR"), NewFact(person, attribute, value)])  # type: ignore[arg-type]

    assert (refusal.value.code, refusal.value.number) == (code, 2)
    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)


def test_a_person_who_is_not_enrolled_and_spells_that_overlap_are_refused(keeping: psycopg.Connection) -> None:
    person = a_person()

    with pytest.raises(GateRefused) as unknown:
        store_facts([_income(uuid4(), 1, "2024-01-01")])
    with pytest.raises(GateRefused) as overlap:
        store_facts([_income(person, 1, "2024-01-01", "2024-02-01"), _income(person, 2, "2024-02-01")])
    with pytest.raises(GateRefused) as backwards:
        store_facts([_income(person, 1, "2024-02-01", "2024-01-01")])

    assert (unknown.value.code, overlap.value.code, backwards.value.code) == (
        "person_unknown",
        "spells_overlap",
        "spells_overlap",
    )
    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)


def test_storing_joins_the_transaction_with_its_line(keeping: psycopg.Connection) -> None:
    person = a_person()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store_facts([NewFact(person, HOUSEHOLD, "PAAR")])
        _ = 1 / 0

    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)
    assert keeping.execute("SELECT count(*) FROM log.detail WHERE attributes <> '{}'").fetchone() == (0,)


def test_every_person_whose_facts_changed_has_a_line_that_names_the_attributes(keeping: psycopg.Connection) -> None:
    people = [a_person(), a_person()]

    store_facts([NewFact(p, HOUSEHOLD, "PAAR") for p in people] + [_income(people[0], 1, "2024-01-01")])

    rows = keeping.execute(
        "SELECT attributes FROM log.detail WHERE attributes <> '{}' AND activity = 'registers.bijhouden'"
    ).fetchall()
    assert sorted(rows) == [([INCOME, HOUSEHOLD],), ([HOUSEHOLD],)]


def test_facts_are_stored_only_under_an_activity_that_is_there_for_it(keeping: psycopg.Connection) -> None:
    person = a_person()
    nobody = Actor("organisation", "12345678")

    for changes in ({"activity": "afmelden"}, {"activity": "bestaat.niet"}, {"actor": nobody}):
        with pytest.raises(GateRefused) as refusal:
            store_facts([NewFact(person, HOUSEHOLD, "PAAR")], **changes)  # type: ignore[arg-type]
        assert refusal.value.code == "storing_refused"

    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)


def test_without_a_log_nothing_is_stored(keeping: psycopg.Connection) -> None:
    person = a_person()
    keeping.execute("REVOKE INSERT ON log.line FROM CURRENT_USER")
    try:
        with pytest.raises(LogbookUnavailable):
            store_facts([NewFact(person, HOUSEHOLD, "PAAR")])
    finally:
        keeping.execute("GRANT INSERT ON log.line TO CURRENT_USER")

    assert keeping.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)


def test_a_recorded_fact_cannot_be_changed_even_by_the_owner(keeping: psycopg.Connection) -> None:
    person = a_person()
    store_facts([NewFact(person, HOUSEHOLD, "PAAR")])

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        keeping.execute("UPDATE reg.fact SET value = '\"ALLEENSTAAND\"'")


_SPELL = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 10)), st.integers(0, 3))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spells=st.lists(_SPELL, min_size=1, max_size=6))
def test_spells_never_overlap_and_the_last_word_holds_on_every_day(
    keeping: psycopg.Connection, spells: list[tuple[int, int | None, int]]
) -> None:
    person, start, said = a_person(), date(2024, 1, 1), dict[int, int]()
    for first, length, value in spells:
        last = None if length is None else first + length
        end = None if last is None else date.fromordinal(start.toordinal() + last)
        store_facts([NewFact(person, INCOME, value, date.fromordinal(start.toordinal() + first), end)])
        said.update(dict.fromkeys(range(first, 60 if last is None else last + 1), value))

    for day in range(60):
        on = date.fromordinal(start.toordinal() + day)
        rows = keeping.execute(
            "SELECT value FROM reg.fact WHERE person = %s AND superseded_at IS NULL"
            " AND %s BETWEEN valid_from AND coalesce(valid_to, 'infinity')",
            (person, on),
        ).fetchall()
        assert rows == ([(said[day],)] if day in said else [])


def test_the_day_that_facts_are_held_against_is_asked_once_and_not_for_each(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    monkeypatch.setattr(actions, "business_date", lambda: asked.append(date(2025, 4, 28)) or asked[-1])
    person = uuid4()
    enrol_persons([(person, None)])

    store_facts([NewFact(person, f"brp.{name}", False) for name in ("in_onderzoek", "curatele", "geheimhouding")])

    assert len(asked) == 1
