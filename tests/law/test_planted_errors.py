"""Errors planted in the lowering to SQL: each of them is caught by the cases of the conformance suite."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.law.test_conformance import the_suite
from tests.law.test_planted_close import plant
from waardig.law.adapters import conformance as suite
from waardig.law.core import compile as lowering
from waardig.law.core.compile import base

#: module, what stands there, the error in its place, and a word that the cases cover which may catch it.
PLANTED = [
    ("numbers", '(" + " if sign > 0 else " - ").join', '" + ".join', "SUBTRACT"),
    ("numbers", '"LEAST" if node.op == "MIN" else "GREATEST"', '"GREATEST" if node.op == "MIN" else "LEAST"', "MIN"),
    ("numbers", 'f"({two} + {bottom}) // {twice}"', 'f"({two}) // {twice}"', "ROUND"),
    ("numbers", "return down if hi < 0 else", "return up if hi < 0 or lo < 0 else", "ROUND"),
    ("numbers", '({minus} + {bottom} - 1) // {bottom})"', '({minus}) // {bottom})"', "FLOOR"),
    ("numbers", 'f"({plus} + {bottom} - 1) // {bottom}"', 'f"({plus}) // {bottom}"', "CEIL"),
    ("numbers", "Fraction(10) ** -node.precision", "Fraction(10) ** node.precision", "negative_precision"),
    ("numbers", 'all_of(value.r.here, f"{value.v} = 0") for', '"FALSE" for', "DIVIDE"),
    ("numbers", "< 0 THEN -{wrapped(top)} ELSE", "< 0 THEN {top} ELSE", "DIVIDE"),
    ("numbers", 'v=f"-{wrapped(value.v)}"', "v=value.v", "DIVIDE"),
    ("numbers", "_times(result, value.lo * value.scale)", "_times(result, value.lo)", "MULTIPLY"),
    ("base", "if absent_fails:", "if not absent_fails:", "ADD"),
    ("base", "[(None, value.r) for value in values]", "[]", "unknown"),
    ("base", "replace(unknown, absent=column.absent, doubt=column.doubt)", "replace(unknown, doubt=column.doubt)",
     "absent"),
    ("base", "any_of(given.absent, given.doubt), code", "given.doubt, code", "open_norms"),
    ("base", "case([(given.absent, own.code)], given.code)", "given.code", "open_norms"),
    ("base", "if not node.taint:", "if node.taint:", "untranslatables_propagate"),
    ("base", '"month": (parts.m, 1, 12), "day": (parts.d, 1, 31)', '"month": (parts.d, 1, 31), "day": (parts.m, 1, 12)',
     "date_parts"),
    ("logic", "{wrapped(left.v)} {sign} {", "{wrapped(left.v)} {sign.rstrip('=')} {", "GREATER_THAN_OR_EQUAL"),
    ("logic", 'equal = op in ("LESS_THAN_OR_EQUAL", "GREATER_THAN")', "equal = False", "AGE"),
    ("logic", "case([(one, both)], text)", 'case([(one, "FALSE")], text)', "absent"),
    ("logic", "[*branches, *((None, value.r) for value in values)]",
     "[*((None, value.r) for value in values), *branches]", "short_circuit"),
    ("logic", "branches += [(hit, SURE), (value.r.error, FAILED)]", "branches += [(hit, SURE)]", "short_circuit"),
    ("logic", "reasons += [(None, test.r), (hit, then.r)]", "reasons += [(hit, then.r)]", "IF"),
    ("logic", "reasons += [(None, test.r), (hit, then.r)]", "reasons += [(None, test.r)]", "IF"),
    ("logic", "subject.r.without_absence)", "SURE)", "IN"),
    ("logic", "floor(exact) + 1 if", "ceil(exact) if", "GREATER_THAN"),
    ("logic", "negated(values[0].truthy), c.strict_reason(values, absent_fails=False)",
     "negated(values[0].truthy), c.strict_reason(values)", "NOT"),
    ("logic", "return value.truthy\n", "return any_of(value.truthy, value.r.bad)\n", "OR"),
    ("dates", 'f"-({backward})"', 'f"({backward})"', "signed_difference"),
    ("dates", "ELSE -(-{months} // {by}) END", "ELSE -(-{months} // {by}) - 1 END", "signed_difference"),
    ("dates", "+ 719162) % 7", "+ 719163) % 7", "DAY_OF_WEEK"),
    ("dates", '(("weeks", 7), ("days", 1))', '(("weeks", 1), ("days", 7))', "DATE_ADD"),
    ("dates", '(("years", 12), ("months", 1))', '(("months", 1), ("years", 12))', "DATE_ADD"),
    ("dates", "{wrapped(end.v)} - {wrapped(start.v)}", "{wrapped(end.v)} - {start.v}", "DATE_DIFF"),
    ("dates", "if start.hi <= end.lo:", "if True:", "signed_difference"),
    ("collections", "all_of(one.here, one.counts.truthy)", "one.here", "FOREACH"),
    ("collections", "one.counts.r.under(one.here)", "one.counts.r", "FOREACH"),
    ("collections", "reasons.append((None, one.value.r.under(hit)))", "pass", "FOREACH"),
    ("collections", "(nobody, Reason.always(R_ABSENT))", '("FALSE", Reason.always(R_ABSENT))', "FOREACH"),
    ("collections", "hi = sum(max(0", "hi = max(max(0", "FOREACH"),
    ("collections", "{count.v} >= {number}", "{count.v} > {number}", "FOREACH"),
    ("collections", "case([(negated(one.here), neutral)], whole.v)", "whole.v", "FOREACH"),
    ("collections", "c.why.first([(None, count.r)], found.r)", "found.r", "FOREACH"),
    ("collections", "negated(counts.truthy), counts.r", "counts.truthy, counts.r", "FOREACH"),
    ("reasons", "for when, reason in [*branches, (\"TRUE\", default)]", "for when, reason in branches", "IF"),
    ("reasons", "if gives != name and", "if gives == name and", "short_circuit"),
    ("reasons", "before += _passed(when, reason)", "pass", "short_circuit"),
    ("reasons", "reason.without_absence, name)", "reason, name)", "absent"),
    ("reasons", "codes[:-1]], codes[-1][1])", "codes[1:]], codes[0][1])", "unknown"),
]  # fmt: skip

#: The same in what both executors read: versions of laws, and how articles are joined.
JOINED = [
    ("book", "on.isoformat() > newest.valid_to", "on.isoformat() >= newest.valid_to", "valid_to"),
    ("book", '(law.valid_from or "") <= on', '(law.valid_from or "") < on', "stage_days"),
    ("book", "if hook.decision_type in (None, decision):", "if True:", "decision_type"),
    ("book", 'pair: pair[0].valid_from or "", reverse=True)', 'pair: pair[0].valid_from or "")', "lex_posterior"),
    ("link", "for candidate in self.law.articles", "for candidate in law.articles", "overrides"),
    ("link", "(rule.law, rule.article, rule.output) == (law.id, article.number, output)",
     "(rule.law, rule.output) == (law.id, output)", "overrides"),
    ("link", "if in_scope(law, self.scope) and hooked is not article", "if hooked is not article", "scope"),
    ("link", "{**frame.env, **{name: frame.output(name) for name in own}}", "dict(frame.env)", "hooks"),
]  # fmt: skip


def _planted(module: str, right: str, wrong: str) -> ModuleType:
    """The module with one error in it, as a module of its own."""
    true = importlib.import_module(f"waardig.law.core.compile.{module}")
    text = Path(str(true.__file__)).read_text("utf-8")
    assert text.count(right) == 1, f"{right!r} stands {text.count(right)} times in {module}"
    spec = importlib.util.spec_from_file_location(true.__name__, true.__file__)
    assert spec is not None
    changed = importlib.util.module_from_spec(spec)
    exec(compile(text.replace(right, wrong), str(true.__file__), "exec"), changed.__dict__)
    return changed


def _with(changed: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the changed module in the place of the true one, for the compiler and for the list of operations."""

    def swapped(operations: Any) -> dict[str, Any]:
        return {
            word: getattr(changed, made.__name__) if made.__module__ == changed.__name__ else made
            for word, made in operations.items()
        }

    proven = lowering.OPERATIONS
    new = replace(proven, lazy=swapped(proven.lazy), strict=swapped(proven.strict))
    monkeypatch.setattr(lowering, "OPERATIONS", new)
    if changed.__name__.endswith(".base"):
        monkeypatch.setattr(lowering, "Compiler", changed.Compiler)
    if changed.__name__.endswith(".reasons"):
        monkeypatch.setattr(base, "Reasons", changed.Reasons)


