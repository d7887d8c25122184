"""Writes the town's benefits administration as the export that `waardig import benefits` takes in.

Folder or zip with clienten.csv, partners.csv, perioden.csv, vermogen.csv, bewind.csv, rekeningen.csv, toekenningen.csv,
mapping.yaml and manifest.json (rows, SHA-256, control totals).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waardig.demo.benefits import ClientRecord
from waardig.kernel.money import Eurocent

MANIFEST = "manifest.json"
MAPPING = Path(__file__).resolve().parent / "benefits_mapping.yaml"
Row = dict[str, str]
Tables = dict[str, list[Row]]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clienten.csv": (
        "CLIENTNR",
        "BSN",
        "STATUS",
        "BEGINDATUM",
        "EINDDATUM",
        "LEEFVORM",
        "WOONT_IN_GEMEENTE",
        "RECHTMATIG_VERBLIJF",
        "UITGESLOTEN",
    ),
    "partners.csv": ("CLIENTNR", "PARTNER_BSN", "BEGINDATUM", "EINDDATUM"),
    "perioden.csv": ("CLIENTNR", "SOORT", "BEDRAG", "BEGINDATUM", "EINDDATUM"),
    "vermogen.csv": ("CLIENTNR", "BEDRAG", "DATUM_VASTSTELLING"),
    "bewind.csv": ("CLIENTNR", "NAAM", "KVK", "ADRES", "BEGINDATUM", "EINDDATUM"),
    "rekeningen.csv": ("CLIENTNR", "IBAN", "BEGINDATUM"),
    "toekenningen.csv": ("CLIENTNR", "REGELING", "DATUM"),
}


@dataclass(frozen=True)
class Blemish:
    """A mistake to leave in the export, as real administrations have them: which table, which row, which value."""

    table: str
    client: str
    column: str
    value: str


def tables_of(clients: Iterable[ClientRecord]) -> Tables:
    """The rows of every file."""
    tables: Tables = {name: [] for name in COLUMNS}
    for client in clients:
        for name, rows in _ROWS.items():
            tables[name].extend({"CLIENTNR": client.number, **row} for row in rows(client))
    return tables


def blemished(tables: Tables, blemishes: Sequence[Blemish]) -> Tables:
    """The tables with mistakes; each in the first row of its client that has the column."""
    for blemish in blemishes:
        for row in tables[blemish.table]:
            if row["CLIENTNR"] == blemish.client:
                row[blemish.column] = blemish.value
                break
    return tables


def write_export(
    target: Path, tables: Tables, *, reference_date: date, municipality: str, history_months: int = 36
) -> Path:
    """Write an export with its mapping and manifest.

    Args:
        target: a folder, or a file that ends in .zip.
        municipality: its code, GM and four digits.
        history_months: how far back the municipality's regulation looks; the report then names every month missing.
    """
    files = {name: csv_bytes(COLUMNS[name], rows) for name, rows in tables.items()}
    files[MANIFEST] = _manifest(tables, files, reference_date, municipality)
    mapping = MAPPING.read_text(encoding="utf-8")
    files["mapping.yaml"] = mapping.replace("history_months: 36", f"history_months: {history_months}").encode()
    if target.suffix.lower() == ".zip":
        _write_zip(target, files)
        return target
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    return target


def csv_bytes(columns: Sequence[str], rows: Iterable[Row], *, delimiter: str = ";", bom: bool = False) -> bytes:
    """Rows as CSV in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def totals_of(tables: Tables) -> dict[str, int]:
    """The control totals that the administration counts itself, over all rows."""
    norms = [row for row in tables["perioden.csv"] if row["SOORT"] == "NORM"]
    return {
        "clients": len(tables["clienten.csv"]),
        "norm_eurocent": sum(_cents(row["BEDRAG"]) for row in norms),
        "wealth_eurocent": sum(_cents(row["BEDRAG"]) for row in tables["vermogen.csv"]),
    }


def _manifest(tables: Tables, files: Mapping[str, bytes], reference_date: date, municipality: str) -> bytes:
    manifest = {
        "municipality": municipality,
        "reference_date": reference_date.isoformat(),
        "files": {
            name: {"rows": len(tables[name]), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        },
        "totals": totals_of(tables),
    }
    return (json.dumps(manifest, indent=2) + "\n").encode()


def _write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(
                name, date_time=(2025, 1, 1, 0, 0, 0)
            )  # a fixed time: the same town, the same bytes
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)


def _client(client: ClientRecord) -> Iterator[Row]:
    yield {
        "BSN": client.bsn,
        "STATUS": "L" if client.end is None else "B",
        "BEGINDATUM": _day(client.start),
        "EINDDATUM": _day(client.end),
        "LEEFVORM": {"ALLEENSTAAND": "AS", "ALLEENSTAANDE_OUDER": "AO", "PAAR": "GH"}[client.household],
        "WOONT_IN_GEMEENTE": _flag(client.lives_here),
        "RECHTMATIG_VERBLIJF": _flag(client.may_stay),
        "UITGESLOTEN": _flag(client.excluded),
    }


def _partner(client: ClientRecord) -> Iterator[Row]:
    if client.partner_bsn is not None:
        yield {"PARTNER_BSN": client.partner_bsn, "BEGINDATUM": _day(client.start), "EINDDATUM": ""}


def _spells(client: ClientRecord) -> Iterator[Row]:
    for kind, spells in (("NORM", client.norms), ("INK", client.incomes)):
        for spell in spells:
            yield {
                "SOORT": kind,
                "BEDRAG": _euros(spell.amount),
                "BEGINDATUM": _day(spell.start),
                "EINDDATUM": _day(spell.end),
            }


def _wealth(client: ClientRecord) -> Iterator[Row]:
    for amount, day in client.wealth:
        yield {"BEDRAG": _euros(amount), "DATUM_VASTSTELLING": _day(day)}


def _administrator(client: ClientRecord) -> Iterator[Row]:
    if client.administrator is not None:
        found = client.administrator
        yield {"NAAM": found.name, "KVK": found.kvk, "ADRES": found.address, "BEGINDATUM": _day(client.start)}


def _account(client: ClientRecord) -> Iterator[Row]:
    if client.iban is not None:
        yield {"IBAN": client.iban, "BEGINDATUM": _day(client.start)}


def _grants(client: ClientRecord) -> Iterator[Row]:
    for day in client.grants:
        yield {"REGELING": "IIT", "DATUM": _day(day)}


_ROWS: Mapping[str, Callable[[ClientRecord], Iterator[Row]]] = {
    "clienten.csv": _client,
    "partners.csv": _partner,
    "perioden.csv": _spells,
    "vermogen.csv": _wealth,
    "bewind.csv": _administrator,
    "rekeningen.csv": _account,
    "toekenningen.csv": _grants,
}


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day is not None else ""


def _flag(value: bool | None) -> str:
    return {True: "J", False: "N", None: ""}[value]


def _euros(amount: Eurocent) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100},{abs(amount) % 100:02d}"


def _cents(text: str) -> Eurocent:
    """Back from `_euros`; a blemished amount counts for nothing, as it does for whoever reads the file."""
    digits = text.replace(",", "")
    return int(digits) if digits.lstrip("-").isdigit() else 0
