"""The processing register (AVG art. 30) as pages: what holds now, and one version with its history."""

from __future__ import annotations

from waardig.accountability.queries import processing
from waardig.accountability.terms import ProcessedData, ProcessingEntry
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words
from waardig.screens.public_pages.words import CSV, JSON, to_services, words

TITLE = Words("Verwerkingsregister", "Processing register")
GENERAL = Words("Algemeen", "General")


def processing_page(frame: Frame) -> parts.DocumentPage:
    """Every activity that holds now, by service."""
    entries = processing.register()
    services = dict.fromkeys((one.service, one.service_name) for one in entries)
    return parts.DocumentPage(
        frame=frame,
        back=to_services(),
        title=TITLE,
        lead=Words(
            "Hier staat waarvoor de gemeente gegevens over u gebruikt, en van welke wet dat mag (AVG artikel 30).",
            "Here is what the municipality uses data about you for, and which law allows it (GDPR article 30).",
        ),
        parts=(
            *(
                parts.Cards(
                    words(name) if name else GENERAL, tuple(_card(one) for one in entries if one.service == service)
                )
                for service, name in services
            ),
            parts.Links(
                Words("Als bestand", "As a file"),
                (Link(CSV, address("register:processing_csv")), Link(JSON, address("register:processing_json"))),
            ),
        ),
    )


def _card(entry: ProcessingEntry) -> parts.Card:
    return parts.Card(words(entry.name), address("register:activity", entry.activity), words(entry.purpose))


def activity_page(activity: str, fingerprint: str | None, frame: Frame) -> parts.DocumentPage:
    """One version (the newest when no fingerprint is given) with every version there was.

    Raises:
        ActivityVersionUnknown: no version has this address.
    """
    every = processing.versions(activity)
    shown = processing.version(activity, fingerprint) if fingerprint else every[0]
    return parts.DocumentPage(
        frame=frame,
        back=Link(TITLE, address("register:processing")),
        title=words(shown.name),
        lead=words(shown.purpose),
        parts=(
            *_old(shown),
            _who(shown),
            _law(shown),
            _data_table(shown.data),
            _keeping(shown),
            _history(every, shown),
            parts.Links(
                Words("Als bestand", "As a file"),
                (Link(JSON, address("register:version_json", shown.activity, _last(shown))),),
            ),
        ),
    )


def _last(entry: ProcessingEntry) -> str:
    return entry.uri.rpartition("/")[2]


def _old(entry: ProcessingEntry) -> tuple[parts.Alert, ...]:
    if entry.active:
        return ()
    return (
        parts.Alert(
            "river",
            Words("Dit is een oude versie.", "This is an old version."),
            Words("Zij geldt niet meer. Onderaan staan alle versies.", "It no longer holds. All versions stand below."),
        ),
    )


def _who(entry: ProcessingEntry) -> parts.Rows:
    rows = (
        parts.Row(Words("Verantwoordelijk", "Controller"), (f"{entry.controller} (OIN {entry.controller_oin})",)),
        parts.Row(Words("Contact", "Contact"), (entry.contact,)),
        parts.Row(Words("Functionaris gegevensbescherming", "Data protection officer"), (entry.officer,)),
        parts.Row(Words("Van wie zijn de gegevens?", "Whose data?"), (words(entry.people),)),
        parts.Row(Words("Wie mag ze gebruiken?", "Who may use them?"), (words(entry.actors),)),
        parts.Row(
            Words("Wie buiten de gemeente krijgt ze?", "Who outside the municipality receives them?"),
            tuple(words(one) for one in entry.recipients) or (Words("Niemand", "Nobody"),),
        ),
        parts.Row(Words("Naar buiten de EU?", "Outside the EU?"), (words(entry.transfers),)),
        parts.Row(Words("Beslist de computer?", "Does the computer decide?"), (entry.automated,)),
    )
    return parts.Rows(Words("Wie en voor wie", "Who and about whom"), rows)


def _law(entry: ProcessingEntry) -> parts.Rows:
    rows = tuple(
        parts.Row(Words(f"{law}, artikel {article}", f"{law}, article {article}"), (words(sentence),), url)
        for law, article, url, sentence in entry.basis
    )
    ground = parts.Row(Words("Grondslag", "Lawful basis"), (entry.ground,))
    return parts.Rows(Words("Waarom mag dit?", "Why is this allowed?"), (ground, *rows))


def _data_table(data: tuple[ProcessedData, ...]) -> parts.Table:
    columns = (
        Words("Gegeven", "Data"),
        Words("Bron", "Source"),
        Words("Waarom nodig", "Why needed"),
        Words("Terug in de tijd", "Back in time"),
    )
    rows = tuple(
        (
            parts.Cell(words(one.name)),
            parts.Cell(words(one.register)),
            parts.Cell(words(one.necessity)),
            parts.Cell(_months(one.months_back)),
        )
        for one in data
    )
    return parts.Table("gegevens", Words("Welke gegevens", "Which data"), columns, rows)


def _months(count: int | None) -> Words:
    if count is None:
        return Words("alleen nu", "only now")
    return Words(f"{count} maanden", f"{count} months")


def _keeping(entry: ProcessingEntry) -> parts.Rows:
    rows = (
        parts.Row(Words("Hoe lang", "How long"), (words(entry.kept),)),
        parts.Row(Words("Hoe verdwijnt het", "How it goes"), (words(entry.kept_by),)),
        parts.Row(Words("Volgens", "According to"), (entry.kept_list,)),
        parts.Row(Words("Beveiliging", "Security"), tuple(words(one) for one in entry.security)),
    )
    return parts.Rows(Words("Bewaren en beveiligen", "Keeping and securing"), rows)


def _history(every: tuple[ProcessingEntry, ...], shown: ProcessingEntry) -> parts.Table:
    columns = (
        Words("Versie", "Version"),
        Words("Vanaf", "From"),
        Words("Tot en met", "Until"),
        Words("Adres", "Address"),
    )
    rows = tuple(
        (
            parts.Cell(Words(f"Versie {one.version}", f"Version {one.version}")),
            parts.Cell(one.valid_from),
            parts.Cell(
                one.valid_to or (Words("geldt nu", "holds now") if one.active else Words("geldt niet meer", "ended"))
            ),
            parts.Cell(
                Words("deze bladzijde", "this page") if one == shown else Words("Bekijk", "See"),
                "" if one == shown else address("register:version", one.activity, _last(one)),
            ),
        )
        for one in every
    )
    note = Words(
        f"Het vaste adres van deze versie is {shown.uri}. Het staat in het logboek bij elk gebruik.",
        f"The permanent address of this version is {shown.uri}. The log names it at each use.",
    )
    return parts.Table("versies", Words("Alle versies", "All versions"), columns, rows, note)
