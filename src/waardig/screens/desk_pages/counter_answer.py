"""Recording a yes for the resident at the counter: what they declare, on one page, and the receipt on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from stdnum import iban as iban_number

from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases.actions import told_sentences
from waardig.cases.terms import Case, Declaration
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import AskedWhenUnknown
from waardig.kernel.clock import business_today
from waardig.kernel.money import cents, euros
from waardig.registers.queries import take
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.counter import ACTIVITY, Visit
from waardig.screens.frames import address
from waardig.screens.pages import counter as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Amount, Words
from waardig.screens.told import Told, read_told

ACCOUNT = "uitkeringen.iban"
LONGEST = 2000


@dataclass(frozen=True)
class AnswerForm:
    """The declaration of one case at the counter; known_account is the one we pay to now, "" when there is none."""

    visit: Visit
    case: Case
    message: UUID
    known_account: str
    with_note: bool

    @property
    def asks_wealth(self) -> bool:
        """Whether the service asks for savings at a yes."""
        asked = self.case.asked or tuple(one.id for one in catalogue.service(self.case.service).ask_at_yes)
        return "vermogen" in asked

    @property
    def told(self) -> tuple[AskedWhenUnknown, ...]:
        """What a short form asks because no register knows it."""
        every = catalogue.service(self.case.service).ask_when_unknown
        return tuple(one for one in every if one.id in self.case.asked)


def answer_form(visit: Visit, case: Case, message: UUID, *, with_note: bool) -> AnswerForm:
    """Read which account we know (one line in the log), so that the resident need not look it up."""
    ticket = ask(
        Request(ACTIVITY, frozenset({ACCOUNT}), (visit.subject.person,), visit.subject.actor, business_today())
    )
    account = next((str(fact.value) for fact in take(ticket) if fact.attribute == ACCOUNT and fact.value), "")
    return AnswerForm(visit, case, message, account.replace(" ", ""), with_note)


def declare_page(
    form: AnswerForm, frame: DeskFrame, posted: Mapping[str, str] | None = None
) -> pages.CounterDeclarePage:
    """The page with what was typed and what was wrong; posted None is an empty form."""
    typed = posted or {}
    wrong = _errors(form, typed) if posted is not None else {}
    names = ["household", "household_note", "account", "iban"]
    names += ["wealth", "wealth_unknown"] if form.asks_wealth else []
    names += ["note"] if form.with_note else []
    names += [f"told_{one.id}" for one in form.told]
    options = {**_OPTIONS, "account": _accounts(form)}
    fields = {
        name: Field(name, typed.get(name, ""), wrong.get(name), _chosen(options.get(name, ()), typed.get(name, "")))
        for name in names
    }
    action = address("desk:counter_declare", form.message)
    return pages.CounterDeclarePage(
        desk=frame,
        back_href=COUNTER.message(form.message),
        action=f"{action}?maar=1" if form.with_note else action,
        person=form.visit.subject.name,
        service=words.service_words(form.case.service),
        amount=Amount(form.case.amount_eurocent, "once") if form.case.amount_eurocent else None,
        household=fields["household"],
        household_note=fields["household_note"],
        wealth=fields.get("wealth"),
        wealth_unknown=fields.get("wealth_unknown"),
        account=fields["account"],
        iban=fields["iban"],
        note=fields.get("note"),
        errors=tuple(field for field in fields.values() if field.error),
        joint=len(form.case.persons) > 1,
        told=tuple(_told_field(one, fields[f"told_{one.id}"]) for one in form.told),
    )


def _told_field(asked: AskedWhenUnknown, field: Field) -> tuple[Words, Words, Field]:
    """Question, hint and field; an empty field is "I do not know", said aloud at the counter."""
    return Words(asked.question.nl, asked.question.en), Words(asked.hint.nl, asked.hint.en), field


_OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "household": (
        Option("yes", Words("Ja, dat klopt nog.", "Yes, that is still right.")),
        Option("no", Words("Nee, dat is veranderd.", "No, that has changed.")),
    ),
    "wealth_unknown": (
        Option("no", Words("Ja, dit bedrag", "Yes, this amount")),
        Option("yes", Words("Nee, ik weet het niet", "No, I do not know")),
    ),
}


def _accounts(form: AnswerForm) -> tuple[Option, ...]:
    other = Option("other", Words("Een andere rekening", "Another account"))
    if not form.known_account:
        return (other,)
    end = form.known_account[-4:]
    known = Words(f"De rekening die eindigt op {end}", f"The account that ends in {end}")
    return (Option("known", known), other)


def _chosen(options: tuple[Option, ...], value: str) -> tuple[Option, ...]:
    return tuple(replace(one, chosen=one.value == value) for one in options)


def read_declaration(form: AnswerForm, posted: Mapping[str, str]) -> Declaration | None:
    """What was declared, or None when something is missing or wrong."""
    if _errors(form, posted):
        return None
    known = posted["account"] == "known"
    return Declaration(
        household_unchanged=posted["household"] == "yes",
        household_note=posted.get("household_note", "").strip() if posted["household"] == "no" else "",
        wealth_eurocent=cents(posted["wealth"]) if posted.get("wealth_unknown") == "no" and form.asks_wealth else None,
        iban=form.known_account if known else iban_number.compact(posted["iban"]),
        something_wrong=posted.get("note", "").strip() if form.with_note else "",
        told={one.id: _told(one, posted)[0] for one in form.told},
        wealth_asked=form.asks_wealth,
    )


def _told(asked: AskedWhenUnknown, posted: Mapping[str, str]) -> tuple[Told, FieldError | None]:
    """What was typed; empty is "I do not know"."""
    typed = posted.get(f"told_{asked.id}", "").strip()
    return read_told(asked, typed) if typed else (None, None)


def _errors(form: AnswerForm, posted: Mapping[str, str]) -> dict[str, FieldError]:
    wrong: dict[str, FieldError] = {}
    household = posted.get("household", "")
    if household not in ("yes", "no"):
        wrong["household"] = FieldError.HOUSEHOLD_EMPTY
    wrong |= _text_errors("household_note", posted, required=household == "no")
    wrong |= _wealth_errors(posted) if form.asks_wealth else {}
    wrong |= _account_errors(form, posted)
    wrong |= {f"told_{one.id}": error for one in form.told if (error := _told(one, posted)[1])}
    return wrong | (_text_errors("note", posted, required=True) if form.with_note else {})


def _text_errors(name: str, posted: Mapping[str, str], *, required: bool) -> dict[str, FieldError]:
    text = posted.get(name, "").strip()
    if required and not text:
        return {name: FieldError.NOTE_EMPTY}
    return {name: FieldError.TOO_LONG} if len(text) > LONGEST else {}


def _wealth_errors(posted: Mapping[str, str]) -> dict[str, FieldError]:
    known = posted.get("wealth_unknown", "")
    if known == "yes":
        return {}
    typed = posted.get("wealth", "").strip()
    if known != "no" or not typed:
        return {"wealth_unknown" if known != "no" else "wealth": FieldError.WEALTH_EMPTY}
    try:
        return {"wealth": FieldError.WEALTH_NEGATIVE} if cents(typed) < 0 else {}
    except ValueError:
        return {"wealth": FieldError.WEALTH_NOT_A_NUMBER}


def _account_errors(form: AnswerForm, posted: Mapping[str, str]) -> dict[str, FieldError]:
    chosen = posted.get("account", "")
    if chosen not in {option.value for option in _accounts(form)}:
        return {"account": FieldError.ACCOUNT_EMPTY}
    if chosen == "other" and not iban_number.is_valid(posted.get("iban", "")):
        return {"iban": FieldError.ACCOUNT_NOT_IBAN}
    return {}


def declared_lines(form: AnswerForm, declaration: Declaration) -> tuple[str, ...]:
    """A copy of what was declared, for the receipt (Awb 4:3a); of the account only its end."""
    lines = ["Met wie u woont, klopt nog." if declaration.household_unchanged else "Met wie u woont, is veranderd."]
    lines += [declaration.household_note] if declaration.household_note else []
    lines += told_sentences(form.case, declaration)
    wealth = declaration.wealth_eurocent
    if form.asks_wealth:
        lines.append(
            "Hoeveel spaargeld u hebt, weet u niet." if wealth is None else f"Uw spaargeld is {euros(wealth)}."
        )
    lines.append(f"Uw rekening eindigt op {declaration.iban[-4:]}.")
    return (
        *lines,
        *([f"Volgens u klopt dit niet: {declaration.something_wrong}"] if declaration.something_wrong else []),
    )
