"""`law simulate`: exact cents, who gains and loses, no small group to be found, one scan, a report to cite."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.simulating import LAW, call, laws, part, people, report, table_of
from waardig.law import queries
from waardig.law.adapters import again, duckdb, variants
from waardig.law.adapters.folder import FolderTaken
from waardig.law.core.changing import Change, ChangeRefused, applied, sweep_of
from waardig.law.terms import NotCompilable, PopulationInvalid

LIMIT = "bijdrage:GRENS=1200 euro"
AMOUNT = "bijdrage:BEDRAG=1001"


@pytest.fixture(autouse=True)
def _without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waardig.law.cli.options.content_roots", list)


def test_a_hand_computed_change_is_right_to_the_cent(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((30, 50000), (20, 110000), (40, 130000)))

    total = part(report(tmp_path, persons, "--set", LIMIT, "--set", AMOUNT))["total"]

    assert total == {
        "number": 90,
        "counts": {"none": 40, "more": 30, "gained": 20},
        "entitled_before": 30,
        "entitled_after": 50,
        "changed": 50,
        "before": 30 * 1000,
        "after": 50 * 1001,
        "difference": 30 * 1 + 20 * 1001,
        "mean": 401,
        "median": 1,
    }


def test_the_other_way_round_people_lose_and_the_mean_is_rounded_away_from_zero(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((13, 50000), (10, 90000), (40, 130000)))

    total = part(report(tmp_path, persons, "--set", "bijdrage:GRENS=800 euro", "--set", "bijdrage:BEDRAG=990"))["total"]

    assert total["counts"] == {"none": 40, "less": 13, "lost": 10}
    assert (total["before"], total["after"], total["difference"]) == (23000, 12870, -10130)
    assert (total["mean"], total["median"]) == (-440, -10)


def test_a_figure_in_another_unit_keeps_its_decimals(tmp_path: Path) -> None:
    share = LAW.replace("name: bedrag, type: amount, type_spec: {unit: eurocent}", "name: bedrag, type: number")
    share = share.replace(
        "BEDRAG: {value: 1000, type: amount, type_spec: {unit: eurocent}}", "BEDRAG: {value: 0.5, type: number}"
    )
    laws(tmp_path, share)
    persons = table_of(tmp_path, people((20, 50000), (10, 110000), (40, 130000)))

    total = part(report(tmp_path, persons, "--set", LIMIT, "--set", "bijdrage:BEDRAG=0.75"))["total"]

    assert (total["before"], total["after"], total["difference"]) == (10, "22.5", "12.5")
    assert (total["mean"], total["median"]) == ("0.4167", "0.25")


def test_what_is_not_known_is_counted_apart_and_in_no_amount(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = people((30, 50000), (20, 110000), (40, 130000))
    path = table_of(tmp_path, persons)
    lines = path.read_text().splitlines()
    told = [f"{line},{'unknown' if n < 12 else 'ok'}" for n, line in enumerate(lines[1:])]
    path.write_text("\n".join([f"{lines[0]},inkomen__reason", *told]) + "\n", "utf-8")

    total = part(report(tmp_path, path, "--set", LIMIT))["total"]

    assert total["counts"] == {"none": 40, "same": 18, "gained": 20, "unknown": 12}
    assert (total["before"], total["after"]) == (18 * 1000, 38 * 1000)


def test_a_yes_or_no_is_counted_without_amounts(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((30, 50000), (20, 110000), (40, 130000)))

    total = part(report(tmp_path, persons, "--set", LIMIT, output="krijgt"))["total"]

    assert total["counts"] == {"none": 40, "same": 30, "gained": 20}
    assert (total["entitled_before"], total["entitled_after"], total["difference"]) == (30, 50, None)


def test_the_law_as_it_is_gives_zero_everywhere(tmp_path: Path) -> None:
    laws(tmp_path)
    chance = random.Random(1)
    persons = people(*((1, chance.randrange(50000, 150000)) for _ in range(400)))

    content = report(tmp_path, table_of(tmp_path, persons), "--set", "bijdrage:GRENS=1000 euro")

    for one in content["results"]:
        for row in [one["total"], *(row for rows in one["tables"].values() for row in rows)]:
            assert set(row["counts"]) <= {"none", "same"}
            assert [row[name] for name in ("changed", "difference", "mean", "median")] == [0, 0, 0, 0]
            assert row["before"] == row["after"]


def test_people_of_one_household_count_as_one_household(tmp_path: Path) -> None:
    laws(tmp_path)
    pairs = [
        (income, "PAAR", "A", 40, number // 2) for number, (income, *_) in enumerate(people((40, 50000), (40, 110000)))
    ]

    content = report(tmp_path, table_of(tmp_path, pairs), "--set", LIMIT)

    assert part(content)["total"]["counts"] == {"same": 40, "gained": 40}
    assert part(content, "households")["total"]["counts"] == {"same": 20, "gained": 20}
    assert part(content, "households")["total"]["difference"] == part(content)["total"]["difference"] == 40000


def test_one_who_gains_in_a_household_that_has_it_already_gives_that_household_more(tmp_path: Path) -> None:
    laws(tmp_path)
    pairs = [(50000 if n % 2 else 110000, "PAAR", "A", 40, n // 2) for n in range(40)]

    content = report(tmp_path, table_of(tmp_path, pairs), "--set", LIMIT)

    assert part(content)["total"]["counts"] == {"same": 20, "gained": 20}
    assert part(content, "households")["total"]["counts"] == {"more": 20}


def test_deciles_hold_equal_incomes_together_whatever_the_order(tmp_path: Path) -> None:
    laws(tmp_path)
    incomes = [0] * 25 + [100 * n for n in range(1, 76)]
    random.Random(3).shuffle(incomes)
    persons = people(*((1, income) for income in incomes for _ in range(12)))

    rows = part(report(tmp_path, table_of(tmp_path, persons), "--set", LIMIT))["tables"]["income"]

    sizes = Counter({group: row["number"] for row in rows for group in row["groups"]})
    assert sizes == {"01": 300, "03": 60, **{f"{n:02d}": 120 for n in range(4, 11)}}


def test_ages_are_counted_on_the_day_and_bands_can_be_chosen(tmp_path: Path) -> None:
    laws(tmp_path)
    path = table_of(tmp_path, people((40, 50000)))
    lines = path.read_text().splitlines()
    born = ["2006-06-01", "2006-06-02", "1957-06-01", ""]
    text = [f"{line},{born[n % 4]}" for n, line in enumerate(lines[1:])]
    path.write_text("\n".join([f"{lines[0]},geboren", *text]) + "\n", "utf-8")

    content = report(tmp_path, path, "--set", LIMIT, "--by", "age=geboren", "--age-bands", "0,18,67")

    found = {row["groups"][0]: row["number"] for row in part(content)["tables"]["age"]}
    assert found == {"00-17": 10, "18-66": 10, "67+": 10, "?": 10}


def test_small_neighbourhoods_stand_together_and_no_figure_is_about_fewer_than_ten(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = [
        *people((30, 50000), (20, 110000), (40, 130000), place="A"),
        *people((30, 50000), (6, 110000), (40, 130000), place="B"),
        *people((30, 50000), (5, 110000), (40, 130000), place="C"),
    ]

    content = part(report(tmp_path, table_of(tmp_path, persons), "--set", LIMIT))

    rows = content["tables"]["neighbourhood"]
    assert [(row["groups"], row["counts"]["gained"]) for row in rows] == [(["A"], 20), (["B", "C"], 11)]
    assert sum(row["difference"] for row in rows) == content["total"]["difference"] == 31000


def test_amounts_about_too_few_people_are_left_out_with_what_would_give_them_away(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((30, 50000), (9, 110000), (40, 130000)))

    total = part(report(tmp_path, persons, "--set", LIMIT))["total"]

    assert total["counts"] == {"same": 30, "none+gained": 49} or total["counts"] == {"none": 40, "same+gained": 39}
    assert [total[name] for name in ("before", "after", "difference", "mean", "median", "changed")] == [None] * 6


def test_fewer_than_ten_people_give_no_report_of_them(tmp_path: Path) -> None:
    laws(tmp_path)
    done = call(tmp_path, table_of(tmp_path, people((9, 110000))), "--set", LIMIT, "--language", "en")

    assert done.exit_code == 0
    assert "In every form a figure would be about fewer than ten." in done.output


ROWS = st.lists(
    st.tuples(
        st.sampled_from([0, 79999, 80000, 99999, 100000, 119999, 120000, None]),
        st.sampled_from(["PAAR", "ALLEENSTAAND"]),
        st.sampled_from("ABC"),
        st.integers(0, 90),
        st.integers(0, 30),
    ),
    min_size=10,
    max_size=120,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.randoms(use_true_random=False), st.sampled_from(["800", "1000", "1200"]), st.sampled_from(["5", "10"]))
def test_neither_the_order_of_rows_nor_the_batch_nor_the_executor_changes_a_figure(
    tmp_path: Path, rows: list[Any], chance: random.Random, limit: str, amount: str
) -> None:
    laws(tmp_path)
    change = ["--set", f"bijdrage:GRENS={limit} euro", "--set", f"bijdrage:BEDRAG={amount} euro"]
    mixed = chance.sample(rows, len(rows))

    first = report(tmp_path, table_of(tmp_path, rows), *change)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(variants, "compiled_together", _refusing)
        patch.setattr(duckdb, "CHUNK", 7)
        second = report(tmp_path, table_of(tmp_path, mixed, "gemengd.csv"), *change)

    assert (first["engine"]["fallback"], second["engine"]["name"]) == ("", "python")
    assert first["results"] == second["results"]
    for one in first["results"]:
        for table in one["tables"].values():
            told = [row for row in table if row["number"] is not None]
            assert not table or sum(row["number"] for row in told) == one["total"]["number"]
            if table and all(row["difference"] is not None for row in table):
                assert sum(row["difference"] for row in table) == one["total"]["difference"]


def _refusing(*_: object) -> None:
    raise NotCompilable("bijdrage", "1", "the test says so")


def test_a_sweep_is_one_execution_and_equals_a_run_for_each_value(tmp_path: Path) -> None:
    book = queries.law_book([], foreign=[laws(tmp_path)])
    chance = random.Random(5)
    path = table_of(tmp_path, people(*((1, chance.randrange(70000, 130000)) for _ in range(300))))
    sweep = sweep_of("bijdrage:GRENS=800:1200:25 euro")
    on = date(2024, 6, 1)
    books = [book, *(applied(book, change, on)[0] for change in sweep)]
    programs = [queries.program_for(one, "bijdrage", ("bedrag",), on=on, parameters={}, mode="report") for one in books]
    people_ = variants.people_of(path, {}, on, (0, 65))
    executed: list[str] = []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(variants, "execute", _counted(executed))
        outcomes = variants.outcomes_of(people_, programs, {})

    assert (len(programs), len(executed), outcomes.engine) == (18, 1, "duckdb")
    for n, one in enumerate(books):
        alone = queries.evaluate_many(one, "bijdrage", ["bedrag"], on=on, columns=path)
        query = f'SELECT "{n} bedrag", "{n} bedrag__reason" FROM outcomes ORDER BY "waardig row"'  # noqa: S608
        rows = outcomes.connection.execute(query).fetchall()
        assert [row[0] for row in rows] == list(alone.columns["bedrag"])
        assert [row[1] for row in rows] == list(alone.reasons["bedrag"])


def _counted(executed: list[str]) -> Any:
    really = variants.execute

    def execute(found: variants.People, query: str) -> None:
        executed.append(query)
        really(found, query)

    return execute


def test_a_sweep_tells_what_each_value_does_and_hides_steps_about_few_people(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((30, 50000), (15, 105000), (4, 115000), (20, 125000), (40, 150000)))

    points = report(tmp_path, persons, "--sweep", "bijdrage:GRENS=1000,1100,1200,1300 euro")["sweep"]["points"]

    assert [point["value"] for point in points] == ["1000 euro", "1100 euro", "1200 euro", "1300 euro"]
    assert [point["people"]["difference"] for point in points] == [0, 15000, None, 39000]
    assert [point["people"]["counts"].get("gained", 0) for point in points] == [0, 15, 0, 39]
    assert points[2]["people"]["counts"] == {}


def test_whole_law_files_change_too(tmp_path: Path) -> None:
    laws(tmp_path)
    new = tmp_path / "nieuw"
    new.mkdir()
    (new / "bijdrage.yaml").write_text(LAW.replace("value: 100000", "value: 120000"), "utf-8")
    persons = table_of(tmp_path, people((30, 50000), (20, 110000), (40, 130000)))

    replaced = report(tmp_path, persons, "--replace", f"{tmp_path / 'laws/bijdrage.yaml'}={new / 'bijdrage.yaml'}")
    folder = report(tmp_path, persons, "--laws-new", new)
    figure = report(tmp_path, persons, "--set", LIMIT)

    assert replaced["results"] == folder["results"] == figure["results"]
    assert part(folder)["total"]["difference"] == 20000


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("bijdrage:GRENZ=1", "'bijdrage' has no definition 'GRENZ'. It has: GRENS, BEDRAG."),
        ("bijdrage#2:GRENS=1", "article 2 of 'bijdrage' has no definition 'GRENS'"),
        ("anders:GRENS=1", "Law 'anders' not found"),
        ("bijdrage:GRENS=10 procent", "'GRENS' is in eurocent, not in procent. Give a number in eurocent or euro."),
        ("bijdrage:GRENS=10%", "'GRENS' is in eurocent, not in %"),
        ("bijdrage:GRENS=veel", "'GRENS' is a number"),
        ("bijdrage:GRENS=0.5", "eurocent are whole. It is 100000 eurocent now."),
        ("bijdrage:GRENS=10,005 euro", "eurocent are whole"),
        ("bijdrage:GRENS=-1", "'GRENS' cannot be below zero"),
        ("bijdrage:GRENS=99999999999999999999", "more digits than can be computed with"),
        ("bijdrage", "it does not say which figure of which law gets which value"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_what_can(tmp_path: Path, change: str, why: str) -> None:
    laws(tmp_path)
    persons = table_of(tmp_path, people((30, 50000)))

    done = call(tmp_path, persons, "--set", change, "--out", tmp_path / "verslag")

    assert done.exit_code == 1 and why in str(done.exception)
    assert not (tmp_path / "verslag").exists()


def test_limits_in_the_file_and_figures_that_do_not_matter_are_refused(tmp_path: Path) -> None:
    text = LAW.replace(
        "type_spec: {unit: eurocent}}\n        BEDRAG", "type_spec: {unit: eurocent, max: 150000}}\n        BEDRAG"
    )
    laws(tmp_path, text.replace("      execution:", "        LOS: 3\n      execution:", 1))
    persons = table_of(tmp_path, people((30, 50000)))

    high = call(tmp_path, persons, "--set", "bijdrage:GRENS=1501 euro")
    unused = call(tmp_path, persons, "--set", "bijdrage:LOS=4")
    twice = call(tmp_path, persons, "--set", LIMIT, "--sweep", "bijdrage:GRENS=1:3:1")

    assert "'GRENS' is at most 150000 eurocent" in str(high.exception)
    assert "'bedrag' does not use it. It uses: bijdrage:BEDRAG, bijdrage:GRENS." in str(unused.exception)
    assert "'GRENS' is changed twice" in str(twice.exception)


def test_a_name_in_two_articles_asks_for_the_article(tmp_path: Path) -> None:
    second = (
        LAW[LAW.index("  - number: '1'") :].replace("number: '1'", "number: '2'").replace("name: bedrag", "name: ander")
    )
    second = (
        second.replace("output: bedrag", "output: ander")
        .replace("name: krijgt", "name: wel")
        .replace("output: krijgt", "output: wel")
    )
    book = queries.law_book([], foreign=[laws(tmp_path, LAW + second.replace("$krijgt", "$wel"))])

    told = r"articles 1, 2 each define 'GRENS'.*Name the article: bijdrage#1:GRENS=5"
    with pytest.raises(ChangeRefused, match=told) as two:
        applied(book, Change("bijdrage", None, "GRENS", "5"), date(2024, 6, 1))
    assert "de artikelen 1, 2 hebben elk 'GRENS'" in two.value.text_nl
    _, changed = applied(book, Change("bijdrage", "2", "GRENS", "5"), date(2024, 6, 1))

    assert (changed.article, changed.old, changed.new) == ("2", 100000, 5)


@pytest.mark.parametrize("text", ["w:X=5:1:1", "w:X=1:2:0", "w:X=1", "w:X=1,1", "w:X=1:1000:1", "w:X=a,b"])
def test_a_sweep_without_two_to_fifty_different_values_is_refused(text: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        sweep_of(text)
    assert refused.value.text_nl.startswith(f"'{text}' kan niet: dit zijn ")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--by", "age=niets"], "there is no column 'niets'"),
        (["--by", "kleur=wijk"], "there is no division 'kleur'"),
        (["--by", "income=wijk"], "column 'wijk' holds VARCHAR values"),
        (["--by", "neighbourhood=huishouden"], "tells 300 groups apart"),
        (["--age-bands", "65,18"], "are no age bands"),
    ],
)
def test_a_division_that_cannot_be_made_is_refused(tmp_path: Path, options: list[str], why: str) -> None:
    laws(tmp_path)
    done = call(tmp_path, table_of(tmp_path, people((300, 50000))), "--set", LIMIT, *options)

    assert isinstance(done.exception, PopulationInvalid) and why in str(done.exception)


def test_the_report_says_what_it_rests_on_and_is_the_same_to_the_byte(tmp_path: Path) -> None:
    laws(tmp_path)
    path = table_of(tmp_path, people((30, 50000), (20, 110000), (40, 130000)))
    outs = [tmp_path / name for name in ("een", "twee")]

    for out in outs:
        assert call(tmp_path, path, "--set", LIMIT, "--out", out).exit_code == 0
    assert call(tmp_path, path, "--set", LIMIT, "--out", outs[0]).exit_code == 0

    files = [{f.relative_to(out): f.read_bytes() for f in out.rglob("*") if f.is_file()} for out in outs]
    assert files[0] == files[1]
    content = json.loads((outs[0] / "report.json").read_bytes())
    assert content["population"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert content["rule_set_before"]["hash"] != content["rule_set_after"]["hash"]
    assert content["command"] == (
        "waardig law simulate bijdrage bedrag --on 2024-06-01 --population personen.csv "
        "--set 'bijdrage:GRENS=1200 euro' --laws laws"
    )
    assert content["amounts"][1] == {
        "law": "bijdrage",
        "article": "1",
        "name": "GRENS",
        "before": {"value": "100000 eurocent", "status": "unverified", "source": ""},
        "after": {"value": "120000 eurocent", "status": "unverified", "source": "changed for this simulation"},
    }
    assert content["engine"]["checked"]["sample"] == 90
    assert not list(tmp_path.glob(".*.part"))


def test_the_page_tells_every_figure_in_a_table_and_its_chart_has_title_and_description(tmp_path: Path) -> None:
    laws(tmp_path)
    persons = [*people((30, 50000), (20, 110000), place="A<1>"), *people((30, 50000), (10, 110000), place="B")]
    out = tmp_path / "verslag"
    assert call(tmp_path, table_of(tmp_path, persons), "--set", LIMIT, "--out", out, "--language", "en").exit_code == 0

    page = (out / "report.html").read_text()
    chart = (out / "charts/people-neighbourhood.svg").read_text()

    assert (out / "tables/people-neighbourhood.csv").read_text().splitlines() == [
        "neighbourhood,number,before,after,difference,mean,median,same,gained,entitled_before,entitled_after,changed",
        "A<1>,50,30000,50000,20000,1000,1000,30,20,30,50,20",
        "B,40,30000,40000,10000,1000,1000,30,10,30,40,10",
    ]
    assert '<html lang="en">' in page and page.count("<h1>") == 1 and "<script" not in page and "A<1>" not in page
    assert '<th scope="row">A&lt;1&gt;</th><td>50</td><td>€300</td><td>€500</td><td>+€200</td>' in page
    assert "<td>+€200</td>" in page and "unverified (changed for this simulation)" in page
    assert '<desc id="people-neighbourhood-desc">A&lt;1&gt;: +€200; B: +€100.</desc>' in chart
    assert 'role="img" aria-labelledby="people-neighbourhood-title people-neighbourhood-desc"' in chart
    assert chart.strip() in page


def test_the_dutch_report_says_the_same_in_dutch(tmp_path: Path) -> None:
    laws(tmp_path)
    out = tmp_path / "verslag"
    done = call(tmp_path, table_of(tmp_path, people((30, 50000), (20, 110000))), "--set", LIMIT, "--out", out)

    page = (out / "report.html").read_text()
    assert "Personen: iedereen" in done.stdout and "krijgt er recht bij" in done.stdout
    assert '<html lang="nl">' in page and "+€\u00a0200" in page and "niet nagekeken" in page


def test_another_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    laws(tmp_path)
    out = tmp_path / "verslag"
    out.mkdir()
    (out / "eigen.txt").write_text("van mij")

    done = call(tmp_path, table_of(tmp_path, people((30, 50000))), "--set", LIMIT, "--out", out)

    assert isinstance(done.exception, FolderTaken)
    assert [file.name for file in out.iterdir()] == ["eigen.txt"]


def test_who_is_killed_halfway_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from waardig.law.adapters import folder\n"
        "seen = []\n"
        "def sync(_): seen.append(1); len(seen) == 2 and os.kill(os.getpid(), 9)\n"
        "folder.os.fsync = sync\n"
        "folder.write_folder(pathlib.Path(sys.argv[1]), {'a': '1', 'b': '2', 'c/d': '3'})\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "verslag")], check=False)

    assert done.returncode == -9
    assert not (tmp_path / "verslag").exists() and len(list(tmp_path.glob(".verslag.*.part"))) == 1


def test_one_row_that_the_interpreter_computes_otherwise_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laws(tmp_path)
    really = variants.execute

    def wrong(found: variants.People, query: str) -> None:
        really(found, query)
        found.population.connection.execute('UPDATE outcomes SET "1 bedrag" = 7 WHERE "waardig row" = 3')

    monkeypatch.setattr(variants, "execute", wrong)

    done = call(tmp_path, table_of(tmp_path, people((30, 50000))), "--set", LIMIT, "--out", tmp_path / "verslag")

    assert isinstance(done.exception, again.ResultDiffers) and "Row 3, variant 1" in str(done.exception)
    assert not (tmp_path / "verslag").exists()


def test_an_edge_is_always_asked_again_however_many_people_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laws(tmp_path)
    really = variants.execute

    def wrong(found: variants.People, query: str) -> None:
        really(found, query)
        found.population.connection.execute('UPDATE outcomes SET "1 bedrag" = 0 WHERE "waardig row" = 2500')

    monkeypatch.setattr(variants, "execute", wrong)
    persons = [*people((2500, 50000)), *people((1, 119999)), *people((2500, 50001))]

    done = call(tmp_path, table_of(tmp_path, persons), "--set", LIMIT)

    assert isinstance(done.exception, again.ResultDiffers) and "Row 2500" in str(done.exception)


def test_nothing_to_change_is_called_wrongly(tmp_path: Path) -> None:
    laws(tmp_path)
    done = call(tmp_path, table_of(tmp_path, people((30, 50000))))

    assert done.exit_code == 2 and "say what changes: --set, --sweep, --replace or --laws-new" in done.output
