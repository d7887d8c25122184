"""The algorithm register as pages: the entries there are, and one entry with both forms as files."""

from __future__ import annotations

from waardig.accountability.queries import algorithms
from waardig.accountability.terms import CATEGORY_WORDS, AlgorithmEntry, EntryRefused, Form, NotRegistered, TitledLink
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Shown, Words
from waardig.screens.public_pages.words import to_services

TITLE = Words("Algoritmeregister", "Algorithm register")
NOT_RIGHT = Words(
    "Deze registratie klopt nog niet. Daarom tonen wij haar niet. Wij herstellen dit.",
    "This entry is not right yet, so we do not show it. We will correct it.",
)


def algorithms_page(frame: Frame) -> parts.DocumentPage:
    """Every entry there is."""
    return parts.DocumentPage(
        frame=frame,
        back=to_services(),
        title=TITLE,
        lead=Words(
            "Hier staat welke rekenregels de gemeente gebruikt. De tekst komt uit wat er echt draait.",
            "Here are the algorithms that the municipality uses. The text comes from what really runs.",
        ),
        parts=(
            parts.Cards(
                None,
                tuple(_card(service) for service in algorithms.registered_services()),
                Words("Er staat nog niets in het register.", "There is nothing in the register yet."),
            ),
        ),
    )


def _card(service: str) -> parts.Card:
    found = algorithms.entry(service)
    href = address("public:algorithm", service)
    try:
        algorithms.checked_entry(service, Form.PUBLICATION)
    except EntryRefused:
        return parts.Card(Words(found.name), href, NOT_RIGHT)
    return parts.Card(Words(found.name), href, Words(found.summary))


def algorithm_page(service: str, frame: Frame) -> parts.DocumentPage:
    """One entry in the order of the publication standard.

    Raises:
        NotRegistered: there is nothing to register about it.
        EntryRefused: a field does not fit; a wrong entry is not shown.
    """
    for form in Form:
        algorithms.checked_entry(service, form)
    found = algorithms.entry(service)
    return parts.DocumentPage(
        frame=frame,
        back=Link(TITLE, address("public:algorithms")),
        title=Words(found.name),
        lead=Words(found.summary),
        parts=(_general(found), _responsible(found), _working(found), _files(service)),
    )


def refused_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Says that an entry is not shown because it is wrong; which fields is for the municipality (waardig register)."""
    return parts.DocumentPage(
        frame=frame,
        back=Link(TITLE, address("public:algorithms")),
        title=Words(_name(service)),
        lead=NOT_RIGHT,
        parts=(),
    )


def _name(service: str) -> str:
    try:
        return algorithms.entry(service).name
    except NotRegistered:
        return service


def _row(nl: str, en: str, value: Shown, href: str = "") -> parts.Row:
    return parts.Row(Words(nl, en), (value,), href)


def _general(found: AlgorithmEntry) -> parts.Rows:
    rows = [
        _row("Organisatie", "Organisation", Words(found.organisation)),
        _row("Thema", "Theme", Words(", ".join(found.themes))),
        _row("Status", "Status", Words(str(found.status))),
        _row("Begonnen in", "Started in", found.started or Words("nog niet", "not yet")),
        _row("Gestopt in", "Ended in", found.ended or Words("nog niet", "not yet")),
        _row("Contact", "Contact", found.contact),
        _row("Soort algoritme", "Category", Words(CATEGORY_WORDS[Form.PUBLICATION][found.category])),
    ]
    return parts.Rows(Words("Algemeen", "General"), tuple(rows))


def _responsible(found: AlgorithmEntry) -> parts.Rows:
    rows = (
        _row("Doel en gevolg", "Purpose and impact", Words(found.goal)),
        _row("Afweging", "Considerations", Words(found.considerations)),
        _row("Wat doet een mens?", "What does a person do?", Words(found.human)),
        _row("Risico's en voorwaarden", "Risks and conditions", Words(found.risks)),
        _row("Wet", "Law", Words(found.legal_text)),
        parts.Row(Words("Wetsartikelen", "Articles"), tuple(_linked(one) for one in found.legal)),
        parts.Row(
            Words("Verwerkingsregister", "Processing register"),
            (Words("Bekijk deze verwerking", "See this processing activity"),),
            found.processing,
        ),
        parts.Row(Words("Toetsen vooraf", "Assessments"), tuple(_linked(one) for one in found.assessments)),
        _row("Uitleg over de toetsen", "About the assessments", Words(found.assessments_explained)),
    )
    return parts.Rows(Words("Verantwoord gebruik", "Responsible use"), rows)


def _linked(one: TitledLink) -> Words:
    return Words(f"[{one.title}]({one.href})" if one.href else one.title)


def _working(found: AlgorithmEntry) -> parts.Rows:
    rows = [
        _row("Gegevens", "Data", Words(found.data)),
        _row("Bronnen", "Sources", Words(", ".join(one.title for one in found.data_sources))),
        _row("Technische werking", "Technical operation", Words(found.operation)),
        _row("Leverancier", "Supplier", Words(found.supplier)),
    ]
    if found.source_code:
        rows.append(_row("Broncode", "Source code", found.source_code, found.source_code))
    return parts.Rows(Words("Werking", "How it works"), tuple(rows))


def _files(service: str) -> parts.Links:
    return parts.Links(
        Words("Als bestand", "As a file"),
        (
            Link(
                Words("Publicatiestandaard 1.0.0 (JSON)", "Publication standard 1.0.0 (JSON)"),
                address("public:algorithm_file", service, "publicatiestandaard"),
            ),
            Link(
                Words(
                    "Aanlevering aan het landelijke register 1.0 (JSON)", "Delivery to the national register 1.0 (JSON)"
                ),
                address("public:algorithm_file", service, "aanlevering"),
            ),
            Link(
                Words("De weging van deze dienst", "The weighing of this service"), address("public:service", service)
            ),
        ),
    )
