"""From rows to what holds of a person and when: one value at a time, or a list of what holds side by side.

Promise: a person one of whose rows is wrong is left out whole. Spells of one value may not overlap; the rows of a list
may, and every day has the list of what held on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from waardig.registers.adapters.export.cells import Reader
from waardig.registers.adapters.export.source import CsvRow
from waardig.registers.adapters.table_file.mapping import FROM, PERSON, REFERENCE, TO, Cell, TableMapping
from waardig.registers.core.declaration import Attribute, Kind
from waardig.registers.core.import_terms import ReadFact, ReadPerson, show

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """What one row says of one attribute; no first day = always so far, no last day = still so."""

    value: object
    valid_from: date | None
    valid_to: date | None
    row: CsvRow


@dataclass
class Person:
    """The rows of one person."""

    number: str = field(repr=False)
    first: CsvRow
    held: dict[str, list[Held]] = field(default_factory=dict)


def persons_of(mapping: TableMapping, rows: Sequence[CsvRow], reader: Reader) -> Iterator[ReadPerson]:
    """Persons whose rows are all right; what is wrong goes to the reader, which names file, line and column."""
    found: dict[str, Person] = {}
    left_out: set[str] = set()
    for row in rows:
        before = len(reader.problems)
        number = reader.bsn(row, PERSON)
        if number is None:
            continue
        person = found.setdefault(number, Person(number, row))
        _take(mapping, person, row, reader)
        if len(reader.problems) > before:
            left_out.add(number)
    for number, person in found.items():
        facts: list[ReadFact] = []
        before = len(reader.problems)
        for attribute in mapping.attributes:
            facts += _facts(attribute, person.held.get(attribute.id, []), reader)
        if number not in left_out and len(reader.problems) == before:
            reference = show(reader.raw(person.first, REFERENCE)) or f"row {person.first.line}"
            yield ReadPerson(number, tuple(facts), reference, file=person.first.file, line=person.first.line)


def _take(mapping: TableMapping, person: Person, row: CsvRow, reader: Reader) -> None:
    if "" in row.cells:
        reader.complain(
            row, PERSON, "columns_differ", row.cells[""], "Export the file again; quote what holds the sign."
        )
        return
    first, last = reader.day(row, FROM), reader.day(row, TO, future=True)
    if reader.raw(row, FROM) == "" and TO in mapping.columns and last is not None:
        reader.complain(row, FROM, "missing_value", "a last day without a first day", "Fill in the first day.")
    elif first is not None and last is not None and last < first:
        reader.complain(row, TO, "ends_before_start", "the last day lies before the first", "Correct it at the source.")
    for attribute in mapping.attributes:
        value = _value(mapping.of(attribute), row, reader)
        if value is not None:
            person.held.setdefault(attribute.id, []).append(Held(value, first, last, row))


def _value(cells: Sequence[Cell], row: CsvRow, reader: Reader) -> object:
    """One value, or a record or item of a list; None when the row says nothing of it."""
    if all(not reader.raw(row, cell.target) for cell in cells):
        return None
    read = {cell.field: _read(cell, row, reader) for cell in cells}
    if "" in read:
        return read[""]
    for cell in cells:
        if read[cell.field] is None and cell.form.required and not reader.raw(row, cell.target):
            reader.text(row, cell.target, required=True)  # says that it is required
    return {name: value for name, value in read.items() if value is not None}


def _read(cell: Cell, row: CsvRow, reader: Reader) -> object:
    if not reader.raw(row, cell.target):
        return None
    if cell.target in reader.record.codes:
        return reader.code(row, cell.target)
    match cell.form.kind:
        case Kind.EUROCENT:
            return reader.amount(row, cell.target, negative=cell.attribute.may_be_negative)
        case Kind.DATE:
            day = reader.day(row, cell.target, future=True)
            return day.isoformat() if day else None
        case Kind.NUMBER:
            return _number(cell, row, reader)
    return reader.text(row, cell.target)


def _number(cell: Cell, row: CsvRow, reader: Reader) -> int | None:
    text = reader.raw(row, cell.target)
    if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
        return int(text)
    reader.complain(row, cell.target, "bad_number", "this is no whole number", "Correct it at the source.")
    return None


def _facts(attribute: Attribute, held: Sequence[Held], reader: Reader) -> Iterable[ReadFact]:
    if attribute.kind is Kind.LIST:
        return _side_by_side(attribute, held)
    return _after_each_other(attribute, held, reader)


def _after_each_other(attribute: Attribute, held: Sequence[Held], reader: Reader) -> Iterator[ReadFact]:
    """One value at a time: one without a last day ends where the next begins."""
    ordered = sorted(held, key=lambda one: one.valid_from or date.min)
    for one, following in zip(ordered, [*ordered[1:], None], strict=True):
        last = one.valid_to
        if following is not None:
            begins = following.valid_from or date.min
            if begins == (one.valid_from or date.min) or (last is not None and last >= begins):
                message = f"two values of {attribute.id} hold on the same day"
                reader.complain(following.row, FROM, "spells_overlap", message, "Correct the days at the source.")
            last = begins - _DAY if last is None and begins > date.min else last
        yield ReadFact(attribute.id, one.value, one.valid_from, last)


def _side_by_side(attribute: Attribute, held: Sequence[Held]) -> Iterator[ReadFact]:
    """For every stretch of days the list of what holds in it, in the order of the rows; empty where nothing does."""
    borders: set[date] = {one.valid_from or date.min for one in held}
    borders |= {one.valid_to + _DAY for one in held if one.valid_to is not None and one.valid_to < date.max}
    starts = sorted(borders)
    before: object = None
    spells: list[tuple[date, list[object]]] = []
    for start in starts:
        items = [one.value for one in held if _holds(one, start)]
        if items != before:
            spells.append((start, items))
        before = items
    for (start, items), following in zip(spells, [*spells[1:], None], strict=True):
        last = following[0] - _DAY if following else None
        yield ReadFact(attribute.id, items, None if start == date.min else start, last)


def _holds(one: Held, day: date) -> bool:
    return (one.valid_from or date.min) <= day and (one.valid_to is None or day <= one.valid_to)
