"""The law at the desk: the list, a law beside its machine form with everything an article may have, its scenarios."""

from __future__ import annotations

from dataclasses import replace

from tests.look.samples.desks import DESK
from tests.look.samples.playing import RESULT
from waardig.screens.pages import laws
from waardig.screens.pages.forms import Option
from waardig.screens.pages.words import Link, Page, Paging, Words

ALL = Option("", Words("alles", "everything"), chosen=True)
AMOUNT = Words("bedrag in euro", "amount in euros")
OTHER = Link(Words("Regeling standaardpremie 2025, artikel 1"), "/balie/wetten/regeling/2025-01-01/")
NOT_LOADED = Link(Words("besluit_elders, artikel 3"), "")

LIST = laws.LawListPage(
    desk=DESK,
    action="/balie/wetten/",
    try_href="/balie/wetten/uitproberen/",
    search="toeslag",
    layers=(ALL, Option("WET", Words("wet", "act of parliament"))),
    places=(ALL, Option("GM9999", Words("gemeente Rietwaarden"))),
    statuses=(ALL, Option("older_text", Words("oudere tekst", "older text"))),
    total=22,
    lines=(
        laws.LawLine(
            "Wet op de zorgtoeslag",
            "/balie/wetten/wet_op_de_zorgtoeslag/2025-01-01/",
            Words("wet, heel Nederland"),
            3,
            Words("geldt nu sinds 1 januari 2025"),
            "older_text",
            laws.Counted(32, 2, 1),
            "/balie/wetten/wet_op_de_zorgtoeslag/scenarios/",
        ),
        laws.LawLine("Awir", "/x/", Words("wet"), 1, Words("geldt niet meer"), "unverified", laws.Counted(0, 0), "/y/"),
    ),
    clear_href="/balie/wetten/",
    paging=Paging(1, 2, "", "/balie/wetten/?pagina=2"),
)

RULE = (
    laws.RuleRow(0, Words("Al deze voorwaarden gelden:", "All these conditions hold:")),
    laws.RuleRow(1, Words("Inkomen is hoogstens grens (€ 1.400)", "Inkomen is at most grens (€ 1,400)")),
    laws.RuleRow(8, Words("Heeft partner: nee", "Heeft partner: no")),
)
ARTICLE = laws.ArticlePart(
    number="2",
    anchor="artikel-2",
    text="1. Wie een laag inkomen heeft, krijgt de toeslag.\n2. De grens is € 1.400.",
    href="https://wetten.overheid.nl/x",
    decides="beschikking toekenning",
    constants=(
        laws.ConstantRow("grens", Words("€ 1.400", "€ 1,400"), "published", "artikel 2", 31),
        laws.ConstantRow("oude grens", Words("€ 1.300", "€ 1,300"), "unverified", "", 32),
    ),
    facts=(
        laws.FactRow("inkomen", AMOUNT, "Inkomen per maand.", Words("Belastingdienst"), None, 40),
        laws.FactRow("kinderen", Words("rijtje"), "", Words("BRP"), None, 42, ("geboortedatum", "woont thuis")),
        laws.FactRow("standaardpremie", AMOUNT, "", Words("berekent"), OTHER, 41),
    ),
    outcomes=(laws.OutcomeRow("krijgt toeslag", Words("ja of nee"), "U krijgt de toeslag.", "artikel 2", RULE, 50),),
    terms=(
        laws.TermRow("percentage", Words("getal"), "Bij regeling.", True, (OTHER, NOT_LOADED), (), 60),
        laws.TermRow("vrijlating", AMOUNT, "", True, (), (), 61),
        laws.TermRow("afronding", AMOUNT, "", False, (), RULE[:1], 62),
    ),
    ties=(laws.TieRow(Words("vult in: premie"), NOT_LOADED), laws.TieRow(Words("werkt door in elk besluit"), None)),
    untranslatables=(
        laws.UntranslatableRow("De maanden apart", "Het jaar geldt als geheel.", True),
        laws.UntranslatableRow("Bijzondere gevallen", "Een mens beslist.", False),
    ),
    problem=Words(""),
    has_rule=True,
    source="   30  machine_readable:\n   31    definitions:\n   32      GRENS: {value: 140000}",
)
BARE = replace(
    ARTICLE,
    number="3",
    anchor="artikel-3",
    href="",
    decides="",
    constants=(),
    facts=(),
    outcomes=(),
    terms=(),
    ties=(),
    untranslatables=(),
    has_rule=False,
)

