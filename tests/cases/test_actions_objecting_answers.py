"""Objecting to the answer to a report: the same flow as every objection, and what is won is put right at the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from tests.cases.builders import TODAY, WILLEM, Known, a_resident, an_assessed, letters, lines, resident, work
from tests.cases.objecting import ANNA, BECAUSE, FULL, OWN, PETRA, object_to
from tests.cases.test_actions_correcting import ANSWER, NORM, answer, doubted, report
from waardig.access.actions import set_business_date
from waardig.cases import models
from waardig.cases.actions import hearing, objecting, reviewing, second_look
from waardig.cases.actions.answers import decide_earlier_answers
from waardig.cases.actions.restoring import Repairing
from waardig.cases.queries import assessments_of, case, corrections_of, decisions_of, events_of, history
from waardig.cases.queries import objections as reads
from waardig.cases.terms import (
    BeyondMandate,
    Case,
    CaseKind,
    CaseState,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    Official,
    StepNotPossible,
)
from waardig.cases.terms.objections import (
    ChanceNotGiven,
    Channel,
    HearingGround,
    HearingMissing,
    HearingPlan,
    Objection,
    ObjectionText,
    SameOfficial,
)
from waardig.cases.terms.ruling import CostsGround, CostsRuling, CostsUnanswered, Repair, Ruling, ValueMoved
from waardig.outbox.models import Job
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact, WrongValue

RIGHT = Repairing(Repair.VALUE, 120_000)


def answered(known: Known, attribute: str = NORM, **changes: Any) -> tuple[Case, Decision]:
    """A report of Gerrit that Willem answered today: the value stands, unless the changes say otherwise."""
    reported = report(known, attribute)
    answer(reported, **changes)
    return case(reported.case.id), decisions_of([reported.case.id])[reported.case.id]


def an_objection(known: Known, text: ObjectionText = FULL, **changes: Any) -> Objection:
    about, decision = answered(known, **changes)
    return object_to(about, decision, text, on=TODAY)


def won(**changes: Any) -> Ruling:
    given: dict[str, Any] = {
        "outcome": DecisionOutcome.UPHELD,
        "reasons": OWN,
        "new_outcome": DecisionOutcome.CORRECTED,
        "hearing_ground": HearingGround.NOT_WANTED,
    }
    return Ruling(**{**given, **changes})


def decided(found: Objection, ruling: Ruling, repair: Repairing | None = None, **changes: Any) -> Decision:
    hearing.take_objection(found.case, PETRA, on=TODAY)
    return reviewing.decide_objection(found.case, PETRA, ruling, on=TODAY, repair=repair, **changes)


def values(owner: psycopg.Connection, attribute: str = NORM) -> list[object]:
    """What stands of an attribute now."""
    rows = owner.execute("SELECT value FROM reg.fact WHERE attribute = %s AND superseded_at IS NULL", [attribute])
    return [row[0] for row in rows.fetchall()]


def untouched(found: Objection, owner: psycopg.Connection) -> bool:
    """Still open and nothing stored."""
    return case(found.case).state is CaseState.OPEN and not decisions_of([found.case]) and values(owner) == [127_818]


@pytest.mark.parametrize(
    ("upheld", "corrected", "outcome"),
    [(False, None, DecisionOutcome.UNCORRECTED), (True, 120_000, DecisionOutcome.CORRECTED)],
)
def test_an_answer_is_a_decision_of_the_report_with_its_last_day_to_object(
    upheld: bool, corrected: int | None, outcome: DecisionOutcome, db: None
) -> None:
    known = a_resident()

    about, decision = answered(known, upheld=upheld, corrected=corrected)

    assert (about.kind, about.state, about.decide_by) == (CaseKind.CORRECTION, CaseState.ANSWERED, None)
    assert (decision.outcome, decision.decided_on, decision.objection_until) == (outcome, TODAY, date(2025, 6, 10))
    assert (decision.official, decision.amount_eurocent, decision.pay_by) == ("w.degraaf", None, None)
    assert "tot en met dinsdag 10 juni 2025" in letters(about.id)[-1]
    assert not Job.objects.filter(topic__startswith="payments.").exists()


def test_objecting_to_an_answer_gets_a_receipt_and_another_official(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    about, decision = answered(known)

    found = object_to(about, decision, FULL, on=TODAY)

    assert (found.about, found.first_official, found.is_timely) == (about.id, "w.degraaf", True)
    assert case(found.case).decide_by == date(2025, 7, 22)
    (receipt,) = letters(found.case)
    assert about.number in receipt and "Wij beslissen uiterlijk dinsdag 22 juli 2025" in receipt
    assert "allow" in lines(owner, known.person, "bezwaar")
    with pytest.raises(SameOfficial):
        hearing.take_objection(found.case, WILLEM, on=TODAY)


def test_objecting_twice_gives_the_one_that_is_there(db: None) -> None:
    about, decision = answered(a_resident())

    first = object_to(about, decision, FULL, on=TODAY)

    assert object_to(about, decision, ObjectionText(reasons="Nog eens."), on=TODAY) == first
    assert models.Objection.objects.count() == 1


def test_nobody_objects_to_the_answer_of_somebody_else(db: None) -> None:
    about, decision = answered(a_resident())
    stranger = a_resident()

    with pytest.raises(CaseUnknown):
        objecting.object_to(decision.id, stranger.person, FULL, actor=resident(stranger.person), on=TODAY)
    with pytest.raises(CaseUnknown):
        object_to(about, decision, FULL, on=TODAY, actor=resident(stranger.person))

    assert models.Objection.objects.count() == 0


def test_a_report_that_is_still_open_has_nothing_to_object_to(db: None) -> None:
    reported = report(a_resident())

    assert decisions_of([reported.case.id]) == {}
    with pytest.raises(CaseUnknown):
        objecting.object_to(reported.case.id, reported.person, FULL, actor=resident(reported.person), on=TODAY)


def test_a_late_objection_is_taken_in_and_inadmissible_only_after_the_chance(
    db: None, owner: psycopg.Connection
) -> None:
    about, decision = answered(a_resident())
    late = date(2025, 6, 11)

    found = object_to(about, decision, FULL, on=late)
    hearing.take_objection(found.case, PETRA, on=late)
    ruling = Ruling(DecisionOutcome.INADMISSIBLE, OWN, hearing_ground=HearingGround.NOT_WANTED)

    assert (found.is_timely, found.repair_until) == (False, date(2025, 6, 25))
    with pytest.raises(ChanceNotGiven):
        reviewing.decide_objection(found.case, PETRA, ruling, on=late)
    assert untouched(found, owner)
    reviewing.decide_objection(found.case, PETRA, ruling, on=date(2025, 6, 26))
    assert decisions_of([found.case])[found.case].outcome is DecisionOutcome.INADMISSIBLE


def test_the_day_of_the_letter_cannot_be_before_the_answer(db: None) -> None:
    about, decision = answered(a_resident())
    counter = {"channel": Channel.PAPER, "received_on": TODAY - timedelta(days=1)}

    with pytest.raises(StepNotPossible):
        object_to(about, decision, FULL, on=TODAY, **counter)

    assert models.Objection.objects.count() == 0


def test_withdrawn_ends_it_and_within_the_term_a_new_one_is_possible(db: None, owner: psycopg.Connection) -> None:
    about, decision = answered(a_resident())
    found = object_to(about, decision, FULL, on=TODAY)

    objecting.withdraw_objection(found.case, actor=resident(found.person), on=TODAY)

    assert case(found.case).state is CaseState.WITHDRAWN
    with pytest.raises(StepNotPossible):
        reviewing.decide_objection(found.case, PETRA, won(), on=TODAY, repair=RIGHT)
    assert values(owner) == [127_818]
    assert object_to(about, decision, FULL, on=date(2025, 6, 10)).case != found.case


def test_an_upheld_objection_puts_the_value_right_over_the_same_spell(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    found = an_objection(known)

    decision = decided(found, won(), RIGHT)

    rows = owner.execute(
        "SELECT value, valid_from FROM reg.fact WHERE attribute = %s AND superseded_at IS NULL", [NORM]
    ).fetchall()
    assert rows == [(120_000, date(2018, 1, 1))]
    assert (decision.outcome, decision.amount_eurocent, decision.pay_by) == (DecisionOutcome.UPHELD, None, None)
    first = reads.decision(found.decision)
    assert first.outcome is DecisionOutcome.UNCORRECTED
    assert reads.stands_as(first) == (DecisionOutcome.CORRECTED, None)
    letter = letters(found.case)[-1]
    assert "U hebt gelijk: wij veranderen ons besluit" in letter
    assert "Wij herstelden het: " in letter
    assert "Algemene verordening gegevensbescherming, artikel 16" in letter
    assert OWN in letter
    assert case(found.about).state is CaseState.ANSWERED
    assert {"Gegeven verbeterd", "keek na uw bezwaar opnieuw of een gegeven klopt"} <= set(names_in_log(owner, known))


def names_in_log(owner: psycopg.Connection, known: Known) -> list[str]:
    """What the lines about this person say that was done."""
    rows = owner.execute(
        "SELECT l.name FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " JOIN log.pseudonyms(ARRAY[%s]::uuid[]) p USING (subject)",
        [known.person],
    )
    return [row[0] for row in rows.fetchall()]


def test_the_law_runs_again_for_what_waits(db: None) -> None:
    known = a_resident()
    waiting = an_assessed(known.person)
    found = an_objection(known)
    work()
    assert case(waiting.id).state is CaseState.PREPARED

    decided(found, won(), Repairing(Repair.VALUE, 141_000))
    assert case(waiting.id).state is CaseState.RECEIVED
    work()

    assert case(waiting.id).state is CaseState.BY_HAND
    assert assessments_of([waiting.id])[waiting.id].reasons == ("inkomen_voldoet",)


def test_an_upheld_objection_against_a_correction_replaces_what_we_put_there(
    db: None, owner: psycopg.Connection
) -> None:
    known = a_resident()
    found = an_objection(known, upheld=True, corrected=125_000)

    decided(found, won(), RIGHT)

    assert values(owner) == [120_000]


def test_a_value_that_is_not_there_is_taken_away(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    found = an_objection(known, attribute="uitkeringen.laatste_iit")

    decided(found, won(), Repairing(Repair.ABSENT))

    assert values(owner, "uitkeringen.laatste_iit") == [None]


def test_the_holder_looks_again_by_a_new_report_of_the_same_words(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    waiting = an_assessed(known.person)
    found = an_objection(known)
    work()

    decided(found, won(), Repairing(Repair.HOLDER))
    work()

    new = next(one for one in corrections_of(known.person) if one.case.id != found.about)
    assert (new.case.state, new.attribute, new.fact, new.holder) == (CaseState.OPEN, NORM, known.facts[NORM], "inkomen")
    opened, forwarded = events_of(new.case.id)
    assert (opened.actor_kind, opened.actor, opened.code) == ("employee", "p.vandam", "objection")
    assert forwarded.code == "inkomen"
    assert (values(owner), doubted(owner)) == ([127_818], 1)
    assert case(waiting.id).state is CaseState.BY_HAND
    (said,) = owner.execute("SELECT content FROM reg.document WHERE id = %s", [new.case.id]).fetchone() or ({},)
    assert json.loads(said) == {"attribute": NORM, "should_be": "€ 1.200", "explanation": "Er ging iets mis."}
    assert "Het wordt opnieuw uitgezocht" in letters(found.case)[-1]
    answer(new, upheld=True, corrected=120_000)
    assert (values(owner), doubted(owner)) == ([120_000], 0)
    assert decisions_of([new.case.id])[new.case.id].outcome is DecisionOutcome.CORRECTED


def test_who_waits_for_the_holder_again_is_not_fully_met(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(a_resident())

    with pytest.raises(HearingMissing):
        decided(found, won(hearing_ground=HearingGround.FULLY_MET), Repairing(Repair.HOLDER))

    assert untouched(found, owner)


def test_unfounded_leaves_the_value_and_the_answer(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(a_resident())

    decision = decided(found, Ruling(DecisionOutcome.UNFOUNDED, OWN, hearing_ground=HearingGround.NOT_WANTED))

    assert (decision.outcome, values(owner)) == (DecisionOutcome.UNFOUNDED, [127_818])
    assert "Ons besluit blijft zoals het was" in letters(found.case)[-1]
    assert "naar de rechter" in letters(found.case)[-1]


Refusing = Callable[[], tuple[Ruling, Repairing | None]]


@pytest.mark.parametrize(
    ("refusing", "error"),
    [
        (lambda: (won(), None), StepNotPossible),
        (lambda: (won(outcome=DecisionOutcome.UNFOUNDED, new_outcome=None), RIGHT), StepNotPossible),
        (lambda: (won(new_outcome=DecisionOutcome.GRANT, new_amount_eurocent=100), None), StepNotPossible),
        (lambda: (won(hearing_ground=None), RIGHT), HearingMissing),
        (lambda: (won(), Repairing(Repair.VALUE, "veel")), WrongValue),
    ],
)
def test_a_ruling_that_does_not_fit_changes_nothing(
    refusing: Refusing, error: type[Exception], db: None, owner: psycopg.Connection
) -> None:
    found = an_objection(a_resident())
    ruling, repair = refusing()

    with pytest.raises(error):
        decided(found, ruling, repair)

    assert untouched(found, owner)


def test_a_decision_about_money_is_not_replaced_by_a_correction(db: None) -> None:
    from tests.cases.objecting import an_objection as about_money

    found = about_money()
    hearing.take_objection(found.case, PETRA, on=date(2025, 5, 20))

    with pytest.raises(StepNotPossible):
        reviewing.decide_objection(found.case, PETRA, won(), on=date(2025, 5, 20), repair=RIGHT)

    assert case(found.case).state is CaseState.OPEN


def test_who_answered_never_decides_and_who_has_no_mandate_does_not(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(a_resident())

    with pytest.raises(SameOfficial):
        reviewing.decide_objection(found.case, WILLEM, won(), on=TODAY, repair=RIGHT)
    nobody = Official("x.niemand", "X", "beslisser", 0)
    hearing.take_objection(found.case, nobody, on=TODAY)
    with pytest.raises(BeyondMandate):
        reviewing.decide_objection(found.case, nobody, won(), on=TODAY, repair=RIGHT)

    assert untouched(found, owner)


def test_a_value_that_its_source_replaced_meanwhile_goes_to_the_holder(db: None, owner: psycopg.Connection) -> None:
    known = a_resident()
    found = an_objection(known)
    store_facts([NewFact(known.person, NORM, 126_000, date(2017, 1, 1))])

    with pytest.raises(ValueMoved):
        decided(found, won(), RIGHT)
    assert (values(owner), case(found.case).state) == ([126_000], CaseState.OPEN)
    reviewing.decide_objection(found.case, PETRA, won(), on=TODAY, repair=Repairing(Repair.HOLDER))

    new = next(one for one in corrections_of(known.person) if one.case.id != found.about)
    (standing,) = owner.execute(
        "SELECT fact FROM reg.fact WHERE attribute = %s AND superseded_at IS NULL", [NORM]
    ).fetchone() or (None,)
    assert new.fact == standing


def test_costs_are_answered_in_it_and_paid_once(db: None) -> None:
    found = an_objection(a_resident(), ObjectionText(reasons=BECAUSE, costs="De trein", wants_hearing=False))
    costs = CostsRuling(CostsGround.GRANTED, "Een retour met de trein, tweede klas.", 2_460)

    with pytest.raises(CostsUnanswered):
        decided(found, won(), RIGHT)
    reviewing.decide_objection(found.case, PETRA, won(costs=costs), on=TODAY, repair=RIGHT)

    assert [job.topic for job in Job.objects.filter(topic__startswith="payments.")] == ["payments.costs"]
    assert "€ 24,60" in letters(found.case)[-1].replace("\u00a0", " ")


def test_heard_at_a_talk_and_put_off_as_every_objection(db: None) -> None:
    found = an_objection(a_resident(), ObjectionText(reasons=BECAUSE, wants_hearing=True))
    hearing.take_objection(found.case, PETRA, on=TODAY)
    day = date(2025, 5, 12)

    hearing.invite(found.case, PETRA, HearingPlan(day, "10.00 uur", "Markt 1"), on=TODAY)
    hearing.report_hearing(found.case, PETRA, "De inwoner laat de brief van het werk zien.", held_on=day, on=day)
    hearing.postpone(found.case, PETRA, until=date(2025, 8, 1), why=OWN, consent=False, on=day)
    set_business_date(day)
    reviewing.decide_objection(found.case, PETRA, won(hearing_ground=None), on=day, repair=RIGHT)

    assert "Wij spraken u op maandag 12 mei 2025" in letters(found.case)[-1]


def test_a_second_look_at_an_answer_becomes_an_objection_with_the_day_of_the_question(db: None) -> None:
    about, decision = answered(a_resident())
    me = resident(about.applicant)

    look = second_look.ask_second_look(about.id, about.applicant, "Klopt dit?", actor=me, on=TODAY)
    found = second_look.turn_into_objection(look.case, FULL, actor=me, on=date(2025, 6, 20))

    assert (look.decision, look.objection_until) == (decision.id, date(2025, 6, 10))
    assert (found.received_on, found.is_timely) == (TODAY, True)
    with pytest.raises(StepNotPossible):
        second_look.answer_second_look(look.case, ANNA, ANSWER, new_amount_eurocent=100, on=TODAY)


def test_a_second_look_at_an_answer_never_gives_money(db: None) -> None:
    about, _ = answered(a_resident())
    look = second_look.ask_second_look(about.id, about.applicant, "", actor=resident(about.applicant), on=TODAY)

    with pytest.raises(StepNotPossible):
        second_look.answer_second_look(look.case, PETRA, ANSWER, new_amount_eurocent=100, on=TODAY)

    assert reads.second_look(look.case).state == "open"


def test_answers_from_before_get_their_decision_once(db: None) -> None:
    known = a_resident()
    reported = report(known)
    answer(reported)
    models.Decision.objects.filter(case_id=reported.case.id)._raw_delete(using="owner")
    assert decisions_of([reported.case.id]) == {}
    report(known, "uitkeringen.vermogen")

    assert (decide_earlier_answers(), decide_earlier_answers()) == (1, 0)

    decision = decisions_of([reported.case.id])[reported.case.id]
    assert (decision.outcome, decision.official) == (DecisionOutcome.UNCORRECTED, "w.degraaf")
    assert (decision.decided_on, decision.objection_until) == (TODAY, date(2025, 6, 10))
    assert object_to(case(reported.case.id), decision, FULL, on=TODAY).is_timely


def test_the_canonical_history_names_the_decision_the_objection_and_what_came_of_it(db: None) -> None:
    found = an_objection(a_resident())
    decided(found, won(), RIGHT)

    rows = {row["case_kind"]: row for row in history()}

    assert (rows["correction"]["decision"], rows["correction"]["state"]) == ("uncorrected", "answered")
    assert (rows["objection"]["decision"], rows["objection"]["state"]) == ("upheld", "decided")
    review = rows["objection"]["review"]
    assert (review["new_outcome"], review["payable_eurocent"], review["first_official"]) == (
        "corrected", None, "w.degraaf",
    )  # fmt: skip
    assert "120" not in re.split(r"\W+", str(rows))  # by itself: an id may have these digits
