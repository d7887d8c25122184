"""The forms of an official on an objection, a second look or a penalty: what is asked, read and wrong."""

from __future__ import annotations

from collections.abc import Mapping

from waardig.cases import queries as cases
from waardig.cases.actions.restoring import Repairing
from waardig.cases.queries import objections as reads
from waardig.cases.terms import ANSWERS, DecisionOutcome, Official
from waardig.cases.terms.objections import HearingGround, HearingPlan, Objection, Penalty, PenaltySum, SecondLook
from waardig.cases.terms.ruling import Ruling
from waardig.kernel.money import euros
from waardig.registers.terms import Attribute
from waardig.screens.desk_pages.costs_form import costs_fields, read_costs
from waardig.screens.desk_pages.forward_form import forward_form
from waardig.screens.desk_pages.repair_form import read_repair, repair_fields
from waardig.screens.file_forms import choice, line, money, read_cents, read_day, text, too_long
from waardig.screens.frames import address
from waardig.screens.pages.files import AskedField, AskForm
from waardig.screens.pages.forms import FieldError, Option
from waardig.screens.pages.words import Words

Typed = Mapping[str, str]
Wrong = Mapping[str, FieldError]
DAY = Words("Bijvoorbeeld 23-06-2025.", "For example 23-06-2025.")
OWN = Words("In eigen woorden en korte zinnen. Dit komt in het bericht.", "In your own words. This is sent.")
PLAINLY = Words("Alleen bij 7:3 a of b. Dit komt in het besluit.", "Only with 7:3 a or b. This is in the decision.")
YES_NO = (Option("yes", Words("Ja", "Yes")), Option("no", Words("Nee", "No")))
OUTCOMES = (
    Option("upheld", Words("Gegrond: er komt een nieuw besluit", "Upheld: a new decision")),
    Option("partly", Words("Deels gegrond: er komt een nieuw besluit", "Partly upheld: a new decision")),
    Option("unfounded", Words("Ongegrond: het besluit blijft", "Unfounded: the decision stands")),
    Option(
        "inadmissible", Words("Niet-ontvankelijk: te laat of zonder redenen", "Inadmissible: late or without reasons")
    ),
)
HEARD = (
    Option("heard", Words("Er is gehoord", "Somebody was heard")),
    Option("a", Words("Niet gehoord: duidelijk niet-ontvankelijk (7:3 a)", "Not heard: plainly inadmissible (7:3 a)")),
    Option("b", Words("Niet gehoord: duidelijk ongegrond (7:3 b)", "Not heard: plainly unfounded (7:3 b)")),
    Option("c", Words("Niet gehoord: de inwoner wilde het niet (7:3 c)", "Not heard: not wanted (7:3 c)")),
    Option("d", Words("Niet gehoord: geen antwoord binnen de termijn (7:3 d)", "Not heard: no answer (7:3 d)")),
    Option("e", Words("Niet gehoord: helemaal gelijk gekregen (7:3 e)", "Not heard: fully met (7:3 e)")),
)
NONE_DUE = (
    Option("", Words("Er is een dwangsom verschuldigd", "A penalty is due")),
    Option("a", Words("Geen dwangsom: onredelijk laat aangemaand (4:17 lid 6 a)", "None: urged unreasonably late")),
    Option("c", Words("Geen dwangsom: kansloze aanvraag (4:17 lid 6 c)", "None: plainly unfounded request")),
)


def objection_steps(
    found: Objection,
    official: Official,
    computed: int | None,
    posted: Typed,
    wrong: Wrong,
    *,
    reported: Attribute | None = None,
) -> tuple[AskForm, ...]:
    """What this official can do with an objection now; what was typed stands in the form that was posted.

    Args:
        reported: the attribute, when the objection is against the answer to a report.
    """
    action = address("desk:objection", found.case)
    if found.handler != official.id:
        return (_take(action),)

    def of(step: str) -> tuple[Typed, Wrong]:
        return (posted, wrong) if posted.get("step") == step else ({}, {})

    return (
        _decide(action, found, computed, reported, *of("decide")),
        _invite(action, *of("invite")),
        _report(action, *of("report")),
        _postpone(action, *of("postpone")),
        forward_form(action, *of("forward")),
    )


