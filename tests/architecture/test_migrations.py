"""Migrations are named, linear, have one head a room, and follow from the models."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("waardig."))


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def ours(loader: MigrationLoader) -> dict[str, list[str]]:
    """Names of the migrations of each room of ours."""
    found: dict[str, list[str]] = {}
    for label, name in sorted(loader.disk_migrations):
        if label in OURS:
            found.setdefault(label, []).append(name)
    return found


def test_every_migration_has_a_name_that_says_what_it_does(loader: MigrationLoader) -> None:
    wrong = [
        f"{label}.{name}"
        for label, names in ours(loader).items()
        for name in names
        if re.search(r"_auto_|_initial$|\d{8}", name) or not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name)
    ]

    assert wrong == []


def test_every_room_has_one_line_of_migrations_numbered_without_gaps(loader: MigrationLoader) -> None:
    for label, names in ours(loader).items():
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), label
        assert len(loader.graph.leaf_nodes(label)) == 1, label


def test_a_migration_depends_only_on_rooms_below(loader: MigrationLoader) -> None:
    from tests.architecture.test_house import block, layers

    floor = {room: height for height, rooms in enumerate(reversed(layers(block("floors")))) for room in rooms}
    wrong = [
        f"{label}.{name} -> {needed}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in floor
        for needed, _ in migration.dependencies
        if needed in floor and needed != label and floor[needed] >= floor[label]
    ]

    assert wrong == []


def test_every_migration_can_be_undone(loader: MigrationLoader) -> None:
    lasting = [
        f"{label}.{name}"
        for (label, name), migration in sorted(loader.disk_migrations.items())
        if label in OURS and not all(operation.reversible for operation in migration.operations)
    ]

    assert lasting == []


def test_the_models_need_no_migration_that_is_not_there(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out
