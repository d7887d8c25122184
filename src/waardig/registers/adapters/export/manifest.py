"""The manifest beside an export: what the sender counted. What was read must agree with it, to the eurocent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from waardig.registers.core.import_terms import Problem, Severity

NAME = "manifest.json"


@dataclass(frozen=True)
class FileCount:
    """Rows without the header, and the SHA-256 of the bytes when the sender gave one."""

    rows: int
    sha256: str | None


@dataclass(frozen=True)
class Manifest:
    """What the sender says the export holds.

    Attributes:
        totals: control totals over all rows by name: whole numbers, money in eurocents.
    """

    municipality: str
    reference_date: date
    files: Mapping[str, FileCount]
    totals: Mapping[str, int]


def parse_manifest(text: str, name: str = NAME) -> Manifest | Problem:
    """The manifest, or the problem that makes the import refuse it."""
    try:
        data = json.loads(text)
        return Manifest(
            municipality=str(data["municipality"]),
            reference_date=date.fromisoformat(data["reference_date"]),
            files={
                str(file): FileCount(_whole(count["rows"]), count.get("sha256"))
                for file, count in data["files"].items()
            },
            totals={str(total): _whole(count) for total, count in data["totals"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return refusal(
            "manifest_invalid",
            name,
            "",
            f"the manifest cannot be read: {type(error).__name__} {error}",
            "Export again with a manifest: municipality, reference_date (YYYY-MM-DD), files{rows, sha256}, totals.",
        )


def manifest_in(opened: Mapping[str, bytes], municipality: str | None) -> tuple[Manifest | None, list[Problem]]:
    """The manifest among the files, None when there is none that can be read; and what is wrong with it."""
    if NAME not in opened:
        remedy = "Export again with manifest.json beside the CSV files; without it the totals cannot be checked."
        return None, [refusal("manifest_missing", NAME, "", "there is no manifest", remedy)]
    found = parse_manifest(opened[NAME].decode("utf-8-sig", errors="replace"))
    if isinstance(found, Problem):
        return None, [found]
    if municipality is not None and found.municipality != municipality:
        message = f"this export is of {found.municipality}, this installation is of {municipality}"
        return found, [
            refusal("other_municipality", NAME, "municipality", message, "Use the export of this municipality.")
        ]
    return found, []


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON text, as `parse_manifest` reads it."""
    files = {
        name: {"rows": count.rows, **({"sha256": count.sha256} if count.sha256 else {})}
        for name, count in sorted(manifest.files.items())
    }
    data = {
        "municipality": manifest.municipality,
        "reference_date": manifest.reference_date.isoformat(),
        "files": files,
        "totals": dict(manifest.totals),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def disagreements(manifest: Manifest, files: Mapping[str, FileCount], totals: Mapping[str, int]) -> Iterator[Problem]:
    """Everything in which the files differ from their manifest.

    Args:
        totals: what the rows give, by the names that this kind of export must count.
    """
    for name in sorted(set(manifest.files) - set(files)):
        yield refusal(
            "file_missing",
            name,
            "",
            "the manifest names this file, but it is not there",
            "Send the whole export again.",
        )
    for name, found in sorted(files.items()):
        said = manifest.files.get(name)
        if said is None:
            yield refusal("file_not_in_manifest", name, "", "the manifest does not name this file", "Export again.")
            continue
        if said.rows != found.rows:
            yield _differs("rows_differ", name, "rows", said.rows, found.rows)
        if said.sha256 and said.sha256.lower() != found.sha256:
            yield refusal(
                "hash_differs",
                name,
                "",
                "the file was changed after the export: its SHA-256 differs from the manifest",
                "Use the file as it was exported, or export again; do not edit it by hand.",
            )
    yield from _totals(manifest.totals, totals)


def _totals(said: Mapping[str, int], found: Mapping[str, int]) -> Iterator[Problem]:
    for name, counted in found.items():
        if name not in said:
            names = ", ".join(found)
            yield refusal("total_missing", NAME, name, "the manifest does not count this", f"Count: {names}.")
        elif said[name] != counted:
            yield _differs("total_differs", NAME, name, said[name], counted)


def _differs(kind: str, file: str, what: str, said: int, found: int) -> Problem:
    return refusal(
        kind,
        file,
        what,
        f"the manifest says {said}, the rows give {found} (difference {found - said})",
        "Nothing was stored. Correct the rows that are reported, or export again, until the totals agree.",
    )


def refusal(kind: str, file: str, column: str, message: str, remedy: str) -> Problem:
    """A problem with a file as a whole."""
    return Problem(kind, Severity.REFUSAL, file, 0, column, "", message, remedy)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number is expected")
    return value
