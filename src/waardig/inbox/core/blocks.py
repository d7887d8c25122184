"""Blocks as data and back, and the words of blocks in reading order.

Invariant: `blocks_from_data(blocks_to_data(b)) == b`; the stored form is what the resident was told:
the proof.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from waardig.inbox import terms
from waardig.inbox.core.reuse import Reuse
from waardig.inbox.terms import Block, Item, Paragraph, Span, Text
from waardig.kernel.canonical_json import canonical_json

Data = dict[str, Any]

_BLOCKS: Mapping[str, type] = {
    cls.kind: cls
    for cls in (
        terms.Title,
        terms.Lead,
        terms.KeyInfo,
        terms.Section,
        terms.Notice,
        terms.Deadline,
        terms.Question,
        terms.Signature,
        terms.DataTable,
        terms.AnswerCard,
        terms.Blank,
    )
}


_PARTS = (Span, Paragraph, terms.Bullets, terms.KeyRow, terms.DataRow, terms.Option)
_NAMES: Mapping[type, tuple[str, ...]] = {
    cls: tuple(one.name for one in fields(cls)) for cls in (*_BLOCKS.values(), *_PARTS)
}
_KINDS: Mapping[type, str | None] = {  # of what does not say it in a field of its own
    cls: None if "kind" in names else getattr(cls, "kind", None) for cls, names in _NAMES.items()
}


def blocks_to_data(blocks: Iterable[Block], reuse: Reuse | None = None) -> list[Data]:
    """Blocks as JSON values: lists, dicts and strings only.

    Args:
        reuse: data made before in this batch; the same block gives the same object, so nobody may change it.
    """
    return [_fields(block) if reuse is None else reuse.as_data(block, _fields) for block in blocks]


def _fields(thing: object) -> Data:
    shape = type(thing)
    data = {name: _plain(getattr(thing, name)) for name in _NAMES[shape]}
    kind = _KINDS[shape]
    return data if kind is None else {"kind": kind, **data}


def _plain(value: Any) -> object:
    shape = type(value)
    if shape is str or shape is bool:
        return value
    return [_plain(part) for part in value] if shape is tuple else _fields(value)


def blocks_from_data(data: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Blocks from their JSON values.

    Raises:
        KeyError: an unknown kind or a missing field: the text is not one that this room stored.
    """
    return tuple(_block(entry) for entry in data)


def _block(entry: Mapping[str, Any]) -> Block:
    cls = _BLOCKS[entry["kind"]]
    made: Block = cls(**{name: _READ.get(name, _same)(entry[name]) for name in _NAMES[cls]})
    if isinstance(made, terms.KeyInfo):  # its heading is one string, those of the others are texts
        return terms.KeyInfo(made.id, entry["heading"], made.rows)
    return made


def _same(value: Any) -> Any:
    return value


def text_from_data(data: Sequence[Mapping[str, Any]]) -> Text:
    """A text from its JSON value."""
    return tuple(Span(**span) for span in data)


def _heading(data: Any) -> Any:
    return data if isinstance(data, str) else text_from_data(data)


def _items(data: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(_item(entry) for entry in data)


def _item(entry: Mapping[str, Any]) -> Item:
    if entry["kind"] == "bullets":
        return terms.Bullets(tuple(text_from_data(item) for item in entry["items"]))
    return Paragraph(text_from_data(entry["text"]), entry["only"])


def _rows(data: Sequence[Mapping[str, Any]]) -> tuple[terms.KeyRow | terms.DataRow, ...]:
    return tuple(
        terms.KeyRow(row["label"], text_from_data(row["answer"]), text_from_data(row["note"]))
        if "answer" in row
        else terms.DataRow(row["label"], text_from_data(row["value"]), text_from_data(row["source"]))
        for row in data
    )


def _options(data: Sequence[Mapping[str, Any]]) -> tuple[terms.Option, ...]:
    return tuple(
        terms.Option(entry["value"], text_from_data(entry["label"]), text_from_data(entry["note"])) for entry in data
    )


_READ: Mapping[str, Any] = {
    "text": text_from_data,
    "heading": _heading,
    "items": _items,
    "rows": _rows,
    "options": _options,
    "boxes": _options,
    "how": _items,
    "lines": lambda data: tuple(text_from_data(line) for line in data),
    "columns": tuple,
}


def content_sha256(subject: str, language: str, blocks: Iterable[Block]) -> str:
    """SHA-256 over what the reader is told: subject, language and blocks in canonical JSON."""
    return data_sha256(subject, language, blocks_to_data(blocks))


def data_sha256(subject: str, language: str, blocks: Sequence[Data]) -> str:
    """As `content_sha256`, from blocks that are data already."""
    content = {"subject": subject, "language": language, "blocks": blocks}
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def plain(text: Text | str) -> str:
    """The words of a text without marks."""
    return text if isinstance(text, str) else "".join(span.text for span in text)


def words_of(block: Block, medium: str) -> Iterator[str]:
    """Every text of a block in reading order, as a reader on `medium` ("screen" or "paper") meets it."""
    if isinstance(block, terms.Title | terms.Lead):
        yield plain(block.text)
        return
    if getattr(block, "only", "") not in ("", medium):
        return
    if isinstance(block, terms.AnswerCard | terms.Blank) and medium != "paper":
        return
    if isinstance(block, terms.Signature):
        yield from map(plain, block.lines)
        return
    yield plain(block.heading)
    yield from _inner(block, medium)


def _inner(block: Block, medium: str) -> Iterator[str]:
    if isinstance(block, terms.KeyInfo):
        for row in block.rows:
            yield from (part for part in (row.label, plain(row.answer), plain(row.note)) if part)
    if isinstance(block, terms.Question):
        if medium == "paper":
            yield from (plain(paragraph.text) for paragraph in block.how)
        yield from (plain(option.note) for option in block.options if option.note)
    if isinstance(block, terms.DataTable):
        for data_row in block.rows:
            yield from (data_row.label, plain(data_row.value), plain(data_row.source))
    if isinstance(block, terms.AnswerCard | terms.Blank):
        yield from (plain(box.label) for box in block.boxes)
    for item in getattr(block, "items", ()):
        yield from _item_words(item, medium)


def _item_words(item: Item, medium: str) -> Iterator[str]:
    if isinstance(item, terms.Bullets):
        yield from map(plain, item.items)
    elif item.only in ("", medium):
        yield plain(item.text)


def case_number(blocks: Iterable[Block]) -> str | None:
    """The case number in the key information, which the letter shows above the title instead."""
    for block in blocks:
        if isinstance(block, terms.KeyInfo):
            for row in block.rows:
                if is_case_row(row):
                    return plain(row.answer)
    return None


def is_case_row(row: terms.KeyRow) -> bool:
    """Whether the row of the key information holds nothing but the case number."""
    return len(row.answer) == 1 and row.answer[0].kind == "case"
