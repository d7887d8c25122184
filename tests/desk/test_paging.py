"""An address past the last page of a list goes to the last page, in every list and in every face."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.desk.builders import a_caseworker, at_the_counter, find, somebody_with_a_number
from tests.identity.signing_in import a_resident, an_employee, signed_in_client
from tests.inbox.builders import a_message, send
from waardig.identity.terms import Role

pytestmark = pytest.mark.usefixtures("db")
LISTS = (
    ("/balie/vernietigen/", "archief"),
    ("/balie/post/", "beslisser"),
    ("/balie/betalen/", "beslisser"),
    ("/balie/beslissen/", "beslisser"),
    ("/balie/bekijken/", "beslisser"),
    ("/balie/meldingen/", "beslisser"),
    ("/balie/vragen/", "beslisser"),
    ("/balie/bezwaren/", "beslisser"),
    ("/balie/systeem/", Role.SYSTEM.value),
    ("/balie/reacties/", "beleid"),
)


@pytest.mark.parametrize(("address", "role"), LISTS)
def test_past_the_last_page_of_a_list_of_the_desk_is_the_last_page(address: str, role: str) -> None:
    client = signed_in_client(an_employee(role))

    past = client.get(address, {"pagina": "999", "dienst": "meedoenregeling"})

    assert past.status_code == 302
    assert urlsplit(past["Location"]).path == address
    assert parse_qs(urlsplit(past["Location"]).query) == {"pagina": ["1"], "dienst": ["meedoenregeling"]}
    assert client.get(past["Location"]).status_code == 200


def test_past_the_last_page_of_more_than_one_page_is_the_last_one() -> None:
    vos = somebody_with_a_number()
    send(*(a_message(vos, key=f"message:{number}") for number in range(21)))
    his = signed_in_client(a_resident(vos))

    past = his.get("/berichten/", {"pagina": "7"})

    assert (past.status_code, past["Location"]) == (302, "/berichten/?pagina=2")
    assert his.get("/berichten/", {"pagina": "2"}).status_code == 200


def test_the_counter_and_the_resident_go_the_same_way() -> None:
    vos = somebody_with_a_number()
    desk = at_the_counter()
    find(desk)

    for client, address in (
        (desk, "/balie/loket/gebruik/"),
        (desk, "/balie/loket/berichten/"),
        (signed_in_client(a_resident(vos)), "/gebruik/"),
    ):
        assert client.get(address, {"pagina": "99"})["Location"] == f"{address}?pagina=1"


def test_what_is_no_number_is_the_first_page() -> None:
    for asked in ("0", "-1", "x", "", "1e3", "99999999"):
        assert a_caseworker().get("/balie/vragen/", {"pagina": asked}).status_code == 200
