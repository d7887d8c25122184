"""`legal_basis` at the top of a law file: which laws it rests on as a whole."""

from __future__ import annotations

from waardig.law.core import ir
from waardig.law.core.source import Block


def rests_on(content: Block) -> tuple[ir.RestsOn, ...]:
    """The laws that a file rests on; what has another shape is left to the schema."""
    rows = content.get("legal_basis")
    return tuple(
        ir.RestsOn(str(row["law_id"]), str(row.get("article") or ""), row.line)
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, Block) and row.get("law_id")
    )
