"""A person decides, within a mandate, with reasons of their own; letter and register follow in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connections, transaction

from tests.anything import declare_everything
from tests.cases.builders import (
    AMOUNT,
    FATMA,
    MAY_12,
    REASONS,
    SERVICE,
    TODAY,
    WILLEM,
    a_couple,
    a_declaration,
    a_proposal,
    a_resident,
    an_assessed,
    by_hand,
    decide,
    letters,
    lines,
    resident,
    rolled_back,
)
from waardig.access.actions import ask, set_business_date, suspend_service
from waardig.access.terms import Actor, Request
from waardig.cases import actions, models
from waardig.cases.actions.correcting import _hold_back, _open
from waardig.cases.queries import case, decisions_of, events_of, with_running_case
from waardig.cases.queries.guards import sample_of
from waardig.cases.terms import (
    AutomaticDecision,
    BeyondMandate,
    Case,
    CaseState,
    CorrectionOpen,
    Decision,
    DecisionOutcome,
    EventKind,
    OwnReasonsMissing,
    StepNotPossible,
)
from waardig.catalogue import queries as catalogue
from waardig.kernel.content import content_roots
from waardig.registers.queries import take_documents
from waardig.values.actions import decide as decide_weighing

GRANT, REFUSE = DecisionOutcome.GRANT, DecisionOutcome.REFUSE


def test_a_refusal_names_reasons_body_mandate_articles_data_and_objection(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__norm=140_601).person)

    taken = decide(found)

    assert (taken.outcome, taken.amount_eurocent, taken.pay_by) == (REFUSE, None, None)
    assert taken.objection_until == date(2025, 6, 23)
    letter = letters(found.id)[-1]
    assert REASONS in letter
    assert "Het college van burgemeester en wethouders van Rietwaarden nam dit besluit op 12 mei 2025." in letter
    assert "Willem de Graaf, medewerker die mag beslissen, besliste namens het college." in letter
    assert "Mandaatbesluit Rietwaarden 2025, artikel 4" in letter
    assert "maandag 23 juni 2025" in letter
    assert "Participatiewet, artikel 36: " in letter
    assert "Hoogste maand" in letter and "€ 1.406,01" in letter
    assert "Verandert uw situatie? Dan mag u altijd opnieuw aanvragen." in letter


NOT_ADVICE = "Dit is geen advies. Het laat alleen zien waar de wet een grens trekt."


def test_a_refusal_says_with_which_other_fact_the_law_would_have_given_a_right(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__norm=140_601).person)

    decide(found)

    letter = letters(found.id)[-1]
    assert "Wanneer was het anders geweest?" in letter
    assert "Hoogste maand: hoogstens € 1.406" in letter
    assert NOT_ADVICE in letter
    assert "Spaargeld: " not in letter, "savings did not stand in the way"


def test_a_refusal_of_what_the_law_would_grant_says_no_other_value(db: None) -> None:
    found = by_hand()

    decide(found)

    assert "Wanneer was het anders geweest?" not in letters(found.id)[-1]
    assert NOT_ADVICE not in letters(found.id)[-1]


def test_a_refusal_for_two_reasons_says_no_other_value(db: None) -> None:
    found = an_assessed(
        a_resident(uitkeringen__norm=140_601).person, declaration=a_declaration(wealth_eurocent=900_000)
    )

    decide(found)

    assert "Wanneer was het anders geweest?" not in letters(found.id)[-1]


def test_what_is_not_known_says_no_other_value(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__norm=140_601).person, declaration=a_declaration(wealth_eurocent=None))

    decide(found)

    assert "Spaargeld: " not in letters(found.id)[-1]


def test_of_a_couple_only_the_joint_figures_are_named(db: None) -> None:
    first, second = a_couple()
    found = an_assessed(first, second, declaration=a_declaration(wealth_eurocent=9_000_000))

    decide(found)

    letter = letters(found.id)[-1]
    section = letter.partition("Wanneer was het anders geweest?")[2].partition("Wat kunt u nog doen?")[0]
    lines = [line.strip("- ").strip() for line in section.splitlines() if ": " in line]
    assert lines
    assert [line.partition(":")[0] for line in lines] == ["Spaargeld"]


def test_the_decision_keeps_what_its_letter_says(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__norm=140_601).person)

    assert kept(found, decide(found))["nearest"] == "Hoogste maand: hoogstens €\xa01.406"
    other = by_hand()
    assert "nearest" not in kept(other, decide(other))


def kept(found: Case, taken: Decision) -> Mapping[str, Any]:
    """The decision as it is kept behind the gate, read by the applicant."""
    person = found.applicant
    ticket = ask(Request("bericht.lezen", frozenset({"cases.besluit"}), (person,), resident(person), TODAY))
    return take_documents(ticket, [taken.document])[taken.document].content


def test_a_refusal_that_can_be_different_later_says_from_which_day(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__laatste_iit="2025-01-06").person)

    decide(found)

    assert "Vanaf 6 januari 2026 mag u opnieuw aanvragen." in letters(found.id)[-1]


def test_a_grant_says_amount_payment_within_six_weeks_and_the_next_time(db: None) -> None:
    found = by_hand()

    taken = decide(found, GRANT)

    assert (taken.amount_eurocent, taken.pay_by, taken.objection_until) == (
        AMOUNT,
        date(2025, 6, 23),
        date(2025, 6, 23),
    )
    letter = letters(found.id)[-1]
    assert "U krijgt € 521,97" in letter
    assert "uiterlijk maandag 23 juni 2025" in letter
    assert "Op de rekening die eindigt op 6789." in letter
    assert "Vanaf 12 mei 2026" in letter
    assert REASONS in letter
    assert case(found.id).state is CaseState.DECIDED


def test_terms_that_end_on_a_holiday_move_to_the_next_working_day(db: None) -> None:
    """Six weeks after Monday 28 April is Monday 9 June 2025, Whit Monday."""
    taken = decide(by_hand(), GRANT, on=TODAY)

    assert (taken.objection_until, taken.pay_by) == (date(2025, 6, 10), date(2025, 6, 10))


def test_a_grant_that_the_law_did_not_compute_tells_the_reasons_of_the_official(db: None) -> None:
    found = by_hand(wealth_eurocent=None)

    decide(found, GRANT, amount_eurocent=40_000)

    letter = letters(found.id)[-1]
    assert "U krijgt € 400" in letter
    assert REASONS in letter


def test_after_a_grant_both_partners_are_known_to_have_had_it(db: None, owner: psycopg.Connection) -> None:
    first, second = a_couple()
    found = an_assessed(first, second, declaration=a_declaration(something_wrong="x"))

    decide(found, GRANT, amount_eurocent=74_589)

    rows = owner.execute(
        "SELECT person, value #>> '{}', source FROM reg.fact WHERE attribute = 'uitkeringen.laatste_iit'"
        " AND superseded_at IS NULL AND valid_to IS NULL"
    ).fetchall()
    assert sorted(rows) == sorted((person, "2025-05-12", f"besluit {found.number}") for person in (first, second))


def test_after_a_grant_the_law_says_no_for_a_year(db: None) -> None:
    person = a_resident().person
    decide(an_assessed(person, declaration=a_declaration(something_wrong="x")), GRANT)

    assert said_again(person, date(2026, 5, 11)) == "not"
    assert said_again(person, MAY_12.replace(year=2026)) == "qualifies"


def said_again(person: UUID, on: date) -> str:
    """What the law says on a later day, on the facts of the register."""
    set_business_date(on)
    proposal = a_proposal(person, key=str(uuid4()))
    reader = actions.Reader("iit.aanvraag", resident(person), proposal.id)
    household = actions.read_household(SERVICE, proposal, as_of=on, reader=reader)
    return actions.judge_household(SERVICE, household, on=on).verdict.value


def test_the_text_of_a_decision_is_read_through_the_two_calls_only(db: None, owner: psycopg.Connection) -> None:
    found = by_hand()
    taken = decide(found)
    person = found.applicant

    ticket = ask(Request("bericht.lezen", frozenset({"cases.besluit"}), (person,), resident(person), TODAY))
    kept = take_documents(ticket, [taken.document])[taken.document].content

    assert kept["case"] == found.number
    assert (kept["outcome"], kept["reasons"], kept["official"]) == ("refuse", REASONS, "Willem de Graaf")
    assert kept["objection_until"] == "2025-06-23"
    rows = cast("list[tuple[str, str, str]]", kept["data"])
    told = [value.replace("\xa0", " ") for _, value, source in rows if source == "Uw opgave, 28 april 2025"]
    assert told == ["€ 800"]
    with connections["default"].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("SELECT content FROM reg.document")


@pytest.mark.parametrize("kind", ["system", "resident", "organisation", ""])
def test_nothing_but_an_employee_decides_and_the_refusal_is_logged(
    db: None, owner: psycopg.Connection, kind: str
) -> None:
    found = by_hand()

    with pytest.raises(AutomaticDecision):
        decide(found, actor_kind=kind)

    assert (case(found.id).state, decisions_of([found.id])) == (CaseState.BY_HAND, {})
    assert lines(owner, found.applicant, "iit.beslissen") == ["refuse"]


def test_the_database_itself_refuses_a_decision_that_no_employee_took(db: None) -> None:
    found = by_hand()
    row = {
        "id": uuid4(), "case_id": found.id, "outcome": "refuse", "decided_on": TODAY, "decided_at": "2025-04-28T10:00Z",
        "official": "computer", "body": "x", "mandate": "x", "objection_until": TODAY, "document": uuid4(),
    }  # fmt: skip

    for kind in ("system", "resident", "organisation", "Employee"):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Decision.objects.create(actor_kind=kind, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Decision.objects.create(actor_kind="employee", **{**row, "outcome": "grant", "amount_eurocent": 0})

    assert decisions_of([found.id]) == {}


def test_a_decision_and_its_events_are_never_changed(db: None) -> None:
    taken = decide(by_hand())

    for change in (
        lambda: models.Decision.objects.filter(id=taken.id).update(outcome="grant"),
        lambda: models.Decision.objects.filter(id=taken.id).delete(),
        lambda: models.CaseEvent.objects.update(actor="x"),
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.parametrize("reasons", ["", "te kort", "x " * 10, " " * 80, "Uw inkomen was hoger dan € 1.406."])
def test_own_reasons_are_needed(db: None, reasons: str) -> None:
    found = an_assessed(a_resident(uitkeringen__norm=140_601).person)

    with pytest.raises(OwnReasonsMissing):
        decide(found, reasons=reasons)

    assert decisions_of([found.id]) == {}


def test_a_sentence_of_the_computer_is_no_reason_of_ones_own(db: None) -> None:
    found = an_assessed(a_resident(uitkeringen__laatste_iit="2025-01-06").person)
    computed = "U kreeg deze toeslag nog geen 12 maanden geleden. Aanvragen kan vanaf 6 januari 2026."

    with pytest.raises(OwnReasonsMissing):
        decide(found, reasons=f"  {computed}\n")

    assert case(found.id).state is CaseState.BY_HAND


def test_the_decree_decides_who_may_decide_whatever_the_session_says(db: None, owner: psycopg.Connection) -> None:
    found = by_hand()
    rich = replace(WILLEM, mandate_eurocent=10_000_000)
    before_the_decree = date(2025, 1, 6)

    for outcome, changes in (
        (REFUSE, {"official": FATMA}),
        (GRANT, {"official": FATMA}),
        (GRANT, {"official": rich, "amount_eurocent": 100_001}),
        (GRANT, {"official": replace(WILLEM, mandate_eurocent=AMOUNT - 1)}),
        (GRANT, {"on": before_the_decree}),
        (REFUSE, {"on": before_the_decree}),
        (GRANT, {"amount_eurocent": 0}),
        (GRANT, {"amount_eurocent": -5}),
    ):
        with pytest.raises(BeyondMandate):
            decide(found, outcome, **changes)

    assert decisions_of([found.id]) == {}
    assert lines(owner, found.applicant, "iit.beslissen") == []  # nothing was read for a decision that may not be taken
    assert decide(found, GRANT, amount_eurocent=100_000).amount_eurocent == 100_000


def test_an_open_report_blocks_a_refusal_and_not_a_grant(db: None) -> None:
    known = a_resident()
    found = an_assessed(known.person, declaration=a_declaration(something_wrong="x"))
    fact = known.facts["uitkeringen.norm"]
    actions.report_wrong(
        known.person, "uitkeringen.norm", fact, should_be="1200", explanation="", actor=resident(known.person), on=TODAY
    )

    with pytest.raises(CorrectionOpen):
        decide(found)
    assert decisions_of([found.id]) == {}

    assert decide(found, GRANT).outcome is GRANT


def test_a_refusal_waits_for_a_report_that_arrives_at_the_same_moment(db: None) -> None:
    """The report locks the application before it is stored, so an official at that moment sees it."""
    known = a_resident()
    found = an_assessed(known.person, declaration=a_declaration(something_wrong="x"))
    reported, answered, outcomes = threading.Event(), threading.Event(), []

    def refuse() -> None:
        declare_everything()
        try:
            reported.wait(timeout=120)
            decide(found)
            outcomes.append("refused")
        except CorrectionOpen:
            outcomes.append("held")
        finally:
            answered.set()
            connections.close_all()

    official = threading.Thread(target=refuse)
    official.start()
    with transaction.atomic():
        _hold_back(known.person, TODAY)
        _open(known.person, "uitkeringen.norm", known.facts["uitkeringen.norm"], resident(known.person), TODAY)
        reported.set()
        assert not answered.wait(timeout=1.5)
    official.join(timeout=120)

    assert (outcomes, decisions_of([found.id])) == (["held"], {})


def test_a_case_is_decided_once(db: None) -> None:
    found = by_hand()
    decide(found)

    with pytest.raises(StepNotPossible):
        decide(found, GRANT)

    assert decisions_of([found.id])[found.id].outcome is REFUSE
    assert len(letters(found.id)) == 2


def test_a_decision_killed_halfway_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = by_hand()
    monkeypatch.setattr("waardig.cases.actions.settling.send", _killed)

    with pytest.raises(KeyboardInterrupt):
        decide(found, GRANT)

    assert (case(found.id).state, decisions_of([found.id])) == (CaseState.BY_HAND, {})
    assert [event.kind for event in events_of(found.id)][-1] is EventKind.ASSESSED


def _killed(*_given: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_a_decision_is_not_taken_inside_a_transaction(db: None) -> None:
    found = by_hand()

    with rolled_back(), pytest.raises(RuntimeError, match="outside a transaction"):
        decide(found, actor_kind="system")


def test_a_given_yes_gets_its_decision_while_the_service_is_suspended(db: None) -> None:
    found = by_hand()
    suspend_service(SERVICE, on=TODAY, actor=Actor("employee", "p.vandam", "teamleider"), reason="een proef")

    assert decide(found, GRANT).amount_eurocent == AMOUNT


def weighed() -> None:
    folder = next(root for root in reversed(content_roots()) if (root / "municipality.yaml").exists())
    decide_weighing(folder / "services" / SERVICE / "decision.yaml")


def test_the_sample_is_that_of_the_weighing_and_of_the_service_where_nothing_is_decided(db: None) -> None:
    undecided = sample_of(SERVICE)
    weighed()
    decided = sample_of(SERVICE)

    assert undecided is not None and decided is not None
    assert (undecided.percent, undecided.done_within_days) == (catalogue.service(SERVICE).sample_percent, 0)
    assert (decided.id, decided.percent, decided.done_within_days) == ("steekproef", 5, 14)
    drawn = sum(decided.draws(f"RW 2025 {place:04d}", b"a secret") for place in range(2000))
    assert 60 <= drawn <= 140


def test_the_decided_weighing_asks_the_role_that_it_names(db: None) -> None:
    weighed()
    found = by_hand()

    with pytest.raises(BeyondMandate):
        decide(found, official=replace(WILLEM, role="inkomensconsulent"))

    assert decisions_of([found.id]) == {}
    assert decide(found).outcome is REFUSE


def test_a_refused_household_is_left_alone_for_a_year(db: None) -> None:
    found = by_hand()
    decide(found)
    person = found.applicant

    assert with_running_case(SERVICE, [person], on=date(2026, 5, 11)) == {person}
    assert with_running_case(SERVICE, [person], on=date(2026, 5, 12)) == frozenset()


def test_the_mandates_of_this_file_are_those_of_the_decree(db: None) -> None:
    here = catalogue.municipality()

    assert here.mandate_for("w.degraaf", SERVICE, "refusal", amount_eurocent=0, on=TODAY) is not None
    assert here.mandate_for("f.yildiz", SERVICE, "grant", amount_eurocent=0, on=TODAY) is None
