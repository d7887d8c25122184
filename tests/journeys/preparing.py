"""Child that prepares a town up to the day of its round; prints what it brought in as JSON.

Only households with a client are settled, so that many clients take little time; everything else is as in the demo.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.anything import declare_everything
from waardig.shell import system


def main() -> None:
    declare_everything()
    given = _arguments()
    system.prepare(owner=True)
    system.migrate()

    from waardig.demo.personas import DEMO_DATE
    from waardig.demo.settling import settle, write_benefits_file
    from waardig.demo.town import town
    from waardig.registers.actions.imports import import_benefits
    from waardig.shell.town import _record_wishes, publish_and_decide

    publish_and_decide(DEMO_DATE)
    arrival = settle(one for one in town(given.residents) if one.clients)
    accepted: object = 0
    if not given.no_import:
        with tempfile.TemporaryDirectory() as folder:
            export = write_benefits_file(Path(folder) / "uitkeringen", arrival.clients)
            accepted = import_benefits(export, export / "mapping.yaml").as_json()["accepted"]
        _record_wishes(arrival.wishes)
    print(json.dumps({"accepted": accepted, "residents": arrival.residents}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--residents", type=int, required=True, help="how large a town its clients are drawn from")
    parser.add_argument("--no-import", action="store_true", help="the residents only, no benefits file yet")
    return parser.parse_args()


if __name__ == "__main__":
    main()
