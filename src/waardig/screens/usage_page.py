"""Wie gebruikte mijn gegevens: the lines of the log as sentences, by week, newest first."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.http import Http404

from waardig.access.actions import ask
from waardig.access.terms import OVERSIGHT_ROLE, Request, Ticket
from waardig.archive import queries as archive
from waardig.archive.terms import Gone
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import UnknownActivity
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.days import AMSTERDAM, day_of
from waardig.logbook import queries as logbook
from waardig.logbook.terms import Counts, LineItem, LogEntry
from waardig.mandates import queries as mandates
from waardig.mandates.terms import PARENT_ROLE, mandate_of
from waardig.registers import queries as registers
from waardig.registers.terms import Declarations, UnknownAttribute
from waardig.screens.addresses import PORTAL, Addresses
from waardig.screens.frames import address
from waardig.screens.pages import usage as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Paging, Words
from waardig.screens.subject import Subject, names_in_mandates
from waardig.screens.usage_next import uses_next

OWN_USE = "inzage.gebruik"
FOLD_OVER = 20
PAGE = 200
SIGNING_IN = "aanmelden"


def _ticket(subject: Subject) -> Ticket:
    what = frozenset({"logboek.regel"})
    return ask(Request(subject.activity(OWN_USE), what, (subject.person,), subject.actor, business_today()))


def own_evidence(subject: Subject) -> dict[str, object]:
    """The lines about the subject as a file that anybody can check without us (`waardig-logbewijs-1`).

    Raises:
        Http404: nothing was signed yet.

    Source: AVG article 15 lid 3; RFC 9162; C2SP tlog-checkpoint.
    """
    published = logbook.signed()
    if published is None:
        raise Http404
    ticket, note = _ticket(subject), published.note
    found, counted = logbook.take_evidence(ticket, published.checkpoint), logbook.take_counts(ticket)
    return {
        "form": "waardig-logbewijs-1",
        "log": note.partition("\n")[0],
        "checkpoint": note,
        "public_keys": [b64encode(key).decode() for key in published.keys],
        "waiting": found.waiting,
        "withheld": found.withheld,
        "lines": [
            {
                "line": one.canonical,
                "salt": one.salt.hex(),
                "place": one.place,
                "path": [b64encode(step).decode() for step in one.path],
            }
            for one in found.proofs
        ],
        "counts": _counts(counted) if counted else None,
    }


def _counts(found: Counts) -> dict[str, object]:
    """How many lines the log counted, for a file."""
    return {
        "checkpoint": found.note,
        "subjects": [
            {
                "counts": one.counts,
                "salt": one.salt.hex(),
                "bucket": one.bucket,
                "content": b64encode(one.content).decode(),
                "path": [b64encode(step).decode() for step in one.path],
                "withheld": dict(one.withheld),
            }
            for one in found.proofs
        ],
    }


def usage_page(subject: Subject, frame: Frame, addresses: Addresses, *, page: int = 1) -> pages.UsagePage:
    """The page Who used my data; seeing it is itself a line."""
    found = logbook.take_line_page(_ticket(subject), fold_over=FOLD_OVER, page=page, size=PAGE)
    shown = [item.entry for item in found.page]
    known = registers.declared()
    own = inbox.messages_for(subject.person, reader=subject.reader, size=500).messages
    readable = frozenset(message.id for message in own)
    around = _Around(known, subject, addresses, readable, _helpers(shown, subject), _destroyed(shown))
    more = found.items > page * PAGE
    next_uses, receivers = uses_next(found.last)
    return pages.UsagePage(
        frame=frame,
        about=subject.about,
        since=day_of(found.since) if found.since else business_today(),
        times=found.lines,
        organisations=found.organisations or 1,
        weeks=_weeks(found.page, around),
        earlier_href=f"?pagina={page + 1}" if more else "",
        earlier_since=day_of(shown[-1].at) if more and shown else None,
        opt_out_href=addresses.opt_out,
        proofs_href=addresses.proofs if addresses.may_answer and logbook.signed() else "",
        check_href=address("public:log"),
        next_uses=next_uses,
        receivers=receivers,
        paging=Paging(page, max(1, -(-found.items // PAGE)), f"?pagina={page - 1}" if page > 1 else "",
                      f"?pagina={page + 1}" if more else ""),
    )  # fmt: skip


def usage_entry(subject: Subject, span: str) -> pages.UsageEntry | None:
    """One use of the subject's data, by the span of its line; None when there is none such."""
    line = logbook.take_line(_ticket(subject), span)
    if line is None:
        return None
    known = registers.declared()
    around = _Around(known, subject, PORTAL, frozenset(), _helpers((line,), subject), _destroyed((line,)))
    return replace(_entry(line, around), question_href="")


@dataclass(frozen=True)
class _Around:
    """What every line needs besides itself: messages this reader may open, helpers by role, cases that are gone."""

    known: Declarations
    subject: Subject
    addresses: Addresses
    messages: frozenset[UUID]
    helpers: Mapping[str, str]
    destroyed: Mapping[UUID, Gone]


def _destroyed(lines: Sequence[LogEntry]) -> Mapping[UUID, Gone]:
    """Which cases that these lines were for, or led to, were destroyed, when and by which list; one query."""
    return archive.destroyed_on({case for line in lines for case in _cases(line)})


def _cases(line: LogEntry) -> list[UUID]:
    return [*([line.case] if line.case else []), *(one.target for one in line.led_to if one.kind == "case")]


