"""Beside a no of the law: with which other value of one fact the law would have given a right; computed, never advice.

Only what the explanation shows already, and no fact of which of a couple one may know what the other has. How old
somebody is, with whom they live and which children they have are left out: no letter says what those had better be.
Source: Awb 3:46; CJEU C-203/22 (what would have led to another outcome); decisions 0088 and 0090.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from waardig.cases.core.explained import in_words
from waardig.cases.core.judge import Judgement, Verdict
from waardig.catalogue.terms import ShownFact, WhyPage
from waardig.kernel.bilingual import Bilingual
from waardig.law.queries import Change
from waardig.law.terms import Fact

SAID = frozenset({"eurocent", "months", "date", "yes_no"})
"""How a fact must be shown to be named: amounts, times, days, and yes or no."""
HOW = {
    "at_most": Bilingual("hoogstens ", "at most "),
    "at_least": Bilingual("minstens ", "at least "),
    "on_or_before": Bilingual("op of voor ", "on or before "),
    "on_or_after": Bilingual("op of na ", "on or after "),
    "is": Bilingual("", ""),
}
NONE = Bilingual("geen", "none")


def nearest_lines(
    page: WhyPage,
    changes: Sequence[Change],
    inputs: Mapping[str, Fact],
    again: Callable[[Mapping[str, Fact]], Judgement],
    *,
    private: frozenset[str] = frozenset(),
) -> tuple[Bilingual, ...]:
    """Each fact with the nearest value at which the household would have qualified, in the order of the law.

    Args:
        changes: what the law found; a line stands only when the whole judgement, made again, is a right.
        inputs: the facts that the law was given.
        private: inputs that may be about one of a couple.
    """
    shown = {fact.input: fact for step in (*page.steps, *page.also_checked) for fact in step.facts if fact.show in SAID}
    found: dict[str, Bilingual] = {}
    for change in _one_a_fact(changes):
        fact = shown.get(change.name)
        before = inputs.get(change.name)
        if fact is None or before is None or before.presumed or change.name in private:
            continue
        reason = "ok" if change.value is not None else "absent"
        other = again({**inputs, change.name: replace(before, value=change.value, reason=reason)})
        if other.verdict is Verdict.QUALIFIES:
            found[change.name] = _line(fact, change)
    return tuple(found.values())


def _one_a_fact(changes: Sequence[Change]) -> Iterator[Change]:
    """Of each fact the change to a value; that there is nothing only where no value does it."""
    valued = {change.name for change in changes if change.value is not None}
    yield from (change for change in changes if change.value is not None or change.name not in valued)


def _line(fact: ShownFact, change: Change) -> Bilingual:
    value = in_words(fact.show, change.value) if change.value is not None else NONE
    how = HOW[change.how]
    nl, en = (f"{label[:1].upper()}{label[1:]}" for label in (fact.label.nl, fact.label.en))
    return Bilingual(f"{nl}: {how.nl}{value.nl}", f"{en}: {how.en}{value.en}")
