"""SQL files of migrations: what goes forward, and under `-- reverse` what takes it back.

In the reverse half a line `-- again: access/ceiling gate.over_ceiling` stands for that function as that file of that
room made it, so that no file repeats what it replaces.
"""

from __future__ import annotations

import re
from pathlib import Path

_ROOMS = Path(__file__).resolve().parent.parent
_AGAIN = re.compile(r"^-- again: (?P<room>\w+)/(?P<file>\w+) (?P<function>[\w.]+)$", re.MULTILINE)


def halves(room: str, name: str) -> tuple[str, str]:
    """The SQL that goes forward and the SQL that takes it back.

    Raises:
        ValueError: the file has no reverse half, or names a function that the other file does not make.
    """
    forward, mark, reverse = _text(room, name).partition("-- reverse\n")
    if not mark:
        raise ValueError(f"{room}/sql/{name}.sql has no line '-- reverse'")
    return forward, _AGAIN.sub(lambda found: made_function(**found.groupdict()), reverse)


def _text(room: str, name: str) -> str:
    return (_ROOMS / room / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def made_function(room: str, file: str, function: str) -> str:
    """A function as a file of a room made it, replacing what is there."""
    forward, _ = halves(room, file)
    found = re.search(
        rf"^CREATE (?:OR REPLACE )?(FUNCTION {re.escape(function)}\(.*?^(?:END )?\$\$;)$",
        forward,
        re.MULTILINE | re.DOTALL,
    )
    if found is None:
        raise ValueError(f"{room}/sql/{file}.sql makes no function {function}")
    return f"CREATE OR REPLACE {found[1]}"
