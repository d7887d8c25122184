"""`waardig backup` and `waardig restore`."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import asdict
from pathlib import Path

import click

from waardig.kernel.declared import uses
from waardig.kernel.errors import Refusal
from waardig.shell.operating.backup import make_backup
from waardig.shell.operating.manifest import Manifest
from waardig.shell.operating.restore import Restored, default_keys, restore_backup
from waardig.shell.operating.trial_restore import check_backup

_folder = click.Path(file_okay=False, path_type=Path)
_there = click.Path(exists=True, file_okay=False, path_type=Path)
_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


class OwnerAddressMissing(Refusal):
    """Backup and restore read and write everything, so they need the owner."""

    def __init__(self) -> None:
        super().__init__(
            code="owner_address_missing",
            text_nl="Dit mag alleen de eigenaar van de database.",
            text_en="Backup and restore need the address of the owner of the tables.",
            remedy="Set DATABASE_OWNER_URL beside DATABASE_URL for this command only.",
        )


@click.command()
@click.option("--to", required=True, type=_folder, help="Folder in which a new folder with the backup is made.")
@click.option("--keys-to", type=_folder, help="Folder for the keys, apart. Default: keys/ inside the backup.")
@_json
@uses()
def backup(to: Path, keys_to: Path | None, as_json: bool) -> None:
    """Make a backup of one moment: the whole database, the keys, and a manifest with fingerprints."""
    made = make_backup(to.resolve(), keys_to.resolve() if keys_to else None, owner_url=_owner_url(), by=_account())
    if as_json:
        click.echo(json.dumps({"folder": str(made.folder), "keys": str(made.keys), **_told(made.manifest)}))
        return
    click.echo(f"Backup in {made.folder}")
    click.echo(f"Keys in {made.keys}")
    if keys_to is None:
        click.echo("Keep the keys apart from the rest: together they show who stands in the log.", err=True)


@click.command()
@click.option("--from", "folder", required=True, type=_there, help="Folder of one backup (it holds manifest.json).")
@click.option("--keys", type=_there, help="Folder with the keys of this backup. Default: keys/ inside it.")
@click.option(
    "--witness",
    type=click.Path(exists=True, path_type=Path),
    help="Checkpoint, or folder of them, kept outside (or WAARDIG_LOG_WITNESS).",
)
@click.option("--check", is_flag=True, help="Put it back in a database of its own, compare, and throw that away.")
@_json
@uses("archief.vernietigen")
def restore(folder: Path, keys: Path | None, witness: Path | None, check: bool, as_json: bool) -> None:
    """Put a backup back in an empty database, and prove that it is the same; exit status 1 when it is not."""
    folder, keys = folder.resolve(), (keys or default_keys(folder)).resolve()
    if check:
        found = check_backup(folder, keys, by=_account())
    else:
        found = restore_backup(folder, keys, owner_url=_owner_url(), by=_account(), witness=witness)
    click.echo(json.dumps(_as_json(found)) if as_json else _words(found))
    if not found.is_whole:
        raise click.exceptions.Exit(1)


def _owner_url() -> str:
    url = os.environ.get("DATABASE_OWNER_URL", "")
    if not url:
        raise OwnerAddressMissing
    return url


def _account() -> str:
    try:
        return f"account:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"account:{os.getuid()}"


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "made_at": manifest.made_at,
        "export": {"lines": manifest.export_lines, "sha256": manifest.export_sha256},
        "log": {"lines": manifest.log.lines, "placed": manifest.log.placed, "root": manifest.log.root},
    }


def _as_json(found: Restored) -> dict[str, object]:
    return {
        "same": found.is_whole,
        "differences": list(found.differences),
        "notices": list(found.notices),
        "losses": [one.words for one in found.losses],
        "came_back": [asdict(one) for one in found.came_back],
        **_told(found.manifest),
    }


def _words(found: Restored) -> str:
    lines = [f"Backup of {found.manifest.made_at}: {found.manifest.export_lines} lines of the canonical export."]
    lines += [f"different: {one}" for one in found.differences]
    lines += [f"note: {one}" for one in found.notices]
    lines += [f"{one.kind}: {one.words}" for one in found.losses]
    if found.losses:
        lines.append(
            "Services stand still. Accept what was lost with `waardig logbook accept`, then resume each service."
        )
    lines += [f"destroyed by list {one.list}, and back: {one.number} ({one.why})" for one in found.came_back]
    if found.came_back:
        lines.append("These services stand still. See to each case; the worker then destroys it again by itself.")
    lines.append("Put back, and the same." if found.is_whole else "Put back, and NOT the same: see above.")
    return "\n".join(lines)
