"""People whom a round left to a person: the list names nobody; opening one reads, with a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.proposals import queries as proposals
from waardig.proposals.actions import LookedAt, names_in
from waardig.proposals.terms import ClosedBecause, Left, LeftStep
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.queue_page import SIZE, left_words
from waardig.screens.file_forms import read_day
from waardig.screens.frames import address
from waardig.screens.names import name_from
from waardig.screens.own_data_page import shown_value
from waardig.screens.pages import left as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Amount, Paging, Words

HIDDEN = ("brp.naam", "uitkeringen.partner", "uitkeringen.bewindvoerder")
"""Shown otherwise, or an id that means nothing to people."""
HOW = (
    ("telefoon", Words("Aan de telefoon", "On the phone")),
    ("brief", Words("Met een brief", "By letter")),
    ("gesprek", Words("In een gesprek", "In a talk")),
    ("vertegenwoordiger", Words("Via wie voor de inwoner regelt", "Through who acts for the resident")),
)
BECAUSE = {
    ClosedBecause.DIED: Words("De inwoner is overleden", "The resident has died"),
    ClosedBecause.NO_RIGHT: Words("Er is nu geen recht", "There is no right now"),
    ClosedBecause.HELPED: Words("De inwoner is al geholpen", "The resident was helped already"),
    ClosedBecause.UNREACHABLE: Words("De inwoner is niet te bereiken", "The resident cannot be reached"),
    ClosedBecause.NOT_WANTED: Words("De inwoner wil dit niet", "The resident does not want this"),
}
DONE = {
    LeftStep.ASKED: Words("De inwoner kreeg een vraag", "The resident was asked"),
    LeftStep.BY_HAND: Words("Een aanvraag is vastgelegd", "An application was recorded"),
    LeftStep.CLOSED: Words("Afgesloten: er is niets te doen", "Closed: there is nothing to do"),
}
SAID = {
    Verdict.QUALIFIES: Words("Met de gegevens van nu is er recht.", "With the facts of now there is a right."),
    Verdict.NOT: Words("Met de gegevens van nu is er geen recht.", "With the facts of now there is no right."),
    Verdict.UNKNOWN: Words("Met de gegevens van nu is dat niet zeker.", "With the facts of now it is not certain."),
}
NO_ONE = Words(
    "Er gaat geen bericht naar deze inwoner. Zoek zelf contact, of met wie voor de inwoner regelt.",
    "No message goes to this resident. Get in touch yourself, or with who acts for the resident.",
)


def number_of(left: Left) -> str:
    """How a line is called on the screen and on paper: no person stands in it."""
    return f"R-{left.item:06d}"


def list_page(frame: DeskFrame, *, service: str, reason: str, page: int) -> pages.LeftListPage:
    """Who waits, with a choice per service and reason."""
    counts = proposals.left_counts()
    chosen = (service, reason) if (service, reason) in counts else ("", "")
    found, total = proposals.left_waiting(service=chosen[0], reason=chosen[1], page=page, size=SIZE)
    return pages.LeftListPage(
        desk=frame,
        back_href=address("desk:queue"),
        total=total,
        filters=_filters(counts, chosen),
        lines=tuple(
            pages.LeftLine(
                number=number_of(left),
                href=address("desk:left", left.item),
                service=words.service_words(left.service),
                why=_why(left),
                since=left.since,
                second=left.step is LeftStep.CLOSE_PROPOSED,
            )
            for left in found
        ),
        paging=_paging(chosen, page, total),
    )


def _filters(counts: Mapping[tuple[str, str], int], chosen: tuple[str, str]) -> tuple[pages.LeftFilter, ...]:
    every = Words("Iedereen", "Everybody")
    found = [pages.LeftFilter(every, address("desk:left_list"), sum(counts.values()), chosen == ("", ""))]
    for (service, reason), count in counts.items():
        name, why = words.service_words(service), left_words(service, reason)
        label = Words(f"{name.nl}: {why.nl}", f"{name.en}: {why.en}")
        found.append(pages.LeftFilter(label, _href(service, reason), count, chosen == (service, reason)))
    return tuple(found) if len(found) > 2 else ()


def _href(service: str, reason: str, page: int = 1) -> str:
    given = {"dienst": service, "reden": reason} if service else {}
    asked = {**given, **({"pagina": str(page)} if page > 1 else {})}
    return f"{address('desk:left_list')}?{urlencode(asked)}" if asked else address("desk:left_list")


def _paging(chosen: tuple[str, str], page: int, total: int) -> Paging:
    last = max(1, -(-total // SIZE))
    return Paging(
        number=page,
        total=last,
        previous_href=_href(*chosen, page - 1) if page > 1 else "",
        next_href=_href(*chosen, page + 1) if page < last else "",
    )


def _why(left: Left) -> Words:
    said = left_words(left.service, left.reason)
    return Words(f"{said.nl[:1].upper()}{said.nl[1:]}.", f"{said.en[:1].upper()}{said.en[1:]}.")


@dataclass(frozen=True)
class Typed:
    """What an official typed on one of the forms, and what was wrong."""

    applied_on: str = ""
    how: str = ""
    because: str = ""
    wrong: Mapping[str, FieldError] | None = None

    def error(self, name: str) -> FieldError | None:
        """What was wrong with a field."""
        return (self.wrong or {}).get(name)


def read_begin(posted: Mapping[str, str], left: Left, today: date) -> tuple[date | None, Typed]:
    """The day of applying and how it came in, or what is wrong with them."""
    typed, how = posted.get("applied_on", "").strip(), posted.get("how", "")
    wrong: dict[str, FieldError] = {}
    day = read_day(typed)
    if day is None:
        wrong["applied_on"] = FieldError.DAY_WRONG
    elif not left.as_of <= day <= today:
        wrong["applied_on"] = FieldError.DAY_IMPOSSIBLE
    if how not in dict(HOW):
        wrong["how"] = FieldError.ORIGIN_EMPTY
    return (None if wrong else day), Typed(typed, how, wrong=wrong)


def read_because(posted: Mapping[str, str]) -> tuple[ClosedBecause | None, Typed]:
    """Why it is closed, or what is wrong with the choice."""
    typed = posted.get("because", "")
    if typed not in {one.value for one in ClosedBecause}:
        return None, Typed(because=typed, wrong={"because": FieldError.REASON_EMPTY})
    return ClosedBecause(typed), Typed(because=typed)


def left_page(frame: DeskFrame, seen: LookedAt, official: str, *, typed: Typed | None = None) -> pages.LeftPage:
    """One of them, opened by an official."""
    left, given = seen.left, typed or Typed()
    closing = left.step is LeftStep.CLOSE_PROPOSED
    begin = seen.may_begin and not closing
    forms = (
        _text("applied_on", given.applied_on, given) if begin else None,
        _choice("how", given.how, given, HOW) if begin else None,
        None if closing else _choice("because", given.because, given, [(k.value, v) for k, v in BECAUSE.items()]),
    )
    judged = seen.judged.judgement
    known = seen.stopped is None and judged is not None
    name = names_in(seen.facts).get(left.person)
    return pages.LeftPage(
        desk=frame,
        back_href=address("desk:left_list"),
        action=address("desk:left", left.item),
        number=number_of(left),
        service=words.service_words(left.service),
        person=name_from(name) if isinstance(name, dict) else None,
        why=_why(left),
        since=left.since,
        today_words=SAID[judged.verdict] if known and judged else _still(seen),
        amount=Amount(judged.amount_eurocent) if known and judged and judged.amount_eurocent else None,
        facts=_facts(seen),
        ask_words=None if closing else _ask_words(seen),
        applied_on=forms[0],
        how=forms[1],
        because=forms[2],
        closing=BECAUSE[left.because] if closing and left.because else None,
        closing_by=words.official_name(left.official) if closing else "",
        may_agree=closing and left.official != official,
        done=None,
        done_by=Words(""),
        case_number="",
        case_href="",
        errors=tuple(one for one in forms if one is not None and one.error),
    )


def done_page(frame: DeskFrame, left: Left) -> pages.LeftPage:
    """One with which an official is ready: what was done and by whom; nothing is read any more."""
    assert left.step is not None  # who waits is opened instead
    case = cases.case(left.case) if left.case else None
    why = BECAUSE.get(left.because) if left.because else None
    done = DONE[left.step]
    return pages.LeftPage(
        desk=frame,
        back_href=address("desk:left_list"),
        action=address("desk:left", left.item),
        number=number_of(left),
        service=words.service_words(left.service),
        person=None,
        why=_why(left),
        since=left.since,
        today_words=None,
        amount=None,
        facts=(),
        ask_words=None,
        applied_on=None,
        how=None,
        because=None,
        closing=None,
        closing_by="",
        may_agree=False,
        done=Words(f"{done.nl}. {why.nl}.", f"{done.en}. {why.en}.") if why else Words(f"{done.nl}.", f"{done.en}."),
        done_by=_both(left),
        case_number=case.number if case else "",
        case_href=address("desk:case", case.id) if case and left.step is LeftStep.BY_HAND else "",
        errors=(),
    )


def _still(seen: LookedAt) -> Words:
    said = left_words(seen.left.service, seen.stopped.value if seen.stopped else "")
    return Words(f"Dat is nu nog zo: {said.nl}.", f"That is still so now: {said.en}.")


def _ask_words(seen: LookedAt) -> Words:
    return NO_ONE if not seen.may_ask else Words("", "")


def _both(left: Left) -> Words:
    """Who was ready with it: one official, or the two who closed it."""
    names = [words.official_name(one) for one in (left.official, left.second) if one]
    return Words(" en ".join(names), " and ".join(names))


def _text(name: str, value: str, typed: Typed) -> Field:
    return Field(name, value, typed.error(name))


def _choice(
    name: str, value: str, typed: Typed, options: list[tuple[str, Words]] | tuple[tuple[str, Words], ...]
) -> Field:
    return Field(name, value, typed.error(name), tuple(Option(v, w, chosen=v == value) for v, w in options))


def _facts(seen: LookedAt) -> tuple[pages.LeftFact, ...]:
    """What was read: the newest value of each attribute, the person first; the name stands on top."""
    known = registers.declarations(content_roots())
    newest: dict[tuple[bool, str], RegisterFact] = {}
    for fact in sorted(seen.facts, key=lambda one: one.valid_from or date.min):
        if fact.attribute not in HIDDEN and (fact.valid_from is None or fact.valid_from <= business_today()):
            newest[(fact.person != seen.left.person, fact.attribute)] = fact
    return tuple(
        pages.LeftFact(
            label=_words(known.attribute(name).label),
            value=shown_value(known.attribute(name), fact),
            since=fact.valid_from,
            of_partner=of_partner,
            in_doubt=fact.under_investigation,
        )
        for (of_partner, name), fact in sorted(newest.items(), key=lambda one: one[0])
    )


def _words(text: Bilingual) -> Words:
    return Words(text.nl, text.en)
