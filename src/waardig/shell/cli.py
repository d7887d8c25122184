"""The command `waardig`: one door to every job, with --help, --json, exit status 0 (done), 1 (refused), 2 (wrong call).

Subcommands live with their room and are loaded when asked for, so that `waardig law run` needs no database.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from django.db import DatabaseError

from waardig import __version__
from waardig.kernel.errors import Refusal
from waardig.shell.declaring import Leaf, enter_declarations, leaves


@dataclass(frozen=True)
class Command:
    """Where a subcommand lives and what it needs under it."""

    place: str
    database: bool = True
    owner: bool = False
    watched: bool = False
    demonstration: bool = False

    def loaded(self) -> click.Command:
        """The command itself; its module is imported now."""
        module, name = self.place.split(":")
        found: click.Command = getattr(import_module(module), name)
        return found


COMMANDS = {
    "demo": Command("waardig.shell.demonstration:demo", owner=True, demonstration=True),
    "serve": Command("waardig.shell.server:serve"),
    "worker": Command("waardig.shell.working:worker"),
    "queue": Command("waardig.outbox.cli:queue"),
    "migrate": Command("waardig.shell.maintenance:migrate", owner=True),
    "backup": Command("waardig.shell.operating.backup_cli:backup", owner=True),
    "restore": Command("waardig.shell.operating.backup_cli:restore", owner=True),
    "db": Command("waardig.shell.maintenance:db", database=False),
    "law": Command("waardig.law.cli:law", database=False),
    "import": Command("waardig.registers.cli:import_"),
    "round": Command("waardig.proposals.cli:round_", watched=True),
    "payments": Command("waardig.payments.cli:payments"),
    "archive": Command("waardig.archive.cli:archive"),
    "export": Command("waardig.accountability.cli:export"),
    "register": Command("waardig.accountability.cli:register"),
    "weighing": Command("waardig.values.cli:weighing", owner=True),
    "logbook": Command("waardig.logbook.cli:logbook", owner=True),
    "access": Command("waardig.access.cli:access", owner=True),
}


class Doors(click.Group):
    """Loads a subcommand when it is asked for and prepares what it needs."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = COMMANDS.get(cmd_name)
        if known is None:
            return None
        if not ctx.resilient_parsing and not {"--help", "-h"} & set(sys.argv):
            together = _choose(ctx.params, cmd_name, known)
            if together is not None:
                return together
            if known.database:
                _prepare(known)
            if known.watched:
                _watch()
        elif known.database:
            from waardig.shell.system import set_up

            set_up()
        found = known.loaded()
        enter_declarations(found, f"waardig {cmd_name}")
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _HELP[name]) for name in COMMANDS])


def every_command() -> list[Leaf]:
    """Every command that has a database under it, by name."""
    known = ((name, one.loaded()) for name, one in COMMANDS.items() if one.database)
    return sorted((leaf for name, one in known for leaf in leaves(one, f"waardig {name}")), key=lambda one: one.name)


def _choose(given: dict[str, Any], name: str, known: Command) -> click.Command | None:
    """In an installation of several municipalities: become the chosen one, or give the command for all together."""
    from waardig.shell.installation import choosing

    installation, wanted = choosing.named_installation(given.get("installation"), given.get("municipality"))
    if installation is None:
        return None
    if name == "db":
        choosing.enter_server(installation)
    elif not wanted and name in ("serve", "worker"):
        from waardig.shell.installation.together import TOGETHER

        return TOGETHER[name](installation)
    elif wanted or known.database:
        member = installation.member(wanted)
        choosing.enter(installation, member, database=known.database, owner=known.owner)
    return None


def _prepare(known: Command) -> None:
    from waardig.shell.system import prepare, remember

    if known.demonstration:
        remember(WAARDIG_DEMONSTRATION="yes")
    prepare(owner=known.owner)


def _watch() -> None:
    """Look at the checkpoints outside before a service does anything with data."""
    from waardig.shell.operating.watch import look_at_witness

    look_at_witness()


_HELP = {
    "demo": "set up the fictional municipality and run the main job",
    "serve": "serve portal, desk and public pages",
    "worker": "do what must happen after a commit: deliveries, letters",
    "queue": "jobs that wait or were given up; try them again",
    "migrate": "bring tables, rights and published content up to date",
    "backup": "make a backup of the database, its keys and fingerprints",
    "restore": "put a backup back in an empty database and prove it the same",
    "db": "the embedded database: start, stop, status, reset",
    "law": "check, run, explain and test machine-readable law",
    "import": "take in a benefits administration export or BRP persons",
    "round": "run a proactive round, or look at it first",
    "payments": "pay what was granted: lists, release, files, what came back",
    "archive": "how long cases are kept, what is due, a case as a folder",
    "export": "everything that happened, in a stable order",
    "register": "the algorithm register and the processing register",
    "weighing": "the weighing dossier of a service",
    "logbook": "the log of data processing",
    "access": "who may ask for decisions; decide again what was decided",
}


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--installation",
    type=click.Path(exists=True, dir_okay=False),
    help="several municipalities: the file that names them (or WAARDIG_INSTALLATION)",
)
@click.option("--municipality", help="for which of them this command is (or WAARDIG_MUNICIPALITY)")
def waardig(installation: str | None, municipality: str | None) -> None:
    """Waardig: one digital government that starts from public values."""


_NO_TABLES = ("42P01", "3F000", "42883")  # undefined table, schema, function


def refusal_as_json(refusal: Refusal) -> dict[str, Any]:
    """A refusal in the shape every --json command prints."""
    reasons = [{"code": r.code, "text": r.text_en} for r in getattr(refusal, "reasons", ())]
    body = {"refused": refusal.code, "text": refusal.text_en, "remedy": refusal.remedy}
    return {**body, "reasons": reasons} if reasons else body


_OF_THE_DISK = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


def _place_told(problem: OSError) -> str:
    """What the system says of a file or folder, and what can be done."""
    place = f"'{problem.filename}': " if problem.filename is not None else ""
    remedy = "Check that the place is right, that it may be read and written, and that the disk is not full."
    return f"{place}{problem.strerror or problem}. {remedy}"


def main() -> None:
    """Entry point of the console script; refusals become exit status 1 and one clear message."""
    try:
        code = waardig(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2 if isinstance(wrong, click.UsageError) else 1)
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") not in _NO_TABLES:
            raise
        click.echo("The database has no tables yet. Run first: waardig migrate (or: waardig demo)", err=True)
        sys.exit(1)
    except Refusal as refusal:
        if "--json" in sys.argv:
            click.echo(json.dumps(refusal_as_json(refusal), ensure_ascii=False))
        click.echo(f"Refused: {refusal}", err=True)
        for reason in getattr(refusal, "reasons", ()):
            click.echo(f"  - {reason.code}: {reason.text_en}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # who reads along has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as problem:
        if problem.filename is None and problem.errno not in _OF_THE_DISK:
            raise
        click.echo(f"Error: {_place_told(problem)}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
