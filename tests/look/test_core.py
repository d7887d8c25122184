"""Amounts, dates and words as people and machines read them: exact values."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.kernel.money import cents
from waardig.look import core


def test_an_amount_has_a_no_break_space_in_dutch_and_a_value_for_machines() -> None:
    assert (
        core.money_html(127818, "nl") == '<data class="w-money" translate="no" value="1278.18">€\u00a01.278,18</data>'
    )
    assert core.money_html(15000, "nl") == '<data class="w-money" translate="no" value="150.00">€\u00a0150</data>'
    assert core.money_html(127818, "en") == '<data class="w-money" translate="no" value="1278.18">€1,278.18</data>'
    assert 'value="-0.05"' in core.money_html(-5, "nl")


@given(st.integers(min_value=0, max_value=10**11), st.sampled_from(["nl", "en"]))
def test_value_and_words_of_an_amount_are_the_same_money(amount: int, language: str) -> None:
    found = re.search(r'value="(\d+)\.(\d\d)">([^<]+)<', core.money_html(amount, language))

    assert found is not None
    assert int(found[1]) * 100 + int(found[2]) == amount
    words = found[3] if language == "nl" else found[3].replace(",", "").replace("€", "")
    assert cents(words) == amount


def test_a_date_has_its_weekday_where_you_act_and_not_in_lists() -> None:
    day = date(2025, 5, 23)

    assert (
        core.date_html(day, "nl", weekday=True)
        == '<time datetime="2025-05-23" translate="no">vrijdag 23\u00a0mei 2025</time>'
    )
    assert core.date_html(day, "nl") == '<time datetime="2025-05-23" translate="no">23\u00a0mei 2025</time>'
    assert core.date_html(day, "en", year=False) == '<time datetime="2025-05-23" translate="no">23\u00a0May</time>'


def test_a_moment_is_told_in_dutch_time() -> None:
    summer = datetime(2025, 4, 28, 0, 10, tzinfo=UTC)

    assert (
        core.moment_html(summer, "nl")
        == '<time datetime="2025-04-28T02:10+02:00" translate="no">maandag 28 april, 02.10 uur</time>'
    )
    assert ">Monday 28 April, 02:10<" in core.moment_html(summer, "en")


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        core.moment_html(datetime(2025, 4, 28, 0, 10), "nl")


def test_words_keep_amounts_together_and_dates_readable_for_machines() -> None:
    html = core.prose_html("De grens is € 1.406,00 op 1 mei 2025.", "nl")

    assert html == (
        'De grens is <data class="w-money" translate="no" value="1406.00">€\u00a01.406,00</data> op '
        '<time datetime="2025-05-01" translate="no">1\u00a0mei 2025</time>.'
    )
    assert 'value="1406.50">€1,406.50<' in core.prose_html("The limit is €1,406.50.", "en")


def test_a_date_that_does_not_exist_stays_text() -> None:
    assert core.prose_html("Op 31 februari 2025.", "nl") == "Op 31 februari 2025."


def test_words_from_outside_are_escaped() -> None:
    assert (
        core.prose_html("<script>x</script> & **<b>**", "nl")
        == "&lt;script&gt;x&lt;/script&gt; &amp; <strong>&lt;b&gt;</strong>"
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elders.example/", "data:text/html,x", "http://onveilig.example/"]
)
def test_a_link_to_an_unsafe_address_stays_text(address: str) -> None:
    assert core.prose_html(f"[hier]({address})", "nl").startswith("hier")
    assert "<a" not in core.prose_html(f"[hier]({address})", "nl")


@given(st.text())
def test_no_text_makes_mark_up_of_its_own(text: str) -> None:
    tags = set(re.findall(r"<[^>]*>", core.prose_html(text, "nl")))

    assert all(re.match(r'</?(strong|a|data|time)( [a-z]+="[^"<>]*")*>$', tag) for tag in tags)


def test_a_phone_number_becomes_an_address_with_country_code() -> None:
    assert core.phone_address("088 000 01 20") == "tel:+31880000120"
    assert core.phone_address("+31 88 000 01 20") == "tel:+31880000120"
