"""Other figures in a law: reads `LAW:NAME=VALUE`, holds it against the definition, and gives the law with it.

A changed figure is unverified: nobody published it. The unit may be left out; euros are turned into eurocents and per
cents into a ratio, nothing else is converted.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import Status
from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.book import LawBook
from waardig.law.core.difference import shown_value
from waardig.law.core.sql import LIMIT

MOST_POINTS = 50
WHOLE = {"eurocent", "years", "months", "weeks", "days"}
TURNED = {("euro", "eurocent"): Fraction(100), ("%", "percentage"): Fraction(1), ("%", "ratio"): Fraction(1, 100)}
NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
WRITTEN = re.compile(r"\s*([^:#=\s]+)(?:#([^:=\s]+))?:([^=\s]+)\s*=(.*)", re.DOTALL)
SOURCE = "changed for this simulation"


class ChangeRefused(Refusal):
    """A figure that cannot be changed like this.

    Args:
        why: in Dutch and in English.
    """

    def __init__(self, text: str, why: tuple[str, str], remedy: str) -> None:
        super().__init__(
            code="change_refused",
            text_nl=f"'{text}' kan niet: {why[0]}.",
            text_en=f"'{text}' cannot be: {why[1]}.",
            remedy=remedy,
        )


@dataclass(frozen=True)
class Change:
    """One figure as somebody wants it.

    Attributes:
        article: only when a law defines the name in more than one article.
        value: as written, with its unit or without.
    """

    law: str
    article: str | None
    name: str
    value: str

    @property
    def written(self) -> str:
        """The change as given on the command line."""
        return f"{self.law}{f'#{self.article}' if self.article else ''}:{self.name}={self.value}"


@dataclass(frozen=True)
class Changed:
    """A figure that was changed: where it stands, and what it was and is, with the unit."""

    law: str
    article: str
    name: str
    unit: str | None
    old: ir.Raw
    new: ir.Raw


def change_of(text: str) -> Change:
    """Reads `LAW:NAME=VALUE` or `LAW#ARTICLE:NAME=VALUE`.

    Raises:
        ChangeRefused: it is written in another way.
    """
    found = WRITTEN.fullmatch(text)
    if not found or not found[4].strip():
        remedy = "Write LAW:NAME=VALUE, for example regeling_standaardpremie:STANDAARDPREMIE=220000."
        nl = "er staat niet welk cijfer van welke wet welke waarde krijgt"
        raise ChangeRefused(text, (nl, "it does not say which figure of which law gets which value"), remedy)
    return Change(found[1], found[2], found[3], found[4].strip())


def sweep_of(text: str) -> tuple[Change, ...]:
    """Reads `LAW:NAME=FROM:TO:STEP` or `LAW:NAME=VALUE,VALUE`, each with a unit behind it if wanted.

    Raises:
        ChangeRefused: no steps, no way from FROM to TO, the same value twice, or more than fifty values.
    """
    one = change_of(text)
    figures, _, unit = one.value.partition(" ")
    parts = figures.split(":")
    remedy = f"Write FROM:TO:STEP (with TO above FROM) or 2 to {MOST_POINTS} different values with commas between."
    if len(parts) == 3 and all(NUMBER.fullmatch(part) for part in parts):
        values = _steps(*(_number(part) for part in parts))
    else:
        listed = figures.split(",")
        values = [_number(part) for part in listed if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", part)]
        if len(values) != len(listed):
            why = ("dit zijn geen stappen en geen lijst van getallen", "these are no steps and no list of numbers")
            raise ChangeRefused(text, why, remedy)
    if not 2 <= len(values) <= MOST_POINTS or len(set(values)) != len(values):
        why = ("dit zijn te weinig, te veel of gelijke waarden", "these are too few, too many or equal values")
        raise ChangeRefused(text, why, remedy)
    return tuple(replace(one, value=f"{shown_value(value, None)} {unit}".strip()) for value in values)


def _steps(first: Fraction, last: Fraction, step: Fraction) -> list[Fraction]:
    if step <= 0 or last <= first:
        return []
    return [first + n * step for n in range(min(int((last - first) / step) + 1, MOST_POINTS + 1))]


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def applied(book: LawBook, change: Change, on: datetime.date) -> tuple[LawBook, Changed]:
    """The book with one figure changed in the version in force.

    Raises:
        UnknownLaw, LawNotInForce.
        ChangeRefused: unknown name, wrong unit or type, or out of range.
    """
    law = book.version(change.law, on)
    article = _article(law, change)
    old = article.definitions[change.name]
    new = replace(old, value=_value(change, old))
    done = replace(
        article,
        definitions={**article.definitions, change.name: new},
        canonical=json.dumps([article.canonical, change.name, shown_value(new.value, new.unit)], ensure_ascii=False),
    )
    amounts = {**law.status.amounts, change.name: ir.AmountStatus(Status.UNVERIFIED, SOURCE)}
    other = replace(
        law,
        articles=tuple(done if one is article else one for one in law.articles),
        sha256=hashlib.sha256(f"{law.sha256} {done.number} {done.canonical}".encode()).hexdigest(),
        status=replace(law.status, amounts=amounts),
    )
    laws = tuple(other if one is law else one for one in book.laws)
    return LawBook(laws), Changed(law.id, article.number, change.name, old.unit, old.value, new.value)


def _article(law: ir.Law, change: Change) -> ir.Article:
    """The one article that defines the name."""
    found = [one for one in law.articles if change.name in one.definitions]
    if change.article is not None:
        found = [one for one in found if one.number == change.article]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(one.number for one in found)
        raise ChangeRefused(
            change.written,
            (f"de artikelen {numbers} hebben elk '{change.name}'", f"articles {numbers} each define '{change.name}'"),
            f"Name the article: {law.id}#{found[0].number}:{change.name}={change.value}.",
        )
    names = ", ".join(dict.fromkeys(name for one in law.articles for name in one.definitions)) or "none"
    nl, en = (f"artikel {change.article} van ", f"article {change.article} of ") if change.article else ("", "")
    why = (f"{nl}'{law.id}' heeft geen '{change.name}'", f"{en}'{law.id}' has no definition '{change.name}'")
    raise ChangeRefused(change.written, why, f"It has: {names}.")


def _value(change: Change, old: ir.Definition) -> ir.Raw:
    """The new value in the unit of the definition."""
    if isinstance(old.value, tuple | dict):
        why = (f"'{old.name}' is een lijst", f"'{old.name}' holds a list")
        raise ChangeRefused(change.written, why, "Change it in a law file and use --replace or --laws-new.")
    if v.is_number(old.value):
        return _figure(change, old)
    text = change.value
    if isinstance(old.value, bool):
        if text not in ("true", "false"):
            why = (f"'{old.name}' is ja of nee", f"'{old.name}' is a yes or no")
            raise ChangeRefused(change.written, why, "Give true or false.")
        return text == "true"
    if v.as_date(old.value) is not None and v.as_date(text) is None:
        why = (f"'{old.name}' is een datum", f"'{old.name}' is a date")
        raise ChangeRefused(change.written, why, "Give it as YYYY-MM-DD.")
    return text


def _figure(change: Change, old: ir.Definition) -> ir.Number:
    text, _, unit = change.value.partition(" ")
    if text.endswith("%"):
        text, unit = text[:-1], "%"
    if not NUMBER.fullmatch(text):
        why = (f"'{old.name}' is een getal", f"'{old.name}' is a number")
        raise ChangeRefused(change.written, why, f"Give a number{_in(old)}, for example 12.5.")
    unit = unit.strip() or old.unit or ""
    factor = Fraction(1) if unit == (old.unit or "") else TURNED.get((unit, old.unit or ""))
    if factor is None:
        why = (
            f"'{old.name}' is {f'in {old.unit}' if old.unit else 'een getal zonder eenheid'}, niet in {unit}",
            f"'{old.name}' is {f'in {old.unit}' if old.unit else 'a number without unit'}, not in {unit}",
        )
        raise ChangeRefused(change.written, why, f"Give a number{_in(old)}.")
    value = _number(text) * factor
    _ranged(change, old, value)
    return value.numerator if value.denominator == 1 else value


def _ranged(change: Change, old: ir.Definition, value: Fraction) -> None:
    """Refuses what no such figure can be."""
    problem = None
    if old.unit in WHOLE and value.denominator != 1:
        problem = (f"{old.unit} zijn geheel", f"{old.unit} are whole")
    elif value < 0 and old.unit and old.value >= 0:  # type: ignore[operator]
        problem = (f"'{old.name}' kan niet onder nul zijn", f"'{old.name}' cannot be below zero")
    elif old.low is not None and value < old.low:
        problem = _limit(old, "minstens", "at least", old.low)
    elif old.high is not None and value > old.high:
        problem = _limit(old, "hoogstens", "at most", old.high)
    elif abs(value) >= LIMIT or value.denominator >= 10**18:
        problem = ("het heeft meer cijfers dan te berekenen is", "it has more digits than can be computed with")
    if problem:
        raise ChangeRefused(change.written, problem, f"It is {shown_value(old.value, old.unit)} now.")


def _limit(old: ir.Definition, nl: str, en: str, limit: ir.Number) -> tuple[str, str]:
    shown = shown_value(limit, old.unit)
    return f"'{old.name}' is {nl} {shown}", f"'{old.name}' is {en} {shown}"


def _in(old: ir.Definition) -> str:
    others = [source for source, target in TURNED if target == old.unit]
    return f" in {' or '.join([old.unit, *others])}" if old.unit else " without a unit"


def refuse_unused(change: Change, changed: Changed, used: Sequence[tuple[str, str, str]], output: str) -> None:
    """Refuses a change that cannot matter, because the question does not use the figure.

    Args:
        used: law, article and name of every definition that takes part.

    Raises:
        ChangeRefused: it is not among them.
    """
    if (changed.law, changed.article, changed.name) not in used:
        names = sorted({f"{law}:{name}" for law, _, name in used})
        why = (f"'{output}' gebruikt het niet", f"'{output}' does not use it")
        raise ChangeRefused(change.written, why, f"It uses: {', '.join(names) or 'none'}.")
