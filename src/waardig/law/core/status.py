"""Status of texts and amounts: the file `<valid_from>.status.yaml` beside a law file.

A definition that the file does not name has the status of the text, because it stands in it. Without a status file
everything is unverified, which blocks activation but not trying out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from waardig.kernel.legal_source import Status
from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.source import Block
from waardig.law.terms import LawFileInvalid

STATUS_KEYS = ("text_status", "text_version", "text_file", "source", "amounts", "gap_after")
ORDER = (Status.PUBLISHED, Status.RECOMPUTED, Status.DERIVED, Status.OLDER_TEXT, Status.UNVERIFIED)


def worst(statuses: Iterable[Status]) -> Status:
    """The least certain of some statuses; published when there are none."""
    return max(statuses, key=ORDER.index, default=Status.PUBLISHED)


def read_status(content: Any, file: str) -> ir.TextStatus:
    """The status file's content.

    Raises:
        LawFileInvalid: an unknown status or another shape, with the line.
    """
    if not isinstance(content, Block):
        raise LawFileInvalid(file, 1, said("status_no_mapping"))
    amounts = content.get("amounts") or {}
    if not isinstance(amounts, dict):
        raise LawFileInvalid(file, content.lines["amounts"], said("status_no_amounts"))
    return ir.TextStatus(
        text=_status(content, "text_status", file),
        text_version=str(content["text_version"]) if content.get("text_version") else None,
        text_file=str(content.get("text_file") or ""),
        source=str(content.get("source") or ""),
        amounts={name: _amount(amounts, name, file) for name in amounts},
        gap_after=str(content.get("gap_after") or ""),
        unknown_keys={key: content.lines[key] for key in content if key not in STATUS_KEYS},
    )


def _amount(amounts: Any, name: str, file: str) -> ir.AmountStatus:
    entry = amounts[name]
    if isinstance(entry, Block):
        return ir.AmountStatus(_status(entry, "status", file), str(entry.get("source") or ""), amounts.lines[name])
    return ir.AmountStatus(_status(amounts, name, file), line=amounts.lines[name])


def _status(block: Block, key: str, file: str) -> Status:
    value = block.get(key)
    try:
        return Status(str(value))
    except ValueError:
        known = ", ".join(Status)
        line = block.lines.get(key, block.line)
        raise LawFileInvalid(file, line, said("status_unknown", key=key, value=repr(value), known=known)) from None


def definition_status(law: ir.Law, name: str) -> Status:
    """The status of one definition of a law."""
    entry = law.status.amounts.get(name)
    return entry.status if entry else law.status.text
