"""Two municipalities in one installation, with residents, cases, messages and log lines of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.conftest import RIETWAARDEN
from tests.journeys.towns import ROOT
from tests.shell.border.inventory import Inventory, as_json, only_here, take_inventory
from tests.shell.border.settling import office_number
from waardig.shell.installation.databases import cluster_of
from waardig.shell.installation.environment import environment_of
from waardig.shell.installation.file import read_installation
from waardig.shell.installation.terms import Installation

PAGE = ROOT / "docs/how-to/several-municipalities.md"
FILE = re.compile(r"^File `waardig.yaml`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKS = {"rietwaarden": ("Qzriet", 4101), "hogeveen": ("Qzhoog", 4202)}
RESIDENTS = 3000


@dataclass(frozen=True)
class TwoTowns:
    """The installation, and what each of the two holds."""

    installation: Installation
    inventories: dict[str, Inventory]
    port: int

    def environment(self, identity: str, *, owner: bool = False) -> dict[str, str]:
        """The environment of a process of one of them, as the product makes it."""
        member = self.installation.member(identity)
        return {**environment_of(self.installation, member, os.environ, owner=owner), "PYTHONPATH": PATHS}

    def sign_in_again(self) -> None:
        """Sessions that live: those of before have ended when nobody did anything for a quarter of an hour."""
        for identity, inventory in self.inventories.items():
            told = _settle(self, identity, "--only-sessions")
            self.inventories[identity] = replace(inventory, stolen={**inventory.stolen, "cookie": told["cookies"]})

    def waardig(self, *arguments: str, municipality: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the product, by hand."""
        chosen = ("--municipality", municipality) if municipality else ()
        return subprocess.run(
            [sys.executable, "-m", "waardig", "--installation", str(self.installation.file), *chosen, *arguments],
            env=bare_environment(), cwd=self.installation.file.parent, capture_output=True, text=True, timeout=300,
        )  # fmt: skip


PATHS = os.pathsep.join((str(ROOT / "src"), str(ROOT)))


def bare_environment() -> dict[str, str]:
    """The environment of who types a command, without settings of this test session."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("WAARDIG_", "DATABASE_"))}
    return {**known, "PYTHONPATH": PATHS}


@contextmanager
def two_towns(write_other: Any, port: int) -> Iterator[TwoTowns]:
    """Make them from the file of the how-to page, fill them at the same time, and take everything away afterwards.

    Args:
        write_other: writes the content folder of the second municipality.
    """
    folder = Path(tempfile.mkdtemp(prefix="waardig-two-"))
    folder.chmod(0o711)
    shutil.copytree(RIETWAARDEN, folder / "rietwaarden")
    write_other(folder / "hoge-veen")
    (written,) = FILE.findall(PAGE.read_text(encoding="utf-8"))
    (folder / "waardig.yaml").write_text(written.replace(":8000", f":{port}"), encoding="utf-8")
    installation = read_installation(folder / "waardig.yaml", folder)
    cluster = cluster_of(installation)
    cluster.durable = False
    try:
        cluster.start()
        made = TwoTowns(installation, {}, port)
        with ThreadPoolExecutor(2) as both:
            told = dict(zip(MARKS, both.map(lambda one: _settle(made, one), MARKS), strict=True))
        for identity, (mark, _) in MARKS.items():
            superuser = cluster.addresses(f"waardig_{identity}").superuser
            made.inventories[identity] = take_inventory(superuser, mark, told[identity]["cookies"])
        one, other = (made.inventories[identity] for identity in MARKS)
        made.inventories.update(zip(MARKS, (only_here(one, other), only_here(other, one)), strict=True))
        yield made
    finally:
        cluster.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def _settle(towns: TwoTowns, identity: str, *more: str) -> dict[str, Any]:
    mark, seed = MARKS[identity]
    done = _child(
        towns.environment(identity, owner=True), "settling", "--mark", mark, "--seed", str(seed),
        "--residents", str(RESIDENTS), *more,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.splitlines()[-1])
    return found


def ask_across(towns: TwoTowns, asker: str, about: str, *, seed: int, share: int = 1) -> dict[str, Any]:
    """Let one municipality ask for what is the other's; gives what was asked, found and opened."""
    held = towns.installation.file.parent / f"stolen-{about}.json"
    held.write_text(as_json(towns.inventories[about]), encoding="utf-8")
    done = _child(
        towns.environment(asker, owner=True), "asking", "--foreign", str(held), "--other", f"waardig_{about}",
        "--own-office", office_number(MARKS[asker][1]), "--seed", str(seed), "--share", str(share),
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.splitlines()[-1])
    return found


def _child(environment: dict[str, str], module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.shell.border.{module}", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-4000:]
    return done.stdout