LAW = laws.LawPage(
    desk=DESK,
    back_href="/balie/wetten/",
    law_name="Wet op de zorgtoeslag",
    law_href="https://wetten.overheid.nl/BWBR0018451",
    kind=Words("wet, heel Nederland", "act of parliament, the whole of the Netherlands"),
    period=Words("geldt nu sinds 1 januari 2025", "in force now since 1 January 2025"),
    status="older_text",
    source="wetten.overheid.nl, 2015",
    versions=(
        laws.VersionLink(Words("geldt nu"), "/balie/wetten/z/2025-01-01/", True),
        laws.VersionLink(Words("gold van 1 januari 2024 tot en met 31 december 2024"), "/z/2024-01-01/", False),
    ),
    play_href="/balie/wetten/z/spelen/?voorbeeld=3",
    scenarios=laws.Counted(32, 2, 1),
    scenarios_href="/balie/wetten/z/scenarios/",
    findings=(
        laws.FindingRow(
            31,
            Words("definitie 'GRENS' wordt nergens gebruikt", "definition 'GRENS' is used nowhere"),
            Words("Laat het weg.", "Leave it out."),
            False,
            "#artikel-2",
        ),
        laws.FindingRow(
            1,
            Words("valid_to ligt voor valid_from", "valid_to lies before valid_from"),
            Words("Laat valid_to weg.", "Leave valid_to out."),
            True,
            "",
        ),
    ),
    procedures=(
        laws.ProcedureRow(
            "beschikking op aanvraag",
            "beschikking",
            (laws.StageRow("aanvraag", "Iemand vraagt.", ()), laws.StageRow("besluit", "", ("datum van de aanvraag",))),
        ),
    ),
    articles=(
        ARTICLE,
        BARE,
        replace(BARE, number="4", anchor="artikel-4", problem=Words("ADD heeft minstens één waarde nodig")),
    ),
    referred_by=(
        laws.TieRow(Words("gebruikt de uitkomst: hoogte (artikel 2 hier)"), OTHER),
        laws.TieRow(Words("vult in: premie"), None),
    ),
    file="laws/nl/wet/wet_op_de_zorgtoeslag/2025-01-01.yaml",
    file_head="    1  $id: wet_op_de_zorgtoeslag",
    changed=True,
)

GREEN = laws.ScenarioRow(
    "zonder partner", Words("hoogte.feature, regel 12"), "green", "", "", "", "", (), "/balie/wetten/z/spelen/"
)
SCENARIOS = laws.ScenariosPage(
    desk=DESK,
    back_href="/balie/wetten/z/2025-01-01/",
    law_name="Wet op de zorgtoeslag",
    scenarios=laws.Counted(32, 1, 1),
    lines=(
        replace(
            GREEN,
            name="met partner",
            passed="red",
            message="output 'hoogte' is 1355, expected 1356",
            output="hoogte",
            expected="1356",
            found="1355",
            steps=RESULT.steps,
        ),
        GREEN,
        replace(GREEN, name="later", passed="skipped", message="work in progress", play_href=""),
    ),
    other=Link(Words("Laat alleen de rode zien", "Show the red ones only"), "?toon=rood"),
    paging=Paging(1, 2, "", "?pagina=2"),
)

TRY = laws.TryPage(DESK, "/balie/wetten/", "/balie/wetten/uitproberen/", "$id: w", "", None, None)
TRIED = laws.TriedLaw(
    "Regeling fietspas",
    "2025-01-01",
    True,
    LAW.findings,
    laws.Counted(1, 1),
    (replace(SCENARIOS.lines[0], steps=(), play_href=""), replace(GREEN, play_href="")),
    4,
)

READING: dict[str, Page] = {
    "30g-ontwerp": TRY,
    "30g-ontwerp-fout": replace(TRY, law="", problem=Words("Plak een wetsbestand of kies een bestand.")),
    "30h-ontwerp-uitkomst": replace(TRY, tried=TRIED),
    "30h-ontwerp-goed": replace(
        TRY,
        tried=replace(TRIED, name="", day="", replaces=False, findings=(), lines=(), left_out=0),
    ),
    "30a-wetten": LIST,
    "30b-wetten-leeg": replace(LIST, total=0, lines=(), clear_href="", try_href="", paging=Paging(1, 1)),
    "30c-wet": LAW,
    "30d-wet-kaal": replace(
        LAW,
        articles=(BARE,),
        procedures=(),
        findings=(),
        referred_by=(),
        versions=LAW.versions[:1],
        changed=False,
        play_href="",
        law_href="",
        source="",
        scenarios=laws.Counted(0, 0),
    ),
    "30e-scenarios": SCENARIOS,
    "30e-scenarios-leeg": replace(SCENARIOS, scenarios=laws.Counted(0, 0), lines=(), other=None, paging=Paging(1, 1)),
}
