"""The import contract `doors`: a room is entered through terms, queries and actions only.

import-linter's own `protected` contract cannot say "the same room", so this small class does.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

DOORS = ("terms", "queries", "actions")


class DoorsContract(Contract):
    """Fails on an import from one room into the inside of another.

    Options:
        root: the package whose direct children are rooms.
        open_rooms: rooms that are libraries for the others (every module is a door).
        masters: rooms that put everything together and may enter anywhere (the shell).
    """

    root = fields.StringField()
    open_rooms = fields.SetField(subfield=fields.StringField())
    masters = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import that does not go through a door."""
        found = []
        for importer in sorted(graph.modules):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not self._is_allowed(importer, imported):
                    line = graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]
                    found.append(f"{importer}:{line} enters {imported}")
        return ContractCheck(kept=not found, metadata={"found": found})

    def _is_allowed(self, importer: str, imported: str) -> bool:
        prefix = f"{self.root}."
        if not importer.startswith(prefix) or not imported.startswith(prefix):
            return True
        source, target = importer.split(".")[1:], imported.split(".")[1:]
        if source[0] == target[0] or source[0] in self.masters or target[0] in self.open_rooms:
            return True
        return len(target) >= 2 and target[1] in DOORS

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which import to change and how."""
        for line in check.metadata["found"]:
            output.print_error(f"{line}; use the room's terms, queries or actions.")
