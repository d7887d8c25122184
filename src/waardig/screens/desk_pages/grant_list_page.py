"""A list of announced grants as an official sees it: what is ready, what is judged first, what is left out and why.

No name of a person stands here: a list is no reason to read about anybody. Opening a case is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from waardig.cases import queries as cases
from waardig.cases.terms import Official
from waardig.kernel.clock import business_today
from waardig.proposals import queries as proposals
from waardig.proposals.queries import confirmable, control_total, deviating, unjudged
from waardig.proposals.terms import GrantLine, GrantList, LineStanding
from waardig.screens.desk_pages import words
from waardig.screens.frames import address
from waardig.screens.pages import grant_lists as pages
from waardig.screens.pages.forms import Field
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

STANDING = {
    LineStanding.READY: Words("Klaar om toe te kennen", "Ready to grant"),
    LineStanding.TO_JUDGE: Words("Beslis eerst zelf", "Decide yourself first"),
    LineStanding.AGREES: Words("Zelf beslist: gelijk aan de computer", "Decided by hand: the same as the computer"),
    LineStanding.DEVIATES: Words("Zelf beslist: anders dan de computer", "Decided by hand: other than the computer"),
    LineStanding.OVER_MANDATE: Words("Hoger dan uw mandaat", "Above your mandate"),
    LineStanding.DOUBTED: Words("De inwoner meldde dat iets niet klopt", "The resident reported a mistake"),
    LineStanding.CONFIRMED: Words("Bevestigd. Het besluit wordt gemaakt", "Confirmed. The decision is being made"),
    LineStanding.GRANTED: Words("Toegekend", "Granted"),
    LineStanding.SAID_NO: Words("De inwoner zei nee", "The resident said no"),
    LineStanding.TO_A_PERSON: Words("Er veranderde iets. Een mens kijkt", "Something changed. A person looks"),
}
LEFT_OUT = (LineStanding.OVER_MANDATE, LineStanding.DOUBTED, LineStanding.SAID_NO, LineStanding.TO_A_PERSON)


def lists_page(frame: DeskFrame) -> pages.GrantListsPage:
    """Which lists wait."""
    return pages.GrantListsPage(
        desk=frame,
        back_href=address("desk:queue"),
        lists=tuple(
            pages.ListLine(words.service_words(one.service), address("desk:grant_list", one.id), one.listed_on, count)
            for one, count in proposals.lists_waiting()
        ),
    )


def list_page(
    frame: DeskFrame, identity: UUID, official: Official, *, total: Field | None = None, release: Field | None = None
) -> pages.GrantListPage:
    """One list for one official; raises ListUnknown.

    Args:
        total, release: what was typed, with what was wrong.
    """
    found = proposals.list_of(identity)
    lines = proposals.lines_of(identity, official, on=business_today())
    ready = confirmable(lines)
    held_back = bool(deviating(lines)) and not found.released_by
    why_not = _why_not(found, lines, held_back=held_back)
    done = _done(lines)
    return pages.GrantListPage(
        desk=frame,
        back_href=address("desk:grant_lists"),
        action=address("desk:grant_list", identity),
        service=words.service_words(found.service),
        listed_on=found.listed_on,
        count=len(ready),
        total_eurocent=control_total(lines),
        kinds=_kinds(ready),
        rules=_rules(found),
        sample=_sample(lines),
        sample_percent=_percent(found.service),
        left_out=tuple(_row(line) for line in lines if not line.sampled and line.standing in LEFT_OUT),
        rows=tuple(_row(line) for line in ready),
        confirmed=len(done),
        granted=sum(one.standing is LineStanding.GRANTED for one in done),
        held_back=held_back,
        release=(release or Field("reasons")) if held_back and _may_release(lines, official) else None,
        released_by=words.official_name(found.released_by),
        may_confirm=why_not is None,
        why_not=why_not,
        total=total or Field("total"),
        errors=tuple(field for field in (total, release) if field and field.error),
    )


def _done(lines: Sequence[GrantLine]) -> list[GrantLine]:
    """What was confirmed as part of the list."""
    confirmed = (LineStanding.CONFIRMED, LineStanding.GRANTED)
    return [one for one in lines if one.standing in confirmed and not one.sampled]


def _sample(lines: Sequence[GrantLine]) -> tuple[pages.CaseRow, ...]:
    """Who is judged by a person first."""
    return tuple(_row(line, opens=line.standing is LineStanding.TO_JUDGE) for line in lines if line.sampled)


def _why_not(found: GrantList, lines: Sequence[GrantLine], *, held_back: bool) -> Words | None:
    if found.completed_at is None:
        return Words("De lijst wordt nog nagerekend.", "The list is still being computed.")
    if waiting := len(unjudged(lines)):
        return Words(
            f"Beslis eerst zelf over de steekproef: nog {waiting}.",
            f"Decide on the sample first: {waiting} left.",
        )
    if held_back:
        return Words(
            "In de steekproef vond een mens iets anders dan de computer. Daarom wacht deze lijst.",
            "In the sample a person found something else than the computer. So this list waits.",
        )
    if not confirmable(lines):
        return Words("Er is nu niets dat u kunt bevestigen.", "There is nothing now that you can confirm.")
    return None


def _may_release(lines: Sequence[GrantLine], official: Official) -> bool:
    return official.id not in proposals.judges_of(line.case for line in deviating(lines))


def _percent(service: str) -> int:
    sample = cases.sample_of(service)
    return sample.percent if sample else 0


def _kinds(lines: Iterable[GrantLine]) -> tuple[pages.KindTotal, ...]:
    found: dict[str, list[GrantLine]] = {}
    for line in lines:
        found.setdefault(line.household_type, []).append(line)
    return tuple(
        pages.KindTotal(words.household_words(kind), len(own), sum(line.amount_eurocent for line in own))
        for kind, own in sorted(found.items())
    )


def _rules(found: GrantList) -> tuple[pages.RuleLine, ...]:
    """The laws with their versions that were applied on the day of the list."""
    rules = cases.rule_set_of(found.service, found.listed_on)
    book = cases.book()
    return tuple(pages.RuleLine(book.version(ref.id, found.listed_on).name, ref.valid_from or "") for ref in rules.laws)


def _row(line: GrantLine, *, opens: bool = False) -> pages.CaseRow:
    shows = line.standing is LineStanding.DEVIATES
    return pages.CaseRow(
        number=line.number,
        kind=words.household_words(line.household_type),
        amount_eurocent=line.amount_eurocent,
        standing=STANDING[line.standing],
        href=address("desk:case", line.case) if opens or line.sampled or line.standing in LEFT_OUT else "",
        decided_eurocent=(line.decided_eurocent or 0) if shows else None,
    )
