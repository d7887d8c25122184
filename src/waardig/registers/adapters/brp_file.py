"""Persons from the BRP: the official test set of RvIG (LO3 codes) and answers of Haal Centraal BRP bevragen.

Promise: what is incomplete or in doubt stays so (a date without a day, a value "in onderzoek"); a BSN that fails the
eleven-test is reported and left out; a partner is linked only when the partner is in the file.
Source: Logisch ontwerp BRP (categories 01, 04-09, 11); Haal Centraal BRP bevragen 2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from waardig.kernel.bsn import is_bsn
from waardig.registers.core.import_terms import PersonRef, Problem, ReadFact, ReadFile, ReadPerson, Severity, show
from waardig.registers.core.incomplete_date import bounds, from_digits
from waardig.registers.core.records import Json, record_at, records_at


def read_brp_file(path: Path) -> ReadFile:
    """Every person of a BRP file as facts.

    Args:
        path: JSON: a list of persons, or an object with the list under "personen".

    Returns:
        Persons in the order of the file; problems for numbers that fail, doubles and dates that cannot exist.
    """
    try:
        content = path.read_bytes()
        records = _records(json.loads(content.decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError) as error:
        message = f"this is no JSON file with persons: {error}"
        remedy = "Give the official test set (test-data.json) or a Haal Centraal answer."
        return ReadFile((), (Problem("not_readable", Severity.REFUSAL, path.name, 0, "", "", message, remedy),), {})
    reader = RecordReader(path.name, frozenset(_bsn(record) for record in records))
    persons = tuple(reader.persons(records))
    counts = {"rows": len(records), "persons": len(persons), "persons_skipped": len(records) - len(persons)}
    return ReadFile(persons, tuple(reader.problems), counts, sha256=hashlib.sha256(content).hexdigest())


def _records(data: object) -> list[Json]:
    found = data.get("personen") if isinstance(data, Mapping) else data
    if not isinstance(found, list) or not all(isinstance(record, Mapping) for record in found):
        raise ValueError("a list of persons is expected")
    return found


class RecordReader:
    """Reads persons one by one and collects problems; `known` are the BSNs of the whole file, for links."""

    def __init__(self, file: str, known: frozenset[str]) -> None:
        self.file = file
        self.known = known
        self.problems: list[Problem] = []
        self._place = ""

    def persons(self, records: list[Json]) -> Iterator[ReadPerson]:
        """The persons whose number is right and stands in the file once."""
        seen: set[str] = set()
        for number, record in enumerate(records, start=1):
            self._place = f"person {number}"
            bsn = _bsn(record)
            if not is_bsn(bsn):
                self._complain(
                    "bad_bsn",
                    Severity.ERROR,
                    "burgerservicenummer",
                    show(bsn, personal=True),
                    "the number fails the eleven-test or does not have 9 digits; this person was left out",
                )
            elif bsn in seen:
                self._complain(
                    "duplicate_person",
                    Severity.ERROR,
                    "burgerservicenummer",
                    show(bsn, personal=True),
                    "this number stands in the file twice; the first was taken",
                )
            else:
                seen.add(bsn)
                suspended = _code(record_at(record, "opschortingBijhouding").get("reden")) or ""
                yield ReadPerson(bsn, tuple(self.facts(record)), self._place, suspended, self.file)

    def facts(self, record: Json) -> Iterator[ReadFact]:
        """Everything that one record says now."""
        doubts = _doubts(record)
        born = self._date(record, "geboorte", "datum")
        since = _earliest(born)
        yield ReadFact("brp.naam", name_of(record), since, under_investigation=_any(doubts, "010000", "0102", "0104"))
        if born is not None:
            yield ReadFact("brp.geboortedatum", born, since, under_investigation=_any(doubts, "010000", "0103"))
        yield self._death(record, since, doubts)
        yield from self._address(record, doubts)
        yield ReadFact("brp.geheimhouding", _is_secret(record.get("geheimhoudingPersoonsgegevens")), since)
        yield ReadFact("brp.curatele", _is_true(record.get("indicatieCurateleRegister")), since)
        yield ReadFact("brp.in_onderzoek", any(doubt[:2] in ("01", "08") for doubt in doubts), since)
        yield self._partner(record, since, doubts)
        yield from self._children(record, since, doubts)

    def _death(self, record: Json, since: date | None, doubts: frozenset[str]) -> ReadFact:
        """The day of death, or that there is none; suspended for death ("O") counts when the day itself is missing."""
        suspended = record_at(record, "opschortingBijhouding")
        doubted = _any(doubts, "06")
        died = self._date(record, "overlijden", "datum")
        if died is None and _code(suspended.get("reden")) == "O":
            died = self._date(record, "opschortingBijhouding", "datum")
        if died is None and ("overlijden" in record or _code(suspended.get("reden")) == "O"):
            # Dead, but nobody knows when. The year of birth is certain to be too early, so it decides nothing but this.
            return ReadFact("brp.overlijdensdatum", f"{since.year:04d}" if since else "1900", since, None, None, True)
        return ReadFact("brp.overlijdensdatum", died, _earliest(died) or since, under_investigation=doubted)

    def _address(self, record: Json, doubts: frozenset[str]) -> Iterator[ReadFact]:
        place = record_at(record, "verblijfplaats")
        since = next(
            (
                day
                for key in (
                    "datumAanvangAdreshouding",
                    "datumVan",
                    "datumAanvangAdresBuitenland",
                    "datumIngangGeldigheid",
                )
                if (day := _earliest(_date_text(place.get(key)))) is not None
            ),
            None,
        )
        municipality = record_at(record, "gemeenteVanInschrijving")
        address = address_of(place, _text(municipality.get("omschrijving")))
        doubted = _any(doubts, "08", "010000")
        if address:
            yield ReadFact("brp.adres", address, since, under_investigation=doubted)
        if _text(municipality.get("code")):
            yield ReadFact("brp.gemeente", _text(municipality.get("code")), since, under_investigation=doubted)

    def _partner(self, record: Json, since: date | None, doubts: frozenset[str]) -> ReadFact:
        """The partner now: the one whose marriage or partnership was not dissolved; no name, only the link."""
        for partner in records_at(record, "partners"):
            if "ontbindingHuwelijkPartnerschap" in partner:
                continue
            start = _earliest(_date_text(record_at(partner, "aangaanHuwelijkPartnerschap").get("datum")))
            value: dict[str, object] = {}
            bsn = _bsn(partner)
            if is_bsn(bsn) and bsn in self.known:
                value["person"] = PersonRef(bsn)
            return ReadFact("brp.partner", value, start or since, under_investigation=_any(doubts, "05"))
        return ReadFact("brp.partner", None, since, under_investigation=_any(doubts, "05"))

    def _children(self, record: Json, since: date | None, doubts: frozenset[str]) -> Iterator[ReadFact]:
        """Dates of birth of the children; nothing at all when one is not known, because the rest would mislead."""
        born = [_date_text(record_at(child, "geboorte").get("datum")) for child in records_at(record, "kinderen")]
        if all(day is not None for day in born):
            children = [{"geboortedatum": day} for day in born]
            yield ReadFact("brp.kinderen", children, since, under_investigation=_any(doubts, "09"))

    def _date(self, record: Json, part: str, key: str) -> str | None:
        raw = record_at(record, part).get(key)
        found = _date_text(raw)
        if found is None and isinstance(raw, str) and not raw.startswith("0000"):
            self._complain(
                "impossible_date",
                Severity.GAP,
                f"{part}.{key}",
                show(raw),
                "this day does not exist; it counts as unknown",
            )
        return found

    def _complain(self, kind: str, severity: Severity, column: str, shown: str, message: str) -> None:
        remedy = "Report it to the holder of the BRP (terugmelding)."
        self.problems.append(Problem(kind, severity, self.file, 0, column, shown, message, remedy, self._place))


def _bsn(record: Json) -> str:
    return _text(record.get("burgerservicenummer")) or ""


def name_of(record: Json) -> dict[str, str]:
    """The value of brp.naam."""
    name = record_at(record, "naam")
    family = _text(name.get("geslachtsnaam"))
    found = {
        "voorletters": _text(name.get("voorletters")) or initials_of(_text(name.get("voornamen")) or ""),
        "voorvoegsel": _text(name.get("voorvoegsel")) or "",
        "geslachtsnaam": family if family and family != "." else "naam onbekend",
        "geslacht": _code(record.get("geslacht")) or "O",
    }
    return {key: value for key, value in found.items() if value}


def initials_of(first_names: str) -> str:
    """First letters with dots.

    Example:
        >>> initials_of("Theodoor-Christiaan R. Éva "), initials_of(".")
        ('T.R.É.', '')
    """
    return "".join(f"{name[0]}." for name in first_names.split() if name[0].isalpha())


def address_of(place: Json, municipality: str | None) -> dict[str, str]:
    """The value of brp.adres; empty when the place says nothing."""
    inner = {**place, **record_at(place, "verblijfadres")}
    street = next(
        (
            text
            for key in ("straat", "korteStraatnaam", "officieleStraatnaam", "naamOpenbareRuimte")
            if (text := _text(inner.get(key))) and text != "."
        ),
        None,
    )
    if street is None:
        lines = {key: _text(inner.get(key)) for key in ("regel1", "regel2", "regel3")}
        lines["regel1"] = lines["regel1"] or _text(inner.get("locatiebeschrijving"))
        lines["land"] = _text(record_at(inner, "land").get("omschrijving"))
        return {key: text for key, text in lines.items() if text}
    mark = _text(record_at(inner, "aanduidingBijHuisnummer").get("omschrijving"))
    extra = "".join(_text(inner.get(key)) or "" for key in ("huisletter", "huisnummertoevoeging"))
    number = f"{_text(inner.get('huisnummer')) or ''}{extra}"
    found = {
        "straat": street,
        "huisnummer": f"{mark} {number}".strip() if mark else number,
        "postcode": _text(inner.get("postcode")),
        "woonplaats": _text(inner.get("woonplaats")) or municipality,
    }
    return {key: text for key, text in found.items() if text}


_PARTS = {
    "persoonInOnderzoek": "01",
    "gezagInOnderzoek": "11",
    "verblijfplaats": "08",
    "overlijden": "06",
    "partners": "05",
    "kinderen": "09",
    "geboorte": "0103",
    "naam": "0102",
}
_FIELDS = {  # what Haal Centraal says beside the groups, with the element it is about
    "burgerservicenummer": "010120",
    "geslacht": "010410",
    "gemeenteVanInschrijving": "080910",
    "datumInschrijvingInGemeente": "080920",
    "indicatieCurateleRegister": "113310",
}


def _doubts(record: Json) -> frozenset[str]:
    """The six-digit codes of what is under investigation now, over all categories of the person.

    Haal Centraal says it per field instead, at every depth; then the category with zeros stands for all of it.
    """
    found: set[str] = set()
    for key, category in _PARTS.items():
        values = record.get(key)
        for value in values if isinstance(values, list) else [values]:
            doubts = [value] if key.endswith("InOnderzoek") and isinstance(value, Mapping) else _doubts_within(value)
            for doubt in doubts:
                found.add(_text(doubt.get("aanduidingGegevensInOnderzoek")) or category.ljust(6, "0"))
    beside = record_at(record, "inOnderzoek")
    return frozenset(found | {code for field, code in _FIELDS.items() if beside.get(field) is True})


def _doubts_within(value: object) -> list[Json]:
    """Every inOnderzoek in a group and in the groups inside it."""
    if not isinstance(value, Mapping):
        return []
    own = [value["inOnderzoek"]] if isinstance(value.get("inOnderzoek"), Mapping) else []
    return own + [doubt for key, part in value.items() if key != "inOnderzoek" for doubt in _doubts_within(part)]


def _any(doubts: frozenset[str], *beginnings: str) -> bool:
    return any(doubt.startswith(beginnings) for doubt in doubts)


def _date_text(raw: object) -> str | None:
    """A date of eight digits, ISO text, or a Haal Centraal date object, as date text."""
    if isinstance(raw, Mapping):
        if raw.get("datum"):
            return _date_text(raw["datum"])
        year, month = raw.get("jaar"), raw.get("maand")
        if not isinstance(year, int):
            return None
        return f"{year:04d}-{month:02d}" if isinstance(month, int) else f"{year:04d}"
    if not isinstance(raw, str):
        return None
    return from_digits(raw) if raw.isdigit() and len(raw) == 8 else (raw if bounds(raw) else None)


def first_day(raw: object) -> date | None:
    """The first day that a date of a BRP record can mean, in any of its forms; None when it is not known."""
    return _earliest(_date_text(raw))


def _earliest(text: str | None) -> date | None:
    possible = bounds(text) if text else None
    return possible[0] if possible else None


def _is_secret(raw: object) -> bool:
    """Element 70.10: 0 is no restriction, every other code restricts; Haal Centraal says true."""
    return raw is True or (isinstance(raw, str | int) and not isinstance(raw, bool) and str(raw).strip("0 ") != "")


def _is_true(raw: object) -> bool:
    return raw is True or raw == "1"


def _code(raw: object) -> str | None:
    return _text(raw.get("code")) if isinstance(raw, Mapping) else None


def _text(raw: object) -> str | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    return raw.strip() or None if isinstance(raw, str) else None
