"""What attributes are called, as registers declare them; read once per process, as the laws are."""

from __future__ import annotations

from waardig.kernel.bilingual import Bilingual
from waardig.registers import queries as registers
from waardig.registers.terms import UnknownAttribute

__all__ = ["label_of"]


def label_of(attribute: str) -> tuple[Bilingual, Bilingual, str] | None:
    """Name, register and sensitivity of an attribute; None for one that no register declares (any more)."""
    known = registers.declared()
    try:
        found = known.attribute(attribute)
    except UnknownAttribute:
        return None
    return found.label, known.register_of(attribute).name, found.sensitivity
