"""Message templates: Markdown with front matter becomes blocks; values become text, never markup.

The grammar stands in the README of this room. Markdown is read before values are filled in, so a value can hold any
character and stays text. Every error names file and line.
Source: CommonMark 0.31 with GFM tables, through markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from waardig.inbox.terms import Language, Only, PlaceholderType, TemplateInvalid, TemplateProblem, Whose

_ATTRIBUTES = re.compile(r"\s*\{#([a-z][a-z0-9-]*)((?:\s+[a-z]+=[a-z]+)*)\}$")
_CONDITION = re.compile(r"\{(?:(if|unless) ([a-z][a-z0-9_]*)|(screen|paper))\}\s*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_SETTINGS = {
    "kind": ("keyinfo", "section", "notice", "deadline", "question", "signature", "data", "card"),
    "only": ("screen", "paper"),
    "whose": ("yours", "ours"),
    "sheet": ("new",),
}
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Piece:
    """A run of template text: literal words, or the name of a placeholder."""

    text: str
    strong: bool
    is_placeholder: bool


@dataclass(frozen=True)
class Line:
    """One line of template text; shown when every flag has the wanted value, on the medium of `only`."""

    pieces: tuple[Piece, ...]
    number: int
    flags: tuple[tuple[str, bool], ...] = ()
    only: str = ""


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A paragraph (one entry), a list (an entry each item) or a table (an entry each cell, rows in `rows`)."""

    kind: str
    entries: tuple[Lines, ...] = ()
    rows: tuple[tuple[Lines, ...], ...] = ()


@dataclass(frozen=True)
class TemplateBlock:
    """One block of a template below a heading of level 2."""

    id: str
    kind: str
    heading: Line
    parts: tuple[Part, ...]
    only: Only = ""
    whose: Whose = "yours"
    new_sheet: bool = False


