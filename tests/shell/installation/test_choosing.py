"""The command line in an installation of several: chosen by option or variable, never by guessing, one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.towns import ROOT
from tests.shell.installation.builders import TWO, installation_file


def waardig(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The product's command in a bare environment."""
    environment = {"PATH": os.defpath, "HOME": str(folder), "PYTHONPATH": str(ROOT / "src"), **variables}
    command = [sys.executable, "-m", "waardig", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=120)


def test_the_option_and_the_variable_choose_the_same(tmp_path: Path) -> None:
    file = installation_file(tmp_path)
    (tmp_path / "beuk/laws").mkdir()
    (tmp_path / "beuk/laws/wrong.yaml").write_text("a: b\n")

    by_option = waardig(tmp_path, "--installation", str(file), "--municipality", "beuk", "law", "test")
    by_variable = waardig(tmp_path, "law", "test", WAARDIG_INSTALLATION=str(file), WAARDIG_MUNICIPALITY="beuk")
    other = waardig(tmp_path, "--installation", str(file), "--municipality", "linde", "law", "test")

    assert "wrong.yaml" in by_option.stdout + by_option.stderr
    assert (by_option.returncode, by_option.stderr) == (by_variable.returncode, by_variable.stderr)
    assert "wrong.yaml" not in other.stdout + other.stderr
    assert not (tmp_path / "state/postgres").exists(), "a command that needs no database started one"


def test_a_municipality_without_a_file_and_an_unknown_one_are_refused(tmp_path: Path) -> None:
    file = installation_file(tmp_path)

    nowhere = waardig(tmp_path, "--municipality", "beuk", "law", "test")
    unknown = waardig(tmp_path, "--installation", str(file), "--municipality", "eik", "export", "--canonical")
    several = waardig(tmp_path, "--installation", str(file), "export", "--canonical", "--json")

    assert nowhere.returncode == unknown.returncode == several.returncode == 1
    assert "no installation file is named" in nowhere.stderr
    assert "has no municipality eik" in unknown.stderr and "one of: linde, beuk" in unknown.stderr
    assert '"refused": "municipality_not_chosen"' in several.stdout
    assert not (tmp_path / "state").exists(), "something was made although nothing was chosen"


def test_a_mistake_in_the_file_stops_every_command_with_its_line(tmp_path: Path) -> None:
    file = installation_file(tmp_path, TWO.replace("id: beuk", "id: linde"))

    done = waardig(tmp_path, "--installation", str(file), "serve")

    assert done.returncode == 1
    assert "waardig.yaml:6: id linde belongs to linde already; give each municipality its own" in done.stderr


def test_help_needs_no_municipality(tmp_path: Path) -> None:
    done = waardig(tmp_path, "--installation", str(installation_file(tmp_path)), "round", "run", "--help")

    assert done.returncode == 0 and "--dry-run" in done.stdout
