"""The declaration of destruction of a list, as files that are the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from uuid import UUID

from waardig.archive import queries
from waardig.archive.core.declaring import as_csv, as_json
from waardig.catalogue import queries as catalogue


def declaration(list_: UUID) -> Mapping[str, bytes]:
    """verklaring.json, regels.csv and both together as a zip, by name.

    Raises:
        DestructionListUnknown.
    """
    of, lines = queries.list_of(list_), queries.lines_of(list_)
    here = catalogue.municipality()
    files = {
        f"{of.number}-verklaring.json": as_json(
            of, lines, maker=f"{here.kind.nl} {here.name}", selection_list=queries.selection_list().name,
            names={one.id: one.name for one in here.officials.values()},
        ),
        f"{of.number}-regels.csv": as_csv(lines),
    }  # fmt: skip
    return {**files, f"{of.number}.zip": _zipped(files)}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip without times, so that it too is the same each time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()
