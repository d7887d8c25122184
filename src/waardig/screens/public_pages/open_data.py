"""Open data: every public file of this site, described for people and as a catalogue for programs (DCAT-AP-NL)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waardig.accountability.queries import algorithms, figures, processing
from waardig.catalogue import queries as catalogue
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words
from waardig.screens.public_pages.words import SMALL, to_services, words
from waardig.values import queries as values
from waardig.values.terms import NoDossier

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
MEDIA = "https://www.iana.org/assignments/media-types/"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
RIGHTS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/NLD"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class File:
    """One file: its address on this site and its kind (`text/csv` or `application/json`)."""

    path: str
    media: str
    words: Words


@dataclass(frozen=True)
class Dataset:
    """A set of files that hold the same."""

    id: str
    title: Words
    description: Words
    modified: datetime | None
    files: tuple[File, ...]


def datasets() -> tuple[Dataset, ...]:
    """Every data set there is now."""
    return (_processing(), *(found for service in catalogue.services() for found in _of_service(service.id)))


def _processing() -> Dataset:
    newest = max((one.published_at for one in processing.register()), default=None)
    return Dataset(
        "verwerkingsregister",
        Words("Verwerkingsregister", "Processing register"),
        Words(
            "Waarvoor de gemeente persoonsgegevens gebruikt (AVG artikel 30).",
            "What the municipality uses personal data for (GDPR article 30).",
        ),
        newest,
        (_csv(address("register:processing_csv")), _json(address("register:processing_json"))),
    )


def _csv(path: str) -> File:
    return File(path, "text/csv", Words("CSV", "CSV"))


def _json(path: str) -> File:
    return File(path, "application/json", Words("JSON", "JSON"))


def _of_service(service: str) -> Iterator[Dataset]:
    try:
        values.decided_dossier(service)
    except NoDossier:
        return
    name = words(catalogue.service(service).name)
    if service in algorithms.registered_services():
        yield _algorithm(service, name)
    measurements = values.measurements(service)
    yield Dataset(
        f"{service}-metingen",
        Words(f"Metingen van de voorwaarden: {name.nl}", f"Measurements of the conditions: {name.en}"),
        Words("Elke meting met datum en oordeel.", "Each measurement with date and verdict."),
        max((one.recorded_at for one in measurements), default=None),
        (_csv(address("public:measurements_csv", service)),),
    )
    rounds = figures.rounds(service)
    if rounds:
        yield Dataset(
            f"{service}-rondes",
            Words(f"Cijfers van alle rondes: {name.nl}", f"Figures of all rounds: {name.en}"),
            Words(f"Aantallen per ronde. {SMALL.nl}", f"Numbers per round. {SMALL.en}"),
            max(one.published_at for one in rounds),
            (
                _csv(address("public:rounds_csv", service)),
                *(_json(address("public:round_json", service, one.round_on.isoformat())) for one in rounds),
            ),
        )


def _algorithm(service: str, name: Words) -> Dataset:
    return Dataset(
        f"{service}-algoritme",
        Words(f"Algoritmeregister: {name.nl}", f"Algorithm register: {name.en}"),
        Words("De registratie in twee vormen.", "The entry in two forms."),
        None,
        tuple(
            File(address("public:algorithm_file", service, form), "application/json", Words(said, said))
            for form, said in (("publicatiestandaard", "JSON 1.0.0"), ("aanlevering", "JSON 1.0"))
        ),
    )


def open_data_page(frame: Frame) -> parts.DocumentPage:
    """Every data set for people."""
    return parts.DocumentPage(
        frame=frame,
        back=to_services(),
        title=Words("Open data", "Open data"),
        lead=Words(
            "Deze bestanden mag iedereen gebruiken, ook zonder te vragen (CC0). Er staat niemand in.",
            "Everybody may use these files, without asking (CC0). Nobody stands in them.",
        ),
        parts=(
            *(_section(one) for one in datasets()),
            parts.Links(
                Words("Voor programma's", "For programs"),
                (
                    Link(
                        Words("De catalogus (DCAT, JSON-LD)", "The catalogue (DCAT, JSON-LD)"),
                        address("public:catalogue"),
                    ),
                ),
            ),
        ),
    )


def _section(one: Dataset) -> parts.Rows:
    rows = [parts.Row(Words("Wat staat erin?", "What is in it?"), (one.description,))]
    if one.modified:
        rows.append(parts.Row(Words("Bijgewerkt", "Updated"), (one.modified,)))
    rows.append(
        parts.Row(
            Words("Bestanden", "Files"),
            tuple(Words(f"[{file.words.nl}]({file.path})", f"[{file.words.en}]({file.path})") for file in one.files),
        )
    )
    return parts.Rows(one.title, tuple(rows))


def catalogue_data() -> tuple[dict[str, Any], datetime | None]:
    """The catalogue as JSON-LD, and when anything in it changed last."""
    site, every = algorithms.site(), datasets()
    newest = max((one.modified for one in every if one.modified), default=None)
    here = catalogue.municipality()
    publisher = {
        "@id": f"https://identifier.overheid.nl/oin/{here.oin}",
        "@type": "foaf:Agent",
        "foaf:name": f"{here.kind.nl} {here.name}",
    }
    contact = {"@type": "vcard:Organization", "vcard:fn": here.name, "vcard:hasEmail": {"@id": f"mailto:{here.email}"}}
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"{site}{address('public:catalogue')}",
        "@type": "dcat:Catalog",
        "dct:title": _both(Words(f"Open data van {here.name}", f"Open data of {here.name}")),
        "dct:description": _both(Words("Cijfers en registers van diensten die zelf zoeken.", "Figures and registers.")),
        "dct:publisher": publisher,
        "dct:license": {"@id": LICENCE},
        "dct:language": {"@id": LANGUAGE},
        **_modified(newest),
        "dcat:dataset": [_dataset(one, site, publisher, contact) for one in every],
    }
    return data, newest


def _dataset(one: Dataset, site: str, publisher: dict[str, str], contact: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"{site}{address('public:open_data')}#{one.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.id,
        "dct:title": _both(one.title),
        "dct:description": _both(one.description),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:license": {"@id": LICENCE},
        "dct:accessRights": {"@id": RIGHTS},
        "dct:accrualPeriodicity": {"@id": FREQUENCY},
        "dct:language": {"@id": LANGUAGE},
        **_modified(one.modified),
        "dcat:distribution": [
            {
                "@id": f"{site}{file.path}",
                "@type": "dcat:Distribution",
                "dct:title": _both(file.words),
                "dcat:accessURL": {"@id": f"{site}{file.path}"},
                "dcat:downloadURL": {"@id": f"{site}{file.path}"},
                "dcat:mediaType": {"@id": f"{MEDIA}{file.media}"},
                "dct:license": {"@id": LICENCE},
            }
            for file in one.files
        ],
    }


def _modified(moment: datetime | None) -> dict[str, dict[str, str]]:
    return {"dct:modified": {"@type": "xsd:dateTime", "@value": moment.isoformat()}} if moment else {}


def _both(said: Words) -> list[dict[str, str]]:
    return [{"@language": "nl", "@value": said.nl}, {"@language": "en", "@value": said.en}]
