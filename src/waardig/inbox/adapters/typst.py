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
from typing import Any

import orjson
import typst
import zxingcpp

from waardig.inbox.core.letter import Letter, letter_data, spaced_code

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "inbox" / "letter.typ"
FONTS = Path(__file__).resolve().parent.parent / "fonts"
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
    """The document: a call of the template with the letter as one string of JSON.

    Not through the inputs of the typesetter: each of those is another world to it, in which it has to do all again.
    A string ends at a quotation mark, and a backslash begins an escape; both are escaped, so a text stays a text.
    """
    written = orjson.dumps(data).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'#import "/%s": sheets\n#show: _ => sheets(json(bytes("%s")))\n' % (TEMPLATE.name.encode(), written)


def code_address(letter: Letter) -> str:
    """What the square code holds: the address to answer at and the code, nothing about a person."""
    code = spaced_code(letter.answer_code or "").replace("\u00a0", "")
    return f"{letter.sender.answer_url.rstrip('/')}/{code}"


def _code_svg(letter: Letter) -> str:
    """The square code (ISO/IEC 18004, level M: readable with 15 % of it lost) without its white border."""
    code = zxingcpp.create_barcode(code_address(letter), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False))


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
