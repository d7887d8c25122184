"""From a why.yaml that passed its schema to a WhyPage, and the placeholders inside its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from waardig.catalogue.terms import (
    Change,
    Counterfactual,
    Expectation,
    Placeholder,
    Said,
    ShownFact,
    WhyPage,
    WhyStep,
)
from waardig.kernel.bilingual import Bilingual

Content = Mapping[str, Any]
_HOLE = re.compile(r"\{([^{}]*)\}")


def holes(text: str) -> tuple[str, ...]:
    """The names between braces, in order.

    Example:
        >>> holes("De grens is {inkomensgrens} voor {woonsituatie}.")
        ('inkomensgrens', 'woonsituatie')
    """
    return tuple(_HOLE.findall(text))


def why_of(content: Content) -> WhyPage:
    """The Why page."""
    return WhyPage(
        service=content["service"],
        steps=tuple(_step(item) for item in content["steps"]),
        also_checked=tuple(_step(item) for item in content.get("also_checked", ())),
        counterfactuals=tuple(_counterfactual(item) for item in content.get("counterfactuals", ())),
    )


def sentences(step: WhyStep) -> Iterable[Bilingual]:
    """Every sentence of a step that may hold placeholders."""
    yield from (step.heading, step.rule, *step.rule_when_used.values())
    yield from (step.said.met, step.said.not_met, step.said.unknown, step.said.assumed)
    yield from (text for text in (step.old, step.who_looks) if text)


def _words(content: Content | None) -> dict[str, Bilingual] | None:
    return {value: Bilingual.of(text) for value, text in content.items()} if content else None


def _maybe(content: Content | None) -> Bilingual | None:
    return Bilingual.of(content) if content else None


def _placeholders(content: Content) -> dict[str, Placeholder]:
    return {
        name: Placeholder(
            type=item["type"],
            input=item.get("input"),
            output=item.get("output"),
            words=_words(item.get("words")),
            otherwise=_maybe(item.get("otherwise")),
        )
        for name, item in content.items()
    }


def _fact(content: Content, topic: Bilingual) -> ShownFact:
    label = _maybe(content.get("label"))
    return ShownFact(
        input=content["input"],
        show=content["show"],
        label=label or topic,
        is_named=label is not None,
        joint=content.get("joint", False),
        absent=_maybe(content.get("absent")),
        words=_words(content.get("words")),
    )


def _step(content: Content) -> WhyStep:
    topic = _maybe(content.get("topic"))
    named = topic or Bilingual.of(content["heading"])
    return WhyStep(
        id=content["id"],
        output=content["output"],
        kind=content["kind"],
        heading=Bilingual.of(content["heading"]),
        rule=Bilingual.of(content["rule"]),
        facts=tuple(_fact(item, named.capitalised()) for item in content["facts"]),
        said=Said(**{way: Bilingual.of(text) for way, text in content["said"].items()}),
        placeholders=_placeholders(content.get("placeholders", {})),
        rule_when_used={item["input"]: Bilingual.of(item["rule"]) for item in content.get("rule_when_used", ())},
        old_after=content.get("old_after"),
        old=_maybe(content.get("old")),
        who_looks=_maybe(content.get("who_looks")),
        topic=topic,
    )


def _counterfactual(content: Content) -> Counterfactual:
    change = content["change"]
    expect, unless = content.get("expect"), content.get("unless")
    return Counterfactual(
        id=content["id"],
        when_used=content["when_used"],
        change=Change(
            input=change["input"],
            to=change.get("to"),
            to_output=change.get("to_output"),
            plus_eurocent=change.get("plus_eurocent", 0),
        ),
        sentence=Bilingual.of(content["sentence"]),
        placeholders=_placeholders(content.get("placeholders", {})),
        expect=Expectation(expect["output"], expect["value"]) if expect else None,
        unless=Expectation(unless["input"], unless["value"]) if unless else None,
    )
