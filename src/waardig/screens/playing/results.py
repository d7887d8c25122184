"""What a run of a law is shown as: its outcomes, every step, the articles that took part."""

from __future__ import annotations

from collections.abc import Iterator

from waardig.cases import queries as cases
from waardig.kernel.errors import Refusal
from waardig.law import queries as law
from waardig.law.queries import Example
from waardig.law.terms import Evaluation, Step
from waardig.screens.pages import play as pages
from waardig.screens.pages.words import Words

MOST_STEPS = 400


def output_of(step: Step, earlier: Evaluation | None) -> pages.PlayOutput:
    """An outcome, beside that of the run before when it was another."""
    words = Words(step.words_nl, step.words_en)
    old = next((one for one in earlier.steps if one.name == step.name), None) if earlier else None
    before = Words(old.words_nl, old.words_en) if old and old.words_nl != step.words_nl else None
    return pages.PlayOutput(step.name, words, before)


def explained(case: Example) -> tuple[pages.PlayStep, ...]:
    """Every step of an invented case, as far as they are shown; none when the law cannot answer it."""
    asked = tuple(dict.fromkeys(case.outputs))
    try:
        said = law.evaluate(
            cases.book(), case.law, asked, on=case.on, parameters=case.parameters, facts=case.facts, explain=True
        )
    except Refusal:
        return ()
    return tuple(one for step in said.steps for one in steps_of(step, 0))[:MOST_STEPS]


def steps_of(step: Step, depth: int) -> Iterator[pages.PlayStep]:
    """A step and everything under it."""
    yield pages.PlayStep(
        depth=min(depth, 8),
        words=Words(step.words_nl, step.words_en),
        article=f"{step.law_name}, art. {step.article}{_paragraph(step)}",
        href=step.url,
        decided=step.taken,
        not_needed=step.not_needed,
        amount_status=step.amount_status.value if step.amount_status else None,
    )
    for child in step.children:
        yield from steps_of(child, depth + 1)


def _paragraph(step: Step) -> str:
    """The paragraph that the law file names for a step, when it is one of the article that is shown."""
    basis = step.legal_basis
    named = basis.get("paragraph") if basis.get("article") == step.article else None
    return f" lid {named}" if named else ""


def articles_of(steps: tuple[Step, ...]) -> Iterator[pages.PlayArticle]:
    """Every article that took part, once, with its literal text."""
    seen: set[tuple[str, str]] = set()
    waiting = list(steps)
    while waiting:
        step = waiting.pop(0)
        waiting += step.children
        if step.article_text and not step.not_needed and (step.law, step.article) not in seen:
            seen.add((step.law, step.article))
            yield pages.PlayArticle(
                step.law_name, step.article, step.article_text, step.url, step.version, step.text_status.value
            )
