"""Metadata that lasts: MDTO 1.0 XML of a case, of each record in it and of each file, in the order of the schema.

Source: Metagegevens voor duurzaam toegankelijke overheidsinformatie (MDTO) 1.0, Nationaal Archief; XML schema 1.0.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree as Xml

from waardig.archive.terms import Appraisal, Record, Result, Start

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
LEVELS, APPRAISALS = "Begrippenlijst Aggregatieniveaus MDTO", "Begrippenlijst Waarderingen MDTO"
OWN = "Begrippenlijst Waardig"
FORMATS = {
    "pdf": ("Acrobat PDF 1.7 - Portable Document Format", "fmt/276"),
    "json": ("JSON Data Interchange Format", "fmt/817"),
}
"""By extension: name and PRONOM identifier."""
STARTS = {Start.ENDED: "zaak afgehandeld", Start.PROVISION_ENDED: "voorziening beëindigd"}


@dataclass(frozen=True)
class Happened:
    """An event in the life of an object."""

    kind: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Keeping:
    """How long and why: the result of the selection list with the days of this case."""

    list_name: str
    result: Result
    record: Record


@dataclass(frozen=True)
class InfoObject:
    """An informatieobject: the case (Dossier) or a record in it (Archiefstuk). languages: the one that counts first."""

    id: str
    name: str
    level: str
    maker: str
    maker_id: str
    begin: date
    end: date
    languages: Sequence[str]
    activity: str
    events: Sequence[Happened]
    keeping: Keeping
    part_of: tuple[str, str] | None = None
    parts: Sequence[tuple[str, str]] = field(default=())
    files: Sequence[tuple[str, str]] = field(default=())


@dataclass(frozen=True)
class FileObject:
    """A bestand: what a computer needs to know to read and trust it. represents is (name, id) of its record."""

    id: str
    name: str
    size: int
    sha256: str
    checked_at: datetime
    represents: tuple[str, str]


def info_xml(one: InfoObject, source: str) -> bytes:
    """The metadata of an informatieobject. `source` names the system that gave the identifiers."""
    root, body = _root("informatieobject")
    _identified(body, one.id, one.name, source)
    _term(body, "aggregatieniveau", one.level, LEVELS)
    covered = Xml.SubElement(body, "dekkingInTijd")
    _term(covered, "dekkingInTijdType", "looptijd van de zaak", OWN)
    _text(covered, "dekkingInTijdBegindatum", one.begin.isoformat())
    _text(covered, "dekkingInTijdEinddatum", one.end.isoformat())
    for language in one.languages:
        _text(body, "taal", language)
    for event in one.events:
        _event(Xml.SubElement(body, "event"), event)
    _keeping(body, one.keeping)
    if one.part_of:
        _reference(body, "isOnderdeelVan", *one.part_of, source)
    for part in one.parts:
        _reference(body, "bevatOnderdeel", *part, source)
    for file in one.files:
        _reference(body, "heeftRepresentatie", *file, source)
    _reference(body, "archiefvormer", one.maker, one.maker_id, "Organisatie-identificatienummer (OIN)")
    _reference(body, "activiteit", one.activity, "", "")
    limited = Xml.SubElement(body, "beperkingGebruik")
    _term(limited, "beperkingGebruikType", "bevat persoonsgegevens", OWN)
    _text(
        limited,
        "beperkingGebruikNadereBeschrijving",
        "Alleen in te zien voor wie het voor zijn taak nodig heeft (AVG).",
    )
    return _bytes(root)


def file_xml(one: FileObject, source: str) -> bytes:
    """The metadata of a bestand."""
    root, body = _root("bestand")
    _identified(body, one.id, one.name, source)
    _text(body, "omvang", str(one.size))
    label, code = FORMATS[one.name.rpartition(".")[2]]
    _term(body, "bestandsformaat", label, "PRONOM", code)
    checksum = Xml.SubElement(body, "checksum")
    _term(checksum, "checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritmen MDTO")
    _text(checksum, "checksumWaarde", one.sha256)
    _text(checksum, "checksumDatum", one.checked_at.isoformat(timespec="seconds"))
    _reference(body, "isRepresentatieVan", *one.represents, source)
    return _bytes(root)


def _root(kind: str) -> tuple[Xml.Element, Xml.Element]:
    root = Xml.Element("MDTO", {"xmlns": NAMESPACE})
    return root, Xml.SubElement(root, kind)


def _bytes(root: Xml.Element) -> bytes:
    Xml.indent(root, "  ")
    made: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = text


def _identified(body: Xml.Element, identity: str, name: str, source: str) -> None:
    found = Xml.SubElement(body, "identificatie")
    _text(found, "identificatieKenmerk", identity)
    _text(found, "identificatieBron", source)
    _text(body, "naam", name)


def _term(parent: Xml.Element, name: str, label: str, list_name: str, code: str = "") -> None:
    found = Xml.SubElement(parent, name)
    _text(found, "begripLabel", label)
    if code:
        _text(found, "begripCode", code)
    _text(Xml.SubElement(found, "begripBegrippenlijst"), "verwijzingNaam", list_name)


def _reference(parent: Xml.Element, name: str, label: str, identity: str, source: str) -> None:
    found = Xml.SubElement(parent, name)
    _text(found, "verwijzingNaam", label)
    if identity:
        known = Xml.SubElement(found, "verwijzingIdentificatie")
        _text(known, "identificatieKenmerk", identity)
        _text(known, "identificatieBron", source)


def _event(element: Xml.Element, event: Happened) -> None:
    _term(element, "eventType", event.kind, OWN)
    _text(element, "eventTijd", event.at.isoformat(timespec="seconds"))
    _reference(element, "eventVerantwoordelijkeActor", event.by, "", "")


def _keeping(body: Xml.Element, keeping: Keeping) -> None:
    kept = keeping.result.appraisal is Appraisal.KEEP
    _term(
        body,
        "waardering",
        *(("Blijvend te bewaren", APPRAISALS, "B") if kept else ("Tijdelijk te bewaren", APPRAISALS, "V")),
    )
    if not kept:
        term = Xml.SubElement(body, "bewaartermijn")
        _term(term, "termijnTriggerStartLooptijd", STARTS[keeping.result.starts], OWN)
        if keeping.record.starts_on:
            _text(term, "termijnStartdatumLooptijd", keeping.record.starts_on.isoformat())
        _text(term, "termijnLooptijd", keeping.result.term)
        if keeping.record.action_on:
            _text(term, "termijnEinddatum", keeping.record.action_on.isoformat())
    label = f"{keeping.result.process}: {keeping.result.name}"
    _term(body, "informatiecategorie", label, keeping.list_name, keeping.result.number)
