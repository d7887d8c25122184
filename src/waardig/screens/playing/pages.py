"""The pages where one plays with a law: which laws, and one with invented facts, its outcome and every step."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waardig.cases import queries as cases
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.kernel.days import date_typed
from waardig.kernel.errors import Refusal
from waardig.law import queries as law
from waardig.law.queries import Example, LawInBook
from waardig.law.terms import UNKNOWN, Evaluation, Fact, InputNeed
from waardig.screens.frames import address
from waardig.screens.pages import play as pages
from waardig.screens.pages.forms import Option
from waardig.screens.pages.frame import DeskFrame, Frame
from waardig.screens.pages.words import Words
from waardig.screens.playing import facts as invented
from waardig.screens.playing.facts import NotUsable
from waardig.screens.playing.names import names_of
from waardig.screens.playing.results import MOST_STEPS, articles_of, output_of, steps_of

MOST_PROBES = 200
"""Evaluations for one fact in one direction, so that an answer comes within seconds."""
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2035, 12, 31)
LAYERS = {
    "WET": Words("wet", "act of parliament"),
    "AMVB": Words("besluit van de regering", "government decree"),
    "MINISTERIELE_REGELING": Words("regeling van een minister", "ministerial regulation"),
    "KONINKLIJK_BESLUIT": Words("koninklijk besluit", "royal decree"),
    "GEMEENTELIJKE_VERORDENING": Words("verordening van een gemeente", "municipal regulation"),
    "BELEIDSREGEL": Words("beleidsregel van een gemeente", "municipal policy rule"),
}
YES_NO = (
    ("", Words("weet ik niet", "I do not know")),
    (invented.YES, Words("ja", "yes")),
    (invented.NO, Words("nee", "no")),
    ("geen", Words("is er niet", "there is none")),
)


class UnknownPlay(Exception):
    """There is no such law to play with."""


@dataclass(frozen=True)
class PlayPlace:
    """Where somebody plays: on the public page, or at the desk (then with the frame of the desk).

    Attributes:
        list_href: where the list of laws is.
        action: where the form posts to.
    """

    frame: Frame
    list_href: str
    action: str
    other_href: str = ""
    desk: DeskFrame | None = None


@dataclass(frozen=True)
class Tried:
    """What was chosen and typed."""

    output: str
    on: date
    scope: Mapping[str, str]
    needs: tuple[InputNeed, ...]
    typed: Mapping[str, str]
    facts: Mapping[str, Fact]
    wrong: Mapping[str, Words]


def playable() -> tuple[tuple[LawInBook, tuple[Example, ...]], ...]:
    """Laws with at least one invented case, with those cases; a case about a person comes before one without facts."""
    known = sorted(law.examples(content_roots()), key=lambda example: not example.tables)
    found = ((one, tuple(ex for ex in known if ex.law == one.id)) for one in law.laws_in(cases.book()))
    return tuple((one, examples) for one, examples in found if examples)


def list_page(frame: Frame, *, other_href: str) -> pages.PlayListPage:
    """Which laws there are to play with."""
    return pages.PlayListPage(
        frame=frame,
        laws=tuple(
            pages.PlayableLaw(
                name=one.name,
                layer=LAYERS.get(one.layer, Words(one.layer.lower(), one.layer.lower())),
                examples=len(examples),
                href=address("public:play_law", one.id),
            )
            for one, examples in playable()
        ),
        check_href=address("portal:check"),
        other_href=other_href,
    )


def cases_of(law_id: str) -> tuple[Example, ...]:
    """The invented cases about a law, as they are numbered on the page where one plays with it."""
    return next((examples for one, examples in playable() if one.id == law_id), ())


def public_place(frame: Frame, law_id: str, *, other_href: str) -> PlayPlace:
    """The public page of a law."""
    return PlayPlace(frame, address("public:play"), address("public:play_law", law_id), other_href)


def _to_play(place: PlayPlace, law_id: str) -> tuple[LawInBook, tuple[Example, ...]]:
    """The law with its cases; at the desk a law without any begins empty."""
    for found, examples in playable():
        if found.id == law_id:
            return found, examples
    for found in law.laws_in(cases.book()) if place.desk else ():
        if found.id == law_id and found.outputs:
            return found, (Example("", law_id, found.outputs[:1], business_today(), {}, ()),)
    raise UnknownPlay


def law_page(
    place: PlayPlace, law_id: str, posted: Mapping[str, str], *, slower: Words | None = None
) -> pages.PlayPage:
    """One law with what was typed; every refusal of the law is a sentence on the page.

    Args:
        slower: said instead of running the law, when somebody tries too much in a row.

    Raises:
        UnknownPlay: this law is not there, or has no example.
    """
    found, examples = _to_play(place, law_id)
    example = _example(examples, posted.get("example", ""))
    problem, advice = slower, None
    tried, result = _start(found, example, posted), None
    try:
        tried = tried_of(found, example, posted)
        if posted.get("do") in ("run", "turns") and not tried.wrong:
            result = _result(found, tried, posted.get("before", ""), with_turns=posted["do"] == "turns")
    except NotUsable as wrong:
        problem = wrong.words
    except Refusal as refusal:
        problem, advice = Words(refusal.text_nl, refusal.text_en), Words("", refusal.remedy)
    return _page(place, found, examples, tried, result, posted, problem, advice)


def _example(examples: tuple[Example, ...], number: str) -> Example:
    index = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    return examples[index] if index < len(examples) else examples[0]


def _start(found: LawInBook, example: Example, posted: Mapping[str, str]) -> Tried:
    """What was chosen, before the law has said which facts it needs."""
    return Tried(posted.get("output") or example.outputs[0], example.on, dict(found.scope), (), {}, {}, {})


def tried_of(found: LawInBook, example: Example, posted: Mapping[str, str]) -> Tried:
    """What was chosen and typed, with the facts that the law can ask for it.

    Raises:
        NotUsable: the day or the pasted file cannot be used.
        Refusal: the law cannot answer this question on this day.
    """
    do = posted.get("do", "example")
    output = posted.get("output", "") if do != "example" else ""
    output = (
        output
        if output in found.outputs
        else next((n for n in example.outputs if n in found.outputs), found.outputs[0])
    )
    on = example.on if do == "example" else _day(posted.get("day", ""), example.on)
    scope = _scope(found, example)
    given = _given(do, example, posted)
    needs = law.inputs_of(cases.book(), found.id, (output,), on=on, scope=scope, given=given)[: invented.MOST_FIELDS]
    if do == "example":
        known = invented.facts_of_example(needs, example)
    elif do == "upload":
        pasted = invented.from_json(posted.get("data", ""))
        known = {need.name: pasted[need.name] for need in needs if need.name in pasted}
    else:
        return _typed(output, on, scope, needs, posted)
    typed = {need.name: invented.shown_value(need, known.get(need.name)) for need in needs}
    return Tried(output, on, scope, needs, typed, known, {})


def _given(do: str, example: Example, posted: Mapping[str, str]) -> frozenset[str]:
    """Names of what somebody gives: of an example, a file or the form; a count that a law could make is one fact."""
    if do == "example":
        return invented.names_of(example)
    if do == "upload":
        return frozenset(invented.from_json(posted.get("data", "")))
    return frozenset(name.removeprefix(invented.PREFIX) for name in posted if name.startswith(invented.PREFIX))


def _scope(found: LawInBook, example: Example) -> dict[str, str]:
    """Which municipality's rules: of the law itself, of the example, or of this municipality."""
    named = {name: str(value) for name, value in example.parameters.items() if name == "gemeente_code"}
    return {**cases.scope(), **named, **found.scope}


