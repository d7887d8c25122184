"""Rounds as pages: which rounds there were, and of one every figure that may be shown, with a drawing and files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO

from waardig.accountability.queries import figures
from waardig.accountability.terms import FIGURES, Publication, PublishedAmount
from waardig.catalogue import queries as catalogue
from waardig.kernel.days import date_text
from waardig.kernel.small_cells import Group
from waardig.screens.desk_pages.queue_page import LEFT_WORDS
from waardig.screens.desk_pages.words import reason_words
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Link, Words
from waardig.screens.public_pages.words import CSV, JSON, SMALL, to_service, words

NAMES: Mapping[str, Words] = {
    "clients": Words("Mensen over wie het ging", "People it was about"),
    "opted_out": Words("Meldden zich af", "Opted out"),
    "looked_at": Words("Bekeken", "Looked at"),
    "no_proposal": Words("Kregen zelf geen voorstel", "Got no proposal themselves"),
    "proposals": Words("Kregen een voorstel", "Got a proposal"),
    "answered_yes": Words("Ja, of zonder vraag", "Yes, or without asking"),
    "answered_no": Words("Zeiden nee", "Said no"),
    "silent": Words("Zeiden nog niets", "Said nothing yet"),
    "granted": Words("Toegekend", "Granted"),
    "refused": Words("Afgewezen", "Refused"),
    "open": Words("Nog bezig", "Still open"),
}
FIRST = ("clients", "opted_out", "looked_at", "proposals", "answered_yes", "answered_no", "granted", "refused")
TABLES: Mapping[str, Words] = {
    "reasons": Words("Waarom geen voorstel?", "Why no proposal?"),
    "channels": Words("Hoe ging het voorstel weg?", "How did the proposal go out?"),
    "days": Words("Hoe snel werd er besloten?", "How soon was it decided?"),
}
CELLS: Mapping[str, Words] = {
    "digital": Words("Alleen digitaal", "Digital only"),
    "paper": Words("Op papier", "On paper"),
    "not_sent": Words("Nog niet weg", "Not sent yet"),
    "week_1": Words("Binnen 1 week", "Within 1 week"),
    "week_2": Words("Binnen 2 weken", "Within 2 weeks"),
    "week_4": Words("Binnen 4 weken", "Within 4 weeks"),
    "week_8": Words("Binnen 8 weken", "Within 8 weeks"),
    "later": Words("Na 8 weken", "After 8 weeks"),
    "several": Words("Meer dan 1 voorwaarde voldoet niet", "More than 1 condition is not met"),
    "with_partner": Words("Samen met de partner", "Together with the partner"),
    "to_person": Words("Een mens kijkt", "A person looks"),
    "busy": Words("Er liep al iets", "Something was running already"),
    "held": Words("Vastgehouden", "Held"),
    "deceased": Words("Overleden", "Died"),
    "facts_too_old": Words("Gegevens te oud: wacht op de bron", "Data too old: waits for the source"),
    "not_entitled": Words("Waarschijnlijk geen recht", "Probably no right"),
    **LEFT_WORDS,
}
AMOUNTS: Mapping[str, Words] = {
    "proposed_amounts": Words("Samen voorgesteld", "Proposed in total"),
    "granted_amounts": Words("Samen toegekend", "Granted in total"),
}
LONGEST_BAR = 340


def rounds_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Every round of a service with its figures.

    Raises:
        UnknownService: there is no such service.
    """
    name = words(catalogue.service(service).name)
    columns = tuple(Words("Ronde van", "Round of") if not key else NAMES[key] for key in ("", *FIRST[:1], *FIRST[3:]))
    rows = tuple(_round_row(service, one) for one in figures.rounds(service))
    table = parts.Table(
        "rondes",
        Words("Alle rondes", "All rounds"),
        columns,
        rows,
        SMALL,
        Link(CSV, address("public:rounds_csv", service)),
        Words("Er was nog geen ronde. Niemand is nog benaderd.", "There was no round yet. Nobody was approached."),
    )
    return parts.DocumentPage(
        frame=frame,
        back=to_service(service, name),
        title=Words(f"Rondes: {name.nl}", f"Rounds: {name.en}"),
        lead=Words("Hier staat wat elke ronde deed, in aantallen.", "Here is what each round did, in numbers."),
        parts=(table,),
    )


def _round_row(service: str, one: Publication) -> tuple[parts.Cell, ...]:
    day = one.round_on
    href = address("public:round", service, day.isoformat())
    label = Words(date_text(day, "nl"), date_text(day, "en"))
    return (parts.Cell(label, href), *(parts.Cell(_shown(one, key)) for key in (*FIRST[:1], *FIRST[3:])))


def _shown(one: Publication, name: str) -> Words | int:
    count = one.figures.figure(name)
    return Words("niet getoond", "not shown") if count is None else count


