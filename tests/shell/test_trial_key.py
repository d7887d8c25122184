"""Who tries the product out gets a key for the log in the data folder; a real installation sets one."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.test import Client

from tests.access.builders import open_keeping
from tests.desk.builders import words_of
from waardig.kernel.clock import wall_now
from waardig.logbook.actions import write_lines
from waardig.logbook.queries import lacking_witnesses, policy, signed, witness_states
from waardig.logbook.terms import NewLine, PolicyUnreadable
from waardig.outbox.actions import drain
from waardig.shell import wiring
from waardig.shell.operating import health, watch
from waardig.shell.operating.witness import make_trial_key, signing_key


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and no key in the settings."""
    monkeypatch.setenv("WAARDIG_DATA", str(tmp_path))
    monkeypatch.delenv("WAARDIG_LOG_KEY", raising=False)
    monkeypatch.delenv("WAARDIG_LOG_ORIGIN", raising=False)
    return tmp_path


def test_without_a_key_nothing_is_signed(data: Path) -> None:
    assert signing_key() is None
    assert list(data.iterdir()) == []


def test_a_trial_gets_one_key_that_stays_and_the_name_of_its_site(data: Path) -> None:
    make_trial_key()
    first = signing_key()
    make_trial_key()

    assert first == signing_key() == ("www.rietwaarden.example/logboek", (data / "log.key").read_bytes())
    assert (data / "log.key").stat().st_mode & 0o077 == 0


def test_a_trial_has_two_witnesses_in_this_process_that_cosign_what_the_worker_signs(
    data: Path, owner: psycopg.Connection
) -> None:
    open_keeping(owner)
    make_trial_key()
    asked = (data / "log.policy").read_text()
    make_trial_key()
    assert (data / "log.policy").read_text() == asked
    write_lines([NewLine("aanmelden", None, "regel")])

    watch.keep_watch()
    while drain(wiring.handlers()).done:
        pass

    states = witness_states(policy(), wall_now())
    assert [(one.witness.name, one.witness.is_trial, one.is_recent) for one in states] == [
        ("bibliotheek.example/proefgetuige", True, True), ("buurgemeente.example/proefgetuige", True, True),
    ]  # fmt: skip
    found = signed()
    assert found is not None and len(found.cosignatures) == 2 and lacking_witnesses(policy(), wall_now()) == ""
    page = words_of(Client().get("/verantwoording/logboek/"))
    assert page.count("Tekende het laatste controlepunt") == 2
    assert page.count("Deze getuige hoort bij de proef en draait op onze eigen computer.") == 2


def test_with_a_real_key_no_trial_witness_is_asked(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_trial_key()
    assert len(policy().witnesses) == 2
    monkeypatch.setenv("WAARDIG_LOG_KEY", str(data / "log.key"))
    assert policy().witnesses == ()


@pytest.mark.parametrize("text", [None, "", "quorum a"])
def test_a_policy_that_cannot_be_used_is_told_and_never_keeps_the_log_from_being_signed(
    text: str | None, data: Path, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_keeping(owner)
    make_trial_key()
    monkeypatch.setenv("WAARDIG_LOG_WITNESSES", str(data / "mine"))
    if text is not None:
        (data / "mine").write_text(text)
    write_lines([NewLine("aanmelden", None, "regel")])

    watch.keep_watch()

    assert signed() is not None and Client().get("/verantwoording/logboek/").status_code == 200
    with pytest.raises(PolicyUnreadable):
        policy()
    (check,) = [one for one in health.look().checks if one.name == "witnesses"]
    assert (check.ok, check.detail, check.blocks) == (False, "policy_unreadable", False)


def test_a_key_that_was_set_goes_first_and_no_other_is_made(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "set").write_bytes(b"k" * 32)
    monkeypatch.setenv("WAARDIG_LOG_KEY", str(data / "set"))
    monkeypatch.setenv("WAARDIG_LOG_ORIGIN", "gemeente.nl/log")

    make_trial_key()

    assert signing_key() == ("gemeente.nl/log", b"k" * 32)
    assert not (data / "log.key").exists()
