"""Werkvoorraad: what waits for an official, what is late first; and the list of cases that a person decides."""

from __future__ import annotations

from datetime import date

from django.contrib.sessions.backends.base import SessionBase

from waardig.cases import queries as cases
from waardig.cases.queries import backlog
from waardig.cases.queries import desk as counts
from waardig.cases.terms import Assessment, Case, CaseState
from waardig.contact import queries as contact
from waardig.identity.terms import Who
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.payments import queries as payments
from waardig.proposals import queries as proposals
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.official import households
from waardig.screens.frames import address
from waardig.screens.pages import desk as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Paging, Words

SIZE = 50
LEFT_WORDS = {
    "under_investigation": Words("een gegeven wordt uitgezocht", "a value is being looked into"),
    "under_guardianship": Words("staat onder curatele", "is under guardianship"),
    "partner_not_read": Words("de partner mocht niet worden gelezen", "the partner could not be read"),
    "secret_address": Words("het adres is geheim", "the address is secret"),
}


def queue_page(frame: DeskFrame) -> pages.QueuePage:
    """What there is to do: kinds of work with their first last day, those that are late on top."""
    today = business_today()
    waiting = counts.waiting_counts(today)
    lines = [
        _line(Words("Zelf beslissen", "Decide yourself"), "decide_list", waiting[CaseState.BY_HAND]),
        _line(Words("Toekenningen bevestigen", "Confirm grants"), "batch", waiting[CaseState.PREPARED]),
        _line(
            Words("Lijsten om toe te kennen", "Lists to grant"),
            "grant_lists",
            counts.Waiting(sum(count for _, count in proposals.lists_waiting())),
        ),
        _line(Words("Hier mocht de computer niet oordelen", "Where the computer may not judge"), "left_list", _left()),
        _line(
            Words("Meldingen: dit klopt niet", "Reports: this is wrong"),
            "corrections",
            counts.open_corrections_count(today),
        ),
        _line(Words("Bezwaren", "Objections"), "objections", backlog.objections_waiting(today)),
        _line(Words("Kijk nog eens", "Second looks"), "looks", backlog.looks_waiting(today)),
        _line(Words("Te laat en bijna te laat", "Late and soon late"), "late", backlog.late_waiting(today)),
        _line(Words("Bellen en vragen", "Calls and questions"), "contact", _requests(today)),
        _line(Words("Post die niet weg kon", "Post that could not go out"), "held", counts.Waiting(inbox.held_count())),
        _line(Words("Nog te betalen", "To be paid"), "payments", _unpaid(today)),
    ]
    received = waiting[CaseState.RECEIVED].count
    return pages.QueuePage(
        desk=frame,
        today=today,
        lines=tuple(sorted(lines, key=lambda line: (-line.late, line.oldest_due or date.max))),
        late_total=sum(line.late for line in lines),
        notes=_received(received),
    )


def _requests(today: date) -> counts.Waiting:
    found = contact.waiting_requests(today)
    return counts.Waiting(found.count, found.oldest_due, found.late)


def _line(label: Words, name: str, waiting: counts.Waiting) -> pages.QueueLine:
    return pages.QueueLine(label, address(f"desk:{name}"), waiting.count, waiting.oldest_due, waiting.late)


def _unpaid(today: date) -> counts.Waiting:
    """Payments that did not arrive yet, with the first last day and how many are too late (Awb 4:87)."""
    waiting = payments.waiting_counts(today).values()
    due = [one.oldest_due for one in waiting if one.oldest_due]
    return counts.Waiting(sum(one.count for one in waiting), min(due, default=None), sum(one.late for one in waiting))


def _left() -> counts.Waiting:
    """Whom rounds left to a person and nobody looked at yet."""
    return counts.Waiting(sum(proposals.left_counts().values()))


def _received(count: int) -> tuple[Words, ...]:
    if not count:
        return ()
    nl = "1 aanvraag wordt" if count == 1 else f"{count} aanvragen worden"
    en = "1 application is" if count == 1 else f"{count} applications are"
    return (Words(f"{nl} nu nagerekend.", f"{en} being computed now."),)


def left_words(service: str, reason: str) -> Words:
    """Why a round left somebody to a person, as it stands inside a sentence."""
    if reason in LEFT_WORDS:
        return LEFT_WORDS[reason]
    said = [words.reason_words(code, service) for code in reason.split(",") if code]
    return Words(
        "; ".join(one.nl.rstrip(".").lower() for one in said), "; ".join(one.en.rstrip(".").lower() for one in said)
    )


def decide_list_page(frame: DeskFrame, who: Who, session: SessionBase, *, page: int = 1) -> pages.DecideListPage:
    """Cases that a person decides, the first last day on top; a fixed number of queries."""
    found, total = cases.waiting([CaseState.BY_HAND], page=page, size=SIZE)
    ids = [case.id for case in found]
    assessed = cases.assessments_of(ids)
    seen = cases.viewed_by(who.id, ids)
    names = households(session, ids)
    today = business_today()
    return pages.DecideListPage(
        desk=frame,
        back_href=address("desk:queue"),
        total=total,
        cases=tuple(
            _case_line(case, assessed.get(case.id), names.get(case.id, case.number), case.id in seen, today)
            for case in found
        ),
        paging=paging("desk:decide_list", page, total),
    )


def _case_line(case: Case, assessment: Assessment | None, name: str, opened: bool, today: date) -> pages.CaseLine:
    return pages.CaseLine(
        number=case.number,
        href=address("desk:case", case.id),
        household=name,
        kind=words.household_words(case.household_type),
        why=words.why_here(assessment, case.service),
        said_yes_on=case.applied_on,
        due=case.decide_by or today,
        late=words.days_late(case.decide_by, today),
        opened=opened,
    )


def paging(name: str, page: int, total: int) -> Paging:
    """Where a list stands, with the addresses of the pages beside it."""
    pages_ = max(1, -(-total // SIZE))
    href = address(name)
    return Paging(
        number=page,
        total=pages_,
        previous_href=f"{href}?pagina={page - 1}" if page > 1 else "",
        next_href=f"{href}?pagina={page + 1}" if page < pages_ else "",
    )
