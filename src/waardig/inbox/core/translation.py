"""Whether an English template says the same as the Dutch one, as far as a machine can see; pure.

What must be the same: type of message, placeholders with their types, blocks in their order and kind, in each block
which values and conditions it asks, and the machine values of its options (the buttons).
"""

from __future__ import annotations

from collections.abc import Iterator

from waardig.inbox.core.reuse import asked_by
from waardig.inbox.core.template import Template, TemplateBlock
from waardig.inbox.terms import TemplateProblem


def differences(dutch: Template, english: Template) -> Iterator[TemplateProblem]:
    """What the English text has other than the Dutch one: file, line and reason."""
    if dutch.message_type != english.message_type:
        yield TemplateProblem(english.file, 1, f"message_type is '{english.message_type}'; Dutch: {dutch.message_type}")
    names = [n for n in {**dutch.placeholders, **english.placeholders} if _type(dutch, n) != _type(english, n)]
    for name in names:
        said = f"placeholder {name} is {_type(english, name)}; Dutch: {_type(dutch, name)}"
        yield TemplateProblem(english.file, 1, said)
    if dutch.ids != english.ids:
        yield TemplateProblem(english.file, 1, f"blocks are {', '.join(english.ids)}; Dutch: {', '.join(dutch.ids)}")
        return
    for own, other in zip(dutch.blocks, english.blocks, strict=True):
        for reason in _in_block(own, other):
            yield TemplateProblem(english.file, other.heading.number, f"block {other.id}: {reason}")


def _type(template: Template, name: str) -> str:
    found = template.placeholders.get(name)
    return found.value if found else "missing"


def _in_block(dutch: TemplateBlock, english: TemplateBlock) -> Iterator[str]:
    form, other = _form(dutch), _form(english)
    if form != other:
        yield f"is {other}; Dutch: {form}"
    asked, also = asked_by(dutch), asked_by(english)
    if asked - also:
        yield f"does not use {', '.join(sorted(asked - also))}, which the Dutch does"
    if also - asked:
        yield f"uses {', '.join(sorted(also - asked))}, which the Dutch does not"
    options, chosen = _options(dutch), _options(english)
    if options != chosen:
        yield f"has the buttons {', '.join(chosen) or 'none'}; Dutch: {', '.join(options) or 'none'}"


def _form(block: TemplateBlock) -> str:
    words = (block.kind, block.only and f"only={block.only}", f"whose={block.whose}", block.new_sheet and "sheet=new")
    return " ".join(word for word in words if word)


def _options(block: TemplateBlock) -> tuple[str, ...]:
    if block.kind not in ("question", "card"):
        return ()
    entries = [entry for part in block.parts if part.kind == "list" for entry in part.entries]
    return tuple(entry[0].pieces[0].text.partition(": ")[0] for entry in entries if entry[0].pieces)
