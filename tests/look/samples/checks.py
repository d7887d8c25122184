"""Zelf nagaan: choosing, beginning, questions of every kind, and the three ways it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.desks import COUNTER_DESK
from tests.look.samples.people import TODAY, VISITOR, VOS
from tests.look.samples.reasons import STEPS
from waardig.screens.pages import check
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.why import StepGroup
from waardig.screens.pages.words import Amount, Deadline, Words

CARE = Words("Zorgtoeslag", "Healthcare benefit")
OFFICE = Words("Dienst Toeslagen", "Dienst Toeslagen (Benefits Office)")

LIST = check.CheckListPage(
    face="portal",
    frame=VISITOR,
    desk=None,
    about=None,
    back_href="/",
    checks=(
        check.CheckItem(CARE, Words("Geld van het Rijk."), OFFICE, False, "/nagaan/zorgtoeslag/", "/papier/"),
        check.CheckItem(Words("Meedoenregeling"), Words("Geld om mee te doen."), Words("uw gemeente"), True, "/x/"),
    ),
    sign_in_href="/inloggen/",
    play_href="/verantwoording/proberen/",
)

START = check.CheckStartPage(
    face="portal",
    frame=VISITOR,
    desk=None,
    about=None,
    back_href="/nagaan/",
    action="/nagaan/zorgtoeslag/",
    name=CARE,
    summary=Words("Geld van het Rijk om uw zorgverzekering te betalen."),
    decides=OFFICE,
    known=(),
    most=9,
    sign_in_href="/inloggen/",
    expired=True,
)
START_KNOWN = replace(START, known=(Words("Geboortedatum"), Words("Spaargeld")), sign_in_href="", expired=False)

FILLED = (
    check.FilledFact("geboortedatum", Words("Geboortedatum"), date(1984, 11, 8), Words("BRP"), date(2025, 1, 1)),
    check.FilledFact("toetsingsinkomen", Words("Inkomen in 2025"), Amount(3_000_000, "year"), None, None, 2),
    check.FilledFact("is_verzekerd", Words("Zorgverzekering"), True, None, None, 1),
    check.FilledFact("leefvorm", Words("Met wie u woont"), Words("Dat weet u niet"), None, None, 3),
)

MONEY = check.CheckQuestionPage(
    face="portal",
    frame=VISITOR,
    desk=None,
    about=None,
    list_href="/nagaan/zorgtoeslag/",
    action="/nagaan/zorgtoeslag/",
    state="verzegeld",
    name=CARE,
    step=3,
    most=4,
    kind="money",
    unit="year",
    question=Words("Hoe hoog is uw inkomen in heel 2025?", "What is your income over the whole of 2025?"),
    hint=Words("Een schatting is goed genoeg."),
    why=Words("Hoe lager uw inkomen, hoe hoger de toeslag."),
    answer=Field("answer", "12.500"),
    never=None,
    can_go_back=True,
    filled=FILLED,
    errors=(),
)
WRONG = Field("answer", "veel", FieldError.CHECK_AMOUNT)
MONEY_WRONG = replace(MONEY, answer=WRONG, errors=(WRONG,), unit="month")
YES_NO = replace(
    MONEY,
    kind="yes_no",
    unit="",
    step=1,
    most=9,
    can_go_back=False,
    filled=(),
    answer=Field("answer", options=(Option("yes", Words("Ja")), Option("no", Words("Nee")))),
)
CHOICE_WRONG = replace(
    YES_NO,
    kind="choice",
    answer=Field(
        "answer",
        error=FieldError.CHECK_CHOICE,
        options=(
            Option("PAAR", Words("Ik woon samen"), Words("Ook als u niet getrouwd bent."), True),
            Option("ALLEEN", Words("Ik woon alleen")),
        ),
    ),
    errors=(Field("answer", error=FieldError.CHECK_CHOICE),),
)
DATE = replace(MONEY, kind="date", unit="", answer=Field("answer"), never=Words("Ik kreeg deze toeslag nog nooit"))
NUMBER = replace(DATE, kind="number", never=None)

YES = check.CheckOutcomePage(
    face="portal",
    frame=VISITOR,
    desk=None,
    about=None,
    list_href="/nagaan/",
    action="/nagaan/zorgtoeslag/",
    state="verzegeld",
    name=CARE,
    decides=OFFICE,
    is_us=False,
    ending="yes",
    year=2025,
    amount=Amount(135_500, "year"),
    monthly=Amount(11_300, "month"),
    deadline=Deadline("resident", date(2026, 9, 1), 476, True, Words("Daarna kan het niet meer voor 2025.")),
    applying=check.Applying(
        Words("Naar Dienst Toeslagen"),
        Words("Of kom naar ons loket."),
        "https://www.toeslagen.nl/",
        "0800 0543",
        bring=(Words("Uw DigiD."),),
    ),
    may_repay=True,
    repaying=Words("Wordt het inkomen hoger dan € 30.000? Dan wordt de toeslag lager."),
    repay_law=Words("Algemene wet inkomensafhankelijke regelingen, artikel 16"),
    repay_href="https://wetten.overheid.nl/",
    depends_on=(),
    for_a_person=False,
    groups=(StepGroup(None, STEPS[:2]),),
    stage="check",
    otherwise=(Words("Had u meer vermogen? Dan kreeg u geen zorgtoeslag."),),
    nearest=(),
    limits=(),
    others=(
        check.OtherScheme(Words("Individuele inkomenstoeslag"), "no", Words("Uw inkomen is te hoog."), (), "/iit/"),
        check.OtherScheme(
            Words("Meedoenregeling"), "unsure", None, (Words("Inkomen in april"), Words("Spaargeld")), "/mee/"
        ),
        check.OtherScheme(Words("Huurtoeslag"), "yes", None, (), "/huur/"),
    ),
    filled=FILLED,
    computed_on=TODAY,
    print=False,
)
NO = replace(
    YES,
    ending="no",
    amount=None,
    monthly=None,
    deadline=None,
    repaying=None,
    otherwise=(),
    nearest=(Words("Uw inkomen: hoogstens € 39.719", "Your income: at most € 39,719"),),
    limits=(Words("Uw vermogen: hoogstens € 141.896", "Your wealth: at most € 141,896"),),
    others=(),
    is_us=True,
    applying=check.Applying(Words("Vraag aan"), Words("Kom naar het loket."), sign_in_href="/inloggen/"),
)
UNSURE = replace(
    NO,
    ending="unsure",
    nearest=(),
    limits=(),
    depends_on=(Words("Spaargeld"),),
    for_a_person=True,
    applying=check.Applying(Words("Vraag aan"), Words("Kom naar het loket."), action="/nagaan/iit/aanvragen/"),
)
ONCE = replace(YES, amount=Amount(52197, "once"), monthly=None, may_repay=False, print=True)

AT_DESK = {"face": "desk", "desk": COUNTER_DESK, "about": VOS}

CHECKS = {
    "09-nagaan": LIST,
    "09-nagaan-niets": replace(LIST, checks=(), sign_in_href="", play_href=""),
    "09-nagaan-begin-verlopen": START,
    "09-nagaan-begin-bekend": START_KNOWN,
    "09a-nagaan-vraag": MONEY,
    "09a-nagaan-vraag-fout": MONEY_WRONG,
    "09a-nagaan-ja-nee": YES_NO,
    "09a-nagaan-keuze-fout": CHOICE_WRONG,
    "09a-nagaan-datum": DATE,
    "09a-nagaan-getal": NUMBER,
    "09b-nagaan-uitkomst": YES,
    "09b-nagaan-niet": NO,
    "09b-nagaan-weten-niet": UNSURE,
    "09b-nagaan-print": ONCE,
    "09c-loket-nagaan": replace(LIST, **AT_DESK),  # type: ignore[arg-type]
    "09c-loket-begin": replace(START_KNOWN, **AT_DESK),  # type: ignore[arg-type]
    "09c-loket-vraag": replace(MONEY, **AT_DESK),  # type: ignore[arg-type]
    "09c-loket-uitkomst": replace(YES, **{**AT_DESK, "about": None}),  # type: ignore[arg-type]
}
