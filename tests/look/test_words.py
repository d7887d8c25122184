"""The words on the screens: every Dutch string has English beside it, none of the words that people stumble over."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "frontend"))
import translations  # noqa: E402

FORBIDDEN = (
    "zo spoedig mogelijk", "tijdig", "binnenkort",  # rule 6: say the date
    "ongeldig", "verplicht veld", "sorry", "oeps", "foutcode",  # rule 12: say what to do
    "product", "klant", "notificatie", "casus", "samenwerken", "burger", "cliënt", "fraude",  # rule 11
    "mis het niet", "let op", "helaas", "conform", "middels", "teneinde", "indien", "reeds",  # rules 8 and 9
)  # fmt: skip
MESSAGES = translations.messages()
TEXTS = sorted({part for key in MESSAGES for part in ([key] if isinstance(key, str) else key)})


def test_every_dutch_string_has_an_english_translation() -> None:
    assert translations.missing() == []


def test_a_translation_keeps_every_variable_of_its_string() -> None:
    known = translations.catalogue()
    for key in MESSAGES:
        entry = known.get(key if isinstance(key, str) else key[0])
        assert entry is not None
        english = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        dutch = (key,) if isinstance(key, str) else key
        assert len(english) == len(dutch), key
        for one, other in zip(english, dutch, strict=True):
            assert set(re.findall(r"%\(\w+\)s", one)) == set(re.findall(r"%\(\w+\)s", other)), key
            assert sorted(re.findall(r"<[^>]+>", one)) == sorted(re.findall(r"<[^>]+>", other)), key


def test_the_catalogue_holds_no_string_that_is_no_longer_used() -> None:
    kept = {
        entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in translations.catalogue() if entry.id
    }

    assert kept == set(MESSAGES)


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_screen_uses_a_word_that_people_stumble_over(word: str) -> None:
    found = [text for text in TEXTS if re.search(rf"\b{word}(?:en|s|e)?\b", text, re.IGNORECASE)]

    assert found == []


def test_no_screen_shouts() -> None:
    assert [text for text in TEXTS if "!" in text] == []
    assert [text for text in TEXTS if re.search(r"\b[A-Z]{5,}\b", text)] == []


def test_no_screen_promises_money_before_a_decision() -> None:
    promising = [text for text in TEXTS if re.search(r"recht op (?:€|%\(amount\)s)", text)]

    assert promising
    assert all("waarschijnlijk" in text for text in promising)


def test_sentences_are_short() -> None:
    plain = (re.sub(r"<[^>]+>", "", text) for text in TEXTS)
    lengths = [
        len(sentence.split()) for text in plain for sentence in re.split(r"(?<=[.?:])\s+", text) if sentence.strip()
    ]

    assert median(lengths) <= 10
    assert sum(length > 20 for length in lengths) / len(lengths) <= 0.01
    assert max(lengths) <= 24


def test_the_reader_of_templates_finds_strings_blocks_and_plurals() -> None:
    source = (
        '{% translate "Geld" as x %}{% blocktranslate with n=a|b count k=c %}{{ n }} taak{% plural %}{{ n }} taken'
        "{% endblocktranslate %}{% blocktranslate trimmed %}\n  50%\n  korting\n{% endblocktranslate %}"
    )

    assert list(translations.template_messages(source)) == ["Geld", ("%(n)s taak", "%(n)s taken"), "50%% korting"]


def test_writing_the_catalogue_again_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = translations.CATALOGUE.read_bytes()
    copy = tmp_path / "django.po"
    copy.write_bytes(before)
    monkeypatch.setattr(translations, "CATALOGUE", copy)

    assert translations.update() == 0
    assert copy.read_bytes() == before
