"""Betalen at the desk: one makes a list, another releases it; what a person looks at first; what the bank said."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cases.builders import resident
from tests.desk.builders import a_caseworker, a_decider, at_the_counter, words_of
from tests.identity.signing_in import an_employee, signed_in_client
from tests.payments.builders import OTHER_IBAN, a_draft, a_grant, a_released, account, an_order, pain002, take_in, work
from waardig.payments import models, queries
from waardig.payments.terms import OrderState


def nadia() -> Client:
    return signed_in_client(an_employee("betalen", number="n.visser", name="Nadia Visser"))


def joost() -> Client:
    return signed_in_client(an_employee("betalen", number="j.dekker", name="Joost Dekker"))


def page(client: Client, identity: UUID, **posted: str) -> object:
    address = f"/balie/betalen/lijsten/{identity}/"
    return client.post(address, posted) if posted else client.get(address)


def test_one_makes_a_list_and_another_releases_it_after_copying_the_total(db: None) -> None:
    an_order()
    first, second = nadia(), joost()

    made = first.post("/balie/betalen/", {"step": "make"}, follow=True)

    listed = models.PaymentList.objects.get()
    assert "Betaallijst RW-2025-L0001" in words_of(made)
    assert "U maakte deze lijst. Een collega moet hem nakijken en vrijgeven." in words_of(made)
    assert page(first, listed.id, step="release", total="521,97").status_code == 400
    wrong = page(second, listed.id, step="release", total="521,98")
    assert (wrong.status_code, models.PaymentList.objects.get().state) == (400, "draft")
    assert "Lijst RW-2025-L0001 is veranderd. Bekijk de lijst opnieuw." in words_of(wrong)
    assert page(second, listed.id, step="release", total="521,97").status_code == 302
    said = words_of(page(first, listed.id)).replace("\xa0", " ")
    assert "Vrijgegeven door Joost Dekker op 12 mei" in said and "Deze lijst verandert niet meer." in said


def test_the_files_of_a_released_list_are_given_to_who_may_pay(db: None) -> None:
    released = a_released(2)

    bank = page(joost(), released.id, step="pain")
    package = page(joost(), released.id, step="package")

    assert bank["Content-Disposition"] == 'attachment; filename="RW-2025-L0001.xml"'
    assert bank.content.startswith(b"<?xml")
    with zipfile.ZipFile(io.BytesIO(package.content)) as packed:
        assert packed.namelist() == ["RW-2025-L0001.csv", "RW-2025-L0001.manifest.json"]
    assert page(joost(), released.id, step="package").content == package.content


def test_a_decider_reads_along_and_can_do_nothing(db: None) -> None:
    draft = a_draft()
    client = a_decider()

    shown = page(client, draft.id)

    assert shown.status_code == 200 and "Geef deze lijst vrij" not in words_of(shown)
    assert page(client, draft.id, step="release", total="521,97").status_code == 404
    assert client.post("/balie/betalen/", {"step": "make"}).status_code == 404
    assert queries.payment_list(draft.id) == draft


def test_the_counter_has_no_business_with_payments(db: None) -> None:
    draft = a_draft()

    assert page(at_the_counter(), draft.id).status_code in (403, 404)


def test_no_page_of_paying_shows_a_name_or_an_account(db: None) -> None:
    released = a_released(2)
    an_order(iban=OTHER_IBAN)
    nadia().post("/balie/betalen/", {"step": "make"})
    order = models.Order.objects.get(state="to_person")
    addresses = ("", "aansluiting/", f"lijsten/{released.id}/", f"betalingen/{order.id}/")

    for place in addresses:
        said = joost().get(f"/balie/betalen/{place}")
        assert said.status_code == 200
        assert not any(word in words_of(said) for word in ("Vos", account(0), "TEST0123", "0123 4567")), place


def test_an_official_looks_at_a_new_account_and_lets_it_be_paid(db: None) -> None:
    order = an_order(iban=OTHER_IBAN)
    client = nadia()
    said = client.post("/balie/betalen/", {"step": "make"}, follow=True)
    assert "1 betalingen gaan eerst naar een mens." in words_of(said)

    shown = client.get(f"/balie/betalen/betalingen/{order.id}/")
    assert "De rekening is nieuw. Bel de inwoner en vraag of dit de goede rekening is." in words_of(shown)
    client.post(f"/balie/betalen/betalingen/{order.id}/", {"step": "again"})

    assert queries.order(order.id).state is OrderState.READY


def test_a_wrong_account_is_refused_and_stays_typed_and_a_right_one_is_kept(db: None) -> None:
    order = an_order(iban=OTHER_IBAN)
    client = nadia()
    client.post("/balie/betalen/", {"step": "make"})
    place = f"/balie/betalen/betalingen/{order.id}/"

    wrong = client.post(place, {"step": "account", "iban": "NL00 WAAR 0000"})

    assert wrong.status_code == 400 and 'value="NL00 WAAR 0000"' in wrong.content.decode()
    assert "Dit is geen goed rekeningnummer (IBAN)." in words_of(wrong)
    assert client.post(place, {"step": "account", "iban": account(3)}).status_code == 302
    assert queries.order(order.id).state is OrderState.READY


def test_what_the_bank_says_is_read_and_told(db: None) -> None:
    released = a_released(2)
    first, second = queries.lines_of(released.id)
    content = pain002((first.order.number, "ACSC", ""), (second.order.number, "RJCT", "AC04"), ("XX-1", "ACSC", ""))

    said = nadia().post(
        "/balie/betalen/", {"step": "take_in", "file": SimpleUploadedFile("status.xml", content)}, follow=True
    )

    assert "3 regels gelezen, 3 waren nieuw." in words_of(said)
    assert "Teruggekomen van de bank: de rekening is opgeheven." in words_of(said)
    agreed = words_of(joost().get("/balie/betalen/aansluiting/"))
    assert "Gevraagd: 2 · € 1.043,94" in agreed.replace("\xa0", " ")
    assert "deze betaling kennen wij niet" in agreed.lower()


@pytest.mark.parametrize("content", [b"", b"geen bestand"])
def test_a_file_that_is_none_is_refused_in_words(db: None, content: bytes) -> None:
    said = nadia().post("/balie/betalen/", {"step": "take_in", "file": SimpleUploadedFile("x.xml", content)})

    assert said.status_code == 400
    assert "Dit bestand is niet te lezen. Er is niets verwerkt." in words_of(said)


def test_the_case_at_the_desk_tells_where_its_payment_stands(db: None) -> None:
    granted = a_grant()
    work()

    said = words_of(a_caseworker().get(f"/balie/zaken/{granted.case}/"))

    assert "Betaling RW-2025-0001-B1" in said and "Klaar om te betalen" in said
    assert "Betaling klaargezet" in said


def test_the_resident_reads_by_when_it_is_paid_then_when_it_was_and_when_it_came_back(db: None) -> None:
    granted = a_grant()
    work()
    (order,) = queries.orders_of_cases([granted.case])[granted.case]
    from tests.identity.signing_in import a_resident as somebody

    client = signed_in_client(somebody(order.beneficiary))
    assert "Wordt betaald uiterlijk op maandag 23 juni 2025" in words_of(client.get("/"))
    listed = nadia().post("/balie/betalen/", {"step": "make"}, follow=True)
    assert listed.status_code == 200
    made = models.PaymentList.objects.get()
    page(joost(), made.id, step="release", total="521,97")

    take_in(pain002((order.number, "ACSC", "")))

    assert "Betaald op donderdag 15 mei 2025" in words_of(client.get("/"))
    assert resident(order.beneficiary).id == str(order.beneficiary)
