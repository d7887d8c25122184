"""Own data, who used it, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.look.samples.people import PAGE1, TODAY, framed
from tests.look.samples.reasons import APRIL, OPEN
from waardig.screens.pages import correction, own_data, usage
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.words import Amount, Link, SourceFailure, Words

DATA = own_data.OwnDataPage(
    frame=framed("data"),
    about=None,
    print_href="/gegevens/kopie.pdf",
    file_href="/gegevens/mijn-gegevens.json",
    groups=(
        own_data.DataGroup(
            "self",
            (
                own_data.DataFact(
                    Words("Naam"),
                    "Gerrit Vos",
                    Words("Uit de Basisregistratie personen (BRP)"),
                    since_birth=True,
                    correct_href="/k/1/",
                ),
                own_data.DataFact(
                    Words("Geboren"), date(1966, 11, 8), Words("Uit de BRP"), since_birth=True, correct_href="/k/2/"
                ),
                own_data.DataFact(
                    Words("Burgerservicenummer"),
                    "",
                    Words("Uit de BRP"),
                    masked_end="274",
                    reveal_href="/bsn/",
                    correct_href="/k/3/",
                ),
            ),
        ),
        own_data.DataGroup(
            "living",
            (
                own_data.DataFact(
                    Words("Adres"),
                    "Molenkade 12, 1234 AB Rietwaarden",
                    Words("Uit de BRP"),
                    date(2016, 9, 1),
                    correct_href="/k/4/",
                    earlier=(
                        own_data.EarlierValue(
                            "Molenkade 21, 1234 AB Rietwaarden", date(2016, 9, 1), None, date(2016, 10, 3)
                        ),
                        own_data.EarlierValue(
                            "Dorpsstraat 3, 1234 AC Rietwaarden", date(2001, 5, 1), date(2016, 8, 31)
                        ),
                        own_data.EarlierValue("Sluisweg 8, 1234 AD Rietwaarden", None, date(2001, 4, 30)),
                    ),
                    more_earlier=True,
                ),
                own_data.DataFact(
                    Words("Huur"),
                    Amount(54120, "month"),
                    Words("Uit uw aanvraag bijstand"),
                    date(2023, 7, 1),
                    correct_href="/k/5/",
                    correction=OPEN,
                ),
                own_data.DataFact(Words("Adres"), None, Words("Uit de BRP"), hidden=True, reveal_href="/adres/"),
            ),
        ),
        own_data.DataGroup(
            "money",
            (
                own_data.DataFact(
                    Words("Bijstand"),
                    Amount(127818, "month"),
                    Words("Van de gemeente zelf"),
                    date(2025, 1, 1),
                    correct_href="/k/6/",
                    kept=own_data.KeptFor(None, "relation", Words("10 jaar", "10 years")),
                ),
                own_data.DataFact(
                    Words("Spaargeld"),
                    Amount(124000),
                    Words("Door u opgegeven"),
                    established_on=date(2024, 2, 3),
                    older_than_year=True,
                    correct_href="/k/7/",
                    kept=own_data.KeptFor(date(2035, 5, 1), "recorded", Words("10 jaar", "10 years"), with_case=True),
                ),
                own_data.DataFact(
                    Words("Loon"),
                    None,
                    Words("Van het UWV"),
                    failure=SourceFailure(Words("uw loon"), "088 000 01 20", "14.00"),
                ),
                own_data.DataFact(
                    Words("Toeslag"),
                    True,
                    Words("Van de gemeente zelf"),
                    correct_href="/k/8/",
                    kept=own_data.KeptFor(date(2026, 4, 28), "copy", Words("1 jaar", "1 year")),
                    asked_on=date(2025, 4, 28),
                ),
                own_data.DataFact(
                    Words("Maanden bijstand"),
                    36,
                    Words("Van de gemeente zelf"),
                    correct_href="/k/9/",
                    kept=own_data.KeptFor(None, "end", Words("7 jaar", "7 years")),
                ),
            ),
        ),
        own_data.DataGroup(
            "reach",
            (
                own_data.DataFact(
                    Words("Post"), Words("Op papier"), Words("U koos dit op 6 mei 2024"), change_href="/post/"
                ),
            ),
        ),
        own_data.DataGroup("other", ()),
    ),
)

REVEAL = own_data.RevealPage(frame=framed("data"), back_href="/gegevens/", what="bsn", value="999 990 019")

REVEAL_ADDRESS = replace(REVEAL, what="address", value="Molenkade 12, 1234 AB Rietwaarden")

BY_COMPUTER = usage.UsageEntry(
    Words(
        "**Team Inkomen** keek of u geld misloopt. Daarvoor gebruikten wij 5 gegevens van u.",
        "**Team Inkomen** checked whether you miss out on money. For that we used 5 facts about you.",
    ),
    datetime(2025, 4, 28, 0, 10, tzinfo=UTC),
    (Words("leeftijd"), Words("met wie u woont"), Words("inkomen over 36 maanden")),
    Words("De individuele inkomenstoeslag aanbieden"),
    Words("Ja: [besluit van 18 maart 2025](/verantwoording/iit/), na advies"),
    "/begrijp-niet/1/",
    date(2030, 4, 28),
    Link(Words("U kreeg een bericht over € 521,97"), "/b/1/"),
    True,
)

COUNTER_USE = usage.UsageEntry(
    Words("**Fatma Yıldız** van het loket bekeek uw overzicht, omdat u aan het loket stond."),
    datetime(2025, 5, 12, 8, 42, tzinfo=UTC),
    (Words("overzicht"),),
    Words("U helpen aan het loket"),
    Words("Ja: u vroeg het zelf"),
    "/begrijp-niet/2/",
)

USAGE = usage.UsagePage(
    frame=framed("usage"),
    about=None,
    since=APRIL,
    times=4,
    organisations=2,
    earlier_href="/gebruik/?vanaf=2024",
    earlier_since=date(2024, 1, 1),
    opt_out_href="/seintje/",
    paging=PAGE1,
    next_uses=(
        usage.NextUse(
            Words("Individuele inkomenstoeslag"),
            Words("Uitzoeken of u recht hebt op de toeslag."),
            Words("wie een uitkering heeft of had; hun partner"),
            (Words("Bijstand"), Words("Adres")),
            runs=True,
            runs_from=None,
            last=APRIL,
            more_href="/verantwoording/individuele_inkomenstoeslag/",
        ),
        usage.NextUse(
            Words("Meedoenregeling"),
            Words("Geld geven om mee te doen."),
            Words("wie een uitkering heeft of had"),
            (Words("Bijstand"),),
            runs=False,
            runs_from=TODAY,
            last=None,
            more_href="/verantwoording/meedoenregeling/",
        ),
        usage.NextUse(
            Words("Studietoeslag"),
            Words("Geld geven bij een studie."),
            Words("wie een uitkering heeft of had"),
            (Words("Bijstand"),),
            runs=False,
            runs_from=None,
            last=None,
            more_href="/verantwoording/studietoeslag/",
        ),
    ),
    receivers=(usage.Receiver(Words("de drukker en postbezorger"), Words("Een bericht bezorgen")),),
    weeks=(
        usage.UsageWeek("this", TODAY, date(2025, 5, 18), (COUNTER_USE,)),
        usage.UsageWeek(
            "previous",
            date(2025, 5, 5),
            date(2025, 5, 11),
            (
                replace(
                    COUNTER_USE,
                    sentence=Words(
                        "De **Sociale verzekeringsbank** vroeg bij ons of u bijstand krijgt,"
                        " om een pensioen uit te rekenen."
                    ),
                    unusual=True,
                ),
            ),
        ),
        usage.UsageWeek(
            "other",
            APRIL,
            date(2025, 5, 4),
            (BY_COMPUTER,),
            (usage.FoldedUse(Words("**Team Inkomen** betaalde uw bijstand."), 22),),
        ),
    ),
)

USAGE_PROVEN = replace(USAGE, proofs_href="/gebruik/mijn-logregels.json", check_href="/verantwoording/logboek/")

USAGE_NONE = replace(USAGE, times=0, organisations=0, weeks=(), earlier_href="", earlier_since=None)

USAGE_QUESTION = usage.UsageQuestionPage(
    frame=framed("usage"),
    back_href="/gebruik/",
    action="/begrijp-niet/1/",
    entry=BY_COMPUTER,
    question=Field("question", "", FieldError.QUESTION_EMPTY),
    errors=(Field("question", "", FieldError.QUESTION_EMPTY),),
)

USAGE_SENT = usage.UsageQuestionSentPage(
    frame=framed("usage"), case_number="RW 2025 0490", answer_by=date(2025, 5, 26), back_href="/gebruik/"
)

DOUBTED = correction.Doubted(
    Words("Spaargeld"), Amount(124000), Words("Uitkeringsadministratie"), Words("Team Inkomen"), date(2024, 2, 3)
)

WRONG = Field("correct_value", "", FieldError.CORRECTION_EMPTY)

CORRECT_FORM = correction.CorrectionFormPage(
    frame=framed("data"),
    back_href="/gegevens/",
    action="/k/7/",
    doubted=DOUBTED,
    with_yes=True,
    correct_value=WRONG,
    explanation=Field("explanation", "Ik kocht een koelkast."),
    errors=(WRONG,),
)

CORRECT_CHOICE = correction.CorrectionChoicePage(
    frame=framed("messages"), back_href="/b/1/", values=((DOUBTED, "/k/7/"),), data_href="/gegevens/"
)

CORRECT_CHECK = correction.CorrectionCheckPage(
    frame=framed("data"),
    back_href="/k/7/",
    action="/k/7/na/",
    doubted=DOUBTED,
    correct_value="€ 900",
    explanation="Ik kocht een koelkast.",
    change_href="/k/7/",
)

CORRECT_DONE = correction.CorrectionReceiptPage(
    frame=framed("data"),
    case_number="RW 2025 0491",
    doubted=DOUBTED,
    correct_value="€ 900",
    answer_by=date(2025, 5, 19),
    frozen=True,
    print_href="/print/",
    home_href="/overzicht/",
)
