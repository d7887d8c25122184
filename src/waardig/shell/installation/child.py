"""The start of every process that an installation starts: it ends when the one that started it is gone, also killed.

Standard input is a line to the parent: while the parent lives it is open and silent. When it ends, so do we.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Thread

PATIENCE = 10.0
"""Seconds in which a worker may finish the batch in hand."""


def end_with_parent() -> None:
    """Wait for the end of the parent; ask ourselves to stop, and make sure."""
    while os.read(0, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


def main() -> None:
    """Run the front, or a command of the product, as the arguments say."""
    Thread(target=end_with_parent, daemon=True).start()
    if sys.argv[1] == "front":
        from waardig.shell.installation.front import serve

        serve(*sys.argv[2:])
    else:
        from waardig.shell.cli import main as waardig

        waardig()


if __name__ == "__main__":
    main()
