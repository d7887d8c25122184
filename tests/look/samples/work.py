"""The desk's other work: post that waits, reports, recording at the counter; and the public list of services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.desks import DESK
from tests.look.samples.people import A521, IIT, OURS, PAGE1, TODAY, VOS
from tests.look.samples.reasons import UIT
from waardig.screens.pages import counter, desk_work
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Deadline, Words

HELD = desk_work.HeldPage(
    desk=DESK,
    back_href="/desk/",
    action="/desk/post/",
    total=2,
    lines=(
        desk_work.HeldLine("1", "RW 2025 0481", Words("Bericht"), Words("Er is geen adres bekend."), TODAY, False),
        desk_work.HeldLine("2", "", Words("Bericht"), Words("Er is nu een bewindvoerder."), TODAY, True),
    ),
    paging=PAGE1,
)

CONTACT = desk_work.ContactListPage(
    desk=DESK,
    back_href="/desk/",
    total=1,
    lines=(desk_work.ContactLine("RW-C 2025 0001", "/desk/v/1/", Words("Terugbellen"), TODAY, date(2025, 5, 13), 2),),
    paging=PAGE1,
)
CONTACT_CALL = desk_work.ContactRequestPage(
    desk=DESK,
    back_href="/desk/v/",
    action="/desk/v/1/",
    number="RW-C 2025 0001",
    person=VOS,
    is_call=True,
    phone="06 00 00 01 23",
    when=Words("Overdag na 12 uur"),
    text="",
    deadline=OURS,
    answer=Field("answer"),
    errors=(),
    closed=None,
)
SHORT = Field("answer", "Ja.", FieldError.ANSWER_TOO_SHORT)
CONTACT_QUESTION = replace(CONTACT_CALL, is_call=False, text="Wie keek er?", answer=SHORT, errors=(SHORT,))
CORRECTIONS = desk_work.CorrectionsPage(
    desk=DESK,
    back_href="/desk/",
    total=1,
    lines=(
        desk_work.CorrectionLine(
            "RW 2025 0490", "/desk/m/1/", Words("Spaargeld"), Words("Team Inkomen"), TODAY, date(2025, 5, 13), 2
        ),
    ),
    paging=PAGE1,
)

CORRECTION = desk_work.CorrectionAnswerPage(
    desk=DESK,
    back_href="/desk/m/",
    action="/desk/m/1/",
    number="RW 2025 0490",
    person=VOS,
    label=Words("Spaargeld"),
    value=Amount(124000),
    source=UIT,
    since=date(2024, 2, 3),
    said="900 euro",
    explanation="Ik kocht een wasmachine.",
    deadline=Deadline("ours", date(2025, 5, 13), 1, consequence=Words("Nog 1 dag.")),
    outcome=Field(
        "outcome", "", FieldError.OUTCOME_EMPTY, (Option("upheld", Words("Ja")), Option("stands", Words("Nee")))
    ),
    corrected=((Words("Spaargeld"), Field("corrected", "veel", FieldError.VALUE_WRONG)),),
    example=Words("Een bedrag, bijvoorbeeld 1.240,50"),
    answer=Field("answer", "kort", FieldError.ANSWER_TOO_SHORT),
    errors=(Field("outcome", "", FieldError.OUTCOME_EMPTY),),
    is_open=True,
)

YES_NO = (Option("yes", Words("Ja")), Option("no", Words("Nee")))

COUNTER_DECLARE = counter.CounterDeclarePage(
    desk=DESK,
    back_href="/desk/loket/b/1/",
    action="/desk/loket/b/1/opgave/",
    person=VOS,
    service=IIT,
    amount=A521,
    household=Field("household", "", FieldError.HOUSEHOLD_EMPTY, YES_NO),
    household_note=Field("household_note"),
    wealth=Field("wealth", "1.240"),
    wealth_unknown=Field("wealth_unknown", "no", None, YES_NO),
    account=Field("account", "other", None, (Option("known", Words("4300")), Option("other", Words("Anders")))),
    iban=Field("iban", "NL00", FieldError.ACCOUNT_NOT_IBAN),
    note=Field("note"),
    errors=(Field("household", "", FieldError.HOUSEHOLD_EMPTY), Field("iban", "NL00", FieldError.ACCOUNT_NOT_IBAN)),
    joint=False,
)

COUNTER_RECEIPT = counter.CounterReceiptPage(
    desk=DESK,
    back_href="/desk/loket/b/1/",
    person=VOS,
    case_number="RW 2025 0481",
    service=IIT,
    answer="yes",
    on=TODAY,
    deadline=Deadline("ours", date(2025, 7, 7), 56, consequence=Words("Nog 56 dagen.")),
    declared=("Met wie u woont, klopt nog.", "Uw spaargeld is € 1.240."),
    employee="Fatma Yıldız",
)
