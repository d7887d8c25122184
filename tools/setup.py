"""Sets everything up on a machine with Python 3.11 or newer: environment, locked dependencies, stylesheet, texts.

Uses only the standard library. Every step is skipped when its inputs did not change, so it may be run before every
command, by root and by an ordinary user one after the other.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = ROOT / "requirements" / "dev.txt"
KEPT = {"waardig", "pip", "setuptools", "wheel"}
DEPLOY = ROOT / ".venv-deploy"
DEPLOY_LOCK = ROOT / "requirements" / "deploy.txt"
SPARK_LOCK = ROOT / "requirements" / "spark.txt"


def main() -> None:
    """Run the steps that are not up to date."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--browser", action="store_true", help="also look for, or install, a browser for the tests")
    wanted.add_argument("--deploy", action="store_true", help="also install what the tests of deploy/ need")
    wanted.add_argument("--spark", action="store_true", help="also install Spark and Java, for the tests of it")
    options = wanted.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also runs under the system's own Python
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 setup")
    _environment()
    _build("stylesheet", [str(PYTHON), "frontend/build.py"])
    if options.browser:
        _browser()
    if options.deploy:
        _deploy()
    if options.spark:
        _spark()


def _environment() -> None:
    stamp = ENVIRONMENT / "locked"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        _say("making the environment .venv")
        _create(ENVIRONMENT)
    _say("installing the locked dependencies (the first time takes a minute)")
    _pip(PYTHON, "install", "--quiet", "--require-hashes", "-r", str(LOCK))
    _pip(PYTHON, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    _remove_what_left_the_lock()
    stamp.write_text(wanted)


def _remove_what_left_the_lock() -> None:
    """A package that is no longer locked would still be found, and work (or slow down) what a fresh clone does not."""
    known = LOCK.read_text() + SPARK_LOCK.read_text()
    locked = {_normal(found) for found in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", known, re.MULTILINE)}
    names = "from importlib.metadata import distributions as d; print(*{one.name for one in d()})"
    found = subprocess.run([str(PYTHON), "-c", names], capture_output=True, text=True, check=True).stdout.split()
    left = sorted(name for name in found if _normal(name) not in locked | KEPT)
    if left:
        _pip(PYTHON, "uninstall", "--quiet", "--yes", *left)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _deploy() -> None:
    """Helm, a linter and the schemas of Kubernetes: large, so in an environment of their own that only tests use."""
    stamp, python = DEPLOY / "locked", DEPLOY / "bin" / "python"
    wanted = hashlib.sha256(DEPLOY_LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _say("installing what the tests of deploy/ need")
    if not python.exists():
        _create(DEPLOY)
    _pip(python, "install", "--quiet", "--require-hashes", "-r", str(DEPLOY_LOCK))
    stamp.write_text(wanted)


def _spark() -> None:
    """The extra `spark`, half a gigabyte, and Debian's Java: only who runs its tests, or that engine, needs them."""
    _debian("java", "openjdk-17-jre-headless", "the tests of the Spark engine")
    stamp = ENVIRONMENT / "locked-spark"
    wanted = hashlib.sha256(SPARK_LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _say("installing Spark for its tests (half a gigabyte; about a minute)")
    _pip(PYTHON, "install", "--quiet", "--require-hashes", "-r", str(SPARK_LOCK))
    stamp.write_text(wanted)


def _create(place: Path) -> None:
    """An environment with pip; where the module ensurepip is missing (Debian without python3-venv), one without."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        venv.create(place, symlinks=True, with_pip=False)
    else:
        venv.create(place, symlinks=True, with_pip=True)


def _pip(python: Path, *arguments: str) -> None:
    inside = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    command = [str(python), "-m", "pip"] if inside.returncode == 0 else [*_outside_pip(), "--python", str(python)]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run([*command, *arguments], cwd=ROOT, env=quiet, check=False)
    if done.returncode != 0:
        sys.exit("Installing failed; see the message above. Is a package index reachable (see `pip config list`)?")


def _outside_pip() -> list[str]:
    for command in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    sys.exit("No pip is found. Install python3-venv or python3-pip (Debian: apt-get install python3-venv), then retry.")


def _build(what: str, command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(f"Building the {what} failed; see the message above.")


def _browser() -> None:
    """Debian's chromium for the browser tests: used when found, installed when we are root on such a system."""
    if not any(shutil.which(name) for name in ("chromium-browser", "google-chrome")):
        _debian("chromium", "chromium", "the browser tests")


def _debian(program: str, package: str, why: str) -> None:
    """A program that is no Python package: used when found, installed when we are root on Debian or a child of it."""
    if shutil.which(program):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say(f"installing {package} for {why}")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False, stdout=subprocess.DEVNULL)
        install = ["apt-get", "install", "-y", "-qq", package]
        subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not shutil.which(program):
        _say(f"NO {program.upper()}: it is not found and cannot be installed here; {why} will be skipped")


def _say(text: str) -> None:
    print(f"[setup] {text}", flush=True)


if __name__ == "__main__":
    main()
