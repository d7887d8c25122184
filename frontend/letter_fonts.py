"""Builds the fonts of letters from the variable font: one file for each weight that a letter uses.

A letter that is set in a variable font has each of its letters drawn again for its weight, for every letter that is
printed; with a file for each weight the drawing is copied. A space that keeps words together has a sign of its own:
while two spaces shared one, the typesetter wrote beside each space of a heading which one it was. The family has a name
of its own, because the licence of Source Sans 3 (SIL Open Font License 1.1, reserved name "Source") asks that of
whoever changes a file.
"""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "src" / "waardig" / "inbox" / "fonts"
PACKAGE = "fontpkg_source_sans_3"
FAMILY = "Waardig Sans"
WEIGHTS = {"Regular": 400, "Bold": 700}
NO_BREAK_SPACE = 0xA0
FAMILY_NAME, STYLE, UNIQUE, FULL, POSTSCRIPT, TRADEMARK, TYPOGRAPHIC = 1, 2, 3, 4, 6, 7, (16, 17, 21, 22, 25)


def build(*, force: bool = False) -> bool:
    """Builds the files when they are not there or belong to other sources. Returns whether it did."""
    folder = _package()
    source = folder / "files" / "SourceSans3[wght].ttf"
    stamp = OUT / "sources"
    wanted = hashlib.sha256(
        source.read_bytes() + Path(__file__).read_bytes() + version("fonttools").encode()
    ).hexdigest()
    if not force and stamp.exists() and stamp.read_text() == wanted:
        return False
    OUT.mkdir(exist_ok=True)
    for style, weight in WEIGHTS.items():
        _write(source, style, weight)
    shutil.copyfile(folder / "LICENSE", OUT / "LICENSE")
    stamp.write_text(wanted)
    return True


def _package() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {PACKAGE} is not installed. Run: make setup")
    return Path(spec.origin).parent


def _write(source: Path, style: str, weight: int) -> None:
    """One weight as a file of its own; the same source gives the same bytes."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
    _own_sign(font, NO_BREAK_SPACE)
    names = font["name"]
    for number in (TRADEMARK, *TYPOGRAPHIC):
        names.removeNames(nameID=number)
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    said = {FAMILY_NAME: FAMILY, STYLE: style, UNIQUE: postscript, FULL: f"{FAMILY} {style}", POSTSCRIPT: postscript}
    for number, text in said.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = weight >= 700
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b1100000 | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = int(bold)
    font.save(OUT / f"{postscript}.ttf")


def _own_sign(font: TTFont, code: int) -> None:
    """A character that shares its sign with another one gets a copy of that sign, as wide and without lines."""
    tables = [table for table in font["cmap"].tables if code in table.cmap]
    name = f"uni{code:04X}"
    (shared,) = {table.cmap[code] for table in tables}
    font["glyf"][name], font["hmtx"][name] = font["glyf"][shared], font["hmtx"][shared]
    for table in tables:
        table.cmap[code] = name
