"""Which browser walks: Debian's chromium, or another chromium on the PATH."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser_program() -> str | None:
    """The program, or None where there is no chromium at all."""
    if Path("/usr/bin/chromium").exists():
        return "/usr/bin/chromium"
    return next((found for name in NAMES if (found := shutil.which(name))), None)
