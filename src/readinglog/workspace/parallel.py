"""Work on many items in as many processes as there are cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")

_PART = 100  # notes that a process is given at a time
_LEAST = 600  # notes: with fewer, new processes take longer than the work

_work: Callable[[Sequence[Any]], Any]
_parts: Sequence[Sequence[Any]]


def count_processes() -> int:
    """Return how many processes can work at once: one where the system cannot fork safely, and in a
    process that works for another, beside which others do.
    """
    if sys.platform != "linux" or multiprocessing.parent_process():
        return 1
    return len(os.sched_getaffinity(0))


def are_many(notes: Sized) -> bool:
    """Return whether it is quicker to work on so many notes in several processes."""
    return len(notes) >= _LEAST and count_processes() > 1


def map_notes(
    work: Callable[[Sequence[Item]], Iterable[Result]], notes: Sequence[Item]
) -> Iterator[Result]:
    """Yield what `work` makes of each of `notes`, of which it gets some at a time."""
    parts = [notes[start : start + _PART] for start in range(0, len(notes), _PART)]
    yield from chain.from_iterable(map_parts(work, parts, _LEAST))


def map_parts(
    work: Callable[[Sequence[Item]], Result], parts: Sequence[Sequence[Item]], least: int = 100
) -> Iterator[Result]:
    """Yield the result of `work` on each of `parts`, the first of which are begun first.

    Processes are forked, so that they share all that is in memory; with fewer items than `least`,
    they would take longer than the work.
    """
    global _work, _parts  # noqa: PLW0603 - what forked processes find in memory
    processes = min(count_processes(), len(parts))
    if processes < 2 or sum(map(len, parts)) < least:
        yield from map(work, parts)
        return
    _work, _parts = work, parts
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, fork, _end_with_parent) as pool:
            futures = [pool.submit(_work_on_part, number) for number in range(len(parts))]
            try:
                for future in futures:
                    yield future.result()
            except BaseException:  # an interrupt, or an error in one part: no other is of use
                for process in multiprocessing.active_children():
                    process.terminate()
                raise
    finally:
        del _work, _parts


def work_apart(work: Callable[[], Result]) -> Result:
    """Return what `work` returns.

    A process that works for another leaves it to one of its own, so that the memory that it takes
    is free again afterwards.
    """
    if multiprocessing.parent_process() is None:
        return work()
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send_result, args=(work, sender))
    process.start()
    sender.close()
    try:
        result, error = receiver.recv()
    except EOFError:
        message = "a process ended before its work was done"
        raise BrokenProcessPool(message) from None
    finally:
        process.join()
    if error:
        raise error
    return cast("Result", result)


def _send_result(work: Callable[[], object], sender: Connection) -> None:
    _end_with_parent()
    try:
        sender.send((work(), None))
    except Exception as error:  # noqa: BLE001 - which the parent raises
        sender.send((None, error))


def _end_with_parent() -> None:
    """Have this process end when its parent does, and not before at an interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work_on_part(number: int) -> Any:  # noqa: ANN401
    return _work(_parts[number])
