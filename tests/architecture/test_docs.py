"""The documentation cannot lie: links lead somewhere, commands exist, examples run, records are complete."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from tests.architecture.sources import PACKAGE, ROOT, name, with_suffix

DOCS = ROOT / "docs"
PAGES = with_suffix(".md")
RECORDS = sorted(path for path in (DOCS / "decisions").glob("[0-9]*.md"))
WRITTEN = [page for page in PAGES if "reference" not in page.parts and "library" not in page.parts]


def fenced(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind on a page."""
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "reference.py"), "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-3000:]


def test_the_reference_notices_a_page_that_is_not_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import reference

    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    (tmp_path / "old.md").write_text("# Old\n")
    (tmp_path / "commands.md").write_text("# Commands\none\n")

    found = reference.stale({"commands.md": "# Commands\ntwo\n"})

    assert found[0] == "docs/reference/old.md is not generated; remove it"
    assert found[1].startswith("docs/reference/commands.md is not current:") and "+two" in found[1]


def test_every_command_stands_in_the_reference() -> None:
    from tools.reference_code import walk
    from waardig.shell.cli import waardig

    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    names = [found for found, _ in walk(waardig, "waardig")]

    assert len(names) >= 30
    assert [one for one in names if f"\n## {one}\n" not in text] == []


def test_every_setting_that_the_code_reads_stands_in_the_reference() -> None:
    from tools.reference_code import read_variables

    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    read = read_variables(PACKAGE)

    assert {"DATABASE_URL", "WAARDIG_CONTENT", "WAARDIG_SIGN_IN"} <= read
    assert [one for one in sorted(read) if f"| `{one}` |" not in text] == []


def test_every_activity_and_attribute_of_the_content_stands_in_the_reference() -> None:
    activities = (DOCS / "reference" / "activities.md").read_text(encoding="utf-8")
    registers = (DOCS / "reference" / "registers.md").read_text(encoding="utf-8")
    library = PACKAGE / "library"
    declared = [
        one["id"]
        for path in library.glob("services/*/activities.yaml")
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["activities"]
    ]
    attributes = [
        f"{path.stem}.{attribute}"
        for path in library.glob("registers/*.yaml")
        for attribute in yaml.safe_load(path.read_text(encoding="utf-8"))["attributes"]
    ]

    assert len(declared) >= 10 and [one for one in declared if f"\n## {one}\n" not in activities] == []
    assert len(attributes) >= 30 and [one for one in attributes if f"`{one}`" not in registers] == []


def test_every_address_stands_in_the_reference() -> None:
    from tools.reference_code import addresses

    text = (DOCS / "reference" / "url-map.md").read_text(encoding="utf-8")

    assert [path for path, _, _ in addresses() if f"| `/{path}` |" not in text] == []


def test_every_job_and_every_reason_of_the_gate_stand_in_the_reference() -> None:
    from waardig.access.core import TEXTS
    from waardig.shell.wiring import handlers

    topics = (DOCS / "reference" / "jobs.md").read_text(encoding="utf-8")
    reasons = (DOCS / "reference" / "refusals.md").read_text(encoding="utf-8")

    assert len(handlers()) >= 4 and [one for one in handlers() if f"| `{one}` |" not in topics] == []
    assert len(TEXTS) >= 25 and [one for one in TEXTS if f"| `{one}` |" not in reasons] == []


def test_every_environment_variable_that_a_page_names_exists() -> None:
    from tools.reference_code import SETTINGS, TEST_SETTINGS

    own = {"WAARDIG_DIGID_SECRET", "WAARDIG_WORK_SECRET"}  # examples of secrets that an installation names itself
    wrong = {
        f"{name(page)}: {found}"
        for page in PAGES
        for found in re.findall(r"\b(?:WAARDIG|DATABASE)_[A-Z_]+\b", page.read_text(encoding="utf-8"))
        if found not in {*SETTINGS, *TEST_SETTINGS, *own}
    }

    assert wrong == set()


def test_every_link_leads_somewhere() -> None:
    wrong = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            place = target.partition("#")[0]
            if place and "{" not in place and not target.startswith(("http", "/", "mailto:")):
                wrong += [] if (page.parent / place).exists() else [f"{name(page)}: {target}"]

    assert wrong == []


def test_every_file_that_a_page_names_is_there() -> None:
    pattern = re.compile(r"`((?:src|tests|docs|tools|frontend|benchmarks|requirements)/[\w./-]+)`")
    wrong = [
        f"{name(page)}: {found}"
        for page in WRITTEN
        for found in pattern.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / found).exists()
    ]

    assert wrong == []


def typed_commands(page: Path) -> list[list[str]]:
    """Every `waardig ...` that a reader would type: indented or fenced lines, without prompts, dots and remarks."""
    found = []
    for line in page.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        shown = re.match(r"^(?:    )?(?:\.venv/bin/)?(waardig [a-z].*)$", line)
        if shown:
            found.append(shlex.split(shown[1].split(" #")[0].split(" |")[0].replace("<", "").replace(">", "")))
    return found


