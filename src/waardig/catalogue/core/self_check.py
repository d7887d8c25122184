"""From a check file that passed its schema to a Check, and what a schema cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from waardig.catalogue.core.checking import why_problems
from waardig.catalogue.core.explaining import holes, why_of
from waardig.catalogue.terms import Activity, Service, WhyPage
from waardig.catalogue.terms.check import (
    Check,
    CheckQuestion,
    Choice,
    Decider,
    LastDay,
    Repaying,
    WhereToApply,
)
from waardig.catalogue.terms.service import Outputs
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import ContentFile, ContentProblem

Content = Mapping[str, Any]
HOLE = "bedrag"


def check_of(content: Content, service: Service | None, why: WhyPage | None) -> Check:
    """The check; what an own service already says is taken from the service."""
    return Check(
        id=content["check"],
        name=service.name if service else Bilingual.of(content["name"]),
        summary=service.summary if service else Bilingual.of(content["summary"]),
        law=service.law if service else content["law"],
        outputs=service.outputs if service else _outputs(content["outputs"]),
        per=service.per if service else content["per"],
        decides=_decider(content),
        activity=content["activity"],
        apply=_apply(content["apply"]),
        questions=tuple(_question(item) for item in content["questions"]),
        why=why or why_of({"service": content["check"], **content["explanation"]}),
        bring=tuple(Bilingual.of(item) for item in content.get("bring", ())),
        year=content.get("year"),
        last_day=_last_day(content["last_day"], service) if "last_day" in content else None,
        repay=_repaying(content["repay"]) if "repay" in content else None,
        service=service.id if service else None,
        unasked={name: Bilingual.of(text) for name, text in content.get("unasked", {}).items()},
    )


def _last_day(content: Content, service: Service | None) -> LastDay:
    """Where no law is named, the law or regulation of the service itself says until when."""
    named = content.get("law") or (service.law if service else "")
    return LastDay(named, content["output"], _maybe(content.get("after")))


def _outputs(content: Content) -> Outputs:
    return Outputs(
        entitlement=content["entitlement"],
        amount=content["amount"],
        conditions=tuple(content["conditions"]),
        figures=tuple(content.get("figures", ())),
    )


def _decider(content: Content) -> Decider:
    decides = content["decides"]
    return Decider(Bilingual.of(decides["name"]), decides["is_us"])


def _apply(content: Content) -> WhereToApply:
    return WhereToApply(
        words=Bilingual.of(content["words"]),
        paper=Bilingual.of(content["paper"]),
        href=content.get("href", ""),
        phone=content.get("phone", ""),
    )


def _repaying(content: Content) -> Repaying:
    return Repaying(
        is_possible=content["is_possible"],
        sentence=Bilingual.of(content["sentence"]),
        highest_of=tuple(content.get("highest_of", ())),
        article=_maybe(content.get("article")),
        url=content.get("url", ""),
    )


def _question(content: Content) -> CheckQuestion:
    return CheckQuestion(
        input=content["input"],
        kind=content["kind"],
        topic=Bilingual.of(content["topic"]),
        words=Bilingual.of(content["words"]),
        hint=Bilingual.of(content["hint"]),
        why=Bilingual.of(content["why"]),
        per=content.get("per", ""),
        fact=content.get("fact", ""),
        least=content.get("least"),
        most=content.get("most"),
        choices=tuple(
            Choice(item["value"], Bilingual.of(item["words"]), _maybe(item.get("hint")))
            for item in content.get("choices", ())
        ),
        never=_maybe(content.get("never")),
    )


def _maybe(content: Content | None) -> Bilingual | None:
    return Bilingual.of(content) if content else None


def check_problems(
    file: ContentFile, check: Check, service: Service | None, activities: Mapping[str, Activity]
) -> Iterator[ContentProblem]:
    """The check stands in its own place, asks every fact once, and names an activity of kind right."""
    place = file.path.parent.name if service else file.path.stem
    if check.id != place:
        yield file.problem(("check",), f"check is '{check.id}' but its place is '{place}'; make them equal")
    yield from _activity_problems(file, check, activities)
    if check.last_day and not check.last_day.law:
        yield file.problem(("last_day",), "'law' is missing; name the law that gives the last day")
    if check.decides.is_us != (service is not None):
        said = "a service of our own is decided by us" if service else "without a service.yaml it is not ours to decide"
        yield file.problem(("decides", "is_us"), f"{said}; correct is_us")
    seen: set[str] = set()
    for number, question in enumerate(check.questions):
        if question.input in seen:
            yield file.problem(("questions", number), f"'{question.input}' is asked twice; keep one question")
        seen.add(question.input)
        yield from _question_problems(file, ("questions", number), question)
    if service is None:
        yield from why_problems(file, check.why, check.outputs, under=("explanation",))
    yield from _repay_problems(file, check)


def _activity_problems(file: ContentFile, check: Check, activities: Mapping[str, Activity]) -> Iterator[ContentProblem]:
    found = activities.get(check.activity)
    if found is None:
        yield file.problem(("activity",), f"no activities.yaml declares '{check.activity}'; declare it")
    elif found.kind != "right":
        message = f"'{check.activity}' is of kind {found.kind}; a check of one's own is a right"
        yield file.problem(("activity",), message)


def _question_problems(
    file: ContentFile, place: tuple[str | int, ...], question: CheckQuestion
) -> Iterator[ContentProblem]:
    if (question.kind == "choice") != bool(question.choices):
        yield file.problem(place, f"'{question.input}': kind choice and choices go together")
    if question.per and question.kind != "money":
        yield file.problem(place, f"'{question.input}': only money is per month or per year")
    if question.least is not None and question.most is not None and question.least > question.most:
        yield file.problem(place, f"'{question.input}': least is more than most; nothing could be filled in")


def _repay_problems(file: ContentFile, check: Check) -> Iterator[ContentProblem]:
    if check.repay is None:
        return
    for language, text in (("nl", check.repay.sentence.nl), ("en", check.repay.sentence.en)):
        named = set(holes(text))
        if named != ({HOLE} if check.repay.highest_of else set()):
            yield file.problem(("repay", "sentence", language), "{bedrag} and highest_of go together; correct this")
    known = set(check.outputs.all)
    for number, name in enumerate(check.repay.highest_of):
        if name not in known:
            yield file.problem(("repay", "highest_of", number), f"'{name}' is not among outputs; add it there")
