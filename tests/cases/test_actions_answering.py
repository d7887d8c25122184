"""Yes, no and what follows: the day of the yes, eight weeks, the receipt; all or nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cases.builders import (
    SERVICE,
    TODAY,
    a_declaration,
    a_proposal,
    a_resident,
    an_application,
    at_the_same_moment,
    choose_english,
    letters,
    lines,
    resident,
    rolled_back,
    work,
)
from tests.mandates.test_parental import BIRTHDAY, a_child, a_person
from waardig.access.actions import opt_out, set_business_date, suspend_service
from waardig.access.queries import opted_out
from waardig.access.terms import Actor
from waardig.cases import actions
from waardig.cases.queries import assessments_of, case, events_of
from waardig.cases.terms import CaseKind, CaseState, CaseUnknown, EventKind, StepNotPossible
from waardig.inbox.queries import messages_of_case
from waardig.mandates.terms import PARENT_ROLE
from waardig.outbox.queries import depth

MAY_1, MAY_5, MAY_20 = date(2025, 5, 1), date(2025, 5, 5), date(2025, 5, 20)


def test_a_yes_is_an_application_of_that_day_with_eight_weeks_and_a_receipt(db: None) -> None:
    person = a_resident().person

    applied = an_application(person, on=TODAY)

    assert (applied.kind, applied.state) == (CaseKind.APPLICATION, CaseState.RECEIVED)
    assert (applied.applied_on, applied.decide_by) == (TODAY, date(2025, 6, 23))
    (receipt,) = letters(applied.id)
    assert [one.template for one in messages_of_case(applied.id).messages] == [f"{SERVICE}/receipt"]
    assert applied.number in receipt
    assert "23 juni 2025" in receipt
    assert "Uw spaargeld is € 800." in receipt
    assert "Uw rekening eindigt op 6789." in receipt


def test_who_chose_english_gets_the_receipt_in_english_beside_it(db: None) -> None:
    person = a_resident().person
    choose_english(person)

    applied = an_application(person, on=TODAY)

    (receipt,), (told,) = letters(applied.id), letters(applied.id, english=True)
    (sent,) = messages_of_case(applied.id).messages
    assert "Uw spaargeld is € 800." in receipt and sent.has_english
    assert "Your savings are €800." in told and "Your account ends in 6789." in told
    assert "23 June 2025" in told and "spaargeld" not in told


def test_a_receipt_comes_with_its_line_in_the_log(db: None, owner: psycopg.Connection) -> None:
    person = a_resident().person

    an_application(person)

    assert lines(owner, person, "iit.aanvraag") == ["allow"]


def test_the_first_yes_since_a_no_is_the_day_of_the_application(db: None) -> None:
    person = a_resident().person
    proposal = a_proposal(person)

    first = actions.say_yes(proposal.id, actor=resident(person), on=MAY_1)
    again = actions.say_yes(proposal.id, actor=resident(person), on=MAY_5)
    applied = actions.apply(proposal.id, a_declaration(), actor=resident(person), on=MAY_20)

    assert (first, again, applied.applied_on) == (MAY_1, MAY_1, MAY_1)
    assert applied.decide_by == date(2025, 6, 26)


def test_a_yes_after_a_no_counts_from_its_own_day(db: None) -> None:
    person = a_resident().person
    proposal = a_proposal(person)
    actions.say_yes(proposal.id, actor=resident(person), on=TODAY)
    declined = actions.decline(proposal.id, actor=resident(person), on=MAY_1, never_again=False)

    said = actions.say_yes(proposal.id, actor=resident(person), on=MAY_5)

    assert (declined.state, said) == (CaseState.DECLINED, MAY_5)
    assert case(proposal.id).state is CaseState.PROPOSED
    assert actions.apply(proposal.id, a_declaration(), actor=resident(person), on=MAY_20).applied_on == MAY_5


def test_a_second_apply_is_refused_and_nothing_is_doubled(db: None) -> None:
    person = a_resident().person
    applied = an_application(person)
    before = (events_of(applied.id), letters(applied.id), depth())

    with pytest.raises(StepNotPossible):
        actions.apply(applied.id, a_declaration(), actor=resident(person), on=MAY_1)

    assert (events_of(applied.id), letters(applied.id), depth()) == before
    assert case(applied.id).applied_on == TODAY


def test_two_applies_at_the_same_moment_give_one_application(db: None) -> None:
    person = a_resident().person
    proposal = a_proposal(person)

    def answer() -> object:
        return actions.apply(proposal.id, a_declaration(), actor=resident(person), on=TODAY)

    outcomes = at_the_same_moment(answer, answer)

    assert sorted(type(one).__name__ for one in outcomes) == ["Case", "StepNotPossible"]
    assert [event.kind for event in events_of(proposal.id)] == [EventKind.PROPOSED, EventKind.APPLIED]
    assert len(letters(proposal.id)) == 1


def test_a_process_killed_halfway_leaves_nothing_half(db: None, owner: psycopg.Connection) -> None:
    person = a_resident().person
    proposal = a_proposal(person)
    jobs_before = depth()

    with rolled_back():
        actions.apply(proposal.id, a_declaration(), actor=resident(person), on=TODAY)

    assert case(proposal.id) == proposal
    assert (letters(proposal.id), depth()) == ([], jobs_before)
    assert owner.execute("SELECT count(*) FROM reg.fact WHERE attribute LIKE 'opgave.%'").fetchone() == (0,)
    assert lines(owner, person, "iit.aanvraag") == []


def test_somebody_else_cannot_answer_and_learns_nothing(db: None) -> None:
    proposal = a_proposal(a_resident().person)
    stranger = Actor("resident", str(a_resident().person))

    for answer in (
        lambda: actions.apply(proposal.id, a_declaration(), actor=stranger, on=TODAY),
        lambda: actions.say_yes(proposal.id, actor=stranger, on=TODAY),
        lambda: actions.decline(proposal.id, actor=stranger, on=TODAY, never_again=True),
    ):
        with pytest.raises(CaseUnknown):
            answer()

    assert case(proposal.id) == proposal


def test_an_unknown_case_is_the_same_answer(db: None) -> None:
    with pytest.raises(CaseUnknown):
        actions.say_yes(uuid4(), actor=Actor("resident", str(uuid4())), on=TODAY)


def test_not_now_keeps_proposals_possible_and_never_again_opts_out(db: None) -> None:
    now, never = a_resident().person, a_resident().person

    actions.decline(a_proposal(now).id, actor=resident(now), on=TODAY, never_again=False)
    actions.decline(a_proposal(never).id, actor=resident(never), on=TODAY, never_again=True)

    assert (opted_out(now), opted_out(never)) == (frozenset(), frozenset({SERVICE}))


def test_opting_out_during_an_open_proposal_changes_nothing_else(db: None) -> None:
    person = a_resident().person
    proposal = a_proposal(person)

    opt_out(person, SERVICE, resident(person), TODAY)

    assert case(proposal.id) == proposal
    assert actions.apply(proposal.id, a_declaration(), actor=resident(person), on=TODAY).applied_on == TODAY


def test_a_suspended_service_still_takes_yes_and_no(db: None) -> None:
    yes, no = a_resident().person, a_resident().person
    proposals = {person: a_proposal(person).id for person in (yes, no)}
    suspend_service(SERVICE, on=TODAY, actor=Actor("employee", "p.vandam", "teamleider"), reason="een proef")

    actions.apply(proposals[yes], a_declaration(), actor=resident(yes), on=TODAY)
    actions.decline(proposals[no], actor=resident(no), on=TODAY, never_again=False)
    work()

    assert case(proposals[yes]).state is CaseState.PREPARED
    assert case(proposals[no]).state is CaseState.DECLINED


def test_what_is_told_after_the_yes_counts_for_the_day_of_the_yes(db: None) -> None:
    """The declaration comes days after the yes: the law runs on the day of the yes, with what was declared."""
    person = a_resident(uitkeringen__vermogen=900_000).person
    proposal = a_proposal(person)
    actions.say_yes(proposal.id, actor=resident(person), on=date(2025, 4, 14))

    actions.apply(proposal.id, a_declaration(wealth_eurocent=80_000), actor=resident(person), on=TODAY)
    work()

    assert case(proposal.id).applied_on == date(2025, 4, 14)
    assert case(proposal.id).state is CaseState.PREPARED
    assert assessments_of([proposal.id])[proposal.id].amount_eurocent == 52197


def test_a_household_with_an_application_cannot_start_a_second_one(db: None) -> None:
    person = a_resident().person
    older = a_proposal(person, key="older")
    an_application(person)

    with pytest.raises(StepNotPossible):
        actions.apply(older.id, a_declaration(), actor=resident(person), on=TODAY)

    assert case(older.id).kind is CaseKind.PROPOSAL


def test_a_person_is_found_only_by_a_real_id(db: None) -> None:
    proposal = a_proposal(a_resident().person)

    with pytest.raises(CaseUnknown):
        actions.say_yes(proposal.id, actor=Actor("resident", "no id"), on=TODAY)

    assert isinstance(proposal.id, UUID)


def _parent(person: UUID) -> Actor:
    return Actor("resident", str(person), PARENT_ROLE)


def test_a_parent_answers_a_proposal_for_a_child_and_stands_in_its_log(db: None, owner: psycopg.Connection) -> None:
    mother = a_person()
    child = a_child(mother)
    declined, applied = a_proposal(child), a_proposal(child, key="another")

    actions.decline(declined.id, actor=_parent(mother), on=TODAY, never_again=False)
    actions.say_yes(applied.id, actor=_parent(mother), on=TODAY)
    done = actions.apply(applied.id, a_declaration(), actor=_parent(mother), on=TODAY)
    ended = actions.withdraw(applied.id, actor=_parent(mother), on=TODAY)

    assert (case(declined.id).state, done.state, ended.state) == (
        CaseState.DECLINED, CaseState.RECEIVED, CaseState.WITHDRAWN,
    )  # fmt: skip
    said = owner.execute(
        "SELECT l.name, d.actor_role FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " WHERE d.activity = 'iit.aanvraag' AND d.actor_role <> '' ORDER BY l.name"
    ).fetchall()
    assert said == [
        (name, PARENT_ROLE) for name in ("trok de aanvraag voor u in", "vroeg aan voor u", "zei nee voor u")
    ]  # fmt: skip


def test_a_stranger_and_a_parent_on_the_birthday_answer_nothing(db: None) -> None:
    mother = a_person()
    proposal = a_proposal(a_child(mother))

    with pytest.raises(CaseUnknown):
        actions.apply(proposal.id, a_declaration(), actor=_parent(a_person()), on=TODAY)
    with pytest.raises(CaseUnknown):
        actions.decline(proposal.id, actor=resident(mother), on=TODAY, never_again=False)
    set_business_date(BIRTHDAY)
    with pytest.raises(CaseUnknown):
        actions.apply(proposal.id, a_declaration(), actor=_parent(mother), on=BIRTHDAY)

    assert (case(proposal.id).state, letters(proposal.id)) == (CaseState.PROPOSED, [])
