"""Files with persoonslijsten for tests: rows by element, in the columns that the test set of RvIG has."""

from __future__ import annotations

from pathlib import Path

from tests.registers.test_brp_file import SUZANNE

CATEGORIES = {
    "01": "01.10 01.20 02.10 02.20 02.30 02.40 03.10 04.10 61.10 83.10 83.20 83.30 84.10 85.10 86.10",
    "05": "01.10 01.20 02.10 02.40 03.10 06.10 07.10 07.40 15.10 83.10 83.20 83.30 84.10 85.10 86.10",
    "06": "08.10 83.10 83.20 83.30 84.10 85.10 86.10",
    "07": "67.10 67.20 70.10",
    "08": "09.10 10.10 10.30 11.10 11.20 11.30 11.40 11.50 11.60 11.70 12.10 13.10 13.30 13.40 13.50 "
          "83.10 83.20 83.30 84.10 85.10 86.10",
    "09": "01.10 01.20 02.10 02.40 03.10 83.10 83.20 83.30 84.10 85.10 86.10",
    "11": "33.10 84.10 85.10 86.10",
}  # fmt: skip
COLUMNS = [f"{category}.{element}" for category, elements in CATEGORIES.items() for element in (*elements.split(), "H")]
Row = dict[str, str]


def a_list(bsn: str = SUZANNE, *more: Row, **changes: str) -> list[Row]:
    """A persoonslijst of one row and more rows below it; changes by element with underscores (`e01_03_10`)."""
    first = {
        "01.01.20": bsn, "01.02.10": "Suzanne Éva", "01.02.30": "van der", "01.02.40": "Moulin", "01.03.10": "19851201",
        "01.04.10": "V", "01.85.10": "19851201", "01.86.10": "20131105",
        "07.70.10": "0",
        "08.09.10": "0599", "08.10.30": "20150808", "08.11.10": "Boterdiep", "08.11.20": "31", "08.11.30": "a",
        "08.11.60": "3077AW", "08.11.70": "Rotterdam", "08.85.10": "20150808", "08.86.10": "20150808",
    }  # fmt: skip
    first.update({name[1:].replace("_", "."): text for name, text in changes.items()})
    return [first, *more]


def a_file(path: Path, *lists: list[Row], columns: list[str] | None = None) -> Path:
    """A file with these lists, named Lg01_1 and on; UTF-8 with its mark, as RvIG writes it."""
    names = columns or COLUMNS
    lines = [";".join(("", *names, ""))]
    for number, rows in enumerate(lists, start=1):
        for place, row in enumerate(rows):
            assert set(row) <= set(names), set(row) - set(names)
            lines.append(";".join((f"Lg01_{number}" if place == 0 else "", *(row.get(one, "") for one in names), "")))
    file = path / "lijsten.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return file
