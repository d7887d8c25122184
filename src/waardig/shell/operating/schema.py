"""Whether the tables are those of this version: behind, ahead, or right. Web and worker refuse anything but right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from waardig.kernel.errors import Refusal


@dataclass(frozen=True)
class SchemaState:
    """Migrations this version has and the database has not (`behind`), and the other way round (`ahead`)."""

    behind: tuple[str, ...]
    ahead: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """The database is exactly of this version."""
        return not self.behind and not self.ahead


class SchemaOther(Refusal):
    """The tables are of another version of Waardig."""

    def __init__(self, state: SchemaState) -> None:
        self.state = state
        wrong, remedy = (
            (f"{len(state.ahead)} migrations are newer than this version", "Start the version that made these tables.")
            if state.ahead
            else (f"{len(state.behind)} migrations were not run", "Make a backup, then run as owner: waardig migrate")
        )
        first = (state.ahead or state.behind)[0]
        super().__init__(
            code="schema_other",
            text_nl="De database hoort bij een andere versie van Waardig.",
            text_en=f"The tables are of another version: {wrong} (first: {first}).",
            remedy=remedy,
        )


def schema_state(alias: str = DEFAULT_DB_ALIAS) -> SchemaState:
    """Compare the migrations of this version with those that the database has had; reads one table."""
    ours, rooms = _of_this_version()
    had = {key for key in MigrationRecorder(connections[alias]).applied_migrations() if key[0] in rooms}
    return SchemaState(_names(ours - had), _names(had - ours))


def applied_migrations(alias: str = DEFAULT_DB_ALIAS) -> tuple[str, ...]:
    """Every migration of ours that the database has had, by name."""
    _, rooms = _of_this_version()
    return _names(key for key in MigrationRecorder(connections[alias]).applied_migrations() if key[0] in rooms)


@lru_cache(maxsize=1)
def _of_this_version() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations), frozenset(loader.migrated_apps)


def _names(keys: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{app}.{name}" for app, name in sorted(keys))


def refuse_other_schema() -> None:
    """Stop before serving or working on tables of another version.

    Raises:
        SchemaOther: with the first migration that is missing or not known.
    """
    state = schema_state()
    if not state.is_right:
        raise SchemaOther(state)


def refuse_newer_schema(alias: str) -> SchemaState:
    """Before migrating: how the tables stand; an older version never touches the tables of a newer one.

    Raises:
        SchemaOther: the database had migrations that this version does not know.
    """
    state = schema_state(alias)
    if state.ahead:
        raise SchemaOther(state)
    return state
