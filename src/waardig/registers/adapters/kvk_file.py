"""Companies from answers of the KVK API Basisprofiel (JSON), as little of them as the declared register holds.

Promise: nobody behind a company is taken over (the owner gives the legal form and no more), no shielded address, and no
address of an owner who is a natural person. A company that ended has facts that end.
Source: Handelsregisterwet 2007; AVG article 5(1)(c): a sole trader is a natural person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from waardig.registers.core.import_terms import Problem, ReadFact, ReadFile, ReadPerson, Severity, show
from waardig.registers.core.incomplete_date import bounds, from_digits
from waardig.registers.core.records import Json, record_at, records_at

_COMPANIES = UUID("7f0a1b0e-3c55-5b1a-9d0e-5c2f3e1d8a64")
_OF_PEOPLE = frozenset({"eenmanszaak", "vennootschap onder firma", "maatschap", "commanditaire vennootschap"})
_REMEDY = "Ask the profile again from the KVK API."
_KEPT_OUT = ("functionarissen", "sbiActiviteiten", "totaalWerkzamePersonen", "handelsnamen", "vestigingen", "websites")


def company_id(kvk_number: str) -> UUID:
    """The id under which a company stands in the register: it follows from its number, which is public.

    Example:
        >>> company_id("69599084") == company_id("69599084") != company_id("90000749")
        True
    """
    return uuid5(_COMPANIES, kvk_number)


def read_kvk_files(path: Path) -> ReadFile:
    """The companies of a file with one profile or a list of them, or of a folder with such files.

    Returns:
        Companies by number; problems with file, element and reason. `not_taken` counts elements that were there and
        that no purpose here asks for.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    reader, digest = _Profiles(), hashlib.sha256()
    companies: list[ReadPerson] = []
    for file in files:
        try:
            content = file.read_bytes()
            found = json.loads(content.decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            reader.complain(file, 0, "not_readable", "", "this is no JSON; the file was left out")
            continue
        digest.update(content)
        companies.extend(reader.companies(file, found if isinstance(found, list) else [found]))
    if reader.problems and len(reader.problems) == len(files) and not reader.profiles:
        message = "no file here could be read, so nothing was taken in"
        reader.problems.append(Problem("not_readable", Severity.REFUSAL, path.name, 0, "", "", message, _REMEDY))
    if not files:
        message = "there is no .json file in this folder"
        reader.problems.append(Problem("not_readable", Severity.REFUSAL, path.name, 0, "", "", message, _REMEDY))
    counts = {"profiles": reader.profiles, "companies": len(companies), "not_taken": reader.not_taken}
    return ReadFile(tuple(companies), tuple(reader.problems), counts, sha256=digest.hexdigest())


class _Profiles:
    """Reads profiles one by one; one that is wrong is left out and reported."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.profiles = self.not_taken = 0
        self._seen: set[str] = set()

    def companies(self, file: Path, profiles: list[object]) -> Iterator[ReadPerson]:
        """The companies of one file."""
        for place, profile in enumerate(profiles, start=1):
            self.profiles += 1
            number = profile.get("kvkNummer") if isinstance(profile, Mapping) else None
            if not isinstance(profile, Mapping) or not isinstance(number, str):
                self.complain(file, place, "no_profile", "kvkNummer", "this is no profile of a company; left out")
            elif not (len(number) == 8 and number.isascii() and number.isdigit()):
                self.complain(file, place, "bad_kvk_number", "kvkNummer", "not eight digits; left out", show(number))
            elif number in self._seen:
                self.complain(file, place, "duplicate_company", "kvkNummer", "there twice; the first was taken", number)
            elif not _text(profile.get("statutaireNaam")) and not _text(profile.get("naam")):
                self.complain(file, place, "no_name", "naam", "a company without a name; left out", number)
            else:
                self._seen.add(number)
                self.not_taken += sum(1 for name in _KEPT_OUT if name in profile)
                facts = tuple(self._facts(file, place, number, profile))
                yield ReadPerson(number, facts, f"profile {place}", file=file.name)

    def _facts(self, file: Path, place: int, number: str, profile: Json) -> Iterator[ReadFact]:
        begin = self._day(file, place, profile, "datumAanvang")
        ended = self._day(file, place, profile, "datumEinde")
        owner = record_at(record_at(profile, "_embedded"), "eigenaar")
        form = _text(owner.get("uitgebreideRechtsvorm")) or _text(owner.get("rechtsvorm"))
        yield ReadFact("handelsregister.kvk_nummer", number, begin, ended)
        name = _text(profile.get("statutaireNaam")) or _text(profile.get("naam"))
        yield ReadFact("handelsregister.naam", name, begin, ended)
        if form:
            yield ReadFact("handelsregister.rechtsvorm", form, begin, ended)
        else:
            self.complain(file, place, "no_legal_form", "eigenaar.rechtsvorm", "not in the profile; counts as unknown",
                          severity=Severity.GAP)  # fmt: skip
        address = self._address(file, place, profile, owner, (form or "").lower())
        if address:
            yield ReadFact("handelsregister.adres", address, begin, ended)

    def _address(self, file: Path, place: int, profile: Json, owner: Json, form: str) -> dict[str, str]:
        """Where the company can be visited, else written to; of its main branch, or of the legal person itself."""
        branch = record_at(record_at(profile, "_embedded"), "hoofdvestiging")
        sources = [branch] if form in _OF_PEOPLE or not form else [branch, owner]
        found = [one for source in sources for one in records_at(source, "adressen")]
        found.sort(key=lambda one: one.get("type") != "bezoekadres")
        if any(one.get("indAfgeschermd") == "Ja" for one in found):
            self.complain(file, place, "shielded_address", "adressen", "the address is shielded; it was not taken",
                          severity=Severity.GAP)  # fmt: skip
            return {}
        return next((address for one in found if (address := _address_of(one))), {})

    def _day(self, file: Path, place: int, profile: Json, name: str) -> date | None:
        """The first day that is possible; None when it is not there or cannot be."""
        raw = record_at(profile, "materieleRegistratie").get(name)
        if raw is None:
            return None
        text = from_digits(raw) if isinstance(raw, str) else None
        possible = bounds(text) if text else None
        if possible is None:
            kind, message = "impossible_date", "this day does not exist; it counts as unknown"
        elif possible[0] != possible[1]:
            kind, message = "incomplete_date", "day or month is not known; the first possible day counts"
        else:
            return possible[0]
        self.complain(file, place, kind, name, message, show(str(raw)), severity=Severity.GAP)
        return possible[0] if possible else None

    def complain(
        self, file: Path, place: int, kind: str, column: str, message: str, shown: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Report something about the profile at a place in a file."""
        reference = f"profile {place}" if place else ""
        self.problems.append(Problem(kind, severity, file.name, 0, column, shown, message, _REMEDY, reference))


def _address_of(raw: Json) -> dict[str, str]:
    extra = "".join(_text(raw.get(key)) for key in ("huisletter", "huisnummerToevoeging"))
    land = _text(raw.get("land"))
    found = {
        "straat": _text(raw.get("straatnaam")),
        "huisnummer": f"{_text(raw.get('huisnummer'))}{extra}",
        "postcode": _text(raw.get("postcode")),
        "plaats": _text(raw.get("plaats")),
        "land": "" if land == "Nederland" else land,
    }
    if not found["straat"]:
        box = _text(raw.get("postbusnummer"))
        abroad = " ".join(_text(raw.get(key)) for key in ("straatHuisnummer", "postcodeWoonplaats")).strip()
        found["regel"] = f"Postbus {box}" if box else abroad
    return {key: text for key, text in found.items() if text}


def _text(raw: object) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    return " ".join(raw.split()) if isinstance(raw, str) else ""
