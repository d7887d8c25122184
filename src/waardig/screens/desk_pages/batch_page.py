"""Toekenningen bevestigen: prepared full grants that this official opened, and the total of what is ticked.

Nothing is ticked beforehand and nothing selects all. A total is confirmed only by whoever saw exactly that total.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from waardig.cases import queries as cases
from waardig.cases.queries import desk as counts
from waardig.cases.terms import Assessment, Case, CaseState, Decision, Official
from waardig.catalogue import queries as catalogue
from waardig.identity.terms import Who
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Channel
from waardig.kernel.clock import business_today
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.official import households, official_of
from waardig.screens.frames import address
from waardig.screens.pages import desk as pages
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Link, Words

MOST = 100


def batch_page(
    frame: DeskFrame,
    who: Who,
    session: SessionBase,
    *,
    chosen: Collection[UUID] = (),
    error: FieldError | None = None,
) -> pages.BatchPage:
    """The list of prepared grants, the first last day on top; a fixed number of queries.

    Args:
        chosen: what the official ticked.
        error: what was wrong with a post.
    """
    today = business_today()
    ready, _ = cases.waiting([CaseState.PREPARED], size=MOST)
    service = ready[0].service if ready else catalogue.services()[0].id
    lines = _lines([case for case in ready if case.service == service], who, session, chosen, today)
    waiting = counts.waiting_counts(today)[CaseState.BY_HAND]
    oldest = cases.waiting([CaseState.BY_HAND], size=1)[0] if not lines else ()
    ticked = [line for line in lines if line.chosen]
    total = sum(line.amount_eurocent for line in ticked)
    return pages.BatchPage(
        desk=frame,
        back_href=address("desk:queue"),
        action=address("desk:batch"),
        service=words.service_words(service),
        lines=lines,
        seen=sum(line.status == "seen" for line in lines),
        chosen=len(ticked),
        chosen_eurocent=total,
        decide_href=address("desk:decide_list"),
        decide_count=waiting.count,
        assumed=_assumed(service) if lines else None,
        oldest_case=Link(Words(oldest[0].number), address("desk:case", oldest[0].id)) if oldest else None,
        oldest_due=oldest[0].decide_by if oldest else None,
        errors=(Field("case", "", error),) if error else (),
        shown=shown_total(len(ticked), total),
    )


def shown_total(count: int, total_eurocent: int) -> str:
    """The total on the button, posted back with the confirmation."""
    return f"{count}:{total_eurocent}"


def _lines(
    ready: Sequence[Case], who: Who, session: SessionBase, chosen: Collection[UUID], today: date
) -> tuple[pages.BatchLine, ...]:
    ids = [case.id for case in ready]
    assessed, viewed, names = cases.assessments_of(ids), cases.viewed_by(who.id, ids), households(session, ids)
    official = official_of(who, ready[0].service, today) if ready else None
    found = []
    for case in ready:
        status = _status(case, assessed.get(case.id), official, case.id in viewed)
        found.append(
            pages.BatchLine(
                id=str(case.id),
                href=address("desk:case", case.id),
                household=names.get(case.id, case.number),
                kind=words.household_words(case.household_type),
                amount_eurocent=case.amount_eurocent or 0,
                said_yes_on=case.applied_on or case.opened_on,
                due=case.decide_by or today,
                late=words.days_late(case.decide_by, today),
                status=status,
                chosen=status == "seen" and case.id in chosen,
            )
        )
    return tuple(found)


def _status(
    case: Case, assessment: Assessment | None, official: Official | None, seen: bool
) -> Literal["seen", "unseen", "sample", "outside"]:
    if assessment is None or assessment.sampled:
        return "sample"
    if official is None or not 0 < (case.amount_eurocent or 0) <= official.mandate_eurocent:
        return "outside"
    return "seen" if seen else "unseen"


def _assumed(service: str) -> Words | None:
    """The open norms that the policy rule presumes in favour in every one of these cases."""
    norms = [step for step in catalogue.why_page(service).steps if step.kind == "open_norm"]
    if not norms:
        return None
    nl = "; ".join(step.said.assumed.nl for step in norms)
    en = "; ".join(step.said.assumed.en for step in norms)
    return Words(
        f"Bij elke zaak namen wij aan, in het voordeel van de inwoner: “{nl}”", f"In every case we assumed: “{en}”"
    )


def receipt_of(decisions: Sequence[Decision]) -> dict[str, int]:
    """The counts of a confirmation: how many, how much in eurocent, and how they go out."""
    digital = 0
    for decision in decisions:
        sent = inbox.messages_of_case(decision.case, size=1).messages
        digital += any(one.channel is Channel.DIGITAL for message in sent for one in message.deliveries)
    return {
        "confirmed": len(decisions),
        "amount_eurocent": sum(decision.amount_eurocent or 0 for decision in decisions),
        "digital": digital,
        "paper": len(decisions) - digital,
    }


def done_page(frame: DeskFrame, receipt: dict[str, int]) -> pages.BatchDonePage:
    """The receipt of a confirmation."""
    return pages.BatchDonePage(desk=frame, back_href=address("desk:queue"), **receipt)
