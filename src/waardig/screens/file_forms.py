"""Forms of objections, second looks and notices: what is asked, what was typed, what was wrong; for every face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from waardig.cases.terms import CaseState
from waardig.cases.terms.objections import Channel, Hearing, HearingState, Objection, ObjectionText
from waardig.kernel.days import date_typed
from waardig.kernel.money import cents
from waardig.screens.pages.files import AskedField, AskForm
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words

LONGEST = 2000
Wrong = Mapping[str, FieldError]
Typed = Mapping[str, str]
HEARING = (
    Option("yes", Words("Ja, ik wil mijn verhaal vertellen", "Yes, I want to tell my story")),
    Option("no", Words("Nee, ik schrijf alles op", "No, I write everything down")),
    Option("later", Words("Dat weet ik nog niet", "I do not know yet")),
)
CHANNELS = (
    Option(Channel.COUNTER.value, Words("De inwoner staat aan het loket of belt", "The resident is at the counter")),
    Option(Channel.PAPER.value, Words("Er kwam een brief", "A letter came in")),
)


def text(name: str, label: Words, typed: Typed, wrong: Wrong, hint: Words | None = None) -> AskedField:
    """A field for some lines of text."""
    return AskedField("text", Field(name, typed.get(name, ""), wrong.get(name)), label, hint)


def line(name: str, label: Words, typed: Typed, wrong: Wrong, hint: Words | None = None) -> AskedField:
    """A field for one line."""
    return AskedField("line", Field(name, typed.get(name, ""), wrong.get(name)), label, hint)


def money(name: str, label: Words, typed: Typed, wrong: Wrong, hint: Words | None = None) -> AskedField:
    """A field for an amount in euro."""
    return AskedField("money", Field(name, typed.get(name, ""), wrong.get(name)), label, hint)


def choice(
    name: str, label: Words, options: tuple[Option, ...], typed: Typed, wrong: Wrong, hint: Words | None = None
) -> AskedField:
    """A choice; nothing is ticked before somebody ticks it."""
    chosen = tuple(replace(one, chosen=typed.get(name) == one.value) for one in options)
    return AskedField("choice", Field(name, typed.get(name, ""), wrong.get(name), chosen), label, hint)


def errors_of(form: AskForm) -> tuple[Field, ...]:
    """The fields of a form that were wrong, in order."""
    return tuple(asked.field for asked in form.fields if asked.field.error)


def read_day(said: str) -> date | None:
    """A day as people type it ("23-06-2025") or as programs do; None when it is no day."""
    try:
        return date_typed(said)
    except ValueError:
        return None


def read_cents(said: str) -> int | None:
    """An amount in eurocent, or None when it is no amount."""
    try:
        return cents(said)
    except ValueError:
        return None


def too_long(names: tuple[str, ...], typed: Typed) -> dict[str, FieldError]:
    """What is longer than fits."""
    return {name: FieldError.TOO_LONG for name in names if len(typed.get(name, "")) > LONGEST}


def _reasons(typed: Typed, wrong: Wrong) -> AskedField:
    return text(
        "reasons",
        Words("Waarom bent u het niet eens met het besluit?", "Why do you disagree with the decision?"),
        typed,
        wrong,
        Words(
            "Korte zinnen zijn goed. Weet u het nog niet? Laat dit leeg. U kunt het later sturen.",
            "Short sentences are fine. Not sure yet? Leave it empty. You can send it later.",
        ),
    )


def objection_form(
    action: str, typed: Typed, wrong: Wrong, *, is_late: bool, by_employee: bool = False, step: str = "object"
) -> AskForm:
    """The questions of an objection: none of them has to be answered now (Awb 6:6).

    Args:
        is_late: the term is over, so we ask why (6:11).
        by_employee: recorded at the counter, or from a letter with its days (6:9).
    """
    asked = [
        _reasons(typed, wrong),
        choice("hearing", Words("Wilt u een gesprek?", "Do you want a talk?"), HEARING, typed, wrong),
        text(
            "costs",
            Words("Kosten die u terug wilt (niet verplicht)", "Costs you want back (not required)"),
            typed,
            wrong,
            Words("Bijvoorbeeld reiskosten of een advocaat.", "For example travel costs or a lawyer."),
        ),
    ]
    if is_late or by_employee:
        asked.insert(1, _late_reason(typed, wrong))
    if by_employee:
        asked = [*_letter_fields(typed, wrong), *asked]
    return AskForm(
        action=action,
        step=step,
        title=Words("Uw bezwaar", "Your objection"),
        lead=None,
        fields=tuple(asked),
        button=Words("Verstuur het bezwaar", "Send the objection"),
    )


def _late_reason(typed: Typed, wrong: Wrong) -> AskedField:
    return text(
        "late_reason",
        Words("Waarom komt het bezwaar na de termijn? (als dat zo is)", "Why is the objection late? (if it is)"),
        typed,
        wrong,
        Words(
            "Kon u er niets aan doen? Schrijf wat er gebeurde. Dan telt het toch mee.",
            "Could you not help it? Write what happened. Then it still counts.",
        ),
    )


def _letter_fields(typed: Typed, wrong: Wrong) -> list[AskedField]:
    day = Words("Bijvoorbeeld 23-06-2025.", "For example 23-06-2025.")
    return [
        choice("channel", Words("Hoe kwam het bezwaar?", "How did the objection come in?"), CHANNELS, typed, wrong),
        line("received", Words("Dag van ontvangst (bij een brief)", "Day received (of a letter)"), typed, wrong, day),
        line("posted", Words("Poststempel (bij een brief)", "Postmark (of a letter)"), typed, wrong, day),
    ]


def objection_errors(typed: Typed, *, by_employee: bool = False) -> dict[str, FieldError]:
    """What is wrong with an objection as typed; leaving the reasons out is not."""
    wrong = too_long(("reasons", "late_reason", "costs"), typed)
    if not by_employee:
        return wrong
    if typed.get("channel") not in {one.value for one in CHANNELS}:
        wrong["channel"] = FieldError.CHANNEL_EMPTY
    for name in ("received", "posted"):
        if typed.get(name, "").strip() and read_day(typed[name]) is None:
            wrong[name] = FieldError.DAY_WRONG
    if typed.get("channel") == Channel.PAPER.value and not typed.get("received", "").strip():
        wrong["received"] = FieldError.DAY_WRONG
    return wrong


def objection_text(typed: Typed) -> ObjectionText:
    """What was written."""
    return ObjectionText(
        reasons=typed.get("reasons", "").strip(),
        late_reason=typed.get("late_reason", "").strip(),
        costs=typed.get("costs", "").strip(),
        wants_hearing={"yes": True, "no": False}.get(typed.get("hearing", "")),
    )


def complete_form(action: str, typed: Typed, wrong: Wrong, *, is_late: bool) -> AskForm:
    """Adding reasons, why it came late, costs, or a choice about the talk."""
    form = objection_form(action, typed, wrong, is_late=is_late, step="complete")
    return replace(
        form,
        title=Words("Iets toevoegen", "Adding something"),
        button=Words("Voeg toe aan uw bezwaar", "Add to your objection"),
        secondary=False,
    )


def look_form(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    """One button, and a remark for who wants."""
    return AskForm(
        action=action,
        step="look",
        title=Words("Uw vraag", "Your question"),
        lead=None,
        fields=(
            text(
                "remark",
                Words("Wat klopt er volgens u niet? (niet verplicht)", "What is wrong, you think? (not required)"),
                typed,
                wrong,
            ),
        ),
        button=Words("Vraag om nog eens te kijken", "Ask to look again"),
    )


def urge_form(
    action: str, *, typed: Typed | None = None, wrong: Wrong | None = None, by_employee: bool = False
) -> AskForm:
    """Urging us on: one button; at the counter the day of a letter besides."""
    day = Words("Bijvoorbeeld 23-06-2025. Leeg is vandaag.", "For example 23-06-2025. Empty is today.")
    received = line("received", Words("Dag van ontvangst", "Day received"), typed or {}, wrong or {}, day)
    return AskForm(
        action=action,
        step="urge",
        title=Words("Ons aanmanen", "Urging us on"),
        lead=Words(
            "U hoeft geen brief te schrijven. Met deze knop maant u ons aan.",
            "You need not write a letter. With this button you urge us on.",
        ),
        fields=(received,) if by_employee else (),
        button=Words("Maan ons aan", "Urge us on"),
    )


TALK = Words("Een gesprek over uw bezwaar", "A talk about your objection")
TALK_LEAD = Words(
    "U mag uw verhaal vertellen. U hoeft niet. U kunt uw keus veranderen tot wij beslissen.",
    "You may tell your story. You need not. You can change your choice until we decide.",
)


def may_choose_talk(found: Objection, hearing: Hearing | None) -> bool:
    """Whether the resident can still say if they want a talk: until it was held or we decided."""
    return found.state == CaseState.OPEN and (hearing is None or hearing.state is not HearingState.HELD)


def talk_form(action: str, found: Objection, typed: Typed, wrong: Wrong) -> AskForm:
    """Wanting a talk, or giving it up (Awb 7:3 c); what was said before stands ticked."""
    before = {True: "yes", False: "no", None: ""}[found.wants_hearing]
    field = choice(
        "hearing", Words("Wilt u een gesprek?", "Do you want a talk?"), HEARING[:2], typed or {"hearing": before}, wrong
    )
    button = Words("Leg mijn keus vast", "Record my choice")
    return AskForm(action=action, step="talk", title=TALK, lead=None, fields=(field,), button=button)


def read_talk(typed: Typed) -> tuple[bool | None, dict[str, FieldError]]:
    """Whether a talk is wanted, or that nothing was chosen."""
    wants = {"yes": True, "no": False}.get(typed.get("hearing", ""))
    return wants, ({} if wants is not None else {"hearing": FieldError.ANSWER_EMPTY})


def withdraw_form(action: str) -> AskForm:
    """Withdrawing: one button, on a page of its own."""
    return AskForm(
        action=action,
        step="withdraw",
        title=Words("Intrekken", "Withdrawing"),
        lead=None,
        fields=(),
        button=Words("Ja, trek mijn bezwaar in", "Yes, withdraw my objection"),
        secondary=True,
    )
