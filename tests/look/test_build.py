"""The build of the stylesheet: pruned, without addresses elsewhere, only logical directions in our own layout."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "frontend"))
import build  # noqa: E402

OWN = [*sorted((ROOT / "frontend" / "layout").glob("*.css")), *sorted((ROOT / "frontend" / "tokens").glob("*.css"))]
built = pytest.mark.skipif(
    not (build.OUT / "manifest.json").exists(), reason="the stylesheet was not built: run make setup"
)


def test_pruning_keeps_a_used_token_and_what_it_leans_on() -> None:
    theme = ".t {\n  --a: var(--b);\n  --b: 1px;\n  --c: 2px;\n}\n"

    assert build.prune(theme, ".x { color: var(--a) }") == ".voorbeeld-theme {\n  --a: var(--b);\n  --b: 1px;\n}\n"


def test_squeezing_takes_comments_away_and_nothing_else() -> None:
    assert build.squeeze("/* x */\n.a {\n  color: red;\n}\n") == ".a {\ncolor: red;\n}\n"


def test_the_lock_holds_hashes_and_no_address_of_a_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["devDependencies"]

    assert {name.removeprefix("node_modules/") for name in packages} >= set(wanted)
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert all("resolved" not in entry for entry in packages.values())
    assert {entry["license"] for entry in packages.values()} <= {"EUPL-1.2", "OFL-1.1"}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own_rules_use_logical_directions_only(path: Path) -> None:
    physical = (
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|top|bottom|width|height)\s*:"
    )
    rules = re.sub(r"@media[^{]*", "", path.read_text(encoding="utf-8"))

    assert re.findall(physical, rules) == []


def test_no_text_is_smaller_than_sixteen_pixels() -> None:
    sizes = [
        float(size) for path in OWN for size in re.findall(r"font-size: ([\d.]+)rem", path.read_text(encoding="utf-8"))
    ]

    assert sizes
    assert min(sizes) >= 1


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "paper", 7),
        ("soft", "paper", 4.5),
        ("soft", "white", 4.5),
        ("river", "paper", 7),
        ("white", "river", 7),
        ("reed-text", "reed-tint", 7),
        ("leaf", "leaf-tint", 4.5),
        ("brick", "brick-tint", 4.5),
        ("control", "white", 3),
        ("control", "paper", 3),
        ("reed", "white", 3),
        ("focus-line", "focus-fill", 7),
        ("river", "paper-deep", 4.5),
    ],
)
def test_colours_have_enough_contrast(ink: str, paper: str, least: float) -> None:
    text = (ROOT / "frontend" / "tokens" / "rietwaarden.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--w-([\w-]+): (#[0-9a-f]{6});", text))

    assert contrast(colours[ink], colours[paper]) >= least


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@built
def test_the_built_stylesheet_asks_nothing_of_other_hosts_and_names_its_licences() -> None:
    files = json.loads((build.OUT / "manifest.json").read_text(encoding="utf-8"))["files"]
    css = (build.OUT / files["css"]).read_text(encoding="utf-8")

    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", css) == []
    assert set(re.findall(r'url\("([^"]+woff2)"\)', css)) == {files["latin"], files["latin-ext"]}
    assert all((build.OUT / name).exists() for name in files.values())
    assert "@utrecht/button-css 4.0.1 (EUPL-1.2)" in (build.OUT / "NOTICE").read_text(encoding="utf-8")


@built
def test_every_class_in_the_templates_has_a_rule() -> None:
    files = json.loads((build.OUT / "manifest.json").read_text(encoding="utf-8"))["files"]
    css = (build.OUT / files["css"]).read_text(encoding="utf-8")
    rooms = [ROOT / "src" / "waardig" / room for room in ("look", "screens", "faces")]
    used = {
        name
        for room in rooms
        for path in room.rglob("*.html")
        for value in re.findall(r'class="([^"{]+)"', path.read_text(encoding="utf-8"))
        for name in value.split()
    }

    plain = {"w-skip", "w-form", "w-read", "w-pre"}
    own = {name for name in used if name.startswith("w-session")}  # identity sends these rules with the page
    assert {name for name in used - plain - own if f".{name}" not in css} == set()
