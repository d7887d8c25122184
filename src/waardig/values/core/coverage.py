"""Coverage (dekking): a decision binds to one rule set, attributes, activities and recipients; the rest is a gap."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from waardig.values.terms import Covers, Dossier, Gap, Problem, Scope

_AGAIN = "Let the deciding body decide again on the changed service (raise `version`)."
_NOTHING = Covers("", frozenset(), {}, frozenset(), frozenset())


def covers_lines(scope: Scope) -> tuple[str, ...]:
    """What a decision on what would run now covers, as the five lines under `covers` of decision.yaml."""
    return (
        f'rule_set: "{scope.rule_set}"',
        f"lanes: [{', '.join(sorted(scope.lanes))}]",
        f"attributes: [{', '.join(sorted(scope.attributes))}]",
        f"activities: {json.dumps(dict(sorted(scope.activities.items())))}",
        f"recipients: [{', '.join(sorted(scope.recipients))}]",
    )


def covers(
    dossier: Dossier,
    rule_set_hash: str,
    attributes: Collection[str],
    purposes: Collection[str],
    recipients: Collection[str] = (),
) -> tuple[Gap, ...]:
    """What would run but is not covered by the decision; empty when everything is.

    Args:
        purposes: addresses (URIs) of the activity versions.

    Example: any attribute that the dossier does not name gives a gap, whatever else holds.
    """
    covered = dossier.covers or _NOTHING
    return tuple(_gaps(covered, rule_set_hash, frozenset(attributes), frozenset(purposes), frozenset(recipients)))


def _gaps(
    covered: Covers, rule_set: str, attributes: frozenset[str], purposes: frozenset[str], recipients: frozenset[str]
) -> Iterator[Gap]:
    if rule_set != covered.rule_set:
        yield Gap(
            "rule_set",
            rule_set,
            "De regels zijn veranderd na het besluit.",
            f"The rule set is {rule_set[:16]}…, the decision covers {covered.rule_set[:16] or 'none'}….",
            _AGAIN,
        )
    for name in sorted(attributes - covered.attributes):
        yield Gap(
            "attribute",
            name,
            f"Over het gegeven {name} is niet besloten.",
            f"Attribute {name} is not covered.",
            f"Remove it from the activity. Or: {_AGAIN}",
        )
    for uri in sorted(purposes - frozenset(covered.activities.values())):
        yield Gap(
            "activity",
            uri,
            f"Over deze verwerking is niet besloten: {uri}.",
            f"Activity version {uri} is not covered.",
            _AGAIN,
        )
    for name in sorted(recipients - covered.recipients):
        yield Gap(
            "recipient",
            name,
            f"Over de ontvanger {name} is niet besloten.",
            f"Recipient {name} is not covered.",
            f"Stop sending data there. Or: {_AGAIN}",
        )


def scope_gaps(dossier: Dossier, scope: Scope) -> tuple[Gap, ...]:
    """The gaps between a decision and what the service would do now."""
    found = covers(dossier, scope.rule_set, scope.attributes, scope.activities.values(), scope.recipients)
    return (*found, *lane_gaps(dossier, scope.lanes))


def lane_gaps(dossier: Dossier, lanes: Collection[str]) -> tuple[Gap, ...]:
    """The lanes that the decision is not about: granting without being asked needs a weighing of its own."""
    covered = (dossier.covers or _NOTHING).lanes
    return tuple(
        Gap(
            "lane",
            name,
            f"Over deze manier van geven is niet besloten: {name}.",
            f"Lane {name} is not covered.",
            f"Remove it from `lanes` in service.yaml. Or: {_AGAIN}",
        )
        for name in sorted(frozenset(lanes) - covered)
    )


def scope_problems(dossier: Dossier, scope: Scope) -> tuple[Problem, ...]:
    """What makes the service itself impossible to decide on: unverified law texts or amounts."""
    return tuple(
        Problem(
            "unverified_law",
            f"De tekst of bedragen van {law} zijn niet nagekeken.",
            f"{dossier.service} rests on unverified text or amounts of {law}.",
            "State source and status in the .status.yaml beside the law file.",
        )
        for law in scope.unverified
    )
