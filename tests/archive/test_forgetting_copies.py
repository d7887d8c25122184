"""The local copy of what a source has goes sooner, counted from the last time the source was asked."""

from __future__ import annotations

from datetime import date

import psycopg

from tests.registers.test_sources import ANNA, a_ticket, brp, connect
from waardig.access.actions import set_business_date
from waardig.archive import actions, queries
from waardig.registers.actions.sources import refresh

__all__ = ["brp"]


def _asked(owner: psycopg.Connection) -> date:
    row = owner.execute("SELECT DISTINCT reg.day_of(asked_at) FROM reg.asked").fetchone()
    assert row is not None
    return date.fromisoformat(str(row[0]))


def _year_after(day: date, more: int = 0) -> date:
    return date.fromordinal(day.replace(year=day.year + 1).toordinal() + more)


def test_a_copy_goes_a_year_after_the_source_was_last_asked(brp: None, owner: psycopg.Connection) -> None:
    refresh(a_ticket())
    asked = _asked(owner)

    set_business_date(_year_after(asked))
    assert actions.forget_facts() == 0
    set_business_date(_year_after(asked, 1))
    assert actions.forget_facts() == 3

    assert {(one.starts, one.term, one.facts) for one in queries.fact_removals()} == {("copy", "1 year", 1)}
    assert owner.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM reg.asked").fetchone() == (0,)


def test_asking_again_makes_the_term_begin_again(brp: None, owner: psycopg.Connection) -> None:
    refresh(a_ticket())
    owner.execute("UPDATE reg.asked SET asked_at = asked_at - interval '2 years'")
    with owner.transaction():
        owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
        owner.execute("UPDATE reg.fact SET recorded_at = recorded_at - interval '2 years'")
        owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")
    before = _asked(owner)

    assert refresh(a_ticket()).unchanged == 3

    set_business_date(_year_after(before, 300))
    assert actions.forget_facts() == 0


def test_without_a_connected_source_the_copy_is_all_there_is_and_has_the_whole_term(
    brp: None, owner: psycopg.Connection
) -> None:
    refresh(a_ticket())
    asked = _asked(owner)
    connect(None)

    set_business_date(_year_after(asked, 1))
    assert actions.forget_facts() == 0
    set_business_date(date(asked.year + 10, asked.month, asked.day))
    assert actions.forget_facts() == 0
    set_business_date(date(asked.year + 11, 1, 1))
    assert actions.forget_facts() == 3


def test_that_the_source_was_asked_is_kept_for_the_attributes_of_the_ticket_only(
    brp: None, owner: psycopg.Connection
) -> None:
    refresh(a_ticket(attributes=frozenset({"brp.naam"})))

    assert owner.execute("SELECT person, attribute FROM reg.asked").fetchall() == [(ANNA, "brp.naam")]
