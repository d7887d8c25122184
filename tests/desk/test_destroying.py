"""Vernietigen at the desk: one makes a list, another approves it, a reason is asked to keep something."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from tests.archive.builders import DAAN, IN_JULY, MARIT, REASON, a_no, listed, work
from tests.cases.builders import lines
from tests.desk.builders import a_decider, at_the_counter, words_of
from tests.identity.signing_in import an_employee, signed_in_client
from waardig.access.actions import set_business_date
from waardig.archive import actions, models, queries
from waardig.archive.terms import LineState, ListState
from waardig.cases.queries import case as case_of

HOME = "/balie/vernietigen/"


@pytest.fixture(autouse=True)
def _in_july(db: None) -> None:
    set_business_date(IN_JULY)


def marit() -> Client:
    return signed_in_client(an_employee("archief", number=MARIT, name="Marit Kuiper"))


def daan() -> Client:
    return signed_in_client(an_employee("archief", number=DAAN, name="Daan Smits"))


def post(client: Client, identity: UUID, step: str, **typed: str) -> object:
    return client.post(f"{HOME}{identity}/", {"step": step, **typed})


def test_one_makes_a_list_and_another_approves_it_after_copying_the_count(db: None) -> None:
    set_business_date(IN_JULY)
    case = a_no()
    first, second = marit(), daan()
    set_business_date(IN_JULY)

    made = words_of(first.post(HOME, {"step": "make"}, follow=True))

    found = models.DestructionList.objects.get()
    assert "Vernietigingslijst RW-2025-V0001" in made
    assert "U maakte deze lijst. Een collega moet hem nakijken en goedkeuren." in made
    own = post(first, found.id, "approve", count="1", shown=found.sha256)
    assert (own.status_code, queries.list_of(found.id).state) == (400, ListState.DRAFT)
    assert "U maakte lijst RW-2025-V0001. Een collega keurt hem goed." in words_of(own)
    for typed in ({"count": "2", "shown": found.sha256}, {"count": "1", "shown": "0" * 64}, {}):
        wrong = post(second, found.id, "approve", **typed)
        assert (wrong.status_code, queries.list_of(found.id).state) == (400, ListState.DRAFT)
        assert "Lijst RW-2025-V0001 is veranderd nadat u hem bekeek." in words_of(wrong)
    assert post(second, found.id, "approve", count="1", shown=found.sha256).status_code == 302
    assert "De computer vernietigt nu zaak voor zaak." in words_of(second.get(f"{HOME}{found.id}/"))
    assert case_of(case.id).number == case.number

    work()

    said = words_of(second.get(f"{HOME}{found.id}/")).replace("\xa0", " ")
    assert "Goedgekeurd door Daan Smits op 1 juli" in said and "1 regel is vernietigd." in said
    assert f"1. {case.number}" in said


def test_the_declaration_is_the_same_file_each_time(db: None) -> None:
    a_no()
    made = listed()
    actions.approve(made.id, DAAN, on=IN_JULY, shown=made.sha256)
    work()

    given, again = post(marit(), made.id, "declaration"), post(daan(), made.id, "declaration")

    assert given["Content-Disposition"] == f'attachment; filename="{made.number}.zip"'
    assert given.content == again.content
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        assert packed.namelist() == [f"{made.number}-verklaring.json", f"{made.number}-regels.csv"]


def test_a_line_is_taken_off_and_a_list_refused_only_with_a_reason(db: None) -> None:
    first, second = a_no(), a_no()
    made, client = listed(), daan()

    for step in ("remove", "withdraw"):
        refused = post(client, made.id, step, place="1", reason="Kort")
        assert (refused.status_code, queries.list_of(made.id)) == (400, made)
        assert "Schrijf op waarom, in minstens tien letters." in words_of(refused)
    assert post(client, made.id, "remove", place="1", reason=REASON).status_code == 302
    said = words_of(client.get(f"{HOME}{made.id}/"))
    assert "van de lijst gehaald: De rechter vroeg het dossier op." in said
    assert [one.state for one in queries.lines_of(made.id)] == [LineState.REMOVED, LineState.WAITING]

    assert post(client, made.id, "withdraw", reason=REASON).status_code == 302
    assert "Deze lijst is ingetrokken." in words_of(client.get(f"{HOME}{made.id}/"))
    assert case_of(first.id).number == first.number and case_of(second.id).number == second.number


def test_with_nothing_due_no_list_is_made_and_the_page_says_so(db: None) -> None:
    client = marit()

    said = words_of(client.get(HOME))
    refused = client.post(HOME, {"step": "make"})

    assert "Er is nog geen lijst." in said
    assert "Van geen enkele zaak is de termijn om te bewaren voorbij." in said
    assert refused.status_code == 400 and "Er is nu niets dat mag worden vernietigd." in words_of(refused)
    assert queries.lists() == ((), 0)


def test_the_pages_say_how_much_is_past_its_term_and_what_is_kept_longer(db: None) -> None:
    case = a_no()
    actions.place_hold(case.number, MARIT, REASON, on=IN_JULY)
    set_business_date(IN_JULY)
    actions.appraise()

    said = words_of(daan().get(HOME)).replace("\xa0", " ")

    assert "Van 1 zaak is de termijn om te bewaren voorbij." in said
    assert f"Langer bewaard Zaak Waarom? Kijk opnieuw op Door {case.number}" in said and REASON in said


def test_a_case_is_kept_longer_and_not_any_longer_from_the_page_and_the_resident_reads_it(
    db: None, owner: psycopg.Connection
) -> None:
    case = a_no()
    client, other = marit(), daan()
    set_business_date(IN_JULY)
    keep = {"step": "hold", "number": case.number, "reason": REASON, "until": "1-10-2025"}

    assert [client.post(HOME, keep).status_code for _ in range(2)] == [302, 302]

    (held,) = queries.placed_holds()
    assert (held.number, held.reason, held.placed_by, held.until) == (case.number, REASON, MARIT, date(2025, 10, 1))
    assert lines(owner, case.applicant, "archief.langer") == ["allow"]
    said = words_of(other.get(HOME)).replace("\xa0", " ")
    assert "1 oktober 2025" in said and "Is dit nog nodig?" not in said
    assert other.post(HOME, {"step": "make"}).status_code == 400
    set_business_date(date(2025, 10, 1))
    assert "Is dit nog nodig?" in words_of(other.get(HOME))
    assert other.post(HOME, {"step": "make"}).status_code == 400, "the day to look again ends nothing by itself"

    lift = {"step": "lift", "lift_number": case.number, "lift_reason": "De uitspraak is er, niemand ging in beroep."}
    assert other.post(HOME, lift).status_code == 302

    assert queries.placed_holds() == ()
    assert lines(owner, case.applicant, "archief.langer") == ["allow", "allow"]
    assert other.post(HOME, {"step": "make"}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"number": "RW 2025 9999"}, "Deze zaak bestaat niet"),
        ({"reason": "Kort"}, "Schrijf op waarom, in minstens tien letters."),
        ({"until": "morgen"}, "Schrijf de dag zo: 28-4-2026."),
        ({"until": "1-7-2025"}, "Kies een dag die nog komt."),
    ],
)
def test_what_is_wrong_about_keeping_longer_is_said_and_keeps_what_was_typed(
    db: None, owner: psycopg.Connection, wrong: dict[str, str], says: str
) -> None:
    case = a_no()
    typed = {"number": case.number, "reason": REASON, "until": "1-10-2025", **wrong}

    page = marit().post(HOME, {"step": "hold", **typed})

    assert (page.status_code, says in words_of(page)) == (400, True)
    assert all(value in page.content.decode() for value in typed.values())
    assert queries.placed_holds() == ()
    assert lines(owner, case.applicant, "archief.langer") == []


def test_a_case_that_nobody_keeps_cannot_be_let_go(db: None) -> None:
    case = a_no()

    page = marit().post(HOME, {"step": "lift", "lift_number": case.number, "lift_reason": REASON})

    assert page.status_code == 400 and "wordt niet extra bewaard" in words_of(page)


def test_nobody_else_sees_or_does_any_of_this(db: None) -> None:
    a_no()
    made = listed()

    for client in (a_decider(), at_the_counter()):
        assert client.get(HOME).status_code == 403
        assert post(client, made.id, "approve", count="1", shown=made.sha256).status_code == 403
    assert marit().get(f"{HOME}{UUID(int=0)}/").status_code == 404
    assert queries.list_of(made.id) == made
