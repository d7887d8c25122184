"""The pages of a check, filled: what is known with its source, the question, the outcome with every step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, cast

from waardig.cases import queries as cases
from waardig.cases.actions import may_start
from waardig.cases.queries import ExplainedStep
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Check, CheckQuestion
from waardig.checks import queries as checks
from waardig.checks.actions import topics_beforehand
from waardig.checks.terms import Answer, Ending, State
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.screens.checking.place import Place
from waardig.screens.frames import address
from waardig.screens.pages import check as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.why import StepGroup, WhyStep
from waardig.screens.pages.words import Amount, Deadline, Per, Shown, Words
from waardig.screens.why_page import law_text, step_rows

YES_NO = (("yes", Words("Ja", "Yes")), ("no", Words("Nee", "No")))


def list_page(place: Place) -> pages.CheckListPage:
    """Which schemes can be checked here today."""
    return pages.CheckListPage(
        face=place.face,
        frame=place.frame,
        desk=place.desk,
        about=place.about,
        back_href=place.href("home"),
        checks=tuple(_item(place, check) for check in checks.offered(business_today())),
        sign_in_href=_sign_in(place, place.href("check")),
        play_href=address("public:play"),
    )


def _item(place: Place, check: Check) -> pages.CheckItem:
    return pages.CheckItem(
        name=_words(check.name),
        summary=_words(check.summary),
        decides=_words(check.decides.name),
        is_us=check.decides.is_us,
        href=place.href("check_one", check.id),
        paper_href=place.href("check_paper", check.id),
    )


def _sign_in(place: Place, back: str) -> str:
    """Where signing in leads back to this page; "" where somebody is known or an employee helps."""
    if place.face != "portal" or place.person is not None:
        return ""
    return f"{address('portal:sign_in')}?next={back}"


def start_page(place: Place, check: Check, *, expired: bool = False) -> pages.CheckStartPage:
    """What is going to happen, before anything is read or asked."""
    day = check.day(business_today())
    known = topics_beforehand(check) if place.person is not None else ()
    return pages.CheckStartPage(
        face=place.face,
        frame=place.frame,
        desk=place.desk,
        about=place.about,
        back_href=place.href("check"),
        action=place.href("check_one", check.id),
        name=_words(check.name),
        summary=_words(check.summary),
        decides=_words(check.decides.name),
        known=tuple(_words(topic) for topic in known),
        most=checks.dialogue_of(check, day).most_left({}),
        sign_in_href=_sign_in(place, place.href("check_one", check.id)),
        expired=expired,
    )


def question_page(
    place: Place, check: Check, state: State, question: CheckQuestion, *, typed: str, error: FieldError | None
) -> pages.CheckQuestionPage:
    """One question, with what is in already beneath it."""
    said = [answer.input for answer in state.given]
    place_of = said.index(question.input) if question.input in said else len(said)
    left = checks.dialogue_of(check, state.on).most_left(state.facts)
    field = Field("answer", typed, error, _options(question, typed))
    return pages.CheckQuestionPage(
        face=place.face,
        frame=place.frame,
        desk=place.desk,
        about=place.about,
        list_href=place.href("check_one", check.id),
        action=place.href("check_one", check.id),
        state=checks.seal(state, place.session),
        name=_words(check.name),
        step=place_of + 1,
        most=max(len(said) + left, place_of + 1),
        kind=cast("Literal['money', 'date', 'yes_no', 'choice', 'number']", question.kind),
        unit=cast("Literal['', 'month', 'year']", question.per),
        question=_words(question.words),
        hint=_words(question.hint),
        why=_words(question.why),
        answer=field,
        never=_words(question.never) if question.never else None,
        can_go_back=place_of > 0,
        filled=_filled(check, state, without=question.input),
        errors=(field,) if error else (),
    )


def _options(question: CheckQuestion, typed: str) -> tuple[Option, ...]:
    if question.kind == "yes_no":
        return tuple(Option(value, words, chosen=typed == value) for value, words in YES_NO)
    return tuple(
        Option(one.value, _words(one.words), _words(one.hint) if one.hint else None, chosen=typed == one.value)
        for one in question.choices
    )


def _filled(check: Check, state: State, *, without: str = "") -> tuple[pages.FilledFact, ...]:
    """What is known: first what was filled in beforehand, then what the person said, numbered as it was asked."""
    numbers = {answer.input: number for number, answer in enumerate(state.given, start=1)}
    ordered = sorted(state.answers, key=lambda answer: answer.is_own)
    return tuple(
        _fact(question, answer, numbers.get(answer.input))
        for answer in ordered
        if answer.input != without and (question := check.question(answer.input))
    )


def _fact(question: CheckQuestion, answer: Answer, number: int | None) -> pages.FilledFact:
    source = None if answer.is_own else _source(answer.source)
    return pages.FilledFact(
        input=answer.input,
        label=_words(question.topic),
        value=_shown(question, answer),
        source=source,
        on=None if answer.is_own else answer.since or answer.as_of,
        number=number,
    )


def _source(source: str) -> Words:
    return Words(cases.source_name(source, "nl"), cases.source_name(source, "en"))


def _shown(question: CheckQuestion, answer: Answer) -> Shown:
    if answer.reason == "absent":
        return _words(question.never) if question.never else Words("Is er niet", "There is none")
    if answer.reason != "ok":
        return Words("Dat weet u niet", "You do not know")
    if question.kind == "money":
        return Amount(int(str(answer.value)), cast("Per", question.per))
    if question.kind == "date":
        return date.fromisoformat(str(answer.value))
    if question.kind == "choice":
        words = next((one.words for one in question.choices if one.value == answer.value), None)
        return _words(words) if words else str(answer.value)
    return bool(answer.value) if question.kind == "yes_no" else int(str(answer.value))


def outcome_page(place: Place, check: Check, state: State, *, is_print: bool) -> pages.CheckOutcomePage:
    """The outcome: amount, until when and where to apply, repaying, the reasoning, other schemes."""
    found = checks.found(state)
    per_year = found.amount_eurocent is not None and check.per == "year"
    law = check.repay if found.ending is Ending.YES else None
    steps = _steps(found.steps, found.ending)
    return pages.CheckOutcomePage(
        face=place.face,
        frame=place.frame,
        desk=place.desk,
        about=place.about,
        list_href=place.href("check"),
        action=place.href("check_one", check.id),
        state=checks.seal(state, place.session),
        name=_words(check.name),
        decides=_words(check.decides.name),
        is_us=check.decides.is_us,
        ending=found.ending.value,
        year=check.year,
        amount=Amount(found.amount_eurocent, cast("Per", check.per)) if found.amount_eurocent is not None else None,
        monthly=Amount(_per_month(found.amount_eurocent), "month") if per_year and found.amount_eurocent else None,
        deadline=_deadline(found.last_day, check),
        applying=_applying(place, check),
        may_repay=bool(law and law.is_possible),
        repaying=_words(found.repaying) if found.repaying else None,
        repay_law=_words(law.article) if law and law.article else None,
        repay_href=law.url if law else "",
        depends_on=tuple(_words(topic) for topic in found.depends_on),
        for_a_person=found.is_for_a_person,
        groups=(StepGroup(None, steps),),
        stage="check",
        otherwise=tuple(_words(line) for line in found.otherwise),
        nearest=tuple(_words(line) for line in found.nearest),
        limits=tuple(_words(line) for line in found.limits),
        others=tuple(_other(place, one) for one in checks.elsewhere(state, business_today())),
        filled=_filled(check, state),
        computed_on=business_today(),
        print=is_print,
    )


def _per_month(yearly: int) -> int:
    """A twelfth in whole euros, as people say "ongeveer"."""
    return (yearly + 600) // 1200 * 100


def _deadline(last: date | None, check: Check) -> Deadline | None:
    if last is None:
        return None
    year = f" voor {check.year}" if check.year else "", f" for {check.year}" if check.year else ""
    after = check.last_day.after if check.last_day else None
    ended = Words(f"Daarna kan het niet meer{year[0]}.", f"After that it is no longer possible{year[1]}.")
    return Deadline(
        "resident",
        last + timedelta(days=1),
        max(0, (last - business_today()).days),
        before=True,
        consequence=_words(after) if after else ended,
    )


def _applying(place: Place, check: Check) -> pages.Applying:
    """With somebody else: their site, phone and paper. With us: sign in, or with the help of a person."""
    own = check.service is not None
    return pages.Applying(
        words=_words(check.apply.words),
        paper=_words(check.apply.paper),
        href=check.apply.href,
        phone=check.apply.phone or (catalogue.municipality().phone if own else ""),
        action=place.href("check_apply", check.id) if _may_start(place, check) else "",
        sign_in_href=_sign_in(place, place.href("check_one", check.id)) if own else "",
        bring=tuple(_words(one) for one in check.bring),
    )


def _may_start(place: Place, check: Check) -> bool:
    """Applying here: for the resident who is signed in, in the portal; at the counter the employee records a yes."""
    return (
        place.face == "portal" and place.person is not None and bool(check.service) and may_start(check.service or "")
    )


def _steps(steps: tuple[ExplainedStep, ...], ending: Ending) -> tuple[WhyStep, ...]:
    """Every step that took part; after a definite no, what the law did not need any more is left out."""
    kept = [step for step in steps if ending is not Ending.NO or step.standing in ("met", "not_met", "presumed")]
    if ending is Ending.NO:
        kept = [step for step in kept if step.kind != "amount" or len(kept) == 1]
    return tuple(_step(number, step) for number, step in enumerate(kept, start=1))


def _step(number: int, step: ExplainedStep) -> WhyStep:
    unknown = step.standing == "unknown" and not step.facts
    return WhyStep(
        number=number,
        standing=step.standing,
        claim=_words(step.heading),
        rule=_words(step.said) if step.standing == "not_met" else _words(step.rule),
        rows=() if unknown else step_rows(step, {}),
        laws=tuple(law_text(layer) for layer in step.laws),
    )


def _other(place: Place, one: checks.Elsewhere) -> pages.OtherScheme:
    return pages.OtherScheme(
        name=_words(one.check.name),
        ending=one.ending.value,
        why=_words(one.why) if one.why else None,
        depends_on=tuple(_words(topic) for topic in one.depends_on[:3]),
        action=place.href("check_one", one.check.id),
    )


def _words(text: Bilingual) -> Words:
    return Words(text.nl, text.en)
