"""The Why page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import A521, framed
from waardig.screens.pages import why
from waardig.screens.pages.words import Amount, Words

BRP = Words("Basisregistratie personen (BRP)", "Personal Records Database (BRP)")

UIT = Words("Uitkeringsadministratie van de gemeente", "Benefits administration of the municipality")

APRIL = date(2025, 4, 28)

ART36 = why.LawText(
    Words("Participatiewet, artikel 36, lid 1", "Participation Act, article 36, paragraph 1"),
    "1. Op een daartoe strekkend verzoek van een persoon van 21 jaar of ouder doch jonger dan de"
    " pensioengerechtigde leeftijd, die langdurig een laag inkomen en geen in aanmerking te nemen vermogen als"
    " bedoeld in artikel 34 heeft en geen uitzicht heeft op inkomensverbetering, kan het college, gelet op de"
    " omstandigheden van die persoon, een individuele inkomenstoeslag verlenen.",
    "https://wetten.overheid.nl/BWBR0015703",
    date(2025, 1, 1),
)


def a_step(number: int, claim: str, rule: str, standing: str = "met", **more: object) -> why.WhyStep:
    """A step with sensible rows, unless others are given."""
    rows = (why.StepRow("value", Words("58 jaar")), why.StepRow("source", BRP), why.StepRow("seen", APRIL))
    base = why.WhyStep(number, standing, Words(claim), Words(rule), rows, (ART36,), "/klopt-niet/1/")  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


STEPS = (
    a_step(1, "Uw leeftijd past", "U moet 21 jaar of ouder zijn. En u krijgt nog geen AOW."),
    a_step(
        2,
        "Uw inkomen is 3 jaar laag",
        "Geen enkele maand was hoger dan de grens. De grens is € 1.406,00 voor iemand die alleen woont.",
        rows=(
            why.StepRow("value", Amount(127818), Words("in uw hoogste maand")),
            why.StepRow("period", Words("mei 2022 tot en met april 2025")),
            why.StepRow("source", UIT),
            why.StepRow("seen", APRIL),
        ),
    ),
    a_step(
        3,
        "U hebt niet te veel spaargeld",
        "De grens is € 7.770 voor iemand die alleen woont.",
        older_than_year=True,
        rows=(
            why.StepRow("value", Amount(124000)),
            why.StepRow("source", UIT),
            why.StepRow("established", date(2024, 2, 3)),
        ),
    ),
    a_step(
        4,
        "De laatste keer is lang genoeg geleden",
        "Er moeten 12 maanden tussen zitten.",
        rows=(why.StepRow("value", date(2024, 3, 14), Words("(uw vorige toeslag)")), why.StepRow("source", UIT)),
    ),
    a_step(
        5,
        "Uw inkomen wordt niet snel hoger",
        "De wet zegt niet precies hoe je dit meet.",
        "presumed",
        correct_href="",
        rows=(
            why.StepRow("presumed", Words("U verwacht geen hoger inkomen")),
            why.StepRow("because", Words("U kreeg 3 jaar bijstand. Zo staat het in onze beleidsregel.")),
            why.StepRow(
                "who",
                Words("Een medewerker. Denkt die er anders over? Dan hoort u dat eerst en kunt u uw verhaal doen."),
            ),
        ),
    ),
    a_step(
        6,
        "Zo komen wij aan het bedrag",
        "U woont alleen. Dan is de toeslag € 521,97.",
        rows=(why.StepRow("value", Words("Alleenstaand")),),
    ),
)

CONSIDERED = why.Considered(
    Words("Geld aanbieden waar u waarschijnlijk recht op hebt."),
    (Words("leeftijd"), Words("woonsituatie"), Words("inkomen"), Words("spaargeld"), Words("vorige toeslag")),
    (Words("afkomst"), Words("geloof"), Words("wijk"), Words("gezondheid")),
    20,
    "week",
)

WHY = why.WhyPage(
    frame=framed("messages"),
    back_href="/b/1/",
    about=None,
    amount=A521,
    stage="proposal",
    counts=why.StepCounts(6, 5, 1, 0, 0, 0),
    considered=CONSIDERED,
    weighing_href="/verantwoording/iit/",
    groups=(why.StepGroup(None, STEPS),),
    computed_on=APRIL,
    print_href="",
    otherwise=(
        Words("Was uw inkomen in 1 maand hoger dan € 1.406,00? Dan kon u deze toeslag nu niet krijgen."),
        Words("Woont u samen? Dan tellen inkomen en spaargeld van u samen. Het bedrag is dan € 745,89."),
    ),
)

OPEN = why.OpenCorrection(date(2025, 5, 6), date(2025, 5, 13), "/melding/1/")

WHY_MIXED = replace(
    WHY,
    amount=None,
    stage="application",
    counts=why.StepCounts(3, 0, 0, 1, 1, 1),
    otherwise=(),
    print_href="/print/",
    considered=replace(CONSIDERED, sample_one_in=None),
    groups=(
        why.StepGroup(
            Words("Wie bent u?"),
            (a_step(1, "Met wie u woont", "Dat bepaalt het bedrag.", "unknown", rows=(), correct_href=""),),
        ),
        why.StepGroup(
            Words("Wat hebt u?"),
            (
                a_step(
                    2,
                    "Uw spaargeld",
                    "De grens is € 7.770.",
                    "not_met",
                    laws=(replace(ART36, status="older_text", href=""),),
                ),
                a_step(3, "Uw inkomen", "De grens is € 1.406,00.", "corrected", correction=OPEN),
            ),
        ),
    ),
)
