"""Put a value that exists nowhere else in every attribute of everybody, and find these values again in any text.

A value is a *canary* when it can be recognised: words, account numbers, amounts and days. A code or a yes or no has too
few values for that. Days and large amounts would change what the law says, so half of the people keep their own.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg import sql

from waardig.registers.core.declaration import Attribute, Field, Kind
from waardig.registers.queries import declared

Owner = tuple[str, str]
"""Person id and attribute."""
NEVER = ("brp.overlijdensdatum", "brp.gemeente", "contact.", "opgave.", "uitkeringen.laatste_")
"""The dead do not sign in; which municipality it is decides the population; what is told is planted by telling it."""
FIRST_DAY = date(1901, 1, 1)
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
)
SHORT = {"maart": "mrt"}
_WORD = re.compile(r"qz[a-z]{5}")
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}[.,]\d{2}(?!\d)|(?<![\d.,-])\d{7}(?!\d)")
_DAY = re.compile(r"(?<!\d)19[0-3]\d-\d\d-\d\d(?!\d)|(?<!\d)\d\d?[ -](?:[a-z]{3,9}|\d\d)[ -]19[0-3]\d(?!\d)")
_ACCOUNT = re.compile(r"nl\d\dqzqz\d{10}")
_NUMBER = re.compile(r"(?<!\d)\d{9}(?!\d)")


@dataclass
class Canaries:
    """Each token in one spelling, and whose value of what it is."""

    owners: dict[str, Owner] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """Citizen service numbers, and the person of each."""

    def found_in(self, text: str) -> set[str]:
        """The tokens in a text, whatever form a page, a letter or an export gives them."""
        plain = " ".join(html.unescape(text).lower().replace("\xad", "").split())
        close = plain.replace(" ", "")
        seen = [*_WORD.findall(plain), *_ACCOUNT.findall(close)]
        seen += [re.sub(r"\D", "", one) for one in _AMOUNT.findall(plain)]
        seen += [_day(one) for one in _DAY.findall(plain)]
        return {one for one in seen if one in self.owners}

    def numbers_in(self, text: str) -> set[str]:
        """The citizen service numbers of anybody in a text."""
        return {one for one in _NUMBER.findall(text) if one in self.numbers}

    def attributes(self) -> set[str]:
        """Every attribute that has a token."""
        return {attribute for _, attribute in self.owners.values()}


def _day(written: str) -> str:
    """A day as it stands in data, from one of the ways in which it is shown."""
    parts = re.split(r"[ -]", written)
    if len(parts[0]) == 4:
        return written
    if parts[1].isdigit():
        return f"{parts[2]}-{parts[1]}-{parts[0]:0>2}"
    for names in MONTHS:
        for number, name in enumerate(names.lower().split(), 1):
            if parts[1] in (name, name[:3], SHORT.get(name)):
                return f"{parts[2]}-{number:02}-{parts[0]:0>2}"
    return written


class Planter:
    """Gives out tokens, none of them twice."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self._count = 0

    def value(self, owner: Owner, declared: Attribute, old: Any, *, plain: bool) -> Any:
        """A value of this form with a token in it, or the old one where there is no room for a token."""
        if declared.kind is Kind.RECORD:
            return self._record(owner, declared.fields, old, plain=plain)
        if isinstance(old, list) and not plain:
            return [self._record(owner, declared.fields, one, plain=False) for one in old]
        return self._single(owner, declared, old, plain=plain)

    def _record(self, owner: Owner, fields: Any, old: Any, *, plain: bool) -> Any:
        known = old if isinstance(old, dict) else {}
        made = {
            name: self._single(owner, one, known.get(name), plain=plain)
            for name, one in fields.items()
            if name in known or (one.kind is Kind.TEXT and not one.pattern)
        }
        return {name: one for name, one in made.items() if one is not None} or old

    def _single(self, owner: Owner, declared: Attribute | Field, old: Any, *, plain: bool) -> Any:
        if declared.kind is Kind.TEXT and not declared.pattern:
            return self._token(owner, _word(self._next())).capitalize()
        if declared.kind is Kind.TEXT and owner[1].endswith("iban"):
            return self._token(owner, f"nl00qzqz{self._next():010}").upper()
        if declared.kind is Kind.EUROCENT and not plain:
            return int(self._token(owner, str(3_100_003 + 17 * self._next())))
        if declared.kind is Kind.DATE and not plain:
            return self._token(owner, str(FIRST_DAY + timedelta(days=self._next() % 12_000)))
        return old

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _token(self, owner: Owner, token: str) -> str:
        taken = self.canaries.owners.get(token)
        if taken is not None and taken != owner:
            return self._token(owner, str(date.fromisoformat(token) + timedelta(days=1)))
        self.canaries.owners[token] = owner
        return token


def _word(number: int) -> str:
    letters = ""
    for _ in range(5):
        number, place = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[place] + letters
    return f"qz{letters}"


def plant(superuser: str) -> Canaries:
    """Plant in everybody who is there; what a register does not know of half of them yet is made known.

    Args:
        superuser: the address of who may change what is recorded, which nobody else may.
    """
    planter, known = Planter(), declared()
    with psycopg.connect(superuser) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        held: dict[str, dict[str, list[tuple[Any, Any]]]] = defaultdict(lambda: defaultdict(list))
        query = "SELECT person::text, attribute, fact, value FROM reg.fact ORDER BY person, attribute, valid_from"
        for person, attribute, fact, value in connection.execute(query):
            held[person][attribute].append((fact, value))
        rows = connection.execute(
            "SELECT person::text, bsn FROM reg.person WHERE bsn IS NOT NULL ORDER BY 1"
        ).fetchall()
        for place, (person, number) in enumerate(rows):
            planter.canaries.numbers[number] = person
            for attribute in _planted(known.all_attributes()):
                owner, there = (person, attribute.id), held[person][attribute.id]
                _write(connection, planter, owner, attribute, there, plain=place % 2 == 0)
    return planter.canaries


def _planted(attributes: Iterable[Attribute]) -> Iterator[Attribute]:
    for one in attributes:
        if one.kind is not Kind.DOCUMENT and not one.id.startswith(NEVER):
            yield one


def _write(
    connection: psycopg.Connection[Any], planter: Planter, owner: Owner, attribute: Attribute,
    there: list[tuple[Any, Any]], *, plain: bool,
) -> None:  # fmt: skip
    old = there[-1][1] if there else None
    if old is None and (plain or attribute.kind is Kind.RECORD):
        return  # what somebody does not have may decide what they get: nobody gets an administrator here
    value = planter.value(owner, attribute, old, plain=plain)
    if value is None or value == old:
        return
    stored = json.dumps(value, ensure_ascii=False)
    if there:
        connection.execute("UPDATE reg.fact SET value = %s WHERE fact = ANY(%s)", (stored, [one for one, _ in there]))
    else:
        connection.execute(
            "INSERT INTO reg.fact (person, attribute, value, holder, source) VALUES (%s, %s, %s, 'canary', 'canary')",
            (*owner, stored),
        )


def readable_text(application: str) -> Iterator[tuple[str, str]]:
    """Every table and view that the application role may read, with all its rows as text."""
    with psycopg.connect(application, autocommit=True) as connection:
        places = connection.execute(
            "SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege(c.oid, 'SELECT')"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
        ).fetchall()
        for schema, name in places:
            rows = connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, name)))
            yield f"{schema}.{name}", "\n".join(one for (one,) in rows.fetchall())