def round_page(service: str, round_on: date, frame: Frame) -> parts.DocumentPage:
    """One round.

    Raises:
        NoSuchRound: nothing was published about it.
    """
    found = figures.latest(service, round_on)
    name = words(catalogue.service(service).name)
    day = Words(date_text(round_on, "nl"), date_text(round_on, "en"))
    files = (Link(CSV, address("public:round_csv", service, round_on.isoformat())),)
    return parts.DocumentPage(
        frame=frame,
        back=Link(Words(f"Rondes: {name.nl}", f"Rounds: {name.en}"), address("public:rounds", service)),
        title=Words(f"De ronde van {day.nl}", f"The round of {day.en}"),
        lead=Words(
            f"{name.nl}. Stand van {date_text(found.as_of, 'nl')}.", f"{name.en}. As of {date_text(found.as_of, 'en')}."
        ),
        parts=(
            _chart(found),
            _figures(found),
            *_amounts(found),
            *(_table(found, table, title, service) for table, title in TABLES.items()),
            parts.Links(
                Words("Als bestand", "As a file"),
                (*files, Link(JSON, address("public:round_json", service, round_on.isoformat()))),
            ),
        ),
    )


def _chart(found: Publication) -> parts.Chart:
    shown = [(NAMES[key], count) for key in FIRST if (count := found.figures.figure(key)) is not None]
    return parts.Chart("tekening", Words("De cijfers van de ronde", "The figures of the round"), bars_of(shown))


def bars_of(shown: list[tuple[Words, int]]) -> tuple[parts.ChartBar, ...]:
    """Bars in proportion to the largest."""
    most = max((count for _, count in shown), default=0)
    return tuple(
        parts.ChartBar(name, str(count), round(LONGEST_BAR * count / most) if most else 0) for name, count in shown
    )


def _figures(found: Publication) -> parts.Table:
    rows = tuple((parts.Cell(NAMES[key]), parts.Cell(_shown(found, key))) for key in FIGURES)
    columns = (Words("Wat", "What"), Words("Aantal", "Number"))
    return parts.Table("cijfers", Words("Cijfers", "Figures"), columns, rows, SMALL)


def _amounts(found: Publication) -> tuple[parts.Rows, ...]:
    rows = tuple(
        parts.Row(AMOUNTS[name], _amount(amount)) for name, amount in found.figures.amounts.items() if name in AMOUNTS
    )
    return (parts.Rows(Words("Bedragen", "Amounts"), rows),) if rows else ()


def _amount(amount: PublishedAmount) -> tuple[Amount | Words, ...]:
    if not amount.step:
        return (Amount(amount.eurocent),)
    whole = f"{amount.step // 100:,}"
    note = Words(
        f"Afgerond op € {whole.replace(',', '.')}, zodat niemand een bedrag kan narekenen.",
        f"Rounded to €{whole}, so that nobody can work out somebody's amount.",
    )
    return (Amount(amount.eurocent), note)


def _table(found: Publication, name: str, title: Words, service: str) -> parts.Table:
    groups = found.figures.tables.get(name, {})
    rows = tuple(
        (parts.Cell(_group(group, service)), parts.Cell(count))
        for group, count in sorted(groups.items(), key=lambda one: (-one[1], sorted(one[0])))
    )
    columns = (Words("Wat", "What"), Words("Aantal", "Number"))
    empty = Words(
        "Het gaat om te weinig mensen om te tonen, of er is nog niets.",
        "It is about too few people to show, or there is nothing yet.",
    )
    return parts.Table(name, title, columns, rows, empty=empty)


def _group(group: Group, service: str) -> Words:
    said = [cell_words(cell, service) for cell in sorted(group)]
    return Words(" + ".join(one.nl for one in said), " + ".join(one.en for one in said))


def cell_words(cell: str, service: str) -> Words:
    """A cell in words; one of the law by its condition."""
    return CELLS.get(cell) or reason_words(cell, service)


def rounds_csv(service: str) -> str:
    """Every round of a service with semicolons; a figure that may not be shown is empty."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["ronde_van", "stand_van", "publicatie", *FIGURES])
    for one in figures.rounds(service):
        counts = [one.figures.figure(name) for name in FIGURES]
        cells = ["" if count is None else count for count in counts]
        writer.writerow([one.round_on.isoformat(), one.as_of.isoformat(), one.number, *cells])
    return out.getvalue()


def round_csv(found: Publication) -> str:
    """The figures of one round with semicolons: table, what, number; a figure that may not be shown is empty."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["cijfer", "figure", "aantal"])
    writer.writerow(["Ronde van", "Round of", found.round_on.isoformat()])
    writer.writerow(["Stand van", "As of", found.as_of.isoformat()])
    for name, said in NAMES.items():
        count = found.figures.figure(name)
        writer.writerow([said.nl, said.en, "" if count is None else count])
    for name, said in AMOUNTS.items():
        amount = found.figures.amounts.get(name)
        writer.writerow([f"{said.nl} in eurocent", f"{said.en} in eurocent", amount.eurocent if amount else ""])
    for name, title in TABLES.items():
        for group, count in found.figures.tables.get(name, {}).items():
            said = _group(group, found.service)
            writer.writerow([f"{title.nl} {said.nl}", f"{title.en} {said.en}", count])
    return out.getvalue()
