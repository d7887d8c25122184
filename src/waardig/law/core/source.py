"""Reads YAML with the line of every key, and decimals exactly as written.

YAML 1.2 core schema as regelrecht reads it: only true/false are booleans, `6:7` and dates are text, `0.01896` is
exactly 1896/100000 (a float never exists). A key written twice is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from waardig.law.core.findings import said
from waardig.law.core.values import as_date
from waardig.law.terms import LawFileInvalid

INT = re.compile(r"[-+]?[0-9]+\Z")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
NULLS = {"", "~", "null", "Null", "NULL"}
BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
SCHEMA = re.compile(r"/schema/v(\d+)\.(\d+)\.(\d+)/")
MAX_DEPTH = 120
MAX_NODES = 250_000
"""Keys and values in one file, counted each time that an alias repeats them: a few lines can stand for billions."""
MAX_DIGITS = 100
MAX_PARSED = 10_000
"""So many brackets, or so long a line, may nest deeper than the parser itself survives."""
_NUMERIC = frozenset("+-.0123456789")
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """Looks up the YAML 1.1 type only of what may be a number: `_scalar` decides by itself what the rest is."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> Any:
        """The tag of a node without one of its own; nothing for a text."""
        if kind is yaml.ScalarNode and not (value and value[0] in _NUMERIC and implicit[0]):
            return ""
        return super().resolve(kind, value, implicit)


class Block(dict[str, Any]):
    """A mapping that knows the line of itself and of each key (1-based)."""

    line: int = 0
    lines: dict[str, int]


class Row(list[Any]):
    """A list that knows the line of itself and of each item (1-based)."""

    line: int = 0
    lines: list[int]


def read_yaml(text: str, file: str) -> Any:
    """The content of a YAML text as Block, Row and scalars.

    Raises:
        LawFileInvalid: the text is not YAML, with the line.
    """
    try:
        _not_too_deep(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LawFileInvalid(file, line, said("not_yaml", problem=error.problem)) from error
    except yaml.YAMLError as error:
        raise LawFileInvalid(file, 1, said("not_yaml", problem=error)) from error
    return None if node is None else _Content(file).of(node, 0)


def _not_too_deep(text: str, file: str) -> None:
    """Refuses a nesting that the parser would not survive; ordinary files are not read twice for it."""
    if text.count("[") + text.count("{") < MAX_PARSED and max(map(len, text.split("\n"))) < MAX_PARSED:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise LawFileInvalid(file, line, said("nested_too_deep", most=MAX_DEPTH))


class _Content:
    """What the nodes of one file say."""

    def __init__(self, file: str) -> None:
        self.file, self.nodes = file, 0

    def of(self, node: yaml.Node, depth: int) -> Any:
        """The content of a node as Block, Row or scalar."""
        line = node.start_mark.line + 1
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise LawFileInvalid(self.file, line, said("nested_too_deep", most=MAX_DEPTH))
        if self.nodes > MAX_NODES:
            raise LawFileInvalid(self.file, line, said("too_many_nodes", most=MAX_NODES))
        if isinstance(node, yaml.MappingNode):
            return self._block(node, depth)
        if isinstance(node, yaml.SequenceNode):
            row = Row(self.of(item, depth + 1) for item in node.value)
            row.line, row.lines = line, [item.start_mark.line + 1 for item in node.value]
            return row
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, line)

    def _block(self, node: yaml.MappingNode, depth: int) -> Block:
        block = Block()
        block.line, block.lines = node.start_mark.line + 1, {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise LawFileInvalid(self.file, line, said("key_no_text"))
            key = str(key_node.value)
            if key in block:
                raise LawFileInvalid(self.file, line, said("key_twice", key=key, first=block.lines[key]))
            if key == "<<" and not key_node.style:
                raise LawFileInvalid(self.file, line, said("merge_key"))
            block[key] = self.of(value_node, depth + 1)
            block.lines[key] = line
        return block

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        text = str(node.value)
        if node.style or _explicit_text(node):
            return text
        try:
            return plain_value(text)
        except ValueError as error:
            raise LawFileInvalid(self.file, line, said("number_too_long", most=MAX_DIGITS)) from error


def _explicit_text(node: yaml.ScalarNode) -> bool:
    """A plain scalar tagged !!str although it looks like a number."""
    return bool(node.tag == "tag:yaml.org,2002:str" and (INT.match(node.value) or node.value in BOOLS))


def plain_value(text: str) -> bool | int | Decimal | str | None:
    """A plain scalar by the YAML 1.2 core schema.

    >>> plain_value("0.01896"), plain_value("6:7"), plain_value("no"), plain_value("2025-01-01")
    (Decimal('0.01896'), '6:7', 'no', '2025-01-01')
    """
    if text in NULLS:
        return None
    if text in BOOLS:
        return BOOLS[text]
    return exact_number(text) if INT.match(text) or FLOAT.match(text) else text


def exact_number(text: str) -> int | Decimal:
    """A whole number or a decimal, exactly as written.

    Raises:
        ValueError: no number, or one of more than 100 digits written out: computing with it would not end.
    """
    if INT.match(text):
        if len(text) > MAX_DIGITS:
            raise ValueError(f"a number of more than {MAX_DIGITS} digits")
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or len(digits) + abs(exponent) > MAX_DIGITS:
        raise ValueError(f"not a number of at most {MAX_DIGITS} digits")
    return number


def date_under(content: Block, key: str, file: str) -> str | None:
    """A literal date; `#output` references count as always valid.

    Raises:
        LawFileInvalid: anything else. Passed over, the law would count for days on which it is not in force.
    """
    value = content.get(key)
    if value is None or (isinstance(value, str) and value.startswith("#")):
        return None
    if not isinstance(value, str) or as_date(value) is None:
        raise LawFileInvalid(file, content.lines[key], said("version_date", key=key, value=repr(value)))
    return value


def line_of(content: Any, path: Iterable[str | int]) -> int:
    """The line of the deepest part of a path that exists."""
    line = getattr(content, "line", 1)
    for part in path:
        if isinstance(content, Block) and part in content:
            line = content.lines[str(part)]
        elif isinstance(content, Row) and isinstance(part, int) and part < len(content):
            line = content.lines[part]
        else:
            break
        content = content[part]
    return line


def schema_version(content: dict[str, Any]) -> tuple[int, ...] | None:
    """The version of the schema that `$schema` names, (0, 5, 6); None when it names none."""
    match = SCHEMA.search(str(content.get("$schema") or ""))
    return tuple(map(int, match.groups())) if match else None
