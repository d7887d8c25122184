"""Whether what a rule says that it rests on names the paragraph (lid): an explanation cites article and paragraph.

An article has paragraphs when its text numbers two or more, each at the start of a line. What another law says is
looked up by its bwb_id, in the version in force when the file that cites begins. A fact may rest on a whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.findings import finding, said
from waardig.law.terms import LawProblem

PARAGRAPH = re.compile(r"^(\d+[a-z]{0,2}) ?\.\s", re.MULTILINE)
LEFT_OUT = "(...)"


def citations(book: LawBook, law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    """Warnings: an output cites an article with paragraphs and says none, or a paragraph is not in the text."""
    outputs = {(action.output, action.line) for action in article.actions}
    for name, line, basis in _bases(article):
        cited = _article(book, law, basis)
        numbers = list(dict.fromkeys(PARAGRAPH.findall(cited.text))) if cited else []
        if cited is None or len(numbers) < 2:
            continue
        facts = {"name": name, "article": cited.number, "numbers": ", ".join(numbers)}
        given = basis.get("paragraph", "")
        if not given and (name, line) in outputs:
            yield finding(law.file, line, said("paragraph_not_cited", **facts), error=False)
        elif given and given not in numbers and LEFT_OUT not in cited.text:
            yield finding(law.file, line, said("paragraph_unknown", given=given, **facts), error=False)


def _bases(article: ir.Article) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    """What outputs, facts and open terms say that they rest on, with name and line."""
    for action in article.actions:
        yield action.output, action.line, action.expr.at.legal_basis
    fields = [*article.parameters.values(), *(entry.field for entry in article.inputs.values())]
    for field in (*fields, *(term.field for term in article.open_terms.values())):
        yield field.name, field.line, field.legal_basis


def _article(book: LawBook, law: ir.Law, basis: Mapping[str, str]) -> ir.Article | None:
    """The article that is cited, when its text is here."""
    number, bwb_id = basis.get("article", ""), basis.get("bwb_id")
    if bwb_id == law.bwb_id if bwb_id else basis.get("law") in (None, law.name):
        return law.article(number)
    if not bwb_id:
        return None
    found = sorted((one for one in book.laws if one.bwb_id == bwb_id), key=lambda one: one.valid_from or "")
    before = [one for one in found if (one.valid_from or "") <= (law.valid_from or "")]
    return next((text for one in (*reversed(before), *found) if (text := one.article(number))), None)
