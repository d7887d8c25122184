"""What imports cannot show: sizes, ways around the doors, places and numbers that do not belong in a repository."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.architecture.sources import PACKAGE, ROOT, lines, name, own_files, with_suffix
from waardig.kernel.bsn import is_bsn

LONGEST, LONGEST_FUNCTION = 400, 40
WRITTEN_BY_TOOLS = {"LICENSE", "package-lock.json"}
LONG_BY_NATURE = {
    "src/waardig/look/locale/": "translations",
    "src/waardig/library/laws/": "literal law",
    "src/waardig/demo/content/": "content",
    "docs/reference/": "generated",
    "docs/how-to/new-municipality.md": "holds the whole files of a municipality, which a test plays",
}
CURSORS = {
    "kernel": "many new rows of one table by COPY, for the rooms above it",
    "accountability": "one publication and one question at a time",
    "access": "the gate and policy tables",
    "values": "policy tables and suspension",
    "catalogue": "policy tables",
    "registers": "publishing declarations as the owner",
    "logbook": "the one caller of gate functions",
    "outbox": "claims with SKIP LOCKED",
    "cases": "a lock per person while a correction is opened",
    "feedback": "one reaction at a time",
    "payments": "a lock per case while its order is made",
    "mandates": "a lock per person while a ruling is registered",
    "inbox": "bulk writes and the lock on a delivery",
    "proposals": "outcomes of many people in one statement",
    "shell": "roles and rights",
}
DYNAMIC = {
    "src/waardig/shell/cli.py": "loads a command when it is asked for",
    "src/waardig/shell/postgres.py": "finds the wheel without importing its manager",
    "src/waardig/shell/urls.py": "mounts the faces that are there",
    "src/waardig/law/adapters/spark.py": "an optional dependency",
}
PERSONAS = ("src/waardig/demo/personas.py", "src/waardig/demo/numbers.py")
PUBLISHED_NUMBERS = {
    "999993653": "the example of the kernel's doctest, of the official test set",
}


def test_no_file_of_ours_is_longer_than_400_lines() -> None:
    too_long = {
        name(path): count
        for path in with_suffix(".py", ".html", ".sql", ".css", ".md", ".feature", ".typ", ".js")
        if not name(path).startswith(tuple(LONG_BY_NATURE))
        and path.name not in WRITTEN_BY_TOOLS
        and not name(path).startswith("tests/")
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert too_long == {}, "make it a folder of the same name"


def test_no_function_of_ours_is_longer_than_40_lines() -> None:
    too_long = {
        f"{name(path)} {one.name}": length
        for path in with_suffix(".py", under=PACKAGE)
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (one.end_lineno or one.lineno) - one.lineno + 1) > LONGEST_FUNCTION
    }

    assert too_long == {}, "split it by meaning: a part that has a name of its own"


def test_no_python_file_of_the_tests_is_longer_than_it_can_be_read() -> None:
    too_long = [name(p) for p in with_suffix(".py", under=ROOT / "tests") if len(p.read_text().splitlines()) > 550]

    assert too_long == []


def test_only_the_named_places_import_by_name() -> None:
    found = {
        place
        for place, _, line in lines(with_suffix(".py", under=PACKAGE))
        if re.search(r"\b(importlib|import_module|__import__|get_model)\b", line)
    }

    assert found - set(DYNAMIC) == set(), "a static import keeps the floors visible"
    assert set(DYNAMIC) - found == set(), "take it from the list: it is not needed any more"


def test_only_the_named_rooms_write_sql_and_only_through_a_cursor_of_their_own() -> None:
    found = {
        place.split("/")[2]
        for place, _, line in lines(with_suffix(".py", under=PACKAGE))
        if re.search(r"\.cursor\(\)|\.raw\(|RawSQL", line) and "/migrations/" not in place
    }

    assert found - set(CURSORS) == set(), "reach the other room through its door"
    assert set(CURSORS) - found == set(), "take it from the list: it is not needed any more"


def test_python_names_the_closed_schemas_only_where_the_gate_is_called() -> None:
    """`reg`, `log` and `vault` are closed to the application; SQL text that names their tables could never run."""
    wrong = [
        f"{place}:{number}"
        for place, number, line in lines(with_suffix(".py", under=PACKAGE))
        if re.search(r"(FROM|INTO|UPDATE|JOIN)\s+(reg|log|vault)\.\w+", line) and "/migrations/" not in place
    ]

    assert wrong == []


def test_templates_include_only_partials_of_their_own_room_or_of_a_floor_below() -> None:
    allowed = {
        "look": {"look"}, "inbox": {"look", "inbox"}, "screens": {"look", "inbox", "screens"},
        "faces": {"look", "inbox", "screens", "portal", "desk", "public"},
    }  # fmt: skip
    wrong = []
    for place, number, line in lines(with_suffix(".html", under=PACKAGE)):
        room = place.split("/")[2]
        for target in re.findall(r"{% (?:include|extends) \"([\w/.-]+)\"", line):
            if "/" in target and target.split("/")[0] not in allowed[room]:
                wrong.append(f"{place}:{number}: {target}")

    assert wrong == []


def test_a_face_takes_nothing_from_the_templates_of_another_face() -> None:
    wrong = []
    for place, number, line in lines(with_suffix(".html", under=PACKAGE / "faces")):
        face = place.split("/")[3]
        others = {"portal", "desk", "public"} - {face}
        wrong += [
            f"{place}:{number}: {target}"
            for target in re.findall(r"{% (?:include|extends) \"([\w/.-]+)\"", line)
            if target.split("/")[0] in others
        ]

    assert wrong == []


def test_a_page_needs_no_script_and_asks_no_other_host() -> None:
    wrong = [
        f"{place}:{number}"
        for place, number, line in lines(with_suffix(".html", under=PACKAGE))
        if re.search(r"<script(?![^>]*\bsrc=)|\son\w+=\"|\sstyle=\"|(?:src|srcset|action)=\"(?:https?:)?//", line)
    ]

    assert wrong == []


PLACES = re.compile(r"/(?:work|root|home/\w+|Users)/|/tmp/(?!\.)\w")
HOSTS = re.compile(r"pythonhosted\.org|pypi\.org/(?:simple|packages)|registry\.npmjs\.org|registry\.yarnpkg", re.I)


def test_no_file_knows_a_place_on_somebodys_machine_or_the_address_of_a_registry() -> None:
    own = "tests/architecture/test_files.py"
    wrong = [
        f"{place}:{number}: {line.strip()[:80]}"
        for place, number, line in lines(own_files())
        if place != own and (PLACES.search(line) or HOSTS.search(line))
    ]

    assert wrong == []


def test_there_is_nothing_left_to_do_without_a_number() -> None:
    own = "tests/architecture/test_files.py"
    wrong = [
        f"{place}:{number}"
        for place, number, line in lines(with_suffix(".py", ".html", ".sql", ".css", ".md", ".yaml", ".toml"))
        if place != own and re.search(r"\b(TODO|FIXME|HACK)\b", line)
    ]

    assert wrong == [], "do it, or write it down as an issue"


def test_no_citizen_service_number_stands_outside_builders_personas_and_published_test_numbers() -> None:
    """Nine digits that pass the eleven-test look like somebody; the demo's people are in one file."""
    found: Counter[str] = Counter()
    for place, _, line in lines(with_suffix(".py", ".html", ".sql", ".md", ".yaml", ".json", ".po")):
        if place in PERSONAS or place.startswith(("tests/", "docs/reference/")) or "package-lock" in place:
            continue
        for digits in re.findall(r"(?<![\w.])\d{9}(?![\w.])", line):
            if is_bsn(digits) and digits not in PUBLISHED_NUMBERS:
                found[f"{place}: {digits}"] += 1

    assert found == {}


def test_tests_use_only_fictional_numbers() -> None:
    """Numbers that begin with 99 (the official test range), 98 or 00 (our generators); never one of a real person."""
    wrong = {
        f"{place}:{number}"
        for place, number, line in lines(with_suffix(".py", ".yaml", ".feature", under=ROOT / "tests"))
        for digits in re.findall(r"(?<![\w.])\d{9}(?![\w.])", line)
        if is_bsn(digits) and not digits.startswith(("99", "98", "00", "11122233", "12345678"))
    }

    assert wrong == set()


@pytest.mark.parametrize(
    "text", ["TODO" + ": x", "/" + "work/main", "/" + "tmp/plan", "https://registry." + "npmjs.org/a"]
)
def test_the_patterns_find_what_they_look_for(text: str) -> None:
    assert PLACES.search(text) or HOSTS.search(text) or re.search(r"\b(TODO|FIXME|HACK)\b", text)


def test_the_zone_of_the_netherlands_stands_in_one_place() -> None:
    """SQL names it itself: a function of the database cannot read our constant."""
    named = {name(path) for path in with_suffix(".py", under=PACKAGE) if "Europe/Amsterdam" in path.read_text()}

    assert named == {"src/waardig/kernel/days.py"}
