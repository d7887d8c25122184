"""The declared mapping of one file with rows of persons: which column is which attribute or field of one register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from waardig.kernel.content_file import ContentFile, ContentInvalid, ContentProblem
from waardig.registers.adapters.content import checked_file
from waardig.registers.core.declaration import Attribute, Declarations, Field, Kind

PERSON, REFERENCE, FROM, TO = "person", "reference", "from", "to"


@dataclass(frozen=True)
class Cell:
    """One value that a row gives: where it goes, its form, and the target under which its column stands in `columns`.

    Attributes:
        field: the field of the record or item that it fills; "" when the attribute is one value.
    """

    attribute: Attribute
    field: str
    form: Field

    @property
    def target(self) -> str:
        """The word for this cell in `columns` and `codes`."""
        return f"{self.attribute.id}.{self.field}" if self.field else self.attribute.id


@dataclass(frozen=True)
class TableMapping:
    """The whole mapping of a table; `columns` and `codes` by target: a cell's, or person, reference, from, to."""

    system: str
    register: str
    file: str
    dates: tuple[str, ...]
    decimal: str
    in_cents: bool
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, object]]
    cells: tuple[Cell, ...]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """What the table fills, each once."""
        return tuple({cell.attribute.id: cell.attribute for cell in self.cells}.values())

    def of(self, attribute: Attribute) -> tuple[Cell, ...]:
        """The cells of one attribute."""
        return tuple(cell for cell in self.cells if cell.attribute is attribute)


def read_table_mapping(path: Path, known: Declarations) -> TableMapping:
    """A mapping file.

    Raises:
        ContentInvalid: against registers/schema/table.schema.json, a register or attribute that nothing declares, a
            required field without column, yes or no without codes, or a code that its declaration does not have; each
            with its line.
    """
    file = checked_file(path, "table")
    content = file.content
    register = str(content["register"])
    problems: list[ContentProblem] = []
    if register not in known.registers or known.registers[register].key != "bsn":
        persons = ", ".join(sorted(name for name, one in known.registers.items() if one.key == "bsn"))
        raise ContentInvalid([file.problem(("register",), f"'{register}' is no register of persons; known: {persons}")])
    cells, columns, codes = _cells(file, register, known, problems)
    for word in (PERSON, REFERENCE, FROM, TO):
        if word in content:
            columns[word] = str(content[word])
    if TO in columns and FROM not in columns:
        problems.append(file.problem(("to",), "'to' needs 'from': a last day without a first one places nothing"))
    if problems:
        raise ContentInvalid(problems)
    amounts = _mapping(content.get("amounts", {}))
    return TableMapping(
        system=str(content["system"]),
        register=register,
        file=str(content["file"]),
        dates=tuple(str(form) for form in content["dates"]),
        decimal=str(amounts.get("decimal", ",")),
        in_cents=amounts.get("unit") == "eurocent",
        columns=columns,
        codes=codes,
        cells=tuple(cells),
    )


def _cells(
    file: ContentFile, register: str, known: Declarations, problems: list[ContentProblem]
) -> tuple[list[Cell], dict[str, str], dict[str, Mapping[str, object]]]:
    cells: list[Cell] = []
    columns: dict[str, str] = {}
    codes: dict[str, Mapping[str, object]] = {}
    for name, raw in _mapping(file.content["attributes"]).items():
        declared = known.registers[register].attributes.get(f"{register}.{name}")
        place, said = ("attributes", name), _mapping(raw)
        if declared is None:
            problems.append(file.problem(place, f"{register} declares no '{name}'"))
            continue
        found = list(_columns_of(declared, said))
        problems += [file.problem(place, text) for text in _problems(declared, said, [cell.field for cell, _ in found])]
        for cell, column in found:
            cells.append(cell)
            columns[cell.target] = column
            words = _mapping(_mapping(said.get("field_codes", {})).get(cell.field) if cell.field else said.get("codes"))
            problems += [file.problem(place, text) for text in _code_problems(cell, words)]
            if words:
                codes[cell.target] = words
    return cells, columns, codes


def _columns_of(declared: Attribute, said: Mapping[str, object]) -> Iterator[tuple[Cell, str]]:
    if "column" in said:
        form = Field(declared.id, declared.kind, True, declared.codes, declared.may_be_incomplete, declared.pattern)
        yield Cell(declared, "", form), str(said["column"])
    for name, column in _mapping(said.get("fields", {})).items():
        if name in declared.fields:
            yield Cell(declared, name, declared.fields[name]), str(column)


def _problems(declared: Attribute, said: Mapping[str, object], there: list[str]) -> Iterator[str]:
    composed = declared.kind in (Kind.RECORD, Kind.LIST)
    if composed != ("fields" in said):
        yield f"'{declared.id}' is a {declared.kind}: give {'fields' if composed else 'a column'}"
        return
    if declared.kind is Kind.DOCUMENT:
        yield f"'{declared.id}' is a document and does not come in by table"
    for name in _mapping(said.get("fields", {})):
        if name not in declared.fields:
            yield f"'{name}' is no field of {declared.id}; choose from {', '.join(declared.fields)}"
    for name, field in declared.fields.items():
        if field.required and name not in there and composed:
            yield f"no column gives the required field '{name}' of {declared.id}"
    for name in _mapping(said.get("field_codes", {})):
        if name not in there:
            yield f"codes for '{name}', which has no column"
    if any(declared.fields[name].kind is Kind.PERSON for name in there if name):
        yield f"'{declared.id}' names other persons and does not come in by table"


def _code_problems(cell: Cell, words: Mapping[str, object]) -> Iterator[str]:
    name = cell.field or cell.attribute.id
    if cell.form.kind is Kind.BOOLEAN and (not words or any(not isinstance(word, bool) for word in words.values())):
        yield f"'{name}' is yes or no: say which codes are true and which false"
    if cell.form.kind is Kind.CODE:
        for word in words.values():
            if word not in cell.form.codes:
                yield f"'{word}' is no code of '{name}'; choose from {', '.join(cell.form.codes)}"


def _mapping(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, Mapping) else {}
