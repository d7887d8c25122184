"""The cache of read laws: it saves time, and whatever is wrong with it costs time and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.law.builders import LIBRARY
from waardig.law import queries
from waardig.law.adapters import library_cache
from waardig.law.core.source import read_yaml
from waardig.law.core.stored import restored, stored
from waardig.law.terms import LawsInvalid

TEXT = """$id: {name}
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
        {more}
        output: [{{name: {output}, type: number}}]
        actions: [{{output: {output}, value: {value}}}]
"""


@pytest.fixture(autouse=True)
def _nothing_in_memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is what is tested here: what a process read before, it does not remember."""
    if "in_memory" not in request.fixturenames:
        monkeypatch.setattr(queries, "_remember", lambda *_: None)


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Except where that is what is tested."""
    monkeypatch.setattr(queries, "_sound", {})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test."""
    monkeypatch.setenv("WAARDIG_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "cache"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content root with two laws; the second one has a fraction and a status file."""
    (tmp_path / "content/laws").mkdir(parents=True)
    write(tmp_path / "content", "een", "1")
    write(tmp_path / "content", "twee", "0.125")
    (tmp_path / "content/laws/twee.status.yaml").write_text("text_status: published\n", "utf-8")
    return tmp_path / "content"


def write(root: Path, name: str, value: str, output: str = "x", more: str = "parameters: []") -> None:
    text = TEXT.format(name=name, value=value, output=output, more=more)
    (root / f"laws/{name}.yaml").write_text(text, "utf-8")


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on reading or checking a law is an error."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read or checked although nothing changed")

    monkeypatch.setattr(library_cache, "load", refuse)
    monkeypatch.setattr(queries, "book_problems", refuse)


def test_every_law_of_the_library_comes_back_exactly_as_it_was() -> None:
    for law in queries.law_book([LIBRARY]).laws:
        again = restored(json.loads(json.dumps(stored(law))))
        assert again == law
        assert repr(again) == repr(law)  # what equality does not compare too: legal bases, order of names


def test_what_has_no_stored_form_is_refused_and_never_changed() -> None:
    for odd in (1.5, {1: "a"}, b"x", object()):
        with pytest.raises(TypeError):
            stored((odd,))


