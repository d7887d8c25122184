"""Who tries the product out gets a key for the log in the data folder; a real installation sets one."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_key_that_was_set_goes_first_and_no_other_is_made(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "set").write_bytes(b"k" * 32)
    monkeypatch.setenv("WAARDIG_LOG_KEY", str(data / "set"))
    monkeypatch.setenv("WAARDIG_LOG_ORIGIN", "gemeente.nl/log")

    make_trial_key()

    assert signing_key() == ("gemeente.nl/log", b"k" * 32)
    assert not (data / "log.key").exists()
