"""`law check --watch`: runs again when a file changes, shows only what changed, and stops cleanly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from waardig.law.cli import law
from waardig.law.cli.check import watch

TEXT = """$id: w
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2020-01-01'
bwb_id: BWBR0000001
url: https://example.org/w
articles:
  - number: '1'
    text: Tekst
    url: https://example.org/w/1
    machine_readable:
      execution:
        output: [{name: x, type: number}]
        actions: [{output: x, value: $fout}]
"""


def steps(*doings: Callable[[], object]) -> Callable[[], None]:
    """A pause in which one thing happens each time; after the last one Ctrl-C."""
    left: Iterator[Callable[[], object]] = iter(doings)

    def pause() -> None:
        doing = next(left, None)
        if doing is None:
            raise KeyboardInterrupt
        doing()

    return pause


def test_only_what_changed_is_shown_and_ctrl_c_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(TEXT, "utf-8")

    watch(
        [tmp_path],
        None,
        pause=steps(
            lambda: None,
            lambda: path.write_text("# een regel erbij\n" + TEXT, "utf-8"),
            lambda: path.write_text(TEXT.replace("$fout", "'tekst die er niet hoort'"), "utf-8"),
            lambda: path.write_text(TEXT.replace("$fout", "1"), "utf-8"),
            lambda: path.write_text("[\n", "utf-8"),
            path.unlink,
        ),
    )

    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("    ")]
    assert [line.replace(f"{path}", "w") for line in lines] == [
        "w:14: variable '$fout' not found",
        "1 findings. Watching 1 files; Ctrl-C stops.",
        "Nothing changed in what is found.",
        "1 findings. Watching 1 files; Ctrl-C stops.",
        "solved: w:15: variable '$fout' not found",
        "new: w:14: 'x' is declared number but its value is a text",
        "1 findings. Watching 1 files; Ctrl-C stops.",
        "solved: w:14: 'x' is declared number but its value is a text",
        "0 findings. Watching 1 files; Ctrl-C stops.",
        "new: w:2: not valid YAML: did not find expected node content",
        "1 findings. Watching 1 files; Ctrl-C stops.",
        "solved: w:2: not valid YAML: did not find expected node content",
        "0 findings. Watching 0 files; Ctrl-C stops.",
        "Stopped.",
    ]


def test_the_status_file_and_the_statute_are_watched_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, status, statute = tmp_path / "w.yaml", tmp_path / "w.status.yaml", tmp_path / "wet.md"
    path.write_text(TEXT.replace("$fout", "1"), "utf-8")
    statute.write_text("### Artikel 1\n\nTekst\n", "utf-8")

    watch(
        [path],
        statute,
        pause=steps(
            lambda: status.write_text("text_status: gokje\n", "utf-8"),
            lambda: status.write_text("text_status: published\n", "utf-8"),
            lambda: statute.write_text("### Artikel 1\n\nAndere tekst\n", "utf-8"),
            statute.unlink,
        ),
    )

    shown = capsys.readouterr().out
    assert "0 findings. Watching 2 files" in shown
    assert f"new: {status}:1: 'text_status' is 'gokje'" in shown
    assert f"solved: {status}:1: 'text_status' is 'gokje'" in shown
    assert f"new: {path}:9: article 1: paraphrase: other words in 1 place" in shown
    assert f"new: {statute}:1: there is no such statute text" in shown


def test_watching_prints_no_json(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(TEXT, "utf-8")

    done = CliRunner().invoke(law, ["check", str(tmp_path), "--watch", "--json"])

    assert (done.exit_code, "leave --json out" in done.output) == (2, True)
