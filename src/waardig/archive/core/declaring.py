"""The declaration of destruction: what, when, on which basis, by whom and how; nothing about a person. Pure.

Source: Archiefbesluit 1995 art. 8: a declaration that at least specifies what was destroyed, on what ground and how.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from waardig.archive.terms import DestructionLine, DestructionList

METHOD = "Gewist uit de database van Waardig, in één handeling per zaak; back-ups verlopen binnen hun eigen termijn."
COLUMNS = (
    "nummer", "soort", "dienst", "afloop", "resultaat", "bewaartermijn", "einde", "vernietigen_vanaf", "aantal",
    "uitkomst", "op", "reden", "berichten", "teksten", "betalingen", "uitkomsten",
)  # fmt: skip
STATES = {"waiting": "wacht", "removed": "van de lijst gehaald", "destroyed": "vernietigd", "skipped": "overgeslagen"}
KINDS = {"case": "zaak", "round": "uitkomsten van een ronde"}


def as_csv(lines: Sequence[DestructionLine]) -> bytes:
    """The lines as a table (RFC 4180, UTF-8), in the order of the list."""
    held = io.StringIO()
    table = csv.writer(held)
    table.writerow(COLUMNS)
    for one in lines:
        parts = [one.parts.get(name, 0) for name in ("messages", "texts", "payments", "outcomes")]
        table.writerow(
            [
                one.number, KINDS[one.kind], one.service, one.ending, one.result, one.term, one.ended_on.isoformat(),
                one.action_on.isoformat(), one.items, STATES[one.state],
                one.changed_on.isoformat() if one.changed_on else "", one.reason, *parts,
            ]
        )  # fmt: skip
    return held.getvalue().encode()


def as_json(
    of: DestructionList, lines: Sequence[DestructionLine], *, maker: str, selection_list: str, names: Mapping[str, str]
) -> bytes:
    """The declaration with its control totals.

    Args:
        maker: the municipality.
        names: the names of the officials by id.
    """
    went = [one for one in lines if one.state == "destroyed"]
    content = {
        "verklaring": "Verklaring van vernietiging",
        "grondslag": "Archiefwet 1995 artikel 3; Archiefbesluit 1995 artikel 8",
        "archiefvormer": maker,
        "lijst": of.number,
        "selectielijst": selection_list,
        "gemaakt": {"op": of.made_on.isoformat(), "door": names.get(of.made_by, of.made_by)},
        "goedgekeurd": {
            "op": of.approved_on.isoformat() if of.approved_on else None,
            "door": names.get(of.approved_by, of.approved_by) or None,
        },
        "uitgevoerd_op": of.executed_on.isoformat() if of.executed_on else None,
        "wijze": METHOD,
        "regels": of.lines,
        "vernietigd": len(went),
        "overgeslagen": sum(one.state == "skipped" for one in lines),
        "van_de_lijst_gehaald": sum(one.state == "removed" for one in lines),
        "controle_sha256": of.sha256,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
