"""The pages of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.look.samples.doors import COMPANY_FACTS, REPAIRED
from tests.look.samples.homes import HOME
from tests.look.samples.letters import PROPOSAL
from tests.look.samples.people import A521, IIT, LANGUAGES, LONG, PAGE1, RIETWAARDEN, TODAY, VOS, framed
from tests.look.samples.reasons import APRIL, BRP, STEPS, UIT
from waardig.screens.pages import company, desk, why
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import DeskFrame, DeskLink
from waardig.screens.pages.words import Amount, Deadline, Link, Words, context_of

DESK = DeskFrame(
    "nl",
    RIETWAARDEN,
    "Willem de Graaf",
    Words("Toekennen"),
    "/desk/uit/",
    LANGUAGES,
    Words("mandaat tot € 1.000 per besluit"),
    (
        DeskLink(Words("Werkvoorraad"), "/desk/", True),
        DeskLink(Words("Zelf beslissen"), "/desk/zelf/", False, 4),
        DeskLink(Words("Bevestigen"), "/desk/bevestigen/", False, 6),
        DeskLink(Words("Loket"), "/desk/loket/"),
    ),
    False,
    "/desk/groot/",
)

COUNTER_DESK = replace(DESK, place=Words("Loket"), employee="Fatma Yıldız", role=None, links=())

MARGIN = desk.CounterMargin(
    (Words("Voorstel verstuurd op 12 mei, op papier en hier. Nog geen keuze. Er loopt 1 melding: huur."),),
    "/desk/leg-vast/",
    Words("U hebt waarschijnlijk recht op 521 euro en 97 cent. U kiest zelf. Vandaag hoeft niet."),
    (
        desk.Agreement(
            date(2025, 5, 6), Words("telefoon"), Words("Wij zouden de huur uitzoeken vóór 13 mei."), "Team Inkomen"
        ),
    ),
    Field("note", "Wij spraken af dat "),
    "/desk/afspraak/",
    "/desk/signaal/",
    language=Words("Nederlands", "Dutch"),
    language_href="/desk/taal/",
)

COUNTER = desk.CounterPage(
    desk=COUNTER_DESK,
    person=VOS,
    identified_by=Words("paspoort"),
    helper="",
    close_action="/desk/sluit/",
    margin=MARGIN,
    partial=PROPOSAL.partial,
    resident=context_of(replace(PROPOSAL, frame=framed("messages", counter=True))),
)

COUNTER_UNKNOWN = replace(
    COUNTER,
    identified_by=None,
    helper="Ingrid de Wit",
    desk=replace(COUNTER_DESK, large=True),
    partial=HOME.partial,
    resident=context_of(replace(HOME, frame=framed(counter=True))),
    margin=replace(MARGIN, record_action="", say=None, agreements=(), standing=(), note_action="", signal_href=""),
)

FIND_COMPANY = company.FindCompanyPage(
    desk=replace(DESK, place=Words("Loket")),
    back_href="/desk/loket/",
    action="/desk/loket/bedrijf/",
    kvk=Field("kvk", "99990411"),
    asked=True,
    facts=COMPANY_FACTS,
    correction=REPAIRED,
)

FIND = desk.FindPage(
    desk=replace(DESK, place=Words("Loket")),
    action="/desk/loket/",
    bsn=Field("bsn", "", FieldError.PERSON_NOT_FOUND),
    birth_date=Field("birth_date"),
    postcode=Field("postcode"),
    identified_by=Field(
        "identified_by", options=(Option("paspoort", Words("Paspoort")), Option("idkaart", Words("Identiteitskaart")))
    ),
    errors=(Field("bsn", "", FieldError.PERSON_NOT_FOUND),),
    check_href="/desk/loket/nagaan/",
    company_href="/desk/loket/bedrijf/",
)

QUEUE = desk.QueuePage(
    desk=DESK,
    today=TODAY,
    late_total=1,
    notes=(Words("De ronde van 28 april gaf 68 voorstellen."),),
    lines=(
        desk.QueueLine(Words("Toekenningen bevestigen"), "/desk/bevestigen/", 6, date(2025, 6, 30), 0),
        desk.QueueLine(Words("Zelf beslissen"), "/desk/zelf/", 4, date(2025, 5, 9), 1),
        desk.QueueLine(Words("Meldingen"), "/desk/m/", 0, None, 0),
    ),
)

DECIDE_LIST = desk.DecideListPage(
    desk=DESK,
    back_href="/desk/",
    total=2,
    paging=PAGE1,
    cases=(
        desk.CaseLine(
            "RW 2025 0470",
            "/desk/zaak/1/",
            "M. Haddad",
            Words("Alleenstaand"),
            Words("Inkomen in 1 maand onbekend"),
            date(2025, 3, 14),
            date(2025, 5, 9),
            3,
            True,
            52197,
        ),
        desk.CaseLine(
            "RW 2025 0488", "/desk/zaak/2/", LONG, Words("Paar"), Words("Steekproef"), None, date(2025, 7, 3)
        ),
    ),
)

NORM = desk.OpenNorm(
    "uitzicht",
    Words("Heeft meneer Vos uitzicht op een hoger inkomen?"),
    Words("De beleidsregel neemt aan: geen uitzicht. Dat is in zijn voordeel."),
    Field(
        "norm_uitzicht",
        options=(
            Option("no", Words("Geen uitzicht: dat is goed voor de aanvraag")),
            Option("yes", Words("Wel uitzicht")),
        ),
    ),
    Field("norm_uitzicht_reason"),
)

FORM = desk.DecisionForm(
    "/desk/zaak/1/",
    Field(
        "outcome",
        "",
        FieldError.OUTCOME_EMPTY,
        (
            Option("grant", Words("Toekennen")),
            Option("refuse", Words("Afwijzen")),
            Option("ask", Words("Eerst iets vragen")),
        ),
    ),
    Field("amount", "521,97"),
    Field("reason", "te kort", FieldError.REASON_TOO_SHORT),
    Field("ask"),
    (NORM,),
    (Field("outcome", "", FieldError.OUTCOME_EMPTY), Field("reason", "te kort", FieldError.REASON_TOO_SHORT)),
)

CASE_PAGE = desk.CasePage(
    desk=DESK,
    back_href="/desk/zelf/",
    number="RW 2025 0481",
    person=VOS,
    household=Words("alleenstaand"),
    service=IIT,
    deadline=Deadline("ours", date(2025, 7, 7), 56, consequence=Words("Nog 56 dagen.")),
    why_here=Words("De inwoner gaf ander spaargeld op dan wij kennen."),
    blind=False,
    computed=A521,
    groups=(why.StepGroup(None, STEPS[:2]),),
    form=FORM,
    decision=None,
    decision_reason="",
    payments=(),
    facts=(
        desk.CaseFact(Words("Leeftijd"), Words("58 jaar"), BRP, APRIL),
        desk.CaseFact(Words("Spaargeld"), Amount(124000), UIT, date(2024, 2, 3), True),
    ),
    events=(desk.CaseEvent(datetime(2025, 5, 12, 8, 0, tzinfo=UTC), Words("Ja gezegd"), "G. Vos"),),
    resident_href="/desk/loket/1/",
    ages=(desk.SourceAge(Words("de BRP", "the BRP"), APRIL, False, False),),
)

CASE_OLD = replace(
    CASE_PAGE,
    ages=(
        desk.SourceAge(Words("de BRP", "the BRP"), APRIL, True, False),
        desk.SourceAge(Words("de BRP", "the BRP"), None, True, False),
        desk.SourceAge(Words("de KVK", "the KVK"), APRIL, True, True),
    ),
)

CASE_BLIND = replace(CASE_PAGE, blind=True, computed=None, groups=(), form=replace(FORM, mandate_ok=False, errors=()))

CASE_DECIDED = replace(
    CASE_PAGE,
    form=None,
    decision=Words("Toegekend op 12 mei 2025 door Willem de Graaf"),
    decision_reason="U voldoet aan alles.",
    payments=(desk.PaymentLine("RW-2025-0481-B1", "/desk/betaling/1/", 52197, Words("Naar de bank")),),
    deadline=Deadline("late", date(2025, 5, 9), 3),
)


def batch_line(
    id: str, household: str, kind: str, cents: int, yes: date, due: date, status: str, **more: object
) -> desk.BatchLine:
    """One line of the batch."""
    line = desk.BatchLine(id, f"/desk/zaak/{id}/", household, Words(kind), cents, yes, due, 0, status)  # type: ignore[arg-type]
    return replace(line, **more)  # type: ignore[arg-type]


BATCH = desk.BatchPage(
    desk=DESK,
    back_href="/desk/",
    action="/desk/bevestigen/",
    service=IIT,
    seen=3,
    chosen=3,
    chosen_eurocent=193668,
    decide_href="/desk/zelf/",
    decide_count=4,
    assumed=Words("Bij elke zaak namen wij aan: geen uitzicht op een hoger inkomen."),
    oldest_case=None,
    oldest_due=None,
    errors=(),
    lines=(
        batch_line("1", "A. Aydın", "Alleenstaand", 52197, TODAY, date(2025, 7, 7), "seen", chosen=True),
        batch_line(
            "2",
            "J. van den Berg-Oosterhuis",
            "Alleenstaande ouder",
            66882,
            date(2025, 5, 9),
            date(2025, 7, 4),
            "seen",
            chosen=True,
        ),
        batch_line("3", "L. en P. de Boer", "Paar", 74589, date(2025, 5, 8), date(2025, 7, 3), "seen", chosen=True),
        batch_line("4", "M. Haddad", "Alleenstaand", 52197, date(2025, 5, 6), date(2025, 7, 1), "sample"),
        batch_line("5", "S. Jansen", "Alleenstaand", 52197, date(2025, 5, 6), date(2025, 7, 1), "unseen", late=2),
        batch_line("6", "R. Wijaya", "Paar", 174589, date(2025, 5, 5), date(2025, 6, 30), "outside"),
    ),
)

BATCH_EMPTY = replace(
    BATCH,
    lines=(),
    seen=0,
    chosen=0,
    chosen_eurocent=0,
    oldest_case=Link(Words("RW 2025 0470"), "/desk/zaak/1/"),
    oldest_due=date(2025, 6, 9),
)

BATCH_ERROR = replace(
    BATCH,
    chosen=0,
    chosen_eurocent=0,
    assumed=None,
    lines=tuple(replace(line, chosen=False) for line in BATCH.lines),
    errors=(Field("case", "", FieldError.NOTHING_CHOSEN),),
)

BATCH_DONE = desk.BatchDonePage(desk=DESK, back_href="/desk/", confirmed=3, amount_eurocent=193668, digital=1, paper=2)
