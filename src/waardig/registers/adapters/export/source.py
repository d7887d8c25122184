"""Opens an export (a folder, a zip or one CSV file) and gives its rows with their line numbers.

UTF-8 with or without BOM; `;`, `,` or tab, taken from the header. UTF-16 and other encodings are recognised and said.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from waardig.registers.adapters.export.manifest import NAME, refusal
from waardig.registers.core.import_terms import Problem

_LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True)
class CsvRow:
    """One row: where it stands and its cells by column name."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CsvFile:
    """One file as read; `problems` say what made it unreadable."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    sha256: str
    problems: tuple[Problem, ...]


def open_export(path: Path) -> dict[str, bytes] | Problem:
    """The bytes of every file of an export by name.

    Args:
        path: a folder, a .zip, or one CSV file with its manifest beside it (manifest.json or FILE.manifest.json).
    """
    try:
        if path.is_dir():
            return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file()}
        if zipfile.is_zipfile(path):
            return _unzipped(path)
        return _single(path)
    except (OSError, zipfile.BadZipFile) as error:
        return refusal("not_readable", path.name, "", f"cannot be opened: {error}", "Check the path and the rights.")


def _unzipped(path: Path) -> dict[str, bytes] | Problem:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if sum(member.file_size for member in members) > _LARGEST:
            return refusal("too_large", path.name, "", "unpacks to more than 512 MB", "Send the export in parts.")
        return {Path(member.filename).name: archive.read(member) for member in members}


def _single(path: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes()}
    for beside in (path.with_name(f"{path.name}.{NAME}"), path.with_name(NAME)):
        if beside.is_file():
            files[NAME] = beside.read_bytes()
            break
    return files


def read_csv(name: str, content: bytes) -> CsvFile:
    """One CSV file: its header, its rows, and what is wrong with it as a file."""
    digest = hashlib.sha256(content).hexdigest()
    text = _decoded(name, content)
    if isinstance(text, Problem):
        return CsvFile(name, (), (), digest, (text,))
    header, _, _ = text.partition("\n")
    delimiter = max(";,\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        rows = tuple(_rows(name, columns, reader))
    except csv.Error as error:
        problem = refusal("not_csv", name, "", f"line {reader.line_num}: {error}", "Export the file as CSV again.")
        return CsvFile(name, (), (), digest, (problem,))
    return CsvFile(name, columns, rows, digest, tuple(_header_problems(name, columns)))


def _rows(name: str, columns: tuple[str, ...], reader: Iterator[list[str]]) -> Iterator[CsvRow]:
    line = getattr(reader, "line_num", 1) + 1
    for cells in reader:
        here, line = line, getattr(reader, "line_num", line) + 1
        if not any(cell.strip() for cell in cells):
            continue
        named = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
        if len(cells) != len(columns):
            named[""] = f"{len(cells)} columns where the header has {len(columns)}"
        yield CsvRow(name, here, named)


def _header_problems(name: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    if not any(columns):
        yield refusal("empty_file", name, "", "the file has no header line", "Export the file again.")
    for column in sorted({c for c in columns if c and columns.count(c) > 1}):
        yield refusal("column_twice", name, column, "this column stands in the header twice", "Export the file again.")


def _decoded(name: str, content: bytes) -> str | Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:400]:
        return refusal(
            "encoding", name, "", "the file is UTF-16, not UTF-8", "Export as UTF-8 (in a spreadsheet: CSV UTF-8)."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return refusal(
            "encoding",
            name,
            "",
            f"the file is not UTF-8 (line {line}); probably Windows-1252",
            "Export as UTF-8 (in a spreadsheet: CSV UTF-8).",
        )


def digest_of(opened: Mapping[str, bytes]) -> str:
    """One hash over all files, so that the same export is recognised."""
    total = hashlib.sha256()
    for name in sorted(opened):
        total.update(name.encode() + b"\0" + hashlib.sha256(opened[name]).digest())
    return total.hexdigest()
