"""Reads collections: the members that an input declares, and FOREACH over them (`waardig_format: 1`).

regelrecht v0.5.6 has no words for children or members of a household. A file that uses ours says so at its top. The
words of regelrecht itself (RFC-016: `collection`, `as`, `filter`, `body`) are read in a file of a later schema. Neither
is ever taken for the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.read_bounds import bounds_of
from waardig.law.core.source import Block, schema_version
from waardig.law.terms import LawFileInvalid

if TYPE_CHECKING:
    from waardig.law.core.read import Reader

FORMAT_KEY, FORMAT = "waardig_format", 1
FOREACH = "FOREACH"
COMBINE = ("COUNT", "ADD", "MIN", "MAX", "OR", "AND")
OURS, THEIRS = "subject", "collection"
"""The word that tells the two forms of FOREACH apart."""
EACH = "LIST"
"""How a FOREACH of regelrecht combines that does not say how: what is computed for each, in a list."""
PROMISED = "required"
LATER = {THEIRS: (0, 5, 7), PROMISED: (0, 5, 8)}
"""Since which schema of regelrecht."""
MOST = 50
NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")
TYPES = ("string", "number", "boolean", "amount", "date")


def extension(content: Block, file: str) -> bool:
    """True when a law file says that it uses our words.

    Raises:
        LawFileInvalid: another version of them.
    """
    if FORMAT_KEY not in content:
        return False
    if content[FORMAT_KEY] != FORMAT or isinstance(content[FORMAT_KEY], bool):
        line = content.lines[FORMAT_KEY]
        raise LawFileInvalid(
            file, line, said("format_unknown", key=FORMAT_KEY, value=repr(content[FORMAT_KEY]), known=FORMAT)
        )
    return True


def words_of(content: Block, file: str) -> frozenset[str]:
    """Which form of FOREACH a law file may use: ours when it says so, that of regelrecht in a later file.

    Returns:
        OURS or THEIRS, and PROMISED when a parameter is required unless the file says otherwise.

    Raises:
        LawFileInvalid: another version of our words.
    """
    if extension(content, file):
        return frozenset({OURS})
    version = schema_version(content) or ir.OURS
    return frozenset(word for word, since in LATER.items() if version >= since)


def read_members(reader: Reader, row: Block) -> tuple[tuple[ir.Field, ...], int]:
    """What an input of type array says of its members, and how many there are at most.

    Raises:
        LawFileInvalid: no fields, a field twice or computed from nothing, or a number of members that nobody can prove
            anything with.
    """
    file = reader.file
    block = row.get("members")
    if block is None:
        return (), 0
    if not isinstance(block, Block) or row.get("type") != "array":
        raise LawFileInvalid(file, row.lines["members"], said("members_misplaced"))
    most = block.get("most")
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST:
        raise LawFileInvalid(file, block.line, said("members_most", most=MOST))
    rows = block.get("fields")
    if not isinstance(rows, list) or not rows or not all(isinstance(part, Block) for part in rows):
        raise LawFileInvalid(file, block.line, said("members_no_fields"))
    fields = tuple(_field(reader, part) for part in rows)
    for n, field in enumerate(fields):
        if field.name in [other.name for other in fields[:n]]:
            raise LawFileInvalid(file, field.line, said("field_twice", name=field.name))
    return fields, most


def _field(reader: Reader, row: Block) -> ir.Field:
    file, name, type_ = reader.file, row.get("name"), row.get("type")
    if not isinstance(name, str) or not NAME.match(name):
        raise LawFileInvalid(file, row.line, said("field_no_name"))
    if type_ not in TYPES:
        raise LawFileInvalid(file, row.line, said("field_no_type", name=name, known=", ".join(TYPES)))
    spec = row.get("type_spec")
    unit = spec.get("unit") if isinstance(spec, dict) else None
    description = str(row.get("description") or "").strip()
    source, bounds = _computed(reader, row, name), bounds_of(row)
    return ir.Field(name, str(type_), unit, row.line, description, source=source, bounds=bounds)


def _computed(reader: Reader, row: Block, name: str) -> ir.Source | None:
    """From which output, of this or another law, a field is computed, and of what."""
    if "source" not in row:
        return None
    source = reader.source(row)
    if source.output is None:
        raise LawFileInvalid(reader.file, row.lines["source"], said("field_no_output", name=name))
    if not source.parameters:
        raise LawFileInvalid(reader.file, row.lines["source"], said("field_no_parameters", name=name))
    for given in source.parameters.values():
        if isinstance(given, ir.Operation):
            raise LawFileInvalid(reader.file, given.at.line, said("field_parameter_computed", name=name))
    return source


def read_foreach(reader: Reader, block: Block, line: int, at: ir.Place) -> ir.Operation:
    """FOREACH with subject, item, combine, and where and value as the combination needs.

    Raises:
        LawFileInvalid: a part is missing, surplus or of another kind.
    """

    def refuse(kind: str, **facts: object) -> LawFileInvalid:
        return LawFileInvalid(reader.file, line, said(kind, **facts))

    if THEIRS in block and THEIRS in reader.forms:
        return _over(reader, block, line, at)
    if OURS not in reader.forms:
        raise refuse("foreach_not_here", key=FORMAT_KEY, known=FORMAT, other=THEIRS)
    combine, item = block.get("combine"), block.get("item")
    if combine not in COMBINE:
        raise refuse("foreach_combine", known=", ".join(COMBINE))
    if not isinstance(item, str) or not NAME.match(item):
        raise refuse("foreach_item")
    if ("value" in block) == (combine == "COUNT"):
        raise refuse("foreach_count_value" if combine == "COUNT" else "foreach_no_value")
    subject = reader.expression(block.get("subject"), line)
    if not isinstance(subject, ir.Variable) or subject.path:
        raise refuse("foreach_subject")
    args: list[tuple[str, ir.Expr]] = [("subject", subject)]
    for role in ("where", "value"):
        if role in block:
            args.append((role, reader.expression(block[role], block.lines[role])))
    if any(_loops(part) for _, part in args):
        raise refuse("foreach_inside")
    return ir.Operation(FOREACH, tuple(args), at, combine=str(combine), item=item)


def _loops(expr: ir.Expr) -> bool:
    return isinstance(expr, ir.Operation) and (expr.op == FOREACH or any(_loops(part) for _, part in expr.args))


def _over(reader: Reader, block: Block, line: int, at: ir.Place) -> ir.Operation:
    """FOREACH as regelrecht has it since v0.5.7: over any list, one inside the other too."""

    def refuse(kind: str, **facts: object) -> LawFileInvalid:
        return LawFileInvalid(reader.file, line, said(kind, **facts))

    combine, item = block.get("combine", EACH), block.get("as", "item")
    if combine not in (EACH, *COMBINE[1:]) or (combine == EACH and "combine" in block):
        raise refuse("foreach_over_combine", known=", ".join(COMBINE[1:]))
    if not isinstance(item, str) or not NAME.match(item):
        raise refuse("foreach_over_as")
    if "body" not in block:
        raise refuse("foreach_over_body")
    words = (("subject", THEIRS), ("where", "filter"), ("value", "body"))
    args = [(role, reader.expression(block[word], block.lines[word])) for role, word in words if word in block]
    return ir.Operation(FOREACH, tuple(args), at, combine=str(combine), item=item)
