"""The rules of a service as loaded from content: law book, binding, parameters, attributes; kept per content folder."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from waardig.cases.core import announcing, statutory
from waardig.cases.core.judge import Rules
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Service
from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.law.terms import Fact, RuleSet
from waardig.registers import queries as registers
from waardig.registers.terms import Binding

SECRET_ADDRESS = "brp.geheimhouding"
"""Read only where the municipality grants unasked: of a secret address a person looks first how to reach somebody."""
SAFEGUARDS = frozenset(
    {
        "brp.overlijdensdatum",
        "brp.curatele",
        "brp.in_onderzoek",
        "uitkeringen.status",
        "uitkeringen.partner",
        "uitkeringen.bewindvoerder",
    }
)
"""What protects people rather than decides: nobody who died or is in doubt is approached."""


def book() -> law.LawBook:
    """The laws of the content folders in use; read once per process."""
    return _book(content_roots())


@lru_cache(maxsize=4)
def _book(roots: tuple[Path, ...]) -> law.LawBook:
    return law.law_book(roots)


def scope() -> dict[str, str]:
    """What selects this municipality's own regulations."""
    return {"gemeente_code": _code(content_roots())}


@lru_cache(maxsize=4)
def _code(_roots: tuple[Path, ...]) -> str:
    return catalogue.municipality().code


def service_of(service: str) -> Service:
    """The service package; read once per process, as the laws are."""
    return _service(content_roots(), service)


@lru_cache(maxsize=16)
def _service(_roots: tuple[Path, ...], service: str) -> Service:
    return catalogue.service(service)


@lru_cache(maxsize=16)
def _binding(roots: tuple[Path, ...], law_id: str) -> Binding:
    return registers.bindings(roots).of(law_id)


def binding_of(service: str) -> Binding:
    """Which register attribute answers which input of the service's law."""
    return _binding(content_roots(), service_of(service).law)


def rules_of(service: str) -> Rules:
    """The outputs that decide a service and what may be assumed for a proposal."""
    return _rules(content_roots(), service)


@lru_cache(maxsize=16)
def _rules(_roots: tuple[Path, ...], service: str) -> Rules:
    known = service_of(service)
    return Rules(
        law=known.law,
        entitlement=known.outputs.entitlement,
        amount=known.outputs.amount,
        possible_from=known.outputs.possible_from or "",
        conditions=known.outputs.conditions,
        figures=known.outputs.figures,
        assume={assumed.input: assumed.value for assumed in known.assume_for},
        unasked=known.outputs.without_application or "",
    )


def rule_set_of(service: str, on: date) -> RuleSet:
    """The versions of law and regulation that decide a service on a date, with their hash."""
    rules = rules_of(service)
    return law.rule_set(book(), rules.law, rules.outputs, on=on, scope=scope())


def parameters(on: date, service: str) -> dict[str, object]:
    """What the law and the binding are given besides facts: the municipality, and the outputs that windows name."""
    return _parameters(content_roots(), on, service)


@lru_cache(maxsize=64)
def _parameters(roots: tuple[Path, ...], on: date, service: str) -> dict[str, object]:
    known = service_of(service)
    named = tuple(sorted(registers.outputs_needed(binding_of(service), _bound_inputs(roots, on, service))))
    where: dict[str, object] = dict(scope())
    if named:
        said = law.evaluate(book(), known.law, named, on=on, parameters=where, facts={})
        where |= {name: outcome.value for name, outcome in said.outputs.items() if name in named}
    return where


def bound_inputs(on: date, service: str) -> tuple[str, ...]:
    """The inputs that the law asks on that date and that a register answers."""
    return _bound_inputs(content_roots(), on, service)


@lru_cache(maxsize=64)
def _bound_inputs(_roots: tuple[Path, ...], on: date, service: str) -> tuple[str, ...]:
    rules = rules_of(service)
    needs = law.inputs_of(book(), rules.law, rules.outputs, on=on, scope=scope())
    names = dict.fromkeys(need.name for need in needs)
    return tuple(name for name in names if name in binding_of(service).inputs)


def first_inputs(on: date, service: str) -> tuple[str, ...]:
    """The inputs that a round reads first; empty when it reads all at once.

    Raises:
        ValueError: the service names an input that the law does not ask on that date, or no register answers.
    """
    first, bound = service_of(service).first_look, bound_inputs(on, service)
    if strange := set(first) - set(bound):
        raise ValueError(
            f"first_look of {service}: no register answers {', '.join(sorted(strange))}; it can be {bound}"
        )
    return first


def first_attributes(service: str, on: date) -> frozenset[str]:
    """What answers the first inputs, and with whom somebody lives as partner; empty when all is read at once."""
    inputs, binding = first_inputs(on, service), binding_of(service)
    if not inputs:
        return frozenset()
    return registers.attributes_needed(binding, inputs) | ({binding.partner} if binding.partner else set())


def attributes_of(service: str, on: date) -> frozenset[str]:
    """Exactly the attributes that the law needs on that date, and those that protect people."""
    unasked = {SECRET_ADDRESS} if service_of(service).grants_unasked else set()
    return law_attributes(service, on) | SAFEGUARDS | unasked


def law_attributes(service: str, on: date) -> frozenset[str]:
    """The attributes that the law itself needs on that date."""
    return registers.attributes_needed(binding_of(service), bound_inputs(on, service))


def private_inputs(service: str) -> frozenset[str]:
    """The inputs that, of a couple, may show what is known about one of the two: no sum and no joint month."""
    bound = binding_of(service).inputs.values()
    return frozenset(
        one.name
        for one in bound
        if one.of == "partner" or (one.of == "both" and one.take != "months" and one.joint != "sum")
    )


def next_possible(service: str, granted_on: date) -> date | None:
    """The first day of a next application after a grant on that day, as the law computes it."""
    rules = rules_of(service)
    if not rules.possible_from:
        return None
    known = {service_of(service).last_grant.input: Fact(granted_on.isoformat(), as_of=granted_on, since=granted_on)}
    said = law.evaluate(book(), rules.law, (rules.possible_from,), on=granted_on, parameters=scope(), facts=known)
    found = said.outputs[rules.possible_from]
    return date.fromisoformat(str(found.value)) if found.reason == "ok" and found.value else None


def wait_months(service: str, on: date) -> int:
    """How many months there are between two grants, according to the law of that day."""
    after = next_possible(service, on)
    return (after.year - on.year) * 12 + after.month - on.month if after else 0


def announcement_terms(service: str, on: date) -> announcing.AnnouncementTerms:
    """The terms of an announcement of that day, of a service that grants without an application.

    Raises:
        ValueError: the service does not.
    """
    allowed = service_of(service).without_application
    if allowed is None:
        raise ValueError(f"service {service} does not grant without an application")
    return announcing.announcement_terms(
        on, announce_weeks=allowed.announce_weeks, decide_within_weeks=allowed.decide_within_weeks
    )


def decide_by(applied_on: date) -> date:
    """The last day on which the municipality decides on an application of that day (Awb 4:13)."""
    return statutory.decide_by(book(), applied_on)


def working_days_after(start: date, count: int) -> date:
    """The day so many working days after another (Algemene termijnenwet art. 3)."""
    return statutory.working_days_after(book(), start, count)
