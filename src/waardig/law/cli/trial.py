"""The program in which a draft is tried (`python -m waardig.law.cli.trial`), JSON in and out; no command for people.

It writes no file, limits its own memory and processor time first, and answers with words only. Whatever goes wrong with
a draft ends this program and nothing else.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from waardig.law.core.load import SourceFile, load
from waardig.law.core.scenario import ScenarioResult, run_feature
from waardig.law.core.trying import FEATURE, FILE, TriedDraft, red_first, refused_before_reading, with_draft
from waardig.law.queries.files import law_files, merged
from waardig.law.queries.reading import features_of, findings_among, ordered_findings
from waardig.law.terms import LawProblem

MEMORY = 2_000_000_000
PROCESSOR_SECONDS = 15
MOST_FINDINGS = 100
MOST_SCENARIOS = 60
MOST_LETTERS = 500


def tried(roots: list[Path], text: str, scenarios: str) -> TriedDraft:
    """What is wrong with a draft among the laws of these roots, and how its scenarios go."""
    before = refused_before_reading(text)
    if before is not None:
        return TriedDraft(findings=(before,))
    loaded = load(SourceFile(FILE, text.encode()), validate=True)
    if loaded.law is None:
        return TriedDraft(findings=loaded.problems)
    known = [load(file, validate=False) for n, root in enumerate(roots) for file in law_files(root / "laws", origin=n)]
    book, replaces = with_draft(merged(known, ()), loaded.law)
    findings = ordered_findings([*loaded.problems, *findings_among(book, loaded.law)])
    law = loaded.law
    results = [one for file, feature in features_of(roots, law.id) for one in run_feature(book, feature, file)]
    here = f"/{law.id}/scenarios/"
    results = [one for one in results if one.law == law.id or here in Path(one.file).as_posix()]
    results += list(run_feature(book, scenarios, FEATURE)) if scenarios.strip() else []
    shown, left_out = red_first(results, MOST_SCENARIOS)
    return TriedDraft(
        law_id=law.id,
        name=law.name,
        valid_from=law.valid_from or "",
        replaces=replaces,
        findings=findings[:MOST_FINDINGS],
        scenarios=shown,
        left_out=left_out + max(0, len(findings) - MOST_FINDINGS),
    )


def main() -> None:
    """Limits itself, reads the question and writes the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked: dict[str, Any] = json.load(sys.stdin)
    try:
        done = tried([Path(root) for root in asked["roots"]], asked["law"], asked["scenarios"])
    except MemoryError:
        done = TriedDraft(problem="too_long")
    parts = {"findings": [_short(one) for one in done.findings], "scenarios": [_short(one) for one in done.scenarios]}
    json.dump(asdict(done) | parts, sys.stdout)


def _short(said: LawProblem | ScenarioResult) -> dict[str, Any]:
    """The same with every text cut where it is too long to read."""
    return {name: value[:MOST_LETTERS] if isinstance(value, str) else value for name, value in asdict(said).items()}


if __name__ == "__main__":
    main()
