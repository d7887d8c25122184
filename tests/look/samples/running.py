"""The pages of lists of announced grants, of giving up, and of who runs the system."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.look.samples.desks import DESK
from tests.look.samples.people import PAGE1, VOS, framed
from waardig.screens.pages import giving_up, grant_lists, system
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.words import Page, Words

AT = datetime(2025, 5, 12, 8, 30, tzinfo=UTC)
MEEDOEN = Words("Meedoenregeling", "Participation scheme")
ALONE, COUPLE = Words("Alleenstaand", "Single"), Words("Samen met een partner", "With a partner")

LISTS = grant_lists.GrantListsPage(
    DESK, "/balie/", (grant_lists.ListLine(MEEDOEN, "/balie/lijsten/1/", date(2025, 5, 12), 23),)
)
LISTS_EMPTY = replace(LISTS, lists=())

GRANT_LIST = grant_lists.GrantListPage(
    desk=DESK,
    back_href="/balie/lijsten/",
    action="/balie/lijsten/1/",
    service=MEEDOEN,
    listed_on=date(2025, 5, 12),
    count=23,
    total_eurocent=345000,
    kinds=(grant_lists.KindTotal(ALONE, 20, 300000), grant_lists.KindTotal(COUPLE, 3, 45000)),
    rules=(grant_lists.RuleLine("Verordening meedoenregeling Rietwaarden", "2025-01-01"),),
    sample=(
        grant_lists.CaseRow("RW 2025 0007", ALONE, 15000, Words("Beslis dit zelf"), "/balie/zaken/7/"),
        grant_lists.CaseRow("RW 2025 0008", ALONE, 15000, Words("Zelf beslist"), "", 15000),
    ),
    sample_percent=5,
    left_out=(grant_lists.CaseRow("RW 2025 0031", COUPLE, 600000, Words("Boven uw mandaat")),),
    rows=(grant_lists.CaseRow("RW 2025 0009", ALONE, 15000, Words("Kan worden bevestigd")),),
    confirmed=0,
    granted=0,
    held_back=False,
    release=None,
    released_by="",
    may_confirm=True,
    why_not=None,
    total=Field("total", "34", FieldError.OTHER_TOTAL),
    errors=(Field("total", "34", FieldError.OTHER_TOTAL),),
)
GRANT_LIST_HELD = replace(
    GRANT_LIST,
    held_back=True,
    release=Field("reasons"),
    may_confirm=False,
    why_not=Words("In de steekproef kwam iemand anders uit."),
    total=Field("total"),
    errors=(),
)
GRANT_LIST_DONE = replace(
    GRANT_LIST,
    rows=(),
    confirmed=23,
    granted=22,
    may_confirm=False,
    why_not=Words("Deze lijst is klaar."),
    total=Field("total"),
    errors=(),
)

GIVE_UP = giving_up.GiveUpPage(
    frame=framed("home"),
    back_href="/berichten/1/",
    action="/berichten/1/intrekken/",
    service=MEEDOEN,
    case_number="RW 2025 0481",
    waived=False,
    done_on=None,
    home_href="/",
    about=None,
)
GIVE_UP_MONEY = replace(GIVE_UP, waived=True, about=VOS)
GIVEN_UP = replace(GIVE_UP, done_on=date(2025, 5, 12))

LETTERS = Words("Brieven maken", "Printing letters")
SYSTEM = system.SystemPage(
    desk=DESK,
    again=2,
    dead_total=1,
    topics=(
        system.TopicLine("inbox.letter", LETTERS, 12, AT, 1, "/balie/beheer/opnieuw/inbox.letter/"),
        system.TopicLine("values.measure", Words("Waarborgen meten"), 0, None, 0, ""),
    ),
    dead=(system.DeadLine(41, "inbox.letter", LETTERS, "TypstError", AT, 8, "/balie/beheer/opnieuw/41/"),),
    workers=(
        system.WorkerLine("server-1:4711", AT, AT, 310, True, False),
        system.WorkerLine("server-1:4700", AT, AT, 12, False, True),
    ),
    kept=(
        system.Kept(Words("Ondertekende stand van het logboek"), AT, False),
        system.Kept(Words("Back-up nagekeken"), None, True, Words("Dit is nog nooit gebeurd.")),
    ),
    losses=(Words("Het logboek had 120 regels en heeft er nu 118."),),
    done=(system.Done(Words("Opnieuw geprobeerd: brieven maken"), AT, "b.heer", 2),),
    paging=PAGE1,
)
SYSTEM_QUIET = replace(SYSTEM, again=None, dead_total=0, dead=(), workers=(), losses=(), done=())

AGAIN = system.AgainPage(
    desk=DESK,
    back_href="/balie/beheer/",
    action="/balie/beheer/opnieuw/inbox.letter/",
    count=2,
    number=None,
    code="inbox.letter",
    words=LETTERS,
    errors=("TypstError",),
)
AGAIN_ONE = replace(AGAIN, count=1, number=41)

RUNNING: dict[str, Page] = {
    "lijsten": LISTS,
    "lijsten-leeg": LISTS_EMPTY,
    "lijst": GRANT_LIST,
    "lijst-stil": GRANT_LIST_HELD,
    "lijst-klaar": GRANT_LIST_DONE,
    "intrekken": GIVE_UP,
    "afzien": GIVE_UP_MONEY,
    "ingetrokken": GIVEN_UP,
    "beheer": SYSTEM,
    "beheer-rustig": SYSTEM_QUIET,
    "beheer-opnieuw": AGAIN,
    "beheer-opnieuw-een": AGAIN_ONE,
}