def _day(text: str, default: date) -> date:
    if not text.strip():
        return default
    try:
        on = date_typed(text)
    except ValueError:
        raise NotUsable(
            Words("Vul een dag in, bijvoorbeeld 28-4-2025.", "Fill in a day, for example 28-4-2025.")
        ) from None
    if not FIRST_DAY <= on <= LAST_DAY:
        raise NotUsable(Words("Kies een dag tussen 2010 en 2035.", "Choose a day between 2010 and 2035."))
    return on


def _typed(
    output: str, on: date, scope: dict[str, str], needs: tuple[InputNeed, ...], posted: Mapping[str, str]
) -> Tried:
    typed = {need.name: posted.get(invented.PREFIX + need.name, "")[: invented.MOST_MEMBERS] for need in needs}
    known: dict[str, Fact] = {}
    wrong: dict[str, Words] = {}
    for need in needs:
        try:
            fact = invented.typed_fact(need, typed[need.name])
        except NotUsable as not_usable:
            wrong[need.name] = not_usable.words
            continue
        if fact is not None:
            known[need.name] = fact
    return Tried(output, on, scope, needs, typed, known, wrong)


def _question(tried: Tried, known: Mapping[str, Fact]) -> dict[str, Any]:
    """Day, parameters and facts, as the law takes them."""
    given = {need.name for need in tried.needs if need.kind == "parameter"}
    parameters = {**tried.scope, **{n: fact.value for n, fact in known.items() if n in given}}
    facts = {name: fact for name, fact in known.items() if name not in given}
    return {"on": tried.on, "parameters": parameters, "facts": facts}


def _evaluate(found: LawInBook, tried: Tried, known: Mapping[str, Fact]) -> Evaluation:
    return law.evaluate(cases.book(), found.id, (tried.output,), **_question(tried, known), explain=True)


