"""The start of the public site: on one screen how every service stands, and from there to everything underneath."""

from __future__ import annotations

from waardig.accountability.queries import figures, measured, questions
from waardig.accountability.terms import NoSuchRound
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Service
from waardig.kernel.clock import business_today
from waardig.kernel.days import date_text
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words
from waardig.screens.public_pages.words import words
from waardig.screens.weighing_page import state_of
from waardig.values import queries as values
from waardig.values.terms import NoDossier, PublicView, Verdict

KEPT = frozenset({Verdict.PASSES, Verdict.WARNS})


def home_page(frame: Frame) -> parts.DocumentPage:
    """Every weighed service with how it stands, and the registers."""
    rows = tuple(row for service in catalogue.services() if (row := _row(service)))
    columns = (
        Words("Dienst", "Service"),
        Words("Status", "Status"),
        Words("Voorwaarden", "Conditions"),
        Words("Laatste ronde", "Last round"),
        Words("Kregen een voorstel", "Got a proposal"),
        Words("Vragen die wachten", "Questions that wait"),
    )
    table = parts.Table(
        "diensten",
        Words("Alle diensten die zelf zoeken", "All services that look for people"),
        columns,
        rows,
        empty=Words("De gemeente zoekt nu nergens zelf.", "The municipality does not look for anybody now."),
    )
    return parts.DocumentPage(
        frame=frame,
        back=Link(Words(""), ""),
        title=Words("Diensten die zelf zoeken", "Services that look for people"),
        lead=Words(
            "Soms zoekt de gemeente zelf wie ergens recht op heeft. "
            "Hier leest u bij welke dienst dat zo is, en waarom het mag.",
            "Sometimes the municipality itself looks for who has a right to something. "
            "Here you read for which service, and why that is allowed.",
        ),
        parts=(table, _more()),
    )


def _row(service: Service) -> tuple[parts.Cell, ...] | None:
    try:
        view = values.public_view(service.id)
    except NoDossier:
        return None
    today = business_today()
    return (
        parts.Cell(words(service.name), address("public:service", service.id)),
        parts.Cell(chip=state_of(view, today)),
        parts.Cell(_conditions(view), address("public:measurements", service.id)),
        *_round(service.id),
        parts.Cell(questions.waiting(today, service.id).count, address("public:questions", service.id)),
    )


def _conditions(view: PublicView) -> Words:
    latest = measured.latest(view.service)
    kept = sum(one.verdict in KEPT for one in latest.values())
    broken = sum(one.verdict is Verdict.FAILS for one in latest.values())
    if not latest:
        return Words(f"{len(view.conditions)}, nog niet gemeten", f"{len(view.conditions)}, not measured yet")
    fails = Words(f", {broken} niet", f", {broken} not") if broken else Words("", "")
    return Words(
        f"{kept} van {len(view.conditions)} voldoen{fails.nl}", f"{kept} of {len(view.conditions)} met{fails.en}"
    )


def _round(service: str) -> tuple[parts.Cell, parts.Cell]:
    try:
        found = figures.latest(service)
    except NoSuchRound:
        return parts.Cell(Words("nog geen", "none yet")), parts.Cell(Words("nog niemand", "nobody yet"))
    day, count = found.round_on, found.figures.figure("proposals")
    label = Words(date_text(day, "nl"), date_text(day, "en"))
    return (
        parts.Cell(label, address("public:round", service, day.isoformat())),
        parts.Cell(Words("niet getoond", "not shown") if count is None else count),
    )


def _more() -> parts.Cards:
    cards = (
        parts.Card(
            Words("Algoritmeregister", "Algorithm register"),
            address("public:algorithms"),
            Words("Welke rekenregels wij gebruiken en hoe.", "Which algorithms we use and how."),
        ),
        parts.Card(
            Words("Verwerkingsregister", "Processing register"),
            address("register:processing"),
            Words("Waarvoor wij gegevens gebruiken, volgens de AVG.", "What we use data for, under the GDPR."),
        ),
        parts.Card(
            Words("Logboek", "Log"),
            address("public:log"),
            Words("Nagaan of uw regels nog kloppen.", "Check that your lines are still right."),
        ),
        parts.Card(
            Words("Open data", "Open data"),
            address("public:open_data"),
            Words("Alle cijfers als bestand, vrij te gebruiken.", "All figures as files, free to use."),
        ),
    )
    return parts.Cards(Words("Meer verantwoording", "More accountability"), cards)
