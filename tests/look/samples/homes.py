"""The home page in its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import A521, IIT, LONG, OURS, VOS, framed
from waardig.screens.pages import home
from waardig.screens.pages.frame import SignedIn
from waardig.screens.pages.words import Amount, Deadline, PersonName, SourceFailure, TrackStep, Words

TASK = home.Task(
    Words("Stuur uw inkomstenformulier in", "Send in your income form"),
    "/taak/1/",
    Words("3 vragen over uw inkomen in april.", "3 questions about your income in April."),
    Deadline("resident", date(2025, 5, 21), 9, True, Words("Anders betalen wij uw uitkering later."), "088 000 01 20"),
)

CASE = home.RunningCase(
    Words("Bijzondere bijstand voor uw bril", "Special assistance for your glasses"),
    "/zaak/1/",
    (
        TrackStep(Words("Ontvangen", "Received"), "done", date(2025, 4, 22)),
        TrackStep(Words("Wij bekijken het", "We are looking at it"), "now"),
        TrackStep(Words("Besluit", "Decision"), "later"),
    ),
    OURS,
)

PAYMENT = home.Payment(date(2025, 5, 23), Amount(127818), Words("Uw bijstandsuitkering over mei"), "4300")

HOME = home.HomePage(
    frame=framed(),
    part_of_day="morning",
    person=VOS,
    tasks=(TASK,),
    task_count=1,
    all_tasks_href="",
    next_task=None,
    money=home.Money(
        (PAYMENT, replace(PAYMENT, state="late"), replace(PAYMENT, state="returned"), replace(PAYMENT, state="paid")),
        0,
        "/betalingen/",
    ),
    running=(CASE,),
    running_failure=None,
    found=home.Found((home.FoundItem(A521, IIT, "/bericht/1/"),), "/nagaan/", "/seintje/"),
    finished=(home.FinishedCase(Words("Meedoenregeling 2025"), "", "granted", Amount(15000), date(2025, 3, 10)),),
    finished_href="/klaar/",
    reach=home.Reach("paper", "/post/", date(2024, 5, 6)),
    helpers=home.Helpers((), "/helper/"),
)

HOME_QUIET = replace(
    HOME,
    tasks=(),
    task_count=0,
    next_task=home.NextTask(Words("inkomstenformulier over mei"), date(2025, 6, 2)),
)

HOME_EMPTY = replace(
    HOME,
    part_of_day="evening",
    tasks=(),
    task_count=0,
    money=home.Money(),
    running=(),
    found=home.Found((), "/nagaan/"),
    finished=(),
    finished_href="",
    reach=home.Reach("paper", "/post/"),
    helpers=home.Helpers(("Ingrid de Wit",), ""),
)

HOME_OPTED_OUT = replace(
    HOME_QUIET,
    part_of_day="afternoon",
    found=home.Found((), "/nagaan/", "/seintje/", date(2025, 5, 2)),
    reach=home.Reach("mixed", "/post/", date(2025, 1, 3)),
)

HOME_FAILED = replace(
    HOME,
    tasks=(TASK, TASK, TASK),
    task_count=5,
    all_tasks_href="/taken/",
    money=home.Money(failure=SourceFailure(Words("uw betalingen", "your payments"), "088 000 01 20", "14.00")),
    running_failure=SourceFailure(Words("uw zaken", "your cases"), "088 000 01 20"),
    person=PersonName(LONG, LONG, LONG),
    frame=framed(signed_in=SignedIn(LONG, "/uitloggen/")),
)

HOME_LATE = replace(
    HOME,
    running=(replace(CASE, deadline=Deadline("late", date(2025, 5, 9), 3, more_time="088 000 01 20")),),
    money=home.Money((), 4550, ""),
    finished=(home.FinishedCase(IIT, "/bericht/9/", "read"),),
    reach=home.Reach("digital", "/post/", date(2025, 1, 3)),
    found=home.Found(
        (
            home.FoundItem(Amount(74589, "once"), IIT, "/b/2/", joint=True),
            home.FoundItem(A521, IIT, "/b/3/", for_person=PersonName("T. de Wit", "De Wit", "Toos de Wit", "mevrouw")),
        ),
        "",
        "/seintje/",
    ),
)
