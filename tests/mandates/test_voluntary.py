"""Mandates that people give: both say yes, either ends it, the gate sees only what is in force."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.conftest import TODAY
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Request
from waardig.identity.terms import Kind, Level, Who
from waardig.logbook.terms import Actor
from waardig.mandates.actions import accept, confirm, end, end_for_deaths, invite, keep_calendar
from waardig.mandates.queries import (
    acting_for,
    given_by,
    helped_by,
    one,
    principal_answered_for,
    refuse_own_helper,
    rules,
    ruling,
)
from waardig.mandates.terms import (
    Action,
    HelpsThisPerson,
    Invitation,
    Mandate,
    MandateRefused,
    MandateState,
    NoAuthority,
    Origin,
    role_of,
)
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.queries import take
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")
FATMA = Actor("employee", "f.yildiz", "loket")


def somebody(name: str = "Wit") -> UUID:
    person = uuid4()
    enrol_persons([(person, None)])
    store_facts([NewFact(person, "brp.naam", {"geslachtsnaam": name, "geslacht": "V"}, date(1940, 1, 1))])
    return person


def asked(
    principal: UUID, themes: tuple[str, ...] = ("geld",), action: Action = Action.VIEW, **more: object
) -> Invitation:
    given = {"actor": Actor("resident", str(principal)), "months": 12, "on": TODAY, **more}
    return invite(principal, themes=themes, action=action, **given)  # type: ignore[arg-type]


def in_force(
    principal: UUID, helper: UUID, themes: tuple[str, ...] = ("geld",), action: Action = Action.ANSWER
) -> Mandate:
    made = asked(principal, themes, action)
    accept(made.code, helper, level=Level.SUBSTANTIAL, on=TODAY)
    return confirm(made.mandate.id, principal, on=TODAY)


def as_helper(helper: UUID, mandate: Mandate) -> Actor:
    return Actor("resident", str(helper), role_of(mandate.id))


def read_name(principal: UUID, actor: Actor) -> int:
    request = Request("machtiging.meekijken", frozenset({"brp.naam"}), (principal,), actor, TODAY)
    return len(take(ask(request)))


def who(person: UUID, level: Level = Level.SUBSTANTIAL) -> Who:
    return Who(Kind.RESIDENT, person, level=level, means="digid")


def test_nothing_counts_before_both_said_yes() -> None:
    toos, ingrid = somebody(), somebody()
    made = asked(toos)
    assert not ruling(who(ingrid), toos, Action.VIEW).is_allowed

    accepted = accept(made.code.lower().replace("-", " "), ingrid, level=Level.SUBSTANTIAL, on=TODAY)
    assert accepted.state is MandateState.ACCEPTED
    assert not ruling(who(ingrid), toos, Action.VIEW).is_allowed
    with pytest.raises(AccessRefused):
        read_name(toos, as_helper(ingrid, accepted))

    active = confirm(made.mandate.id, toos, on=TODAY)
    assert (active.starts_on, active.ends_on) == (TODAY, date(2026, 4, 28))
    assert acting_for(who(ingrid), toos).acting_for == toos
    assert read_name(toos, as_helper(ingrid, active)) == 1


def test_either_ends_it_and_the_next_question_is_refused() -> None:
    toos, ingrid = somebody(), somebody()
    for by in (toos, ingrid):
        active = in_force(toos, ingrid)
        assert read_name(toos, as_helper(ingrid, active)) == 1

        end(active.id, actor=Actor("resident", str(by)), by=by, on=TODAY)

        with pytest.raises(AccessRefused):
            read_name(toos, as_helper(ingrid, active))
        with pytest.raises(NoAuthority):
            acting_for(who(ingrid), toos)
        assert helped_by(ingrid) == ()


def test_an_employee_ends_it_for_somebody_on_the_phone_and_a_stranger_cannot() -> None:
    toos, ingrid, stranger = somebody(), somebody(), somebody()
    active = in_force(toos, ingrid)

    with pytest.raises(MandateRefused) as refused:
        end(active.id, actor=Actor("resident", str(stranger)), by=stranger, on=TODAY)
    assert (refused.value.reason, one(active.id).state) == ("not_yours", MandateState.ACTIVE)  # type: ignore[union-attr]

    ended = end(active.id, actor=FATMA, by=None, on=TODAY)
    assert (ended.state, ended.ended_by) == (MandateState.ENDED, "employee")


def test_read_only_and_another_theme_give_no_more_than_that() -> None:
    toos, ingrid = somebody(), somebody()
    active = in_force(toos, ingrid, ("geld",), Action.VIEW)

    assert ruling(who(ingrid), toos, Action.VIEW, theme="geld").is_allowed
    assert ruling(who(ingrid), toos, Action.ANSWER, theme="geld").reason == "outside_scope"
    assert ruling(who(ingrid), toos, Action.VIEW, theme="gegevens").reason == "outside_scope"
    assert principal_answered_for(as_helper(ingrid, active), "geld", on=TODAY) is None
    with pytest.raises(AccessRefused):
        ask(Request("machtiging.gegevens", frozenset({"brp.geboortedatum"}), (toos,), as_helper(ingrid, active), TODAY))


def test_one_mandate_opens_one_person_only() -> None:
    toos, broer, ingrid = somebody(), somebody(), somebody()
    first, second = in_force(toos, ingrid), in_force(broer, ingrid)

    with pytest.raises(AccessRefused):
        read_name(broer, as_helper(ingrid, first))
    assert read_name(broer, as_helper(ingrid, second)) == 1
    assert principal_answered_for(as_helper(ingrid, first), "geld", on=TODAY) == toos


def test_somebody_elses_mandate_opens_nothing() -> None:
    toos, ingrid, thief = somebody(), somebody(), somebody()
    active = in_force(toos, ingrid)

    with pytest.raises(AccessRefused):
        read_name(toos, as_helper(thief, active))
    assert principal_answered_for(as_helper(thief, active), "geld", on=TODAY) is None


def test_a_helper_cannot_hand_it_on() -> None:
    toos, ingrid = somebody(), somebody()
    in_force(toos, ingrid)

    with pytest.raises(MandateRefused) as refused:
        asked(toos, actor=Actor("resident", str(ingrid)))
    assert refused.value.reason == "acting_for_another"
    assert len(given_by(toos)) == 1


@pytest.mark.parametrize(
    ("level", "reason"), [(Level.LOW, "level_too_low"), (None, "level_too_low"), (Level.SUBSTANTIAL, "")]
)
def test_the_helper_signs_in_with_enough_certainty(level: Level | None, reason: str) -> None:
    toos, ingrid = somebody(), somebody()
    made = asked(toos)

    if not reason:
        assert accept(made.code, ingrid, level=level, on=TODAY).state is MandateState.ACCEPTED
        return
    with pytest.raises(MandateRefused) as refused:
        accept(made.code, ingrid, level=level, on=TODAY)
    assert refused.value.reason == reason
    assert one(made.mandate.id).state is MandateState.INVITED  # type: ignore[union-attr]


def test_a_code_is_of_use_once_in_time_and_not_for_oneself() -> None:
    toos, ingrid = somebody(), somebody()
    made = asked(toos)

    for code, helper, on in (
        ("ABCDE-FGHJK", ingrid, TODAY),
        (made.code, ingrid, TODAY + timedelta(days=15)),
    ):
        with pytest.raises(MandateRefused) as refused:
            accept(code, helper, level=Level.SUBSTANTIAL, on=on)
        assert refused.value.reason == "code_unknown"
    with pytest.raises(MandateRefused) as refused:
        accept(made.code, toos, level=Level.SUBSTANTIAL, on=TODAY)
    assert refused.value.reason == "own_code"
    accept(made.code, ingrid, level=Level.SUBSTANTIAL, on=TODAY)
    with pytest.raises(MandateRefused):
        accept(made.code, ingrid, level=Level.SUBSTANTIAL, on=TODAY)


def test_who_helps_more_people_than_the_content_allows_must_be_an_organisation() -> None:
    helper = somebody()
    for _ in range(rules().most_persons):
        in_force(somebody(), helper)
    one_more = asked(somebody())

    with pytest.raises(MandateRefused) as refused:
        accept(one_more.code, helper, level=Level.SUBSTANTIAL, on=TODAY)

    assert refused.value.reason == "too_many"
    assert len(helped_by(helper)) == rules().most_persons


def test_given_at_the_counter_it_counts_after_the_days_to_think() -> None:
    toos, ingrid = somebody(), somebody()
    made = asked(toos, actor=FATMA, origin=Origin.COUNTER)

    active = accept(made.code, ingrid, level=Level.SUBSTANTIAL, on=TODAY)

    first = TODAY + timedelta(days=rules().cooling_off_days)
    assert (active.state, active.starts_on) == (MandateState.ACTIVE, first)
    assert ruling(who(ingrid), toos, Action.VIEW).reason == "not_yet"
    with pytest.raises(AccessRefused):
        read_name(toos, as_helper(ingrid, active))


def test_on_paper_it_needs_the_reference_of_the_signed_form() -> None:
    toos = somebody()

    with pytest.raises(MandateRefused) as refused:
        asked(toos, actor=FATMA, origin=Origin.PAPER)

    assert (refused.value.reason, given_by(toos)) == ("form_missing", ())
    assert asked(toos, actor=FATMA, origin=Origin.PAPER, form_reference="F-2025-1").mandate.origin is Origin.PAPER


def test_the_calendar_reminds_once_and_ends_on_the_day() -> None:
    toos, ingrid = somebody(), somebody()
    active = in_force(toos, ingrid)
    assert active.ends_on is not None
    soon = active.ends_on - timedelta(days=rules().remind_days)

    assert [keep_calendar(soon), keep_calendar(soon)] == [1, 0]
    assert active.in_force(active.ends_on - timedelta(days=1))
    assert not active.in_force(active.ends_on)
    assert keep_calendar(active.ends_on) == 1
    assert one(active.id).state is MandateState.ENDED  # type: ignore[union-attr]


def test_a_mandate_ends_with_the_death_of_either() -> None:
    toos, ingrid = somebody(), somebody()
    active = in_force(toos, ingrid)

    assert end_for_deaths([toos], on=TODAY) == 1

    ended = one(active.id)
    assert ended is not None and (ended.state, ended.ended_by) == (MandateState.ENDED, "death")


def test_an_employee_decides_nothing_about_whom_they_help() -> None:
    toos, willem = somebody(), somebody()
    made = asked(toos)
    accept(made.code, willem, level=Level.SUBSTANTIAL, works_here="W.deGraaf ", on=TODAY)
    refuse_own_helper("w.degraaf", [toos])  # not in force yet
    confirm(made.mandate.id, toos, on=TODAY)

    with pytest.raises(HelpsThisPerson):
        refuse_own_helper("w.degraaf", [toos])
    refuse_own_helper("p.vandam", [toos])


def test_a_new_mandate_for_the_same_helper_takes_the_place_of_the_old_one() -> None:
    toos, ingrid = somebody(), somebody()
    old = in_force(toos, ingrid)

    new = in_force(toos, ingrid, ("geld", "gegevens"))

    assert [mandate.id for mandate in helped_by(ingrid)] == [new.id]
    assert one(old.id).ended_by == "renewed"  # type: ignore[union-attr]


def test_every_step_is_a_line_for_both_and_events_are_only_added_to(owner: psycopg.Connection) -> None:
    toos, ingrid = somebody(), somebody()
    active = in_force(toos, ingrid)
    end(active.id, actor=FATMA, by=None, on=TODAY)

    (lines,) = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'machtiging.beheren'").fetchall()
    kinds = owner.execute("SELECT kind FROM mandates_event ORDER BY id").fetchall()
    rights = owner.execute("SELECT has_table_privilege('waardig_app', 'mandates_event', 'UPDATE')").fetchall()

    assert lines == (7,)  # asking has one, each step after it one for both
    assert [kind for (kind,) in kinds] == ["invited", "accepted", "confirmed", "ended"]
    assert rights == [(False,)]
