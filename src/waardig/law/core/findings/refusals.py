"""What a refusal of the linker is as a finding: the same facts, in the words of its kind."""

from __future__ import annotations

from waardig.kernel.errors import Refusal
from waardig.law.core.findings import said
from waardig.law.terms import (
    LawNotInForce,
    MissingImplementation,
    PresumesAgainst,
    RuleFailed,
    Said,
    UnknownLaw,
    UnknownOutput,
)


def said_of(refusal: Refusal) -> Said:
    """A refusal as a finding.

    Raises:
        TypeError: it is a refusal that joining laws does not give.
    """
    match refusal:
        case RuleFailed(message=Said() as message):
            return message
        case UnknownLaw():
            return said("unknown_law", law=refusal.law, known=_listed(refusal.known))
        case UnknownOutput():
            return said("unknown_output", output=refusal.output, law=refusal.law, known=_listed(refusal.known))
        case LawNotInForce(until=None):
            return said("not_begun", law=refusal.law, on=refusal.on, first=refusal.first)
        case LawNotInForce():
            return said("ended", law=refusal.law, on=refusal.on, until=refusal.until)
        case MissingImplementation():
            place = {"term": refusal.term, "law": refusal.law, "article": refusal.article}
            return said("missing_implementation", **place, on=refusal.on, why=refusal.why)
        case PresumesAgainst():
            return said("presumes_against", law=refusal.law, article=refusal.article, term=refusal.term)
    raise TypeError(f"{type(refusal).__name__} is no finding")


def _listed(known: tuple[str, ...]) -> str:
    return ", ".join(known) or said("nothing_known")
