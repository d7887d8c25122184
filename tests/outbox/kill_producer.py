"""Child of the kill test: sends messages for ever; writes a key to its file only after the commit that stored it."""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from pathlib import Path
from uuid import UUID


def main(people_file: str, acknowledged_file: str) -> None:
    from waardig.shell import system

    system.prepare()

    from django.db import Error, connection

    from tests.inbox.builders import a_message, send
    from waardig.kernel.errors import Refusal

    people = [UUID(line) for line in Path(people_file).read_text().split()]
    texts = {person: a_message(person) for person in people}
    me, number = uuid.uuid4().hex, 0
    out = os.open(acknowledged_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        chosen = random.sample(people, random.choice((1, 1, 5, 20)))
        number += 1
        batch = [_with_key(texts[person], f"{me}:{number}:{index}") for index, person in enumerate(chosen)]
        while True:  # a commit whose answer was lost is tried again under the same keys
            try:
                send(*batch)
            except (Error, Refusal):
                connection.close()
                time.sleep(0.05)
                continue
            break
        os.write(out, "".join(f"{one.key}\n" for one in batch).encode())
        time.sleep(0.02)


def _with_key(message: object, key: str) -> object:
    from dataclasses import replace

    return replace(message, key=key)  # type: ignore[type-var]


if __name__ == "__main__":
    main(*sys.argv[1:])
