"""Lines and pages of lines as terms, from the JSON in which the gate gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from waardig.kernel.bilingual import Bilingual
from waardig.logbook.terms import LegalBasis, LineItem, LinePage, LineRef, Link, LogEntry


def line_page_of(found: Mapping[str, Any]) -> LinePage:
    """A page of somebody's lines."""
    return LinePage(
        items=found["items"],
        lines=found["lines"],
        since=datetime.fromisoformat(found["since"]) if found["since"] else None,
        organisations=found["organisations"],
        last={activity: datetime.fromisoformat(at) for activity, at in found["last"].items()},
        page=tuple(LineItem(entry_of(one["line"]), one["folded"] or 0) for one in found["page"]),
    )


def entry_of(row: Mapping[str, Any]) -> LogEntry:
    """A line from what the gate gives of it."""
    return LogEntry(
        person=UUID(row["person"]),
        line=LineRef(row["trace_id"], row["span_id"]),
        at=datetime.fromisoformat(row["at"]),
        name=row["name"],
        activity=row["activity"],
        activity_uri=row["activity_uri"],
        purpose=Bilingual(row["purpose_nl"] or "", row["purpose_en"] or ""),
        legal_basis=tuple(_basis(one) for one in row["legal_basis"] or ()),
        organisation=row["organisation"] or "",
        controller=row["controller"] or "",
        attributes=tuple(row["attributes"]),
        automated=bool(row["automated"]),
        algorithm=row["algorithm"] or "",
        decision=row["decision"],
        reasons=tuple(row["reasons"]),
        actor_kind=row["actor_kind"],
        role=row["actor_role"],
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        run=_id(row["run"]),
        case=_id(row["case_id"]),
        message=_id(row["message_id"]),
        led_to=tuple(Link(link["kind"], UUID(link["target"])) for link in row["links"]),
        withheld=row["withheld"] or "",
    )


def _basis(raw: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(*(str(raw.get(key) or "") for key in ("ground", "law", "article", "url")))


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
