"""A person of the official test set (LO3 codes, as the BRP keeps it) as Haal Centraal BRP bevragen 2 tells about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waardig.registers.adapters.brp_file import initials_of

Json = dict[str, Any]


def as_answer(record: Mapping[str, Any]) -> Json:
    """Everything there is to ask about a person, before fields are chosen; what is not there is left out."""
    found: Json = {
        "burgerservicenummer": record["burgerservicenummer"],
        "geslacht": _code(record.get("geslacht")),
        "naam": _name(record),
        "geboorte": _dated(record.get("geboorte"), "0103", record.get("persoonInOnderzoek")),
        "overlijden": _dated(record.get("overlijden")),
        "verblijfplaats": _place(record.get("verblijfplaats") or {}),
        "gemeenteVanInschrijving": _code(record.get("gemeenteVanInschrijving")),
        "datumInschrijvingInGemeente": _date(record.get("datumInschrijvingInGemeente")),
        "partners": [
            _partner(one) for one in record.get("partners") or () if "ontbindingHuwelijkPartnerschap" not in one
        ],
        "kinderen": [_child(one) for one in record.get("kinderen") or ()],
        "geheimhoudingPersoonsgegevens": str(record.get("geheimhoudingPersoonsgegevens") or "0") != "0" or None,
        "indicatieCurateleRegister": record.get("indicatieCurateleRegister") in (True, "1") or None,
        "opschortingBijhouding": _suspended(record.get("opschortingBijhouding")),
        "inOnderzoek": _beside(record),
    }  # fmt: skip
    return _kept(found)


def _kept(found: Json) -> Json:
    return {name: value for name, value in found.items() if value not in (None, {}, [], "")}


def _code(raw: Any) -> Json:
    return {name: raw[name] for name in ("code", "omschrijving") if raw.get(name)} if isinstance(raw, Mapping) else {}


def _date(raw: Any) -> Json | None:
    """The four shapes of a date: Datum, JaarMaandDatum, JaarDatum, DatumOnbekend."""
    if not isinstance(raw, str) or len(raw) != 8 or not raw.isdigit():
        return None
    year, month, day = raw[:4], raw[4:6], raw[6:]
    if year == "0000":
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if month == "00":
        return {"type": "JaarDatum", "jaar": int(year), "langFormaat": year}
    if day == "00":
        return {"type": "JaarMaandDatum", "jaar": int(year), "maand": int(month), "langFormaat": f"{month}-{year}"}
    return {"type": "Datum", "datum": f"{year}-{month}-{day}", "langFormaat": f"{day}-{month}-{year}"}


def _dated(raw: Any, group: str = "", doubt: Any = None) -> Json:
    if not isinstance(raw, Mapping):
        return {}
    within = {"datum": True} if group and _doubts(doubt, group) else None
    return _kept({"datum": _date(raw.get("datum")), "inOnderzoek": within})


def _doubts(doubt: Any, group: str) -> bool:
    """Whether an investigation is about this group (four digits) or the whole category."""
    code = str(doubt.get("aanduidingGegevensInOnderzoek") or "") if isinstance(doubt, Mapping) else ""
    return code.startswith(group) or code == f"{group[:2]}0000"


def _name(record: Mapping[str, Any]) -> Json:
    raw = record.get("naam") or {}
    names = ("voorletters", "voorvoegsel", "geslachtsnaam", "voornamen")
    within = dict.fromkeys(names, True) if _doubts(record.get("persoonInOnderzoek"), "0102") else None
    family = raw.get("geslachtsnaam")
    return _kept({
        "voornamen": raw.get("voornamen"),
        "voorletters": raw.get("voorletters") or initials_of(str(raw.get("voornamen") or "")),
        "voorvoegsel": raw.get("voorvoegsel"),
        "geslachtsnaam": family if family != "." else None,
        "inOnderzoek": within,
    })  # fmt: skip


def _place(raw: Mapping[str, Any]) -> Json:
    """One of the four kinds of place to live."""
    country = _code(raw.get("land"))
    since = _date(raw.get("datumAanvangAdreshouding") or raw.get("datumAanvangAdresBuitenland"))
    within = {"type": True, "datumVan": True, "verblijfadres": True} if raw.get("inOnderzoek") else None
    street = raw.get("straat")
    if street and street != ".":
        names = ("huisletter", "huisnummertoevoeging", "postcode", "woonplaats")
        home = {"korteStraatnaam": street, "officieleStraatnaam": raw.get("naamOpenbareRuimte"),
                "huisnummer": _number(raw.get("huisnummer")), **{name: raw.get(name) for name in names},
                "aanduidingBijHuisnummer": _code(raw.get("aanduidingBijHuisnummer"))}  # fmt: skip
        kind = "Adres"
    elif raw.get("locatiebeschrijving"):
        home, kind = {"locatiebeschrijving": raw["locatiebeschrijving"]}, "Locatie"
    elif country and country.get("code") not in ("0000", "6030"):
        home = {"land": country, **{f"regel{n}": raw.get(f"regel{n}") for n in (1, 2, 3)}}
        kind = "VerblijfplaatsBuitenland"
    else:
        home, kind = {}, "VerblijfplaatsOnbekend"
    if not raw:
        return {}
    return _kept({"type": kind, "datumVan": since, "verblijfadres": _kept(home), "inOnderzoek": within})


def _number(raw: Any) -> int | None:
    return int(raw) if isinstance(raw, int) or (isinstance(raw, str) and raw.isdigit()) else None


def _partner(raw: Mapping[str, Any]) -> Json:
    begun = _dated(raw.get("aangaanHuwelijkPartnerschap"))
    return _kept({"burgerservicenummer": raw.get("burgerservicenummer"), "aangaanHuwelijkPartnerschap": begun})


def _child(raw: Mapping[str, Any]) -> Json:
    return _kept({"burgerservicenummer": raw.get("burgerservicenummer"), "geboorte": _dated(raw.get("geboorte"))})


def _suspended(raw: Any) -> Json:
    if not isinstance(raw, Mapping):
        return {}
    return _kept({"reden": _code(raw.get("reden")), "datum": _date(raw.get("datum"))})


def _beside(record: Mapping[str, Any]) -> Json:
    doubt, guard = record.get("persoonInOnderzoek"), record.get("gezagInOnderzoek")
    place = (record.get("verblijfplaats") or {}).get("inOnderzoek")
    return {name: True for name, held in (
        ("burgerservicenummer", _doubts(doubt, "0101")), ("geslacht", _doubts(doubt, "0104")),
        ("indicatieCurateleRegister", _doubts(guard, "1133")), ("gemeenteVanInschrijving", _doubts(place, "0809")),
    ) if held}  # fmt: skip
