"""From safeguard content to typed safeguards; W02 and W03 take their parameters from what the decision covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import (
    Channel,
    Covers,
    Explanation,
    ForbiddenAttributes,
    ForbiddenData,
    Horizon,
    HumanDecides,
    MeaningfulReview,
    Minimal,
    OptOut,
    PublicAndAssessed,
    PurposeBinding,
    RandomSample,
    Retention,
    Safeguard,
)

Content = Mapping[str, Any]
_PLAIN: Mapping[str, Callable[..., Safeguard]] = {
    "W05": MeaningfulReview,
    "W08": RandomSample,
    "W10": OptOut,
    "W11": Channel,
    "W14": Retention,
    "W15": PublicAndAssessed,
}


def safeguard_of(content: Content, covers: Covers | None) -> Safeguard:
    """The typed safeguard.

    Args:
        covers: what the decision covers; without it W02 and W03 allow nothing.
    """
    kind = content["type"]
    rest = {key: value for key, value in content.items() if key != "type"}
    if kind in _PLAIN:
        return _PLAIN[kind](**rest)
    if kind == "W01":
        return ForbiddenAttributes(rest["id"], tuple(_group(item) for item in rest["groups"]))
    if kind == "W02":
        activities = frozenset(covers.activities.values()) if covers else frozenset()
        return PurposeBinding(rest["id"], activities, covers.recipients if covers else frozenset())
    if kind == "W03":
        return Minimal(rest["id"], covers.attributes if covers else frozenset())
    return _listed(kind, rest)


def _group(content: Content) -> ForbiddenData:
    return ForbiddenData(content["id"], Bilingual.of(content["name"]), frozenset(content["attributes"]))


def _listed(kind: str, content: Content) -> Safeguard:
    if kind == "W04":
        return HumanDecides(**{**content, "outcomes": frozenset(content["outcomes"])})
    if kind == "W12":
        return Explanation(**{**content, "elements": tuple(content["elements"])})
    return Horizon(
        id=content["id"],
        valid_until=date.fromisoformat(content["valid_until"]),
        evaluate_on=date.fromisoformat(content["evaluate_on"]),
        max_runs=content.get("max_runs"),
    )