def _take(action: str) -> AskForm:
    title, button = Words("Behandelen", "Handling"), Words("Ik behandel dit bezwaar", "I handle this objection")
    return AskForm(action, "take", title, None, (), button)


def _decide(
    action: str, found: Objection, computed: int | None, reported: Attribute | None, typed: Typed, wrong: Wrong
) -> AskForm:
    fields: list[AskedField] = [
        choice("outcome", Words("Wat beslist u op het bezwaar?", "What do you decide?"), OUTCOMES, typed, wrong),
        *(repair_fields(reported, typed, wrong) if reported else [_new_amount(computed, typed, wrong)]),
        choice("heard", Words("Is de inwoner gehoord?", "Was the resident heard?"), HEARD, typed, wrong),
        text("heard_why", Words("Waarom is dat duidelijk?", "Why is that plain?"), typed, wrong, PLAINLY),
        text("reasons", Words("Waarom? Schrijf het aan de inwoner", "Why? Write to the resident"), typed, wrong, OWN),
    ]
    if found.asks_costs:
        fields += costs_fields(typed, wrong)
    title = Words("Beslissen op het bezwaar", "Deciding on the objection")
    return AskForm(action, "decide", title, None, tuple(fields), Words("Leg mijn besluit vast", "Record my decision"))


def _new_amount(computed: int | None, typed: Typed, wrong: Wrong) -> AskedField:
    said = dict(typed)
    if computed is not None and "new_amount" not in said:
        said["new_amount"] = euros(computed).replace("€", "").strip()
    whole = Words("Alleen bij (deels) gegrond: het hele bedrag.", "Only when (partly) upheld: the whole amount.")
    return money("new_amount", Words("Nieuw bedrag, in euro", "New amount, in euro"), said, wrong, whole)


