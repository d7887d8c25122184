"""A report that a value is wrong: marked, held back, answered by a person, and the law runs again."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import psycopg
import pytest

from tests.cases.builders import (
    AMOUNT,
    LEFT_OUT,
    TODAY,
    WILLEM,
    Known,
    a_couple,
    a_proposal,
    a_resident,
    an_application,
    an_assessed,
    at_the_same_moment,
    choose_english,
    letters,
    lines,
    resident,
    work,
)
from waardig.access.terms import AccessRefused, Actor
from waardig.cases import actions
from waardig.cases.actions import answer_correction, report_wrong
from waardig.cases.queries import assessments_of, case, corrections_of, decisions_of, events_of, viewed_by
from waardig.cases.terms import (
    CaseKind,
    CaseState,
    Correction,
    CorrectionOpen,
    EventKind,
    Lane,
    OwnReasonsMissing,
    StepNotPossible,
)
from waardig.cases.terms.objections import Channel
from waardig.kernel.content import content_roots
from waardig.registers.actions import store_facts
from waardig.registers.queries import declarations
from waardig.registers.terms import NewFact, WrongValue

NORM = "uitkeringen.norm"
ANSWER = "Wij vonden het goede bedrag in de administratie."


def report(known: Known, attribute: str = NORM, **changes: object) -> Correction:
    given = {"actor": resident(known.person), "on": TODAY, "should_be": "€ 1.200", "explanation": "Er ging iets mis."}
    fact = known.facts.get(attribute)
    return report_wrong(known.person, attribute, fact, **{**given, **changes})  # type: ignore[arg-type]


def answer(found: Correction, **changes: object) -> None:
    given = {"upheld": False, "answer": ANSWER, "on": TODAY, **changes}
    answer_correction(found.case.id, WILLEM, **given)  # type: ignore[arg-type]


def doubted(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT count(*) FROM reg.investigation WHERE closed_at IS NULL").fetchone()
    assert row is not None
    return int(row[0])


def test_a_report_marks_the_value_and_sends_a_receipt(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()

    found = report(known)
    work()

    assert (found.case.kind, found.case.state, found.holder) == (CaseKind.CORRECTION, CaseState.OPEN, "inkomen")
    assert owner.execute("SELECT fact, case_id FROM reg.investigation").fetchall() == [
        (known.facts[NORM], found.case.id)
    ]
    (receipt,) = letters(found.case.id)
    assert "Uiterlijk dinsdag 6 mei 2025" in receipt
    assert "Tot die tijd beslissen wij niets met dit gegeven." in receipt
    assert [event.kind for event in events_of(found.case.id)] == [EventKind.REPORTED, EventKind.FORWARDED]
    assert "allow" in lines(owner, known.person, "correctie")


def test_who_chose_english_reads_in_english_what_they_reported_and_to_whom(db: None) -> None:
    known = a_resident()
    choose_english(known.person)

    found = report(known)

    (told,) = letters(found.case.id, english=True)
    assert "We find out whether this is right" in told
    assert "On Tuesday 6 May 2025 at the latest" in told
    declared = declarations(content_roots())
    assert declared.attribute(found.attribute).label.en.lower() in told
    assert declared.holder_of(found.attribute).name.en in told


def test_the_same_report_twice_is_one_report(db: None) -> None:
    known = a_resident()

    assert report(known) == report(known)

    assert len(corrections_of(known.person)) == 1


def test_two_reports_at_the_same_moment_are_one_report(db: None) -> None:
    known = a_resident()

    found = at_the_same_moment(lambda: report(known).case.id, lambda: report(known).case.id)

    assert len(found) == 2
    assert len(set(found)) == 1


def test_nobody_reports_a_value_of_somebody_else(db: None, owner: psycopg.Connection) -> None:
    known, stranger = a_resident(), a_resident()

    with pytest.raises(AccessRefused):
        report(known, actor=resident(stranger.person))

    assert (corrections_of(known.person), doubted(owner)) == ((), 0)
    assert lines(owner, known.person, "correctie") == ["refuse"]


@pytest.mark.parametrize("role", ["beslisser", "inkomensconsulent"])
def test_an_official_who_answers_reports_does_not_report_for_a_resident(
    role: str, db: None, owner: psycopg.Connection
) -> None:
    known = a_resident()

    with pytest.raises(AccessRefused):
        report(known, actor=Actor("employee", "w.degraaf", role), channel=Channel.COUNTER)

    assert (corrections_of(known.person), doubted(owner)) == ((), 0)
    assert (lines(owner, known.person, "loket.melding"), lines(owner, known.person, "correctie")) == (["refuse"], [])


def test_the_event_of_a_report_says_by_which_way_it_came(db: None) -> None:
    first, second = a_resident(), a_resident()
    here = Actor("employee", "f.yildiz", "loket")

    found = [report(first), report(second, actor=here, channel=Channel.COUNTER)]

    events = [events_of(one.case.id)[0] for one in found]
    assert [(one.actor_kind, one.code) for one in events] == [("resident", "portal"), ("employee", "counter")]
    assert events[1].actor == "f.yildiz"


def test_a_fact_of_another_attribute_is_refused_as_a_whole(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()

    with pytest.raises(Exception, match="correction"):
        report_wrong(
            known.person, NORM, known.facts["uitkeringen.vermogen"], should_be="x", explanation="",
            actor=resident(known.person), on=TODAY,
        )  # fmt: skip

    assert (corrections_of(known.person), doubted(owner)) == ((), 0)


def test_a_prepared_grant_with_a_doubted_value_goes_back_to_a_person(db: None) -> None:
    known = a_resident()
    found = an_assessed(known.person)
    assert found.state is CaseState.PREPARED
    actions.view_case(found.id, WILLEM, on=TODAY)

    report(known)

    assert case(found.id).state is CaseState.BY_HAND
    assessment = assessments_of([found.id])[found.id]
    assert (assessment.lane, assessment.reasons) == (Lane.BY_HAND, ("something_wrong",))
    with pytest.raises((CorrectionOpen, StepNotPossible)):
        actions.confirm_grants([found.id], WILLEM, on=TODAY)
    assert decisions_of([found.id]) == {}


def test_a_report_of_the_partner_holds_the_household_back(db: None) -> None:
    first, second = a_couple()
    found = an_assessed(first, second)

    report_wrong(second, NORM, None, should_be="0", explanation="", actor=resident(second), on=TODAY)

    assert case(found.id).state is CaseState.BY_HAND


def test_after_the_answer_the_law_runs_again_and_the_official_sees_the_new_outcome(
    db: None, owner: psycopg.Connection
) -> None:
    known = a_resident()
    found = an_assessed(known.person)
    actions.view_case(found.id, WILLEM, on=TODAY)
    reported = report(known)

    answer(reported, upheld=True, corrected=141_000)
    assert case(found.id).state is CaseState.RECEIVED
    work()

    assessment = assessments_of([found.id])[found.id]
    assert (case(found.id).state, assessment.lane) == (CaseState.BY_HAND, Lane.BY_HAND)
    assert (assessment.reasons, assessment.amount_eurocent) == (("inkomen_voldoet",), None)
    assert assessment.as_of == TODAY
    assert doubted(owner) == 0
    assert viewed_by("w.degraaf", [found.id]) == frozenset()


def test_a_value_that_stands_gives_the_prepared_grant_back(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    found = an_assessed(known.person)
    reported = report(known)

    answer(reported)
    work()

    assert (case(found.id).state, doubted(owner)) == (CaseState.PREPARED, 0)
    assert assessments_of([found.id])[found.id].amount_eurocent == AMOUNT
    actions.view_case(found.id, WILLEM, on=TODAY)
    assert len(actions.confirm_grants([found.id], WILLEM, on=TODAY)) == 1


def test_a_second_open_report_keeps_the_case_with_a_person(db: None) -> None:
    known = a_resident()
    found = an_assessed(known.person)
    first, _second = report(known), report(known, "uitkeringen.leefvorm")

    answer(first)
    work()

    assert case(found.id).state is CaseState.BY_HAND


def test_a_corrected_value_stands_over_the_same_spell_and_the_resident_hears_it(
    db: None, owner: psycopg.Connection
) -> None:
    known = a_resident()
    reported = report(known)

    answer(reported, upheld=True, corrected=120_000)

    rows = owner.execute(
        "SELECT value, valid_from, superseded_at IS NULL FROM reg.fact WHERE attribute = %s ORDER BY recorded_at",
        [NORM],
    ).fetchall()
    assert rows == [(127_818, date(2018, 1, 1), False), (120_000, date(2018, 1, 1), True)]
    letter = letters(reported.case.id)[-1]
    assert "Wij hebben dit gegeven hersteld" in letter
    assert ANSWER in letter
    assert "Willem de Graaf" in letter
    assert case(reported.case.id).state is CaseState.ANSWERED


def test_what_was_not_known_is_kept_when_the_resident_is_right(db: None) -> None:
    known = a_resident(uitkeringen__woont_in_gemeente=LEFT_OUT)
    found = an_assessed(known.person)
    reported = report(known, "uitkeringen.woont_in_gemeente")
    assert assessments_of([found.id])[found.id].amount_eurocent is None

    answer(reported, upheld=True, corrected=True)
    work()

    assert case(found.id).state is CaseState.PREPARED


def test_a_declared_value_that_is_doubted_is_unknown(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    found = an_assessed(known.person)
    (fact,) = owner.execute("SELECT fact FROM reg.fact WHERE attribute = 'opgave.vermogen'").fetchone() or ()
    report_wrong(
        known.person, "opgave.vermogen", fact, should_be="0", explanation="", actor=resident(known.person), on=TODAY
    )

    reader = actions.Reader("iit.aanvraag", resident(known.person), found.id)
    household = actions.read_household(found.service, case(found.id), as_of=TODAY, reader=reader)

    assert household.inputs["vermogen"].reason == "unknown"


def test_a_report_is_answered_once_and_in_words(db: None) -> None:
    reported = report(a_resident())

    with pytest.raises(OwnReasonsMissing):
        answer(reported, answer="Klopt.")
    answer(reported)
    with pytest.raises(StepNotPossible):
        answer(reported)

    assert len(letters(reported.case.id)) == 2


def test_a_wrong_kind_of_value_changes_nothing(db: None, owner: psycopg.Connection) -> None:
    reported = report(a_resident())

    with pytest.raises(WrongValue):
        answer(reported, upheld=True, corrected="veel")

    assert (case(reported.case.id).state, doubted(owner)) == (CaseState.OPEN, 1)


def test_a_value_that_the_register_replaced_itself_can_still_be_answered(db: None) -> None:
    known = a_resident()
    reported = report(known)
    store_facts([NewFact(known.person, NORM, 127_818, date(2017, 1, 1))])

    answer(reported)

    assert case(reported.case.id).state is CaseState.ANSWERED


def test_a_report_before_the_law_ran_holds_the_application_back(db: None) -> None:
    known = a_resident()
    found = an_application(known.person)

    report(known)
    work()

    assert case(found.id).state is CaseState.BY_HAND


def test_a_report_leaves_a_proposal_as_it_is(db: None) -> None:
    known = a_resident()
    proposal = a_proposal(known.person)

    report(known)

    assert case(proposal.id) == proposal


def test_the_administrator_who_reports_gets_the_receipt(db: None) -> None:
    administrator = {"naam": "Kuipers Bewind", "kvk": "99990403", "adres": "Veerlaan 7, 1234 AD Rietwaarden"}
    known = a_resident(uitkeringen__bewindvoerder=administrator)

    found = report(known, actor=Actor("organisation", "99990403"))

    assert found.case.reader == "administrator"


def test_an_unknown_report_cannot_be_answered(db: None) -> None:
    with pytest.raises(Exception, match="does not exist"):
        answer_correction(uuid4(), WILLEM, upheld=False, answer=ANSWER, on=TODAY)
