"""Errors planted in the lowering, most of which no case of the conformance suite meets: random laws find each."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests.law.test_random_close import agrees, calendar, decided, limited, scaled, together
from tests.law.test_random_laws import disagreements

WITH_MISSING = (decided, together)
#: module, what stands there, the error in its place, and the laws that find it.
PLANTED: list[tuple[str, str, str, Callable[[], Any]]] = [
    ("sql_dates", " OR {year} % 400 = 0))", "))", calendar),
    ("sql_dates", "IN (4, 6, 9, 11)", "IN (4, 6, 9)", calendar),
    ("sql_dates", " + {doe} // 36524 - {doe} // 146096)", " + {doe} // 36524)", calendar),
    ("sql", "value > limit if equal else value >= limit", "value >= limit", calendar),
    ("sql", "DATE '{date.fromordinal(day + EPOCH)}'", "DATE '{date.fromordinal(day + EPOCH - 1)}'", calendar),
    ("compile.logic", "(right, MIRRORED[node.op], left)):", "(right, node.op, left)):", calendar),
    ("compile.dates", "lambda day: at(start.lo, day), True", "lambda day: at(start.lo, day), False", calendar),
    ("sql", "(any_of(kept[-1][0], condition), value)", "(all_of(kept[-1][0], condition), value)", decided),
    ("compile.logic", "all_of(value.r.here, negated(value.truth))", "negated(value.truth)", decided),
    ("compile.logic", "value.hi < edge or value.lo >= edge", "value.hi <= edge or value.lo >= edge", decided),
    ("compile.stages", "for test, part in value.spelled:", "for test, part in ():", decided),
    ("compile.stages", "wrapped(inner), text)", "inner, text)", calendar),
    ("compile.logic", 'if not set(conjuncts(test)).difference(given, ("TRUE",)):', "if True:", limited),
    ("compile.logic", "if negated(test) not in given:", "if negated(test) in given:", limited),
    ("compile.logic", "if len(reached) == 1 else None", "if reached else None", limited),
    ("compile.logic", "pair = common([left, right])[0] if left.kind == NUMBER else [left, right]",
     "pair = [left, right]", scaled),
    ("compile.logic", "rescaled(b, scale) if b.kind", "b if b.kind", scaled),
    ("compile.logic", "_bounded(right, MIRRORED[node.op], left)", "_bounded(right, node.op, left)", scaled),
    ("compile.numbers", "1 / (fixed.lo * fixed.scale)", "Fraction(1, fixed.lo)", scaled),
    ("compile.numbers", "lo=-value.hi,\n        hi=-value.lo", "lo=value.lo,\n        hi=value.hi", scaled),
    ("compile.numbers", "left.scale * right.scale, lo", "left.scale, lo", scaled),
    ("compile.collections", 'f"CASE WHEN {hit} THEN {value.v} END"', "value.v", together),
    ("compile.collections", "one.value.r.under(hit)", "one.value.r.under(one.here)", together),
    ("compile.collections", "negated(counts.truthy), counts.r.without_absence", "negated(counts.truthy), counts.r",
     together),
]  # fmt: skip


ABOUT_A_GAP = [
    {"operation": "OR", "conditions": ["$p", "$q"]},
    {"operation": "NOT", "value": "$p"},
    {"operation": "IF", "cases": [{"when": "$p", "then": "$a"}], "default": 7},
    {
        "operation": "IF",
        "cases": [{"when": {"operation": "OR", "conditions": ["$q", "$p"]}, "then": "$b"}],
        "default": 8,
    },
]


def with_gaps() -> list[dict[str, Any]]:
    """Every pair of true, false and nothing, in columns without a reason beside them."""
    rest = {"a": 3, "b": 4, "d": "2024-01-01", "e": "2024-02-01", "s": "", "leden": []}
    return [{**rest, "p": p, "q": q} for p in (True, False, None) for q in (True, False, None)]


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """Every function of a module and of its classes, with its place."""
    for name, found in vars(module).items():
        if isinstance(found, FunctionType) and found.__module__ == module.__name__:
            yield name, found
        elif isinstance(found, type) and found.__module__ == module.__name__:
            for part, member in vars(found).items():
                function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
                if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                    yield f"{name}.{part}", function


def plant(module: str, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Puts an error into a function that others hold already. Gives how many functions changed."""
    true = importlib.import_module(f"waardig.law.core.{module}")
    text = Path(str(true.__file__)).read_text("utf-8")
    assert text.count(right) == 1, f"{right!r} stands {text.count(right)} times in {module}"
    changed = types.ModuleType(true.__name__)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, true.__name__, changed)  # dataclasses look their module up
        exec(compile(text.replace(right, wrong), str(true.__file__), "exec"), changed.__dict__)
    new = dict(_functions(changed))
    found = [(function, new[place]) for place, function in _functions(true) if function.__code__ != new[place].__code__]
    for function, other in found:
        monkeypatch.setattr(function, "__code__", other.__code__)
    return len(found)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}-{planted[2][:40]}")
def test_a_planted_error_is_found_by_random_laws(
    planted: tuple[str, str, str, Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, right, wrong, laws = planted
    assert plant(module, right, wrong, monkeypatch) == 1

    with pytest.raises(Exception):  # noqa: B017  another value, another reason, or an engine that stops
        agrees(laws, missing=laws in WITH_MISSING, small=False)


def test_a_planted_error_in_a_truth_with_gaps_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert disagreements(ABOUT_A_GAP, with_gaps()) == ([], len(ABOUT_A_GAP))
    assert plant("compile.stages", r"\1 IS TRUE", r"\1 IS NOT FALSE", monkeypatch) == 1

    assert disagreements(ABOUT_A_GAP, with_gaps())[0]


def test_a_function_planted_without_an_error_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    same = "from __future__ import annotations"

    assert plant("sql", same, same, monkeypatch) == 0
