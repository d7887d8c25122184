"""One question of a short form: what no register knows, typed by the resident or recorded at the counter."""

from __future__ import annotations

from datetime import date

from waardig.cases.queries import in_words
from waardig.catalogue.terms import AskedWhenUnknown
from waardig.kernel.days import date_typed
from waardig.kernel.money import cents
from waardig.registers.terms import Value
from waardig.screens.pages.declaration import Unknown
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Shown, Words

Told = int | str | bool | None
YES_NO = (Option("yes", Words("Ja", "Yes")), Option("no", Words("Nee", "No")))


def unknown_of(asked: AskedWhenUnknown) -> Unknown:
    """The words of a question."""
    return Unknown(
        asked.id,
        asked.kind,
        Words(asked.question.nl, asked.question.en),
        Words(asked.hint.nl, asked.hint.en),
        Words(asked.why.nl, asked.why.en),
    )


def read_told(asked: AskedWhenUnknown, typed: str) -> tuple[Told, FieldError | None]:
    """What was typed as a value of the register, or what is wrong with it."""
    text = typed.strip()
    if not text:
        return None, FieldError.TOLD_EMPTY
    if asked.kind == "date":
        return _day(text)
    if asked.kind == "yes_no":
        return (text == "yes", None) if text in ("yes", "no") else (None, FieldError.TOLD_EMPTY)
    try:
        amount = cents(text) if asked.kind == "eurocent" else int(text)
    except ValueError:
        return None, FieldError.TOLD_NOT_A_NUMBER
    return (amount, None) if amount >= 0 else (None, FieldError.TOLD_NOT_A_NUMBER)


def _day(text: str) -> tuple[Told, FieldError | None]:
    try:
        return date_typed(text).isoformat(), None
    except ValueError:
        return None, FieldError.TOLD_NOT_A_DATE


def field_of(asked: AskedWhenUnknown, value: str, error: FieldError | None = None) -> Field:
    """The field as it stands."""
    options = tuple(Option(one.value, one.words, chosen=one.value == value) for one in YES_NO)
    return Field("told", value, error, options if asked.kind == "yes_no" else ())


def typed_again(asked: AskedWhenUnknown, value: Value) -> str:
    """A value that was told before, as it is typed."""
    if value is None:
        return ""
    if asked.kind == "eurocent":
        whole, part = divmod(int(str(value)), 100)
        return f"{whole},{part:02d}"
    if asked.kind == "date":
        return date.fromisoformat(str(value)).strftime("%d-%m-%Y")
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def shown_told(asked: AskedWhenUnknown, value: Value) -> Shown:
    """A told value on the check page; None is "I do not know"."""
    if value is None:
        return None
    if asked.kind == "eurocent":
        return Amount(int(str(value)))
    said = in_words(asked.kind, value)
    return Words(said.nl, said.en)
