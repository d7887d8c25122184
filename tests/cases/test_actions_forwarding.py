"""An objection that another body decides on: forwarded with the day we received it, told, ended as such (Awb 6:15)."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest

from tests.cases.builders import WILLEM, letters, lines
from tests.cases.objecting import FULL, JUNE_23, MAY_20, PETRA, an_objection, object_to, unfounded
from waardig.cases.actions import forwarding, reviewing
from waardig.cases.core.ending import Ending
from waardig.cases.queries import case, decisions_of, endings, events_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseState, EventKind, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import BodyMissing, Forwarding, SameOfficial

TO = Forwarding(
    "Sociale Verzekeringsbank",
    "Postbus 1100, 1180 BH Amstelveen",
    "Uw bezwaar gaat over uw kinderbijslag. Daarover beslist de SVB.",
)


def test_a_forwarded_objection_keeps_its_day_is_told_and_ends_as_forwarded(db: None, owner: psycopg.Connection) -> None:
    found = an_objection()
    before = lines(owner, found.person, "bezwaar").count("allow")

    sent = forwarding.forward_objection(found.case, PETRA, TO, on=JUNE_23)

    assert (sent.forwarded_to, sent.received_on, sent.state) == (TO.body, MAY_20, CaseState.ANSWERED)
    told = letters(found.case)[-1]
    for said in ("Wij stuurden uw bezwaar door", TO.body, TO.address, TO.why, "20 mei 2025", "Die dag blijft tellen."):
        assert said in told
    assert lines(owner, found.person, "bezwaar").count("allow") == before + 2
    assert [event.kind for event in events_of(found.case)][-1] is EventKind.SENT_ON
    closed = endings.closed([case(found.case)])[found.case]
    assert (closed.ending, closed.on) == (Ending.OBJECTION_FORWARDED, JUNE_23)
    assert decisions_of([found.case]) == {}
    assert (reads.count_forwarded(2025), reads.count_forwarded(2024)) == (1, 0)


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        (replace(TO, body="  "), BodyMissing),
        (replace(TO, body="x" * 121), BodyMissing),
        (replace(TO, address=""), BodyMissing),
        (replace(TO, why="Niet van ons"), OwnReasonsMissing),
    ],
)
def test_without_another_body_and_a_reason_nothing_is_forwarded(
    db: None, to: Forwarding, refusal: type[Exception]
) -> None:
    found = an_objection()

    with pytest.raises(refusal):
        forwarding.forward_objection(found.case, PETRA, to, on=MAY_20)

    assert case(found.case).state is CaseState.OPEN
    assert reads.objection(found.case).forwarded_to == ""
    assert len(letters(found.case)) == 1


def test_who_decided_first_does_not_forward_and_what_was_forwarded_is_not_decided(db: None) -> None:
    found = an_objection()

    with pytest.raises(SameOfficial):
        forwarding.forward_objection(found.case, WILLEM, TO, on=MAY_20)
    forwarding.forward_objection(found.case, PETRA, TO, on=MAY_20)
    with pytest.raises(StepNotPossible):
        forwarding.forward_objection(found.case, PETRA, TO, on=MAY_20)
    with pytest.raises(StepNotPossible):
        reviewing.decide_objection(found.case, PETRA, unfounded(), on=MAY_20)

    assert len(letters(found.case)) == 2


def test_a_new_objection_against_our_decision_stays_possible(db: None) -> None:
    found = an_objection()
    forwarding.forward_objection(found.case, PETRA, TO, on=MAY_20)
    about = case(found.about)

    again = object_to(about, reads.decision(found.decision), FULL, on=MAY_20)

    assert again.case != found.case
    there = reads.objection_against(found.decision, found.person)
    assert there is not None
    assert there.case == again.case
