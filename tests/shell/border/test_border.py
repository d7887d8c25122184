"""Ten thousand times across the border, by everybody and in every way: nothing of one municipality reaches another.

Every name, street, note and reason of a municipality bears a mark, and every id, number, hash and code in its database
is known. What an answer holds of these is counted, except what the question itself named. The same questions asked at
home find them, so that this can fail.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.shell.border.asking import EMPLOYEES, ROLES
from tests.shell.border.towns import MARKS, TwoTowns, ask_across

EACH_WAY = 5_000
KINDS = {
    "page": 900, "form": 400, "cookie": 200, "token": 120, "code": 120, "sql": 2000, "connection": 220, "export": 80,
    "gate": 960,
}  # fmt: skip
WAYS = (("rietwaarden", "hogeveen"), ("hogeveen", "rietwaarden"))


@pytest.fixture(scope="module")
def across(towns: TwoTowns) -> list[dict[str, Any]]:
    """What came of asking both ways, at the same time."""
    towns.sign_in_again()
    with ThreadPoolExecutor(2) as both:
        return list(both.map(lambda way: ask_across(towns, *way, seed=28), WAYS))


@pytest.fixture(scope="module")
def at_home(towns: TwoTowns) -> list[dict[str, Any]]:
    """The same questions, one in eight, asked of oneself."""
    towns.sign_in_again()
    with ThreadPoolExecutor(2) as both:
        return list(both.map(lambda one: ask_across(towns, one, one, seed=28, share=8), MARKS))


def by_kind(counted: dict[str, int]) -> Counter[str]:
    """The counts of all roles together, by kind."""
    found: Counter[str] = Counter()
    for name, count in counted.items():
        found[name.split()[0]] += count
    return found


def by_role(counted: dict[str, int], *kinds: str) -> Counter[str]:
    """The counts of these kinds, by role."""
    found: Counter[str] = Counter()
    for name, count in counted.items():
        kind, _, role = name.partition(" ")
        if not kinds or kind in kinds:
            found[role.strip()] += count
    return found


@pytest.mark.slow
def test_ten_thousand_questions_across_the_border_find_nothing(across: list[dict[str, Any]]) -> None:
    assert sum(sum(one["asked"].values()) for one in across) == 10_000
    for one in across:
        assert by_kind(one["asked"]) == KINDS and sum(KINDS.values()) == EACH_WAY
        assert one["found"] == {}, one["examples"]
        assert one["opened"] == {}, one["examples"]


@pytest.mark.slow
def test_everybody_asked(across: list[dict[str, Any]]) -> None:
    for one in across:
        pages = by_role(one["asked"], "page", "form")
        assert set(pages) == set(ROLES) and sum(pages.values()) == 1_300
        assert min(pages.values()) >= 60, pages
        assert by_role(one["asked"], "sql") == {"application role": 1100, "owner role": 900}
        assert set(by_role(one["asked"], "cookie", "token")) == {"resident", "employee", "organisation"}
        assert set(by_role(one["asked"], "connection")) == {"application role", "owner role"}
        assert by_role(one["asked"], "export") == {"system administrator": 80}


@pytest.mark.slow
def test_at_home_the_same_questions_do_find_it(at_home: list[dict[str, Any]]) -> None:
    for one in at_home:
        found, opened = by_kind(one["found"]), by_kind(one["opened"])
        assert not [kind for kind in ("page", "form", "cookie", "sql", "gate", "export") if not found[kind]], one[
            "found"
        ]
        assert found["cookie"] >= 6 and found["sql"] >= 20 and found["gate"] >= 5, one["found"]
        assert "organisation" in by_role(one["found"], "cookie", "page", "form"), one["found"]
        assert set(by_role(one["found"], "sql")) == {"application role", "owner role"}
        assert opened["cookie"] >= 10 and opened["token"] >= 2 and opened["code"] >= 8, one["opened"]
        assert opened["connection"] >= 2, one["opened"]
    pages = by_role(at_home[0]["found"], "page", "form") + by_role(at_home[1]["found"], "page", "form")
    assert "resident" in pages and set(pages) & set(EMPLOYEES) and sum(pages.values()) >= 5, pages
