"""Whom a court appointed: registered from the ruling, for everything or for money, ended by a ruling only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, transaction

from tests.cases.builders import at_the_same_moment
from tests.conftest import TODAY
from tests.mandates.test_voluntary import FATMA, as_helper, asked, in_force, read_name, somebody, who
from waardig.access.actions import ask, set_business_date
from waardig.access.terms import AccessRefused, Request
from waardig.identity.terms import Level
from waardig.logbook.terms import Actor
from waardig.mandates import models
from waardig.mandates.actions import accept, appoint, end, end_by_court, end_for_deaths, keep_calendar
from waardig.mandates.queries import (
    answers_for,
    appointed_for,
    given_by,
    helped_by,
    history,
    is_under_guardianship,
    one,
    opens,
    refuse_own_helper,
    rules,
    ruling,
)
from waardig.mandates.terms import (
    Action,
    Appointment,
    Basis,
    CourtOrder,
    HelpsThisPerson,
    Mandate,
    MandateRefused,
    MandateState,
)
from waardig.outbox.models import Job

pytestmark = pytest.mark.usefixtures("db")
RULED = date(2025, 3, 3)
CURATELE = CourtOrder(Appointment.CURATOR, "Rechtbank Oost", "C/25/101", RULED, date(2025, 3, 10))
BEWIND = replace(CURATELE, appointment=Appointment.ADMINISTRATOR, reference="C/25/202")
SERVICE = "individuele_inkomenstoeslag"


def appointed(principal: UUID, helper: UUID, order: CourtOrder = CURATELE) -> Mandate:
    return appoint(principal, helper, order, actor=FATMA, on=TODAY)


def reads(principal: UUID, helper: UUID, mandate: Mandate, activity: str, attribute: str) -> bool:
    request = Request(activity, frozenset({attribute}), (principal,), as_helper(helper, mandate), TODAY)
    try:
        ask(request)
    except AccessRefused:
        return False
    return True


def test_a_curator_acts_for_everything_and_has_no_last_day() -> None:
    person, curator = somebody(), somebody("Bakker")

    found = appointed(person, curator)

    assert (found.basis, found.action, found.starts_on, found.ends_on) == (
        Basis.CURATORSHIP, Action.ANSWER, date(2025, 3, 10), None,
    )  # fmt: skip
    for theme in rules().themes:
        assert ruling(who(curator), person, Action.ANSWER, theme=theme.id).is_allowed, theme
    assert opens(found.authority, SERVICE)
    assert answers_for(as_helper(curator, found), person, on=TODAY, service=SERVICE)
    assert read_name(person, as_helper(curator, found)) == 1
    assert reads(person, curator, found, "machtiging.gegevens", "uitkeringen.norm")
    assert reads(person, curator, found, "correctie", "uitkeringen.norm")
    assert is_under_guardianship(person, on=TODAY)
    assert found.in_force(date(2060, 1, 1))


def test_an_administrator_acts_for_money_and_for_nothing_else() -> None:
    person, administrator = somebody(), somebody("Bakker")

    found = appointed(person, administrator, replace(BEWIND, until=date(2026, 3, 9)))

    assert (found.basis, found.themes, found.ends_on) == (
        Basis.ADMINISTRATION, frozenset({"geld"}), date(2026, 3, 10),
    )  # fmt: skip
    assert ruling(who(administrator), person, Action.ANSWER, theme="geld").is_allowed
    assert ruling(who(administrator), person, Action.ANSWER, theme="post").reason == "outside_scope"
    assert not reads(person, administrator, found, "correctie", "uitkeringen.norm")
    assert opens(found.authority, SERVICE)
    assert not is_under_guardianship(person, on=TODAY)
    assert not found.in_force(date(2026, 3, 10))


def test_nobody_else_and_nobody_before_the_first_day_acts() -> None:
    person, curator, stranger = somebody(), somebody("Bakker"), somebody("Smit")
    found = appointed(person, curator, replace(CURATELE, starts_on=TODAY + timedelta(days=1)))

    assert ruling(who(curator), person, Action.VIEW).reason == "not_yet"
    assert ruling(who(stranger), person, Action.VIEW).reason == "no_authority"
    assert ruling(who(curator, Level.LOW), person, Action.VIEW).reason == "level_too_low"
    with pytest.raises(AccessRefused):
        read_name(person, as_helper(curator, found))
    with pytest.raises(AccessRefused):
        read_name(person, as_helper(stranger, found))


@pytest.mark.parametrize("action", list(Action))
def test_the_person_keeps_reading_and_acting_for_themself(action: Action) -> None:
    person = somebody()
    appointed(person, somebody("Bakker"))

    assert ruling(who(person), person, action).reason == "self"


def test_the_same_ruling_twice_is_once_also_at_the_same_moment() -> None:
    person, curator = somebody(), somebody("Bakker")

    found = at_the_same_moment(lambda: appointed(person, curator).id, lambda: appointed(person, curator).id)

    assert len(set(found)) == 1
    assert appointed(person, curator).id == found[0]
    assert models.Mandate.objects.filter(principal=person).count() == 1


def test_two_may_be_appointed_and_a_new_ruling_takes_the_place_of_the_old() -> None:
    person, first, second = somebody(), somebody("Bakker"), somebody("Smit")
    old = appointed(person, first, BEWIND)
    appointed(person, second, BEWIND)

    new = appointed(person, first, replace(BEWIND, reference="C/25/303"))

    assert new in appointed_for(person, on=TODAY)
    assert len(appointed_for(person, on=TODAY)) == 2
    assert (one(old.id).state, one(old.id).ended_by) == (MandateState.ENDED, "renewed")  # type: ignore[union-attr]


def test_neither_the_person_nor_who_represents_nor_an_employee_ends_it() -> None:
    person, curator = somebody(), somebody("Bakker")
    found = appointed(person, curator)

    for actor, by in (
        (Actor("resident", str(person)), person),
        (Actor("resident", str(curator)), curator),
        (FATMA, None),
    ):
        with pytest.raises(MandateRefused) as refused:
            end(found.id, actor=actor, by=by, on=TODAY)
        assert refused.value.reason == "court_only"
    with pytest.raises(MandateRefused):
        end_by_court(found.id, reference="C/25/9", ruled_on=TODAY, actor=Actor("resident", str(person)), on=TODAY)

    assert one(found.id) == found


def test_a_ruling_ends_it_at_once_and_once() -> None:
    person, curator = somebody(), somebody("Bakker")
    found = appointed(person, curator)
    gone = {"reference": "C/25/900", "ruled_on": TODAY, "actor": FATMA, "on": TODAY}

    assert end_by_court(found.id, **gone) == end_by_court(found.id, **gone)  # type: ignore[arg-type]

    stopped = one(found.id)
    assert stopped is not None
    assert (stopped.state, stopped.ended_on, stopped.ended_by) == (MandateState.ENDED, TODAY, "court")
    assert (given_by(person), helped_by(curator)) == ((), ())
    with pytest.raises(AccessRefused):
        read_name(person, as_helper(curator, found))


@pytest.mark.parametrize(
    ("reference", "ruled_on", "reason"),
    [
        ("", TODAY, "order_incomplete"),
        ("C/1", date(2025, 3, 2), "order_days"),
        ("C/1", date(2025, 4, 29), "order_days"),
    ],
)
def test_an_end_without_a_fitting_ruling_changes_nothing(reference: str, ruled_on: date, reason: str) -> None:
    found = appointed(somebody(), somebody("Bakker"))

    with pytest.raises(MandateRefused) as refused:
        end_by_court(found.id, reference=reference, ruled_on=ruled_on, actor=FATMA, on=TODAY)

    assert (refused.value.reason, one(found.id)) == (reason, found)


def test_a_mandate_of_people_is_not_ended_as_if_a_court_had_given_it() -> None:
    found = in_force(somebody(), somebody("Bakker"))

    with pytest.raises(MandateRefused):
        end_by_court(found.id, reference="C/1", ruled_on=TODAY, actor=FATMA, on=TODAY)

    assert one(found.id) == found


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"court": " "}, "order_incomplete"),
        ({"reference": ""}, "order_incomplete"),
        ({"ruled_on": TODAY + timedelta(days=1), "starts_on": TODAY + timedelta(days=2)}, "order_days"),
        ({"starts_on": date(2025, 3, 2)}, "order_days"),
        ({"until": date(2025, 3, 9)}, "order_days"),
        ({"until": TODAY - timedelta(days=1)}, "order_days"),
    ],
)
def test_an_incomplete_ruling_registers_nothing(changes: dict[str, object], reason: str) -> None:
    person, curator = somebody(), somebody("Bakker")

    with pytest.raises(MandateRefused) as refused:
        appointed(person, curator, replace(CURATELE, **changes))  # type: ignore[arg-type]

    assert (refused.value.reason, given_by(person)) == (reason, ())


def test_only_an_employee_registers_and_nobody_represents_themself() -> None:
    person, curator = somebody(), somebody("Bakker")

    for actor in (Actor("resident", str(person)), Actor("resident", str(curator)), Actor("organisation", "99990403")):
        with pytest.raises(MandateRefused):
            appoint(person, curator, CURATELE, actor=actor, on=TODAY)
    with pytest.raises(MandateRefused) as refused:
        appointed(person, person)

    assert (refused.value.reason, given_by(person)) == ("order_self", ())


def test_with_a_curator_every_mandate_given_and_held_is_over_and_none_can_be_given() -> None:
    person, helper, other, curator = somebody(), somebody("Wit"), somebody("Smit"), somebody("Bakker")
    given, held = in_force(person, helper), in_force(other, person)
    waiting = asked(person)

    appointed(person, curator)

    states = [one(mandate.id).state for mandate in (given, held, waiting.mandate)]  # type: ignore[union-attr]
    assert states == [MandateState.ENDED, MandateState.ENDED, MandateState.DECLINED]
    with pytest.raises(MandateRefused) as refused:
        asked(person)
    assert refused.value.reason == "under_guardianship"
    with pytest.raises(MandateRefused):
        accept(waiting.code, helper, level=Level.SUBSTANTIAL, on=TODAY)


def test_an_administrator_leaves_what_the_person_gave_themself() -> None:
    person, helper = somebody(), somebody("Wit")
    given = in_force(person, helper)

    appointed(person, somebody("Bakker"), BEWIND)

    assert one(given.id) == given
    assert asked(person).mandate.state is MandateState.INVITED


def test_the_last_day_of_the_ruling_and_a_death_end_it() -> None:
    first, second, curator = somebody(), somebody(), somebody("Bakker")
    until = appointed(first, curator, replace(CURATELE, until=date(2025, 5, 31)))
    forever = appointed(second, curator)

    assert keep_calendar(date(2025, 5, 20)) == 0
    assert keep_calendar(date(2025, 6, 1)) == 1
    assert one(until.id).ended_by == "calendar"  # type: ignore[union-attr]
    assert keep_calendar(date(2045, 6, 1)) == 0
    assert end_for_deaths([second], on=date(2025, 6, 2)) == 1
    assert one(forever.id).ended_by == "death"  # type: ignore[union-attr]


def test_whom_a_court_gives_does_not_count_for_how_many_one_may_help() -> None:
    curator = somebody("Bakker")
    for _ in range(rules().most_persons):
        appointed(somebody(), curator)

    assert in_force(somebody(), curator).state is MandateState.ACTIVE


def test_both_find_it_in_their_log_and_it_is_told_once(owner: psycopg.Connection) -> None:
    person, curator = somebody(), somebody("Bakker")

    found = appointed(person, curator)

    rows = owner.execute(
        "SELECT count(*) FROM log.line WHERE name = 'wij legden vast wie de rechter aanwees om voor u te handelen'"
    ).fetchone()
    assert rows == (2,)
    keys = [job.key for job in Job.objects.filter(topic="mandates.changed")]
    assert keys == [f"{found.id}:appointed"]


def test_the_database_refuses_an_appointment_without_a_ruling_and_an_end_without_one(owner: psycopg.Connection) -> None:
    found = appointed(somebody(), somebody("Bakker"))

    for change in ({"ruled_on": None}, {"court_reference": ""}, {"ended_by": "principal"}, {"appointment": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Mandate.objects.filter(id=found.id).update(**change)


def test_the_canonical_history_names_the_appointment() -> None:
    appointed(somebody(), somebody("Bakker"))

    (row,) = [row for row in history() if row.get("appointment")]

    assert (row["appointment"], row["ruled_on"], row["origin"], row["themes"]) == (
        "curator", "2025-03-03", "court", ["*"],
    )  # fmt: skip


def test_an_ended_appointment_is_refused_on_every_later_day() -> None:
    person, curator = somebody(), somebody("Bakker")
    found = appointed(person, curator, replace(CURATELE, until=date(2025, 5, 31)))

    set_business_date(date(2025, 6, 1))

    assert ruling(who(curator), person, Action.VIEW, on=date(2025, 6, 1)).reason == "ended"
    request = Request("machtiging.meekijken", frozenset({"brp.naam"}), (person,), as_helper(curator, found),
                      date(2025, 6, 1))  # fmt: skip
    with pytest.raises(AccessRefused):
        ask(request)


def test_who_works_here_decides_nothing_about_whom_they_represent() -> None:
    person = somebody()
    appoint(person, somebody("Bakker"), CURATELE, actor=FATMA, on=TODAY, works_here="w.degraaf")

    with pytest.raises(HelpsThisPerson):
        refuse_own_helper("W.deGraaf", [person])
    refuse_own_helper("p.vandam", [person])