def _caught(word: str, executor: str = "duckdb") -> Iterator[str]:
    """The cases that fail; an engine that stops on a program is caught too."""
    for case in the_suite().cases:
        if word not in case.covers:
            continue
        try:
            failed = [verdict for verdict in suite.run([case], executor) if verdict.status == "failed"]
        except Exception:
            failed = [suite.Verdict(case, executor, "failed", "")]
        yield from (verdict.case.id for verdict in failed)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}-{planted[3]}-{planted[2][:24]}")
def test_a_planted_error_in_the_lowering_is_caught(
    planted: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, right, wrong, word = planted
    _with(_planted(module, right, wrong), monkeypatch)

    assert next(_caught(word), None) is not None


@pytest.mark.parametrize("planted", JOINED, ids=lambda planted: f"{planted[0]}-{planted[3]}-{planted[2][:24]}")
def test_a_planted_error_in_what_both_executors_read_is_caught(
    planted: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, right, wrong, word = planted
    assert plant(module, right, wrong, monkeypatch) == 1

    suite._book.cache_clear()
    assert next(_caught(word, "interpreter"), None) is not None
    suite._book.cache_clear()


@pytest.mark.parametrize("module", ["base", "dates", "logic", "numbers", "reasons"])
def test_a_module_put_in_place_without_an_error_is_not_caught(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planting itself breaks nothing: what is caught is the error."""
    _with(_planted(module, "from __future__ import annotations", "from __future__ import annotations"), monkeypatch)

    assert next(_caught("signed_difference"), None) is None
    assert next(_caught("short_circuit"), None) is None