def test_every_command_that_a_page_tells_to_type_exists_with_its_options() -> None:
    from waardig.shell.cli import waardig

    typed = [
        (page, words)
        for page in WRITTEN
        if page.parent != ROOT / "docs" / "decisions"
        for words in typed_commands(page)
    ]
    wrong = []
    for page, words in typed:
        command: click.Command = waardig
        context = click.Context(command, resilient_parsing=True)
        rest = words[1:]
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            following = command.get_command(context, rest.pop(0))
            if following is None:
                wrong.append(f"{name(page)}: {' '.join(words)}")
                break
            command = following
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        wrong += [f"{name(page)}: {' '.join(words)}: {o}" for o in rest if o.startswith("--") and o not in known]

    assert len(typed) >= 30
    assert wrong == []


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        found for page in PAGES for found in re.findall(r"(?:`|^    )make ([a-z]+)", page.read_text(), re.MULTILINE)
    }

    assert {"demo", "test", "check"} <= named
    assert named - targets == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name[:4])
def test_a_decision_record_has_every_field(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    status = re.search(r"^- Status: (accepted|proposed|superseded by \d{4})$", text, re.MULTILINE)
    implementation = re.search(r"^- Implementation: (built|partly built|not built)$", text, re.MULTILINE)

    assert text.startswith(f"# {record.name[:4]} ")
    assert status and implementation
    assert re.search(r"^- Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.search(r"^- Values: \w+", text, re.MULTILINE)
    for heading in ("Context", "Decision", "Alternatives", "Consequences"):
        part = re.search(rf"^## {heading}\n(.+?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert part and part[1].strip(), heading


def test_decision_records_have_each_an_own_number_and_are_listed() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")

    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == sorted(set(numbers)) and numbers[0] == 1
    assert [path.name for path in RECORDS if f"]({path.name})" not in index] == []


def test_every_runtime_dependency_is_explained_in_a_decision_record() -> None:
    told = " ".join(path.read_text(encoding="utf-8") for path in RECORDS if "dependencies" in path.name)
    wanted = [
        re.split(r"[\[<>=;]", line)[0].strip()
        for file in ("run.in", "dev.in")
        for line in (ROOT / "requirements" / file).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("-", "#"))
    ]

    assert len(wanted) >= 20
    untold = [one for one in wanted if f"`{one}`" not in told and one not in {"editables", "django-stubs"}]
    assert [one for one in untold if not one.startswith(("types-", "pytest-"))] == []


def test_the_law_file_of_the_how_to_is_right_and_its_scenarios_hold(tmp_path: Path) -> None:
    from waardig.kernel.content import LIBRARY
    from waardig.law import queries as law

    page = DOCS / "how-to" / "write-a-law-file.md"
    file, status = fenced(page, "yaml")
    (feature,) = fenced(page, "gherkin")
    folder = tmp_path / "laws" / "nl" / "gemeentelijke_verordening" / "regeling_bibliotheekpas"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "2025-01-01.yaml").write_text(file, encoding="utf-8")
    (folder / "2025-01-01.status.yaml").write_text(status, encoding="utf-8")
    (folder / "scenarios" / "pas.feature").write_text(feature, encoding="utf-8")

    problems, files = law.law_problems([tmp_path / "laws"], roots=[LIBRARY])
    results = law.scenario_results(law.law_book([LIBRARY, tmp_path]), [folder])

    assert (problems, files) == ((), 1)
    assert [one.status for one in results] == ["passed", "passed"]


def test_the_mapping_and_manifest_of_the_how_to_are_accepted(tmp_path: Path) -> None:
    from waardig.registers.adapters.benefits_file.mapping import read_mapping
    from waardig.registers.adapters.content import declared
    from waardig.registers.adapters.export.manifest import Manifest, parse_manifest
    from waardig.registers.adapters.table_file import read_table_mapping

    page = DOCS / "how-to" / "import-benefits-file.md"
    (tmp_path / "mapping.yaml").write_text(fenced(page, "yaml")[0], encoding="utf-8")

    assert set(read_mapping(tmp_path / "mapping.yaml").records) == {"client", "spell"}
    manifest = parse_manifest(json.dumps(json.loads(fenced(page, "json")[0])))
    assert isinstance(manifest, Manifest) and manifest.totals["norm_eurocent"] == 674590
    (tmp_path / "vehicles.yaml").write_text(fenced(page, "yaml")[1], encoding="utf-8")
    assert read_table_mapping(tmp_path / "vehicles.yaml", declared()).register == "kentekenregister"


def test_the_means_of_the_how_to_are_accepted(tmp_path: Path) -> None:
    from waardig.identity.adapters.means_file import load_means

    file = tmp_path / "sign-in.yaml"
    file.write_text(fenced(DOCS / "how-to" / "sign-in-means.md", "yaml")[0], encoding="utf-8")

    means = load_means(file, {"WAARDIG_DIGID_SECRET": "a", "WAARDIG_WORK_SECRET": "b"})

    assert [one.id for one in means] == ["digid", "werk"]


def test_every_document_a_public_repository_needs_is_there() -> None:
    for wanted in (
        "README.md", "HOUSE.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "GOVERNANCE.md",
        "CHANGELOG.md", "LICENSE", "publiccode.yml", "docs/tutorial/first-round.md",
    ):  # fmt: skip
        assert (ROOT / wanted).stat().st_size > 500, wanted


def test_the_change_log_tells_of_the_version_that_this_is() -> None:
    from waardig import __version__

    newest = re.search(r"^## (\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert newest and newest[1] == __version__
