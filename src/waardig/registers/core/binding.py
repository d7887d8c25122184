"""From register facts to the facts a law asks: pure, with provenance, and never a guess.

Invariants: a value under investigation is unknown; an absent partner is a fact, an unread partner is not;
a month without any spell is unknown unless the binding says otherwise; what the binding does not name is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from waardig.law.terms import ABSENT, UNKNOWN, Fact, Value
from waardig.registers.core.binding_terms import Binding, BoundInput, InputBinding, NothingBound
from waardig.registers.core.incomplete_date import age_on, bounds, is_complete, years_later
from waardig.registers.core.months import MonthsFound, months_of


class FactLike(Protocol):
    """What the executor looks at in a register fact (registers.terms.RegisterFact)."""

    @property
    def attribute(self) -> str: ...
    @property
    def value(self) -> object: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def established_on(self) -> date | None: ...
    @property
    def under_investigation(self) -> bool: ...
    @property
    def fact_id(self) -> UUID: ...


class _Found(NamedTuple):
    """One person's answer before two answers become one."""

    reason: str
    value: object = None
    since: date | None = None
    why: str = ""
    ids: tuple[UUID, ...] = ()


_Facts = Mapping[str, Sequence[FactLike]]
"""The facts of one person, by attribute."""


@dataclass(frozen=True)
class _Household:
    person: _Facts
    partner: _Facts | None
    partner_state: str  # "none", "present", "unknown" or "unread"
    as_of: date
    parameters: Mapping[str, object]
    months: dict[tuple[object, ...], MonthsFound]  # several inputs look at the same months


_PARTNER_WHY = {"unknown": "partner_onbekend", "unread": "partner_niet_gelezen"}


def bind(
    binding: Binding,
    facts_of_person: Iterable[FactLike],
    facts_of_partner: Iterable[FactLike] | None = None,
    *,
    as_of: date,
    parameters: Mapping[str, object],
    inputs: Iterable[str] | None = None,
) -> dict[str, Fact]:
    """The facts of a law's inputs for one person; see `bind_explained` for the reasons.

    Args:
        facts_of_partner: None when there is no partner or the partner was not read; which of the two is told by the
            attribute that the binding names as `partner`.
        as_of: the day for which values count; windows are whole months before its month.
        parameters: outputs of the law that windows name, for example {"referteperiode_maanden": 36}.
        inputs: which inputs; all of the binding when None.

    Raises:
        NothingBound: an input that the binding does not hold.
        KeyError: a window names an output that is not among the parameters.
    """
    explained = bind_explained(
        binding, facts_of_person, facts_of_partner, as_of=as_of, parameters=parameters, inputs=inputs
    )
    return {name: bound.fact for name, bound in explained.items()}


def bind_explained(
    binding: Binding,
    facts_of_person: Iterable[FactLike],
    facts_of_partner: Iterable[FactLike] | None = None,
    *,
    as_of: date,
    parameters: Mapping[str, object],
    inputs: Iterable[str] | None = None,
) -> dict[str, BoundInput]:
    """As `bind`, with for each input why it is unknown, the months that are missing and the ids of the facts used."""
    person = _by_attribute(facts_of_person)
    partner = None if facts_of_partner is None else _by_attribute(facts_of_partner)
    state = _partner_state(binding, person, partner, as_of)
    household = _Household(person, partner, state, as_of, parameters, {})
    return {name: _bound(_input(binding, name), household) for name in _names(binding, inputs)}


def attributes_needed(binding: Binding, inputs: Iterable[str] | None = None) -> frozenset[str]:
    """Every attribute that must be read to bind these inputs, the partner link included; raises NothingBound."""
    wanted = [_input(binding, name) for name in _names(binding, inputs)]
    needed = {attribute for bound in wanted for attribute in (*bound.attributes, *bound.doubted_by)}
    if binding.partner and any(bound.of != "person" for bound in wanted):
        needed.add(binding.partner)
    return frozenset(needed)


def outputs_needed(binding: Binding, inputs: Iterable[str] | None = None) -> frozenset[str]:
    """The outputs of the law that windows name; the caller evaluates them first and passes them as parameters."""
    wanted = [_input(binding, name) for name in _names(binding, inputs)]
    return frozenset(bound.window for bound in wanted if isinstance(bound.window, str))


def longest_window(
    binding: Binding, parameters: Mapping[str, object], inputs: Iterable[str] | None = None
) -> dict[str, int]:
    """For each attribute that is read over months, how many months back; for the windows of an activity."""
    longest: dict[str, int] = {}
    for bound in (_input(binding, name) for name in _names(binding, inputs)):
        if bound.take == "months":
            for attribute in bound.attributes:
                longest[attribute] = max(longest.get(attribute, 0), _window(bound, parameters))
    return longest


def _names(binding: Binding, inputs: Iterable[str] | None) -> list[str]:
    return list(binding.inputs) if inputs is None else list(dict.fromkeys(inputs))


