"""From a persoonslijst to facts: what holds now as any BRP record says it, and the history of name, address, partner.

Source: Logisch ontwerp BRP, categories 01, 05-09, 11 and groups 83 (investigation), 84 (wrong), 85 (validity), 86.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from waardig.kernel.bsn import is_bsn
from waardig.registers.adapters.brp_file import RecordReader, address_of, name_of
from waardig.registers.adapters.brp_lists.rows import PersonList, Row
from waardig.registers.adapters.brp_lists.tables import Tables
from waardig.registers.core.import_terms import PersonRef, Problem, ReadFact, Severity, show
from waardig.registers.core.incomplete_date import from_digits
from waardig.registers.core.spells import Complain, Spell, Version, spells_of

_REMEDY = "Report it to the holder of the BRP (terugmelding)."
_WITH_HISTORY = ("brp.naam", "brp.adres", "brp.gemeente", "brp.partner")
_SEX = {"M": "M", "V": "V"}
_DATES = frozenset({
    "03.10", "06.10", "08.10", "09.20", "10.30", "13.20", "14.20", "62.10", "65.10", "67.10", "68.10", "82.20", "83.20",
    "83.30", "85.10", "86.10",
})  # fmt: skip
_PLACED = {
    "unknown_start": "nobody knows from when this holds; it counts from the first day that is certain",
    "incomplete_start": "the day or month of the start is not known; it counts from the first day that is possible",
    "history_out_of_order": "this cannot have followed on what stands below it; everything older was left out",
    "same_start": "two versions begin on the same day; the newer one was taken",
}


class ListFacts:
    """Makes the facts of one persoonslijst; `known` are the BSNs of the whole file, for links."""

    def __init__(self, file: str, found: PersonList, known: frozenset[str], tables: Tables) -> None:
        self.problems: list[Problem] = []
        self._file, self._of, self._known, self._tables = file, found, known, tables

    def facts(self) -> tuple[ReadFact, ...]:
        """Every fact; oddities are in `problems` afterwards."""
        self._look_over()
        reader = RecordReader(self._file, self._known)
        now = tuple(reader.facts(self._record()))
        self.problems.extend(reader.problems)
        plain = [fact for fact in now if fact.attribute not in _WITH_HISTORY]
        if all(fact.attribute != "brp.kinderen" for fact in plain):
            self._complain("children_unknown", "09.03.10", self._of.line, "of a child the day of birth is not known; "
                           "the children count as unknown")  # fmt: skip
        since = next(fact.valid_from for fact in now if fact.attribute == "brp.naam")
        return (*plain, *self._names(), *self._places(), *self._partners(since))

    def _look_over(self) -> None:
        """Dates that cannot exist, investigations that cannot be read, versions that were never right."""
        for category, stacks in sorted(self._of.stacks.items()):
            for row in (row for stack in stacks for row in stack):
                if row.wrong:
                    self._complain("declared_wrong", f"{category}.84.10", row.line, "the list itself says that this "
                                   "version was never right; it was left out")  # fmt: skip
                for element, text in row.elements.items():
                    dated = element in _DATES or (element, category) == ("07.10", "05")
                    if dated and text != "00000000" and from_digits(text) is None:
                        self._complain("impossible_date", f"{category}.{element}", row.line,
                                       "this day does not exist; it counts as unknown", show(text))  # fmt: skip
                doubt = row.get("83.10")
                if doubt and not (doubt.isdecimal() and len(doubt) == 6):
                    self._complain("doubt_unreadable", f"{category}.83.10", row.line, "this names no element; "
                                   "the whole category counts as under investigation", show(doubt))  # fmt: skip

    def _record(self) -> dict[str, object]:
        """The list as it stands now, in the shape of the official test set."""
        person = self._of.current("01") or Row(0, {})
        entry, death, guard = (self._of.current(category) or Row(0, {}) for category in ("07", "06", "11"))
        place = self._of.current("08") or Row(0, {})
        record: dict[str, object] = {
            **_identity(person),
            "geboorte": {"datum": _date(person, "03.10")},
            "verblijfplaats": {"inOnderzoek": _doubt(place, "08")},
            "geheimhoudingPersoonsgegevens": entry.get("70.10"),
            "indicatieCurateleRegister": guard.get("33.10"),
            "persoonInOnderzoek": _doubt(person, "01"),
            "kinderen": [
                {"geboorte": {"datum": _date(row, "03.10")}, "inOnderzoek": _doubt(row, "09")}
                for row in self._now_in("09")
            ],
        }
        if entry.get("67.20") or entry.get("67.10"):
            record["opschortingBijhouding"] = {"reden": {"code": entry.get("67.20")}, "datum": _date(entry, "67.10")}
        if death.elements.get("08.10"):
            record["overlijden"] = {"datum": _date(death, "08.10"), "inOnderzoek": _doubt(death, "06")}
        return record

    def _now_in(self, category: str) -> Iterator[Row]:
        """What holds now of a category of which there may be several."""
        for stack in self._of.stacks.get(category, []):
            row = next((row for row in stack if not row.wrong and not row.past), None)
            if row is not None and _is_relation(row):
                yield row

    def _names(self) -> Iterator[ReadFact]:
        versions = [
            Version(row.get("85.10"), name_of(_identity(row)), row.get("86.10"),
                    _doubted(row, "01", "0000", "02", "04"), row.line)
            for row in self._of.versions("01") if row.get("02.40")
        ]  # fmt: skip
        yield from _as_facts("brp.naam", spells_of(versions, self._placed("01")))

    def _places(self) -> Iterator[ReadFact]:
        rows = self._of.versions("08")
        addresses = [self._version(row, self._address(row)) for row in rows]
        codes = [self._version(row, row.get("09.10") or None) for row in rows]
        yield from _as_facts("brp.adres", _known(spells_of(addresses, self._placed("08"), _same_address)))
        yield from _as_facts("brp.gemeente", _known(spells_of(codes, lambda *_: None)))

    def _version(self, row: Row, value: object) -> Version:
        return Version(row.get("85.10"), value, row.get("86.10"), bool(_doubt(row, "08")), row.line)

    def _address(self, row: Row) -> dict[str, str] | None:
        country, municipality = row.get("13.10"), row.get("09.10")
        place: dict[str, object] = {
            "straat": row.get("11.10"),
            "huisnummer": row.get("11.20"),
            "huisletter": row.get("11.30"),
            "huisnummertoevoeging": row.get("11.40"),
            "aanduidingBijHuisnummer": {"omschrijving": {"to": "tegenover", "by": "bij"}.get(row.get("11.50"))},
            "postcode": row.get("11.60"),
            "woonplaats": row.get("11.70"),
            "locatiebeschrijving": row.get("12.10"),
            **{f"regel{number}": row.get(f"13.{number + 2}0") for number in (1, 2, 3)},
            "land": {"omschrijving": self._name(self._tables.countries, country, "08.13.10", row.line)},
        }
        return address_of(place, self._tables.municipalities.get(municipality)) or None

    def _name(self, names: Mapping[str, str], code: str, element: str, line: int) -> str:
        if code in ("", "0000"):
            return ""
        if code not in names:
            message = "no table gives the name of this code, so the code was taken (--tables FOLDER gives names)"
            self._complain("code_without_name", element, line, message, code)
        return names.get(code, code)

    def _partners(self, since: date | None) -> Iterator[ReadFact]:
        """Who was the partner when. A marriage lasts from its first day until the day before it was dissolved."""
        stacks = [[row for row in stack if not row.wrong] for stack in self._of.stacks.get("05", [])]
        married = [self._marriage(rows) for rows in stacks if rows and _is_relation(rows[0])]
        married.sort(key=lambda versions: versions[-1].start, reverse=True)
        spells = spells_of([one for versions in married for one in versions], self._placed("05"))
        doubt = any(_doubt(rows[0], "05") for rows in stacks if rows)
        if not spells or (spells[0].valid_from is not None and (since is None or since < spells[0].valid_from)):
            before = spells[0].valid_from - timedelta(days=1) if spells and spells[0].valid_from else None
            yield ReadFact("brp.partner", None, since, before, under_investigation=doubt and not spells)
        yield from _as_facts("brp.partner", spells)

    def _marriage(self, rows: list[Row]) -> list[Version]:
        """Start and end of one marriage or partnership, newest first."""
        value: dict[str, object] = {}
        named = next((row for row in rows if row.get("01.20")), None)
        if named is not None and not is_bsn(named.get("01.20")):
            self._complain("bad_related_bsn", "05.01.20", named.line, "the number fails the eleven-test; not linked",
                           show(named.get("01.20"), personal=True))  # fmt: skip
        elif named is not None and named.get("01.20") in self._known:
            value["person"] = PersonRef(named.get("01.20"))
        doubt = bool(_doubt(rows[0], "05"))
        began = next((row for row in reversed(rows) if row.get("06.10")), rows[-1])
        found = [Version(began.get("06.10"), value, began.get("86.10"), doubt, began.line)]
        ended = next((row for row in rows if row.get("07.10")), None)
        if ended is not None:
            found.insert(0, Version(ended.get("07.10"), None, ended.get("86.10"), doubt, ended.line))
        return found

    def _placed(self, category: str) -> Complain:
        element = {"05": "05.06.10"}.get(category, f"{category}.85.10")
        return lambda kind, version: self._complain(kind, element, version.line, _PLACED[kind], show(version.start))

    def _complain(self, kind: str, element: str, line: int, message: str, shown: str = "") -> None:
        self.problems.append(
            Problem(kind, Severity.GAP, self._file, line, element, shown, message, _REMEDY, self._of.reference)
        )


def _identity(row: Row) -> dict[str, object]:
    name = {"voornamen": row.get("02.10"), "voorvoegsel": row.get("02.30"), "geslachtsnaam": row.get("02.40")}
    return {"naam": name, "geslacht": {"code": _SEX.get(row.get("04.10"), "O")}}


def _date(row: Row, element: str) -> str | None:
    """A date that can exist, or None; what cannot was reported."""
    return row.get(element) if from_digits(row.get(element)) or row.get(element) == "00000000" else None


def _doubt(row: Row, category: str) -> dict[str, str] | None:
    """What is under investigation and not settled: group 83 without an end, in the number of the category itself."""
    code = row.get("83.10")
    if not code or row.get("83.30"):
        return None
    whole = code[2:] if code.isdigit() and len(code) == 6 else "0000"
    return {"aanduidingGegevensInOnderzoek": f"{category}{whole}"}


def _doubted(row: Row, category: str, *groups: str) -> bool:
    doubt = _doubt(row, category)
    return doubt is not None and doubt["aanduidingGegevensInOnderzoek"][2:].startswith(groups)


def _is_relation(row: Row) -> bool:
    """A row without a person says that there is no such relation any more."""
    return any(row.get(element) for element in ("01.20", "02.10", "02.40", "03.10", "06.10", "07.10"))


def _same_address(one: object, other: object) -> bool:
    """One address, also when only one of the two names the town (older versions have none)."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return one == other
    return {**one, "woonplaats": ""} == {**other, "woonplaats": ""}


def _known(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    return tuple(spell for spell in spells if spell.value is not None)


def _as_facts(attribute: str, spells: tuple[Spell, ...]) -> Iterator[ReadFact]:
    for spell in spells:
        yield ReadFact(attribute, spell.value, spell.valid_from, spell.valid_to, under_investigation=spell.doubt)
