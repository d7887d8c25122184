"""Signing in and out, help pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import TODAY, VISITOR, VOS, framed
from waardig.screens.pages import company, entrance, help, own_data
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import SignedIn
from waardig.screens.pages.words import Words

PERSONAS = tuple(
    entrance.Persona(name.split()[0].lower(), name, name.split()[0], initials, age, Words(line), Words(level), tone)  # type: ignore[arg-type]
    for name, initials, age, line, level, tone in (
        (
            "Gerrit Vos",
            "GV",
            58,
            "Heeft bijstand. Krijgt een voorstel van € 521,97.",
            "Inwoner, niveau substantieel",
            "river",
        ),
        (
            "Chantal Mulder",
            "CM",
            33,
            "Moeder van 2 kinderen. Haar adres is geheim.",
            "Inwoner, niveau substantieel",
            "plum",
        ),
        (
            "Danny Kuipers",
            "DK",
            46,
            "Bewindvoerder. Regelt in deze proef zaken voor 3 mensen.",
            "Beroepsmatig vertegenwoordiger",
            "reed",
        ),
        ("Fatma Yıldız", "FY", 29, "Werkt aan het loket. Ziet wat de inwoner ziet.", "Medewerker", "ink"),
    )
)

SIGN_IN = entrance.SignInPage(
    frame=replace(VISITOR, demo=True),
    action="/inloggen/",
    next="/",
    personas=PERSONAS,
    means=(),
    failed="",
    check_href="/nagaan/",
    weighing_href="/verantwoording/",
    letter_code_href="/code/",
)

SIGN_IN_REAL = replace(
    SIGN_IN,
    frame=VISITOR,
    personas=(),
    failed="level",
    check_href="",
    letter_code_href="",
    means=(entrance.SignInMeans("digid", Words("DigiD"), Words("De app met een controle van uw identiteitsbewijs.")),),
)

SIGNED_OUT = entrance.SignedOutPage(frame=VISITOR, expired=False, sign_in_href="/inloggen/")

REPRESENTED = entrance.RepresentedPage(
    frame=framed("", navigation=None, signed_in=SignedIn("D. Kuipers", "/uit/")),
    persons=(
        entrance.Represented(VOS, Words("Bewind sinds 3 mei 2021"), "/voor/1/", 1),
        entrance.Represented(VOS, Words("Bewind"), "/voor/2/", 0),
    ),
    own_action="/voor/0/",
    mandates_href="/machtigen/",
)

COMPANY_FACTS = (
    own_data.DataFact(
        Words("KVK-nummer", "KVK number"), "99990411", Words("Uit het Handelsregister"), date(2019, 9, 1)
    ),
    own_data.DataFact(
        Words("Adres van het bedrijf", "Address of the company"),
        Words("Marktplein 3, 1234 AA Rietwaarden"),
        Words("Uit het Handelsregister"),
        date(2019, 9, 1),
        until=date(2025, 1, 31),
        earlier=(own_data.EarlierValue(Words("Kerkstraat 14"), date(2019, 9, 1), None, date(2025, 4, 28)),),
        kept=own_data.KeptFor(None, "end", Words("5 jaar", "5 years")),
    ),
)
REPAIRED = Words("De Kamer van Koophandel onderzoekt het.", "The Chamber of Commerce looks into it.")
COMPANY = company.CompanyPage(
    frame=framed("", navigation=None, signed_in=SignedIn("Kapsalon Nair", "/uit/")),
    name="Kapsalon Nair",
    facts=COMPANY_FACTS,
    correction=REPAIRED,
    persons_href="/namens/",
)

CALL_BACK = entrance.CallBackPage(
    frame=framed(""),
    back_href="/overzicht/",
    action="/bel-mij/",
    phone=Field("phone", "abc", FieldError.PHONE_NOT_A_NUMBER),
    when=Field(
        "when",
        options=(
            Option("morning", Words("Morgen tussen 9.00 en 12.00 uur")),
            Option("afternoon", Words("Morgenmiddag")),
        ),
    ),
    errors=(Field("phone", "abc", FieldError.PHONE_NOT_A_NUMBER),),
    waiting=None,
    earlier=(
        entrance.EarlierContact(Words("Dit spraken wij af"), TODAY, Words("Afgesproken"), "U belt ons in juni."),
        entrance.EarlierContact(Words("U vroeg ons te bellen"), TODAY, Words("Wij spraken u")),
    ),
)

APP = help.AppPage(frame=framed(""), messages_href="/berichten/")

AWAY = help.WithoutConnectionPage(municipality_name="Rietwaarden", phone="088 000 01 20")

HOW = help.HowItWorksPage(frame=framed(""), log_delay_days=1)

PRIVACY = help.PrivacyPage(
    frame=framed(""),
    officer_contact=Words("Vragen? Mail de functionaris: [fg@rietwaarden.example](mailto:fg@rietwaarden.example)."),
    activities=(
        help.ProcessingActivity(
            Words("Uitrekenen wie een toeslag misloopt"),
            Words("Geld aanbieden"),
            Words("Participatiewet, artikel 36"),
            (Words("leeftijd"), Words("inkomen")),
            Words("5 jaar"),
        ),
    ),
    register_href="/register/",
)

ACCESSIBLE = help.AccessibilityPage(
    frame=framed(""),
    status="B",
    checked_on=TODAY,
    known=(Words("Brieven zijn nog niet getest met een schermlezer."),),
    report_contact=Words("Bel [088 000 01 20](tel:+31880000120). Wij zoeken dan samen een oplossing."),
    statement=None,
)

CODE = entrance.LetterCodePage(
    frame=framed(""),
    action="/antwoord/",
    code=Field("code", "K7QM", FieldError.CODE_UNKNOWN),
    errors=(Field("code", "K7QM", FieldError.CODE_UNKNOWN),),
)

CODE_ANSWER = entrance.LetterAnswerPage(
    frame=framed(""),
    action="/antwoord/",
    code="K7QM2FRP",
    open=True,
    given="",
    sign_in_href="/inloggen/",
    phone="088 000 01 20",
)
