"""`make docs`: writes docs/reference from the code and the content; with `--check` it compares and changes nothing.

The pages hold no date, no path of a machine and nothing in an order that may change, so that the same code gives the
same bytes. A setting, command or address that is not described stops the generator.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make docs`. Change the code or the content, not this page. -->\n"


def pages() -> dict[str, str]:
    """Every page of docs/reference by file name. Sets Django up; opens no database."""
    _stand_alone()
    from tools import reference_code as code
    from tools import reference_content as content
    from tools.reference_declared import declared

    made: dict[str, Callable[[], str]] = {
        "commands.md": code.commands,
        "settings.md": code.settings,
        "database-functions.md": code.database_functions,
        "url-map.md": code.url_map,
        "jobs.md": code.jobs,
        "declared-activities.md": declared,
        "refusals.md": code.refusals,
        "safeguards.md": code.safeguards,
        "activities.md": content.activities,
        "registers.md": content.registers,
        "services.md": content.services,
        "laws.md": content.laws,
        "messages.md": content.messages,
    }
    written = {name: NOTE + make() for name, make in made.items()}
    return {**written, "README.md": NOTE + _index(written)}


def _stand_alone() -> None:
    """The library and the demo's municipality, whatever the environment of the caller says."""
    for name in [key for key in os.environ if key.startswith(("WAARDIG_", "DATABASE_"))]:
        del os.environ[name]
    os.environ["WAARDIG_CONTENT"] = str(ROOT / "src" / "waardig" / "demo" / "content" / "rietwaarden")
    os.environ["DJANGO_SETTINGS_MODULE"] = "waardig.shell.settings"
    sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []
    import django

    django.setup()


def _index(written: dict[str, str]) -> str:
    lines = ["# Reference", "", "Generated from the code and the content of this repository.", ""]
    for name, text in sorted(written.items()):
        title = next(line for line in text.splitlines() if line.startswith("# "))[2:]
        lines.append(f"- [{title}]({name})")
    return "\n".join(lines) + "\n"


def stale(written: dict[str, str]) -> list[str]:
    """What differs between the folder and what the code says, as a short difference per file."""
    found = []
    there = {path.name for path in FOLDER.glob("*.md")}
    for name in sorted(there - set(written)):
        found.append(f"docs/reference/{name} is not generated; remove it")
    for name, text in sorted(written.items()):
        path = FOLDER / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if before != text:
            differences = difflib.unified_diff(before.splitlines(), text.splitlines(), name, "the code", "", "", 0, "")
            found.append("\n".join([f"docs/reference/{name} is not current:", *list(differences)[:20]]))
    return found


def main() -> None:
    """Write the pages, or compare them and exit with 1 when one is not current."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--check", action="store_true", help="compare only")
    options = wanted.parse_args()
    written = pages()
    if options.check:
        found = stale(written)
        if found:
            sys.exit("\n\n".join(found) + "\n\nRun: make docs")
        print(f"{len(written)} pages are current.")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(written)} pages written in docs/reference.")


if __name__ == "__main__":
    main()
