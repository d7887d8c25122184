"""The whole story by its one command: the figures fit, a second time adds nothing, wrong calls say what is wrong."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.journeys.towns import Town, clone, empty_town, made_town
from waardig.shell.postgres import Cluster

RESIDENTS = ("--residents", "2000")
COUNTED = (
    "population", "clients", "opted_out", "read", "evaluated", "entitled", "not_entitled", "to_person", "proposals",
    "digital", "paper", "held", "through_administrator", "log_lines", "amount_eurocent",
)  # fmt: skip
GROWS = frozenset(
    {"log.line", "log.detail", "log.link", "log.tree_leaf", "log.checkpoint", "gate.ticket", "gate.selected",
     "public.outbox_worker"}
)  # fmt: skip
"""A second demo looks again who is a client; that looking is logged and its lines are signed. Nothing else may grow."""


@pytest.fixture
def played(cluster: Cluster) -> Town:
    """A town in which the demo ran once; `told` is what it printed."""
    return clone(cluster, made_town(cluster, "played", lambda town: town.demo(*RESIDENTS)))


def test_the_figures_of_the_story_fit_each_other(played: Town) -> None:
    told = played.told

    assert told["residents"] == 2000
    assert told["clients"] == told["opted_out"] + told["read"]
    assert told["read"] == told["evaluated"] + sum(told["excluded"].values())
    excluded_to_person = sum(count for why, count in told["excluded"].items() if why != "deceased")
    unknown = told["to_person"] - excluded_to_person
    assert told["evaluated"] == told["entitled"] + told["asked"] + told["not_entitled"] + unknown
    assert told["evaluated"] == sum(told["reasons"].values())
    assert told["proposals"] == told["digital"] + told["paper"] + told["held"]
    assert told["log_lines"] == told["population"] == told["read"] > 30
    assert told["import"]["accepted"] >= told["clients"] and not told["import"]["refused"]


def test_what_the_story_prints_is_what_stands_in_the_tables(played: Town) -> None:
    told = played.told
    sent = "FROM inbox_message m JOIN inbox_delivery d ON d.message_id = m.id WHERE m.run = %s"

    assert played.value("SELECT count(*) FROM proposals_run_item WHERE run_id = %s", told["run"]) == told["read"]
    assert played.value("SELECT count(*) FROM cases_case WHERE run = %s", told["run"]) == told["proposals"]
    assert played.value(f"SELECT count(*) {sent} AND d.channel = 'digital'", told["run"]) == told["digital"]
    assert played.value(f"SELECT count(*) {sent} AND d.channel = 'paper'", told["run"]) == told["paper"]
    proposed = "SELECT sum(amount_eurocent) FROM proposals_run_item WHERE outcome = 'proposed' AND run_id = %s"
    assert played.value(proposed, told["run"]) == told["amount_eurocent"]
    assert (
        played.value("SELECT count(*) FROM log.detail WHERE run = %s AND subject IS NOT NULL", told["run"])
        == (told["log_lines"])
    )
    assert played.value("SELECT count(*) FROM outbox_job WHERE state <> 'done'") == 0


def test_somebody_said_yes_somebody_said_no_and_the_law_ran_again_for_every_yes(played: Town) -> None:
    answers = played.told["answers"]

    assert answers["yes"] > 0
    assert played.value("SELECT count(*) FROM cases_case WHERE kind = 'application'") == answers["yes"]
    law_ran = (
        "SELECT count(*) FROM cases_assessment a JOIN cases_case c ON c.id = a.case_id WHERE c.kind = 'application'"
    )
    assert played.value(law_ran) == answers["yes"]
    assert played.value("SELECT count(*) FROM cases_case WHERE state = 'declined'") == answers["no"]


def test_announced_grants_were_made_said_no_to_and_the_rest_waits_on_a_list(played: Town) -> None:
    told = played.told["announced"]
    round_, waiting = told["round"], told["waiting"]
    states = dict(played.all("SELECT state, count(*) FROM cases_case WHERE service = 'meedoenregeling' GROUP BY state"))

    assert sum(round_["lanes"].values()) == round_["proposals"]
    assert round_["lanes"]["without_application"] > 20
    assert round_["evaluated"] == round_["entitled"] + round_["not_entitled"] + round_["asked"] + sum(
        count for why, count in round_["reasons"].items() if why.startswith("unknown")
    )
    assert states["opted_out"] == told["said_no"]
    assert states["decided"] == told["granted"] + 1 and states["prepared"] == waiting["ready"]
    assert (
        sum(states.values())
        == round_["proposals"]
        == (
            told["said_no"]
            + states["decided"]
            + waiting["due"]
            + states["by_hand"]
            + states.get("proposed", 0)
            - waiting["to_person"]
            - waiting["sampled"]
        )
    )
    assert waiting["due"] == waiting["ready"] + waiting["sampled"] + waiting["to_person"] + waiting["said_no"]
    assert waiting["log_lines"] == waiting["persons"]
    once = "SELECT count(*) - count(DISTINCT (run, subject)) FROM log.detail WHERE run IS NOT NULL"
    assert played.value(once) == 0
    assert played.value("SELECT sum(amount_eurocent) FROM cases_decision") >= told["granted_eurocent"] > 0


def test_a_second_time_adds_nothing_of_anything(played: Town) -> None:
    before, exported = played.counts(), played.export()

    again = played.demo(*RESIDENTS)

    assert {name: again[name] for name in COUNTED} == dict.fromkeys(COUNTED, 0)
    assert (again["excluded"], again["reasons"], again["assumed"]) == ({}, {}, {})
    assert again["answers"] == {"yes": 0, "no": 0}
    assert (again["announced"]["round"]["read"], again["announced"]["granted"]) == (0, 0)
    assert (again["announced"]["said_no"], again["announced"]["waiting"]["due"]) == (0, 0)
    assert again["import"]["facts_stored"] == 0
    assert again["already"] == played.told["read"]
    after = played.counts()
    assert {name for name in after if after[name] != before[name]} <= GROWS
    assert played.export() == exported


def test_without_json_it_prints_a_table_with_the_same_counts(played: Town) -> None:
    done = for_people(played)

    assert done.returncode == 0
    lines = {" ".join(line.strip("│ ").split("│")[0].split()): line.strip("│ ").split("│")[-1].strip()
             for line in done.stdout.splitlines() if line.startswith("│")}  # fmt: skip
    assert lines["residents"] == "2000"
    assert lines["clients accepted from the benefits file"] == str(played.told["import"]["accepted"])
    assert lines["read (one log line each)"] == "0"


def for_people(town: Town) -> subprocess.CompletedProcess[str]:
    """The demo once more, for people to read."""
    return town.waardig("demo", "--no-serve", *RESIDENTS, owner=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--residents", "0"), "20"),
        (("--residents", "veel"), "veel"),
        (("--brp", "nergens.json"), "nergens.json"),
        (("--content", "nergens"), "nergens"),
        (("--advance", "-1"), "-1"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(played: Town, arguments: tuple[str, ...], words: str) -> None:
    before = played.counts()

    done = played.waardig("demo", "--no-serve", *arguments, owner=True)

    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr
    assert played.counts() == before


def test_a_file_that_is_no_brp_file_is_refused_with_its_name(played: Town, tmp_path: Path) -> None:
    wrong = tmp_path / "geen-brp.json"
    wrong.write_text("{niet echt json")

    done = played.waardig("demo", "--no-serve", *RESIDENTS, "--brp", str(wrong), owner=True)

    assert done.returncode in (1, 2)
    assert "geen-brp.json" in done.stderr and "Traceback" not in done.stderr


def test_a_folder_without_a_municipality_is_refused_with_what_is_missing(cluster: Cluster, tmp_path: Path) -> None:
    town = empty_town(cluster)

    done = town.waardig("demo", "--no-serve", "--content", str(tmp_path), owner=True)

    assert done.returncode in (1, 2)
    assert "municipality.yaml" in done.stderr and "Traceback" not in done.stderr
