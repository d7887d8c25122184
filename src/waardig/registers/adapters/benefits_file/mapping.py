"""The declared mapping: which column of which file is which attribute, and what its codes mean.

Each kind of record has fixed targets; a target is a register attribute or a word such as `client`, `from`, `bsn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waardig.kernel.content_file import ContentFile, ContentInvalid, ContentProblem
from waardig.registers.adapters.content import checked_file

REQUIRED: Mapping[str, frozenset[str]] = {
    "client": frozenset({"client", "bsn", "uitkeringen.status", "from", "uitkeringen.leefvorm"}),
    "partner": frozenset({"client", "partner_bsn"}),
    "spell": frozenset({"client", "attribute", "amount", "from"}),
    "wealth": frozenset({"client", "uitkeringen.vermogen", "established_on"}),
    "administrator": frozenset({"client", "name"}),
    "account": frozenset({"client", "uitkeringen.iban"}),
    "grant": frozenset({"client", "uitkeringen.laatste_iit"}),
}
OPTIONAL: Mapping[str, frozenset[str]] = {
    "client": frozenset(
        {"to", "uitkeringen.woont_in_gemeente", "uitkeringen.rechtmatig_verblijf", "uitkeringen.uitsluiting"}
    ),
    "partner": frozenset({"from", "to"}),
    "spell": frozenset({"to"}),
    "wealth": frozenset(),
    "administrator": frozenset({"kvk", "address", "from", "to"}),
    "account": frozenset({"from"}),
    "grant": frozenset({"scheme"}),
}
CODED = frozenset(
    {
        "uitkeringen.status",
        "uitkeringen.leefvorm",
        "uitkeringen.woont_in_gemeente",
        "uitkeringen.rechtmatig_verblijf",
        "uitkeringen.uitsluiting",
        "attribute",
        "scheme",
    }
)
PERSONAL = frozenset({"bsn", "partner_bsn", "uitkeringen.iban", "name", "address"})


@dataclass(frozen=True)
class RecordMapping:
    """One kind of record: its file, which rows, its columns by target, and codes by target."""

    kind: str
    file: str
    where: tuple[str, str] | None
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class ExportMapping:
    """The whole mapping; `history_months` is how far back each client's income should be known."""

    system: str
    dates: tuple[str, ...]
    decimal: str
    in_cents: bool
    history_months: int
    records: Mapping[str, RecordMapping]


def read_mapping(path: Path) -> ExportMapping:
    """A mapping file.

    Raises:
        ContentInvalid: against registers/schema/mapping.schema.json, a target that its record does not have, a required
            target without column, or a coded target without codes; each with its line.
    """
    file = checked_file(path, "mapping")
    problems: list[ContentProblem] = []
    records = {
        str(kind): _record(file, str(kind), raw, problems) for kind, raw in _mapping(file.content["records"]).items()
    }
    if problems:
        raise ContentInvalid(problems)
    amounts = _mapping(file.content["amounts"])
    return ExportMapping(
        system=str(file.content["system"]),
        dates=tuple(str(form) for form in file.content["dates"]),
        decimal=str(amounts["decimal"]),
        in_cents=amounts.get("unit") == "eurocent",
        history_months=int(file.content.get("history_months", 36)),
        records=records,
    )


def _record(file: ContentFile, kind: str, raw: object, problems: list[ContentProblem]) -> RecordMapping:
    data = _mapping(raw)
    columns = {str(target): str(column) for column, target in _mapping(data["columns"]).items()}
    codes = {str(target): _mapping(words) for target, words in _mapping(data.get("codes", {})).items()}
    known = REQUIRED[kind] | OPTIONAL[kind]
    place = ("records", kind, "columns")
    for target in sorted(set(columns) - known):
        problems.append(file.problem(place, f"'{target}' is no target here; choose from {', '.join(sorted(known))}"))
    for target in sorted(REQUIRED[kind] - set(columns)):
        problems.append(file.problem(place, f"no column gives '{target}'; name one"))
    for target in sorted(CODED & set(columns) - set(codes)):
        problems.append(file.problem(("records", kind), f"'{target}' needs its codes under 'codes:'"))
    where = _mapping(data.get("where", {}))
    return RecordMapping(
        kind=kind,
        file=str(data["file"]),
        where=(str(where["column"]), str(where["equals"])) if where else None,
        columns=columns,
        codes=codes,
    )


def _mapping(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, Mapping) else {}
