"""What can be known about a node before anybody's facts: its kind of value and its unit (RFC-023: only a label)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.findings import said
from waardig.law.core.graph import DEMANDS, Node
from waardig.law.terms import Said

TYPES_DIFFER, UNITS_DIFFER = "type_mismatch", "unit_mismatch"
NUMBER, BOOLEAN, DATE, TEXT, LIST, NULL, ANY = "number", "boolean", "date", "text", "list", "null", "any"
DECLARED = {"number": NUMBER, "amount": NUMBER, "boolean": BOOLEAN, "date": DATE, "string": TEXT, "array": LIST}
RESULT = {
    **dict.fromkeys(("SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX", "ROUND", "CEIL", "FLOOR"), NUMBER),
    **dict.fromkeys(("AGE", "DATE_DIFF", "DAY_OF_WEEK", "DATE_PART"), NUMBER),
    **dict.fromkeys(("DATE_ADD", "DATE", "START_OF"), DATE),
    **dict.fromkeys(("AND", "OR", "NOT", "EQUALS", "NOT_EQUALS", "IN", "NOT_IN", "IS_NULL", "NOT_NULL"), BOOLEAN),
    **dict.fromkeys(("GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL"), BOOLEAN),
    "LIST": LIST,
}
COMPARING = {"EQUALS", "NOT_EQUALS", "GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL"}
NUMERIC = {"SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX", "ROUND", "CEIL", "FLOOR"}


@dataclass(frozen=True)
class Kind:
    """The kind of value of a node and its unit; None is an unknown unit."""

    type: str
    unit: str | None = None


def kind_of_value(value: ir.Raw) -> str:
    """The kind of a literal."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if v.is_number(value):
        return NUMBER
    if isinstance(value, str):
        return DATE if v.as_date(value) else TEXT
    return LIST if isinstance(value, tuple) else DATE if v.as_date(value) else ANY


