"""The rows of a file with persoonslijsten (CSV, one column for each element of the Logisch ontwerp BRP).

A list begins on the row with a name in the first column; the rows below it, with an empty first column, go on with what
did not fit: history and further children, partners and documents. Column `<category>.H` names the category of what
stands in the next row: 59 after 09 is history of that child, 09 is another child.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from waardig.registers.core.import_terms import Problem, Severity, show

_ELEMENT = re.compile(r"^(\d{2})\.(\d{2}\.\d{2})$")
_NEXT = re.compile(r"^(\d{2})\.H$")
_REMEDY = "Ask the supplier of the file for this persoonslijst again."
NEEDED = ("01.01.20", "01.02.40", "01.03.10")
SEVERAL = frozenset({"04", "05", "09", "12"})
"""Categories of which a list can hold several at the same time."""


@dataclass(frozen=True)
class Row:
    """One occurrence of a category: elements by group and number ("10.30"), and whether it is history."""

    line: int
    elements: Mapping[str, str]
    past: bool = False

    def get(self, element: str) -> str:
        """The text of an element, "" when it is not there."""
        return self.elements.get(element, "")

    @property
    def wrong(self) -> bool:
        """Element 84.10: this version was never right (O), or is against public order (S)."""
        return bool(self.get("84.10"))


@dataclass
class PersonList:
    """A persoonslijst: by category its stacks, each with the newest version first."""

    reference: str
    line: int
    stacks: dict[str, list[list[Row]]] = field(default_factory=dict)
    broken: bool = False

    def versions(self, category: str) -> list[Row]:
        """The versions of a category of which there is one, newest first, without those that were never right."""
        return [row for stack in self.stacks.get(category, []) for row in stack if not row.wrong]

    def current(self, category: str) -> Row | None:
        """What holds now of a category of which there is one."""
        return next((row for row in self.versions(category) if not row.past), None)


class Rows:
    """Reads a file into persoonslijsten and collects what is wrong with its form."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._columns: dict[int, tuple[str, str]] = {}
        self._next: dict[str, int] = {}
        self._announced: dict[str, str] = {}
        self._width = 0
        self._of: PersonList | None = None

    def lists(self, content: bytes) -> Iterator[PersonList]:
        """The lists in the order of the file. A line that cannot be read breaks its own list and no other."""
        for line, cells, readable in self._lines(content):
            if line == 1:
                if not self._header(cells):
                    return
                continue
            name = cells[0].strip()
            if name:
                if self._of is not None:
                    yield self._finished(self._of)
                self._of = PersonList(show(name), line)
            if self._of is None:
                self._complain("orphan_row", Severity.ERROR, line, "", "this row belongs to no persoonslijst; left out")
            elif not readable or len(cells) != self._width:
                self._of.broken = True
                self._complain(*self._form(line, cells, readable))
            else:
                self._add(self._of, line, cells)
        if self._of is not None:
            yield self._finished(self._of)

    def _lines(self, content: bytes) -> Iterator[tuple[int, list[str], bool]]:
        """Line number, cells, and whether the bytes were text. Empty lines are passed over."""
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            content = content.decode("utf-16", errors="replace").encode()
        for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            text = raw.decode("utf-8", errors="replace").rstrip("\r")
            try:
                cells = next(csv.reader([text], delimiter=";"), [""])
            except csv.Error:
                cells = text.split(";")
            if text.strip() or number == 1:
                yield number, cells, "\ufffd" not in text

    def _header(self, cells: list[str]) -> bool:
        self._width = len(cells)
        for place, cell in enumerate(cells):
            name = cell.strip()
            element, following = _ELEMENT.match(name), _NEXT.match(name)
            if following:
                self._next[following.group(1)] = place
            elif element and (element.group(1), element.group(2)) in self._columns.values():
                self._complain(
                    "double_column", Severity.GAP, 1, name, "this column is there twice; the first was taken"
                )
            elif element:
                self._columns[place] = (element.group(1), element.group(2))
            elif place and name:
                self._complain("unknown_column", Severity.GAP, 1, show(name), "this is no element; left out")
        missing = [one for one in NEEDED if tuple(one.split(".", 1)) not in self._columns.values()]
        for one in missing:
            self._complain(
                "missing_column", Severity.REFUSAL, 1, one, "this column is needed to know who a list is about"
            )
        return not missing

    def _form(self, line: int, cells: list[str], readable: bool) -> tuple[str, Severity, int, str, str]:
        if not readable:
            return "not_utf8", Severity.ERROR, line, "", "this row is no UTF-8 text; the person was left out"
        message = f"{len(cells)} columns where the header has {self._width}; the person was left out"
        return "wrong_number_of_columns", Severity.ERROR, line, "", message

    def _add(self, current: PersonList, line: int, cells: list[str]) -> None:
        found: dict[str, dict[str, str]] = {}
        for place, (category, element) in self._columns.items():
            text = cells[place].strip()
            if text:
                found.setdefault(category, {})[element] = text
        for category, elements in found.items():
            self._place(current, category, Row(line, elements))
        for category in {*found, *self._announced}:
            if category not in found:
                said = f"{self._announced.pop(category)}.H"
                message = "this row was announced and is empty; the rest was taken"
                self._complain("history_missing", Severity.GAP, line, said, message)
            elif coming := self._coming(category, cells):
                self._announced[category] = coming
            else:
                self._announced.pop(category, None)

    def _coming(self, category: str, cells: list[str]) -> str:
        place = self._next.get(category)
        return cells[place].strip() if place is not None else ""

    def _place(self, current: PersonList, category: str, row: Row) -> None:
        """Put an occurrence where it belongs: in a new stack, or as history on the last one."""
        own = f"{int(category) - 50:02d}" if int(category) > 50 else category
        stacks = current.stacks.setdefault(own, [])
        said = self._announced.get(category, "")
        past = own != category or said == f"{int(own) + 50:02d}"
        if stacks and not said and category in self._next:
            past = own not in SEVERAL or _same_subject(stacks[-1][-1], row)
            message = f"the row above does not say what this is; taken as {'history' if past else 'another one'}"
            self._complain("history_unmarked", Severity.GAP, row.line, f"{category}.H", message)
        if past and stacks:
            stacks[-1].append(Row(row.line, row.elements, past=True))
        else:
            stacks.append([Row(row.line, row.elements, past)])

    def _finished(self, current: PersonList) -> PersonList:
        for category in self._announced:
            message = "more was announced than the list holds; the rest was taken"
            self._complain("history_missing", Severity.GAP, current.line, f"{category}.H", message)
        self._announced = {}
        return current

    def _complain(self, kind: str, severity: Severity, line: int, column: str, message: str) -> None:
        reference = self._of.reference if self._of is not None else ""
        self.problems.append(Problem(kind, severity, self.file, line, column, "", message, _REMEDY, reference))


def _same_subject(one: Row, other: Row) -> bool:
    """Whether two rows are about the same child or partner: the same A-number, or name and day of birth."""
    if one.get("01.10") and other.get("01.10"):
        return one.get("01.10") == other.get("01.10")
    return (one.get("02.10"), one.get("03.10")) == (other.get("02.10"), other.get("03.10"))
