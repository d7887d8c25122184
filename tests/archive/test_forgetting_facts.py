"""A fact of a register goes the day after its declared term, unless something that is kept still needs it.

Whoever looks back within the terms gets the answer that was given before.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import a_person
from tests.archive.builders import IN_JULY, MARIT, REASON, a_no, executed
from tests.archive.facts import INFINITE, Saying, history, looked_back, moment, put, standing
from tests.cases.builders import TODAY, Known, a_couple, a_proposal, a_resident
from waardig.access.actions import ask, set_business_date
from waardig.access.terms import Actor, Request
from waardig.archive import actions, jobs, queries
from waardig.archive.actions import forgetting
from waardig.archive.cli import archive
from waardig.archive.terms import FactRemoval, PastTerm
from waardig.logbook.actions import write_lines
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import GateRefused, LogbookUnavailable, NewLine
from waardig.outbox.actions import drain
from waardig.registers.actions import mark_under_investigation, store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")

TAX, WAGE, NAME, STATUS = "belastingdienst.toetsingsinkomen", "suwinet.loon", "brp.naam", "uitkeringen.status"
ENDED, LAST_KEPT = date(2018, 6, 30), date(2025, 6, 30)  # seven years
LATER = date(2060, 1, 1)


def _facts(owner: psycopg.Connection, person: UUID) -> int:
    row = owner.execute("SELECT count(*) FROM reg.fact WHERE person = %s", (person,)).fetchone()
    return int(row[0]) if row else -1


def _ended_income(person: UUID) -> None:
    store_facts([NewFact(person, TAX, 2_000_000, date(2018, 1, 1), ENDED)])


def _people(owner: psycopg.Connection) -> list[tuple[str | None, list[str]]]:
    return owner.execute(
        "SELECT l.name, d.attributes FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = 'registers.vergeten'"
    ).fetchall()


def test_a_fact_that_ended_goes_on_the_day_after_its_term_and_is_listed(owner: psycopg.Connection) -> None:
    person = a_person()
    _ended_income(person)

    set_business_date(LAST_KEPT)
    assert (actions.forget_facts(), _facts(owner, person)) == (0, 1)
    set_business_date(LAST_KEPT + timedelta(days=1))
    assert (actions.forget_facts(), _facts(owner, person)) == (1, 0)

    assert queries.fact_removals() == (FactRemoval(date(2025, 7, 1), TAX, "end", "7 years", ENDED, ENDED, 1),)
    assert _people(owner) == [("Gegevens na hun termijn vernietigd: 1", [TAX])]
    assert actions.forget_facts() == 0
    assert len(_people(owner)) == 1


def test_a_dry_run_says_what_would_go_and_what_keeps_the_rest_and_removes_nothing(owner: psycopg.Connection) -> None:
    free = a_person()
    _ended_income(free)
    doubted = a_person()
    (fact,) = store_facts([NewFact(doubted, TAX, 1, date(2018, 1, 1), ENDED)]).fact_ids
    owner.execute("INSERT INTO reg.investigation (fact, reason) VALUES (%s, 'Klopt niet')", (fact,))
    set_business_date(IN_JULY)

    assert queries.facts_past_term(people=1) == (
        PastTerm(TAX, "end", "7 years", "", 1, ENDED, ENDED),
        PastTerm(TAX, "end", "7 years", "correction", 1, ENDED, ENDED),
    )
    said = CliRunner().invoke(archive, ["facts", "--dry-run", "--json"])
    assert [one["kept_by"] for one in json.loads(said.output)["past_term"]] == ["", "correction"]
    assert "1 facts may go, 1 are kept" in CliRunner().invoke(archive, ["facts", "--dry-run"]).output
    assert (_facts(owner, free), _facts(owner, doubted), _people(owner)) == (1, 1, [])

    assert "1 facts are gone" in CliRunner().invoke(archive, ["facts"]).output
    assert (_facts(owner, free), _facts(owner, doubted)) == (0, 1)
    assert "1 facts went" in CliRunner().invoke(archive, ["removed-facts"]).output
    assert str(free) not in CliRunner().invoke(archive, ["removed-facts", "--json"]).output


def test_what_is_learnt_counts_from_the_day_it_was_learnt(owner: psycopg.Connection) -> None:
    person = a_person()
    put(owner, person, WAGE, history([(date(2019, 3, 1), (100, date(2019, 1, 1), INFINITE))]))

    set_business_date(date(2024, 3, 1))
    assert actions.forget_facts() == 0
    set_business_date(date(2024, 3, 2))
    assert actions.forget_facts() == 1


def _benefit(owner: psycopg.Connection, known: Known, ended: date | None) -> None:
    """A benefit of long ago, that ended on a day or runs on."""
    with owner.transaction():
        owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE reg.fact SET recorded_at = '2010-01-01', valid_from = '2009-01-01' WHERE person = %s",
            (known.person,),
        )
        owner.execute(
            "UPDATE reg.fact SET valid_to = %s WHERE person = %s AND attribute = %s", (ended, known.person, STATUS)
        )
        owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")


def test_the_benefits_dossier_goes_ten_years_after_its_end_and_not_before(owner: psycopg.Connection) -> None:
    known, running = a_resident(), a_resident()
    _benefit(owner, known, date(2014, 12, 31))
    _benefit(owner, running, None)
    all_facts = _facts(owner, known.person)

    set_business_date(date(2024, 12, 31))
    assert actions.forget_facts() == 0
    set_business_date(date(2025, 1, 1))
    assert actions.forget_facts() == all_facts

    set_business_date(LATER)
    assert actions.forget_facts() == 0
    assert _facts(owner, running.person) == all_facts


def test_a_death_ends_the_relation_also_when_only_the_year_is_known(owner: psycopg.Connection) -> None:
    known = a_resident(brp__overlijdensdatum="2013")
    _benefit(owner, known, None)

    set_business_date(date(2023, 12, 31))
    assert actions.forget_facts() == 0
    set_business_date(date(2024, 1, 1))
    assert actions.forget_facts() == len(known.facts)


def test_who_is_named_by_a_client_is_kept_as_long_as_the_client(owner: psycopg.Connection) -> None:
    first, second = a_couple()
    owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
    owner.execute("UPDATE reg.fact SET recorded_at = '2010-01-01', valid_from = '2009-01-01'")
    owner.execute("DELETE FROM reg.fact WHERE person = %s AND attribute = %s", (second, STATUS))
    owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")

    set_business_date(LATER)

    assert actions.forget_facts() == 0
    assert _facts(owner, first) > 0 and _facts(owner, second) > 0


def test_a_case_keeps_what_was_known_for_it_until_the_case_itself_is_destroyed(owner: psycopg.Connection) -> None:
    """Proposed and declined on 28 April 2025: the case is kept 42 days, and its facts with it."""
    case = a_no()
    person = case.parties[0].person
    with owner.transaction():
        owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE reg.fact SET recorded_at = '2010-01-01', valid_from = '2009-01-01', valid_to = '2010-01-01'"
        )
        owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")
    before = _facts(owner, person)
    set_business_date(IN_JULY)
    needed = {one.attribute for one in queries.facts_past_term() if one.kept_by == "case"}

    actions.forget_facts()
    assert {"uitkeringen.status", "uitkeringen.norm", "uitkeringen.inkomen"} <= needed
    assert 0 < _facts(owner, person) <= before

    executed(IN_JULY)
    actions.forget_facts()
    assert _facts(owner, person) == 0


def test_what_was_learnt_after_a_case_ended_is_not_kept_for_it(owner: psycopg.Connection) -> None:
    case = a_no()
    person = case.parties[0].person
    set_business_date(IN_JULY)
    actions.appraise()
    owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE reg.fact SET valid_from = '2009-01-01', valid_to = '2010-01-01' WHERE attribute = %s", [STATUS]
    )
    owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")
    owner.execute(
        "INSERT INTO reg.fact (person, attribute, value, valid_from, valid_to, recorded_at, holder, source)"
        " VALUES (%s, %s, '\"beeindigd\"', '2010-01-02', '2010-06-01', now() + interval '1 day', 'inkomen', 'proef')",
        (person, STATUS),
    )
    set_business_date(LATER)
    actions.forget_facts()

    left = owner.execute("SELECT value FROM reg.fact WHERE person = %s AND attribute = %s", (person, STATUS)).fetchall()
    assert left == [("lopend",)]


def test_a_hold_keeps_everything_of_its_people(owner: psycopg.Connection) -> None:
    case = a_no()
    person = case.parties[0].person
    put(owner, person, TAX, history([(date(2005, 1, 1), (1, date(2004, 1, 1), date(2004, 12, 31)))]))
    set_business_date(IN_JULY)
    actions.appraise()
    actions.place_hold(case.number, MARIT, REASON, on=IN_JULY)

    assert actions.forget_facts() == 0
    assert [one.kept_by for one in queries.facts_past_term()] == ["hold"]

    actions.lift_hold(case.number, MARIT, REASON, on=IN_JULY)
    assert actions.forget_facts() == 1


def test_a_doubt_keeps_the_fact_and_a_replaced_value_keeps_what_took_its_place(owner: psycopg.Connection) -> None:
    person = a_person()
    old, new = uuid4(), uuid4()
    for fact, heard, replaced in ((old, "2030-01-01", None), (new, "2005-01-01", None)):
        owner.execute(
            "INSERT INTO reg.fact (fact, person, attribute, value, valid_from, valid_to, recorded_at, superseded_at,"
            " holder, source) VALUES (%s, %s, %s, '1', '2004-01-01', '2004-12-31', %s, %s, 'h', 's')",
            (fact, person, WAGE if fact == old else TAX, heard, replaced),
        )
    owner.execute(
        "INSERT INTO reg.investigation (fact, reason, closed_at, outcome, outcome_reason, replaced_by)"
        " VALUES (%s, 'fout', now(), 'replaced', 'goed', %s)",
        (old, new),
    )
    set_business_date(IN_JULY)
    assert actions.forget_facts() == 0  # the new one is past its term, and explains the old one that is not

    set_business_date(LATER)
    assert (actions.forget_facts(), _facts(owner, person)) == (2, 0)


def test_an_open_correction_keeps_what_is_doubted(owner: psycopg.Connection) -> None:
    known = a_resident()
    person = known.person
    opened = ask(Request("correctie", frozenset({STATUS}), (person,), Actor("resident", str(person)), TODAY))
    mark_under_investigation(opened, known.facts[STATUS], reason="Klopt niet.")
    _benefit(owner, known, date(2010, 1, 1))
    set_business_date(LATER)

    actions.forget_facts()

    assert owner.execute("SELECT attribute FROM reg.fact WHERE person = %s", (person,)).fetchall() == [(STATUS,)]


def test_nobody_but_the_door_takes_a_fact_away(owner: psycopg.Connection) -> None:
    person = a_person()
    _ended_income(person)

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="by its term only"):
        owner.execute("DELETE FROM reg.fact")
    with pytest.raises(LogbookUnavailable):
        call_gate("DELETE FROM reg.fact")
    with pytest.raises(LogbookUnavailable):
        call_gate("SELECT reg.remove_facts(%s::uuid[], '2060-01-01')", [[person]])
    with pytest.raises(LogbookUnavailable):
        call_gate("UPDATE pol.retention SET term = '0 days'")
    assert _facts(owner, person) == 1


def test_killed_between_two_parts_the_rest_goes_the_next_time(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        _ended_income(a_person())
    set_business_date(IN_JULY)

    assert forgetting.forget_facts_of_some(None, parts=1, people=3)[0] == 3
    assert sum(one.facts for one in queries.fact_removals()) == 3

    monkeypatch.setattr(jobs, "forget_facts_of_some", partial(forgetting.forget_facts_of_some, parts=1, people=2))
    with transaction.atomic():
        actions.ask_daily(IN_JULY)
    drain(jobs.handlers(), until_empty=True)
    assert sum(one.facts for one in queries.fact_removals()) == 7
    assert owner.execute("SELECT count(*) FROM reg.fact").fetchone() == (0,)


def test_a_failing_log_line_leaves_the_facts(owner: psycopg.Connection) -> None:
    person = a_person()
    _ended_income(person)
    set_business_date(IN_JULY)
    with pytest.raises(GateRefused):
        call_gate("SELECT * FROM gate.forget_facts(NULL, 10, '{}'::jsonb)")
    assert (_facts(owner, person), queries.fact_removals()) == (1, ())


def test_a_resident_reads_until_when_each_fact_is_kept(owner: psycopg.Connection) -> None:
    known = a_resident()
    _ended_income(known.person)
    a_proposal(known.person)
    right = Request(
        "inzage.gegevens", frozenset({STATUS}), (known.person,), Actor("resident", str(known.person)), TODAY
    )

    told = queries.take_terms(ask(right))

    (status,) = told.values()
    assert (status.starts, status.term, status.kept_until, status.kept_by) == ("relation", "10 years", None, ("case",))


_DAYS = st.dates(date(2005, 1, 1), date(2024, 12, 31))


@st.composite
def _sayings(draw: st.DrawFn) -> tuple[date, Saying]:
    since = draw(_DAYS)
    until = draw(st.one_of(st.just(INFINITE), _DAYS.filter(lambda day: day >= since)))
    return draw(_DAYS), (draw(st.integers(0, 9)), since, until)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sayings=st.lists(_sayings(), min_size=1, max_size=8),
    today=st.dates(date(2025, 1, 1), date(2040, 12, 31)),
    case=st.one_of(st.none(), st.tuples(_DAYS, _DAYS).map(lambda two: (min(two), max(two)))),
)
def test_looking_back_within_the_term_or_at_a_kept_case_answers_the_same(
    owner: psycopg.Connection, sayings: list[tuple[date, Saying]], today: date, case: tuple[date, date] | None
) -> None:
    person = a_person()
    rows = history(sayings)
    put(owner, person, TAX, rows)
    if case is not None:
        _a_case_about(owner, person, *case)
    set_business_date(today)

    actions.forget_facts()
    left = standing(owner, person, TAX)

    since = date(today.year - 7, today.month, min(today.day, 28))
    days = sorted({edge for row in rows for edge in (row.since, min(row.until, LATER))} | {since, today})
    for known in sorted({row.heard for row in rows} | {moment(since), moment(today)}):
        inside = case is not None and moment(case[0]) <= known <= moment(case[1])
        for day in days:
            if inside or (day >= since and known.date() >= since):
                assert looked_back(left, day, known) == looked_back(rows, day, known)
    for gone in set(rows) - set(left):
        ended = min(gone.until, gone.replaced.date() if gone.replaced else INFINITE)
        assert ended < INFINITE and ended.replace(year=ended.year + 7, day=min(ended.day, 28)) < today
    assert actions.forget_facts() == 0


def _a_case_about(owner: psycopg.Connection, person: UUID, first: date, last: date) -> None:
    """A case that ended, and is kept, with a line in the log that says that the income was read for it."""
    case = uuid4()
    number = f"RW {case}"[:30]
    owner.execute(
        "INSERT INTO cases_case (id, number, key, kind, state, service, opened_on, rule_set, team, household_type,"
        " reader, lane, asked) VALUES (%s, %s, %s, 'proposal', 'declined', 'proef', %s, '', '', '', 'self', '', '')",
        (case, number, str(case), first),
    )
    owner.execute("INSERT INTO cases_party (case_id, person, role) VALUES (%s, %s, 'applicant')", (case, person))
    for day in (first, last):
        owner.execute(
            'INSERT INTO cases_event (case_id, kind, "on", at, actor_kind, actor, code)'
            " VALUES (%s, 'proposed', %s, %s, 'system', 'x', '')",
            (case, day, moment(day)),
        )
    owner.execute(
        'INSERT INTO archive_record ("case", number, service, ending, ended_on, result, appraisal, term)'
        " VALUES (%s, %s, 'proef', 'declined', %s, '8.1', 'vernietigen', 'P10Y')",
        (case, number, last),
    )
    write_lines([NewLine("inzage.gegevens", person, name="gelezen", attributes_used=frozenset({TAX}), case=case)])
