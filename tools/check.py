"""`make check`: format, lint, types, import contracts, migrations and documentation; says what to do on a failure."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS = (
    ("format", ["ruff", "format", "--check", "--quiet", "."], "run: .venv/bin/ruff format ."),
    ("lint", ["ruff", "check", "--quiet", "--output-format", "concise", "."], "run: .venv/bin/ruff check --fix ."),
    ("types", ["mypy", "--no-error-summary"], "correct the types named above"),
    ("contracts", ["lint-imports", "--no-cache"], "go through a door, or move the code to the right floor"),
    ("migrations", ["python", "-m", "django", "makemigrations", "--check", "--dry-run"], "make and name the migration"),
    ("laws", ["waardig", "law", "check", "src/waardig/library/laws", "src/waardig/demo/content"], "correct the law"),
    ("reference", ["python", "tools/reference.py", "--check"], "run: make docs"),
)


def main() -> None:
    """Run every check and exit with 1 when one of them fails."""
    settings = {"DJANGO_SETTINGS_MODULE": "waardig.shell.settings", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **settings, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    failed = []
    for name, command, remedy in CHECKS:
        begin = time.monotonic()
        done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment, text=True,
                              capture_output=True, check=False)  # fmt: skip
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<12}{verdict:<8}{time.monotonic() - begin:6.1f} s", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print((done.stdout + done.stderr).strip()[-6000:], f"\n  -> {remedy}\n", flush=True)
    if failed:
        sys.exit(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
    print(f"All {len(CHECKS)} checks passed.")


if __name__ == "__main__":
    main()
