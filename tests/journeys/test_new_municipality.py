"""A municipality that the code never saw: its folder is written from the how-to page and plays the whole story."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.towns import ROOT, SERVICE, Town, empty_town, made_town
from waardig.shell.postgres import Cluster

PAGE = ROOT / "docs/how-to/new-municipality.md"
FILE = re.compile(r"^File `([^`]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COVERS = re.compile(r"(?<=^covers:\n)(?: {2}.*\n)+", re.MULTILINE)
DECISION = f"services/{SERVICE}/decision.yaml"
AMOUNTS = {"ALLEENSTAAND": 41_000, "ALLEENSTAANDE_OUDER": 55_550, "PAAR": 64_025}


def _write(folder: Path) -> None:
    """The folder as the page says."""
    for place, text in FILE.findall(PAGE.read_text(encoding="utf-8")):
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _play(town: Town) -> dict[str, Any]:
    """Write the folder, let the decision cover what `weighing check` printed, and play the story."""
    folder = town.folder / "hoge-veen"
    _write(folder)
    own = replace(town, content=folder)
    done = own.waardig("migrate", owner=True)
    assert done.returncode == 0, done.stderr[-2000:]
    said = own.waardig("weighing", "check", SERVICE, "--on", "2025-04-28", owner=True)
    decision = folder / DECISION
    decision.write_text(COVERS.sub(_covered(said.stdout), decision.read_text(encoding="utf-8")), encoding="utf-8")
    return own.demo("--residents", "1200", "--content", str(folder))


@pytest.fixture
def hoge_veen(cluster: Cluster) -> Town:
    """Hoge Veen after its story; `told` is what that printed."""
    made = made_town(cluster, "hoge_veen", _play)
    return replace(made, content=made.folder / "hoge-veen")


def _covered(printed: str) -> str:
    """The five lines to copy, as they were printed, two spaces deep."""
    lines = re.findall(r"^ {4}((?:rule_set|lanes|attributes|activities|recipients): .*)$", printed, re.MULTILINE)
    assert len(lines) == 5, printed
    return "".join(f"  {line}\n" for line in lines)


def test_the_page_names_six_files(hoge_veen: Town) -> None:
    written = sorted(str(path.relative_to(hoge_veen.content)) for path in hoge_veen.content.rglob("*.yaml"))

    assert len(written) == 6
    listed = PAGE.read_text(encoding="utf-8").split("```")[1]
    assert all(f"  {name}\n" in listed for name in written)


def test_its_laws_and_its_decision_are_in_order(hoge_veen: Town) -> None:
    laws = hoge_veen.waardig("law", "check", str(hoge_veen.content / "laws"))
    weighed = hoge_veen.json("weighing", "check", SERVICE, "--on", "2025-04-28", owner=True)

    assert laws.returncode == 0, laws.stdout + laws.stderr
    assert [one["problems"] for one in weighed] == [[]]  # type: ignore[index]


def test_the_whole_story_plays_with_its_own_rules(hoge_veen: Town) -> None:
    told = hoge_veen.told

    assert told["clients"] == told["opted_out"] + told["read"]
    assert told["read"] == told["evaluated"] + sum(told["excluded"].values()) == told["log_lines"]
    assert told["proposals"] == told["digital"] + told["paper"] + told["held"] > 5
    proposed = hoge_veen.all(
        "SELECT household_type, amount_eurocent, number, lane FROM cases_case WHERE run = %s", told["run"]
    )
    known = [(kind, amount) for kind, amount, _, lane in proposed if lane == "yes_is_enough"]
    assert {kind for kind, _ in known} == set(AMOUNTS)
    assert all(amount == AMOUNTS[kind] for kind, amount in known)
    assert {amount for _, amount, _, lane in proposed if lane == "short_form"} == {None}, "nothing is promised yet"
    assert all(number.startswith("HV 2025 ") for _, _, number, _ in proposed)
    assert sum(amount for _, amount in known) == told["amount_eurocent"]
    windows = hoge_veen.all("SELECT windows ->> 'uitkeringen.inkomen' FROM pol.activity WHERE id = 'iit.ronde'")
    assert set(windows) == {("24",)}


def test_its_messages_speak_of_its_own_period_body_and_amounts(hoge_veen: Town) -> None:
    told = hoge_veen.told

    texts = [
        _words(content)
        for (content,) in hoge_veen.all(
            "SELECT d.content FROM reg.document d JOIN inbox_message m ON m.id = d.id WHERE m.run = %s", told["run"]
        )
    ]
    assert len(texts) == told["proposals"] > 3
    assert all("Hoge Veen" in text and "Rietwaarden" not in text for text in texts)
    assert all("gemiddeld" in text for text in texts)
    assert any("2 jaar lang bijstand" in text for text in texts), texts[0]
    assert not [text for text in texts if re.search(r"\b(3 jaar|36 maanden)\b", text)]


def _words(content: Any) -> str:
    """Everything a reader sees of a stored text, as one line."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend([node["text"]] if isinstance(node.get("text"), str) else [])
        for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(part)

    walk(json.loads(content) if isinstance(content, str) else content)
    return " ".join("".join(found).split())


def test_before_its_council_decides_on_these_rules_nothing_runs(cluster: Cluster, tmp_path: Path) -> None:
    _write(tmp_path / "hoge-veen")
    town = empty_town(cluster)

    done = town.waardig(
        "demo", "--no-serve", "--residents", "60", "--content", str(tmp_path / "hoge-veen"), "--json", owner=True
    )

    assert done.returncode == 1
    assert "rule_set" in done.stdout + done.stderr
    assert set(town.sent_nothing().values()) == {0}
    assert town.value("SELECT count(*) FROM pol.dossier") == 0
