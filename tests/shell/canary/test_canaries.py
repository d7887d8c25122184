"""A canary is shown only where the log has a line, of that person and that attribute, written for that very answer.

So nothing personal reaches a page, letter, form, export, table, log or message without a purpose, whatever way it took.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recorder import recording
from tests.shell.canary.choosing import WANTED, choose_everywhere
from tests.shell.canary.conftest import Planted, told
from tests.shell.canary.crawling import Seen, weigh
from tests.shell.canary.elsewhere import (
    AT_THE_COUNTER,
    ONCE_A_SESSION,
    ROOT,
    declared_by_views_and_jobs,
    used_elsewhere,
)
from tests.shell.canary.planting import Canaries, readable_text
from waardig.shell import postgres


def test_everything_that_was_shown_was_asked_for_and_logged(planted: Planted) -> None:
    for who, seen in planted.seen.items():
        assert not seen.unlogged, f"{who}\n{told(seen.unlogged)}"
        assert not seen.errors, seen.errors


def test_every_page_and_job_of_the_walk_asked_only_what_it_declared(planted: Planted) -> None:
    assert planted.used.refused == set()
    assert len({name for name, _ in planted.used.seen}) >= 15


def test_what_is_declared_is_used_here_or_by_a_test_that_is_named(planted: Planted) -> None:
    unused = {
        (name, activity)
        for name, wanted in declared_by_views_and_jobs().items()
        for activity, ids in wanted.items()
        if activity not in ONCE_A_SESSION and not ids & planted.used.activities(name)
        if not (name.startswith(AT_THE_COUNTER[0]) and activity == AT_THE_COUNTER[1])
    }
    named = used_elsewhere()

    assert sorted(unused - set(named)) == [], "declared, but nothing asks it: take it away, or name the test that does"
    assert sorted(set(named) - {(n, a) for n, wanted in declared_by_views_and_jobs().items() for a in wanted}) == []
    assert [test for test in named.values() if not (ROOT / test).is_file()] == []


@pytest.mark.parametrize("who", ["resident 0", "resident 4", "beslisser", "anonymous"])
def test_nothing_in_a_request_chooses_the_activity(planted: Planted, who: str) -> None:
    def asked() -> int:
        return planted.log.column("SELECT activity FROM log.detail").count(WANTED)

    before = asked()
    with recording() as used:
        sent = choose_everywhere(planted.clients[who], planted.seen[who])

    assert sent >= 40 and (used.seen or who == "anonymous")
    assert used.refused == set()
    assert WANTED not in {activity for _, activity in used.seen} and asked() == before
    declared = {name: set().union(*wanted.values()) for name, wanted in declared_by_views_and_jobs().items()}
    assert [name for name, activity in used.seen if activity not in declared[name]] == []


def test_no_citizen_service_number_is_in_any_address_or_page(planted: Planted) -> None:
    assert [one for seen in planted.seen.values() for one in seen.numbers] == []


def test_the_walk_came_everywhere_and_saw_much(planted: Planted) -> None:
    """Else the rest proves nothing."""
    residents = [seen for who, seen in planted.seen.items() if who.startswith("resident")]
    assert min(sum(one.pages.values()) for one in residents) >= 20
    assert {"brp.naam", "brp.adres", "uitkeringen.vermogen"} <= set().union(*(one.attributes() for one in residents))
    assert planted.seen["beslisser"].attributes() and planted.seen["counter 0"].attributes()
    assert any(seen.attributes() for who, seen in planted.seen.items() if who.startswith("organisation"))
    assert not planted.seen["anonymous"].shown and not planted.seen["beleid"].shown
    assert sum(planted.seen["anonymous"].pages.values()) >= 40
    (proposed,) = planted.log.column("SELECT count(*) FROM cases_case WHERE reader = 'self'")
    assert int(proposed) >= 10  # not only through administrators
    assert len(planted.canaries.owners) >= 1_000 and len(planted.canaries.attributes()) >= 10


def test_no_table_that_the_application_may_read_holds_any(planted: Planted) -> None:
    looked, found = 0, {}
    for place, text in readable_text(planted.town.addresses.application):
        looked += 1
        if held := planted.canaries.found_in(text) | planted.canaries.numbers_in(text):
            found[place] = sorted(planted.canaries.owners.get(one, ("", one))[1] for one in held)[:5]
    assert looked >= 40 and found == {}


def test_nothing_was_said_in_a_log_of_the_server(planted: Planted, cluster: postgres.Cluster) -> None:
    said = planted.heard.text()
    assert not planted.canaries.found_in(said) | planted.canaries.numbers_in(said)
    written = "\n".join(one.read_text(errors="replace") for one in Path(cluster.folder).rglob("*.log"))
    assert not planted.canaries.found_in(written) | planted.canaries.numbers_in(written)


def test_a_value_without_a_line_is_noticed(planted: Planted) -> None:
    token, owner = next(iter(planted.canaries.owners.items()))
    seen = Seen()

    planted.log.allowed()
    weigh("somebody", "/page/", f"<p>{token.upper()}</p>", {}, seen, planted.canaries, planted.log)

    assert [(one.token, one.owner) for one in seen.unlogged] == [(token, owner)]


@pytest.mark.parametrize("written", ["€&nbsp;71.234,56", "€ 71,234.56", '"amount": 7123456', "7123456 "])
def test_an_amount_is_found_however_it_is_written(written: str) -> None:
    assert Canaries({"7123456": ("p", "a")}).found_in(f"x {written} y") == {"7123456"}


@pytest.mark.parametrize("written", ["1905-03-07", "7 maart 1905", "7 March 1905", "7 mrt 1905", "07-03-1905"])
def test_a_day_is_found_however_it_is_written(written: str) -> None:
    assert Canaries({"1905-03-07": ("p", "a")}).found_in(f"x {written} y") == {"1905-03-07"}


def test_words_account_numbers_and_citizen_service_numbers_are_found() -> None:
    known = Canaries({"qzbcdfg": ("p", "a"), "nl00qzqz0000000012": ("p", "b")}, {"999990019": "p"})

    assert known.found_in("Qzbcdfg woont op NL00 QZQZ 0000 0000 12") == set(known.owners)
    assert known.numbers_in("/zaken/999990019/") == {"999990019"} and not known.numbers_in("9999900190")
