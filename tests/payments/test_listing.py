"""A list: two people check it, an account that may be wrong goes to a person, and after release nothing changes."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction

from tests.cases.builders import MAY_12, TODAY, a_resident, lines
from tests.payments.builders import (
    IBAN,
    JOOST,
    NADIA,
    OTHER_IBAN,
    a_draft,
    a_released,
    account,
    an_order,
    make,
)
from waardig.payments import actions, models, queries
from waardig.payments.terms import (
    AccountInvalid,
    BeyondPaymentMandate,
    ListChanged,
    ListState,
    NothingToPay,
    NotReleased,
    OrderNotPossible,
    OrderState,
    SameOfficial,
)
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact


def state_of(order: object) -> tuple[str, str]:
    found = queries.order(order)  # type: ignore[arg-type]
    return found.state.value, found.reason


def test_a_list_has_number_count_control_total_sums_and_a_working_day_to_execute(db: None) -> None:
    draft = a_draft(3)

    assert (draft.number, draft.state, draft.count, draft.total_eurocent) == ("RW-2025-L0001", "draft", 3, 156_591)
    assert draft.execution_on == date(2025, 5, 14)
    (service,) = queries.totals_of(queries.lines_of(draft.id)).services
    assert (service.service, service.count, service.eurocent) == ("individuele_inkomenstoeslag", 3, 156_591)
    assert [line.place for line in queries.lines_of(draft.id)] == [1, 2, 3]


def test_execution_never_falls_in_a_weekend_or_on_a_holiday(db: None) -> None:
    an_order(on=date(2025, 5, 28))

    made = actions.make_list(NADIA, on=date(2025, 5, 28))  # a Wednesday; Thursday is Ascension Day

    assert made.list and made.list.execution_on == date(2025, 6, 2)


def test_nothing_ready_is_said_and_makes_no_list(db: None) -> None:
    with pytest.raises(NothingToPay):
        make()
    assert models.PaymentList.objects.count() == 0
    assert models.Counter.objects.count() == 0


def test_everybody_in_a_list_has_a_line_in_the_log_under_paying(db: None, owner: psycopg.Connection) -> None:
    draft = a_draft(2)

    for line in queries.lines_of(draft.id):
        assert lines(owner, line.order.beneficiary, "betaling.uitvoeren") == ["allow"]


def test_no_table_of_payments_holds_a_name_or_an_account(db: None, owner: psycopg.Connection) -> None:
    a_released(2)
    tables = [name for (name,) in owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'payments%'")]  # fmt: skip

    assert len(tables) == 8
    for table in tables:
        found = owner.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ 'WAAR0|Vos|IBAN'").fetchone()  # noqa: S608
        assert found == (0,), table


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iban": OTHER_IBAN}, "account_new"),
        ({"brp__overlijdensdatum": "2025-05-01"}, "person_died"),
    ],
)
def test_what_may_be_wrong_goes_to_a_person_and_not_in_a_list(db: None, changes: dict[str, str], reason: str) -> None:
    order = an_order(**changes)

    made = make()

    assert (made.list, dict(made.to_person)) == (None, {reason: 1})
    assert state_of(order.id) == ("to_person", reason)


def test_an_account_that_changed_in_the_administration_lately_goes_to_a_person(db: None) -> None:
    person = a_resident().person
    order = an_order(person=person, iban=IBAN)
    store_facts([NewFact(person, "uitkeringen.iban", account(7), date(2025, 5, 1))])
    store_facts([NewFact(person, "opgave.iban", account(7), TODAY, source="opgave bij RW 2025 0001")])

    made = make()

    assert (made.list, dict(made.to_person)) == (None, {"account_new": 1})
    assert state_of(order.id) == ("to_person", "account_new")


def test_an_account_that_two_people_share_holds_both_and_the_third_is_paid(db: None) -> None:
    first, second = an_order(), an_order()
    third = an_order(uitkeringen__iban=account(1), iban=account(1))

    made = make()

    assert made.list and made.list.count == 1
    assert dict(made.to_person) == {"account_shared": 2}
    assert [state_of(o.id) for o in (first, second, third)] == [
        ("to_person", "account_shared"), ("to_person", "account_shared"), ("listed", "")
    ]  # fmt: skip


def test_an_account_that_an_official_looked_at_is_paid(db: None) -> None:
    order = an_order(iban=OTHER_IBAN)
    make()

    checked = actions.pay_again(order.id, NADIA, on=MAY_12)

    assert (checked.state, checked.reason) == (OrderState.READY, "")
    made = make()
    assert made.list and made.list.count == 1


def test_looking_at_one_account_says_nothing_about_the_next(db: None) -> None:
    order = an_order(iban=OTHER_IBAN)
    make()
    actions.pay_again(order.id, NADIA, on=MAY_12)
    store_facts([NewFact(order.beneficiary, "opgave.iban", account(8), TODAY, source="opgave bij RW 2025 0001")])

    assert dict(make().to_person) == {"account_new": 1}


def test_somebody_who_died_is_not_paid_by_saying_that_the_account_is_right(db: None) -> None:
    order = an_order(brp__overlijdensdatum="2025-05-01")
    make()

    with pytest.raises(OrderNotPossible):
        actions.pay_again(order.id, NADIA, on=MAY_12)
    assert state_of(order.id) == ("to_person", "person_died")


def test_another_account_of_the_resident_is_kept_behind_the_gate_and_paid(db: None) -> None:
    order = an_order(iban=OTHER_IBAN)
    make()

    with pytest.raises(AccountInvalid):
        actions.give_account(order.id, "NL00 ABNA 0123 4567 89", NADIA, on=MAY_12)
    assert state_of(order.id) == ("to_person", "account_new")
    given = actions.give_account(order.id, "NL91 ABNA 0417 1643 00", NADIA, on=MAY_12)

    assert given.state is OrderState.READY
    made = make()
    assert made.list
    actions.release(made.list.id, JOOST, on=MAY_12)
    (content,) = actions.export(made.list.id, "pain", JOOST).files.values()
    assert b"<IBAN>NL91ABNA0417164300</IBAN>" in content


@pytest.mark.parametrize("official", ["f.yildiz", "p.vandam", "nobody"])
def test_who_has_no_payment_mandate_makes_and_releases_nothing(db: None, official: str) -> None:
    an_order()
    with pytest.raises(BeyondPaymentMandate):
        make(official)
    assert models.PaymentList.objects.count() == 0

    made = make()
    assert made.list
    with pytest.raises(BeyondPaymentMandate):
        actions.release(made.list.id, official, on=MAY_12)
    assert queries.payment_list(made.list.id) == made.list


def test_a_list_above_the_mandate_is_refused(db: None) -> None:
    an_order(amount=52197)
    models.Order.objects.update(amount_eurocent=25_000_001)

    with pytest.raises(BeyondPaymentMandate):
        make()
    assert models.Order.objects.get().state == "ready"


def test_who_made_a_list_does_not_release_it(db: None) -> None:
    draft = a_draft()

    with pytest.raises(SameOfficial):
        actions.release(draft.id, NADIA, on=MAY_12)

    assert queries.payment_list(draft.id) == draft


def test_who_decided_something_in_a_list_does_not_release_it(db: None) -> None:
    draft = a_draft(2)
    models.Order.objects.filter(number__endswith="0002-B1").update(decided_by=JOOST)

    with pytest.raises(SameOfficial):
        actions.release(draft.id, JOOST, on=MAY_12)

    assert queries.payment_list(draft.id) == draft


@pytest.mark.parametrize("released_by", [NADIA, "w.degraaf", ""])
def test_the_database_itself_wants_two_people(db: None, released_by: str) -> None:
    draft = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.PaymentList.objects.filter(id=draft.id).update(
            state="released", released_by=released_by, released_on=MAY_12, released_at="2025-05-12T10:00Z"
        )
    assert queries.payment_list(draft.id) == draft


def test_a_total_that_is_not_the_one_that_was_shown_is_not_released(db: None) -> None:
    draft = a_draft(2)

    with pytest.raises(ListChanged):
        actions.release(draft.id, JOOST, on=MAY_12, shown_eurocent=52197)

    assert queries.payment_list(draft.id) == draft


def test_an_account_that_changed_after_the_list_was_made_stops_the_release_and_names_the_order(db: None) -> None:
    draft = a_draft(2)
    first, _ = queries.lines_of(draft.id)
    store_facts([NewFact(first.order.beneficiary, "opgave.iban", account(9), TODAY, source="opgave bij RW 2025 0001")])

    with pytest.raises(ListChanged) as refused:
        actions.release(draft.id, JOOST, on=MAY_12)

    assert refused.value.orders == ("RW-2025-0001-B1",)
    assert queries.payment_list(draft.id) == draft
    assert actions.withdraw(draft.id, JOOST, on=MAY_12).state is ListState.WITHDRAWN
    again = make()
    assert again.list and again.list.number == "RW-2025-L0002"
    assert dict(again.to_person) == {"account_new": 1}


def test_a_released_list_is_frozen_whatever_code_tries(db: None) -> None:
    released = a_released(2)

    assert (released.state, released.released_by, released.released_on) == (ListState.RELEASED, JOOST, MAY_12)
    assert [o.state for o in models.Order.objects.all()] == ["released", "released"]
    for change in (
        lambda: models.PaymentList.objects.update(total_eurocent=1),
        lambda: models.PaymentList.objects.update(state="draft"),
        lambda: models.Line.objects.update(amount_eurocent=1),
        lambda: models.Line.objects.update(live=False),
        lambda: models.Line.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(NotReleased):
        actions.release(released.id, JOOST, on=MAY_12)
    with pytest.raises(NotReleased):
        actions.withdraw(released.id, NADIA, on=MAY_12)
    assert queries.payment_list(released.id) == released


def test_a_withdrawn_draft_gives_its_orders_back(db: None) -> None:
    draft = a_draft(2)

    actions.withdraw(draft.id, NADIA, on=MAY_12)

    assert {o.state for o in models.Order.objects.all()} == {"ready"}
    with pytest.raises(NotReleased):
        actions.release(draft.id, JOOST, on=MAY_12)
    made = make()
    assert made.list and made.list.count == 2


def test_somebody_without_a_name_goes_to_a_person(db: None) -> None:
    person = uuid4()
    enrol_persons([(person, None)])
    order = an_order()
    models.Order.objects.update(beneficiary=person)

    assert dict(make().to_person) == {"name_missing": 1}
    assert state_of(order.id) == ("to_person", "name_missing")
