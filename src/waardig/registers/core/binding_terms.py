"""The words of a binding: which register attribute answers which input of a law, over which period, joint or not.

Bindings are content (library/bindings/*.yaml); a municipality adds or replaces inputs in its own folder, without code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.law.terms import Fact
from waardig.registers.core.declaration import Attribute, Declarations, Kind, UnknownAttribute


@dataclass(frozen=True)
class InputBinding:
    """How one input is taken.

    Attributes:
        take: "current" (the value on the day), "months" (per calendar month in a window), "list" (over the items of a
            list) or "exists" (is there a value).
        attributes: one, or for months several that together make the month.
        of: "person", "partner" or "both".
        joint: how the two values of "both" become one; months always add up per month.
        window: whole calendar months before the month of the day: a number, or the name of an output of the law.
        missing: what no fact at all means; a fact that says "none" is always absent.
        missing_month: what a month without any spell means.
        equals: for counting: which values count. A month counts when it is covered from its first to its last day.
        ages: the ages at which the law changes its answer; an incomplete date is unknown when it straddles one of them.
        doubted_by: flags; while one of them is true, or itself under investigation, the input is unknown.
    """

    name: str
    take: str
    attributes: tuple[str, ...]
    of: str = "person"
    joint: str = "sum"
    record_field: str | None = None
    unit: str | None = None
    missing: str = "unknown"
    codes: Mapping[str, object] = field(default_factory=dict)
    ages: tuple[int, ...] = ()
    doubted_by: tuple[str, ...] = ()
    window: int | str | None = None
    within_month: str = "sum"
    missing_month: str = "unknown"
    equals: tuple[object, ...] = ()
    aggregate: str = "latest"
    each: str | None = None
    as_: str = "value"
    below: int | None = None


@dataclass(frozen=True)
class Binding:
    """All inputs of one law; `partner` is the attribute that says who the partner is."""

    law: str
    partner: str | None
    inputs: Mapping[str, InputBinding]


class NothingBound(Refusal):
    """No binding says where an input, or any input of a law, comes from."""

    def __init__(self, law: str, name: str | None = None) -> None:
        what = f"the input {name} of {law}" if name else f"the law {law}"
        super().__init__(
            code="nothing_bound",
            text_nl=f"Er staat nergens waar {name or 'de gegevens'} voor {law} vandaan komt.",
            text_en=f"No binding says where {what} comes from.",
            remedy="Add it to bindings/<law>.yaml of a content folder.",
        )


@dataclass(frozen=True)
class Bindings:
    """Every binding of an installation, one a law."""

    by_law: Mapping[str, Binding]

    def of(self, law: str) -> Binding:
        """The binding of a law; raises NothingBound."""
        if law not in self.by_law:
            raise NothingBound(law)
        return self.by_law[law]

    def __iter__(self) -> Iterator[Binding]:
        return iter(self.by_law.values())


@dataclass(frozen=True)
class BoundInput:
    """The fact for one input, with where it came from and, when unknown, why.

    Attributes:
        why: "" when known; "ontbreekt" (never established), "in_onderzoek", "maanden_ontbreken", "onvolledige_datum",
            "partner_onbekend" or "partner_niet_gelezen".
        months_missing: first days of the months without any spell.
        fact_ids: the register facts used, for corrections and for references in a case.
    """

    name: str
    fact: Fact
    attributes: tuple[str, ...]
    why: str = ""
    months_missing: tuple[date, ...] = ()
    fact_ids: tuple[UUID, ...] = ()


def binding_from(data: Mapping[str, object]) -> Binding:
    """A binding from its parsed YAML, which has passed the JSON schema."""
    inputs = data["inputs"]
    if not isinstance(inputs, Mapping):
        raise TypeError("inputs must be a mapping")
    partner = data.get("partner")
    return Binding(
        law=str(data["law"]),
        partner=str(partner) if partner else None,
        inputs={str(name): _input(str(name), raw) for name, raw in inputs.items()},
    )


def bindings_of(found: Iterable[Binding]) -> Bindings:
    """Bindings by law; a later one replaces the inputs it names and adds the rest."""
    merged: dict[str, Binding] = {}
    for binding in found:
        earlier = merged.get(binding.law)
        inputs = {**(earlier.inputs if earlier else {}), **binding.inputs}
        merged[binding.law] = Binding(binding.law, binding.partner or (earlier.partner if earlier else None), inputs)
    return Bindings(merged)


def problems_with(binding: Binding, known: Declarations) -> tuple[tuple[str, str], ...]:
    """What a binding asks that cannot be, as (input, sentence): unknown attributes, sums of text, a partner unnamed."""
    found: list[tuple[str, str]] = []
    for name, bound in binding.inputs.items():
        if bound.of != "person" and binding.partner is None:
            found.append((name, "asks about the partner, but the file has no 'partner:' attribute"))
        for attribute_id in (*bound.attributes, *bound.doubted_by):
            try:
                attribute = known.attribute(attribute_id)
            except UnknownAttribute:
                found.append((name, f"{attribute_id} stands in no register"))
                continue
            if attribute_id in bound.attributes:
                found.extend((name, text) for text in _misfits(bound, attribute))
    return tuple(found)


def _misfits(bound: InputBinding, attribute: Attribute) -> Iterator[str]:
    if len(bound.attributes) > 1 and bound.take != "months":
        yield "only 'take: months' can put several attributes together"
    if bound.take == "months" and bound.aggregate != "count" and attribute.kind is not Kind.EUROCENT:
        yield f"{attribute.id} is no amount: only 'aggregate: count' is possible"
    if bound.take == "list":
        if attribute.kind is not Kind.LIST:
            yield f"{attribute.id} is no list"
        elif bound.each not in attribute.fields:
            yield f"{attribute.id} has no field {bound.each}"
    if bound.record_field is not None and bound.record_field not in attribute.fields:
        yield f"{attribute.id} has no field {bound.record_field}"
    if bound.unit == "eurocent" and bound.take == "current" and attribute.kind is not Kind.EUROCENT:
        yield f"{attribute.id} is no amount in eurocents"
    if bound.ages and not (attribute.kind is Kind.DATE and attribute.may_be_incomplete):
        yield f"{attribute.id} is never an incomplete date"
    if bound.take == "current" and bound.of == "both" and bound.joint == "sum" and attribute.kind is not Kind.EUROCENT:
        yield f"{attribute.id} is no amount: it cannot be summed"


def _input(name: str, raw: Mapping[str, object]) -> InputBinding:
    source = raw["from"]
    window = raw.get("window")
    incomplete = raw.get("incomplete_date", {})
    return InputBinding(
        name=name,
        take=str(raw["take"]),
        attributes=(source,) if isinstance(source, str) else _texts(source),
        of=str(raw.get("of", "person")),
        joint=str(raw.get("joint", "sum")),
        record_field=str(raw["field"]) if "field" in raw else None,
        unit=str(raw["unit"]) if "unit" in raw else None,
        missing=str(raw.get("missing", "unknown")),
        codes=_mapping(raw.get("codes", {})),
        ages=tuple(int(str(age)) for age in _items(_mapping(incomplete).get("ages", ()))),
        doubted_by=_texts(raw.get("doubted_by", ())),
        window=window if isinstance(window, int) else str(_mapping(window)["output"]) if window else None,
        within_month=str(raw.get("within_month", "sum")),
        missing_month=str(raw.get("missing_month", "unknown")),
        equals=tuple(_items(raw.get("equals", ()))),
        aggregate=str(raw.get("aggregate", "latest")),
        each=str(raw["each"]) if "each" in raw else None,
        as_=str(raw.get("as", "value")),
        below=int(str(raw["below"])) if "below" in raw else None,
    )


def _items(raw: object) -> tuple[object, ...]:
    return tuple(raw) if isinstance(raw, Iterable) and not isinstance(raw, str) else ()


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(str(item) for item in _items(raw))


def _mapping(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, Mapping) else {}
