"""Blocks that say the same to everybody of a batch are filled, and turned into data, once; pure.

A block is the same when every value that it asks for is the same. The memory lives as long as one batch: whoever sends
makes it and drops it, so nothing about a person stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waardig.inbox.core.template import Line, Template, TemplateBlock
from waardig.inbox.terms import Block

_MISSING = object()


@dataclass
class Reuse:
    """What was filled in one batch; every block that it holds stays alive in it, so an `id` means one block."""

    templates: dict[tuple[str, ...], Template] = field(default_factory=dict)
    filled: dict[tuple[object, ...], Block] = field(default_factory=dict)
    names: dict[int, tuple[TemplateBlock, tuple[str, ...]]] = field(default_factory=dict)
    data: dict[int, tuple[Block, dict[str, Any]]] = field(default_factory=dict)

    def template(self, key: tuple[str, ...], find: Callable[[], Template]) -> Template:
        """A template, looked for once a batch."""
        if key not in self.templates:
            self.templates[key] = find()
        return self.templates[key]

    def block(
        self, template: Template, block: TemplateBlock, values: Mapping[str, Any], fill: Callable[[], Block]
    ) -> Block:
        """The block filled with these values; lists of things are filled each time, they are of one person."""
        if id(block) not in self.names:
            self.names[id(block)] = (block, tuple(sorted(asked_by(block))))
        found = [values.get(name, _MISSING) for name in self.names[id(block)][1]]
        if any(isinstance(value, list | tuple) for value in found):
            return fill()
        key = (template.language, id(block), *((type(value), value) for value in found))
        if key not in self.filled:
            self.filled[key] = fill()
        return self.filled[key]

    def as_data(self, block: Block, make: Callable[[Block], dict[str, Any]]) -> dict[str, Any]:
        """The data of a block; the same object for the same block, so nobody may change it."""
        if id(block) not in self.data:
            self.data[id(block)] = (block, make(block))
        return self.data[id(block)][1]


def asked_by(block: TemplateBlock) -> frozenset[str]:
    """The names of all values that may be asked to fill a block: placeholders and flags."""
    return frozenset(name for line in _lines(block) for name in _names(line))


def _lines(block: TemplateBlock) -> Iterator[Line]:
    yield block.heading
    for part in block.parts:
        for lines in _texts(part.entries, part.rows):
            yield from lines


def _texts(entries: Iterable[tuple[Line, ...]], rows: Iterable[tuple[tuple[Line, ...], ...]]) -> Iterator[Any]:
    yield from entries
    for row in rows:
        yield from row


def _names(line: Line) -> Iterator[str]:
    yield from (piece.text for piece in line.pieces if piece.is_placeholder)
    yield from (flag for flag, _wanted in line.flags)
