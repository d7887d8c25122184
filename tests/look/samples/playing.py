"""Probeer de wet: the list, a form, a run that is compared, and what went wrong."""

from __future__ import annotations

from dataclasses import replace

from tests.look.samples.desks import DESK
from tests.look.samples.people import LANGUAGES, TODAY, VISITOR
from waardig.screens.pages import play
from waardig.screens.pages.forms import Option
from waardig.screens.pages.words import Words

NOBODY = replace(VISITOR, languages=replace(LANGUAGES, action=""))

LIST = play.PlayListPage(
    frame=NOBODY,
    laws=(
        play.PlayableLaw("Wet op de zorgtoeslag", Words("wet"), 34, "/x/"),
        play.PlayableLaw("Awir", Words("wet"), 1, "/y/"),
    ),
    check_href="/nagaan/",
    other_href="/?taal=en",
)

FIELDS = (
    play.PlayField(
        "f-is_verzekerd",
        "is_verzekerd",
        "De persoon heeft een Nederlandse zorgverzekering.",
        "wet op de zorgtoeslag, art. 1",
        Words("ja of nee"),
        (Option("", Words("weet ik niet")), Option("ja", Words("ja"), None, True)),
        "ja",
    ),
    play.PlayField(
        "f-toetsingsinkomen",
        "toetsingsinkomen",
        "Toetsingsinkomen van het berekeningsjaar.",
        "wet op de zorgtoeslag, art. 2",
        Words("een bedrag in euro"),
        (),
        "veel",
        Words("Dit past niet. Kijk naar het voorbeeld."),
    ),
)

RESULT = play.PlayResult(
    outputs=(play.PlayOutput("x", Words("toegekende zorgtoeslag: € 1.355"), Words("toegekende zorgtoeslag: € 1.573")),),
    changed=("toetsingsinkomen: 20.000 → 30.000",),
    compared=True,
    steps=(
        play.PlayStep(0, Words("toegekende zorgtoeslag: € 1.355"), "Awir, art. 14", "https://x/", False, False, None),
        play.PlayStep(1, Words("minimum: € 24"), "Awir, art. 14", "", True, False, "older_text"),
        play.PlayStep(8, Words("niet nodig"), "Awir, art. 14", "", False, True, None),
    ),
    left_out=12,
    articles=(
        play.PlayArticle("Awir", "14", "1. Een tegemoetkoming.\n2. Nog een.", "https://x/", "2015-01-01", "older_text"),
    ),
    laws=(("Awir", "2015-01-01", "unverified", "https://x/"), ("Besluit", "2025-01-01", "published", "")),
    turns=play.PlayTurns(
        (Words("toetsingsinkomen: hoogstens € 39.719,30 → € 24", "toetsingsinkomen: at most € 39,719.30 → € 24"),),
        ("toetsingsinkomen", "vermogen"),
        ("datum bekendmaking",),
    ),
)

PLAY = play.PlayPage(
    frame=NOBODY,
    list_href="/verantwoording/proberen/",
    action="/verantwoording/proberen/awir/",
    other_href="/?taal=en",
    law_name="Wet op de zorgtoeslag",
    law_href="https://wetten.overheid.nl/",
    versions=("2024-01-01", "2025-01-01"),
    outputs=(Option("toegekende_zorgtoeslag", Words("toegekende zorgtoeslag"), None, True),),
    day="1-6-2025",
    today=TODAY,
    examples=(Option("0", Words("zonder partner"), None, True), Option("1", Words("met partner"))),
    fields=FIELDS,
    before="{}",
    data="{}",
    command="waardig law explain awir x --on 2025-06-01 --data proef.json",
    result=None,
    problem=None,
    advice=None,
)

PLAYING = {
    "16-proberen": LIST,
    "16-proberen-leeg": replace(LIST, laws=(), check_href=""),
    "16a-proberen-wet": PLAY,
    "16b-proberen-uitkomst": replace(PLAY, result=RESULT),
    "16b-proberen-gelijk": replace(PLAY, result=replace(RESULT, changed=(), left_out=0)),
    "16b-proberen-eerste": replace(PLAY, result=replace(RESULT, compared=False), fields=()),
    "16b-proberen-vraag": replace(
        PLAY,
        result=replace(
            RESULT,
            outputs=(play.PlayOutput("x", Words("toegekende zorgtoeslag: niet bekend: toetsingsinkomen")),),
            questions=(
                play.PlayQuestion("Toetsingsinkomen van het berekeningsjaar.", "#id_f-toetsingsinkomen"),
                play.PlayQuestion("vermogen", ""),
            ),
            turns=None,
        ),
    ),
    "30f-wet-spelen": replace(PLAY, result=RESULT, desk=DESK, other_href=""),
    "16c-proberen-fout": replace(
        PLAY, problem=Words("De wet geldt niet op 1999-01-01."), advice=Words("", "Choose another date.")
    ),
}
