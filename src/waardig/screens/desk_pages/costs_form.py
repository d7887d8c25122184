"""The answer to a request for costs, as part of the decision on an objection (Awb 7:15)."""

from __future__ import annotations

from collections.abc import Mapping

from waardig.cases.terms.objections import Review
from waardig.cases.terms.ruling import CostsGround, CostsRuling
from waardig.kernel.money import euros
from waardig.screens.file_forms import choice, money, read_cents, text, too_long
from waardig.screens.pages.files import AskedField, FileFact
from waardig.screens.pages.forms import FieldError, Option
from waardig.screens.pages.words import Words

Typed = Mapping[str, str]
Wrong = Mapping[str, FieldError]
ANSWERS = (
    Option(
        CostsGround.GRANTED.value,
        Words("Vergoeden: ons besluit was fout en dat lag aan ons", "Paid back: our decision was wrong, our doing"),
    ),
    Option(
        CostsGround.NOT_REVOKED.value,
        Words("Niet vergoeden: het eerste besluit blijft staan", "Not paid back: the first decision stands"),
    ),
    Option(
        CostsGround.NOT_ATTRIBUTABLE.value,
        Words("Niet vergoeden: de fout lag niet aan ons", "Not paid back: the mistake was not ours"),
    ),
    Option(
        CostsGround.NOT_COMPENSABLE.value,
        Words("Niet vergoeden: de regels vergoeden deze kosten niet", "Not paid back: no rule for these costs"),
    ),
)
TO_WHOM = (
    Option("resident", Words("Aan de inwoner", "To the resident")),
    Option("lawyer", Words("Aan de advocaat: er is een toevoeging", "To the lawyer: there is legal aid")),
)


def costs_fields(typed: Typed, wrong: Wrong) -> list[AskedField]:
    """What an official answers to a request for costs; the amounts of the decree are looked up, never ours."""
    look_up = Words(
        "Zoek de punten en het bedrag per punt op in het Besluit proceskosten bestuursrecht van nu.",
        "Look up the points and the amount per point in the decree (Besluit proceskosten bestuursrecht) of now.",
    )
    basis = Words(
        "Hoe kwam u op dit bedrag, met welke tekst? Of waarom niet? Dit komt in het besluit.",
        "How did you find this amount, by which text? Or why not? This is in the decision.",
    )
    return [
        choice(
            "costs_answer", Words("De inwoner vroeg om kosten", "The resident asked for costs"), ANSWERS, typed, wrong
        ),
        money("costs", Words("Kosten die u vergoedt, in euro", "Costs paid back, in euro"), typed, wrong, look_up),
        choice("costs_to", Words("Aan wie betalen wij de kosten?", "Whom do we pay the costs?"), TO_WHOM, typed, wrong),
        text("costs_reasons", Words("Uitleg over de kosten", "About the costs"), typed, wrong, basis),
    ]


def read_costs(typed: Typed) -> tuple[CostsRuling | None, dict[str, FieldError]]:
    """The answer about costs as typed, or what was wrong; None when nothing was answered."""
    said = typed.get("costs_answer", "")
    if said not in {one.value for one in ANSWERS}:
        return None, {}
    wrong = too_long(("costs_reasons",), typed)
    granted = said == CostsGround.GRANTED.value
    amount = read_cents(typed.get("costs", "")) if granted else None
    if granted and not amount:
        wrong["costs"] = FieldError.AMOUNT_NOT_A_NUMBER
    to_whom = typed.get("costs_to", "")
    if granted and to_whom not in {one.value for one in TO_WHOM}:
        wrong["costs_to"] = FieldError.ANSWER_EMPTY
    if wrong:
        return None, wrong
    to_lawyer = granted and to_whom == "lawyer"
    return CostsRuling(CostsGround(said), typed.get("costs_reasons", "").strip(), amount, to_lawyer), {}


def costs_facts(review: Review | None) -> tuple[FileFact, ...]:
    """What was decided on costs; who must pay it by hand reads that here."""
    if review is None or not review.costs_ground:
        return ()
    label = Words("Besluit over de kosten", "Decision on costs")
    if review.costs_eurocent is None:
        return (FileFact(label, next(one.words for one in ANSWERS if one.value == review.costs_ground)),)
    nl, en = euros(review.costs_eurocent), euros(review.costs_eurocent, "en")
    if review.costs_to_lawyer:
        return (FileFact(label, Words(f"{nl} aan de advocaat. Betaal dit zelf.", f"{en} to the lawyer, by hand.")),)
    return (FileFact(label, Words(f"{nl} aan de inwoner", f"{en} to the resident")),)
