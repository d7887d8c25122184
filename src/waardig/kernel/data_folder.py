"""Where this installation keeps what it makes itself: `WAARDIG_DATA`, or a folder of this user for this checkout."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_NAMED_AFTER = Path(__file__).resolve().parent.parent / "shell" / "postgres.py"
"""The file whose place names an installation, since its first database: another one would not find that database."""


def data_folder() -> Path:
    """The folder; it need not exist."""
    named = os.environ.get("WAARDIG_DATA")
    if named:
        return Path(named).expanduser().resolve()
    installation = hashlib.sha256(str(_NAMED_AFTER).encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        return Path("/var/lib/waardig") / installation
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "waardig" / installation