def test_a_second_start_reads_and_checks_nothing(data: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = queries.law_book([root])
    no_reading(monkeypatch)
    assert repr(queries.law_book([root]).laws) == repr(first.laws)
    assert [path.name for path in data.iterdir()] == [library_cache.file_of([root]).name]


def test_an_error_in_a_changed_file_is_found_at_the_next_start(data: Path, root: Path) -> None:
    queries.law_book([root])
    kept = library_cache.file_of([root]).read_bytes()
    write(root, "een", "$onbekend")
    for _ in range(2):
        with pytest.raises(LawsInvalid) as refused:
            queries.law_book([root])
        assert "onbekend" in str(refused.value)
    assert library_cache.file_of([root]).read_bytes() == kept


def test_a_file_that_went_away_makes_that_all_are_joined_again(data: Path, root: Path) -> None:
    write(root, "drie", "$x", "y", "input: [{name: x, type: number, source: {regulation: een, output: x}}]")
    queries.law_book([root])
    (root / "laws/een.yaml").unlink()
    with pytest.raises(LawsInvalid, match="een"):
        queries.law_book([root])


def test_one_changed_file_is_read_and_the_other_is_not(data: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queries.law_book([root])
    write(root, "een", "7")
    read: list[str] = []
    real = library_cache.load
    monkeypatch.setattr(library_cache, "load", lambda file, **more: (read.append(file.file), real(file, **more))[1])
    book = queries.law_book([root])
    assert read == [str(root / "laws/een.yaml")]
    assert book.ids() == ("een", "twee")


def test_a_changed_status_file_is_seen(data: Path, root: Path) -> None:
    queries.law_book([root])
    (root / "laws/twee.status.yaml").write_text("text_status: derived\n", "utf-8")
    statuses = {law.id: str(law.status.text) for law in queries.law_book([root]).laws}
    assert statuses == {"een": "unverified", "twee": "derived"}


def test_another_engine_reads_everything_again(data: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queries.law_book([root])
    read: list[str] = []
    real = library_cache.load
    monkeypatch.setattr(library_cache, "load", lambda file, **more: (read.append(file.file), real(file, **more))[1])
    monkeypatch.setattr(library_cache, "engine_print", lambda: "another")
    queries.law_book([root])
    assert len(read) == 2


def _signed(content: object) -> bytes:
    text = json.dumps(content).encode()
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def test_a_damaged_cache_is_made_anew(data: Path, root: Path) -> None:
    first = queries.law_book([root])
    file = library_cache.file_of([root])
    whole = file.read_bytes()
    keys = list(library_cache.read(file).laws)
    for broken in (
        b"", whole[:-9], whole.replace(b"Tekst", b"Fekst"), _signed([]), _signed({"laws": 3, "sound": ""}),
        _signed({"laws": {key: ["x", 1] for key in keys}, "sound": ""}),
        _signed({"laws": {key: [3, 1] for key in keys}, "sound": ""}),
        _signed({"laws": {key: [99] for key in keys}, "sound": ""}),
        _signed({"laws": dict.fromkeys(keys, "text"), "sound": ""}),
    ):  # fmt: skip
        file.write_bytes(broken)
        assert repr(queries.law_book([root]).laws) == repr(first.laws)
        assert file.read_bytes() == whole


def test_a_cache_that_others_can_write_is_not_believed(data: Path, root: Path) -> None:
    queries.law_book([root])
    file = library_cache.file_of([root])
    assert library_cache.read(file).sound
    file.chmod(0o666)
    assert library_cache.read(file) == library_cache.Kept()
    if os.geteuid() == 0:
        file.chmod(0o644)
        os.chown(file, 12345, -1)
        assert library_cache.read(file) == library_cache.Kept()


def test_without_a_folder_to_write_in_there_is_simply_no_cache(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("WAARDIG_DATA", str(tmp_path / "file"))
    assert queries.law_book([root]).ids() == queries.law_book([root]).ids() == ("een", "twee")


def test_two_that_start_at_once_leave_one_whole_file(data: Path, root: Path) -> None:
    code = "import sys; from pathlib import Path; from waardig.law import queries; sys.stdin.read(1); "
    code += "print(queries.law_book([Path(sys.argv[1])]).ids())"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in started:
        assert one.stdin
        one.stdin.write(b"x")
        one.stdin.flush()
    assert [one.communicate()[0].strip() for one in started] == [b"('een', 'twee')"] * 3
    assert len(list(data.iterdir())) == 1
    assert len(library_cache.read(library_cache.file_of([root])).laws) == 2


def test_the_oldest_caches_go(data: Path, root: Path) -> None:
    data.mkdir(parents=True)
    for number in range(20):
        old = data / (f"laws-{number:02}.json" if number % 2 else f".laws-{number:02}.json.left")
        old.write_text("", "utf-8")
        os.utime(old, (number, number))
    queries.law_book([root])
    left = {path.name.removeprefix(".") for path in data.iterdir()}
    made = library_cache.file_of([root]).name
    assert left == {made, *(f"laws-{n:02}.json" + ("" if n % 2 else ".left") for n in range(5, 20))}
    assert len(left) == library_cache.MOST


def test_a_number_is_read_the_same_whatever_it_looks_like() -> None:
    """The YAML 1.1 words for numbers and booleans are text in YAML 1.2, quoted numbers are text."""
    read = read_yaml("[089, 017, '12', !!str 12, on, true, 6:7, 1e3, -.5, 2025-01-01, ~, '', ]", "f")
    half = [Decimal("1e3"), Decimal("-0.5"), "2025-01-01", None, ""]
    assert read == ["089", 17, "12", "12", "on", True, "6:7", *half]
    assert [type(value) for value in read[:4]] == [str, int, str, str]


@pytest.mark.usefixtures("data", "in_memory")
def test_a_process_reads_the_same_bytes_once_and_every_other_byte_again(root: Path) -> None:
    first = queries.law_book([root])
    assert queries.law_book([root]) is first

    write(root, "een", "3")
    changed = queries.law_book([root])
    assert [str(law.status.text) for law in changed.laws] == [str(law.status.text) for law in first.laws]
    assert repr(changed.laws) != repr(first.laws)
    (root / "laws/twee.status.yaml").unlink()
    assert repr(queries.law_book([root]).laws) != repr(changed.laws)
    write(root, "een", "1")
    (root / "laws/twee.status.yaml").write_text("text_status: published\n", "utf-8")
    assert queries.law_book([root]) is first


@pytest.mark.usefixtures("data", "in_memory")
def test_what_is_not_sound_and_what_has_a_foreign_folder_is_never_remembered(root: Path, tmp_path: Path) -> None:
    queries.law_book([root])
    write(root, "een", "$nergens")
    for _ in range(2):
        with pytest.raises(LawsInvalid):
            queries.law_book([root])
    write(root, "een", "1")
    other = tmp_path / "foreign"
    other.mkdir()
    (other / "een.yaml").write_text(TEXT.format(name="een", value="7", output="x", more="parameters: []"), "utf-8")

    assert repr(queries.law_book([root], foreign=[other]).laws) != repr(queries.law_book([root]).laws)
    assert len(queries._sound) == 1


@pytest.mark.usefixtures("data", "in_memory")
def test_a_process_remembers_the_last_few_books_only(root: Path) -> None:
    for value in range(7):
        write(root, "een", str(value))
        queries.law_book([root])

    assert len(queries._sound) == 4
