"""Names of municipalities and countries from the national tables (landelijke tabellen 33 and 34) of RvIG."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Tables:
    """Names by code of four digits; empty when no tables were given."""

    municipalities: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


def read_tables(folder: Path) -> Tables:
    """Tables 33 (municipalities) and 34 (countries) in a folder: CSV in UTF-16 or UTF-8, code and name first.

    Raises:
        OSError: the folder or a file in it cannot be read.
        ValueError: a table is not there or holds no codes.
    """
    return Tables(_names(folder, "Tabel33"), _names(folder, "Tabel34"))


def _names(folder: Path, beginning: str) -> dict[str, str]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(beginning) and path.suffix.lower() == ".csv":
            content = path.read_bytes()
            encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
            rows = csv.reader(io.StringIO(content.decode(encoding)))
            found = {row[0]: row[1].strip() for row in rows if len(row) > 1 and row[0].isdigit()}
            if found:
                return found
            raise ValueError(f"{path.name} holds no codes")
    raise ValueError(f"there is no {beginning}*.csv in {folder}")
