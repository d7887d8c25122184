"""The reasoning of a judgement as people read it: the steps of why.yaml filled from the law's own evaluation; pure.

Invariant: a fact stands under a step only when the law used it; of a couple only joint figures and the applicant's own.
Source: Awb 3:46-3:47; AVG art. 15 and 22; CJEU C-203/22 (procedure actually applied, and what would have changed it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from waardig.cases.core.judge import Judgement, Verdict
from waardig.catalogue.terms import Change, Counterfactual, Expectation, Placeholder, ShownFact, WhyPage, WhyStep
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.days import date_text
from waardig.kernel.money import euros
from waardig.kernel.period import month_start
from waardig.law.terms import Evaluation, Fact, Step

Standing = Literal["met", "presumed", "unknown", "not_met"]


OF_ONE_OF_YOU = "(van een van beiden)"
NOT_KNOWN = Fact(None, "unknown")
NO_RIGHT = Bilingual("Er is nu geen recht. Daarom is er geen bedrag.", "There is no right now. So there is no amount.")


@dataclass(frozen=True)
class ExplainedFact:
    """One fact under a step. `value` is None when it is absent or unknown, then `words` says so."""

    input: str
    label: Bilingual
    show: str
    value: Any
    words: Bilingual
    source: str
    as_of: date | None
    since: date | None
    is_named: bool = True
    is_dated_by_start: bool = False

    @property
    def dated(self) -> date | None:
        """The day that people see with it: when it was established where its age matters, else when it was known."""
        return self.since if self.is_dated_by_start and self.since else self.as_of


@dataclass(frozen=True)
class LawLayer:
    """The article under a step with its literal text, the date of that text and its status."""

    law: str
    article: str
    paragraph: str
    text: str
    url: str
    version: str
    status: str


@dataclass(frozen=True)
class ExplainedStep:
    """One step of the reasoning."""

    id: str
    kind: str
    standing: Standing
    heading: Bilingual
    rule: Bilingual
    said: Bilingual
    facts: tuple[ExplainedFact, ...]
    laws: tuple[LawLayer, ...]
    is_old: bool
    who_looks: Bilingual | None


def explain(
    page: WhyPage,
    judged: Judgement,
    inputs: Mapping[str, Fact],
    *,
    on: date,
    private: frozenset[str] = frozenset(),
) -> tuple[ExplainedStep, ...]:
    """The steps of a service's Why page for one judgement (made with explain=True for the articles).

    Args:
        inputs: the facts that the law was given, for what it did not use.
        on: the day of the judgement, to say which facts are old.
        private: inputs of a couple that may be about one of the two; that there is a value is said, not which.
    """
    return tuple(_steps(page, judged, {name: _shareable(name, fact, private) for name, fact in inputs.items()}, on))


def _shareable(name: str, fact: Fact, private: frozenset[str]) -> Fact:
    return (
        replace(fact, value=OF_ONE_OF_YOU, as_of=None, since=None) if name in private and fact.reason == "ok" else fact
    )


def _steps(page: WhyPage, judged: Judgement, inputs: Mapping[str, Fact], on: date) -> Iterator[ExplainedStep]:
    said = judged.evaluation
    for step in page.steps:
        yield _step(step, judged, inputs, on)
    for step in page.also_checked:
        outcome = said.outputs.get(step.output)
        if outcome is not None and not (outcome.reason == "ok" and outcome.value is True):
            yield _step(step, judged, inputs, on)


def _step(step: WhyStep, judged: Judgement, inputs: Mapping[str, Fact], on: date) -> ExplainedStep:
    said = judged.evaluation
    used = frozenset(said.inputs_used)
    facts = tuple(
        _fact(shown, inputs.get(shown.input, NOT_KNOWN), ages=step.old_after is not None)
        for shown in step.facts
        if shown.input in used
    )
    standing = _standing(step, judged)
    words = {"met": step.said.met, "presumed": step.said.assumed, "unknown": step.said.unknown}
    fill = _filler(said, inputs, step.placeholders)
    is_moot = step.kind == "amount" and judged.verdict is Verdict.NOT
    return ExplainedStep(
        id=step.id,
        kind=step.kind,
        standing=standing,
        heading=step.heading,
        rule=NO_RIGHT if is_moot else fill(step.rule_for(used)),
        said=NO_RIGHT if is_moot else fill(words.get(standing, step.said.not_met)),
        facts=facts,
        laws=_layers(said, step.output),
        is_old=any(_is_old(fact, on, step.old_after or "") for fact in facts),
        who_looks=step.who_looks,
    )


def _standing(step: WhyStep, judged: Judgement) -> Standing:
    outcome = judged.evaluation.outputs[step.output]
    if outcome.reason != "ok":
        return "unknown"
    if step.kind == "amount":
        return "met" if outcome.value else "not_met"
    if outcome.value is False:
        return "not_met"
    if step.kind == "open_norm":
        return "presumed"
    assumed = {shown.input for shown in step.facts} & set(judged.assumed) & set(judged.evaluation.inputs_used)
    return "unknown" if assumed else "met"


def _fact(shown: ShownFact, fact: Fact, *, ages: bool) -> ExplainedFact:
    is_told = fact.reason == "ok" and not fact.presumed and fact.value != OF_ONE_OF_YOU
    value = fact.value if is_told else None
    return ExplainedFact(
        input=shown.input,
        label=shown.label,
        show=shown.show,
        value=value,
        words=_words(shown, fact, value),
        source=fact.source,
        as_of=fact.as_of,
        since=fact.since,
        is_named=shown.is_named,
        is_dated_by_start=ages,
    )


def _words(shown: ShownFact, fact: Fact, value: Any) -> Bilingual:
    if fact.reason == "absent":
        return shown.absent or Bilingual("Geen", "None")
    if fact.value == OF_ONE_OF_YOU:
        return Bilingual("Bekend bij ons, van een van u beiden", "Known to us, of one of the two of you")
    if value is None:
        return Bilingual("Dit weten wij niet", "We do not know this")
    if shown.words:
        return shown.words.get(str(value), Bilingual(str(value), str(value)))
    if shown.show == "age":
        years = _age(date.fromisoformat(str(value)), fact.as_of or date.max)
        return Bilingual(f"{years} jaar", f"{years} years")
    return in_words(shown.show, value)


def in_words(show: str, value: Any) -> Bilingual:
    """A value of the law as people write it: eurocent, date, months, number, yes_no.

    Example:
        >>> in_words("months", 36), in_words("date", "2024-03-14").nl
        (Bilingual(nl='3 jaar', en='3 years'), '14 maart 2024')
    """
    if show == "eurocent":
        return Bilingual(euros(int(value)), euros(int(value), "en"))
    if show == "date":
        day = date.fromisoformat(str(value))
        return Bilingual(date_text(day, "nl"), date_text(day, "en"))
    if show == "months":
        months = int(value)
        if months and months % 12 == 0:
            return Bilingual(f"{months // 12} jaar", f"{months // 12} year{'s' if months != 12 else ''}")
        one = months == 1
        return Bilingual(f"{months} {'maand' if one else 'maanden'}", f"{months} {'month' if one else 'months'}")
    if show == "yes_no":
        return Bilingual("ja", "yes") if value else Bilingual("nee", "no")
    return Bilingual(str(value), str(value))


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _is_old(fact: ExplainedFact, on: date, after: str) -> bool:
    """Whether a fact is older than an ISO 8601 period of years or months (P1Y, P18M)."""
    match = re.fullmatch(r"P(\d+)([YM])", after)
    if match is None or fact.value is None or fact.since is None:
        return False
    months = int(match[1]) * (12 if match[2] == "Y" else 1)
    limit = month_start(on, -months)
    return (fact.since.year, fact.since.month, fact.since.day) < (limit.year, limit.month, on.day)


def _filler(
    said: Evaluation, inputs: Mapping[str, Fact], placeholders: Mapping[str, Placeholder]
) -> Callable[[Bilingual], Bilingual]:
    values = {name: _placed(said, inputs, placeholder) for name, placeholder in placeholders.items()}

    def fill(text: Bilingual) -> Bilingual:
        nl, en = text.nl, text.en
        for name, value in values.items():
            nl, en = nl.replace("{" + name + "}", value.nl), en.replace("{" + name + "}", value.en)
        return Bilingual(nl, en)

    return fill


def _placed(said: Evaluation, inputs: Mapping[str, Fact], placeholder: Placeholder) -> Bilingual:
    value = None
    if placeholder.output and (found := said.outputs.get(placeholder.output)) and found.reason == "ok":
        value = found.value
    if placeholder.input and (fact := inputs.get(placeholder.input)) and fact.reason == "ok":
        value = fact.value
    if placeholder.words and str(value) in placeholder.words:
        return placeholder.words[str(value)]
    if value is None or placeholder.type == "choice":
        return placeholder.otherwise or Bilingual("(nog niet bekend)", "(not known yet)")
    return in_words(placeholder.type, value)


def _layers(said: Evaluation, output: str) -> tuple[LawLayer, ...]:
    """The articles that a step rests on: where the output stands, and the regulations that filled its open terms."""
    found: dict[tuple[str, str], LawLayer] = {}
    for root in said.steps:
        for step in _walk(root):
            if step.name == output and step.kind == "output":
                _collect(step, found, depth=0)
    return tuple(found.values())


def _walk(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from _walk(child)


def _collect(step: Step, found: dict[tuple[str, str], LawLayer], depth: int) -> None:
    if step.article_text and not step.not_needed:
        key, paragraph = (step.law, step.article), _paragraph(step)
        if key not in found or (paragraph and not found[key].paragraph):  # the first that says which paragraph
            found[key] = LawLayer(
                law=step.law_name,
                article=step.article,
                paragraph=paragraph,
                text=step.article_text,
                url=step.url,
                version=step.version,
                status=step.text_status.value,
            )
    if depth < 6:
        for child in step.children:
            _collect(child, found, depth + 1)


def _paragraph(step: Step) -> str:
    """The paragraph of the article that is shown; a step may rest on another law, of which no text is here."""
    basis = step.legal_basis
    same = basis["url"] == step.url if basis.get("url") else basis.get("law") in (None, step.law_name)
    return basis.get("paragraph", "") if same and basis.get("article") == step.article else ""


def counterfactuals(
    page: WhyPage,
    inputs: Mapping[str, Fact],
    judged: Judgement,
    again: Callable[[Mapping[str, Fact]], Judgement],
) -> tuple[Bilingual, ...]:
    """ "When was it different?": each line is shown only when recomputing with the change gives what it says.

    Args:
        again: judges the household once more with changed inputs.
    """
    lines = []
    for line in page.counterfactuals:
        if line.when_used not in judged.evaluation.inputs_used or not _holds_now(line, judged, inputs):
            continue
        changed = _changed(line.change, inputs, judged.evaluation)
        if changed is None:
            continue
        other = again(changed)
        if _fits(line.expect, other) and _says_something(line, other):
            both = {**inputs, **changed}
            lines.append(_filler(other.evaluation, both, line.placeholders)(line.sentence))
    return tuple(lines)


def _holds_now(line: Counterfactual, judged: Judgement, inputs: Mapping[str, Fact]) -> bool:
    """A line about an outcome or a fact that is already so says nothing."""
    fact = inputs.get(line.unless.output) if line.unless else None  # `unless` names an input
    if line.unless and fact is not None and fact.reason == "ok" and fact.value == line.unless.value:
        return False
    return line.expect is None or not _fits(line.expect, judged)


def _says_something(line: Counterfactual, other: Judgement) -> bool:
    """Every figure in the sentence follows from the recomputed outcome: never an unknown, or an amount of nothing."""
    outcomes = other.evaluation.outputs
    named = [place.output for place in line.placeholders.values() if place.output]
    return all(name in outcomes and outcomes[name].reason == "ok" and outcomes[name].value for name in named)


def _changed(change: Change, inputs: Mapping[str, Fact], said: Evaluation) -> Mapping[str, Fact] | None:
    before = inputs.get(change.input, Fact(None, "unknown"))
    value: Any = change.to
    if change.to_output:
        outcome = said.outputs.get(change.to_output)
        if outcome is None or outcome.reason != "ok":
            return None
        value = int(str(outcome.value)) + change.plus_eurocent
    return {**inputs, change.input: replace(before, value=value, reason="ok", presumed=False)}


def _fits(expected: Expectation | None, judged: Judgement) -> bool:
    if expected is None:
        return True
    outcome = judged.evaluation.outputs.get(expected.output)
    return outcome is not None and outcome.reason == "ok" and outcome.value == expected.value