class Typing:
    """Infers kinds over a graph and collects what does not fit."""

    def __init__(self) -> None:
        self.kinds: dict[int, Kind] = {}
        self.mismatches: dict[tuple[str, int, Said], Node] = {}
        self.words: set[str] = set()
        self.units: list[str] = []

    def report(self, node: Node, message: Said, word: str = TYPES_DIFFER) -> None:
        """Notes a mismatch once; `word` says of what kind it is and does not change."""
        self.mismatches.setdefault((node.law.file, node.at.line, message), node)
        self.words.add(word)
        if word == UNITS_DIFFER:
            self.units.append(f"{message} ({node.law.file}:{node.at.line})")

    def kind(self, node: Node) -> Kind:
        """The kind of a node."""
        if node.index not in self.kinds:
            self.kinds[node.index] = Kind(ANY)
            self.kinds[node.index] = self._kind(node)
        return self.kinds[node.index]

    def _kind(self, node: Node) -> Kind:
        parts = [self.kind(arg) for arg in node.args]
        if node.kind == "operation":
            return self._operation(node, parts)
        if node.kind in ("literal", "definition"):
            declared = DECLARED.get(node.type)
            return Kind(declared or kind_of_value(node.value), node.unit)
        if node.kind == "referencedate":
            return Kind(DATE)
        if node.kind == "path":
            return self._part(node, parts[0])
        return self._declared(node, parts)

    def _part(self, node: Node, whole: Kind) -> Kind:
        """A part of a date, or of what is only known with the facts."""
        part = node.path[0]
        if whole.type in (NUMBER, BOOLEAN) or (whole.type == DATE and part not in ("iso", "year", "month", "day")):
            self.report(node, said("no_such_part", part=part, found_word=whole.type))
        return Kind(NUMBER if node.path[-1] in ("year", "month", "day") else DATE if node.path == ("iso",) else ANY)

    def _declared(self, node: Node, parts: list[Kind]) -> Kind:
        declared = Kind(DECLARED.get(node.type, ANY), node.unit)
        if not parts or node.kind in ("item", "member"):
            return declared  # a field that a law computes is held to its declaration by the reference below it
        inner = parts[0]
        if node.kind == "argument":
            return Kind(inner.type if declared.type == ANY else declared.type, declared.unit)
        if not fits(declared.type, inner.type):
            self.report(node, said("declared_type", name=node.name, declared=node.type, found_word=inner.type))
        if declared.unit and inner.unit and declared.unit != inner.unit:
            units = said("declared_unit", name=node.name, declared=declared.unit, found=inner.unit)
            self.report(node, units, UNITS_DIFFER)
        type_ = inner.type if declared.type == ANY or inner.type == NULL else declared.type
        return Kind(type_, declared.unit or inner.unit)

    def _operation(self, node: Node, parts: list[Kind]) -> Kind:
        op = node.op
        if op == "FOREACH":
            return self._foreach(node, parts)
        if op == "IF":
            branches = [part for part, role in zip(parts, node.roles, strict=True) if role != "when"]
            return self._same(node, branches, "branches")
        if op in COMPARING:
            self._compared(node, parts)
            return Kind(BOOLEAN)
        if op in NUMERIC or (op == "ADD" and parts and parts[0].type == NUMBER):
            return self._numeric(node, parts)
        if op == "ADD":
            return self._joined(node, parts)
        if op in ("IN", "NOT_IN"):
            self._listed(node, parts)
        if op == "DATE_ADD":
            self._amounts(node, parts)
        if op in ("AGE", "DATE_ADD", "DAY_OF_WEEK", "DATE_DIFF", "DATE_PART", "START_OF"):
            self._dates(node, parts)
        unit = "years" if op == "AGE" else self._diff_unit(node) if op == "DATE_DIFF" else None
        return Kind(RESULT.get(op, ANY), unit)

    def _foreach(self, node: Node, parts: list[Kind]) -> Kind:
        """Members that count are true or false; what is combined is what the combination can take."""
        value = Kind(NUMBER)
        for part, role in zip(parts, node.roles, strict=True):
            if role == "where" and part.type not in (BOOLEAN, ANY, NULL):
                self.report(node, said("foreach_where", found_word=part.type))
            value = part if role == "value" else value
        if node.combine == "LIST":
            return Kind(LIST)
        wanted = BOOLEAN if node.combine in ("OR", "AND") else NUMBER
        if value.type not in (wanted, ANY):
            types = {"wanted_word": wanted, "found_word": value.type}
            self.report(node, said("foreach_value", combine=node.combine, **types))
        return Kind(wanted, None if wanted == BOOLEAN else value.unit)

    def _joined(self, node: Node, parts: list[Kind]) -> Kind:
        """ADD of texts or of lists puts them one after the other; a date is a text there."""
        first = parts[0].type
        if first in (BOOLEAN, NULL):
            self.report(node, said("needs_numbers", op=node.op, found_word=first))
            return Kind(ANY)
        alike = {DATE, TEXT} if first in (DATE, TEXT) else {first}
        types = list(dict.fromkeys(part.type for part in parts if part.type not in (ANY, NULL)))
        if first != ANY and not set(types) <= alike:
            self.report(node, said("types_differ", what_word="values", op=node.op, types_word=" and ".join(types)))
        return Kind(TEXT if first == DATE and len(parts) > 1 else first)

    def _listed(self, node: Node, parts: list[Kind]) -> None:
        """What is looked for and what it is looked for in are of one kind."""
        subject, *items = parts
        listed = node.args[1].value if len(node.args) == 2 else None
        if isinstance(listed, tuple):
            items = [Kind(kind_of_value(one)) for one in listed]
        for item in items:
            if subject.type in (ANY, NULL) or item.type in (ANY, NULL) or (item.type == LIST and len(items) == 1):
                continue
            if subject.type != item.type and {subject.type, item.type} != {DATE, TEXT}:
                sides = {"left_word": subject.type, "right_word": item.type}
                self.report(node, said("compares_types", op=node.op, **sides))
            elif subject.unit and item.unit and subject.unit != item.unit:
                self.report(node, said("compares_units", op=node.op, left=subject.unit, right=item.unit))

    def _amounts(self, node: Node, parts: list[Kind]) -> None:
        """What DATE_ADD adds: a number, and of the unit that its word says."""
        for arg, part, role in zip(node.args[1:], parts[1:], node.roles[1:], strict=True):
            if part.type not in (NUMBER, ANY, NULL):
                self.report(node, said("date_add_number", role=role, found_word=part.type))
            elif part.unit not in (None, role) and _says_its_unit(arg):
                self.report(node, said("date_add_unit", role=role, unit=part.unit))

    def _diff_unit(self, node: Node) -> str | None:
        unit = node.args[2].value
        return unit if unit in ("days", "months", "years") else None  # type: ignore[return-value]

    def _dates(self, node: Node, parts: list[Kind]) -> None:
        roles = ("date", "date_of_birth", "reference_date", "from", "to")
        for part, role in zip(parts, node.roles, strict=True):
            if role in roles and part.type not in (DATE, ANY, NULL):
                self.report(node, said("needs_date", op=node.op, role=role, found_word=part.type))

    def _numeric(self, node: Node, parts: list[Kind]) -> Kind:
        for part in parts:
            if part.type not in (NUMBER, ANY, NULL):
                self.report(node, said("needs_numbers", op=node.op, found_word=part.type))
        units = list(dict.fromkeys(part.unit for part in parts if part.unit))
        if node.op in ("ADD", "SUBTRACT", "MIN", "MAX"):
            return Kind(NUMBER, self._same(node, parts, "values").unit)
        if node.op == "MULTIPLY":
            units = [unit for unit in units if unit not in ("ratio", "percentage")]
            return Kind(NUMBER, units[0] if len(units) == 1 else None)
        if node.op == "DIVIDE":
            first, rest = parts[0].unit, {part.unit for part in parts[1:]}
            return Kind(NUMBER, first if rest == {None} else None)
        return Kind(NUMBER, units[0] if len(units) == 1 else None)

    def _same(self, node: Node, parts: list[Kind], what: str) -> Kind:
        types = list(dict.fromkeys(part.type for part in parts if part.type not in (ANY, NULL)))
        units = list(dict.fromkeys(part.unit for part in parts if part.unit))
        if len(types) > 1 and set(types) != {DATE, TEXT}:
            self.report(node, said("types_differ", what_word=what, op=node.op, types_word=" and ".join(types)))
        if len(units) > 1:
            differ = said("units_differ", what_word=what, op=node.op, units_word=" and ".join(units))
            self.report(node, differ, UNITS_DIFFER)
        return Kind(types[0] if len(types) == 1 else ANY, units[0] if len(units) == 1 else None)

    def _compared(self, node: Node, parts: list[Kind]) -> None:
        left, right = parts
        if left.type in (ANY, NULL) or right.type in (ANY, NULL):
            if node.op not in ("EQUALS", "NOT_EQUALS") and NULL in (left.type, right.type):
                self.report(node, said("compares_null", op=node.op))
            return
        if left.type != right.type and not _may_be_dates(node.args, parts):
            self.report(node, said("compares_types", op=node.op, left_word=left.type, right_word=right.type))
        elif node.op not in ("EQUALS", "NOT_EQUALS") and left.type not in (NUMBER, DATE):
            self.report(node, said("compares_order", op=node.op, found_word=left.type))
        if left.unit and right.unit and left.unit != right.unit:
            units = said("compares_units", op=node.op, left=left.unit, right=right.unit)
            self.report(node, units, UNITS_DIFFER)


