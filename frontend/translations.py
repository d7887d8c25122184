"""Collects the Dutch source strings of templates and Python and keeps the English translations complete.

`python frontend/translations.py update` rewrites the .po file of the look from the sources (translations stay,
unused ones go); `compile` makes .mo files (git-ignored). Babel does the reading of Python and the writing; Django's
own lexer reads templates.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "waardig"
CATALOGUE = PACKAGE / "look" / "locale" / "en" / "LC_MESSAGES" / "django.po"
ROOMS = ("look", "screens", "faces")
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2)}
WRITTEN = datetime(2025, 5, 12, tzinfo=UTC)
Key = str | tuple[str, str]

_TAG = re.compile(r"{%\s*(.*?)\s*%}|{{\s*(.*?)\s*}}", re.DOTALL)
_STRING = re.compile(r"""^(?:translate|trans)\s+(["'])(.*?)\1""", re.DOTALL)


def template_messages(source: str) -> Iterator[Key]:
    """The messages of a Django template: `translate` strings and `blocktranslate` blocks (with plural).

    Example:
        >>> list(template_messages('{% translate "Geld" %}{% blocktranslate %}Bel {{ phone }}.{% endblocktranslate %}'))
        ['Geld', 'Bel %(phone)s.']
    """
    parts: list[str] | None = None
    singular: str | None = None
    end = trimmed = 0
    for found in _TAG.finditer(source):
        tag, variable = found[1], found[2]
        if parts is not None:
            parts.append(source[end : found.start()].replace("%", "%%"))
        end = found.end()
        if parts is None and tag is not None:
            if match := _STRING.match(tag):
                yield match[2].replace("%", "%%")
            if tag.startswith("blocktranslate"):
                parts, singular, trimmed = [], None, " trimmed" in tag
        elif parts is not None and variable is not None:
            parts.append(f"%({variable})s")
        elif parts is not None and tag == "plural":
            singular, parts = _text(parts, trimmed), []
        elif parts is not None and tag is not None and tag.startswith("endblocktranslate"):
            text, parts = _text(parts, trimmed), None
            yield text if singular is None else (singular, text)


def _text(parts: list[str], trimmed: int) -> str:
    text = "".join(parts)
    return " ".join(line.strip() for line in text.strip().splitlines()) if trimmed else text


def messages() -> dict[Key, set[str]]:
    """Every message with the files it stands in."""
    found: dict[Key, set[str]] = {}
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*")):
            if path.suffix in (".html", ".svg"):
                keys: list[Key] = list(template_messages(path.read_text(encoding="utf-8")))
            elif path.suffix == ".py":
                extracted = extract_from_file("python", str(path), keywords=KEYWORDS)
                keys = [key if isinstance(key, str) else (key[0], key[1]) for _, key, _, _ in extracted]
            else:
                continue
            for key in keys:
                found.setdefault(key, set()).add(str(path.relative_to(PACKAGE)))
    return found


def empty_catalogue() -> Catalog:
    """A catalogue whose header never changes by itself, so that a file without new words stays the same file."""
    header = "# English translations of the screens of Waardig. Licence: EUPL-1.2."
    made = Catalog(
        locale="en",
        project="waardig",
        version="1",
        charset="utf-8",
        header_comment=header,
        fuzzy=False,
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        last_translator="Waardig",
        language_team="en",
    )
    made.msgid_bugs_address = ""
    return made


def catalogue() -> Catalog:
    """The English catalogue as it stands."""
    if not CATALOGUE.exists():
        return empty_catalogue()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def missing() -> list[Key]:
    """Messages without an English translation."""
    known = catalogue()
    return [key for key in messages() if not _translated(known, key)]


def _translated(known: Catalog, key: Key) -> bool:
    entry = known.get(key if isinstance(key, str) else key[0])
    text = entry.string if entry else ""
    return all(text) if isinstance(text, tuple | list) else bool(text)


def update() -> int:
    """Write the catalogue anew: exactly today's messages, translations kept. Returns how many lack a translation."""
    known, new = catalogue(), empty_catalogue()
    for key, files in sorted(messages().items(), key=str):
        entry = known.get(key if isinstance(key, str) else key[0])
        new.add(key, entry.string if entry else None, locations=[(name, 0) for name in sorted(files)])
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, width=120, include_lineno=False, sort_output=True, omit_header=False)
    return len(missing())


def compile_all() -> int:
    """Make a .mo of every .po whose source is newer. Returns how many were made."""
    made = 0
    for source in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file, target.open("wb") as out:
            write_mo(out, read_po(file))
        made += 1
    return made


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        print(f"{update()} messages without translation")
    elif sys.argv[1:] == ["compile"]:
        print(f"{compile_all()} compiled")
    else:
        raise SystemExit("usage: python frontend/translations.py update|compile")
