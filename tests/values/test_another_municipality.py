"""A municipality that no code knows: its folder alone gives another period, other amounts and its own decision."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.values.builders import DECISION, ROOT, SERVICE, TOWN
from waardig.catalogue.actions import declared_versions
from waardig.demo.redecide import redecide
from waardig.values.adapters.content import read_dossier
from waardig.values.core.completeness import completeness
from waardig.values.terms import RandomSample

DAY = date(2025, 4, 28)
LAWS = ROOT.parents[1] / "tests/law_content/other_municipality/laws"


@pytest.fixture
def polder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content folder of Lage Polder: own regulation and policy rule, own officials, own decision."""
    folder = tmp_path / "lage-polder"
    shutil.copytree(LAWS, folder / "laws")
    regulation = next(folder.glob("laws/nl/gemeentelijke_verordening/*/2025-01-01.yaml"))
    code = yaml.safe_load(regulation.read_text(encoding="utf-8"))["gemeente_code"]
    town = yaml.safe_load((TOWN / "municipality.yaml").read_text(encoding="utf-8"))
    town |= {
        "name": "Lage Polder", "code": code, "case_prefix": "LP", "oin": "00000001888888880000",
        "website": "https://www.lagepolder.example", "processing_register": "https://www.lagepolder.example/verwerkingen",
    }  # fmt: skip
    (folder / "municipality.yaml").write_text(_text(town), encoding="utf-8")
    decision = folder / "services" / SERVICE / "decision.yaml"
    decision.parent.mkdir(parents=True)
    text = (
        DECISION.read_text(encoding="utf-8").replace("Rietwaarden", "Lage Polder").replace("percent: 5", "percent: 10")
    )
    decision.write_text(text, encoding="utf-8")
    monkeypatch.setenv("WAARDIG_CONTENT", str(folder))
    return folder


def _text(content: object) -> str:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return text.replace("since: 2025-01-07", "since: '2025-01-07'")


def test_its_own_regulation_gives_the_period_and_the_addresses(polder: Path) -> None:
    versions = {one.activity.id: one for one in declared_versions((ROOT / "library", polder), on=DAY)}

    assert versions["iit.ronde"].windows["uitkeringen.inkomen"] == 24
    assert versions["iit.ronde"].uri.startswith("https://www.lagepolder.example/verwerkingen/iit.ronde/")
    assert versions["iit.ronde"].organisation == "Gemeente Lage Polder"


def test_its_own_decision_covers_its_own_rules(polder: Path) -> None:
    [changed] = redecide(polder, DAY)

    dossier = read_dossier(changed, roots=(ROOT / "library", polder))
    sample = next(guard for guard in dossier.safeguards if isinstance(guard, RandomSample))
    town = read_dossier(DECISION)
    assert completeness(dossier) == ()
    assert dossier.covers is not None and town.covers is not None
    assert dossier.covers.rule_set != town.covers.rule_set
    assert sample.sentence.nl.startswith("Een medewerker kijkt 1 op de 10 zaken na.")
