"""A decided dossier as the row that the gate reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waardig.values.terms import Dossier, Horizon, Safeguard


def dossier_row(dossier: Dossier) -> dict[str, Any]:
    """The columns of pol.dossier; lists and mappings are given as they are.

    The gate stops on the last day of the decision or of the impact assessment, whichever comes first.

    Raises:
        ValueError: the dossier is not complete.
    """
    decision, covers, told = dossier.decision, dossier.covers, dossier.announcement
    advice, dpia = dossier.advice, dossier.dpia
    if not (decision and covers and told and advice and dpia):
        raise ValueError(f"weighing {dossier.id} is not complete")
    horizon = next((guard for guard in dossier.safeguards if isinstance(guard, Horizon)), None)
    return {
        "id": dossier.id,
        "version": dossier.version,
        "service": dossier.service,
        "status": "withdrawn" if dossier.withdrawn_on else "decided",
        "decided_on": decision.decided_on,
        "decided_by": f"{decision.body} ({decision.decided_by.name})",
        "mandate": decision.mandate,
        "activities": sorted(covers.activities),
        "rule_sets": [covers.rule_set],
        "attributes": sorted(covers.attributes),
        "purposes": sorted(covers.activities.values()),
        "dpia_reference": dpia.reference,
        "dpia_on": dpia.made_on,
        "advice_reference": advice.reference,
        "advice_on": advice.given_on,
        "announced_on": told.on,
        "announcement_days": (told.first_run_not_before - told.on).days,
        "valid_from": decision.decided_on,
        "expires_on": min(decision.valid_until, dpia.valid_until),
        "evaluate_by": horizon.evaluate_on if horizon else None,
        "safeguards": [_guard(guard) for guard in dossier.safeguards],
        "content": dict(dossier.content),
        "sha256": dossier.sha256,
    }


def _guard(guard: Safeguard) -> Mapping[str, Any]:
    sentence = guard.sentence
    return {
        "id": guard.id,
        "type": guard.kind,
        "enforced_at": guard.enforced_at.value,
        "sentence_nl": sentence.nl,
        "sentence_en": sentence.en,
    }