def _invite(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    agreed = Words("Vond de inwoner een dag binnen 10 dagen goed?", "Did the resident agree with a day within 10 days?")
    fields = (
        line("on", Words("Dag van het gesprek", "Day of the talk"), typed, wrong, DAY),
        line(
            "at", Words("Hoe laat", "What time"), typed, wrong, Words("Bijvoorbeeld 10.00 uur.", "For example 10.00.")
        ),
        line("place", Words("Waar, of welk telefoonnummer", "Where, or which phone number"), typed, wrong),
        choice("by_phone", Words("Aan de telefoon?", "On the phone?"), YES_NO, typed, wrong),
        choice("agreed", agreed, YES_NO, typed, wrong),
    )
    title = Words("Uitnodigen voor een gesprek", "Inviting for a talk")
    return AskForm(action, "invite", title, None, fields, Words("Verstuur de uitnodiging", "Send the invitation"), True)


def _report(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    fields = (
        line("held_on", Words("Dag van het gesprek", "Day of the talk"), typed, wrong, DAY),
        text("report", Words("Verslag", "Report"), typed, wrong, OWN),
    )
    title = Words("Verslag van het gesprek", "Report of the talk")
    return AskForm(action, "report", title, None, fields, Words("Verstuur het verslag", "Send the report"), True)


def _postpone(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    agreed = Words("Vindt de inwoner het goed?", "Does the resident agree?")
    fields = (
        line("until", Words("Nieuwe laatste dag", "New last day"), typed, wrong, DAY),
        choice("consent", agreed, YES_NO, typed, wrong),
        text("why", Words("Waarom?", "Why?"), typed, wrong, OWN),
    )
    title = Words("Uitstellen", "Putting off")
    lead = Words(
        "Eén keer hoogstens 6 weken. Langer alleen als de inwoner het goedvindt (Awb 7:10).",
        "Once 6 weeks at most. Longer only if the resident agrees (Awb 7:10).",
    )
    return AskForm(action, "postpone", title, lead, fields, Words("Stel uit en laat het weten", "Put off"), True)


def read_ruling(
    typed: Typed, reported: Attribute | None = None
) -> tuple[tuple[Ruling, Repairing | None] | None, dict[str, FieldError]]:
    """The decision on an objection as typed with what happens to the value, or what was wrong with it.

    Args:
        reported: the attribute, when the objection is against the answer to a report.
    """
    wrong = too_long(("reasons", "heard_why"), typed)
    outcome, heard = typed.get("outcome", ""), typed.get("heard", "")
    if outcome not in {one.value for one in OUTCOMES}:
        wrong["outcome"] = FieldError.REVIEW_EMPTY
    if heard not in {one.value for one in HEARD}:
        wrong["heard"] = FieldError.ANSWER_EMPTY
    is_new = outcome in ("upheld", "partly")
    new, amount, repair, new_wrong = _read_new(typed, reported) if is_new else (None, None, None, {})
    costs, costs_wrong = read_costs(typed)
    wrong |= new_wrong | costs_wrong
    if wrong:
        return None, wrong
    ruling = Ruling(
        outcome=DecisionOutcome(outcome),
        reasons=typed.get("reasons", "").strip(),
        new_outcome=new,
        new_amount_eurocent=amount,
        hearing_ground=None if heard == "heard" else HearingGround(heard),
        hearing_why=typed.get("heard_why", "").strip() if heard in ("a", "b") else "",
        costs=costs,
    )
    return (ruling, repair), {}


_New = tuple[DecisionOutcome | None, int | None, Repairing | None, dict[str, FieldError]]


def _read_new(typed: Typed, reported: Attribute | None) -> _New:
    """What takes the place of the old decision: a whole amount, or a value put right."""
    if reported is not None:
        repair, wrong = read_repair(reported, typed)
        return DecisionOutcome.CORRECTED, None, repair, wrong
    amount = read_cents(typed.get("new_amount", ""))
    return DecisionOutcome.GRANT, amount, None, ({} if amount else {"new_amount": FieldError.REVIEW_AMOUNT})


def read_plan(typed: Typed) -> tuple[HearingPlan | None, dict[str, FieldError]]:
    """When and where the talk is, or what was wrong."""
    on = read_day(typed.get("on", ""))
    wrong: dict[str, FieldError] = {} if on else {"on": FieldError.DAY_WRONG}
    for name in ("at", "place"):
        if not typed.get(name, "").strip() or len(typed[name]) > (20 if name == "at" else 200):
            wrong[name] = FieldError.PLACE_EMPTY
    if wrong or on is None:
        return None, wrong
    by_phone = typed.get("by_phone") == "yes"
    return HearingPlan(on, typed["at"].strip(), typed["place"].strip(), by_phone), {}


def look_step(found: SecondLook, typed: Typed, wrong: Wrong) -> AskForm:
    """The answer to a second look: explain, or a new amount when it was a clear mistake in a decision about money."""
    fields = [text("answer", Words("Uw antwoord aan de inwoner", "Your answer"), typed, wrong, OWN)]
    if found.decision is not None and reads.decision(found.decision).outcome not in ANSWERS:
        hint = Words(
            "Alleen als het besluit een duidelijke fout heeft: het hele nieuwe bedrag. Anders leeg.",
            "Only when the decision has a clear mistake: the whole new amount. Otherwise empty.",
        )
        fields.append(money("new_amount", Words("Nieuw bedrag, in euro", "New amount, in euro"), typed, wrong, hint))
    action = address("desk:look", found.case)
    title = Words("Uw antwoord", "Your answer")
    return AskForm(action, "answer", title, None, tuple(fields), Words("Verstuur het antwoord", "Send the answer"))


def penalty_step(found: Penalty, counted: PenaltySum, typed: Typed, wrong: Wrong) -> AskForm:
    """Fixing a penalty: at least what the law file gives; more when a later text of the law gives more."""
    said = {"amount": euros(counted.amount_eurocent).replace("€", "").strip(), **typed}
    text_of = cases.in_words("date", counted.text_version)
    hint = Words(
        f"Uitgerekend met de wettekst van {text_of.nl}. Zijn de bedragen sindsdien hoger? Vul het hogere in.",
        f"Computed with the text of {text_of.en}. Have they been raised since? Fill in the higher one.",
    )
    fields = (
        choice("none_due", Words("Is er een dwangsom verschuldigd?", "Is a penalty due?"), NONE_DUE, said, wrong),
        money("amount", Words("Bedrag, in euro", "Amount, in euro"), said, wrong, hint),
        text("reasons", Words("Hoe kwam u hierop?", "How did you come to this?"), typed, wrong, OWN),
    )
    action = address("desk:penalty", found.case)
    title = Words("De dwangsom vaststellen", "Fixing the penalty")
    return AskForm(action, "settle", title, None, fields, Words("Leg mijn besluit vast", "Record my decision"))
