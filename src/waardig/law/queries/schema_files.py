"""The JSON Schema of law files as it stands in this package, for editors; its notice goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from waardig.law.core.schema import SCHEMA_FILE


@dataclass(frozen=True)
class SchemaFile:
    """The schema, unchanged. Attributes: name of the file; text; notice where it comes from and under which licence."""

    name: str
    text: str
    notice: str


@cache
def schema_file() -> SchemaFile:
    """The schema to which law files are held (regelrecht v0.5.6, EUPL-1.2)."""
    notice = SCHEMA_FILE.with_name("NOTICE").read_text("utf-8")
    return SchemaFile(SCHEMA_FILE.name, SCHEMA_FILE.read_text("utf-8"), notice)
