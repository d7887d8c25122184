"""Real reference data beside the checkout; tests that need it skip with a reason when it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WAARDIG_SHARED") or ROOT.parent / "shared")


def shared(name: str) -> Path:
    """The path of a file in the reference data, or a skip that says what is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"reference data {name} is not beside this checkout (set WAARDIG_SHARED)")
    return path
