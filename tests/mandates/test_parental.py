"""Parental authority as the population register states it: until the day itself, never an address, in the log."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import TODAY
from tests.desk.builders import words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.access.actions import ask, set_business_date
from waardig.access.terms import AccessRefused, Request
from waardig.identity.terms import Kind, Level, Who
from waardig.kernel.days import of_age_on
from waardig.logbook.terms import Actor
from waardig.mandates.queries import children_of, ruling
from waardig.mandates.terms import PARENT_ROLE, Action, Basis
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.adapters.parents import PARENTS
from waardig.registers.queries import take
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")
BIRTHDAY = date(2025, 6, 28)
JELLE = {"voorletters": "J.", "geslachtsnaam": "Hoekstra", "geslacht": "M"}


def a_person(name: dict[str, str] | None = None) -> UUID:
    person = uuid4()
    enrol_persons([(person, None)])
    store_facts(
        [NewFact(person, "brp.naam", name or {"geslachtsnaam": "Hoekstra", "geslacht": "V"}, date(1977, 1, 30))]
    )
    return person


def a_child(*parents: UUID, born: str = "2007-06-28", until: date | None = None) -> UUID:
    child, since = a_person(JELLE), date(2007, 6, 28)
    store_facts(
        [
            NewFact(child, "brp.geboortedatum", born, since),
            NewFact(child, "brp.adres", {"straat": "Geheimpad", "huisnummer": "9"}, since),
            *(
                NewFact(child, attribute, {"person": str(parent)}, since, until)
                for attribute, parent in zip(PARENTS, parents, strict=False)
            ),
        ]
    )
    return child


def who(person: UUID, level: Level = Level.SUBSTANTIAL) -> Who:
    return Who(Kind.RESIDENT, person, level=level, means="digid")


def reads(parent: UUID, child: UUID, attribute: str = "brp.naam") -> int:
    actor = Actor("resident", str(parent), PARENT_ROLE)
    return len(take(ask(Request("machtiging.gegevens", frozenset({attribute}), (child,), actor, TODAY))))


def test_both_parents_with_authority_see_a_child_and_nobody_else_does() -> None:
    mother, father, stranger = a_person(), a_person(), a_person()
    child = a_child(mother, father)

    for parent in (mother, father):
        judged = ruling(who(parent), child, Action.VIEW)
        assert judged.authority is not None
        assert (judged.is_allowed, judged.authority.basis, judged.authority.ended_on) == (
            True,
            Basis.PARENTAL,
            BIRTHDAY,
        )
        assert [one.represented for one in children_of(who(parent))] == [child]
        assert reads(parent, child) == 1
    assert not ruling(who(stranger), child, Action.VIEW).is_allowed
    assert children_of(who(stranger)) == ()
    with pytest.raises(AccessRefused):
        reads(stranger, child)


def test_it_ends_by_itself_on_the_birthday_and_not_a_day_earlier() -> None:
    mother = a_person()
    child = a_child(mother)
    try:
        set_business_date(BIRTHDAY - timedelta(days=1))
        assert ruling(who(mother), child, Action.VIEW).is_allowed
        assert reads(mother, child) == 1

        set_business_date(BIRTHDAY)
        assert not ruling(who(mother), child, Action.VIEW).is_allowed
        assert children_of(who(mother)) == ()
        with pytest.raises(AccessRefused):
            reads(mother, child)
    finally:
        set_business_date(TODAY)


def test_who_was_born_on_29_february_is_18_on_1_march_in_law_and_in_the_gate() -> None:
    mother = a_person()
    child = a_child(mother, born="2008-02-29")
    assert of_age_on(date(2008, 2, 29)) == date(2026, 3, 1)
    try:
        for day, sees in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
            set_business_date(day)
            assert ruling(who(mother), child, Action.VIEW).is_allowed is sees
    finally:
        set_business_date(TODAY)


@pytest.mark.parametrize("born", ["2007", "2007-06"])
def test_a_date_of_birth_that_is_not_wholly_known_gives_nothing_by_itself(born: str) -> None:
    mother = a_person()
    child = a_child(mother, born=born)

    assert not ruling(who(mother), child, Action.VIEW).is_allowed


def test_authority_that_a_court_ended_gives_nothing() -> None:
    mother = a_person()
    child = a_child(mother, until=TODAY - timedelta(days=1))

    assert not ruling(who(mother), child, Action.VIEW).is_allowed


def test_a_parent_never_learns_an_address_and_an_uncertain_sign_in_gives_nothing() -> None:
    mother = a_person()
    child = a_child(mother)

    with pytest.raises(AccessRefused):
        reads(mother, child, "brp.adres")
    assert ruling(who(mother, Level.LOW), child, Action.VIEW).reason == "level_too_low"
    assert children_of(who(mother, Level.LOW)) == ()


def test_a_parent_reads_in_the_portal_and_the_child_sees_that_a_parent_did() -> None:
    mother = a_person()
    child = a_child(mother)
    hers, his = signed_in_client(a_resident(mother)), signed_in_client(a_resident(child))

    assert "Uw kind, tot en met 27 juni 2025" in words_of(hers.get("/namens/"))
    hers.post(f"/namens/{child}/")
    page = hers.get("/gegevens/")

    assert "Gegevens van meneer Hoekstra" in words_of(page) and "Geheimpad" not in page.content.decode()
    assert hers.get("/gebruik/").status_code == 403
    assert "Uw ouder bekeek gegevens van u" in words_of(his.get("/gebruik/"))
