"""Every address says for whom it is and how sure a sign-in must be; public addresses say so too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from waardig.identity.adapters.middleware import audience_of
from waardig.identity.terms import Audience, Kind, audience


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


ADDRESSES = sorted(views(get_resolver().url_patterns), key=lambda one: one[0])


def undeclared(addresses: list[tuple[str, Any]]) -> list[str]:
    """Addresses whose view declares no audience, or one without a level although it is not public."""
    wrong = []
    for address, view in addresses:
        declared = audience_of(view)
        if declared is None or (not declared.is_public and declared.level is None):
            wrong.append(address)
    return wrong


def test_every_address_declares_its_audience_and_level() -> None:
    assert undeclared(ADDRESSES) == [], "add @audience(...) from waardig.identity.terms to these views"


def test_no_address_is_for_residents_and_employees_at_once_except_the_session_itself() -> None:
    both = [
        address
        for address, view in ADDRESSES
        if (declared := audience_of(view)) and {Kind.RESIDENT, Kind.EMPLOYEE} <= declared.kinds
    ]

    assert [address for address in both if not address.startswith("sessie/")] == []


def test_the_walk_finds_a_view_that_says_nothing() -> None:
    @audience("public")
    def declared() -> None: ...

    def silent() -> None: ...

    def half() -> None: ...

    half.audience = Audience(frozenset({Kind.RESIDENT}))  # type: ignore[attr-defined]

    assert undeclared([("a/", declared), ("b/", silent), ("c/", half)]) == ["b/", "c/"]


@pytest.mark.parametrize("prefix", ["balie/"])
def test_pages_of_the_desk_are_for_employees_or_for_signing_in(prefix: str) -> None:
    for address, view in ADDRESSES:
        declared = audience_of(view)
        if address.startswith(prefix) and declared is not None and declared.is_public:
            assert address.removeprefix(prefix).split("/")[0] in {"inloggen", "uitloggen", "uitgelogd"}, address
