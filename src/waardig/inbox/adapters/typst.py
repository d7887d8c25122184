"""Letters as PDF/UA-1 through Typst: blocks go in as data, so no text can become markup.

Fonts are built by `frontend/letter_fonts.py`, never taken from the machine, so that every machine prints the same
bytes; the serif of the typst wheel stands in for glyphs that they lack.
Source: ISO 14289-1 (PDF/UA-1); Typst 0.15 `pdf_standards="ua-1"`.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

import orjson
import typst
import zxingcpp

from waardig.inbox.core.letter import Letter, letter_data, spaced_code

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "inbox" / "letter.typ"
FONTS = Path(__file__).resolve().parent.parent / "fonts"
_NOT_LITERAL = tuple((sign.encode(), b"\\u%04x" % ord(sign)) for sign in "`\u0085\u2028\u2029")
_one_at_a_time = threading.Lock()


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF/UA-1, A4; the same letter gives the same bytes.

    Raises:
        typst.TypstError: the template itself is broken; content cannot cause it.
    """
    data = letter_data(letter, code_svg=_code_svg(letter) if letter.answer_code else "")
    with _one_at_a_time:  # one compiler keeps its caches; it is not made for several threads
        made = _compiler().compile(
            _call(data),
            format="pdf",
            pdf_standards="ua-1",
            timestamp=datetime.combine(letter.on, time(), tzinfo=UTC),
        )
    assert isinstance(made, bytes)
    return made


def _call(data: dict[str, Any]) -> bytes:
    """The document: a call of the template with the letter as JSON, between two marks of a literal text.

    Not through the inputs of the typesetter: each of those is another world to it, in which it has to do all again.
    Nothing in a literal text has a meaning, but a mark would end it and some characters end a line of it; in JSON those
    can only stand in a string, where each may be written as a number.
    """
    written = orjson.dumps(data)
    for character, number in _NOT_LITERAL:
        written = written.replace(character, number)
    return b'#import "/%s": sheets\n#sheets(json(bytes(`%s`.text)))\n' % (TEMPLATE.name.encode(), written)


def code_address(letter: Letter) -> str:
    """What the square code holds: the address to answer at and the code, nothing about a person."""
    code = spaced_code(letter.answer_code or "").replace("\u00a0", "")
    return f"{letter.sender.answer_url.rstrip('/')}/{code}"


def _code_svg(letter: Letter) -> str:
    """The square code (ISO/IEC 18004, level M: readable with 15 % of it lost) without its white border.

    One path, row by row: a run of dark squares is drawn as a rectangle, a run of light ones is a move. A run of more
    than eight is drawn as several.
    """
    code = zxingcpp.create_barcode(code_address(letter), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    squares = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    height, width = squares.shape
    rows = bytes(cast("bytes", squares))  # a buffer, which its types do not say
    path = b"\n".join(rows[at : at + width] for at in range(0, height * width, width))
    for run in range(8, 0, -1):
        path = path.replace(b"\x00" * run, b"h%dv1h-%dzm%d 0" % (run, run, run)).replace(b"\xff" * run, b"m%d 0" % run)
    drawn = path.replace(b"\n", b"m-%d 1" % width).decode()
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0{drawn}"/></svg>'


@cache
def _compiler() -> typst.Compiler:
    """The one typesetter of this process.

    Raises:
        FileNotFoundError: the fonts were not built.
    """
    if not any(FONTS.glob("*.ttf")):
        raise FileNotFoundError(f"No fonts in {FONTS}. Build them: make setup (frontend/build.py)")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
    return typst.Compiler(b"", root=str(TEMPLATE.parent), font_paths=fonts)