def _weeks(items: Sequence[LineItem], around: _Around) -> tuple[pages.UsageWeek, ...]:
    by_week: dict[date, list[LineItem]] = {}
    for item in items:
        day = day_of(item.entry.at)
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(item)
    return tuple(_week(first, by_week[first], around) for first in sorted(by_week, reverse=True))


def _week(first: date, items: Sequence[LineItem], around: _Around) -> pages.UsageWeek:
    """The items of a week as they came: refused ones first."""
    folded = sorted((item for item in items if item.folded), key=lambda item: item.entry.activity)
    return pages.UsageWeek(
        _relation(first),
        first,
        first + timedelta(days=6),
        tuple(_entry(item.entry, around) for item in items if not item.folded),
        tuple(pages.FoldedUse(_sentence(item.entry, around), item.folded) for item in folded),
    )


def _relation(first: date) -> Literal["this", "previous", "other"]:
    today = day_of(wall_now())
    monday = today - timedelta(days=today.weekday())
    if first == monday:
        return "this"
    return "previous" if first == monday - timedelta(days=7) else "other"


def _entry(line: LogEntry, around: _Around) -> pages.UsageEntry:
    basis = "; ".join(f"{one.law}, artikel {one.article}" for one in line.legal_basis)
    basis_en = "; ".join(f"{one.law}, article {one.article}" for one in line.legal_basis)
    gone = next((around.destroyed[case] for case in _cases(line) if case in around.destroyed), None)
    return pages.UsageEntry(
        sentence=_sentence(line, around),
        at=line.at.astimezone(AMSTERDAM),
        attributes=tuple(_label(name, around.known) for name in line.attributes),
        purpose=Words(line.purpose.nl, line.purpose.en),
        basis=Words(basis, basis_en),
        question_href=address("portal:usage_question", line.line.span_id) if around.addresses.may_answer else "",
        kept_until=_kept_until(line),
        consequence=_consequence(line, around),
        by_computer=line.actor_kind == "system",
        unusual=line.decision == "refuse",
        destroyed_on=gone.on if gone else None,
        destroyed_by=gone.list if gone else "",
    )


def _kept_until(line: LogEntry) -> date | None:
    """The last day on which the line is kept; None when it is not shown, or stays as long as what it names."""
    if line.withheld or line.case or line.message or line.led_to:
        return None
    try:
        term = catalogue.activity(line.activity).retention.period
    except UnknownActivity:
        return None
    return archive.last_day(day_of(line.at), term)


def _helpers(lines: Sequence[LogEntry], subject: Subject) -> dict[str, str]:
    """Who acted for the subject, by the role in the log that names the mandate (one line to look the names up)."""
    roles = {line.role: identity for line in lines if (identity := mandate_of(line.role))}
    found = {role: mandates.one(identity) for role, identity in roles.items()}
    helping = {role: one.helper for role, one in found.items() if one and one.helper}
    if not helping or subject.actor.kind == "organisation":
        return {}
    names = names_in_mandates(tuple(helping.values()), subject.actor)
    return {role: names[helper].short for role, helper in helping.items() if helper in names}


def _sentence(line: LogEntry, around: _Around) -> Words:
    """**Who** did what; refused attempts say that nothing was shown."""
    if line.withheld:
        return Words("Een inzage die u later te zien krijgt.", "A use that you will see later.")
    who_nl, who_en = _who(line, around.subject)
    did_nl, did_en = _did(line)
    if mandate_of(line.role):
        name = around.helpers.get(line.role, "")
        who_nl, who_en = (name or "Uw helper"), (name or "Your helper")
        did_nl, did_en = f"deed dit voor u: {did_nl}", f"did this for you: {did_en}"
    if line.decision == "refuse":
        return Words(
            f"**{who_nl}** vroeg gegevens van u. Dat mocht niet, dus er is niets getoond.",
            f"**{who_en}** asked for your data. That was not allowed, so nothing was shown.",
        )
    return Words(f"**{who_nl}** {did_nl}.", f"**{who_en}** {did_en}.")


def _who(line: LogEntry, subject: Subject) -> tuple[str, str]:
    if line.role == PARENT_ROLE and subject.about is None:
        return "Uw ouder", "Your parent"
    if line.actor_kind == "resident":
        return ("U", "You") if subject.about is None else (subject.about.full, subject.about.full)
    if line.role == OVERSIGHT_ROLE:
        return "De toezichthouder", "The supervisor"
    if line.actor_kind == "organisation":
        return "Uw bewindvoerder", "Your administrator"
    return line.organisation, line.organisation


def _did(line: LogEntry) -> tuple[str, str]:
    if line.activity == SIGNING_IN and line.actor_kind == "system":
        return "zocht op wie u bent, zodat u kon inloggen", "looked up who you are, so that you could sign in"
    if line.activity == SIGNING_IN and line.actor_kind == "employee":
        return "zocht u op, aan het loket of aan de telefoon", "looked you up, at the counter or on the phone"
    try:
        declared = catalogue.activity(line.activity)
    except UnknownActivity:
        return line.name, line.name
    return declared.citizen_text.nl, declared.citizen_text.en


def _label(name: str, known: Declarations) -> Words:
    try:
        label = known.attribute(name).label
    except UnknownAttribute:
        return Words(name, name)
    return Words(label.nl, label.en)


def _consequence(line: LogEntry, around: _Around) -> Link | None:
    targets = [*([line.message] if line.message else []), *(one.target for one in line.led_to if one.kind == "message")]
    message = next((target for target in targets if target in around.messages), None)
    if message is None:
        return None
    return Link(Words("Hierna kreeg u dit bericht", "This message followed"), around.addresses.message(message))