def _turns(found: LawInBook, tried: Tried) -> pages.PlayTurns:
    asked = _question(tried, tried.facts)
    said = law.nearest_changes(cases.book(), found.id, tried.output, **asked, probes=MOST_PROBES)
    changes = tuple(Words(one.words_nl, one.words_en) for one in said.changes)
    decided, unsearched = (tuple(map(law.plain_name, names)) for names in (said.decided_by, said.unsearched))
    return pages.PlayTurns(changes, decided, unsearched)


def _result(found: LawInBook, tried: Tried, before: str, *, with_turns: bool) -> pages.PlayResult:
    said = _evaluate(found, tried, tried.facts)
    earlier = _earlier(found, tried, before)
    flat = [one for step in said.steps for one in steps_of(step, 0)]
    return pages.PlayResult(
        outputs=tuple(output_of(step, earlier[0] if earlier else None) for step in said.steps),
        changed=_changed(tried, earlier[1]) if earlier else (),
        compared=earlier is not None,
        steps=tuple(flat[:MOST_STEPS]),
        left_out=max(0, len(flat) - MOST_STEPS),
        articles=tuple(articles_of(said.steps)),
        laws=tuple((ref.name, ref.valid_from or "", ref.status.value, ref.url) for ref in said.laws),
        turns=_turns(found, tried) if with_turns else None,
        questions=_questions(said, tried),
    )


def _questions(said: Evaluation, tried: Tried) -> tuple[pages.PlayQuestion, ...]:
    """What the law still has to know before there is the outcome that was asked."""
    reason, _, name = said.outputs[tried.output].reason.partition(":")
    if reason != UNKNOWN:
        return ()
    need = next((one for one in tried.needs if one.name == name), None)
    words, href = (_label(need), f"#id_{invented.PREFIX}{name}") if need else (name.replace("_", " "), "")
    return (pages.PlayQuestion(words, href),)


def _label(need: InputNeed) -> str:
    return need.description or need.name.replace("_", " ").replace("@", " van ")


def _earlier(found: LawInBook, tried: Tried, before: str) -> tuple[Evaluation, Mapping[str, Fact]] | None:
    """The run before, computed again from its facts; none when there was none or it cannot be computed any more."""
    if not before:
        return None
    try:
        known = {n: f for n, f in invented.from_json(before).items() if n in {need.name for need in tried.needs}}
        return _evaluate(found, tried, known), known
    except (NotUsable, Refusal):
        return None


def _changed(tried: Tried, before: Mapping[str, Fact]) -> tuple[str, ...]:
    def text(facts: Mapping[str, Fact], need: InputNeed) -> str:
        return invented.shown_value(need, facts.get(need.name)) or "?"

    return tuple(
        f"{need.name}: {text(before, need)} → {text(tried.facts, need)}"
        for need in tried.needs
        if text(before, need) != text(tried.facts, need)
    )


def _page(
    place: PlayPlace,
    found: LawInBook,
    examples: tuple[Example, ...],
    tried: Tried,
    result: pages.PlayResult | None,
    posted: Mapping[str, str],
    problem: Words | None,
    advice: Words | None,
) -> pages.PlayPage:
    facts = invented.as_json(tried.facts)
    return pages.PlayPage(
        frame=place.frame,
        list_href=place.list_href,
        action=place.action,
        other_href=place.other_href,
        law_name=found.name,
        law_href=found.url,
        versions=found.versions,
        outputs=tuple(Option(n, Words(n.replace("_", " ")), chosen=n == tried.output) for n in found.outputs),
        day=f"{tried.on.day}-{tried.on.month}-{tried.on.year}",
        today=business_today(),
        examples=tuple(
            Option(str(number), Words(name), chosen=str(number) == posted.get("example", "0"))
            for number, name in enumerate(names_of(examples))
        ),
        fields=tuple(_field(need, tried) for need in tried.needs),
        before=facts if result else posted.get("before", "")[: invented.MOST_JSON],
        data=posted.get("data", "")[: invented.MOST_JSON] if problem else facts,
        command=_command(found, tried),
        result=result,
        problem=problem,
        advice=advice if advice and advice.en else None,
        desk=place.desk,
    )


def _field(need: InputNeed, tried: Tried) -> pages.PlayField:
    typed = tried.typed.get(need.name, "")
    options = tuple(Option(value, words, chosen=value == typed) for value, words in YES_NO)
    return pages.PlayField(
        name=invented.PREFIX + need.name,
        fact=need.name,
        label=_label(need),
        asked_by=f"{need.law.replace('_', ' ')}, art. {need.article}",
        kind=invented.kind_of(need),
        options=options if need.type == "boolean" else (),
        value=typed,
        error=tried.wrong.get(need.name),
    )


def _command(found: LawInBook, tried: Tried) -> str:
    """The same question on a terminal, without any fact in it."""
    scope = " ".join(f"--param {shlex.quote(f'{name}={value}')}" for name, value in tried.scope.items())
    return f"waardig law explain {found.id} {tried.output} --on {tried.on.isoformat()} {scope} --data proef.json"
