"""Reads the procedures of a law (regelrecht RFC-008): stages in order, and what each needs from outside the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.source import Block
from waardig.law.terms import LawFileInvalid

TYPES = ("string", "number", "boolean", "date", "array", "object")


def read_procedures(content: Block, file: str) -> tuple[ir.Procedure, ...]:
    """The procedures that a law file defines.

    Raises:
        LawFileInvalid: a procedure that cannot be walked: no name, no stages, or the same name twice.
    """
    rows = _rows(content, "procedure", file)
    found = tuple(_procedure(row, file) for row in rows)
    _once([procedure.id for procedure in found], rows, file, "procedure_twice")
    return found


def _procedure(row: Block, file: str) -> ir.Procedure:
    applies = row.get("applies_to")
    character = applies.get("legal_character") if isinstance(applies, dict) else None
    if not isinstance(character, str):
        raise LawFileInvalid(file, row.line, said("procedure_no_character"))
    stages = _rows(row, "stages", file)
    if not stages:
        raise LawFileInvalid(file, row.line, said("procedure_no_stages"))
    read = tuple(_stage(stage, file) for stage in stages)
    _once([stage.name for stage in read], stages, file, "stage_twice")
    _once_in_all(read, file)
    return ir.Procedure(_text(row, "id", file), row.get("default") is True, character, read, row.line)


def _stage(row: Block, file: str) -> ir.Stage:
    needs = _rows(row, "requires", file)
    return ir.Stage(
        name=_text(row, "name", file),
        description=str(row.get("description") or "").strip(),
        requires=tuple(_need(need, file) for need in needs),
        line=row.line,
    )


def _need(row: Block, file: str) -> ir.Field:
    type_ = _text(row, "type", file)
    if type_ not in TYPES:
        raise LawFileInvalid(file, row.line, said("requirement_type", type=type_, known=", ".join(TYPES)))
    return ir.Field(_text(row, "name", file), type_, None, row.line)


def _once_in_all(stages: Sequence[ir.Stage], file: str) -> None:
    """A fact that two stages require would let the second be entered before it happened."""
    seen: set[str] = set()
    for need in (need for stage in stages for need in stage.requires):
        if need.name in seen:
            raise LawFileInvalid(file, need.line, said("required_twice", name=need.name))
        seen.add(need.name)


def _once(names: Sequence[str], rows: Sequence[Block], file: str, kind: str) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise LawFileInvalid(file, rows[n].line, said(kind, name=name))


def _rows(parent: Block, key: str, file: str) -> list[Block]:
    rows: Any = parent.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, Block) for row in rows):
        raise LawFileInvalid(file, parent.lines[key], said("no_list", key=key))
    return rows


def _text(row: Block, key: str, file: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise LawFileInvalid(file, row.line, said("key_missing", key=key))
    return value
