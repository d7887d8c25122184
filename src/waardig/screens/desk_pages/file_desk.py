"""Desk: lists of objections, second looks and what is (soon) late; what hurts the resident most on top."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from waardig.cases import queries as cases
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseKind
from waardig.cases.terms.objections import Objection, Penalty, SecondLook
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.kernel.money import euros
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.queue_page import SIZE, paging
from waardig.screens.frames import address
from waardig.screens.pages import files as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

MOST_HARM_FIRST = Words(
    "Bovenaan staat wat de inwoner en ons het meeste kost. De bedragen volgen uit de wet.",
    "On top stands what costs the resident and us most. The amounts follow from the law.",
)
ABOUT_A_REPORT = Words("Antwoord op een melding", "Answer to a report")
NOTHING_LATE = Words("Niets is te laat of bijna te laat.", "Nothing is late or soon will be.")


def objections_page(frame: DeskFrame, *, page: int = 1) -> pages.FileListPage:
    """Objections that wait, the first last day on top."""
    found, total = reads.open_objections(page=page, size=SIZE)
    reports = cases.reports_among(one.about for one in found)
    return pages.FileListPage(
        desk=frame,
        back_href=address("desk:queue"),
        heading=Words("Bezwaren", "Objections"),
        lead=_with_forwarded(_count(total, ("bezwaar", "bezwaren"), ("objection", "objections"))),
        lines=tuple(_objection_line(one, reports) for one in found),
        paging=paging("desk:objections", page, total),
    )


def _count(total: int, nl: tuple[str, str], en: tuple[str, str]) -> Words:
    if total == 0:
        return Words(f"Er wachten geen {nl[1]}.", f"No {en[1]} wait.")
    one = total == 1
    return Words(
        f"{total} {nl[0] if one else nl[1]} {'wacht' if one else 'wachten'}.",
        f"{total} {en[0] if one else en[1]} {'waits' if one else 'wait'}.",
    )


def _with_forwarded(lead: Words) -> Words:
    """How many objections went to another body this year (Awb 6:15), when there were any."""
    sent = reads.count_forwarded(business_today().year)
    return (
        Words(f"{lead.nl} Dit jaar doorgestuurd: {sent}.", f"{lead.en} Forwarded this year: {sent}.") if sent else lead
    )


def _objection_line(one: Objection, reports: Collection[UUID]) -> pages.FileLine:
    officials = catalogue.municipality().officials
    more = Words("Nog van niemand", "Nobody's yet")
    if one.handler:
        name = officials[one.handler].name if one.handler in officials else one.handler
        more = Words(f"Bij {name}", f"With {name}")
    if not one.is_timely:
        more = Words(f"{more.nl}. Na de termijn.", f"{more.en}. After the term.")
    return pages.FileLine(
        number=one.number,
        href=address("desk:objection", one.case),
        what=ABOUT_A_REPORT if one.about in reports else words.service_words(one.service),
        since=one.received_on,
        due=one.decide_by,
        late=words.days_late(one.decide_by, business_today()),
        more=more,
    )


def looks_page(frame: DeskFrame, *, page: int = 1) -> pages.FileListPage:
    """Second looks that wait, the first last day on top."""
    found, total = reads.open_second_looks(page=page, size=SIZE)
    return pages.FileListPage(
        desk=frame,
        back_href=address("desk:queue"),
        heading=Words("Kijk nog eens", "Second looks"),
        lead=_count(total, ("vraag", "vragen"), ("question", "questions")),
        lines=tuple(_look_line(one) for one in found),
        paging=paging("desk:looks", page, total),
    )


def _look_line(one: SecondLook) -> pages.FileLine:
    return pages.FileLine(
        number=one.number,
        href=address("desk:look", one.case),
        what=words.service_words(one.service),
        since=one.asked_on,
        due=one.answer_by,
        late=words.days_late(one.answer_by, business_today()),
    )


def late_list_page(frame: DeskFrame, *, page: int = 1) -> pages.FileListPage:
    """What is late or soon will be, and penalties to fix: what costs the resident and us most on top."""
    today = business_today()
    notices = reads.open_penalties()
    by_case: dict[object, Penalty] = {one.about: one for one in notices}
    soon = reads.due_before(today + timedelta(days=catalogue.handling().warn_days + 1))
    lines = [_late_line(case, by_case.get(case.id)) for case in soon]
    lines += [_settle_line(one) for one in notices if one.ended_on is not None or today > one.last_day]
    ordered = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
    shown = paging("desk:late", page, len(ordered))
    begin = (shown.number - 1) * SIZE
    return pages.FileListPage(
        desk=frame,
        back_href=address("desk:queue"),
        heading=Words("Te laat en bijna te laat", "Late and soon late"),
        lead=MOST_HARM_FIRST if ordered else NOTHING_LATE,
        lines=tuple(ordered[begin : begin + SIZE]),
        paging=shown,
    )


Harm = tuple[int, int, int, str]


def _late_line(case: Case, notice: Penalty | None) -> tuple[Harm, pages.FileLine]:
    today = business_today()
    due = case.decide_by or case.opened_on
    late = words.days_late(due, today)
    name = "desk:objection" if case.kind is CaseKind.OBJECTION else "desk:case"
    what = words.service_words(case.service)
    if case.kind is CaseKind.OBJECTION:
        what = Words(f"Bezwaar: {what.nl.lower()}", f"Objection: {what.en.lower()}")
    day, total, more = 0, 0, _soon(late)
    if notice is not None:
        counted = reads.penalty_sum(notice, on=today)
        day, total = counted.per_day_eurocent, counted.amount_eurocent
        more = _penalty_words(notice)
    line = pages.FileLine(case.number, address(name, case.id), what, case.applied_on or case.opened_on, due, late, more)
    return (-day, -total, -late, case.number), line


def _soon(late: int) -> Words:
    if late:
        return Words("Nog geen aanmaning. Bel de inwoner.", "No notice yet. Call the resident.")
    return Words("Bijna te laat", "Soon late")


def _penalty_words(notice: Penalty) -> Words:
    counted = reads.penalty_sum(notice, on=business_today())
    before = cases.in_words("date", notice.decide_before.isoformat())
    most = (euros(counted.most_eurocent), euros(counted.most_eurocent, "en"))
    if not counted.days:
        return Words(
            f"Aangemaand. Beslis tot en met {before.nl}, anders dwangsom tot {most[0]}.",
            f"Notice given. Decide by {before.en}, else a penalty up to {most[1]}.",
        )
    return Words(
        f"Dwangsom: {euros(counted.amount_eurocent)}, per dag {euros(counted.per_day_eurocent)}, hoogstens {most[0]}.",
        f"Penalty: {euros(counted.amount_eurocent, 'en')}, a day {euros(counted.per_day_eurocent, 'en')}, "
        f"{most[1]} at most.",
    )


def _settle_line(one: Penalty) -> tuple[Harm, pages.FileLine]:
    today = business_today()
    counted = reads.penalty_sum(one, on=today)
    what = words.service_words(one.service)
    line = pages.FileLine(
        number=one.number,
        href=address("desk:penalty", one.case),
        what=Words(f"Dwangsom vaststellen: {what.nl.lower()}", f"Fix the penalty: {what.en.lower()}"),
        since=one.received_on,
        due=counted.settle_by,
        late=words.days_late(counted.settle_by, today),
        more=Words(euros(counted.amount_eurocent), euros(counted.amount_eurocent, "en")),
    )
    return (0, -counted.amount_eurocent, -line.late, one.number), line
