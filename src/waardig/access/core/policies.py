"""A published activity as a policy: what it declares for a decision, and the words in it.

An activity that declares nothing of its own for decisions permits what the gate permits: reading about persons, and
selecting or correcting when it says so. The same row gives the same policy, so a decision can be made again later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from waardig.access.terms import Known, Permit, Policy, Standstill, Weighed

PERSON = "person"
Row = Mapping[str, Any]


def policy_of(row: Row, weighed: Row | None) -> Policy:
    """The policy of a row of pol.activity with the decided row of pol.dossier; dates may be ISO texts."""
    declared = row["register_entry"].get("evaluation", {})
    return Policy(
        id=row["id"],
        version=row["version"],
        uri=row["uri"],
        service=row["service"],
        kind=row["kind"],
        status=row["status"],
        valid_from=_must(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        actors=tuple((one["kind"], one.get("role")) for one in row["actors"]),
        attributes=frozenset(row["attributes"]),
        permits=tuple(_permit(one) for one in declared["permits"]) if "permits" in declared else _permits_of_gate(row),
        subjects=dict(declared.get("subjects", {})),
        known=tuple(Known(**one) for one in declared.get("known", ())),
        population=row["population"]["kind"],
        weighed=_weighed(weighed) if weighed else None,
    )


def mutable(policy: Policy) -> dict[str, object]:
    """What may change of a version after it was published: all a decision needs besides the immutable versions."""
    still = policy.standstill
    return {
        "uri": policy.uri,
        "status": policy.status,
        "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
        "weighing": f"{policy.weighed.id}/{policy.weighed.version}" if policy.weighed else None,
        "standstill": {"since": still.since.isoformat(), "why": still.why} if still else None,
        "never_in_bulk": sorted(policy.never_in_bulk),
        "for_caller": policy.for_caller,
    }


def as_it_was(policy: Policy, then: Mapping[str, Any]) -> Policy:
    """The policy with what `mutable` remembered of that moment."""
    still = then["standstill"]
    return replace(
        policy,
        status=then["status"],
        valid_to=_day(then["valid_to"]),
        standstill=Standstill(_must(still["since"]), still["why"]) if still else None,
        never_in_bulk=frozenset(then["never_in_bulk"]),
        for_caller=then["for_caller"],
    )


def words(policy: Policy) -> frozenset[tuple[type, object]]:
    """Every value that a decision under this policy can turn on, with its type; other values count as none of them."""
    found: list[object] = ["", policy.uri, *policy.attributes, *policy.never_in_bulk, *policy.subjects]
    for kind, role in policy.actors:
        found += [kind, role or ""]
    for permit in policy.permits:
        found += [permit.resource, *permit.actions, *permit.subjects, *permit.resources]
        found += [value for values in permit.when.values() for value in values]
    for one in policy.known:
        found += [one.type, one.id]
    if policy.weighed:
        found += [*policy.weighed.rule_sets, *policy.weighed.attributes]
    return frozenset((type(value), value) for value in found)


def looked_at(policy: Policy) -> frozenset[str]:
    """The properties a decision under this policy looks at, as `resource.status`."""
    return frozenset({"subject.role", *(name for permit in policy.permits for name in permit.when)})


def _permit(raw: Row) -> Permit:
    return Permit(
        frozenset(raw["actions"]),
        raw["resource"],
        frozenset(raw.get("subjects", ())),
        frozenset(raw.get("resources", ())),
        {name: tuple(values) for name, values in raw.get("when", {}).items()},
    )


def _permits_of_gate(row: Row) -> tuple[Permit, ...]:
    acts = {"read"} | ({"select"} if row["bulk"] else set()) | ({"correct"} if row["may_correct"] else set())
    return (Permit(frozenset(acts), PERSON),)


def _weighed(row: Row) -> Weighed:
    def many(name: str) -> frozenset[str]:
        values: Iterable[str] = row[name]
        return frozenset(values)

    return Weighed(
        id=row["id"],
        version=row["version"],
        activities=many("activities"),
        purposes=many("purposes"),
        rule_sets=many("rule_sets"),
        attributes=many("attributes"),
        decided_on=_must(row["decided_on"]),
        valid_from=_must(row["valid_from"]),
        dpia_reference=row["dpia_reference"] or "",
        dpia_on=_day(row["dpia_on"]),
        advice_reference=row["advice_reference"] or "",
        advice_on=_day(row["advice_on"]),
        announced_on=_day(row["announced_on"]),
        announcement_days=row["announcement_days"],
        expires_on=_day(row["expires_on"]),
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _must(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
