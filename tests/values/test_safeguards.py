"""Safeguards: sentences from parameters, verdicts from counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.kernel.bilingual import Bilingual
from waardig.values.core.measuring import due_day, finding_of, reason_to_stop
from waardig.values.terms import (
    AccessCount,
    AttributesSeen,
    AttributeUse,
    Calendar,
    Channel,
    DecisionCount,
    Explanation,
    Facts,
    FollowCount,
    ForbiddenAttributes,
    ForbiddenData,
    Horizon,
    HumanDecides,
    MeaningfulReview,
    MessageCount,
    Minimal,
    OptOut,
    OptOutCount,
    PaperCount,
    PublicAndAssessed,
    PublicationState,
    PurposeBinding,
    RandomSample,
    Retention,
    RetentionCount,
    Safeguard,
    SampleCount,
    Verdict,
)

P, W, F, T = Verdict.PASSES, Verdict.WARNS, Verdict.FAILS, Verdict.TOO_LITTLE_DATA
DAY = date(2025, 5, 12)
NEVER = ForbiddenAttributes(
    "nooit",
    (
        ForbiddenData("wijk", Bilingual("wijk", "neighbourhood"), frozenset({"brp.adres"})),
        ForbiddenData("geloof", Bilingual("geloof", "religion"), frozenset({"brp.kerkgenootschap"})),
    ),
)
PURPOSE = PurposeBinding("doel", frozenset({"https://x.example/1"}), frozenset())
MINIMAL = Minimal("minimaal", frozenset({"brp.geboortedatum", "uitkeringen.norm"}))
HUMAN = HumanDecides("mens", frozenset({"afwijzing", "open_norm"}), "beslisser", 20)
REVIEW = MeaningfulReview("echt", 98, 30, 60)
SAMPLE = RandomSample("steekproef", 5, 20, 14, True)
HORIZON = Horizon("eind", date(2027, 3, 18), date(2026, 3, 18), max_runs=24)
OPT_OUT = OptOut("afmelden", "individuele_inkomenstoeslag", 24)
PAPER = Channel("papier", 2, 14)
EXPLAINED = Explanation("uitleg", ("bedrag", "wet", "bezwaar"), True)
SHORT = Retention("bewaren", "P1Y", True)
PUBLIC = PublicAndAssessed("openbaar", "https://x.example/a", "https://x.example/b", "DPIA-1")
ALL: list[Safeguard] = [
    NEVER, PURPOSE, MINIMAL, HUMAN, REVIEW, SAMPLE, HORIZON, OPT_OUT, PAPER, EXPLAINED, SHORT, PUBLIC
]  # fmt: skip


@pytest.mark.parametrize(
    ("safeguard", "facts", "verdict", "n", "value"),
    [
        (NEVER, AttributesSeen(frozenset({"brp.geboortedatum"}), frozenset(), 103), P, 103, 0),
        (NEVER, AttributesSeen(frozenset({"brp.adres"}), frozenset(), 0), F, 0, 1),
        (NEVER, AttributesSeen(frozenset(), frozenset({"brp.adres", "brp.kerkgenootschap"}), 9), F, 9, 2),
        (PURPOSE, AccessCount(103, 0), P, 103, 0),
        (PURPOSE, AccessCount(103, 1), F, 103, 1),
        (MINIMAL, AttributeUse(103, frozenset({"brp.geboortedatum"})), P, 103, 0),
        (MINIMAL, AttributeUse(103, frozenset({"brp.adres"})), F, 103, 1),
        (MINIMAL, AttributeUse(103, frozenset(), frozenset({"uitkeringen.norm"})), W, 103, 1),
        (HUMAN, DecisionCount(0, 0), P, 0, 0),
        (HUMAN, DecisionCount(31, 1), F, 31, 1),
        (HUMAN, DecisionCount(31, 0, 2), F, 31, 2),
        (REVIEW, FollowCount(29, 29, 10), T, 29, 100),
        (REVIEW, FollowCount(30, 30, 120), W, 30, 100),
        (REVIEW, FollowCount(1000, 1000, 120), F, 1000, 100),
        (REVIEW, FollowCount(1000, 900, 120), P, 1000, 90),
        (REVIEW, FollowCount(1000, 900, 59), W, 1000, 90),
        (SAMPLE, SampleCount(103, 5, 5, 0, 0), T, 5, 0),
        (SAMPLE, SampleCount(500, 25, 25, 0, 0), P, 25, 0),
        (SAMPLE, SampleCount(500, 25, 25, 0, 2), W, 25, 2),
        (SAMPLE, SampleCount(500, 25, 24, 1, 0), F, 25, 1),
        (HORIZON, Calendar(DAY, 1), P, 1, 1),
        (HORIZON, Calendar(date(2026, 3, 19), 3), W, 3, 3),
        (HORIZON, Calendar(date(2026, 4, 18), 3), F, 3, 3),
        (HORIZON, Calendar(date(2026, 4, 18), 3, date(2026, 3, 1)), P, 3, 3),
        (HORIZON, Calendar(DAY, 25), F, 25, 25),
        (HORIZON, Calendar(date(2027, 3, 19), 1, date(2026, 3, 1)), F, 1, 1),
        (OPT_OUT, OptOutCount(12, 0), P, 12, 0),
        (OPT_OUT, OptOutCount(12, 1), F, 12, 1),
        (PAPER, PaperCount(41, 41), P, 41, 0),
        (PAPER, PaperCount(41, 40), F, 41, 1),
        (PAPER, PaperCount(41, 41, 1), F, 41, 1),
        (EXPLAINED, MessageCount(68, 0), P, 68, 0),
        (EXPLAINED, MessageCount(68, 1), F, 68, 1),
        (SHORT, RetentionCount(68, 0), P, 68, 0),
        (SHORT, RetentionCount(68, 3), F, 68, 3),
        (PUBLIC, PublicationState(DAY, True, False, date(2027, 2, 27)), P, 1, 0),
        (PUBLIC, PublicationState(DAY, True, True, date(2027, 2, 27)), W, 1, 1),
        (PUBLIC, PublicationState(DAY, False, False, date(2027, 2, 27)), F, 1, 1),
        (PUBLIC, PublicationState(DAY, True, False, date(2025, 5, 11)), F, 1, 1),
        (PUBLIC, PublicationState(DAY, True, False, None), F, 1, 1),
    ],
)
def test_a_verdict_follows_from_counts(
    safeguard: Safeguard, facts: Facts, verdict: Verdict, n: int, value: int
) -> None:
    finding = finding_of(safeguard, facts, due_on=None, on=DAY)

    assert (finding.verdict, finding.n, finding.value) == (verdict, n, value)


def test_every_safeguard_speaks_two_languages_in_short_sentences() -> None:
    for safeguard in ALL:
        for text in (safeguard.sentence, safeguard.title):
            assert text.nl and text.en and text.nl != text.en, safeguard.kind
            assert max(len(part.split()) for part in text.nl.split(". ")) <= 15, text.nl


@pytest.mark.parametrize(
    ("safeguard", "sentence"),
    [
        (NEVER, "Deze gegevens tellen nooit mee: wijk en geloof."),
        (SAMPLE, "Een medewerker kijkt 1 op de 20 zaken na. Die ziet niet wat de computer rekende."),
        (Minimal("m", frozenset({"a.b", "a.c", "a.d"})), "Wij lezen alleen de 3 afgesproken gegevens."),
        (Channel("k", 5, 14), "U krijgt een brief binnen 5 dagen. Digitaal alleen als u dat koos."),
        (Retention("b", "P18M", False), "Wij bewaren de uitkomst 18 maanden."),
        (Horizon("h", date(2026, 1, 2), date(2025, 9, 1)),
         "De dienst stopt na 2026-01-02, tenzij er opnieuw besloten wordt."),
    ],
)  # fmt: skip
def test_a_sentence_changes_with_its_parameters(safeguard: Safeguard, sentence: str) -> None:
    assert safeguard.sentence.nl == sentence


@pytest.mark.parametrize(
    ("safeguard", "facts", "words"),
    [
        (HUMAN, DecisionCount(31, 0), "0 van 31 besluiten door de computer"),
        (MINIMAL, AttributeUse(5, frozenset()), "0 keer iets anders gevraagd"),
        (OPT_OUT, OptOutCount(12, 0), "12 afmeldingen, 12 overgeslagen"),
        (OPT_OUT, OptOutCount(1, 0), "minder dan 10 afmeldingen, alle overgeslagen"),
        (PAPER, PaperCount(41, 41), "41 van 41 binnen 2 dagen"),
        (SAMPLE, SampleCount(103, 5, 5, 0, 0), "5 van 5 klaar, 0 fouten. Te weinig om zeker te zijn."),
    ],
)
def test_a_finding_says_what_was_counted(safeguard: Safeguard, facts: Facts, words: str) -> None:
    assert finding_of(safeguard, facts, due_on=None, on=DAY).words.nl == words


def test_a_human_decision_needs_the_role_and_reasons_of_their_own() -> None:
    reasons = "Ik sprak mevrouw en las haar brief."

    assert HUMAN.allows("toekenning", by_role=None, reasons="")
    assert HUMAN.allows("afwijzing", by_role="beslisser", reasons=reasons)
    assert not HUMAN.allows("afwijzing", by_role=None, reasons=reasons)
    assert not HUMAN.allows("open_norm", by_role="loket", reasons=reasons)
    assert not HUMAN.allows("afwijzing", by_role="beslisser", reasons="   te kort       ")


def test_a_message_without_an_element_of_explanation_is_held() -> None:
    assert EXPLAINED.missing(frozenset({"bedrag", "bezwaar"})) == ("wet",)
    assert EXPLAINED.missing(frozenset({"bedrag", "wet", "bezwaar", "meer"})) == ()


def test_a_sample_is_the_same_every_time_and_about_as_large_as_promised() -> None:
    secret = b"0123456789abcdef"
    drawn = {case for case in map(str, range(20_000)) if SAMPLE.draws(case, secret)}

    assert drawn == {case for case in map(str, range(20_000)) if SAMPLE.draws(case, secret)}
    assert drawn != {case for case in map(str, range(20_000)) if SAMPLE.draws(case, b"another secret")}
    assert 877 <= len(drawn) <= 1123  # 1,000 expected, four standard deviations


@given(st.text(max_size=40), st.binary(min_size=8, max_size=32))
def test_a_full_sample_draws_every_case(case: str, secret: bytes) -> None:
    assert RandomSample("alles", 100, 1, 7, False).draws(case, secret)


def test_no_measurement_is_no_failure_until_it_is_due() -> None:
    start = date(2025, 4, 28)

    assert due_day(None, None) is None
    assert due_day(start, None) == date(2025, 5, 5)
    assert due_day(start, date(2025, 5, 5)) == date(2025, 5, 12)
    assert finding_of(OPT_OUT, None, due_on=None, on=DAY).verdict is T
    assert finding_of(OPT_OUT, None, due_on=DAY, on=DAY).verdict is T
    assert finding_of(OPT_OUT, None, due_on=DAY - timedelta(days=1), on=DAY).verdict is F


def test_an_automatic_stop_names_every_failure() -> None:
    failed = [(guard, finding_of(guard, facts, due_on=None, on=DAY)) for guard, facts in
              ((OPT_OUT, OptOutCount(12, 2)), (PAPER, PaperCount(3, 1)))]  # fmt: skip

    reason = reason_to_stop(failed)

    assert reason is not None
    assert reason.nl == (
        "Wie niet wil, wordt niet gezocht: 12 afmeldingen, 10 overgeslagen; "
        "Post op papier, tenzij u anders koos: 1 van 3 binnen 2 dagen"
    )
    assert reason_to_stop([]) is None
