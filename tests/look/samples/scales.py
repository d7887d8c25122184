"""The public weighing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import TODAY, VISITOR
from tests.look.samples.reasons import APRIL
from waardig.screens.pages import weighing
from waardig.screens.pages.words import Link, Words

WEIGHING = weighing.WeighingPage(
    frame=VISITOR,
    back_href="/verantwoording/",
    title=Words("Zelf zoeken wie geld misloopt: mag dat?"),
    answer=Words(
        "De gemeente rekent uit wie waarschijnlijk recht heeft op de individuele inkomenstoeslag."
        " **Het college vond dat goed, onder 6 voorwaarden.**"
    ),
    state="in_use",
    decided_on=date(2025, 3, 18),
    valid_until=date(2027, 3, 18),
    starts_on=None,
    suspension=None,
    body=Words("het college", "the municipal executive"),
    gaining=(
        weighing.WeighedValue(Words("Genoeg om van te leven"), 5, Words("68 huishoudens liepen geld mis.")),
        weighing.WeighedValue(Words("Gelijkheid"), 3, Words("Ook wie slecht leest, krijgt het.")),
        weighing.WeighedValue(Words("Waardigheid"), 3, Words("Niemand hoeft te vragen.")),
        weighing.WeighedValue(Words("Uitleg"), 3, Words("Elke stap is na te lezen.")),
    ),
    harmed=(
        weighing.WeighedValue(
            Words("Privacy"),
            3,
            Words("Wij lezen 5 gegevens zonder dat u het vroeg."),
            Words("afmelden, en alles te zien."),
        ),
        weighing.WeighedValue(
            Words("Zelf kiezen"), 2, Words("Een voorstel stuurt."), Words("ja en nee zijn even groot.")
        ),
        weighing.WeighedValue(
            Words("Gelijkheid buiten de bijstand"),
            2,
            Words("Wie werkt met weinig loon, zoeken wij niet."),
            Words("zelf nagaan kan altijd."),
        ),
    ),
    gain_sum=14,
    harm_sum=7,
    options=(
        weighing.WeighedOption(Words("Niets doen"), Words("Mensen vragen zelf aan. Ongeveer de helft doet dat niet.")),
        weighing.WeighedOption(
            Words("Iedereen een folder sturen"),
            Words("Geen gegevens nodig. Maar ook wie er niets aan heeft, krijgt hoop."),
        ),
        weighing.WeighedOption(
            Words("Zelf uitrekenen en voorstellen"),
            Words("Wij gebruiken 5 gegevens van mensen met bijstand en zeggen wie het misloopt."),
            True,
        ),
    ),
    against=Words("de cliëntenraad wilde eerst een jaar proberen."),
    opinions=Link(Words("Lees alle meningen en het advies over privacy"), "/meningen/"),
    conditions=(
        weighing.Condition(
            Words("Een mens beslist over elke nee"), Words("0 van 0 besluiten door de computer"), TODAY, "met"
        ),
        weighing.Condition(
            Words("Post op papier, tenzij u anders koos"), Words("41 van 41 binnen 2 dagen"), date(2025, 4, 30), "met"
        ),
        weighing.Condition(
            Words("Steekproef: mens kijkt na"),
            Words("5 van 5 klaar, 0 fouten. Te weinig om zeker te zijn."),
            date(2025, 5, 9),
            "too_little",
        ),
        weighing.Condition(Words("Geen groep krijgt het minder goed"), None, None, "never"),
    ),
    round=weighing.RoundFigures(
        APRIL,
        tuple(
            weighing.RoundCount(Words(words), count)
            for words, count in (
                ("Mensen met bijstand", 115),
                ("Meldden zich af", 12),
                ("Bekeken", 103),
                ("Kregen een voorstel", 68),
                ("Zeiden ja", 41),
                ("Zeiden nee", 14),
                ("Toegekend", 31),
                ("Afgewezen of nog bezig", 10),
            )
        ),
        1825155,
        TODAY,
        "/cijfers.csv",
        "/rondes/",
        rounded=True,
    ),
    more=(Link(Words("Alle metingen"), "/metingen/"),),
    question_href="/vraag/",
    check_href="/nagaan/",
)

WEIGHING_STOPPED = replace(
    WEIGHING,
    state="suspended",
    round=None,
    question_href="",
    against=None,
    opinions=None,
    suspension=weighing.Suspension(
        date(2025, 5, 10),
        Words("De steekproef vond 3 fouten."),
        Words("Uw aanvraag, bezwaar en inzage gaan altijd door."),
    ),
)
