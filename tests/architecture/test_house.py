"""HOUSE.md says what is built: its floors are those of the contracts, its rooms and commands those of the code."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from tests.architecture.sources import PACKAGE, ROOMS, ROOT, name

HOUSE = (ROOT / "HOUSE.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ROOM_FILES = {
    "README.md", "__init__.py", "terms", "core", "models", "queries", "actions", "adapters", "jobs", "cli", "apps",
    "urls", "forms", "admin", "sql", "schema", "templates", "templatetags", "static", "fonts", "locale",
    "migrations",
}  # fmt: skip
FREE_ROOMS = {
    "kernel": "one file a word",
    "look": "one file a part of the look; it has no doors, only tags, templates and words",
    "demo": "one file a part of the town",
    "screens": "one file a page",
    "faces": "a face is a folder with urls, views and templates",
    "shell": "one file a task",
}


def block(kind: str) -> list[str]:
    """The lines of a fenced block of HOUSE.md."""
    found = re.search(rf"```{kind}\n(.*?)```", HOUSE, re.DOTALL)
    assert found, f"HOUSE.md has no block {kind}"
    return [line for line in found[1].splitlines() if line.strip()]


def layers(texts: list[str]) -> list[frozenset[str]]:
    """The rooms of each floor; `|` separates strangers, `:` neighbours that may use each other."""
    return [frozenset(re.split(r"\s*[|:]\s*", text.strip())) for text in texts]


def contract(identity: str) -> dict[str, object]:
    return next(one for one in CONTRACTS if one["id"] == identity)


def test_the_floors_on_the_map_are_the_floors_of_the_contract() -> None:
    floors = contract("floors")

    assert layers(block("floors")) == layers(floors["layers"])  # type: ignore[arg-type]
    assert floors["exhaustive"] is True


def test_every_room_of_the_code_stands_on_the_map_and_in_the_list_and_no_other() -> None:
    listed = set(re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \|$", HOUSE, re.MULTILINE)) - {"room"}

    assert frozenset().union(*layers(block("floors"))) - {"__main__"} == set(ROOMS)
    assert listed == set(ROOMS)


def test_no_contract_has_an_ignore_list() -> None:
    assert {one["id"] for one in CONTRACTS} == {"floors", "faces", "doors", "pure"}
    for one in CONTRACTS:
        assert not {key for key in one if key.startswith(("ignore", "unmatched"))}, one["id"]


def test_the_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_commands_on_the_map_are_the_commands_of_the_code() -> None:
    from waardig.shell.cli import COMMANDS

    assert block("commands") == [f"waardig {command}" for command in COMMANDS]


def test_the_ports_on_the_map_are_the_ports_of_the_code() -> None:
    declared = {
        found
        for path in PACKAGE.rglob("*.py")
        if "terms" in path.relative_to(PACKAGE).as_posix()
        for found in re.findall(r"Port\[(?:\w+)\] = Port\(\"([\w.]+)\"\)", path.read_text(encoding="utf-8"))
    }

    assert declared, "no port is found: the way of declaring one has changed"
    assert set(re.findall(r"`((?:identity|mandates|values)\.[A-Z]\w+)`", HOUSE)) == declared


def test_the_files_of_a_room_bear_the_names_that_the_house_allows() -> None:
    said = {line.split()[0].removesuffix(".py") for line in block("files")} | {"__init__.py"}
    assert said == ROOM_FILES

    wrong = [
        name(path)
        for room in ROOMS
        if room not in FREE_ROOMS
        for path in sorted((PACKAGE / room).iterdir())
        if path.name.removesuffix(".py") not in ROOM_FILES and path.name not in {*ROOM_FILES, "__pycache__"}
    ]

    assert wrong == [], "use a name of HOUSE.md, or make it a folder of one (core/, actions/, adapters/)"


def test_nothing_bears_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "services", "manager", "managers", "base_classes"}
    wrong = [name(path) for path in PACKAGE.rglob("*.py") if path.stem in empty and "faces" not in path.parts]

    assert wrong == []


def test_every_room_explains_itself_on_one_page() -> None:
    for room in ROOMS:
        page = PACKAGE / room / "README.md"
        assert page.exists(), f"{room} has no README.md"
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {room}"), room
        assert "Promise" in text, f"{room}: say what it promises"
        assert len(text.splitlines()) <= 120, f"{room}: one page"


def test_every_package_is_a_room_and_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
        and "migrations" not in path.parts
        and not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]

    assert silent == [], "a module opens with a docstring: what it promises, its invariant, its source"
