"""From `--installation FILE --municipality ID` to a process that knows one municipality and nothing of another."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from waardig.shell.installation.databases import cluster_of, needs_cluster
from waardig.shell.installation.environment import environment_of
from waardig.shell.installation.file import read_installation
from waardig.shell.installation.terms import Installation, InstallationNotNamed, Member
from waardig.shell.postgres import Cluster, default_folder


@dataclass(frozen=True)
class Entered:
    """The municipality that this process works for, and the environment it was started in."""

    installation: Installation
    member: Member
    outer: dict[str, str]


_entered: list[Entered] = []
_held: list[Cluster] = []


def named_installation(file: str | None, wanted: str | None) -> tuple[Installation | None, str]:
    """The installation and the municipality that the command line or the environment names, if any.

    Raises:
        InstallationNotNamed: a municipality is named, but no file.
        ContentInvalid: the file is wrong.
    """
    path = file or os.environ.get("WAARDIG_INSTALLATION", "")
    chosen = wanted or os.environ.get("WAARDIG_MUNICIPALITY", "")
    if not path:
        if chosen:
            raise InstallationNotNamed(chosen)
        return None, ""
    return read_installation(Path(path), default_folder().parent / "municipalities"), chosen


def enter(installation: Installation, member: Member, *, database: bool, owner: bool) -> None:
    """From here on this process is the municipality's: its environment is replaced as a whole.

    Raises:
        SecretMissing, PlaceUnusable, DatabaseUnavailable: what is wrong with this municipality.
    """
    outer = dict(os.environ)
    if database and needs_cluster((member,)):
        hold(cluster_of(installation))
    own = environment_of(installation, member, outer, database=database, owner=owner)
    _entered.append(Entered(installation, member, outer))
    os.environ.clear()
    os.environ.update(own)


def enter_server(installation: Installation) -> None:
    """From here on this process is about the embedded server of the installation and no municipality."""
    os.environ["WAARDIG_DATA"] = str(installation.state)
    os.environ.pop("DATABASE_URL", None)


def hold(cluster: Cluster) -> None:
    """Start the embedded server and keep it as long as this process lives."""
    cluster.start()
    _held.append(cluster)


def entered() -> Entered | None:
    """The municipality of an installation that this process works for; None in an installation of one."""
    return _entered[-1] if _entered else None


def go_on(*arguments: str) -> NoReturn:
    """Become another command of the product, for the same municipality, without the owner's address."""
    here, environment = entered(), dict(os.environ)
    options: tuple[str, ...] = ()
    if here:
        environment = here.outer
        options = ("--installation", str(here.installation.file), "--municipality", here.member.id)
    for name in ("DATABASE_OWNER_URL", *(("DATABASE_URL",) if os.environ.get("WAARDIG_EMBEDDED") else ())):
        environment.pop(name, None)
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "waardig", *options, *arguments], environment)
