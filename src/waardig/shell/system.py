"""Getting the system under a command: an address of a database, Django set up, tables up to date."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import django

from waardig.shell.postgres import Cluster, default_folder

_cluster: list[Cluster] = []


def prepare(*, owner: bool = False) -> None:
    """Make the database reachable and set Django up; safe to call more than once.

    Args:
        owner: the command changes tables or policy, so the owner's address is given too. Web and worker never ask.
    """
    if not os.environ.get("DATABASE_URL"):
        cluster = Cluster(default_folder())
        addresses = cluster.start()
        _cluster.append(cluster)
        os.environ["DATABASE_URL"] = addresses.application
        os.environ["WAARDIG_EMBEDDED"] = "yes"
        if owner:
            os.environ["DATABASE_OWNER_URL"] = addresses.owner
        os.environ.setdefault("WAARDIG_SECRET_KEY", _lasting_key(cluster.folder.parent))
        for name, value in remembered().items():
            os.environ.setdefault(name, value)
    if not owner:
        os.environ.pop("DATABASE_OWNER_URL", None)
    set_up()


def set_up() -> None:
    """Set Django up; opens no database, so that `--help` of every command needs none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waardig.shell.settings")
    django.setup()


def _lasting_key(folder: Path) -> str:
    """The secret of this installation, made once, so that sessions and samples outlive a restart."""
    file = folder / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def remembered() -> dict[str, str]:
    """What an earlier command said about this installation: its content folder, whether it is a demonstration."""
    file = default_folder().parent / "installation.json"
    return dict(json.loads(file.read_text())) if file.exists() else {}


def remember(**settings: str) -> None:
    """Keep settings of this installation for later commands, and use them now."""
    file = default_folder().parent / "installation.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**remembered(), **settings}))
    os.environ.update(settings)


def migrate(say: Callable[[str], None] = lambda _: None, *, alone: bool = False) -> int:
    """Bring the tables up to date as the owner and give the application role its rights.

    Args:
        alone: other municipalities have databases on this server: nobody else may connect to this one.

    Returns:
        The number of migrations that ran.

    Raises:
        RoleDiffers, RoleTooStrong: DATABASE_URL has not the application role of this database.
    """
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from waardig.shell import roles

    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    with connection.cursor() as cursor:
        role = roles.settle_role(cursor, alone=alone)
    for migration, _ in plan:
        say(f"{migration.app_label} {migration.name}")
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        roles.protect_history(cursor, role)
    return len(plan)
