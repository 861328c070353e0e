"""Work on many items in as many processes as there are cores."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_MIN_ITEMS = 100  # with fewer, new processes take longer than the work
_PARTS = 8  # a process, so that none is left with much more to do than the others

_work: Callable[[Sequence[Any]], Any]
_parts: list[Sequence[Any]]


def map_parts(work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """Return the results of `work` on parts of `items`, which are every how many-th of them.

    Processes are forked, so that they share all that is in memory; where the system cannot do so
    safely, there is one part.
    """
    global _work, _parts  # noqa: PLW0603 - what forked processes find in memory
    processes = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if processes < 2 or len(items) < _MIN_ITEMS:
        return [work(items)]
    count = processes * _PARTS
    _work, _parts = work, [items[start::count] for start in range(count)]
    try:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_work_on_part, range(count)))
    finally:
        del _work, _parts


def _work_on_part(number: int) -> Any:  # noqa: ANN401
    return _work(_parts[number])
