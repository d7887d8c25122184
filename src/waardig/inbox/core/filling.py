"""Filling a template: typed values become words of the language of the template.

Invariant: a value is only ever text; a missing or wrongly typed value is an error with file and line, never a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from waardig.inbox import terms
from waardig.inbox.core.reuse import Reuse
from waardig.inbox.core.template import Line, Lines, Part, Piece, Template, TemplateBlock
from waardig.inbox.terms import (
    Block,
    DataRow,
    Filled,
    Item,
    Paragraph,
    PlaceholderType,
    Span,
    SpanKind,
    TemplateInvalid,
    TemplateProblem,
    Text,
)
from waardig.kernel.days import date_text
from waardig.kernel.money import euros

_NO_BREAK = "\u00a0"
_PYTHON: Mapping[PlaceholderType, tuple[type, ...]] = {
    PlaceholderType.MONEY: (int,),
    PlaceholderType.NUMBER: (int,),
    PlaceholderType.DATE: (date,),
    PlaceholderType.DAY: (date,),
    PlaceholderType.FLAG: (bool,),
    PlaceholderType.LIST: (list, tuple),
    PlaceholderType.ROWS: (list, tuple),
}


def date_words(day: date, language: str, *, with_weekday: bool = False) -> str:
    """A date as people write it, day and month never split over lines.

    Example:
        >>> date_words(date(2025, 5, 23), "nl", with_weekday=True).replace(chr(160), " ")
        'vrijdag 23 mei 2025'
    """
    return date_text(day, language, weekday=with_weekday).replace(f"{day.day} ", f"{day.day}{_NO_BREAK}", 1)


def money_span(eurocent: int, language: str, *, strong: bool = False) -> Span:
    """An amount in eurocent (0 or more) as a span."""
    return Span(euros(eurocent, language), strong, "money", f"{eurocent // 100}.{eurocent % 100:02d}")


def date_span(day: date, language: str, *, strong: bool = False, with_weekday: bool = False) -> Span:
    """A date as a span."""
    return Span(date_words(day, language, with_weekday=with_weekday), strong, "date", day.isoformat())


def fill(template: Template, values: Mapping[str, Any], reuse: Reuse | None = None) -> Filled:
    """Fill a template.

    Args:
        values: by placeholder name, in the Python type of `PlaceholderType`; other names are ignored, so that one
            set of values serves both languages and several templates.
        reuse: blocks filled before in this batch; the result is the same with and without.

    Raises:
        TemplateInvalid: a value is missing or has the wrong type, or not exactly one title remains.
    """
    filler, known = _Filler(template, values), reuse or Reuse()
    titles = [filler.text(line) for line in template.titles if filler.holds(line)]
    if len(titles) != 1:
        raise filler.wrong(template.titles[0].number, f"{len(titles)} titles remain; conditions must leave one")
    blocks: list[Block] = [terms.Title("title", titles[0]), terms.Lead("lead", filler.joined(template.lead))]
    blocks += [
        known.block(template, block, values, partial(filler.block, block))
        for block in template.blocks
        if filler.holds(block.heading)
    ]
    return Filled(template.subject, template.message_type, template.language, tuple(blocks), template.name)


class _Filler:
    """Fills the lines of one template with one set of values."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self.template, self.values, self.language = template, values, template.language

    def wrong(self, line: int, message: str) -> TemplateInvalid:
        return TemplateInvalid(TemplateProblem(self.template.file, line, message))

    def value(self, name: str, line: int) -> Any:
        """The value of a placeholder, checked against its type."""
        kind = self.template.placeholders[name]
        if name not in self.values or self.values[name] is None:
            raise self.wrong(line, f"no value was given for {{{name}}} ({kind})")
        value = self.values[name]
        expected = _PYTHON.get(kind, (str,))
        is_bool_for_number = isinstance(value, bool) and bool not in expected
        if not isinstance(value, expected) or is_bool_for_number:
            raise self.wrong(line, f"{{{name}}} is a {type(value).__name__}; {kind} needs {expected[0].__name__}")
        return value

    def holds(self, line: Line) -> bool:
        """Whether the conditions of a line hold."""
        return all(self.value(flag, line.number) is wanted for flag, wanted in line.flags)

    # -- text ------------------------------------------------------------------------------------------------------
    def text(self, line: Line) -> Text:
        """The words of one line."""
        return tuple(self.span(piece, line.number) for piece in line.pieces)

    def span(self, piece: Piece, line: int) -> Span:
        if not piece.is_placeholder:
            return Span(piece.text, piece.strong)
        kind = self.template.placeholders[piece.text]
        value = self.value(piece.text, line)
        if kind is PlaceholderType.MONEY:
            return money_span(value, self.language, strong=piece.strong)
        if kind in (PlaceholderType.DATE, PlaceholderType.DAY):
            weekday = kind is PlaceholderType.DAY
            return date_span(value, self.language, strong=piece.strong, with_weekday=weekday)
        if kind in (PlaceholderType.LIST, PlaceholderType.ROWS, PlaceholderType.FLAG):
            raise self.wrong(line, f"{{{piece.text}}} is a {kind} and cannot stand inside a sentence")
        spans: dict[PlaceholderType, SpanKind] = {
            PlaceholderType.NUMBER: "number",
            PlaceholderType.PHONE: "phone",
            PlaceholderType.WEB: "web",
            PlaceholderType.CASE: "case",
        }
        glued = kind in (PlaceholderType.PHONE, PlaceholderType.CASE)
        words = str(value).replace(" ", _NO_BREAK) if glued else str(value)
        return Span(words, piece.strong, spans.get(kind, "text"))

    def joined(self, lines: Lines) -> Text:
        """The lines that hold, as one text with spaces between."""
        texts = [self.text(line) for line in lines if self.holds(line)]
        spaced = [(*text, Span(" ")) for text in texts[:-1]] + texts[-1:]
        return tuple(span for text in spaced for span in text)

    def items(self, parts: Iterable[Part]) -> tuple[Item, ...]:
        """Paragraphs and lists; one whose conditions leave nothing is left out."""
        return tuple(item for part in parts for item in self.item(part))

    def item(self, part: Part) -> Iterator[Item]:
        if part.kind == "list":
            bullets = tuple(self.bullets(part))
            if bullets:
                yield terms.Bullets(bullets)
        elif part.kind == "paragraph":
            listed = self.listed(part.entries[0], PlaceholderType.LIST)
            if listed is not None:
                yield from (Paragraph((Span(text),)) for text in listed)
                return
            text = self.joined(part.entries[0])
            if text:
                yield Paragraph(text, _only(part.entries[0]))

    def bullets(self, part: Part) -> Iterator[Text]:
        for entry in part.entries:
            listed = self.listed(entry, PlaceholderType.LIST)
            if listed is not None:
                yield from ((Span(text),) for text in listed)
                continue
            text = self.joined(entry)
            if text:
                yield text

    def listed(self, entry: Lines, kind: PlaceholderType) -> Sequence[Any] | None:
        """The values of a placeholder that stands alone and holds many, else None."""
        if len(entry) != 1 or len(entry[0].pieces) != 1 or not entry[0].pieces[0].is_placeholder:
            return None
        name = entry[0].pieces[0].text
        if self.template.placeholders[name] is not kind:
            return None
        values: Sequence[Any] = self.value(name, entry[0].number) if self.holds(entry[0]) else ()
        return values

    # -- blocks ----------------------------------------------------------------------------------------------------
    def block(self, block: TemplateBlock) -> Block:
        """One block of the kind that its heading names."""
        make: Mapping[str, Callable[[TemplateBlock, Text], Block]] = {
            "keyinfo": self.key_info,
            "question": self.question,
            "signature": self.signature,
            "data": self.data,
            "card": lambda b, h: terms.AnswerCard(b.id, h, self.items(_not_lists(b)), self.options(b)),
            "notice": lambda b, h: terms.Notice(b.id, h, self.items(b.parts)),
            "deadline": lambda b, h: terms.Deadline(b.id, b.whose, h, self.items(b.parts)),
            "section": lambda b, h: terms.Section(b.id, h, self.items(b.parts), b.only, b.new_sheet),
        }
        return make[block.kind](block, self.text(block.heading))

    def key_info(self, block: TemplateBlock, heading: Text) -> Block:
        rows = []
        for label, answer, note in self.table(block, 3):
            if self.holds(label[0]):
                rows.append(terms.KeyRow(_words(self.joined(label)), self.joined(answer), self.joined(note)))
        return terms.KeyInfo(block.id, _words(heading), tuple(rows))

    def table(self, block: TemplateBlock, width: int) -> tuple[tuple[Lines, ...], ...]:
        """Rows of the one table of a block, without its heading row."""
        rows = next((part.rows for part in block.parts if part.kind == "table"), ())
        if len(rows) < 2 or len(rows[0]) != width:
            raise self.wrong(block.heading.number, f"'{block.id}' needs one table of {width} columns with rows")
        return rows[1:]

    def question(self, block: TemplateBlock, heading: Text) -> Block:
        how = tuple(item for item in self.items(_not_lists(block)) if isinstance(item, Paragraph))
        return terms.Question(block.id, heading, self.options(block), how)

    def options(self, block: TemplateBlock) -> tuple[terms.Option, ...]:
        """List items `value: Label`, with what follows on the next lines."""
        entries = [entry for part in block.parts if part.kind == "list" for entry in part.entries]
        made = [self.option(entry) for entry in entries if self.holds(entry[0])]
        if not made:
            raise self.wrong(block.heading.number, f"'{block.id}' needs a list of options '- value: Label'")
        return tuple(made)

    def option(self, entry: Lines) -> terms.Option:
        first = entry[0].pieces[0]
        value, found, label = first.text.partition(": ")
        if first.is_placeholder or not found or not value.isidentifier():
            raise self.wrong(entry[0].number, "an option is written '- value: Label'")
        rest = Line((Piece(label, first.strong, False), *entry[0].pieces[1:]), entry[0].number)
        return terms.Option(value, self.text(rest), self.joined(entry[1:]))

    def signature(self, block: TemplateBlock, heading: Text) -> Block:
        lines = [line for part in block.parts for entry in part.entries for line in entry if self.holds(line)]
        return terms.Signature(block.id, (heading, *(self.text(line) for line in lines)))

    def data(self, block: TemplateBlock, heading: Text) -> Block:
        """A table whose heading row names the columns and whose one other row holds a `rows` placeholder."""
        source = next((part.rows for part in block.parts if part.kind == "table"), ())
        listed = self.listed(source[1][0], PlaceholderType.ROWS) if len(source) == 2 else None
        if listed is None or not all(isinstance(row, DataRow) for row in listed):
            raise self.wrong(block.heading.number, f"'{block.id}' needs a table with one row: a 'rows' placeholder")
        columns = tuple(_words(self.joined(cell)) for cell in source[0])
        items = self.items(part for part in block.parts if part.kind != "table")
        return terms.DataTable(block.id, heading, columns, tuple(listed), items, block.only)


def _not_lists(block: TemplateBlock) -> tuple[Part, ...]:
    return tuple(part for part in block.parts if part.kind != "list")


def _only(lines: Lines) -> Any:
    return lines[0].only


def _words(text: Text) -> str:
    return "".join(span.text for span in text)
