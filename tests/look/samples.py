"""Sample pages with invented people, one entry for each page and state; shown by preview.py and rendered by the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from waardig.inbox.terms import Block, Bullets, DataRow, DataTable, Item, KeyInfo, KeyRow, Lead, MessageLinks, Notice, Paragraph
from waardig.inbox.terms import Option as Choice
from waardig.inbox.terms import Question, Section, Signature, Span, Text, Title
from waardig.screens.pages import choices, correction, declaration, desk, entrance, help, home, message, messages
from waardig.screens.pages import own_data, usage, weighing, why
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import ActingFor, DeskFrame, DeskLink, Frame, HumanHelp, LanguageSwitch, LegalLinks
from waardig.screens.pages.frame import Municipality, Navigation, SignedIn
from waardig.screens.pages.words import Amount, Deadline, Link, Page, Paging, PersonName, SourceFailure, TrackStep, Words
from waardig.screens.pages.words import context_of

TODAY = date(2025, 5, 12)
VOS = PersonName("G. Vos", "Vos", "Gerrit Vos", "meneer")
LONG = "Wilhelmina-Alexandrina van Oosterhuis-van den Heuvel tot Beichlingen"
RIETWAARDEN = Municipality("Rietwaarden", "/")
LANGUAGES = LanguageSwitch("/taal/", "/")
IIT = Words("individuele inkomenstoeslag", "individual income supplement")
A521 = Amount(52197, "once")
PAGE1 = Paging(1, 1)

HELP = HumanHelp("088 000 01 20", "Loket in het stadhuis, Markt 1", "17.00", "19.00", 4, False, "/bel-mij/", "Fatma Yıldız")
LEGAL = LegalLinks("/zo-werkt-het/", "/toegankelijkheid/", "/privacy/", "/verantwoording/")
VISITOR = Frame("nl", RIETWAARDEN, replace(HELP, contact=""), LEGAL, LANGUAGES)


def framed(current: str = "home", **changes: object) -> Frame:
    """The frame of Gerrit Vos with one of the four links current."""
    links = Navigation(current, "/overzicht/", "/berichten/", "/gegevens/", "/gebruik/", 2)  # type: ignore[arg-type]
    frame = Frame("nl", RIETWAARDEN, HELP, LEGAL, LANGUAGES, SignedIn("G. Vos", "/uitloggen/"), links)
    return replace(frame, **changes)  # type: ignore[arg-type]


OURS = Deadline("ours", date(2025, 6, 17), 36)
TASK = home.Task(
    Words("Stuur uw inkomstenformulier in", "Send in your income form"), "/taak/1/",
    Words("3 vragen over uw inkomen in april.", "3 questions about your income in April."),
    Deadline("resident", date(2025, 5, 21), 9, True, Words("Anders betalen wij uw uitkering later."), "088 000 01 20"),
)
CASE = home.RunningCase(
    Words("Bijzondere bijstand voor uw bril", "Special assistance for your glasses"), "/zaak/1/",
    (TrackStep(Words("Ontvangen", "Received"), "done", date(2025, 4, 22)),
     TrackStep(Words("Wij bekijken het", "We are looking at it"), "now"),
     TrackStep(Words("Besluit", "Decision"), "later")), OURS,
)
PAYMENT = home.Payment(date(2025, 5, 23), Amount(127818), Words("Uw bijstandsuitkering over mei"), "4300")
HOME = home.HomePage(
    frame=framed(), part_of_day="morning", person=VOS, tasks=(TASK,), task_count=1, all_tasks_href="", next_task=None,
    money=home.Money((PAYMENT,), 0, "/betalingen/"), running=(CASE,), running_failure=None,
    found=home.Found((home.FoundItem(A521, IIT, "/bericht/1/"),), "/nagaan/", "/seintje/"),
    finished=(home.FinishedCase(Words("Meedoenregeling 2025"), "", "granted", Amount(15000), date(2025, 3, 10)),),
    finished_href="/klaar/", reach=home.Reach("paper", "/post/", date(2024, 5, 6)), helpers=home.Helpers((), "/helper/"),
)
HOME_QUIET = replace(
    HOME, tasks=(), task_count=0, next_task=home.NextTask(Words("inkomstenformulier over mei"), date(2025, 6, 2)),
)
HOME_EMPTY = replace(
    HOME, part_of_day="evening", tasks=(), task_count=0, money=home.Money(), running=(), found=home.Found((), "/nagaan/"),
    finished=(), finished_href="", reach=home.Reach("paper", "/post/"), helpers=home.Helpers(("Ingrid de Wit",), ""),
)
HOME_OPTED_OUT = replace(
    HOME_QUIET, part_of_day="afternoon", found=home.Found((), "/nagaan/", "/seintje/", date(2025, 5, 2)),
    reach=home.Reach("mixed", "/post/", date(2025, 1, 3)),
)
HOME_FAILED = replace(
    HOME, tasks=(TASK, TASK, TASK), task_count=5, all_tasks_href="/taken/",
    money=home.Money(failure=SourceFailure(Words("uw betalingen", "your payments"), "088 000 01 20", "14.00")),
    running_failure=SourceFailure(Words("uw zaken", "your cases"), "088 000 01 20"),
    person=PersonName(LONG, LONG, LONG), frame=framed(signed_in=SignedIn(LONG, "/uitloggen/")),
)
HOME_LATE = replace(
    HOME, running=(replace(CASE, deadline=Deadline("late", date(2025, 5, 9), 3, more_time="088 000 01 20")),),
    money=home.Money((), 4550, ""), finished=(home.FinishedCase(IIT, "/bericht/9/", "read"),),
    reach=home.Reach("digital", "/post/", date(2025, 1, 3)),
    found=home.Found((home.FoundItem(Amount(74589, "once"), IIT, "/b/2/", joint=True),
                      home.FoundItem(A521, IIT, "/b/3/", for_person=PersonName("T. de Wit", "De Wit", "Toos de Wit", "mevrouw"))),
                     "", "/seintje/"),
)

MESSAGES = messages.MessagesPage(
    frame=framed("messages"), total=24, unread=2, must_act=1, channels_href="/post/",
    paging=Paging(1, 2, "", "/berichten/?pagina=2"),
    messages=(
        messages.MessageItem(Words("U moet iets doen vóór 21 mei: formulier"), "/b/4/", date(2025, 5, 12), "Team Inkomen", True,
                             must_act=True),
        messages.MessageItem(Words("Bericht van uw gemeente"), "/b/1/", TODAY, "Team Inkomen", True, choose=True, on_paper=True),
        messages.MessageItem(Words("Uw aanvraag is binnen"), "/b/5/", date(2025, 4, 22), "Team Inkomen"),
        messages.MessageItem(Words("Bericht van uw gemeente"), "/b/6/", date(2025, 4, 2), "Team Zorg", True, about=VOS),
    ),
)
MESSAGES_NONE = replace(MESSAGES, total=0, unread=0, must_act=0, messages=(), paging=Paging(1, 1), channels_href="")

def text(words: str) -> Text:
    """Words as one span, an amount or a date with its value."""
    if words.startswith("€"):
        return (Span(words, kind="money", value=words[2:].replace(".", "").replace(",", ".")),)
    return (Span(words),)


def bold(start: str, rest: str) -> Text:
    """Words that begin in bold."""
    return (Span(start, strong=True), Span(rest))


def paragraphs(*words: str) -> tuple[Item, ...]:
    """Paragraphs of a section."""
    return tuple(Paragraph(text(one)) for one in words)


def rows(*given: tuple[str, str, str]) -> tuple[KeyRow, ...]:
    """Rows of the key information."""
    return tuple(KeyRow(label, text(answer), text(note) if note else ()) for label, answer, note in given)


KEY = KeyInfo("key", "Het belangrijkste", rows(
    ("Wat is het?", "Individuele inkomenstoeslag", "Geld voor mensen die lang een laag inkomen hebben."),
    ("Hoeveel?", "€ 521,97", "In één keer. U mag dit elke 12 maanden aanvragen."),
    ("Wat moet u doen?", "Kiezen: ja of nee", "Dat hoeft niet vandaag. Zegt u later ja? Dan kijken wij opnieuw, naar die dag."),
    ("Wie beslist?", "Wij: een medewerker van de gemeente", "Binnen 8 weken nadat u ja zegt."),
    ("Moet u het terugbetalen?", "Nee, als uw gegevens kloppen", ""), ("Zaaknummer", "RW 2025 0481", "")))
SIGNED = Signature("sign", (text("Met vriendelijke groet,"), text("Team Inkomen"), text("Fatma Yıldız, gemeente Rietwaarden")))
LEAD = Lead("lead", text("Zegt u ja? Dan vraagt u dit geld aan. U hoeft niets op te zoeken."))
BLOCKS: tuple[Block, ...] = (
    Title("title", (Span("U hebt waarschijnlijk recht op "), Span("€\u00a0521,97", kind="money", value="521.97"))), LEAD, KEY,
    Section("why", text("Waarom krijgt u dit bericht?"), (Bullets((
        text("U kreeg 3 jaar lang bijstand van ons."), text("Uw inkomen was al die tijd lager dan € 1.406 per maand."),
        text("U kreeg deze toeslag niet in de laatste 12 maanden."))),)),
    Question("question", text("Wilt u deze toeslag aanvragen?"), (
        Choice("yes", text("Ja, ik vraag dit aan"), bold("Bij ja", " vragen wij nog 3 dingen: met wie u woont, uw spaargeld en uw rekening.")),
        Choice("no", text("Nee, nu niet"), bold("Bij nee", " gebeurt er niets. U kunt later altijd nog ja zeggen.")))),
    Notice("wrong", text("Klopt er iets niet?"), paragraphs("Zeg ja en geef door wat niet klopt. De dag dat u ja zegt, blijft de dag van uw aanvraag.")),
    Section("together", text("Liever samen?"), (Paragraph((Span("Bel "), Span("088 000 01 20", kind="phone"), Span(
        " of kom naar het loket, Markt 1. Een medewerker ziet dan hetzelfde als u. U mag iemand meenemen."))),)),
    SIGNED,
)


def titled(title: str, *blocks: Block, lead: str = "U hoeft niets te doen.") -> message.MessageBody:
    """A message with this title."""
    return message.MessageBody("nl", (Title("title", text(title)), Lead("lead", text(lead)), *blocks))


TEXT = message.MessageBody("nl", BLOCKS)
LINKS = MessageLinks("/b/1/antwoord/", "/ja-maar/", "/herstel/", "/seintje/", "/waarom/1/")
SIDE = message.MessageSide("Team Inkomen", TODAY, "/waarom/1/", "/gegevens/", "/verantwoording/iit/", "/b/1/print/")
PROPOSAL = message.ProposalPage(
    frame=framed("messages"), back_href="/berichten/", message=TEXT, links=LINKS, about=None, yes=None, no=None, suspended_since=None,
    computed_on=None, corrected_on=None, side=SIDE,
)
COUPLE = replace(PROPOSAL, message=titled("U hebt samen waarschijnlijk recht op € 745,89", *BLOCKS[2:]))
ADMINISTRATOR = replace(
    PROPOSAL, frame=framed("messages", acting_for=ActingFor(VOS, "/voor-wie/"), signed_in=SignedIn("D. Kuipers", "/uit/")),
    about=VOS, message=titled("Meneer Vos heeft waarschijnlijk recht op € 521,97", *BLOCKS[2:]),
)
SAID_YES = replace(PROPOSAL, links=MessageLinks(why="/waarom/1/"), yes=message.Yes(TODAY, "RW 2025 0481", Deadline("ours", date(2025, 7, 7), 56), "/zaak/2/"))
SAID_NO = replace(PROPOSAL, no=message.No(TODAY, True), corrected_on=date(2025, 5, 6))
SUSPENDED = replace(PROPOSAL, suspended_since=date(2025, 5, 10), computed_on=date(2025, 4, 28))

DECISION = message.DecisionPage(
    frame=framed("messages"), back_href="/berichten/", about=None, amount=A521, pay_by=date(2025, 6, 30),
    message=titled(
        "U krijgt € 521,97", KeyInfo("key", "Het belangrijkste", rows(("Wat is het?", "Individuele inkomenstoeslag", ""), ("Zaaknummer", "RW 2025 0481", ""))),
        Section("reason", text("Waarom?"), paragraphs("U kreeg 3 jaar lang bijstand. Uw inkomen was al die tijd laag.")),
        DataTable("data", text("Welke gegevens gebruikten wij?"), ("Gegeven", "Waarde", "Bron en datum"), (
            DataRow("Leeftijd", text("58 jaar"), text("BRP, 28 april 2025")), DataRow("Spaargeld", text("€ 1.240"), text("U, 12 mei 2025")))),
        SIGNED, lead="Uw aanvraag is toegekend. U hoeft niets te doen."),
    links=MessageLinks(),
    account_end="4300", decided_by=Words("Willem de Graaf, namens het college van burgemeester en wethouders."),
    objection=message.Objection(Deadline("resident", date(2025, 6, 30), 42, False, Words("Daarna kan bezwaar meestal niet meer.")),
                                "/bezwaar/", "088 000 01 20"),
    duties=(Words("Gaat u samenwonen? Geef dat binnen 1 week door."),), other=(), side=SIDE,
)
REFUSED = replace(
    DECISION, amount=None, pay_by=None, account_end="", duties=(),
    other=(Link(Words("Bijzondere bijstand"), "/bb/"), Link(Words("Praat met Team Inkomen"), "/bel-mij/")),
    message=titled("U krijgt deze toeslag niet", *DECISION.message.blocks[2:], lead="U hoeft niets te doen. Hieronder staat waarom en wat wel kan."),
)
LETTER = message.LetterPage(
    frame=framed("messages"), back_href="/berichten/", about=None, deadline=OURS, next=Link(Words("Bekijk de zaak"), "/zaak/2/"),
    message=titled("Wij hebben uw melding", Section("next", text("Wat gebeurt er nu?"), paragraphs("Wij zoeken het uit."))), links=MessageLinks(),
    side=replace(SIDE, why_href="", data_href="", basis_href=""),
)

BRP = Words("Basisregistratie personen (BRP)", "Personal Records Database (BRP)")
UIT = Words("Uitkeringsadministratie van de gemeente", "Benefits administration of the municipality")
APRIL = date(2025, 4, 28)
ART36 = why.LawText(
    Words("Participatiewet, artikel 36, lid 1", "Participation Act, article 36, paragraph 1"),
    "1. Op een daartoe strekkend verzoek van een persoon van 21 jaar of ouder doch jonger dan de pensioengerechtigde leeftijd, die"
    " langdurig een laag inkomen en geen in aanmerking te nemen vermogen als bedoeld in artikel 34 heeft en geen uitzicht heeft op"
    " inkomensverbetering, kan het college, gelet op de omstandigheden van die persoon, een individuele inkomenstoeslag verlenen.",
    "https://wetten.overheid.nl/BWBR0015703", date(2025, 1, 1))


def a_step(number: int, claim: str, rule: str, standing: str = "met", **more: object) -> why.WhyStep:
    """A step with sensible rows, unless others are given."""
    rows = (why.StepRow("value", Words("58 jaar")), why.StepRow("source", BRP), why.StepRow("seen", APRIL))
    base = why.WhyStep(number, standing, Words(claim), Words(rule), rows, (ART36,), "/klopt-niet/1/")  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


STEPS = (
    a_step(1, "Uw leeftijd past", "U moet 21 jaar of ouder zijn. En u krijgt nog geen AOW."),
    a_step(2, "Uw inkomen is 3 jaar laag", "Geen enkele maand was hoger dan de grens. De grens is € 1.406,00 voor iemand die alleen woont.",
           rows=(why.StepRow("value", Amount(127818), Words("in uw hoogste maand")),
                 why.StepRow("period", Words("mei 2022 tot en met april 2025")), why.StepRow("source", UIT), why.StepRow("seen", APRIL))),
    a_step(3, "U hebt niet te veel spaargeld", "De grens is € 7.770 voor iemand die alleen woont.", older_than_year=True,
           rows=(why.StepRow("value", Amount(124000)), why.StepRow("source", UIT), why.StepRow("established", date(2024, 2, 3)))),
    a_step(4, "De laatste keer is lang genoeg geleden", "Er moeten 12 maanden tussen zitten.",
           rows=(why.StepRow("value", date(2024, 3, 14), Words("(uw vorige toeslag)")), why.StepRow("source", UIT))),
    a_step(5, "Uw inkomen wordt niet snel hoger", "De wet zegt niet precies hoe je dit meet.", "presumed", correct_href="",
           rows=(why.StepRow("presumed", Words("U verwacht geen hoger inkomen")),
                 why.StepRow("because", Words("U kreeg 3 jaar bijstand. Zo staat het in onze beleidsregel.")),
                 why.StepRow("who", Words("Een medewerker. Denkt die er anders over? Dan hoort u dat eerst en kunt u uw verhaal doen.")))),
    a_step(6, "Zo komen wij aan het bedrag", "U woont alleen. Dan is de toeslag € 521,97.", rows=(why.StepRow("value", Words("Alleenstaand")),)),
)
CONSIDERED = why.Considered(
    Words("Geld aanbieden waar u waarschijnlijk recht op hebt."),
    (Words("leeftijd"), Words("woonsituatie"), Words("inkomen"), Words("spaargeld"), Words("vorige toeslag")),
    (Words("afkomst"), Words("geloof"), Words("wijk"), Words("gezondheid")), 20, "week")
WHY = why.WhyPage(
    frame=framed("messages"), back_href="/b/1/", about=None, amount=A521, stage="proposal",
    counts=why.StepCounts(6, 5, 1, 0, 0, 0), considered=CONSIDERED, weighing_href="/verantwoording/iit/",
    groups=(why.StepGroup(None, STEPS),), computed_on=APRIL, print_href="",
    otherwise=(Words("Was uw inkomen in 1 maand hoger dan € 1.406,00? Dan kon u deze toeslag nu niet krijgen."),
               Words("Woont u samen? Dan tellen inkomen en spaargeld van u samen. Het bedrag is dan € 745,89.")),
)
OPEN = why.OpenCorrection(date(2025, 5, 6), date(2025, 5, 13), "/melding/1/")
WHY_MIXED = replace(
    WHY, amount=None, stage="application", counts=why.StepCounts(3, 0, 0, 1, 1, 1), otherwise=(), print_href="/print/",
    considered=replace(CONSIDERED, sample_one_in=None), groups=(
        why.StepGroup(Words("Wie bent u?"), (a_step(1, "Met wie u woont", "Dat bepaalt het bedrag.", "unknown", rows=(), correct_href=""),)),
        why.StepGroup(Words("Wat hebt u?"), (
            a_step(2, "Uw spaargeld", "De grens is € 7.770.", "not_met", laws=(replace(ART36, status="older_text", href=""),)),
            a_step(3, "Uw inkomen", "De grens is € 1.406,00.", "corrected", correction=OPEN)))))

DATA = own_data.OwnDataPage(
    frame=framed("data"), about=None, print_href="/gegevens/print/", groups=(
        own_data.DataGroup("self", (
            own_data.DataFact(Words("Naam"), "Gerrit Vos", Words("Uit de Basisregistratie personen (BRP)"), since_birth=True, correct_href="/k/1/"),
            own_data.DataFact(Words("Geboren"), date(1966, 11, 8), Words("Uit de BRP"), since_birth=True, correct_href="/k/2/"),
            own_data.DataFact(Words("Burgerservicenummer"), "", Words("Uit de BRP"), masked_end="274", reveal_href="/bsn/", correct_href="/k/3/"))),
        own_data.DataGroup("living", (
            own_data.DataFact(Words("Adres"), "Molenkade 12, 1234 AB Rietwaarden", Words("Uit de BRP"), date(2016, 9, 1), correct_href="/k/4/"),
            own_data.DataFact(Words("Huur"), Amount(54120, "month"), Words("Uit uw aanvraag bijstand"), date(2023, 7, 1), correct_href="/k/5/",
                              correction=OPEN),
            own_data.DataFact(Words("Adres"), None, Words("Uit de BRP"), hidden=True, reveal_href="/adres/"))),
        own_data.DataGroup("money", (
            own_data.DataFact(Words("Bijstand"), Amount(127818, "month"), Words("Van de gemeente zelf"), date(2025, 1, 1), correct_href="/k/6/"),
            own_data.DataFact(Words("Spaargeld"), Amount(124000), Words("Door u opgegeven"), established_on=date(2024, 2, 3),
                              older_than_year=True, correct_href="/k/7/"),
            own_data.DataFact(Words("Loon"), None, Words("Van het UWV"), failure=SourceFailure(Words("uw loon"), "088 000 01 20", "14.00")),
            own_data.DataFact(Words("Toeslag"), True, Words("Van de gemeente zelf"), correct_href="/k/8/"),
            own_data.DataFact(Words("Maanden bijstand"), 36, Words("Van de gemeente zelf"), correct_href="/k/9/"))),
        own_data.DataGroup("reach", (own_data.DataFact(Words("Post"), Words("Op papier"), Words("U koos dit op 6 mei 2024"), change_href="/post/"),)),
        own_data.DataGroup("other", ())))
REVEAL = own_data.RevealPage(frame=framed("data"), back_href="/gegevens/", what="bsn", value="999 990 019")
REVEAL_ADDRESS = replace(REVEAL, what="address", value="Molenkade 12, 1234 AB Rietwaarden")

BY_COMPUTER = usage.UsageEntry(
    Words("**Team Inkomen** keek of u geld misloopt. Daarvoor gebruikten wij 5 gegevens van u.",
          "**Team Inkomen** checked whether you miss out on money. For that we used 5 facts about you."),
    datetime(2025, 4, 28, 0, 10, tzinfo=UTC), (Words("leeftijd"), Words("met wie u woont"), Words("inkomen over 36 maanden")),
    Words("De individuele inkomenstoeslag aanbieden"), Words("Ja: [besluit van 18 maart 2025](/verantwoording/iit/), na advies"),
    "/begrijp-niet/1/", date(2030, 4, 28), Link(Words("U kreeg een bericht over € 521,97"), "/b/1/"), True)
COUNTER_USE = usage.UsageEntry(
    Words("**Fatma Yıldız** van het loket bekeek uw overzicht, omdat u aan het loket stond."),
    datetime(2025, 5, 12, 8, 42, tzinfo=UTC), (Words("overzicht"),), Words("U helpen aan het loket"), Words("Ja: u vroeg het zelf"), "/begrijp-niet/2/")
USAGE = usage.UsagePage(
    frame=framed("usage"), about=None, since=APRIL, times=4, organisations=2, earlier_href="/gebruik/?vanaf=2024",
    earlier_since=date(2024, 1, 1), opt_out_href="/seintje/", paging=PAGE1, weeks=(
        usage.UsageWeek("this", TODAY, date(2025, 5, 18), (COUNTER_USE,)),
        usage.UsageWeek("previous", date(2025, 5, 5), date(2025, 5, 11), (
            replace(COUNTER_USE, sentence=Words("De **Sociale verzekeringsbank** vroeg bij ons of u bijstand krijgt, om een pensioen uit te rekenen."),
                    unusual=True),)),
        usage.UsageWeek("other", APRIL, date(2025, 5, 4), (BY_COMPUTER,), (usage.FoldedUse(Words("**Team Inkomen** betaalde uw bijstand."), 22),))))
USAGE_NONE = replace(USAGE, times=0, organisations=0, weeks=(), earlier_href="", earlier_since=None)
USAGE_QUESTION = usage.UsageQuestionPage(
    frame=framed("usage"), back_href="/gebruik/", action="/begrijp-niet/1/", entry=BY_COMPUTER,
    question=Field("question", "", FieldError.QUESTION_EMPTY), errors=(Field("question", "", FieldError.QUESTION_EMPTY),))
USAGE_SENT = usage.UsageQuestionSentPage(frame=framed("usage"), case_number="RW 2025 0490", answer_by=date(2025, 5, 26), back_href="/gebruik/")

DOUBTED = correction.Doubted(Words("Spaargeld"), Amount(124000), Words("Uitkeringsadministratie"), Words("Team Inkomen"), date(2024, 2, 3))
WRONG = Field("correct_value", "", FieldError.CORRECTION_EMPTY)
CORRECT_FORM = correction.CorrectionFormPage(
    frame=framed("data"), back_href="/gegevens/", action="/k/7/", doubted=DOUBTED, with_yes=True, correct_value=WRONG,
    explanation=Field("explanation", "Ik kocht een koelkast."), errors=(WRONG,))
CORRECT_CHOICE = correction.CorrectionChoicePage(frame=framed("messages"), back_href="/b/1/", values=((DOUBTED, "/k/7/"),), data_href="/gegevens/")
CORRECT_CHECK = correction.CorrectionCheckPage(
    frame=framed("data"), back_href="/k/7/", action="/k/7/na/", doubted=DOUBTED, correct_value="€ 900", explanation="Ik kocht een koelkast.",
    change_href="/k/7/")
CORRECT_DONE = correction.CorrectionReceiptPage(
    frame=framed("data"), case_number="RW 2025 0491", doubted=DOUBTED, correct_value="€ 900", answer_by=date(2025, 5, 19), frozen=True,
    print_href="/print/", home_href="/overzicht/")

KNOWN = (declaration.Known(Words("Leeftijd"), Words("58 jaar"), Words("Uit de BRP"), APRIL),
         declaration.Known(Words("Telefoon"), "06 00 00 01 23", Words("Door u opgegeven"), None, "/wijzig/"))


def a_question(question: str, step: int, *fields: Field, **more: object) -> declaration.DeclarationPage:
    """One declaration question."""
    page = declaration.DeclarationPage(
        question=question, frame=framed("messages"), back_href="/terug/", action="/ja/", service=IIT, step=step, steps=3,  # type: ignore[arg-type]
        yes_on=TODAY, fields={field.name: field for field in fields}, errors=tuple(f for f in fields if f.error), joint=False,
        account_end="", known=KNOWN, about=None)
    return replace(page, **more)  # type: ignore[arg-type]


HOUSEHOLD = Field("household", options=(
    Option("ALLEENSTAAND", Words("Ik woon alleen", "I live alone")),
    Option("ALLEENSTAANDE_OUDER", Words("Ik woon met mijn kind of kinderen", "I live with my child or children"), None, True),
    Option("PAAR", Words("Ik woon samen met mijn partner", "I live with my partner"), Words("Ook als u niet getrouwd bent."))))
ACCOUNT = Field("account", options=(Option("known", Words("De rekening die eindigt op … 4300")), Option("other", Words("Een andere rekening"))))
ANSWERS = (
    declaration.AnswerRow("household", Words("U alleen"), "/ja/1/"), declaration.AnswerRow("wealth", Amount(124000), "/ja/2/"),
    declaration.AnswerRow("account", "NL91 ABNA 0417 1643 00", "/ja/3/"), declaration.AnswerRow("note", None, "/ja/4/"))
DECLARE_CHECK = declaration.DeclareCheckPage(
    frame=framed("messages"), back_href="/ja/3/", action="/ja/na/", service=IIT, yes_on=TODAY, answers=ANSWERS, known=KNOWN, about=VOS)
DECLARE_DONE = declaration.DeclareReceiptPage(
    frame=framed("messages"), case_number="RW 2025 0481", service=IIT, amount=A521, received_on=TODAY, team="Team Inkomen",
    deadline=Deadline("ours", date(2025, 7, 7), 56), answers=tuple(replace(row, change_href="") for row in ANSWERS), print_href="/print/",
    home_href="/overzicht/", about=None)

DECLINE = choices.DeclinePage(frame=framed("messages"), back_href="/b/1/", action="/nee/", service=IIT, about=VOS)
DECLINED = choices.DeclinedPage(frame=framed("messages"), case_number="RW 2025 0481", on=TODAY, scope="never", service=IIT, message_href="/b/1/",
                                opt_in_href="/seintje/", home_href="/overzicht/")
SUBJECT = choices.OptOutSubject("iit", Words("Individuele inkomenstoeslag"), Words("Wij kijken elk jaar of u deze toeslag misloopt."))
OPT_OUT = choices.OptOutPage(frame=framed(), back_href="/overzicht/", action="/seintje/", changed=None, changed_on=None,
                             subjects=(SUBJECT, replace(SUBJECT, id="zt", words=Words("Zorgtoeslag"), off_since=date(2025, 5, 2))))
OPTED_OUT = replace(OPT_OUT, changed=replace(SUBJECT, off_since=TODAY), changed_on=TODAY)


def channel(name: str, words: str, chosen: str, chosen_on: date | None, error: FieldError | None = None) -> choices.ChannelChoice:
    """One message type with digital or paper."""
    options = (Option("digital", Words("Digitaal", "Digital"), None, chosen == "digital"),
               Option("paper", Words("Op papier", "On paper"), None, chosen == "paper"))
    return choices.ChannelChoice(Words(words), Field(name, chosen, error, options), chosen_on)


CHANNELS = choices.ChannelsPage(
    frame=framed(), back_href="/overzicht/", action="/post/", errors=(), saved=True, fallback_days=14,
    choices=(channel("proposal", "Voorstellen", "paper", None), channel("decision", "Besluiten", "digital", date(2024, 5, 6))))
CHANNELS_ERROR = replace(
    CHANNELS, saved=False, fallback_days=0, errors=(Field("proposal", "", FieldError.CHANNEL_EMPTY),),
    choices=(channel("proposal", "Voorstellen", "", None, FieldError.CHANNEL_EMPTY),))

PERSONAS = tuple(
    entrance.Persona(name.split()[0].lower(), name, name.split()[0], initials, age, Words(line), Words(level), tone)  # type: ignore[arg-type]
    for name, initials, age, line, level, tone in (
        ("Gerrit Vos", "GV", 58, "Heeft bijstand. Krijgt een voorstel van € 521,97.", "Inwoner, niveau substantieel", "river"),
        ("Chantal Mulder", "CM", 33, "Moeder van 2 kinderen. Haar adres is geheim.", "Inwoner, niveau substantieel", "plum"),
        ("Danny Kuipers", "DK", 46, "Bewindvoerder. Regelt in deze proef zaken voor 3 mensen.", "Beroepsmatig vertegenwoordiger", "reed"),
        ("Fatma Yıldız", "FY", 29, "Werkt aan het loket. Ziet wat de inwoner ziet.", "Medewerker", "ink")))
SIGN_IN = entrance.SignInPage(frame=replace(VISITOR, demo=True), action="/inloggen/", next="/", personas=PERSONAS, means=(), failed="",
                              check_href="/nagaan/", weighing_href="/verantwoording/", letter_code_href="/code/")
SIGN_IN_REAL = replace(SIGN_IN, frame=VISITOR, personas=(), failed="level", check_href="", letter_code_href="",
                       means=(entrance.SignInMeans("digid", Words("DigiD"), Words("De app met een controle van uw identiteitsbewijs.")),))
SIGNED_OUT = entrance.SignedOutPage(frame=VISITOR, expired=False, sign_in_href="/inloggen/")
REPRESENTED = entrance.RepresentedPage(
    frame=framed("", navigation=None, signed_in=SignedIn("D. Kuipers", "/uit/")),
    persons=(entrance.Represented(VOS, Words("Bewind sinds 3 mei 2021"), "/voor/1/", 1), entrance.Represented(VOS, Words("Bewind"), "/voor/2/", 0)))
CALL_BACK = entrance.CallBackPage(
    frame=framed(""), back_href="/overzicht/", action="/bel-mij/", phone=Field("phone", "abc", FieldError.PHONE_NOT_A_NUMBER),
    when=Field("when", options=(Option("morning", Words("Morgen tussen 9.00 en 12.00 uur")), Option("afternoon", Words("Morgenmiddag")))),
    errors=(Field("phone", "abc", FieldError.PHONE_NOT_A_NUMBER),), sent=False)

HOW = help.HowItWorksPage(frame=framed(""), log_delay_days=1)
PRIVACY = help.PrivacyPage(
    frame=framed(""), officer_contact=Words("Vragen? Mail de functionaris: [fg@rietwaarden.example](mailto:fg@rietwaarden.example)."),
    activities=(help.ProcessingActivity(Words("Uitrekenen wie een toeslag misloopt"), Words("Geld aanbieden"), Words("Participatiewet, artikel 36"),
                                        (Words("leeftijd"), Words("inkomen")), Words("5 jaar")),), register_href="/register/")
ACCESSIBLE = help.AccessibilityPage(frame=framed(""), status="B", checked_on=TODAY, known=(Words("Brieven zijn nog niet getest met een schermlezer."),),
                                    report_contact=Words("Bel [088 000 01 20](tel:+31880000120). Wij zoeken dan samen een oplossing."), statement=None)

WEIGHING = weighing.WeighingPage(
    frame=VISITOR, back_href="/verantwoording/", title=Words("Zelf zoeken wie geld misloopt: mag dat?"),
    answer=Words("De gemeente rekent uit wie waarschijnlijk recht heeft op de individuele inkomenstoeslag. **Het college vond dat goed, onder 6 voorwaarden.**"),
    state="in_use", decided_on=date(2025, 3, 18), valid_until=date(2027, 3, 18), starts_on=None, suspension=None,
    body=Words("het college", "the municipal executive"),
    gaining=(weighing.WeighedValue(Words("Genoeg om van te leven"), 5, Words("68 huishoudens liepen geld mis.")),
             weighing.WeighedValue(Words("Gelijkheid"), 3, Words("Ook wie slecht leest, krijgt het.")),
             weighing.WeighedValue(Words("Waardigheid"), 3, Words("Niemand hoeft te vragen.")),
             weighing.WeighedValue(Words("Uitleg"), 3, Words("Elke stap is na te lezen."))),
    harmed=(weighing.WeighedValue(Words("Privacy"), 3, Words("Wij lezen 5 gegevens zonder dat u het vroeg."), Words("afmelden, en alles te zien.")),
            weighing.WeighedValue(Words("Zelf kiezen"), 2, Words("Een voorstel stuurt."), Words("ja en nee zijn even groot.")),
            weighing.WeighedValue(Words("Gelijkheid buiten de bijstand"), 2, Words("Wie werkt met weinig loon, zoeken wij niet."), Words("zelf nagaan kan altijd."))),
    gain_sum=14, harm_sum=7,
    options=(weighing.WeighedOption(Words("Niets doen"), Words("Mensen vragen zelf aan. Ongeveer de helft doet dat niet.")),
             weighing.WeighedOption(Words("Iedereen een folder sturen"), Words("Geen gegevens nodig. Maar ook wie er niets aan heeft, krijgt hoop.")),
             weighing.WeighedOption(Words("Zelf uitrekenen en voorstellen"), Words("Wij gebruiken 5 gegevens van mensen met bijstand en zeggen wie het misloopt."), True)),
    against=Words("de cliëntenraad wilde eerst een jaar proberen."), opinions=Link(Words("Lees alle meningen en het advies over privacy"), "/meningen/"),
    conditions=(weighing.Condition(Words("Een mens beslist over elke nee"), Words("0 van 0 besluiten door de computer"), TODAY, "met"),
                weighing.Condition(Words("Post op papier, tenzij u anders koos"), Words("41 van 41 binnen 2 dagen"), date(2025, 4, 30), "met"),
                weighing.Condition(Words("Steekproef: mens kijkt na"), Words("5 van 5 klaar, 0 fouten. Te weinig om zeker te zijn."), date(2025, 5, 9), "too_little"),
                weighing.Condition(Words("Geen groep krijgt het minder goed"), None, None, "never")),
    round=weighing.RoundFigures(APRIL, tuple(weighing.RoundCount(Words(words), count) for words, count in (
        ("Mensen met bijstand", 115), ("Meldden zich af", 12), ("Bekeken", 103), ("Kregen een voorstel", 68), ("Zeiden ja", 41),
        ("Zeiden nee", 14), ("Toegekend", 31), ("Afgewezen of nog bezig", 10))), 1825155, TODAY, "/cijfers.csv"),
    question_href="/vraag/")
WEIGHING_STOPPED = replace(
    WEIGHING, state="suspended", round=None, question_href="", against=None, opinions=None,
    suspension=weighing.Suspension(date(2025, 5, 10), Words("De steekproef vond 3 fouten."), Words("Uw aanvraag, bezwaar en inzage gaan altijd door.")))

DESK = DeskFrame("nl", RIETWAARDEN, "Willem de Graaf", Words("Toekennen"), "/desk/uit/", LANGUAGES, Words("mandaat tot € 1.000 per besluit"),
                 (DeskLink(Words("Werkvoorraad"), "/desk/", True), DeskLink(Words("Zelf beslissen"), "/desk/zelf/", False, 4),
                  DeskLink(Words("Bevestigen"), "/desk/bevestigen/", False, 6), DeskLink(Words("Loket"), "/desk/loket/")), False, "/desk/groot/")
COUNTER_DESK = replace(DESK, place=Words("Loket"), employee="Fatma Yıldız", role=None, links=())
MARGIN = desk.CounterMargin(
    (Words("Voorstel verstuurd op 12 mei, op papier en hier. Nog geen keuze. Er loopt 1 melding: huur."),), "/desk/leg-vast/",
    Words("U hebt waarschijnlijk recht op 521 euro en 97 cent. U kiest zelf. Vandaag hoeft niet."),
    (desk.Agreement(date(2025, 5, 6), Words("telefoon"), Words("Wij zouden de huur uitzoeken vóór 13 mei."), "Team Inkomen"),),
    Field("note", "Wij spraken af dat "), "/desk/afspraak/", "/desk/signaal/")
COUNTER = desk.CounterPage(
    desk=COUNTER_DESK, person=VOS, identified_by=Words("paspoort"), helper="", close_action="/desk/sluit/", margin=MARGIN,
    partial=PROPOSAL.partial, resident=context_of(replace(PROPOSAL, frame=framed("messages", counter=True))))
COUNTER_UNKNOWN = replace(
    COUNTER, identified_by=None, helper="Ingrid de Wit", desk=replace(COUNTER_DESK, large=True), partial=HOME.partial,
    resident=context_of(replace(HOME, frame=framed(counter=True))),
    margin=replace(MARGIN, record_action="", say=None, agreements=(), standing=(), note_action="", signal_href=""))
FIND = desk.FindPage(
    desk=replace(DESK, place=Words("Loket")), action="/desk/loket/", bsn=Field("bsn", "", FieldError.PERSON_NOT_FOUND), birth_date=Field("birth_date"),
    postcode=Field("postcode"), identified_by=Field("identified_by", options=(Option("paspoort", Words("Paspoort")), Option("idkaart", Words("Identiteitskaart")))),
    errors=(Field("bsn", "", FieldError.PERSON_NOT_FOUND),))
QUEUE = desk.QueuePage(
    desk=DESK, today=TODAY, late_total=1, notes=(Words("De ronde van 28 april gaf 68 voorstellen."),),
    lines=(desk.QueueLine(Words("Toekenningen bevestigen"), "/desk/bevestigen/", 6, date(2025, 6, 30), 0),
           desk.QueueLine(Words("Zelf beslissen"), "/desk/zelf/", 4, date(2025, 5, 9), 1), desk.QueueLine(Words("Meldingen"), "/desk/m/", 0, None, 0)))
DECIDE_LIST = desk.DecideListPage(
    desk=DESK, back_href="/desk/", total=2, paging=PAGE1, cases=(
        desk.CaseLine("RW 2025 0470", "/desk/zaak/1/", "M. Haddad", Words("Alleenstaand"), Words("Inkomen in 1 maand onbekend"), date(2025, 3, 14),
                      date(2025, 5, 9), 3, True, 52197),
        desk.CaseLine("RW 2025 0488", "/desk/zaak/2/", LONG, Words("Paar"), Words("Steekproef"), None, date(2025, 7, 3))))
NORM = desk.OpenNorm("uitzicht", Words("Heeft meneer Vos uitzicht op een hoger inkomen?"),
                     Words("De beleidsregel neemt aan: geen uitzicht. Dat is in zijn voordeel."),
                     Field("norm_uitzicht", options=(Option("no", Words("Geen uitzicht: dat is goed voor de aanvraag")), Option("yes", Words("Wel uitzicht")))),
                     Field("norm_uitzicht_reason"))
FORM = desk.DecisionForm(
    "/desk/zaak/1/", Field("outcome", "", FieldError.OUTCOME_EMPTY, (Option("grant", Words("Toekennen")), Option("refuse", Words("Afwijzen")),
                                                                      Option("ask", Words("Eerst iets vragen")))),
    Field("amount", "521,97"), Field("reason", "te kort", FieldError.REASON_TOO_SHORT), Field("ask"), (NORM,),
    (Field("outcome", "", FieldError.OUTCOME_EMPTY), Field("reason", "te kort", FieldError.REASON_TOO_SHORT)))
CASE_PAGE = desk.CasePage(
    desk=DESK, back_href="/desk/zelf/", number="RW 2025 0481", person=VOS, household=Words("alleenstaand"), service=IIT,
    deadline=Deadline("ours", date(2025, 7, 7), 56, consequence=Words("Nog 56 dagen.")), why_here=Words("De inwoner gaf ander spaargeld op dan wij kennen."),
    blind=False, computed=A521, groups=(why.StepGroup(None, STEPS[:2]),), form=FORM, decision=None, decision_reason="",
    facts=(desk.CaseFact(Words("Leeftijd"), Words("58 jaar"), BRP, APRIL), desk.CaseFact(Words("Spaargeld"), Amount(124000), UIT, date(2024, 2, 3), True)),
    events=(desk.CaseEvent(datetime(2025, 5, 12, 8, 0, tzinfo=UTC), Words("Ja gezegd"), "G. Vos"),), resident_href="/desk/loket/1/")
CASE_BLIND = replace(CASE_PAGE, blind=True, computed=None, groups=(), form=replace(FORM, mandate_ok=False, errors=()))
CASE_DECIDED = replace(CASE_PAGE, form=None, decision=Words("Toegekend op 12 mei 2025 door Willem de Graaf"), decision_reason="U voldoet aan alles.",
                       deadline=Deadline("late", date(2025, 5, 9), 3))


def batch_line(id: str, household: str, kind: str, cents: int, yes: date, due: date, status: str, **more: object) -> desk.BatchLine:
    """One line of the batch."""
    line = desk.BatchLine(id, f"/desk/zaak/{id}/", household, Words(kind), cents, yes, due, 0, status)  # type: ignore[arg-type]
    return replace(line, **more)  # type: ignore[arg-type]


BATCH = desk.BatchPage(
    desk=DESK, back_href="/desk/", action="/desk/bevestigen/", service=IIT, seen=3, chosen=3, chosen_eurocent=193668, decide_href="/desk/zelf/",
    decide_count=4, assumed=Words("Bij elke zaak namen wij aan: geen uitzicht op een hoger inkomen."), oldest_case=None, oldest_due=None, errors=(), lines=(
        batch_line("1", "A. Aydın", "Alleenstaand", 52197, TODAY, date(2025, 7, 7), "seen", chosen=True),
        batch_line("2", "J. van den Berg-Oosterhuis", "Alleenstaande ouder", 66882, date(2025, 5, 9), date(2025, 7, 4), "seen", chosen=True),
        batch_line("3", "L. en P. de Boer", "Paar", 74589, date(2025, 5, 8), date(2025, 7, 3), "seen", chosen=True),
        batch_line("4", "M. Haddad", "Alleenstaand", 52197, date(2025, 5, 6), date(2025, 7, 1), "sample"),
        batch_line("5", "S. Jansen", "Alleenstaand", 52197, date(2025, 5, 6), date(2025, 7, 1), "unseen", late=2),
        batch_line("6", "R. Wijaya", "Paar", 174589, date(2025, 5, 5), date(2025, 6, 30), "outside")))
BATCH_EMPTY = replace(BATCH, lines=(), seen=0, chosen=0, chosen_eurocent=0, oldest_case=Link(Words("RW 2025 0470"), "/desk/zaak/1/"), oldest_due=date(2025, 6, 9))
BATCH_ERROR = replace(BATCH, chosen=0, chosen_eurocent=0, assumed=None, lines=tuple(replace(line, chosen=False) for line in BATCH.lines),
                      errors=(Field("case", "", FieldError.NOTHING_CHOSEN),))
BATCH_DONE = desk.BatchDonePage(desk=DESK, back_href="/desk/", confirmed=3, amount_eurocent=193668, digital=1, paper=2)

SAMPLES: dict[str, Page] = {
    "01-home": HOME, "01b-home-niets": HOME_QUIET, "01c-home-leeg": HOME_EMPTY, "01d-home-uitgezet": HOME_OPTED_OUT, "01e-home-bron-faalt": HOME_FAILED,
    "01f-home-te-laat": HOME_LATE, "berichten": MESSAGES, "berichten-leeg": MESSAGES_NONE, "02-voorstel": PROPOSAL, "02b-voorstel-samen": COUPLE,
    "02c-voorstel-bewind": ADMINISTRATOR, "02d-voorstel-ja": SAID_YES, "02e-voorstel-nee": SAID_NO, "02f-voorstel-stil": SUSPENDED,
    "besluit-toegekend": DECISION, "besluit-afgewezen": REFUSED, "bericht": LETTER, "03-waarom": WHY, "03b-waarom-gemengd": WHY_MIXED,
    "04-mijn-gegevens": DATA, "04b-bsn": REVEAL, "04c-adres": REVEAL_ADDRESS, "05-wie-gebruikte": USAGE, "05b-niemand": USAGE_NONE,
    "05c-begrijp-niet": USAGE_QUESTION, "05d-vraag-gesteld": USAGE_SENT, "melding-formulier": CORRECT_FORM, "melding-keuze": CORRECT_CHOICE,
    "melding-nakijken": CORRECT_CHECK, "melding-bewijs": CORRECT_DONE, "ja-1-huishouden": a_question("household", 1, HOUSEHOLD),
    "ja-1-fout": a_question("household", 1, replace(HOUSEHOLD, error=FieldError.HOUSEHOLD_EMPTY), about=VOS),
    "ja-2-spaargeld": a_question("wealth", 2, Field("wealth", "12.500"), known=()),
    "ja-2-fout": a_question("wealth", 2, Field("wealth", "veel", FieldError.WEALTH_NOT_A_NUMBER), joint=True),
    "ja-3-rekening": a_question("account", 3, ACCOUNT, Field("iban", "NL00", FieldError.ACCOUNT_NOT_IBAN), account_end="4300"),
    "ja-4-opmerking": a_question("note", 4, Field("note"), steps=4), "ja-nakijken": DECLARE_CHECK, "ja-bewijs": DECLARE_DONE, "nee": DECLINE,
    "nee-bewijs": DECLINED, "nee-bewijs-nu": replace(DECLINED, scope="now"), "seintje": OPT_OUT, "seintje-uit": OPTED_OUT, "post": CHANNELS,
    "post-fout": CHANNELS_ERROR, "10-inloggen": SIGN_IN, "10b-inloggen-echt": SIGN_IN_REAL, "uitgelogd": SIGNED_OUT,
    "uitgelogd-verlopen": replace(SIGNED_OUT, expired=True), "voor-wie": REPRESENTED, "bel-mij": CALL_BACK,
    "bel-mij-bewijs": replace(CALL_BACK, sent=True, errors=(), phone=Field("phone", "06 00 00 01 23")), "zo-werkt-het": HOW, "privacy": PRIVACY,
    "toegankelijkheid": ACCESSIBLE, "07-verantwoording": WEIGHING, "07b-opgeschort": WEIGHING_STOPPED, "06a-loket": COUNTER,
    "06a2-loket-onbekend": COUNTER_UNKNOWN, "loket-zoek": FIND, "werkvoorraad": QUEUE, "zelf-beslissen": DECIDE_LIST, "zaak": CASE_PAGE,
    "zaak-steekproef": CASE_BLIND, "zaak-besloten": CASE_DECIDED, "06b-bevestigen": BATCH, "06b-bevestigen-leeg": BATCH_EMPTY,
    "06b-bevestigen-fout": BATCH_ERROR, "06b-bevestigd": BATCH_DONE,
}
