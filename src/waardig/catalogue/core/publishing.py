"""An activity as content becomes an immutable version: resolved windows, fingerprint, address. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from waardig.catalogue.terms import Activity, ActivityVersion, Municipality, Window

Months = Callable[[Window], int]


def canonical(value: Any) -> str:
    """One text for one content: sorted keys, no spaces, no escapes.

    Example:
        >>> canonical({"b": 1, "a": "é"})
        '{"a":"é","b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def version_of(activity: Activity, municipality: Municipality, months: Months, number: int) -> ActivityVersion:
    """The version that publishing this activity makes; the same content gives the same fingerprint and address.

    Args:
        months: gives the months of a window that a law output decides.
        number: the next version number of this activity.
    """
    windows = {
        attribute.id: months(attribute.window) if isinstance(attribute.window, Window) else attribute.window
        for attribute in activity.attributes
        if attribute.window is not None
    }
    fingerprint = hashlib.sha256(
        canonical(
            {
                "activity": activity.content,
                "service": activity.service,
                "controller": municipality.oin,
                "windows": windows,
            }
        ).encode()
    ).hexdigest()
    return ActivityVersion(
        activity=activity,
        version=number,
        uri=f"{municipality.processing_register}/{activity.id}/{fingerprint[:16]}",
        controller=municipality.oin,
        organisation=organisation_name(municipality),
        windows=windows,
        sha256=fingerprint,
    )


def organisation_name(municipality: Municipality) -> str:
    """How a resident reads who it was."""
    return f"{municipality.kind.nl} {municipality.name}"


def row_of(version: ActivityVersion) -> dict[str, Any]:
    """The columns of pol.activity; lists and mappings are given as they are."""
    activity = version.activity
    return {
        "id": activity.id,
        "version": version.version,
        "uri": version.uri,
        "service": activity.service,
        "kind": activity.kind,
        "status": "active",
        "valid_from": activity.valid_from,
        "valid_to": None,
        "name_nl": activity.name.nl,
        "name_en": activity.name.en,
        "purpose_nl": activity.purpose.nl,
        "purpose_en": activity.purpose.en,
        "controller": version.controller,
        "organisation": version.organisation,
        "legal_basis": _basis(activity),
        "attributes": [attribute.id for attribute in activity.attributes],
        "necessity": {attribute.id: attribute.necessity.nl for attribute in activity.attributes},
        "windows": dict(version.windows),
        "population": dict(activity.population),
        "actors": [{"kind": actor.kind, **({"role": actor.role} if actor.role else {})} for actor in activity.actors],
        "bulk": activity.delivery.form == "bulk",
        "max_persons": activity.delivery.persons_per_ask,
        "may_correct": activity.may_correct,
        "automated": activity.automated,
        "algorithm": activity.algorithm,
        "confidential_until": None,
        "retention": activity.retention.period,
        "register_entry": dict(activity.content),
        "sha256": version.sha256,
    }


def _basis(activity: Activity) -> list[Mapping[str, str]]:
    return [
        {
            "ground": activity.ground,
            "law": basis.law,
            "article": basis.article,
            "url": basis.url,
            "sentence_nl": basis.sentence.nl,
            "sentence_en": basis.sentence.en,
        }
        for basis in activity.legal_basis
    ]
