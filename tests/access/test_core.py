"""The words of refusals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import waardig
from waardig.access.core import TEXTS, reason_of

_SQL = [p for room in ("access", "registers") for p in (Path(waardig.__file__).parent / room / "sql").glob("*.sql")]


def test_every_reason_the_database_gives_has_words_and_no_words_are_left_over() -> None:
    given = {code for path in _SQL for code in re.findall(r"gate\.reason\('(\w+)'", path.read_text(encoding="utf-8"))}

    assert given == set(TEXTS)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_the_words_use_only_facts_that_the_database_sends(code: str) -> None:
    sql = " ".join(path.read_text(encoding="utf-8") for path in _SQL)
    for text in TEXTS[code]:
        for name in re.findall(r"\{(\w+)\}", text):
            assert re.search(rf"'{name}'", sql), name


def test_a_reason_names_attributes_and_never_persons() -> None:
    reason = reason_of("attributes_surplus", {"activity": "a.b", "attributes": ["x.y", "z.w"], "persons": ["secret"]})

    assert reason.text_en == "More was asked than a.b holds: x.y, z.w."
    assert "secret" not in reason.text_nl + reason.text_en


def test_a_code_without_words_is_still_a_refusal_that_can_be_shown() -> None:
    assert reason_of("nieuw", {}).text_en == "Access is refused (nieuw)."
