"""A copy of everything held about somebody, earlier values too: as a file for programs, and on paper to read.

Source: AVG article 15 lid 3 (a copy, in a common electronic form when it was asked electronically) and article 12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse

from waardig.archive import queries as archive
from waardig.catalogue.queries import municipality
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Block, DataRow, DataTable, Language, Lead, Paragraph, Section, Span, Text, Title
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.kernel.days import date_text, day_of
from waardig.registers import queries as registers
from waardig.registers.terms import GROUP_TITLES, Attribute, Declarations, RecordedFact, RegisterFact
from waardig.screens.names import name_from
from waardig.screens.own_data_page import newest, source_of
from waardig.screens.own_history import ADDRESS, OWN_COPY, earlier, is_secret, own_ticket
from waardig.screens.subject import Subject

FORM = "waardig-mijn-gegevens-1"
NAME = "brp.naam"
WITHHELD = Bilingual("Dit is geheim. Alleen u kunt het zien.", "This is secret. Only you can see it.")


@dataclass(frozen=True)
class OwnCopy:
    """Everything held: what holds now, and all that was recorded, per attribute in the order of the declarations.

    Attributes:
        withheld: attributes whose values are left out, because somebody else makes the copy.
        kept_until: by fact the last day on which it is kept; None while the day from which that counts has not come.
    """

    known: Declarations
    current: tuple[tuple[Attribute, RegisterFact], ...]
    recorded: tuple[RecordedFact, ...]
    withheld: frozenset[str]
    kept_until: Mapping[UUID, date | None] = field(default_factory=dict)


def own_copy(subject: Subject) -> OwnCopy:
    """Read everything held about the subject: one line in their log, which says that a copy was made.

    Raises:
        AccessRefused: who asks may not.
    """
    ticket = own_ticket(subject, OWN_COPY)
    facts, recorded = registers.take(ticket), registers.take_history(ticket)
    is_own = subject.about is None and not subject.is_at_counter
    withheld = frozenset({ADDRESS}) if is_secret(facts, ADDRESS) and not is_own else frozenset[str]()
    known = registers.declared()
    kept = {fact: term.kept_until for fact, term in archive.take_terms(ticket).items()}
    return OwnCopy(known, tuple(newest(known, facts)), recorded, withheld, kept)


def copy_file(subject: Subject) -> HttpResponse:
    """The copy as a file for programs. Raises as `own_copy`; Http404 for a helper."""
    response = JsonResponse(as_file(_copy_for(subject)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


def copy_on_paper(subject: Subject, language: Language) -> HttpResponse:
    """The copy as a file to read and print. Raises as `own_copy`; Http404 for a helper."""
    response = HttpResponse(on_paper(_copy_for(subject), language), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="mijn-gegevens.pdf"'
    return response


def _copy_for(subject: Subject) -> OwnCopy:
    """A mandate is to see and to do what holds now; a copy of everything is for oneself and who represents by law."""
    if subject.authority is not None:
        raise Http404
    return own_copy(subject)


# -- for programs ------------------------------------------------------------------------------------------------------
def as_file(copy: OwnCopy) -> dict[str, object]:
    """The copy as `waardig-mijn-gegevens-1`: registers, their attributes, all values."""
    by_attribute = _by_attribute(copy.recorded)
    return {
        "form": FORM,
        "made_on": business_today().isoformat(),
        "municipality": municipality().name,
        "registers": [
            {
                "register": register.id,
                "name": _both(register.name),
                "holder": _both(register.holder.name),
                "kept_under": register.source,
                "attributes": [
                    _attribute(copy, one, by_attribute[one.id])
                    for one in register.attributes.values()
                    if one.id in by_attribute
                ],
            }
            for register in copy.known.registers.values()
            if not by_attribute.keys().isdisjoint(register.attributes)
        ],
    }


def _by_attribute(recorded: Sequence[RecordedFact]) -> dict[str, list[RecordedFact]]:
    found: dict[str, list[RecordedFact]] = {}
    for one in recorded:
        found.setdefault(one.fact.attribute, []).append(one)
    return found


def _attribute(copy: OwnCopy, attribute: Attribute, recorded: Sequence[RecordedFact]) -> dict[str, object]:
    is_withheld = attribute.id in copy.withheld
    return {
        "attribute": attribute.id,
        "label": _both(attribute.label),
        "unit": attribute.unit,
        "kept_for": {
            "period": attribute.retention.period,
            "from": attribute.retention.starts.value,
            "source": attribute.retention.source,
        },
        "withheld": is_withheld,
        "values": [] if is_withheld else [_value(copy, attribute, one) for one in recorded],
    }


def _value(copy: OwnCopy, attribute: Attribute, one: RecordedFact) -> dict[str, object]:
    fact = one.fact
    return {
        "value": _own(fact.value),
        "shown": {language: registers.shown(attribute, fact.value, language) for language in ("nl", "en")},
        "valid_from": _day(fact.valid_from),
        "valid_to": _day(fact.valid_to),
        "established_on": _day(fact.established_on),
        "recorded_at": fact.recorded_at.isoformat(),
        "replaced_at": one.superseded_at.isoformat() if one.superseded_at else None,
        "under_investigation": fact.under_investigation,
        "kept_until": _day(copy.kept_until.get(fact.fact_id)),
        "holder": fact.holder,
        "source": fact.source,
    }


def _own(value: object) -> object:
    """Without our number of somebody else, which is not the data of who asks."""
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if key != "person"}
    return value


def _both(words: Bilingual) -> dict[str, str]:
    return {"nl": words.nl, "en": words.en}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# -- on paper ----------------------------------------------------------------------------------------------------------
TITLE = Bilingual("Dit weet de gemeente over u", "What the municipality knows about you")
LEAD = Bilingual(
    "Dit is een kopie van alle gegevens die wij van u hebben. Bewaar dit blad goed: het is privé.",
    "This is a copy of all data that we hold about you. Keep this sheet safe: it is private.",
)
COLUMNS = (
    Bilingual("Wat", "What"),
    Bilingual("Wat er staat", "What it says"),
    Bilingual("Van wie en wanneer", "From whom and when"),
)
OTHER = Bilingual("Andere gegevens", "Other data")
WRONG = Bilingual("Klopt iets niet?", "Is something wrong?")
SAY_SO = Bilingual(
    "Zeg het ons. Dat kan op de site bij “Mijn gegevens”, aan de telefoon of aan het loket. Wij zoeken uit wie het "
    "moet herstellen. Wij laten u weten wat er gebeurt.",
    "Tell us. You can do that on the site under “My data”, by phone or at the counter. We find out who has to repair "
    "it. We tell you what happens.",
)
USED = Bilingual(
    "Wie uw gegevens gebruikte, staat op de site bij “Wie gebruikte mijn gegevens?”.",
    "Who used your data stands on the site under “Who used my data?”.",
)


def on_paper(copy: OwnCopy, language: Language) -> bytes:
    """The copy as PDF/UA-1, in the order of My data."""
    blocks: tuple[Block, ...] = (
        Title("titel", _text(TITLE, language)),
        Lead("lead", (*_text(LEAD, language), *_whose(copy))),
        *_tables(copy, language),
        Section("fout", _text(WRONG, language), (Paragraph(_text(SAY_SO, language)), Paragraph(_text(USED, language)))),
    )
    return inbox.printed_form(blocks, on=business_today(), language=language)


def _whose(copy: OwnCopy) -> Text:
    named = next((fact.value for attribute, fact in copy.current if attribute.id == NAME), None)
    return (Span(f" {name_from(named).full}"),) if isinstance(named, dict) else ()


def _tables(copy: OwnCopy, language: Language) -> Iterator[DataTable]:
    before = earlier(copy.recorded, {attribute.id: fact for attribute, fact in copy.current})
    titles = {str(group): Bilingual(*words) for group, words in GROUP_TITLES.items()}
    attributes = {one.fact.attribute for one in copy.recorded}
    for group in (*titles, ""):
        rows: list[DataRow] = []
        for attribute in copy.known.all_attributes():
            if attribute.id in attributes and (str(attribute.group or "") == group):
                rows += _rows(copy, attribute, before.get(attribute.id, ()), language)
        if rows:
            yield DataTable(
                id=f"groep-{group or 'anders'}",
                heading=_text(titles.get(group, OTHER), language),
                columns=tuple(one.in_language(language) for one in COLUMNS),
                rows=tuple(rows),
            )


def _rows(
    copy: OwnCopy, attribute: Attribute, before: tuple[RecordedFact, ...], language: Language
) -> Iterator[DataRow]:
    label = attribute.label.in_language(language)
    if attribute.id in copy.withheld:
        yield DataRow(label, _text(WITHHELD, language), ())
        return
    source = source_of(copy.known.register_of(attribute.id))
    here = Bilingual(source.nl, source.en)
    now = next((fact for one, fact in copy.current if one.id == attribute.id), None)
    if now:
        since = _since(now, language)
        yield DataRow(label, _shown(attribute, now, language), (Span(f"{here.in_language(language)}{since}"),))
    for one in before:
        yield DataRow(
            f"{label} ({_EARLIER.in_language(language)})",
            _shown(attribute, one.fact, language),
            (Span(_span(one, language)),),
        )


_EARLIER = Bilingual("eerder", "earlier")
_REPLACED = Bilingual("verbeterd op", "corrected on")
_SINCE = Bilingual("sinds", "since")
_FROM = Bilingual("vanaf", "from")
_UNTIL = Bilingual("tot en met", "until")
_ESTABLISHED = Bilingual("vastgesteld op", "established on")


def _since(fact: RegisterFact, language: Language) -> str:
    if fact.valid_from:
        return f", {_SINCE.in_language(language)} {date_text(fact.valid_from, language)}"
    if fact.established_on:
        return f", {_ESTABLISHED.in_language(language)} {date_text(fact.established_on, language)}"
    return ""


def _span(one: RecordedFact, language: Language) -> str:
    """ "vanaf 1 mei 2020 tot en met 3 juni 2021", "verbeterd op 4 mei 2025"."""
    days = (
        (_FROM, one.fact.valid_from),
        (_UNTIL, one.fact.valid_to),
        (_REPLACED, day_of(one.superseded_at) if one.superseded_at else None),
    )
    return " ".join(f"{words.in_language(language)} {date_text(day, language)}" for words, day in days if day)


def _shown(attribute: Attribute, fact: RegisterFact, language: Language) -> Text:
    return (Span(registers.shown(attribute, fact.value, language)),)


def _text(words: Bilingual, language: Language) -> Text:
    return (Span(words.in_language(language)),)