def _may_be_dates(args: Sequence[Node], parts: Sequence[Kind]) -> bool:
    """True for a date beside a text of which only the facts say whether it is a date; a constant text is none."""
    if {part.type for part in parts} != {DATE, TEXT}:
        return False
    return not any(
        part.type == TEXT and arg.kind in ("literal", "definition") for arg, part in zip(args, parts, strict=True)
    )


def _says_its_unit(node: Node) -> bool:
    """True for what is declared with a unit, or counted by a date operation; of a sum it is a guess."""
    while node.args and node.kind != "operation" and not node.unit:
        node = node.args[0]
    return bool(node.unit) or node.op in ("AGE", "DATE_DIFF")


def unit_mismatch(roots: Iterable[Node]) -> str:
    """The first place where units do not fit (RFC-023), with its file and line; nothing when they do."""
    typing = Typing()
    for root in roots:
        typing.kind(root)
    return typing.units[0] if typing.units else ""


def fits(declared: str, found: str) -> bool:
    """True when a value of a kind may stand where another is declared."""
    return ANY in (declared, found) or found == NULL or declared == found or {declared, found} == {DATE, TEXT}


def can_be_false(node: Node) -> bool:
    """True when a boolean node could say false; null and unknown are not false."""
    if node.kind in ("literal", "definition"):
        return node.value is not None and not v.is_true(node.value)
    if node.kind in ("output", "reference", "open_term", "argument", *DEMANDS):
        return can_be_false(node.args[0])
    if node.op == "IF":
        branches = [arg for arg, role in zip(node.args, node.roles, strict=True) if role != "when"]
        return any(can_be_false(arg) for arg in branches)
    if node.op == "AND":
        return any(can_be_false(arg) or can_be_null(arg) for arg in node.args)
    if node.op == "OR":
        return all(can_be_false(arg) or can_be_null(arg) for arg in node.args)
    return node.kind != "refusal"


def can_be_null(node: Node) -> bool:
    """True when a node could be absent; inside AND and OR that counts as false."""
    if node.kind in ("literal", "definition"):
        return node.value is None
    if node.kind in ("output", "reference", "open_term", "argument", "within"):
        return can_be_null(node.args[0])
    if node.op == "IF":
        return node.roles[-1] != "default" or any(can_be_null(arg) for arg in node.args)
    return node.kind != "operation"
