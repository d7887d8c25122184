"""One step of a check: what was posted, onto the state in the page, gives the address of the next page. Nothing is
stored on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect

from waardig.catalogue.terms import Check, CheckQuestion
from waardig.checks import queries as checks
from waardig.checks.actions import known_beforehand
from waardig.checks.terms import Answer, AnswerWrong, CheckExpired, State, absent, unknown
from waardig.kernel.clock import business_today
from waardig.screens.checking import pages as build
from waardig.screens.checking.place import Place
from waardig.screens.pages.check import CheckOutcomePage, CheckQuestionPage, CheckStartPage
from waardig.screens.pages.forms import FieldError

STATE, PRINT = "stand", "afdruk"
LONGEST_TYPED = 80
Shown = CheckStartPage | CheckQuestionPage | CheckOutcomePage
_ERRORS = {
    "too_low": FieldError.CHECK_LOW,
    "too_high": FieldError.CHECK_HIGH,
    "in_future": FieldError.CHECK_FUTURE,
    "not_a_choice": FieldError.CHECK_CHOICE,
}
_BY_KIND = {
    "money": FieldError.CHECK_AMOUNT,
    "number": FieldError.CHECK_NUMBER,
    "date": FieldError.CHECK_DATE,
    "yes_no": FieldError.CHECK_CHOICE,
    "choice": FieldError.CHECK_CHOICE,
}


def answer_to(place: Place, check: Check, request: HttpRequest) -> HttpResponseRedirect | tuple[Shown, int]:
    """What a request leads to: after a form the address of the next page; else the page of the address.

    The state stands sealed in that address, so that the browser's own Back and Forward show every page again.

    Raises:
        AccessRefused: facts were to be filled in beforehand and the gate says no.
    """
    try:
        if request.method != "POST":
            return _shown(place, check, request)
        state = state_after(place, check, request.POST)
    except CheckExpired:
        return build.start_page(place, check, expired=True), 400
    shown = {STATE: checks.seal(state, place.session), **({PRINT: "1"} if request.POST.get("print") == "1" else {})}
    return HttpResponseRedirect(f"{place.href('check_one', check.id)}?{urlencode(shown)}")


def _shown(place: Place, check: Check, request: HttpRequest) -> tuple[Shown, int]:
    """The page of an address: with a state its question or outcome, without one the beginning."""
    if STATE not in request.GET:
        return build.start_page(place, check), 200
    state = checks.open_state(request.GET[STATE], place.session)
    if state.check != check.id:
        raise CheckExpired
    return page_of(place, check, state, is_print=request.GET.get(PRINT) == "1"), 400 if state.wrong else 200


def state_after(place: Place, check: Check, posted: Mapping[str, str]) -> State:
    """Where the check stands after what was posted.

    Raises:
        CheckExpired: the state cannot be read.
        AccessRefused: facts were to be filled in beforehand and the gate says no.
    """
    state = opened_or_begun(place, check, posted)
    question = checks.dialogue_of(check, state.on).next_question(state)
    if posted.get("back") == "1":
        return _back(state, question)
    if posted.get("change"):
        known = check.question(posted["change"])
        return state.asking_for(known.input) if known else state
    if question is None or not _is_answer(posted):
        return state
    try:
        return state.answered(_answered(question, posted, business_today()))
    except AnswerWrong as wrong:
        return state.mistaken(posted.get("answer", "")[:LONGEST_TYPED], wrong.kind)


def opened_or_begun(place: Place, check: Check, posted: Mapping[str, str]) -> State:
    """The state of the page; of another check what means the same here; or a new one, filled in when that was asked.

    Raises:
        CheckExpired: the state cannot be read.
    """
    today = business_today()
    if not posted.get("state"):
        return State(check.id, check.day(today), _beforehand(place, check) if posted.get("begin") == "known" else ())
    state = checks.open_state(posted["state"], place.session)
    if state.check == check.id:
        return state
    return checks.carried_over(state, checks.check_of(state.check), check, check.day(today))


def _beforehand(place: Place, check: Check) -> tuple[Answer, ...]:
    if place.person is None or place.actor is None:
        return ()
    return known_beforehand(check, place.person, place.actor, activity=place.activity(check))


def _is_answer(posted: Mapping[str, str]) -> bool:
    return (
        "answer" in posted
        or posted.get("unknown") == "1"
        or posted.get("never") == "1"
        or posted.get("answering") == "1"
    )


def _answered(question: CheckQuestion, posted: Mapping[str, str], today: date) -> Answer:
    if posted.get("unknown") == "1":
        return unknown(question.input)
    if posted.get("never") == "1" and question.never:
        return absent(question.input)
    return checks.answer_typed(question, posted.get("answer", ""), today=today)


def _back(state: State, question: CheckQuestion | None) -> State:
    """The question before: the last thing that the person said before this one, with what they said filled in."""
    said = [answer.input for answer in state.given]
    if question is not None and question.input in said:
        said = said[: said.index(question.input)]
    return state.asking_for(said[-1] if said else "")


def page_of(
    place: Place, check: Check, state: State, *, is_print: bool = False
) -> CheckQuestionPage | CheckOutcomePage:
    """The page for a state: the next question, or the outcome when the law needs nothing more."""
    question = checks.dialogue_of(check, state.on).next_question(state)
    if question is None:
        return build.outcome_page(place, check, state, is_print=is_print)
    if state.wrong:
        error = _ERRORS.get(state.wrong, _BY_KIND[question.kind])
        return build.question_page(place, check, state, question, typed=state.typed, error=error)
    return build.question_page(place, check, state, question, typed=_typed_before(state, question), error=None)


def _typed_before(state: State, question: CheckQuestion) -> str:
    answer = state.answer(question.input)
    if answer is None or answer.reason != "ok":
        return ""
    if question.kind == "yes_no":
        return "yes" if answer.value else "no"
    if question.kind == "money":
        whole, part = divmod(int(str(answer.value)), 100)
        return f"{whole:,}".replace(",", ".") + (f",{part:02d}" if part else "")
    if question.kind == "date":
        day = date.fromisoformat(str(answer.value))
        return f"{day.day}-{day.month}-{day.year}"
    return str(answer.value)