def _input(binding: Binding, name: str) -> InputBinding:
    if name not in binding.inputs:
        raise NothingBound(binding.law, name)
    return binding.inputs[name]


def _by_attribute(facts: Iterable[FactLike]) -> _Facts:
    found: dict[str, list[FactLike]] = {}
    for fact in facts:
        found.setdefault(fact.attribute, []).append(fact)
    return found


def _partner_state(binding: Binding, person: _Facts, partner: _Facts | None, as_of: date) -> str:
    if binding.partner is None:
        return "none"
    link = _current(person, binding.partner, as_of)
    if link is None or link.under_investigation:
        return "unknown"
    if link.value is None:
        return "none"
    return "unread" if partner is None else "present"


def _bound(bound: InputBinding, household: _Household) -> BoundInput:
    if _doubted(bound, household):
        return _unknown(bound, "in_onderzoek")
    if bound.of == "partner" and household.partner_state == "none":
        return BoundInput(bound.name, Fact(None, ABSENT, _source(bound), household.as_of), bound.attributes)
    if bound.of != "person" and household.partner_state in _PARTNER_WHY:
        return _unknown(bound, _PARTNER_WHY[household.partner_state])
    if bound.take == "months":
        return _months(bound, household)
    found = [_one(bound, facts, household.as_of) for facts in _people(bound, household)]
    return _answer(bound, _joined(bound, found), household.as_of)


def _doubted(bound: InputBinding, household: _Household) -> bool:
    flags = [
        _current(facts, attribute, household.as_of)
        for facts in _people(bound, household)
        for attribute in bound.doubted_by
    ]
    return any(flag is not None and (flag.under_investigation or flag.value is True) for flag in flags)


def _people(bound: InputBinding, household: _Household) -> list[_Facts]:
    if bound.of == "person":
        return [household.person]
    partner = [household.partner] if household.partner is not None and household.partner_state == "present" else []
    return partner if bound.of == "partner" else [household.person, *partner]


def _current(facts: _Facts, attribute: str, as_of: date) -> FactLike | None:
    """The fact of an attribute that is valid on the day; of several the one that began last."""
    valid = [f for f in facts.get(attribute, ()) if _valid_on(f, as_of)]
    return valid[0] if len(valid) == 1 else max(valid, key=lambda f: f.valid_from or date.min, default=None)


def _valid_on(fact: FactLike, day: date) -> bool:
    return (fact.valid_from is None or fact.valid_from <= day) and (fact.valid_to is None or day <= fact.valid_to)


def _one(bound: InputBinding, facts: _Facts, as_of: date) -> _Found:
    fact = _current(facts, bound.attributes[0], as_of)
    if fact is None:
        if bound.missing == ABSENT:
            return _exists(bound, _Found(ABSENT))
        return _Found(UNKNOWN, why="ontbreekt")
    found = _Found("ok", fact.value, fact.established_on or fact.valid_from, ids=(fact.fact_id,))
    if fact.under_investigation:
        return _Found(UNKNOWN, since=found.since, why="in_onderzoek", ids=found.ids)
    if bound.take == "exists":
        return _exists(bound, found)
    if bound.take == "list":
        return _listed(bound, found, as_of)
    return _plain(bound, found, as_of)


def _exists(bound: InputBinding, found: _Found) -> _Found:
    if bound.take != "exists":
        return found
    return _Found("ok", found.reason == "ok" and found.value is not None, found.since, ids=found.ids)


def _plain(bound: InputBinding, found: _Found, as_of: date) -> _Found:
    value = found.value
    if bound.record_field is not None and isinstance(value, Mapping):
        value = value.get(bound.record_field)
    if value is None:
        return _Found(ABSENT, since=found.since, ids=found.ids)
    if bound.codes:
        value = bound.codes.get(str(value))
        if value is None:
            return _Found(UNKNOWN, since=found.since, why="ontbreekt", ids=found.ids)
    if bound.equals:
        value = value in bound.equals
    if bound.ages and isinstance(value, str):
        value = _decided_date(value, bound.ages, as_of)
        if value is None:
            return _Found(UNKNOWN, since=found.since, why="onvolledige_datum", ids=found.ids)
    elif bound.unit == "date" and isinstance(value, str) and not is_complete(value):
        return _Found(UNKNOWN, since=found.since, why="onvolledige_datum", ids=found.ids)
    return _Found("ok", value, found.since, ids=found.ids)


def _decided_date(text: str, ages: tuple[int, ...], as_of: date) -> str | None:
    """The first possible day when every possible day gives the same answer at each age, else None."""
    possible = bounds(text)
    if possible is None:
        return None
    first, last = possible
    same = all((years_later(first, age) <= as_of) == (years_later(last, age) <= as_of) for age in ages)
    return first.isoformat() if same else None


