"""Builders of content folders: a copy of the library and the demo town that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

SERVICE = "individuele_inkomenstoeslag"
ROOT = Path(__file__).resolve().parents[2] / "src/waardig"
LIBRARY = ROOT / "library"
TOWN = ROOT / "demo/content/rietwaarden"
ROOTS = (LIBRARY, TOWN)


class Folder:
    """A municipality's own content folder in which files of the library may be replaced."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "town"
        shutil.copytree(TOWN, self.root)

    @property
    def roots(self) -> tuple[Path, Path]:
        """The library, then this folder."""
        return (LIBRARY, self.root)

    def change(self, place: str, change: Callable[[dict[str, Any]], object]) -> Path:
        """Take a file of the town or the library, change its content, and let the town's folder hold it."""
        own = self.root / place
        source = own if own.is_file() else LIBRARY / place
        content = yaml.safe_load(source.read_text(encoding="utf-8"))
        change(content)
        own.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(_plain(content), allow_unicode=True, sort_keys=False)
        own.write_text(text, encoding="utf-8")
        return own


def _plain(value: Any) -> Any:
    """Dates as text and no shared parts, so that the file has no anchors."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool | int | str) else str(value)


ACTIVITIES = f"services/{SERVICE}/activities.yaml"
GENERAL = "services/_algemeen/activities.yaml"
SERVICE_FILE = f"services/{SERVICE}/service.yaml"
WHY = f"services/{SERVICE}/why.yaml"
MUNICIPALITY = "municipality.yaml"
