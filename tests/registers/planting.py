"""Plants mistakes in an export as a stranger would: a cell, a row, a total; the manifest stays honest otherwise."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

Rows = list[dict[str, str]]


def rows_of(folder: Path, name: str) -> Rows:
    """The rows of a file of the export."""
    text = (folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def write_rows(folder: Path, name: str, rows: Rows) -> None:
    """Write rows back and let the manifest count and hash the file again; control totals stay as they were."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    write_bytes(folder, name, out.getvalue().encode(), rows=len(rows))


def write_bytes(folder: Path, name: str, content: bytes, rows: int | None = None) -> None:
    """Replace a file and let the manifest hash it again."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    if rows is not None:
        manifest["files"][name]["rows"] = rows
    (folder / "manifest.json").write_text(json.dumps(manifest))


def plant(folder: Path, name: str, client: str, column: str, value: str) -> int:
    """Change a cell in the first row of a client; gives the line where it stands."""
    rows = rows_of(folder, name)
    index = next(i for i, row in enumerate(rows) if row["CLIENTNR"] == client)
    rows[index][column] = value
    write_rows(folder, name, rows)
    return index + 2


def add_row(folder: Path, name: str, row: dict[str, str]) -> int:
    """Add a row at the end; gives its line."""
    rows = rows_of(folder, name)
    rows.append({column: row.get(column, "") for column in rows[0]})
    write_rows(folder, name, rows)
    return len(rows) + 1


def set_total(folder: Path, name: str, value: int) -> None:
    """Let the manifest claim another control total."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["totals"][name] = value
    (folder / "manifest.json").write_text(json.dumps(manifest))


def total(folder: Path, name: str) -> int:
    """A control total as the manifest claims it."""
    value: int = json.loads((folder / "manifest.json").read_text())["totals"][name]
    return value
