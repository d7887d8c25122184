"""A benefits administration's export: declared mapping, manifest with control totals, a report of errors and gaps.

Promise: when the totals disagree nothing is taken; a client with an error is left out whole; every problem has file,
line, column, what is wrong and what to do, and never shows a BSN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from waardig.registers.adapters.benefits_file.clients import assemble
from waardig.registers.adapters.benefits_file.facts import gaps_of, person_of
from waardig.registers.adapters.benefits_file.mapping import ExportMapping, RecordMapping, read_mapping
from waardig.registers.adapters.export.cells import amount_of
from waardig.registers.adapters.export.manifest import (
    NAME,
    FileCount,
    Manifest,
    disagreements,
    manifest_in,
    refusal,
)
from waardig.registers.adapters.export.source import CsvFile, CsvRow, digest_of, open_export, read_csv
from waardig.registers.core.import_terms import Problem, ReadFile

__all__ = ["ExportMapping", "Manifest", "read_benefits_file", "read_mapping"]


def read_benefits_file(path: Path, mapping: ExportMapping, municipality: str | None = None) -> ReadFile:
    """Everything an export says, and everything that is wrong or missing in it.

    Args:
        path: a folder or .zip with CSV files and manifest.json, or one CSV file with its manifest beside it.
        municipality: when given, the code (GM0000) that the manifest must carry.

    Returns:
        Persons with facts (none when the file is refused), problems, counts.
    """
    opened = open_export(path)
    if isinstance(opened, Problem):
        return ReadFile((), (opened,), {})
    manifest, problems = manifest_in(opened, municipality)
    files = {name: read_csv(name, opened[name]) for name in _named(mapping, opened)}
    problems += [problem for file in files.values() for problem in file.problems]
    problems += _missing(mapping, files, opened)
    if manifest is None:
        return ReadFile((), tuple(problems), _counts(files), sha256=digest_of(opened))
    return _checked(mapping, manifest, files, problems, digest_of(opened))


def _checked(
    mapping: ExportMapping, manifest: Manifest, files: Mapping[str, CsvFile], problems: list[Problem], digest: str
) -> ReadFile:
    rows = {kind: _rows_of(record, files) for kind, record in mapping.records.items()}
    assembly = assemble(mapping, rows, manifest.reference_date)
    problems = [*problems, *assembly.problems]
    counted = {name: FileCount(len(file.rows), file.sha256) for name, file in files.items()}
    problems += disagreements(manifest, counted, _totals(mapping, rows))
    clients = assembly.left()
    gaps = [gap for client in clients for gap in gaps_of(client, mapping, manifest.reference_date)]
    counts = {**_counts(files), "clients": len(rows["client"]), "clients_skipped": len(rows["client"]) - len(clients)}
    read = ReadFile(
        tuple(person_of(client) for client in clients),
        (*problems, *gaps),
        counts,
        manifest.reference_date,
        digest,
    )
    if read.refused:
        return ReadFile(
            (), read.problems, {**counts, "clients_skipped": counts["clients"]}, read.reference_date, digest
        )
    return read


def _named(mapping: ExportMapping, opened: Mapping[str, bytes]) -> list[str]:
    """The files that the mapping names; a single CSV file may bear any name when the mapping names just one file."""
    wanted = {_actual(record, opened) for record in mapping.records.values()}
    return sorted(name for name in wanted if name in opened)


def _actual(record: RecordMapping, opened: Mapping[str, bytes] | Mapping[str, CsvFile]) -> str:
    tables = [name for name in opened if name != NAME and name.lower().endswith((".csv", ".txt"))]
    if record.file not in opened and record.where is not None and len(tables) == 1:
        return tables[0]
    return record.file


def _missing(mapping: ExportMapping, files: Mapping[str, CsvFile], opened: Mapping[str, bytes]) -> list[Problem]:
    problems: list[Problem] = []
    for record in mapping.records.values():
        name = _actual(record, opened)
        if name not in opened:
            problems.append(
                refusal("file_missing", name, "", f"the mapping names this file for '{record.kind}'", "Send all files.")
            )
            continue
        file = files[name]
        wanted = [*record.columns.values(), *([record.where[0]] if record.where else [])]
        problems += [
            refusal(
                "column_missing", name, column, "the header lacks this column", "Export it, or correct the mapping."
            )
            for column in sorted(set(wanted) - set(file.columns))
            if file.columns
        ]
    return list(dict.fromkeys(problems))


def _rows_of(record: RecordMapping, files: Mapping[str, CsvFile]) -> Sequence[CsvRow]:
    file = files.get(_actual(record, files))
    if file is None:
        return ()
    if record.where is None:
        return file.rows
    column, value = record.where
    return tuple(row for row in file.rows if row.cells.get(column) == value)


def _totals(mapping: ExportMapping, rows: Mapping[str, Sequence[CsvRow]]) -> dict[str, int]:
    """The control totals over all rows, also those of clients that are left out."""
    spell = mapping.records["spell"]
    norms = {code for code, attribute in spell.codes.get("attribute", {}).items() if attribute == "uitkeringen.norm"}
    norm_rows = [row for row in rows["spell"] if row.cells.get(spell.columns["attribute"]) in norms]
    wealth = mapping.records.get("wealth")
    return {
        "clients": len(rows["client"]),
        "norm_eurocent": _sum(mapping, norm_rows, spell.columns["amount"]),
        "wealth_eurocent": _sum(mapping, rows["wealth"], wealth.columns["uitkeringen.vermogen"]) if wealth else 0,
    }


def _sum(mapping: ExportMapping, rows: Sequence[CsvRow], column: str) -> int:
    return sum(amount_of(row.cells.get(column, ""), mapping) or 0 for row in rows)


def _counts(files: Mapping[str, CsvFile]) -> dict[str, int]:
    return {"rows": sum(len(file.rows) for file in files.values())}
