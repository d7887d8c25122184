"""Vernietigen at the desk: what is past its term, the lists, and one list that two officials check.

No name of a resident stands on these pages: numbers, endings and days are enough to check a list (decision 0064).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from waardig.archive import queries as archive
from waardig.archive.terms import DestructionLine, DestructionList, Hold, LineKind, LineState, ListState, PlacedHold
from waardig.cases.queries.endings import Ending
from waardig.identity.terms import Who
from waardig.kernel.clock import business_today
from waardig.kernel.errors import Refusal
from waardig.screens.desk_pages import words
from waardig.screens.frames import address
from waardig.screens.pages import desk_destruction as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Paging, Words
from waardig.screens.payment_words import official_name

SIZE = 50
STATES: Mapping[ListState, Words] = {
    ListState.DRAFT: Words("wacht op een collega", "waits for a colleague"),
    ListState.APPROVED: Words("goedgekeurd, wordt vernietigd", "approved, being destroyed"),
    ListState.EXECUTED: Words("vernietigd", "destroyed"),
    ListState.WITHDRAWN: Words("ingetrokken", "withdrawn"),
}
LINE_STATES: Mapping[LineState, Words] = {
    LineState.WAITING: Words("nog niet vernietigd", "not destroyed yet"),
    LineState.REMOVED: Words("van de lijst gehaald", "taken off the list"),
    LineState.DESTROYED: Words("vernietigd", "destroyed"),
    LineState.SKIPPED: Words("bewaard", "kept"),
}
ENDINGS: Mapping[str, Words] = {
    Ending.GRANTED: Words("toegekend", "granted"),
    Ending.REFUSED: Words("afgewezen", "refused"),
    Ending.LAPSED: Words("geen antwoord", "no answer"),
    Ending.DECLINED: Words("nee gezegd", "said no"),
    Ending.OPTED_OUT: Words("nee gezegd na de aankondiging", "said no to the announcement"),
    Ending.WITHDRAWN: Words("aanvraag ingetrokken", "application withdrawn"),
    Ending.WAIVED: Words("van het geld afgezien", "gave up the money"),
    Ending.CORRECTION_UPHELD: Words("melding klopte", "report was right"),
    Ending.CORRECTION_STANDS: Words("gegeven klopte", "value was right"),
    Ending.OBJECTION_UPHELD: Words("bezwaar gegrond", "objection upheld"),
    Ending.OBJECTION_UNFOUNDED: Words("bezwaar ongegrond", "objection unfounded"),
    Ending.OBJECTION_INADMISSIBLE: Words("bezwaar niet behandeld", "objection inadmissible"),
    Ending.OBJECTION_FORWARDED: Words("bezwaar doorgestuurd", "objection forwarded"),
    Ending.OBJECTION_WITHDRAWN: Words("bezwaar ingetrokken", "objection withdrawn"),
    Ending.LOOKED_AGAIN: Words("opnieuw bekeken", "looked at again"),
    Ending.PENALTY_FIXED: Words("dwangsom vastgesteld", "penalty fixed"),
    Ending.NO_PENALTY_DUE: Words("geen dwangsom", "no penalty due"),
    "no_yes": Words("uitkomsten van een ronde, zonder voorstel", "outcomes of a round, without a proposal"),
}
REASONS: Mapping[str, Words] = {
    Hold.OBJECTION_TERM: Words("bezwaar kan nog", "an objection is still possible"),
    Hold.OBJECTION_OPEN: Words("er loopt een bezwaar", "an objection runs"),
    Hold.CORRECTION_OPEN: Words("er loopt een melding", "a report runs"),
    Hold.NOT_PAID: Words("nog niet alles is betaald", "not everything was paid"),
    Hold.ASKED_FOR: Words("een medewerker bewaart de zaak", "an official keeps the case"),
    Hold.CASE_ABOUT_IT: Words("er is een zaak over deze zaak", "there is a case about this case"),
    "not_as_listed": Words("de zaak veranderde na de goedkeuring", "the case changed after the approval"),
    "restored": Words("een reservekopie werd teruggezet", "a backup was put back"),
}


def lists_page(
    frame: DeskFrame, *, page: int = 1, typed: pages.HoldTyped | None = None, refused: Refusal | None = None
) -> pages.DestructionListsPage:
    """How much is past its term, what officials keep, and the lists, newest first."""
    lists, count = archive.lists(page=page, size=SIZE)
    today = business_today()
    return pages.DestructionListsPage(
        desk=frame,
        action=address("desk:destruction"),
        past=archive.past_count(today),
        held=tuple(_held(one, today) for one in archive.placed_holds()),
        typed=typed or pages.HoldTyped(),
        lists=tuple(_list_line(one) for one in lists),
        paging=_paging(address("desk:destruction"), page, count),
        refused=_words(refused),
    )


def _held(one: PlacedHold, today: date) -> pages.HeldCase:
    is_past = one.until is not None and one.until <= today
    by = official_name("employee", one.placed_by)
    return pages.HeldCase(one.number, one.reason, by, one.placed_on, one.until, is_past)


def _words(refused: Refusal | None) -> Words | None:
    return Words(refused.text_nl, refused.text_en) if refused else None


def _paging(href: str, page: int, total: int) -> Paging:
    last = max(1, -(-total // SIZE))
    before, after = (f"{href}?pagina={page - 1}" if page > 1 else ""), (f"{href}?pagina={page + 1}")
    return Paging(page, last, before, after if page < last else "")


def _list_line(one: DestructionList) -> pages.DestructionListLine:
    return pages.DestructionListLine(
        number=one.number,
        href=address("desk:destruction_list", one.id),
        state=STATES[one.state],
        made_on=one.made_on,
        by=official_name("employee", one.made_by),
        lines=one.lines,
    )


def list_page(
    frame: DeskFrame,
    who: Who,
    identity: UUID,
    *,
    page: int = 1,
    typed: Mapping[str, str] | None = None,
    refused: Refusal | None = None,
) -> pages.DestructionListPage:
    """One list with a page of its lines; raises DestructionListUnknown."""
    one, counts, given = archive.list_of(identity), archive.line_counts(identity), typed or {}
    here = address("desk:destruction_list", identity)
    return pages.DestructionListPage(
        desk=frame,
        back_href=address("desk:destruction"),
        action=here,
        number=one.number,
        state=STATES[one.state],
        is_draft=one.state is ListState.DRAFT,
        is_approved=one.state in (ListState.APPROVED, ListState.EXECUTED),
        is_executed=one.state is ListState.EXECUTED,
        own=one.made_by == who.id,
        made_on=one.made_on,
        made_by=official_name("employee", one.made_by),
        approved_on=one.approved_on,
        approved_by=official_name("employee", one.approved_by),
        executed_on=one.executed_on,
        count=one.lines,
        items=one.items,
        destroyed=counts.get(LineState.DESTROYED, 0),
        skipped=counts.get(LineState.SKIPPED, 0),
        shown=one.sha256,
        typed=given.get("count", ""),
        place=given.get("place", ""),
        reason=given.get("reason", ""),
        lines=tuple(_line(found) for found in archive.lines_of(identity, page=page, size=SIZE)),
        paging=_paging(here, page, sum(counts.values())),
        refused=_words(refused),
    )


def _line(one: DestructionLine) -> pages.DestructionLineShown:
    return pages.DestructionLineShown(
        place=one.place,
        number=one.number if one.kind is LineKind.CASE else "",
        service=words.service_words(one.service),
        ending=ENDINGS[one.ending],
        ground=one.result,
        ended_on=one.ended_on,
        action_on=one.action_on,
        items=one.items,
        state=LINE_STATES[one.state],
        why=_why(one),
    )


def _why(one: DestructionLine) -> Words | None:
    """Why a line was taken off (in the words of the official) or skipped."""
    if one.state is LineState.REMOVED:
        return Words(one.reason)
    if one.state is not LineState.SKIPPED:
        return None
    found = [REASONS[reason] for reason in one.reason.split(",")]
    return Words(", ".join(each.nl for each in found), ", ".join(each.en for each in found))
