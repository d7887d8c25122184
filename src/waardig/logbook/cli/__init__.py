"""`waardig logbook`: look at the log, check it, sign it, give it to others; never a person in it."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from waardig.kernel.clock import wall_now
from waardig.kernel.declared import uses
from waardig.logbook import core
from waardig.logbook.actions import accept_losses, compare, sequence_lines, sign_checkpoint
from waardig.logbook.adapters.note_signing import new_key, public_of
from waardig.logbook.adapters.tile_folder import write_tiles
from waardig.logbook.adapters.witness_folder import keep_note, kept_notes
from waardig.logbook.cli.archiving import archive as archive_command
from waardig.logbook.cli.witnessing import witness as witness_command
from waardig.logbook.queries import (
    archives,
    checkpoints,
    lacking_witnesses,
    log_state,
    log_summary,
    losses,
    policy,
    removals,
    signed,
    tiles,
    witness_states,
)
from waardig.logbook.terms import LogState, WitnessState

_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group()
@uses()
def logbook() -> None:
    """The log of data processing: counts, check, signed checkpoints. A person reads their own lines in the portal."""


@logbook.command()
@_json
def show(as_json: bool) -> None:
    """How often each activity was used (removed lines too), and how many persons the kept lines name."""
    rows = log_summary()
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        counts = f"{row.lines:>10} lines {row.persons:>9} persons"
        click.echo(f"{row.activity:<28}{row.decision:<8}{counts}  {row.activity_uri}")
    if not rows:
        click.echo("The log is empty.")


@logbook.command()
@_json
def removed(as_json: bool) -> None:
    """Which lines went because their term had passed: days and counts, nothing about anybody."""
    rows = removals()
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], default=str))
        return
    for row in rows:
        days = f"{row.first_day} to {row.last_day}"
        click.echo(f"{row.removed_on}  {row.activity:<28}{row.lines:>10} lines of {days}, kept {row.term}")
    if not rows:
        click.echo("No line is past its term yet.")


@logbook.command()
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    help="A checkpoint that was kept outside, or a folder of them: does the log still follow it?",
)
@click.option("--public-key", help="Public key in base64; every kept checkpoint must bear its signature.")
@_json
def verify(against: Path | None, public_key: str | None, as_json: bool) -> None:
    """Check every line, the tree and every checkpoint; exit status 1 when something was changed or lost."""
    if public_key and not against:
        raise click.UsageError("--public-key is for checkpoints that were kept outside: name them with --against")
    differences = compare(kept_notes(against, public_key=_public(public_key))) if against else ()
    state = log_state()
    missing = losses(open_only=True)
    is_whole = state.is_whole and not missing
    witnesses = witness_states(policy(), wall_now())
    found = {
        **asdict(state),
        "losses": [one.words for one in missing],
        "whole": is_whole,
        "witnesses": [_witnessed(one) for one in witnesses],
    }
    if as_json:
        click.echo(json.dumps(found))
    else:
        if against and not differences:
            click.echo(f"The log follows every checkpoint in {against}.")
        for line in (*_said_of_state(state), *(f"{loss.kind}: {loss.words}" for loss in missing), *_said_of(witnesses)):
            click.echo(line)
        click.echo("The log is whole." if is_whole else "The log is NOT whole: keep it and call the auditor.")
    if not is_whole:
        sys.exit(1)


def _said_of_state(state: LogState) -> Iterator[str]:
    """What was found, a line each: how much there is, where it stands, and everything that is not as it was."""
    yield f"{state.lines} lines, {state.in_tree} in the tree, {state.checkpoints} checkpoints."
    if state.archived:
        yield f"{state.archived} of them stand in {len(archives())} files of the archive."
    if state.removed:
        yield f"{state.removed} of them went after their term: waardig logbook removed."
    for line in state.changed:
        yield f"changed: {line.words} says something else than when it was written"
    for line in state.lost:
        yield f"lost: {line.words} is gone, or is not the line that got this place"
    for waiting in state.forgotten:
        yield f"forgotten: trace {waiting.trace_id} span {waiting.span_id} has no place in the tree and waits for none"
    for first, last in state.missing:
        which = f"place {first}" if first == last else f"places {first} to {last}"
        yield f"missing: {which} of the tree without a leaf"
    yield from _said_of_signed(state)


def _said_of_signed(state: LogState) -> Iterator[str]:
    """What no longer fits what was signed or kept beside the lines, a line each."""
    for size in state.broken:
        yield f"broken: the checkpoint of size {size} no longer follows from the log"
    for words in state.untrue:
        yield f"signed: {words}"
    for fault in state.faults:
        yield f"archive: {fault.words}"
    for unfit in state.unfit:
        yield f"kept hash: {unfit.words}"
    if state.miscounted:
        yield f"kept counts: {state.miscounted} persons and months have another count than their lines"


def _witnessed(state: WitnessState) -> dict[str, object]:
    found = state.newest
    return {
        "name": state.witness.name,
        "size": found.size if found else 0,
        "at": found.at.isoformat() if found else None,
        "recent": state.is_recent,
    }


def _said_of(witnesses: Sequence[WitnessState]) -> Iterator[str]:
    """A line for each witness, and whether there are enough."""
    for state in witnesses:
        found = state.newest
        said = f"cosigned {found.size} lines at {found.at:%Y-%m-%d %H:%M} UTC" if found else "never cosigned"
        yield f"witness {state.witness.name}: {said}{'' if state.is_recent else ' (too long ago)'}"
    lacking = lacking_witnesses(policy(), wall_now())
    if lacking:
        yield f"warning: {lacking}"


def _public(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise click.UsageError("--public-key is not a public key of `waardig logbook key`: 32 bytes in base64")
    return key


@logbook.command()
@click.option("--reason", required=True, help="What was lost, how, and why the work may go on; it is kept.")
@click.option("--by", "accepted_by", required=True, help="Id of the official who accepts it.")
@click.option("--confirmed-by", required=True, help="Id of another official, who confirms.")
@_json
def accept(reason: str, accepted_by: str, confirmed_by: str, as_json: bool) -> None:
    """Accept that lines of the log are lost (needs the owner's address); afterwards services can be resumed."""
    count = accept_losses(reason=reason, accepted_by=accepted_by, confirmed_by=confirmed_by)
    said = f"Accepted: {count} checkpoints that the log no longer follows. Resume with `waardig weighing resume`."
    click.echo(json.dumps({"accepted": count}) if as_json else said)


@logbook.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="Name of the log or witness; prints the key as one line of a policy (C2SP tlog-policy).")
@click.option("--witness", is_flag=True, help="With --name: a key of a witness, not of a log.")
def key(file: Path, name: str | None, witness: bool) -> None:
    """Make a private key in FILE (never overwritten) and print the public key to publish.

    With --name a key that is there already is only printed.
    """
    try:
        public = new_key(file)
    except FileExistsError:
        if name is None:
            raise click.UsageError(f"{file} is there already; a key is never overwritten") from None
        public = public_of(_private(file))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from None
    if name is None:
        click.echo(base64.b64encode(public).decode())
        return
    kind = core.COSIGNATURE if witness else core.ED25519
    click.echo(core.verifier_key(_name(name), public, kind))


