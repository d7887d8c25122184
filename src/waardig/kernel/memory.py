"""Looking for garbage at chosen moments: long work over many people makes millions of objects that all live."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def garbage_by_hand() -> Iterator[Callable[[], None]]:
    """No automatic search for garbage in cycles; gives the search, for between two parts of the work.

    What is there at the start is not searched again until the end. Objects without cycles go at once, as always.

    >>> with garbage_by_hand() as collect:
    ...     gc.isenabled(), collect()
    (False, None)
    >>> gc.isenabled()
    True
    """
    was_enabled = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield _collect
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def _collect() -> None:
    gc.collect()
