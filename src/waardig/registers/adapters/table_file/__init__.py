"""Any register of persons as one file with rows: declared mapping, manifest with control totals, a report.

Promise: as for an export of the benefits administration: when the totals disagree nothing is taken, a person with an
error is left out whole, every oddity is told, and no problem shows a citizen service number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from waardig.registers.adapters.export.cells import Reader, amount_of
from waardig.registers.adapters.export.manifest import NAME, FileCount, Manifest, disagreements, manifest_in, refusal
from waardig.registers.adapters.export.source import CsvFile, CsvRow, digest_of, open_export, read_csv
from waardig.registers.adapters.table_file.mapping import PERSON, TableMapping, read_table_mapping
from waardig.registers.adapters.table_file.persons import persons_of
from waardig.registers.core.declaration import Kind
from waardig.registers.core.import_terms import Problem, ReadFile

__all__ = ["TableMapping", "read_table_file", "read_table_mapping", "totals_of"]


def read_table_file(path: Path, mapping: TableMapping, municipality: str | None = None) -> ReadFile:
    """Everything the table says, and everything that is wrong in it.

    Args:
        path: a folder or .zip with the CSV file and manifest.json, or the CSV file with its manifest beside it.
        municipality: when given, the code (GM0000) that the manifest must carry.

    Returns:
        Persons with facts (none when the file is refused), problems, counts.
    """
    opened = open_export(path)
    if isinstance(opened, Problem):
        return ReadFile((), (opened,), {})
    manifest, problems = manifest_in(opened, municipality)
    name = mapping.file if mapping.file in opened else _only(opened)
    if name is None:
        problems.append(refusal("file_missing", mapping.file, "", "the mapping names this file", "Send all files."))
        return ReadFile((), tuple(problems), {}, sha256=digest_of(opened))
    file = read_csv(name, opened[name])
    problems += [*file.problems, *_missing(mapping, file)]
    if manifest is None or problems:
        return ReadFile((), tuple(problems), {"rows": len(file.rows)}, sha256=digest_of(opened))
    return _checked(mapping, manifest, file, digest_of(opened))


def _checked(mapping: TableMapping, manifest: Manifest, file: CsvFile, digest: str) -> ReadFile:
    reader = Reader(mapping, mapping, manifest.reference_date, frozenset({PERSON}), reference="reference")
    persons = tuple(persons_of(mapping, file.rows, reader))
    found = {file.name: FileCount(len(file.rows), file.sha256)}
    refusals = tuple(disagreements(manifest, found, totals_of(mapping, file.rows)))
    counts = {"rows": len(file.rows), "persons_read": len(persons)}
    return ReadFile(() if refusals else persons, (*refusals, *reader.problems), counts, manifest.reference_date, digest)


def totals_of(mapping: TableMapping, rows: Sequence[CsvRow]) -> dict[str, int]:
    """The control totals over all rows, also of those left out: how many different persons, and the sum of each column
    with money in eurocents (`<column>_eurocent`)."""
    totals = {"persons": len({row.cells.get(mapping.columns[PERSON], "") for row in rows})}
    for cell in mapping.cells:
        if cell.form.kind is Kind.EUROCENT:
            column = mapping.columns[cell.target]
            totals[f"{column}_eurocent"] = sum(amount_of(row.cells.get(column, ""), mapping) or 0 for row in rows)
    return totals


def _only(opened: Mapping[str, bytes]) -> str | None:
    tables = [name for name in opened if name != NAME and name.lower().endswith((".csv", ".txt"))]
    return tables[0] if len(tables) == 1 else None


def _missing(mapping: TableMapping, file: CsvFile) -> list[Problem]:
    if not file.columns:
        return []
    remedy = "Export it, or correct the mapping."
    return [
        refusal("column_missing", file.name, column, "the header lacks this column", remedy)
        for column in sorted(set(mapping.columns.values()) - set(file.columns))
    ]