@logbook.command()
@click.option(
    "--key", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the private key (or WAARDIG_LOG_KEY).",
)  # fmt: skip
@click.option("--origin", required=True, help="Name of this log, for example rietwaarden.nl/logboek.")
@click.option(
    "--witness",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder outside the database in which the checkpoint is kept too.",
)
def checkpoint(file: Path | None, origin: str, witness: Path | None) -> None:
    """Put new lines in the tree, sign its root and print the note to hand to others."""
    file = file or Path(os.environ.get("WAARDIG_LOG_KEY", ""))
    if not file.is_file():
        raise click.UsageError(
            "say with which key: --key FILE, or WAARDIG_LOG_KEY; `waardig logbook key FILE` makes one"
        )
    private, asked = _private(file), policy()
    sequence_lines()
    made = sign_checkpoint(_name(origin), private, witnesses=[one.id for one in asked.witnesses if one.address])
    if witness:
        keep_note(witness, made)
    click.echo(made.note, nl=False)


def _private(file: Path) -> bytes:
    private = file.read_bytes()
    if len(private) != 32:
        raise click.UsageError(f"{file} holds {len(private)} bytes; a key of `waardig logbook key` has 32")
    return private


def _name(name: str) -> str:
    if not name or any(character.isspace() or character == "+" for character in name):
        raise click.UsageError(f"{name!r} is empty or holds a space or plus; use for example town.nl/log")
    return name


@logbook.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write in.")
def export(out: Path) -> None:
    """Write the tree as tiles (C2SP tlog-tiles) and every checkpoint, for whoever keeps watch: nothing about anybody.

    A folder that was written before is added to; it can be put on a web server as it is. The program `verify_log.py`, a
    download on the public site, checks it without Waardig.
    """
    kept = checkpoints()
    size = kept[-1].size if kept else 0
    published = signed()
    last = published.note if published and published.checkpoint.size == size else ""
    written = write_tiles(out, _named_tiles(size), kept, last)
    click.echo(f"{size} lines and {len(kept)} checkpoints in {out}; {written} files are new")


def _named_tiles(size: int) -> Iterator[tuple[str, bytes]]:
    """The tiles of a tree of this size with their file names; never all of them in memory."""
    there = list(core.tiles_at(size))
    for (level, number, count), (_, hashes) in zip(there, tiles([one[:2] for one in there]), strict=True):
        yield core.tile_path(level, number, count), hashes[: count * 32]


logbook.add_command(archive_command)
logbook.add_command(witness_command)
