"""Whether an entry fits a form of the algorithm register: every wrong field with its reason, all at once. Pure.

Stricter than the published schemas where they let mistakes through: unknown names, addresses that are no address,
addresses on our own site or of law that lead nowhere, and months that contradict the status.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from waardig.accountability.terms import RULES, FieldProblem, FieldRule, Form, Kind

WhereTo = Callable[[str], str | None]
"""Gives the reason why an address leads nowhere, or None when it is right or not ours to know."""
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
ALLOWED_TAGS = frozenset({"div", "br", "p", "ul", "ol", "li"})


def form_of(values: Mapping[str, Any]) -> Form:
    """Which form somebody filled in, by the fields that only one of them has."""
    own = {form: {rule.name for rule in rules} for form, rules in RULES.items()}
    count = {form: len(set(values) & names) for form, names in own.items()}
    return Form.PUBLICATION if count[Form.PUBLICATION] >= count[Form.DELIVERY] else Form.DELIVERY


def problems(form: Form, values: Mapping[str, Any], where_to: WhereTo = lambda _link: None) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with the values, in the order of the form; empty when the entry may be published."""
    rules = RULES[form]
    found = list(_unknown(values, tuple(rule.name for rule in rules)))
    said = values.get("status")
    status = said if isinstance(said, str) else ""
    for rule in rules:
        found += _of_field(rule, values, status, where_to)
    return tuple(found)


def _unknown(values: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[FieldProblem]:
    for name in values:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "remove it"
            nl = f"bedoelt u {near[0]}?" if near else "haal het weg"
            yield FieldProblem(name, f"dit veld kent het formulier niet; {nl}", f"the form does not know it; {hint}")


def _of_field(rule: FieldRule, values: Mapping[str, Any], status: Any, where_to: WhereTo) -> Iterator[FieldProblem]:
    if rule.name not in values:
        if rule.required or status in rule.needed_when:
            why = "" if rule.required else f" when the status is {status!r}"
            nl = "" if rule.required else f" bij de status {status}"
            yield FieldProblem(rule.name, f"dit veld moet er staan{nl}", f"is required{why} and missing")
        return
    if status in rule.absent_when:
        yield FieldProblem(
            rule.name, f"dit veld hoort niet bij de status {status}", f"may not stand with status {status!r}; remove it"
        )
    yield from _CHECKS[rule.kind](rule, values[rule.name], where_to)


def _text(rule: FieldRule, value: Any, _where_to: WhereTo) -> Iterator[FieldProblem]:
    if not isinstance(value, str):
        yield FieldProblem(rule.name, "hier hoort tekst", f"must be text, not {type(value).__name__}")
        return
    if rule.required and not value.strip():
        yield FieldProblem(rule.name, "dit veld is leeg", "is required and empty")
    yield from _too_long(rule.name, value, rule.longest)
    wrong = sorted({tag.lower() for tag in _TAG.findall(value)} - ALLOWED_TAGS)
    if wrong:
        yield FieldProblem(
            rule.name, f"deze opmaak mag niet: {', '.join(wrong)}", f"holds mark-up that is not allowed: {wrong[0]}"
        )


def _too_long(name: str, value: str, longest: int | None) -> Iterator[FieldProblem]:
    if longest is not None and len(value) > longest:
        yield FieldProblem(
            name,
            f"de tekst is {len(value)} tekens; er passen er {longest}",
            f"has {len(value)} characters; at most {longest} fit",
        )


def _choice(rule: FieldRule, value: Any, _where_to: WhereTo) -> Iterator[FieldProblem]:
    if value not in rule.choices:
        listed = ", ".join(repr(one) for one in map(str, rule.choices))
        yield FieldProblem(rule.name, f"kies een van: {listed}", f"{value!r} is not one of {listed}")


def _month(rule: FieldRule, value: Any, _where_to: WhereTo) -> Iterator[FieldProblem]:
    if not isinstance(value, str) or not _MONTH.fullmatch(value):
        yield FieldProblem(
            rule.name, "schrijf jaar en maand, zoals 2025-04", f"{value!r} is no month; write it like 2025-04"
        )


def _link(rule: FieldRule, value: Any, where_to: WhereTo) -> Iterator[FieldProblem]:
    yield from _address(rule.name, value, rule.longest, where_to)


def _address(name: str, value: Any, longest: int | None, where_to: WhereTo) -> Iterator[FieldProblem]:
    if not isinstance(value, str) or not _is_https(value):
        yield FieldProblem(
            name, "dit is geen volledig adres; begin met https://", f"{value!r} is not an absolute https address"
        )
        return
    yield from _too_long(name, value, longest)
    nowhere = where_to(value)
    if nowhere:
        yield FieldProblem(name, f"dit adres leidt nergens heen: {value}", f"{value!r} leads nowhere: {nowhere}")


def _is_https(value: str) -> bool:
    """Whether it is an absolute https address without spaces, a name of a host in it (RFC 3986)."""
    if any(character.isspace() or ord(character) < 0x21 or character in '<>"\\^`{|}' for character in value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host.strip(".") and ".." not in host and port != 0 and not parts.username


def _contact(rule: FieldRule, value: Any, where_to: WhereTo) -> Iterator[FieldProblem]:
    if isinstance(value, str) and _MAIL.fullmatch(value):
        yield from _too_long(rule.name, value, rule.longest)
        return
    if isinstance(value, str) and value.startswith("https://"):
        yield from _address(rule.name, value, rule.longest, where_to)
        return
    yield FieldProblem(
        rule.name,
        "hier hoort een e-mailadres of een adres dat met https:// begint",
        f"{value!r} is neither an e-mail address nor an https address",
    )


def _texts(rule: FieldRule, value: Any, _where_to: WhereTo) -> Iterator[FieldProblem]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield FieldProblem(rule.name, "hier hoort een lijst van woorden", "must be a list of texts")
        return
    if rule.required and not value:
        yield FieldProblem(rule.name, "deze lijst is leeg", "is required and empty")
    for one in value:
        if rule.choices and one not in rule.choices:
            yield FieldProblem(rule.name, f"dit thema bestaat niet: {one}", f"{one!r} is not a theme of the register")


def _links(rule: FieldRule, value: Any, where_to: WhereTo) -> Iterator[FieldProblem]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield FieldProblem(rule.name, "hier hoort een lijst van verwijzingen", "must be a list of title and link")
        return
    for number, item in enumerate(value):
        yield from _one_link(rule, f"{rule.name}[{number}]", item, where_to)


def _one_link(rule: FieldRule, name: str, item: Mapping[str, Any], where_to: WhereTo) -> Iterator[FieldProblem]:
    yield from (
        FieldProblem(f"{name}.{key}", "dit veld kent het formulier niet", "the form does not know it; remove it")
        for key in item
        if key not in ("title", "link")
    )
    title = item.get("title")
    if not isinstance(title, str) or not title.strip():
        yield FieldProblem(f"{name}.title", "hier hoort een titel", "is required and missing")
    else:
        yield from _too_long(f"{name}.title", title, rule.longest)
    if "link" in item:
        yield from _address(f"{name}.link", item["link"], 500, where_to)
    elif not rule.link_optional:
        yield FieldProblem(f"{name}.link", "hier hoort een adres", "is required and missing")


_CHECKS: Mapping[Kind, Callable[[FieldRule, Any, WhereTo], Iterator[FieldProblem]]] = {
    Kind.TEXT: _text,
    Kind.LINK: _link,
    Kind.MONTH: _month,
    Kind.CHOICE: _choice,
    Kind.TEXTS: _texts,
    Kind.LINKS: _links,
    Kind.CONTACT: _contact,
}
