"""The declaration after a yes: one question a page, answers kept at every step, checked before sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from stdnum import iban
from stdnum.exceptions import ValidationError

from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases import actions as answering
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, CaseState, Declaration
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import AskedWhenUnknown
from waardig.kernel.clock import business_today
from waardig.kernel.money import cents
from waardig.registers.queries import take
from waardig.registers.terms import RegisterFact, Value
from waardig.screens import told
from waardig.screens.frames import OWN_DATA
from waardig.screens.message_pages import OPEN_STATES
from waardig.screens.pages import declaration as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Deadline, Shown, Words
from waardig.screens.subject import Subject

LONGEST = 2000
NAMES = ("vermogen", "iban", "huishouden_klopt", "huishouden", "opmerking")
HOUSEHOLDS = (
    ("alone", Words("Alleen", "Alone"), "ALLEENSTAAND"),
    ("alone_children", Words("Alleen met mijn kinderen", "Alone with my children"), "ALLEENSTAANDE_OUDER"),
    ("together", Words("Samen met een partner", "Together with a partner"), "PAAR"),
    ("other", Words("Anders", "Otherwise"), ""),
)


ASKED_AT_YES: Mapping[str, pages.Asked] = {"leefvorm": "household", "vermogen": "wealth", "iban": "account"}


def questions(case: Case, *, with_note: bool) -> tuple[str, ...]:
    """The questions in order: of a short form only what is unknown, otherwise what the service asks at a yes.

    With "yes, but" the note comes first. What a short form does not ask stands on the check page, to be changed there.
    """
    usual = tuple(ASKED_AT_YES.get(name, name) for name in case.asked) or every_question(case.service)
    return ("note", *usual) if with_note else usual


def every_question(service: str) -> tuple[str, ...]:
    """What the service asks at a yes."""
    return tuple(ASKED_AT_YES[one.id] for one in catalogue.service(service).ask_at_yes if one.id in ASKED_AT_YES)


def is_open(case: Case) -> bool:
    """Whether this proposal can still become an application."""
    return case.kind is CaseKind.PROPOSAL and case.state in OPEN_STATES


def service_words(case: Case) -> Words:
    """The name of the service as it stands inside a sentence."""
    name = catalogue.service(case.service).name
    return Words(name.nl.lower(), name.en.lower())


@dataclass(frozen=True)
class Typed:
    """What was posted on one question: values to keep, fields as they stand, errors."""

    values: Mapping[str, Value]
    fields: dict[str, Field]
    errors: tuple[Field, ...] = field(default=())


def may_ask(case: Case, question: str) -> bool:
    """Whether this question belongs to this case: of a short form also what is changed from the check page."""
    return question in (*questions(case, with_note=True), *every_question(case.service))


def plain(value: object) -> int | str | bool | None:
    """A told value: an amount, a day, yes or no."""
    return value if isinstance(value, int | str | bool) else None


class Declaring:
    """The declaration of one case: what was answered so far is read through the gate once."""

    def __init__(self, subject: Subject, case: Case, message: UUID, *, with_note: bool) -> None:
        self.subject, self.case, self.message, self.with_note = subject, case, message, with_note
        self._facts = self._read()

    # -- what is known ---------------------------------------------------------------------------------------------
    def _read(self) -> tuple[RegisterFact, ...]:
        names = (*NAMES, *self.case.asked)
        wanted = frozenset({*(f"opgave.{name}" for name in names), "uitkeringen.iban", "uitkeringen.leefvorm"})
        ticket = ask(
            Request(
                self.subject.activity(OWN_DATA),
                wanted,
                (self.case.applicant,),
                self.subject.actor,
                business_today(),
                case=self.case.id,
            )
        )
        return take(ticket)

    def _said(self, name: str) -> RegisterFact | None:
        source = answering.source_of(self.case.number)
        found = [f for f in self._facts if f.attribute == f"opgave.{name}" and f.source == source]
        return max(found, key=lambda f: f.recorded_at, default=None)

    def _held(self, attribute: str) -> str:
        found = [f for f in self._facts if f.attribute == attribute and f.value]
        return str(max(found, key=lambda f: f.recorded_at).value) if found else ""

    @property
    def account_end(self) -> str:
        """The last four digits of the account that the administration knows."""
        return self._held("uitkeringen.iban").replace(" ", "")[-4:]

    @property
    def asked(self) -> dict[str, AskedWhenUnknown]:
        """The questions of the short form, by id."""
        every = {one.id: one for one in catalogue.service(self.case.service).ask_when_unknown}
        return {name: every[name] for name in self.case.asked if name in every}

    def first_missing(self) -> str | None:
        """The first question without an answer."""
        needs = {"note": "opmerking", "household": "huishouden_klopt", "wealth": "vermogen", "account": "iban"}
        asked = questions(self.case, with_note=self.with_note)
        if self.case.asked and not self.account_end:
            asked = (*asked, "account")
        return next((q for q in asked if self._said(needs.get(q, q)) is None), None)

    def declaration(self) -> Declaration:
        """The answers as one declaration."""
        wealth, note = self._said("vermogen"), self._said("opmerking")
        household, told = self._said("huishouden_klopt"), self._said("huishouden")
        account = self._said("iban")
        short = bool(self.case.asked)
        said = {name: fact.value for name in self.asked if (fact := self._said(name)) is not None}
        return Declaration(
            household_unchanged=bool(household.value) if household else short,
            household_note=str(told.value) if told and told.value else "",
            wealth_eurocent=int(str(wealth.value)) if wealth and wealth.value is not None else None,
            iban=str(account.value) if account else self._held("uitkeringen.iban") if short else "",
            something_wrong=str(note.value) if note and note.value else "",
            told={name: plain(value) for name, value in said.items()},
            wealth_asked=not short or wealth is not None,
        )

    # -- reading a form --------------------------------------------------------------------------------------------
    def read(self, question: str, posted: Mapping[str, str]) -> Typed:
        """What was typed on one question."""
        if question in self.asked:
            return self._told(self.asked[question], posted)
        reader = {"household": self._household, "wealth": self._wealth, "account": self._account, "note": self._note}
        return reader[question](posted)

    def _told(self, asked: AskedWhenUnknown, posted: Mapping[str, str]) -> Typed:
        typed = posted.get("told", "")
        if posted.get("unknown") == "1":
            return Typed({asked.id: None}, {"told": told.field_of(asked, typed)})
        value, error = told.read_told(asked, typed)
        shown = told.field_of(asked, typed, error)
        return Typed({}, {"told": shown}, (shown,)) if error else Typed({asked.id: value}, {"told": shown})

    def _household(self, posted: Mapping[str, str]) -> Typed:
        chosen = posted.get("household", "")
        known = next((one for one in HOUSEHOLDS if one[0] == chosen), None)
        shown = self._household_field(chosen, None if known else FieldError.HOUSEHOLD_EMPTY)
        if known is None:
            return Typed({}, {"household": shown}, (shown,))
        unchanged = known[2] == self._held("uitkeringen.leefvorm")
        told = None if unchanged else f"Woont nu: {known[1].nl.lower()}"
        return Typed({"huishouden_klopt": unchanged, "huishouden": told}, {"household": shown})

    def _wealth(self, posted: Mapping[str, str]) -> Typed:
        typed = posted.get("wealth", "").strip()
        if posted.get("unknown") == "1":
            return Typed({"vermogen": None}, {"wealth": Field("wealth", typed)})
        error: FieldError | None = None
        amount = 0
        try:
            amount = cents(typed)
        except ValueError:
            error = FieldError.WEALTH_NOT_A_NUMBER if typed else FieldError.WEALTH_EMPTY
        if error is None and amount < 0:
            error = FieldError.WEALTH_NEGATIVE
        shown = Field("wealth", typed, error)
        return Typed({}, {"wealth": shown}, (shown,)) if error else Typed({"vermogen": amount}, {"wealth": shown})

    def _account(self, posted: Mapping[str, str]) -> Typed:
        chosen, typed = posted.get("account", "other" if not self.account_end else ""), posted.get("iban", "").strip()
        choice = self._account_field(chosen, None if chosen in ("known", "other") else FieldError.ACCOUNT_EMPTY)
        if choice.error:
            return Typed({}, {"account": choice, "iban": Field("iban", typed)}, (choice,))
        if chosen == "known" and self.account_end:
            number = self._held("uitkeringen.iban")
            return Typed({"iban": number}, {"account": choice, "iban": Field("iban", typed)})
        try:
            number = iban.format(iban.validate(typed))
        except ValidationError:
            shown = Field("iban", typed, FieldError.ACCOUNT_NOT_IBAN if typed else FieldError.ACCOUNT_EMPTY)
            return Typed({}, {"account": choice, "iban": shown}, (shown,))
        return Typed({"iban": number}, {"account": choice, "iban": Field("iban", typed)})

    def _note(self, posted: Mapping[str, str]) -> Typed:
        typed = posted.get("note", "").strip()
        error = FieldError.NOTE_EMPTY if not typed else FieldError.TOO_LONG if len(typed) > LONGEST else None
        shown = Field("note", typed, error)
        return Typed({}, {"note": shown}, (shown,)) if error else Typed({"opmerking": typed}, {"note": shown})

    # -- pages -----------------------------------------------------------------------------------------------------
    def page(self, question: str, frame: Frame, typed: Typed | None) -> pages.DeclarationPage:
        """The page of one question, filled with what was typed or said before."""
        asked = questions(self.case, with_note=self.with_note)
        place = asked.index(question) if question in asked else len(asked) - 1
        unknown = self.asked.get(question)
        return pages.DeclarationPage(
            question=question,
            frame=frame,
            back_href=self._address(asked[place - 1]) if place else reverse("portal:message", args=[self.message]),
            action=self._address(question),
            service=service_words(self.case),
            step=place + 1,
            steps=len(asked),
            yes_on=self._yes_on(),
            fields=typed.fields if typed else self._fields(question),
            errors=typed.errors if typed else (),
            joint=len(self.case.parties) > 1,
            account_end=self.account_end,
            known=(),
            about=self.subject.about,
            unknown=told.unknown_of(unknown) if unknown else None,
        )

    def _yes_on(self) -> date:
        said = [e.on for e in cases.events_of(self.case.id) if e.kind.value == "said_yes"]
        return said[-1] if said else business_today()

    def _fields(self, question: str) -> dict[str, Field]:
        if question in self.asked:
            said = self._said(question)
            asked = self.asked[question]
            return {"told": told.field_of(asked, told.typed_again(asked, plain(said.value) if said else None))}
        if question == "household":
            return {"household": self._household_field(self._household_said(), None)}
        if question == "wealth":
            said = self._said("vermogen")
            shown = f"{int(str(said.value)) / 100:.2f}".replace(".", ",") if said and said.value is not None else ""
            return {"wealth": Field("wealth", shown)}
        if question == "account":
            return {"account": self._account_field("known" if self.account_end else "other", None),
                    "iban": Field("iban")}  # fmt: skip
        note = self._said("opmerking")
        return {"note": Field("note", str(note.value) if note and note.value else "")}

    def _household_said(self) -> str:
        said, told = self._said("huishouden_klopt"), self._said("huishouden")
        if said is None:
            return ""
        known = self._held("uitkeringen.leefvorm")
        if said.value:
            return next((one[0] for one in HOUSEHOLDS if one[2] == known), "")
        words = str(told.value).removeprefix("Woont nu: ") if told and told.value else ""
        return next((one[0] for one in HOUSEHOLDS if one[1].nl.lower() == words), "")

    def _household_held(self) -> str:
        """What the register says, which a short form does not ask again."""
        known = self._held("uitkeringen.leefvorm")
        return next((one[0] for one in HOUSEHOLDS if one[2] == known), "")

    def _household_field(self, chosen: str, error: FieldError | None) -> Field:
        options = tuple(Option(value, words, chosen=value == chosen) for value, words, _ in HOUSEHOLDS)
        return Field("household", chosen, error, options)

    def _account_field(self, chosen: str, error: FieldError | None) -> Field:
        known = Words(f"De rekening die eindigt op {self.account_end}", f"The account that ends in {self.account_end}")
        options = (
            *((Option("known", known, chosen=chosen == "known"),) if self.account_end else ()),
            Option("other", Words("Een andere rekening", "Another account"), chosen=chosen == "other"),
        )
        return Field("account", chosen, error, options)

    def after(self, question: str, *, back_to_check: bool) -> str:
        """Where to go after an answer: the next question, or the check."""
        asked = questions(self.case, with_note=self.with_note)
        place = asked.index(question) if question in asked else len(asked) - 1
        if back_to_check or place + 1 == len(asked):
            return self._with_note(reverse("portal:declare_check", args=[self.message]))
        return self._address(asked[place + 1])

    def _address(self, question: str, *, from_check: bool = False) -> str:
        address = self._with_note(reverse("portal:declare", args=[self.message, question]))
        if from_check:
            address += ("&" if "?" in address else "?") + "controle=1"
        return address

    def _with_note(self, address: str) -> str:
        return f"{address}?maar=1" if self.with_note else address

    def answers(self, *, may_change: bool = True) -> tuple[pages.AnswerRow, ...]:
        """The answers as rows to check; once sent they are only to read."""
        given = self.declaration()
        chosen = self._household_said() or (self._household_held() if self.case.asked else "")
        household = next((w for v, w, _ in HOUSEHOLDS if v == chosen), Words("Anders", "Otherwise"))
        wealth: Shown = Amount(given.wealth_eurocent) if given.wealth_eurocent is not None else None
        rows: list[tuple[str, Shown]] = [
            ("household", household),
            ("wealth", wealth),
            ("account", given.iban),
        ]
        asked = (*every_question(self.case.service), "note")
        rows = [row for row in rows if row[0] in asked]
        if given.something_wrong:
            rows.append(("note", given.something_wrong))
        rows = [row for row in rows if row[0] != "wealth" or given.wealth_asked]
        return (
            *(self._told_row(one, given.told.get(one.id), may_change) for one in self.asked.values()),
            *(pages.AnswerRow(q, shown, self._address(q, from_check=True) if may_change else "") for q, shown in rows),
        )

    def _told_row(self, asked: AskedWhenUnknown, value: Value, may_change: bool) -> pages.AnswerRow:
        href = self._address(asked.id, from_check=True) if may_change else ""
        label = Words(asked.question.nl, asked.question.en)
        return pages.AnswerRow(asked.id, told.shown_told(asked, value), href, label)

    def check_page(self, frame: Frame) -> pages.DeclareCheckPage:
        """Check before sending."""
        last = questions(self.case, with_note=self.with_note)[-1]
        return pages.DeclareCheckPage(
            frame=frame,
            back_href=self._address(last),
            action=self._with_note(reverse("portal:declare_check", args=[self.message])),
            service=service_words(self.case),
            yes_on=self._yes_on(),
            answers=self.answers(),
            known=(),
            about=self.subject.about,
        )

    def receipt_page(self, frame: Frame) -> pages.DeclareReceiptPage:
        """The receipt of the application."""
        case = self.case
        received = case.applied_on or business_today()
        last_day = case.decide_by or received
        here = catalogue.municipality()
        days = (last_day - business_today()).days
        is_late = days < 0 and case.state is not CaseState.DECIDED
        return pages.DeclareReceiptPage(
            frame=frame,
            case_number=case.number,
            service=service_words(case),
            amount=Amount(case.amount_eurocent, "once") if case.amount_eurocent else None,
            received_on=received,
            deadline=Deadline("late" if is_late else "ours", last_day, abs(days)),
            answers=self.answers(may_change=False),
            team=here.teams[case.team].name.nl if case.team in here.teams else here.name,
            print_href="",
            home_href=reverse("portal:home"),
            about=self.subject.about,
        )
