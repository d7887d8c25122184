"""People whom a round left to a person: the list and one opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.desks import DESK
from tests.look.samples.people import A521, IIT, PAGE1, TODAY, VOS
from waardig.screens.pages import left
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Words

DOUBT = Words("Een gegeven wordt uitgezocht.", "A value is being looked into.")
LIST = left.LeftListPage(
    desk=DESK,
    back_href="/desk/",
    total=2,
    filters=(
        left.LeftFilter(Words("Iedereen", "Everybody"), "/desk/bekijken/", 2, True),
        left.LeftFilter(Words("toeslag: een gegeven wordt uitgezocht"), "/desk/bekijken/?reden=1", 1, False),
        left.LeftFilter(Words("toeslag: staat onder curatele"), "/desk/bekijken/?reden=2", 1, False),
    ),
    lines=(
        left.LeftLine("R-000012", "/desk/bekijken/12/", IIT, DOUBT, TODAY, False),
        left.LeftLine("R-000013", "/desk/bekijken/13/", IIT, DOUBT, date(2025, 3, 28), True),
    ),
    paging=PAGE1,
)
CHOICE = (Option("no_right", Words("Er is nu geen recht")), Option("helped", Words("De inwoner is al geholpen")))
ONE = left.LeftPage(
    desk=DESK,
    back_href="/desk/bekijken/",
    action="/desk/bekijken/12/",
    number="R-000012",
    service=IIT,
    person=VOS,
    why=DOUBT,
    since=TODAY,
    today_words=Words("Met de gegevens van nu is er recht."),
    amount=A521,
    facts=(
        left.LeftFact(Words("Woonplaats"), Words("Rietwaarden"), TODAY, False, True),
        left.LeftFact(Words("Bijstand"), Amount(127_818, "month"), TODAY, True, False),
        left.LeftFact(Words("Curatele"), Words("Nee"), None, False, False),
    ),
    ask_words=Words(""),
    applied_on=Field("applied_on", "morgen", FieldError.DAY_WRONG),
    how=Field("how", "", None, (Option("brief", Words("Met een brief")), Option("telefoon", Words("Aan de telefoon")))),
    because=Field("because", "", None, CHOICE),
    closing=None,
    closing_by="",
    may_agree=False,
    done=None,
    done_by=Words(""),
    case_number="",
    case_href="",
    errors=(Field("applied_on", "morgen", FieldError.DAY_WRONG),),
)
QUIET = replace(ONE, person=None, ask_words=None, applied_on=None, how=None, because=None, amount=None, errors=())
CLOSING = replace(QUIET, person=VOS, closing=Words("Er is nu geen recht"), closing_by="Fatma Yıldız", may_agree=True)
LEAVING = {
    "balie-bekijken": LIST,
    "balie-bekijken-leeg": replace(LIST, total=0, filters=(), lines=()),
    "balie-bekijk": ONE,
    "balie-bekijk-zelf": replace(ONE, ask_words=Words("Er gaat geen bericht naar deze inwoner."), errors=()),
    "balie-bekijk-afsluiten": CLOSING,
    "balie-bekijk-wacht": replace(CLOSING, may_agree=False),
    "balie-bekijk-klaar": replace(
        QUIET,
        facts=(),
        today_words=None,
        done=Words("Een aanvraag is vastgelegd."),
        done_by=Words("Willem de Graaf en Petra van Dam", "Willem de Graaf and Petra van Dam"),
        case_number="RW 2025 0481",
        case_href="/desk/zaken/1/",
    ),
}
