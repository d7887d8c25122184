"""Tries a draft of a law file that is not on any disk: findings, and the scenarios about that law."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waardig.law.adapters.apart import tried_apart
from waardig.law.core.scenario import ScenarioResult
from waardig.law.core.trying import MOST_BYTES, TriedDraft
from waardig.law.terms import LawProblem


def try_draft(roots: Sequence[Path], text: str, scenarios: str = "") -> TriedDraft:
    """What is wrong with a draft among the laws of these roots, and how its scenarios go; nothing of it is kept.

    It is read and run in a program of its own with limits on time and memory, one at a time.

    Args:
        text: of the law file; scenarios: of a feature file, "" for none. Each at most 200,000 bytes.
    """
    if max(len(text.encode()), len(scenarios.encode())) > MOST_BYTES:
        return TriedDraft(problem="too_large")
    asked = {"roots": [str(root) for root in roots], "law": text, "scenarios": scenarios}
    said = dict(tried_apart(asked))
    if said.get("problem"):
        return TriedDraft(problem=str(said["problem"]))
    findings = tuple(LawProblem(**one) for one in said.pop("findings"))
    results = tuple(ScenarioResult(**one) for one in said.pop("scenarios"))
    return TriedDraft(**said, findings=findings, scenarios=results)
