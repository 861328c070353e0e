"""Work in several processes: its results, and its errors, are those of one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool

import pytest

from readinglog.workspace.parallel import map_parts, work_apart

pytestmark = pytest.mark.usefixtures("two_processes")
PARTS = [[number] for number in range(4)]


def _get_processes(_: Sequence[int]) -> tuple[int, int]:
    """Return the process that works, and the one that it leaves its work to."""
    return os.getpid(), work_apart(os.getpid)


def _fail(_: Sequence[int]) -> None:
    message = "no room"
    raise OSError(message)


def _end(_: Sequence[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_results_come_in_order() -> None:
    assert list(map_parts(sum, PARTS, least=1)) == [0, 1, 2, 3]


def test_a_process_that_works_for_another_works_alone() -> None:
    sums = list(map_parts(lambda part: list(map_parts(sum, [part, part], least=1)), PARTS, least=1))
    assert sums == [[number, number] for number in range(4)]


def test_a_process_leaves_work_to_one_of_its_own() -> None:
    pairs = list(map_parts(_get_processes, PARTS, least=1))
    assert os.getpid() not in {process for pair in pairs for process in pair}
    assert all(first != second for first, second in pairs)


def test_the_first_process_does_such_work_itself() -> None:
    assert work_apart(os.getpid) == os.getpid()


def test_an_error_apart_is_that_of_the_work() -> None:
    with pytest.raises(OSError, match="no room"):
        list(map_parts(lambda part: work_apart(lambda: _fail(part)), PARTS, least=1))


def test_a_process_that_is_killed_is_an_error() -> None:
    with pytest.raises(BrokenProcessPool):
        list(map_parts(lambda part: work_apart(lambda: _end(part)), PARTS, least=1))
