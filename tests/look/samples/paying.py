"""The pages of paying."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.look.samples.desks import DESK
from tests.look.samples.people import IIT, PAGE1
from waardig.screens.pages import desk_payments as pages
from waardig.screens.pages.words import Words

JUNE = date(2025, 6, 23)
NEW = Words(
    "De rekening is nieuw. Bel de inwoner en vraag of dit de goede rekening is.",
    "The account is new. Call the resident and ask whether it is the right one.",
)
LINES = (
    pages.OrderLine("RW-2025-0481-B1", "/desk/betaling/1/", 52197, JUNE, NEW, 0),
    pages.OrderLine("RW-2025-0482-B2", "/desk/betaling/2/", 129150, date(2025, 5, 9), NEW, 3),
)

PAYMENTS = pages.PaymentsPage(
    desk=DESK,
    back_href="/desk/",
    action="/desk/betalen/",
    may_pay=True,
    waiting=(
        pages.SumLine(Words("Klaar om te betalen", "Ready to pay"), 12, 626364),
        pages.SumLine(Words("Wacht op een mens", "Waits for a person"), 2, 181347),
    ),
    late=1,
    orders=LINES,
    orders_total=2,
    lists=(
        pages.ListLine(
            "RW-2025-L0001",
            "/desk/lijst/1/",
            Words("vrijgegeven", "released"),
            date(2025, 5, 12),
            "Nadia Visser",
            8,
            417576,
        ),
    ),
    paging=PAGE1,
    reconcile_href="/desk/aansluiting/",
    refused=None,
    told=Words("2 betalingen gaan eerst naar een mens.", "2 payments go to a person first."),
)

LIST_DRAFT = pages.PaymentListPage(
    desk=DESK,
    back_href="/desk/betalen/",
    action="/desk/lijst/1/",
    may_pay=True,
    number="RW-2025-L0001",
    state=Words("wacht op een collega", "waits for a colleague"),
    is_draft=True,
    is_released=False,
    own=False,
    made_on=date(2025, 5, 12),
    made_by="Nadia Visser",
    released_on=None,
    released_by="",
    execution_on=date(2025, 5, 14),
    count=2,
    eurocent=181347,
    sums=(pages.SumLine(IIT, 2, 181347),),
    lines=LINES,
    total="18",
    refused=Words("Lijst RW-2025-L0001 is veranderd. Bekijk de lijst opnieuw.", "List RW-2025-L0001 changed."),
)

LIST_RELEASED = replace(
    LIST_DRAFT,
    is_draft=False,
    is_released=True,
    state=Words("vrijgegeven", "released"),
    released_on=date(2025, 5, 12),
    released_by="Joost Dekker",
    refused=None,
)

ORDER_WAITS = pages.PaymentOrderPage(
    desk=DESK,
    back_href="/desk/betalen/",
    action="/desk/betaling/1/",
    number="RW-2025-0481-B1",
    case_number="RW 2025 0481",
    service=IIT,
    eurocent=52197,
    pay_by=JUNE,
    late=0,
    state=Words("Wacht op een mens", "Waits for a person"),
    todo=NEW,
    may_again=True,
    may_account=True,
    may_cancel=True,
    iban="NL00 WAAR",
    events=(
        pages.OrderEventLine(datetime(2025, 5, 12, 8, 0, tzinfo=UTC), Words("Betaling klaargezet"), "de computer"),
    ),
    refused=Words("Dit is geen goed rekeningnummer (IBAN).", "This is not a valid account number."),
)

ORDER_DONE = replace(
    ORDER_WAITS,
    todo=None,
    may_again=False,
    may_account=False,
    may_cancel=False,
    refused=None,
    late=2,
    state=Words("Betaald"),
)

RECONCILIATION = pages.ReconciliationPage(
    desk=DESK,
    back_href="/desk/betalen/",
    reports=(
        pages.ReportLine("RW-2025-L0001", "/desk/lijst/1/", (8, 417576), (5, 260985), (1, 52197), (2, 104394), True),
        pages.ReportLine("RW-2025-L0002", "/desk/lijst/2/", (1, 52197), (0, 0), (0, 0), (0, 0), False),
    ),
    problems=(pages.ProblemLine("0a1b2c3d4e5f", 7, "XX-1", Words("deze betaling kennen wij niet", "not known")),),
)
