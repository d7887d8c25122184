"""What attributes are called, as registers declare them; read once per process, as the laws are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content import content_roots
from waardig.registers import queries as registers
from waardig.registers.terms import Declarations, UnknownAttribute

__all__ = ["label_of"]


def label_of(attribute: str) -> tuple[Bilingual, Bilingual, str] | None:
    """Name, register and sensitivity of an attribute; None for one that no register declares (any more)."""
    known = _declarations(content_roots())
    try:
        found = known.attribute(attribute)
    except UnknownAttribute:
        return None
    return found.label, known.register_of(attribute).name, found.sensitivity


@lru_cache(maxsize=4)
def _declarations(roots: tuple[Path, ...]) -> Declarations:
    return registers.declarations(roots)
