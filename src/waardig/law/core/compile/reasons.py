"""Reasons put together: of several branches the first whose condition holds says why a value is not there.

Of two conditions that never hold together neither is subtracted from the other; which those are is remembered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from waardig.law.core.sql import R_ERROR, SURE, Reason, all_of, any_of, case, negated

FAILED = Reason.always(R_ERROR)
FLAGS = ("absent", "error", "doubt")
Branch = tuple[str | None, Reason]
"""Condition and reason; without a condition: where that reason is more than absence."""


class Reasons:
    """The reasons of one compilation."""

    def __init__(self, keep: Callable[[str], str]) -> None:
        self.keep = keep
        self.apart: set[frozenset[str]] = set()

    def disjoint(self, *conditions: str) -> None:
        """Remembers that of these conditions at most one holds."""
        self.apart.update(map(frozenset, combinations(conditions, 2)))

    def excludes(self, condition: str, others: Iterable[str]) -> None:
        """Remembers conditions that never hold where this one does; they may hold together elsewhere."""
        self.apart.update(frozenset((condition, other)) for other in others)

    def settled(self, reason: Reason) -> Reason:
        """The same with every condition as a column, so that it can be used as often as needed."""
        if reason == SURE:
            return reason
        absent, error, doubt = (self.keep(flag) for flag in reason.flags)
        self.disjoint(absent, error, doubt)
        here = reason.ok or negated(any_of(absent, error, doubt))
        return Reason(absent, error, doubt, self.keep(reason.code), reason.can, self.keep(here))

    def first(self, branches: Sequence[Branch], default: Reason = SURE) -> Reason:
        """The reason of the first branch that holds, else the default."""
        if default == SURE and all(reason == SURE for _, reason in branches):
            return SURE
        live: list[Branch] = []
        for when, reason in [*branches, ("TRUE", default)]:
            if when == "FALSE" or (when is None and reason.bad == "FALSE"):
                continue
            live.append((when, reason))
            if when == "TRUE":
                break
        terms = {name: self._terms(name, live) for name in FLAGS}
        absent, error, doubt = (any_of(*(term for term, _ in terms[name])) for name in FLAGS)
        codes = [(term, reason.code) for term, reason in terms["doubt"]]
        code = self._code(codes) if codes else "0"
        return Reason(absent, error, doubt, code, frozenset().union(*(reason.can for _, reason in terms["doubt"])))

    def _code(self, codes: Sequence[tuple[str, str]]) -> str:
        """The code of the first doubt that holds."""
        if len({code for _, code in codes}) == 1:
            return codes[0][1]
        return case([(self.keep(term), code) for term, code in codes[:-1]], codes[-1][1])

    def _terms(self, name: str, live: list[Branch]) -> list[tuple[str, Reason]]:
        """Where each branch gives this kind of reason."""
        same = {(getattr(reason, name), reason.code if name == "doubt" else "") for _, reason in live}
        if len(same) == 1 and all(when is not None for when, _ in live):
            flag, _ = same.pop()
            return [] if flag == "FALSE" else [(flag, live[0][1])]
        found, before = [], list[tuple[str, str]]()
        for when, reason in live:
            flag = getattr(reason if when is not None else reason.without_absence, name)
            term = self._after(when or "TRUE", flag, name, before)
            if term != "FALSE":
                found.append((term, reason))
            before += _passed(when, reason)
        return found

    def _after(self, when: str, flag: str, name: str, before: list[tuple[str, str]]) -> str:
        """A condition where nothing before held that gives another kind of reason."""
        if {when, flag} & {earlier for earlier, _ in before} or frozenset((when, flag)) in self.apart:
            return "FALSE"
        rest = [
            earlier
            for earlier, gives in before
            if gives != name and not {frozenset((earlier, when)), frozenset((earlier, flag))} & self.apart
        ]
        if all_of(when, flag) == "FALSE":
            return "FALSE"
        nothing = negated(any_of(*rest))
        return all_of(when, flag, self.keep(nothing) if len(rest) > 1 else nothing)


def _passed(when: str | None, reason: Reason) -> list[tuple[str, str]]:
    """Conditions that hold for nobody after a branch, and what kind of reason each gives for sure."""
    if when is None:
        return [(reason.error, "error"), (reason.doubt, "doubt")]
    always = [name for name in FLAGS if getattr(reason, name) == "TRUE"]
    return [(when, always[0] if always else "")]