@dataclass(frozen=True)
class Template:
    """A parsed message template."""

    file: str
    language: Language
    message_type: str
    subject: str
    placeholders: Mapping[str, PlaceholderType]
    titles: tuple[Line, ...]
    lead: Lines
    blocks: tuple[TemplateBlock, ...]

    @property
    def name(self) -> str:
        """Folder and name of the template, "meedoenregeling/proposal"; "" for one that stands in no folder."""
        parts = self.file.split("/")
        return f"{parts[-3]}/{parts[-1].split('.')[0]}" if len(parts) > 2 else ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the blocks in order; both languages must have the same."""
        return ("title", "lead", *(block.id for block in self.blocks))


def parse_template(text: str, file: str) -> Template:
    """Read one template.

    Args:
        text: the file, UTF-8 decoded.
        file: its name, for error messages.

    Raises:
        TemplateInvalid: with file, line and what to change.
    """
    front = _FRONT.match(text)
    if not front:
        raise _wrong(file, 1, "starts without front matter; begin with '---', settings, '---'")
    settings = _front_matter(front[1], file)
    reader = _Reader(file, front[0].count("\n"), settings["placeholders"])
    titles, lead, blocks = reader.read(_MARKDOWN.parse(text[front.end() :]))
    return Template(file=file, titles=titles, lead=lead, blocks=blocks, **settings)


def _front_matter(source: str, file: str) -> dict[str, Any]:
    try:
        given = yaml.safe_load(source) or {}
    except yaml.YAMLError as error:
        raise _wrong(file, 1, f"front matter is not YAML: {error}") from error
    expected = {"language", "message_type", "subject", "placeholders"}
    if not isinstance(given, dict) or set(given) != expected:
        names = ", ".join(sorted(expected))
        raise _wrong(file, 1, f"front matter must have exactly: {names}")
    if given["language"] not in ("nl", "en"):
        raise _wrong(file, 1, f"language is '{given['language']}'; use nl or en")
    subject = str(given["subject"])
    if len(subject) > 50 or "{" in subject:
        raise _wrong(file, 1, "subject must be neutral: at most 50 characters, without placeholders")
    return {**given, "subject": subject, "placeholders": _placeholders(given["placeholders"] or {}, file)}


def _placeholders(given: Mapping[str, str], file: str) -> dict[str, PlaceholderType]:
    try:
        return {name: PlaceholderType(kind) for name, kind in given.items()}
    except ValueError as error:
        types = ", ".join(PlaceholderType)
        raise _wrong(file, 1, f"{error}; a placeholder has one of the types {types}") from error


def _wrong(file: str, line: int, message: str) -> TemplateInvalid:
    return TemplateInvalid(TemplateProblem(file, line, message))


class _Reader:
    """Reads the tokens of one file; `offset` is the number of lines of the front matter."""

    def __init__(self, file: str, offset: int, placeholders: Mapping[str, PlaceholderType]) -> None:
        self.file, self.offset, self.placeholders = file, offset, placeholders

    def number(self, token: Token) -> int:
        """Line of a token in the file, from 1."""
        return self.offset + (token.map[0] if token.map else 0) + 1

    def read(self, tokens: list[Token]) -> tuple[tuple[Line, ...], Lines, tuple[TemplateBlock, ...]]:
        """Titles, lead and blocks."""
        titles: list[Line] = []
        lead: list[Line] = []
        found: list[tuple[Token, list[Part]]] = []
        stream = iter(tokens)
        for token in stream:
            if token.type == "heading_open":
                inline = _take(stream, "heading_close")[0]
                if token.tag == "h1" and not found:
                    titles += self.lines(inline)
                elif token.tag == "h2":
                    found.append((inline, []))
                else:
                    raise _wrong(self.file, self.number(token), "use '# ' for the title first, then '## ' only")
            elif found:
                found[-1][1].append(self.part(token, stream))
            else:
                lead += self.part(token, stream).entries[0]
        if not titles or not lead:
            raise _wrong(self.file, self.offset + 1, "a message needs a title ('# ') and a first line under it")
        return tuple(titles), tuple(lead), self.blocks(found)

    def blocks(self, found: list[tuple[Token, list[Part]]]) -> tuple[TemplateBlock, ...]:
        """The blocks; ids are unique."""
        made: dict[str, TemplateBlock] = {}
        for inline, parts in found:
            block = self.block(inline, tuple(parts))
            if block.id in made or block.id in ("title", "lead"):
                raise _wrong(self.file, self.number(inline), f"block id '{block.id}' is used twice")
            made[block.id] = block
        return tuple(made.values())

    def block(self, inline: Token, parts: tuple[Part, ...]) -> TemplateBlock:
        """One block from its heading `## Words {#id kind=... only=...}`."""
        line = self.number(inline)
        match = _ATTRIBUTES.search(inline.content)
        if not match:
            raise _wrong(self.file, line, "a heading needs an id at its end: '## Words {#id}'")
        settings = dict(pair.split("=") for pair in match[2].split())
        for name, value in settings.items():
            if value not in _SETTINGS.get(name, ()):
                known = "; ".join(f"{key}={'|'.join(values)}" for key, values in _SETTINGS.items())
                raise _wrong(self.file, line, f"'{name}={value}' is not known; use {known}")
        heading = self.line(inline.content[: match.start()], line)
        return TemplateBlock(
            id=match[1],
            kind=settings.get("kind", "section"),
            heading=heading,
            parts=parts,
            only=cast("Only", settings.get("only", "")),
            whose=cast("Whose", settings.get("whose", "yours")),
            new_sheet="sheet" in settings,
        )

    def part(self, token: Token, stream: Iterator[Token]) -> Part:
        """A paragraph, list or table that starts at `token`."""
        if token.type == "paragraph_open":
            return Part("paragraph", (self.lines(_take(stream, "paragraph_close")[0]),))
        if token.type == "bullet_list_open":
            inner = _take(stream, "bullet_list_close")
            for wrong in inner:
                if wrong.type in ("bullet_list_open", "ordered_list_open", "fence"):
                    raise _wrong(self.file, self.number(wrong), "a list holds plain items only")
            return Part("list", tuple(self.lines(one) for one in inner if one.type == "inline"))
        if token.type == "table_open":
            return Part("table", rows=self.rows(_take(stream, "table_close")))
        name = token.type.removesuffix("_open")
        raise _wrong(self.file, self.number(token), f"'{name}' is not allowed; use paragraphs, lists and tables")

    def rows(self, tokens: list[Token]) -> tuple[tuple[Lines, ...], ...]:
        """Cells of a table row by row, the heading row first."""
        rows: list[list[Lines]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                line = self.number(token)
            elif token.type == "inline":
                rows[-1].append((self.line(token.content, line),))
        return tuple(tuple(row) for row in rows)

    def lines(self, token: Token) -> Lines:
        """The lines of an inline token."""
        start = self.number(token)
        return tuple(self.line(text, start + index) for index, text in enumerate(token.content.split("\n")))

    def line(self, source: str, number: int) -> Line:
        """One line: its conditions, then its pieces."""
        flags: list[tuple[str, bool]] = []
        only = ""
        while match := _CONDITION.match(source):
            if match[3]:
                only = match[3]
            elif self.placeholders.get(match[2]) is not PlaceholderType.FLAG:
                raise _wrong(self.file, number, f"unknown flag '{match[2]}'; declare '{match[2]}: flag'")
            else:
                flags.append((match[2], match[1] == "if"))
            source = source[match.end() :]
        return Line(tuple(self.pieces(source, number)), number, tuple(flags), only)

    def pieces(self, source: str, number: int) -> Iterator[Piece]:
        """Words and placeholders of a line; only **bold** marks are allowed."""
        strong = False
        for token in _MARKDOWN.parseInline(source)[0].children or []:
            if token.type in ("strong_open", "strong_close"):
                strong = token.type == "strong_open"
            elif token.type in ("text", "text_special"):
                yield from self.split(token.content, strong, number)
            else:
                name = token.type.removesuffix("_open")
                raise _wrong(self.file, number, f"'{name}' is not allowed; use words, **bold** and {{names}}")

    def split(self, text: str, strong: bool, number: int) -> Iterator[Piece]:
        """Literal words and placeholders of one run of text."""
        at = 0
        for match in _PLACEHOLDER.finditer(text):
            if match[1] not in self.placeholders:
                known = ", ".join(sorted(self.placeholders)) or "none"
                raise _wrong(
                    self.file, number, f"unknown placeholder {{{match[1]}}}; the front matter declares: {known}"
                )
            if text[at : match.start()]:
                yield Piece(text[at : match.start()], strong, False)
            yield Piece(match[1], strong, True)
            at = match.end()
        if text[at:]:
            yield Piece(text[at:], strong, False)


def _take(stream: Iterator[Token], until: str) -> list[Token]:
    """Tokens up to the closing one."""
    taken: list[Token] = []
    for token in stream:
        if token.type == until:
            return taken
        taken.append(token)
    raise AssertionError(f"markdown-it gave no {until}")
