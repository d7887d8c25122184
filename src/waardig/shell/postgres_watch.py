"""Stops an embedded PostgreSQL after its last user is gone, however that user ended (see postgres.py)."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path

from waardig.shell.postgres import Cluster


def watch(folder: Path) -> None:
    """Wait until nobody holds `users.lock`, then stop the server, unless a `keep` file says otherwise.

    Only one watcher waits per cluster; the next start leaves a new one behind.
    """
    with (folder / "watcher.lock").open("w") as only:
        try:
            fcntl.flock(only, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        with (folder / "users.lock").open("r+") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            cluster = Cluster(folder)
            if cluster.data.exists() and not cluster.keep.exists():
                cluster.stop()


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
