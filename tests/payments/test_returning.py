"""What came back: paid, or rejected with a reason; a bad line never stops the next, and nothing counts twice."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.cases.builders import MAY_12, choose_english, letters
from tests.payments.builders import JOOST, NADIA, OTHER_IBAN, a_released, make, pain002, take_in
from waardig.cases.queries import case
from waardig.inbox import queries as inbox
from waardig.payments import actions, models, queries
from waardig.payments.actions import returning
from waardig.payments.terms import OrderNotPossible, OrderState, ReturnFileRefused

FIRST, SECOND, THIRD = (f"RW-2025-000{n}-B1" for n in (1, 2, 3))


def states() -> list[tuple[str, str]]:
    return [(o.state, o.reason) for o in models.Order.objects.order_by("number")]


def test_paid_and_rejected_arrive_at_their_orders(db: None) -> None:
    released = a_released(3)

    said = take_in(pain002((FIRST, "ACSC", ""), (SECOND, "RJCT", "AC04"), (THIRD, "PDNG", "")))

    assert said == {"applied": 2, "waiting": 1}
    assert states() == [("paid", ""), ("to_person", "bank:AC04"), ("released", "")]
    assert queries.order_by_number(FIRST).paid_on == date(2025, 5, 15)
    (report,) = queries.reconciliation()
    sums = [(part.count, part.eurocent) for part in (report.ordered, report.paid, report.rejected, report.waiting)]
    assert sums == [(3, 156_591), (1, 52_197), (1, 52_197), (1, 52_197)]
    assert report.agrees and not report.is_settled and report.list.id == released.id
    assert report.rejections == ((SECOND, "AC04"),)
    assert queries.problems() == ()


def test_the_package_says_the_same_in_its_own_words(db: None) -> None:
    a_released(3)
    content = (
        "OPDRACHTNR;BEDRAG;STATUS;REDEN;DATUM\r\n"
        f"{FIRST};521,97;BETAALD;;15-05-2025\r\n{SECOND};521,97;GEWEIGERD;AC01;15-05-2025\r\n"
        f"{THIRD};521,97;IN BEHANDELING;;15-05-2025\r\n"
    ).encode()

    assert take_in(content) == {"applied": 2, "waiting": 1}
    assert states() == [("paid", ""), ("to_person", "bank:AC01"), ("released", "")]


def test_the_same_file_twice_changes_nothing(db: None) -> None:
    released = a_released(2)
    content = pain002((FIRST, "ACSC", ""), (SECOND, "RJCT", "AC04"))
    take_in(content)
    (_, second) = queries.lines_of(released.id)
    before = list(queries.history()), len(letters(second.order.case))

    again = actions.take_in(content, on=date(2025, 5, 16), actor="bank")

    assert (again.new, dict(again.verdicts)) == (0, {"applied": 2})
    assert (list(queries.history()), len(letters(second.order.case))) == before


def test_what_does_not_fit_is_kept_and_changes_nothing(db: None) -> None:
    a_released(2)

    said = take_in(
        pain002(
            ("XX-1", "ACSC", ""), (FIRST, "ACSC", "", "521.98"), (FIRST, "ACSC", "", "veel"), (FIRST, "????", ""),
            (FIRST, "ACSC", "", "521.97"), (FIRST, "ACSC", ""), (FIRST, "RJCT", "AC04"), ("", "ACSC", ""),
        )
    )  # fmt: skip

    assert said == {"applied": 1, "contradicts": 1, "double": 1, "unknown_reference": 1, "unreadable": 3,
                    "wrong_amount": 1}  # fmt: skip
    assert states() == [("paid", ""), ("released", "")]
    wrong = [(p.number, p.reference, p.verdict.value) for p in queries.problems()]
    assert wrong[0] == (1, "XX-1", "unknown_reference") and wrong[1] == (2, FIRST, "wrong_amount")
    assert len(wrong) == 7
    assert queries.reconciliation()[0].agrees


def test_an_order_that_no_released_list_holds_cannot_be_paid_by_a_file(db: None) -> None:
    from tests.payments.builders import an_order

    an_order()

    assert take_in(pain002((FIRST, "ACSC", ""))) == {"not_in_a_list": 1}
    assert states() == [("ready", "")]


def test_a_status_of_the_whole_list_counts_for_each_order_in_it(db: None) -> None:
    a_released(2)
    content = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>S</MsgId>'
        b"<CreDtTm>2025-05-15T08:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>RW-2025-L0001</OrgnlMsgId>"
        b"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>"
        b"</CstmrPmtStsRpt></Document>"
    )

    assert take_in(content) == {"applied": 2}
    assert states() == [("to_person", "bank:FF01")] * 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<x",
        b"<x/>",
        b"\xff\xfe",
        b"A;B\r\n1;2\r\n",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x/>',
        b"\x00",
        b'<?xml version="1.0" encoding="geen"?><x/>',
        b"<a>" * 50_000 + b"</a>" * 50_000,
        '<?xml version="1.0" encoding="utf-16le"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16le"),
        b'<Document xmlns="urn:elders"><CstmrPmtStsRpt/></Document>',
        b"OPDRACHTNR;STATUS\r\n" + b"x" * 200_000,
    ],
    ids=range(12),
)
def test_a_file_that_is_none_is_refused_as_a_whole(db: None, content: bytes) -> None:
    a_released()

    with pytest.raises(ReturnFileRefused):
        take_in(content)
    assert (models.ReturnFile.objects.count(), states()) == (0, [("released", "")])


def test_an_amount_in_another_currency_pays_nothing(db: None) -> None:
    a_released(2)
    content = pain002((FIRST, "ACSC", ""), (SECOND, "ACSC", ""))
    amount = '<OrgnlTxRef><Amt><InstdAmt Ccy="{}">521.97</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>'
    first, rest = content.decode().split("</TxInfAndSts>", 1)
    dollars = first + amount.format("USD") + rest.replace("</TxInfAndSts>", amount.format("EUR"), 1)

    assert take_in(dollars.encode()) == {"unreadable": 1, "applied": 1}
    assert states() == [("released", ""), ("paid", "")]


def test_the_resident_hears_that_it_takes_longer_and_that_we_need_another_account(db: None) -> None:
    released = a_released()
    (line,) = queries.lines_of(released.id)

    take_in(pain002((FIRST, "RJCT", "AC04")))

    letter = letters(line.order.case)[-1]
    assert "Geef ons een andere rekening" in letter
    assert "De bank kon € 521,97 niet op uw rekening zetten. U houdt recht op dit geld." in letter
    assert "Dit zegt de bank: de rekening is opgeheven." in letter
    assert "Wij wilden uiterlijk maandag 23 juni 2025 betalen." in letter


def test_who_chose_english_reads_in_english_why_the_bank_sent_it_back(db: None) -> None:
    released = a_released()
    (line,) = queries.lines_of(released.id)
    choose_english(case(line.order.case).applicant)

    take_in(pain002((FIRST, "RJCT", "AC04")))

    told = letters(line.order.case, english=True)[-1]
    assert "Give us another account" in told
    assert "The bank could not put €521.97 on your account." in told
    assert "the account was closed" in told


def test_a_fault_of_our_own_asks_nothing_of_the_resident(db: None) -> None:
    released = a_released()
    (line,) = queries.lines_of(released.id)

    take_in(pain002((FIRST, "RJCT", "AM04")), on=date(2025, 6, 24))

    letter = letters(line.order.case)[-1]
    assert "Uw betaling duurt langer" in letter and "U hoeft niets te doen" in letter
    assert "Wij hadden uiterlijk maandag 23 juni 2025 moeten betalen." in letter


def test_after_a_rejection_only_another_account_is_paid_and_the_reference_at_the_bank_stays(db: None) -> None:
    a_released()
    take_in(pain002((FIRST, "RJCT", "AC04")))
    order = queries.order_by_number(FIRST)

    with pytest.raises(OrderNotPossible):
        actions.pay_again(order.id, NADIA, on=MAY_12)
    assert states() == [("to_person", "bank:AC04")]
    actions.give_account(order.id, OTHER_IBAN, NADIA, on=MAY_12)
    made = make()
    assert made.list and made.list.number == "RW-2025-L0002"
    actions.release(made.list.id, JOOST, on=MAY_12)

    (content,) = actions.export(made.list.id, "pain", JOOST).files.values()
    assert b"<EndToEndId>RW-2025-0001-B1</EndToEndId>" in content
    assert b"<InstrId>RW-2025-0001-B1-P2</InstrId>" in content
    assert queries.order(order.id).attempts == 2


def test_a_late_file_about_the_first_attempt_does_not_touch_the_second(db: None) -> None:
    a_released()
    take_in(pain002((FIRST, "RJCT", "AM04")))
    actions.pay_again(queries.order_by_number(FIRST).id, NADIA, on=MAY_12)
    made = make()
    assert made.list
    actions.release(made.list.id, JOOST, on=MAY_12)
    late = pain002((FIRST, "RJCT", "AM04"), on="2025-05-16").replace(
        b"<OrgnlEndToEndId>", b"<OrgnlInstrId>RW-2025-0001-B1-P1</OrgnlInstrId><OrgnlEndToEndId>"
    )

    assert take_in(late) == {"double": 1}
    assert states() == [("released", "")]


def test_a_file_that_was_stopped_half_way_goes_on_where_it_was(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    a_released(3)
    content = pain002((FIRST, "ACSC", ""), (SECOND, "RJCT", "AC04"), (THIRD, "ACSC", ""))
    told = returning.tell_rejected

    def pulled_out(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(returning, "tell_rejected", pulled_out)
    with pytest.raises(KeyboardInterrupt):
        take_in(content)
    assert states() == [("paid", ""), ("released", ""), ("released", "")]
    monkeypatch.setattr(returning, "tell_rejected", told)

    assert actions.take_in(content, on=MAY_12, actor="bank").new == 2
    assert states() == [("paid", ""), ("to_person", "bank:AC04"), ("paid", "")]
    (_, second, _) = queries.lines_of(queries.lists()[0][0].id)
    assert next(m.subject for m in inbox.messages_of_case(second.order.case).messages) == "Uw betaling lukte nog niet"


def test_random_files_never_stop_the_import_and_ordered_is_always_paid_rejected_and_waiting(db: None) -> None:
    a_released(3)
    rng = random.Random("files that came back")
    references = [FIRST, SECOND, THIRD, "RW-2025-9999-B1", "", "x" * 60, "RW-2025-L0001"]
    statuses = ["ACSC", "RJCT", "PDNG", "", "ACCC", "XXXX"]
    for number in range(12):
        rows = [
            (rng.choice(references), rng.choice(statuses), rng.choice(["AC04", "", "ZZ99"]),
             rng.choice(["521.97", "521.98", "-1", "1e9", "99999999999999999999.00"]))
            for _ in range(rng.randint(1, 6))
        ]  # fmt: skip
        take_in(pain002(*rows, on=f"2025-05-{10 + number}"))

        assert all(report.agrees for report in queries.reconciliation())
    settled = {o.state for o in models.Order.objects.all()}
    assert settled <= {OrderState.PAID.value, OrderState.TO_PERSON.value, OrderState.RELEASED.value}
