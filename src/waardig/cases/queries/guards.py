"""The safeguards of a decided weighing that guard decisions; where nothing is decided, rights go on without it."""

from __future__ import annotations

from waardig.cases.queries.rules import service_of
from waardig.catalogue import queries as catalogue
from waardig.values import queries as values
from waardig.values.terms import HumanDecides, NoDossier, RandomSample, Safeguard


def human_decides(service: str) -> HumanDecides | None:
    """Safeguard W04 (a person decides) of the decided weighing, or None."""
    return next((one for one in _decided(service) or () if isinstance(one, HumanDecides)), None)


def sample_of(service: str) -> RandomSample | None:
    """Safeguard W08: of the decided weighing, or the percentage of the service package when nothing is decided."""
    decided = _decided(service)
    if decided is None:
        percent = service_of(service).sample_percent
        return RandomSample("steekproef", percent, min_n=0, done_within_days=0, blind=True)
    return next((one for one in decided if isinstance(one, RandomSample)), None)


def open_norms(service: str) -> frozenset[str]:
    """The outputs of a service that only a person fills in."""
    return frozenset(step.output for step in catalogue.why_page(service).steps if step.kind == "open_norm")


def _decided(service: str) -> tuple[Safeguard, ...] | None:
    try:
        return values.safeguards(service)
    except NoDossier:
        return None
