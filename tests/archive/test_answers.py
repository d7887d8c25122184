"""The answer to a report and the objection against it: terms, what holds what back, destruction of both, and a copy."""

from __future__ import annotations

import json
from datetime import date

import psycopg

from tests.archive.builders import LONG_AFTER, executed, ids_of, said_of
from tests.archive.test_appraising import PETRA as KEEPER
from tests.archive.test_destroying import STAYS
from tests.cases.builders import TODAY, a_resident, resident
from tests.cases.objecting import FULL, OWN
from tests.cases.test_actions_objecting_answers import ANSWER, RIGHT, answered, decided, won
from waardig.access.actions import set_business_date
from waardig.accountability.queries import canonical
from waardig.archive import actions, queries
from waardig.archive.terms import Hold
from waardig.cases.actions import objecting
from waardig.cases.queries import case, decisions_of


def record(identity: object) -> tuple[str, str, str, date | None]:
    found = queries.record_of(identity)  # type: ignore[arg-type]
    assert found is not None
    return found.ending, found.result, found.term, found.action_on


def test_an_answer_keeps_the_term_of_its_kind_and_its_term_to_object_holds_it(db: None) -> None:
    about, decision = answered(a_resident())
    actions.appraise()

    assert record(about.id) == ("correction_stands", "6.2", "P1Y", date(2026, 4, 29))
    assert queries.holds_of(about.id, date(2025, 6, 10)) == (Hold.OBJECTION_TERM,)
    objecting.object_to(decision.id, about.applicant, FULL, actor=resident(about.applicant), on=TODAY)
    assert queries.holds_of(about.id, date(2026, 4, 29)) == (Hold.OBJECTION_OPEN,)


def test_both_are_destroyed_the_objection_first_and_nothing_stays(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    about, decision = answered(known)
    found = objecting.object_to(decision.id, known.person, FULL, actor=resident(known.person), on=TODAY)
    decided(found, won(), RIGHT)
    actions.appraise()
    assert record(found.case) == ("objection_upheld", "13.1.1", "P7Y", date(2032, 4, 29))
    assert queries.holds_of(about.id, date(2032, 4, 28)) == (Hold.CASE_ABOUT_IT,)
    tokens = [*ids_of(owner, about.id), *ids_of(owner, found.case)]

    executed(date(2032, 4, 29))
    assert queries.destroyed_on([about.id, found.case]).keys() == {found.case}
    executed(LONG_AFTER)

    assert queries.destroyed_on([about.id, found.case]).keys() == {about.id, found.case}
    assert said_of(owner, *tokens).keys() <= STAYS
    assert decisions_of([about.id, found.case]) == {}


def test_a_copy_of_an_answered_report_holds_the_decision_with_its_reasons(db: None) -> None:
    about, _ = answered(a_resident())
    actions.appraise()
    set_business_date(date(2025, 5, 12))

    made = actions.export_case(case(about.id).number, KEEPER)

    content = {name for name in made.files if not name.endswith(".mdto.xml")}
    assert content == {"verloop.json", "besluit.json", "bericht-01.pdf", "bericht-02.pdf"}
    told = json.loads(made.files["besluit.json"])
    assert (told["outcome"], told["reasons"], told["objection_until"]) == ("uncorrected", ANSWER, "2025-06-10")


def test_the_canonical_export_holds_answer_objection_and_review(db: None) -> None:
    known = a_resident()
    about, decision = answered(known)
    found = objecting.object_to(decision.id, known.person, FULL, actor=resident(known.person), on=TODAY)
    decided(found, won(), RIGHT)

    rows = list(canonical())

    by_number = {row["number"]: row for row in rows if row.get("kind") == "case"}
    assert by_number[about.number]["decision"] == "uncorrected"
    assert by_number[found.number]["review"]["new_outcome"] == "corrected"
    assert OWN not in str(rows)