def _listed(bound: InputBinding, found: _Found, as_of: date) -> _Found:
    """Over the items of a list: ages or values, those below a limit, then one aggregate."""
    items = found.value if isinstance(found.value, list) else []
    values: list[int] = []
    for item in items:
        raw = item.get(bound.each) if isinstance(item, Mapping) else None
        value = _item_value(bound, raw, as_of)
        if value is None:
            return _Found(UNKNOWN, since=found.since, why="onvolledige_datum", ids=found.ids)
        if bound.below is None or value < bound.below:
            values.append(value)
    if bound.aggregate == "count":
        return _Found("ok", len(values), found.since, ids=found.ids)
    if not values:
        return _Found(ABSENT, since=found.since, ids=found.ids)
    return _Found("ok", _aggregate(bound.aggregate, values), found.since, ids=found.ids)


def _item_value(bound: InputBinding, raw: object, as_of: date) -> int | None:
    if bound.as_ == "age":
        possible = bounds(str(raw)) if raw is not None else None
        if possible is None:
            return None
        oldest, youngest = age_on(possible[0], as_of), age_on(possible[1], as_of)
        return oldest if oldest == youngest else None
    return raw if isinstance(raw, int) else None


def _joined(bound: InputBinding, found: Sequence[_Found]) -> _Found:
    """Two answers as one: unknown wins, then the values that are there, then absent."""
    if len(found) == 1:
        return found[0]
    ids = tuple(i for one in found for i in one.ids)
    dates = [one.since for one in found if one.since is not None]
    since = min(dates, default=None)
    unknown = next((one for one in found if one.reason == UNKNOWN), None)
    if unknown is not None:
        return _Found(UNKNOWN, since=since, why=unknown.why, ids=ids)
    values = [one.value for one in found if one.reason == "ok"]
    if not values:
        return _Found(ABSENT, since=since, ids=ids)
    return _Found("ok", values[0] if len(values) == 1 else _combine(bound.joint, values), since, ids=ids)


def _combine(joint: str, values: Sequence[object]) -> object:
    if joint in ("any", "all"):
        return any(values) if joint == "any" else all(values)
    if joint == "latest":
        return max(str(value) for value in values)
    return _aggregate(joint, [value for value in values if isinstance(value, int)])


def _aggregate(how: str, values: Sequence[int]) -> int:
    match how:
        case "max":
            return max(values)
        case "min":
            return min(values)
        case "sum":
            return sum(values)
        case "latest":
            return values[-1]
        case "count":
            return len(values)
    return (2 * sum(values) + len(values)) // (2 * len(values))  # mean, half a cent upwards


def _months(bound: InputBinding, household: _Household) -> BoundInput:
    count, counting = _window(bound, household.parameters), bound.equals if bound.aggregate == "count" else None
    key = (bound.attributes, bound.of, count, counting, bound.within_month)
    found = household.months.get(key)
    if found is None:
        found = household.months[key] = months_of(
            [[facts.get(attribute, ()) for attribute in bound.attributes] for facts in _people(bound, household)],
            as_of=household.as_of,
            count=count,
            counting=counting,
            within_month=bound.within_month,
        )
    if found.under_investigation:
        return _unknown(bound, "in_onderzoek", ids=found.ids)
    if found.missing and (bound.missing_month == "unknown" or not found.ids):
        return _unknown(bound, "maanden_ontbreken" if found.ids else "ontbreekt", found.missing, found.ids)
    return _month_answer(bound, found, household.as_of)


def _month_answer(bound: InputBinding, found: MonthsFound, as_of: date) -> BoundInput:
    value = sum(found.amounts) if bound.aggregate == "count" else _aggregate(bound.aggregate, found.amounts)
    return _answer(bound, _Found("ok", value, found.since, ids=found.ids), as_of)


def _window(bound: InputBinding, parameters: Mapping[str, object]) -> int:
    if isinstance(bound.window, int):
        return bound.window
    value = parameters[str(bound.window)]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"the window {bound.window} of {bound.name} must be a whole number of months, at least 1")
    return value


def _answer(bound: InputBinding, found: _Found, as_of: date) -> BoundInput:
    fact = Fact(_value(found.value), found.reason, _source(bound), as_of, found.since)
    return BoundInput(bound.name, fact, bound.attributes, found.why, fact_ids=found.ids)


def _value(value: object) -> Value:
    return value if isinstance(value, bool | int | str | list | dict) else None


def _unknown(bound: InputBinding, why: str, months: tuple[date, ...] = (), ids: tuple[UUID, ...] = ()) -> BoundInput:
    return BoundInput(bound.name, Fact(None, UNKNOWN, _source(bound)), bound.attributes, why, months, ids)


def _source(bound: InputBinding) -> str:
    """The register that gives the value; every attribute of one input comes from the same kind of source."""
    return bound.attributes[0].partition(".")[0]
