"""When Python's garbage collector runs: seldom, as a notebook and an index live to the end."""

from __future__ import annotations

import gc

# New objects after which it runs: by Python's own number, it takes a tenth of a build.
_COLLECT_AFTER = 100_000


def stop_collection() -> None:
    """Stop the garbage collector, in a process that ends when its work is done."""
    gc.disable()


def collect_seldom() -> None:
    """Have the garbage collector run seldom, and leave out what there is now."""
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
