"""Runs programs in turn, so that a noisy machine is unfair to all alike, and takes medians."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, Self

PROGRAMS = Path(sys.executable).parent
READINGLOG = str(PROGRAMS / "readinglog")
MKDOCS = (sys.executable, "-m", "mkdocs")
RUNS = int(os.environ.get("RUNS") or 3)

_PROC = Path("/proc")
_HAS_PROC = Path("/proc/self/smaps_rollup").exists()
_PAUSES = (0.02, 0.25)  # seconds between two looks at the memory: the shortest, the longest
MEMORY = (
    "memory: the most at once of all processes of a program, what they share counted once"
    if _HAS_PROC
    else "memory: that of the largest process of a program"
)


class Run(NamedTuple):
    """What a run of a program took."""

    seconds: float
    cpu: float  # seconds, of all its processes
    memory: float  # MB


def run(command: Sequence[str], cwd: Path | None = None, allowed: Sequence[int] = (0,)) -> Run:
    """Run a program to its end. Raise RuntimeError with what it says where it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = start_program(command, cwd, output.fileno())
        with _MemoryWatch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            output.seek(0)
            message = output.read().decode(errors="replace")
            raise RuntimeError(f"{' '.join(command)}: {process.returncode}\n{message}")
    # On Linux, this would count the memory of the benchmark itself, from which the program is forked.
    largest = usage.ru_maxrss / 1024**2
    return Run(seconds, usage.ru_utime + usage.ru_stime, watch.most if _HAS_PROC else largest)


def start_program(
    command: Sequence[str], cwd: Path | None, output: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, by which its processes are found."""
    return subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        start_new_session=True,
    )


class _MemoryWatch:
    """Looks now and then at the memory of a session, where the system tells it."""

    def __init__(self, session: int) -> None:
        self.most = 0.0  # MB
        self._session = session
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        if _HAS_PROC:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        if _HAS_PROC:
            self._thread.join()

    def _watch(self) -> None:
        start, (pause, longest) = time.monotonic(), _PAUSES
        while not self._is_over.wait(pause):
            self.most = max(self.most, measure_memory(self._session))
            pause = min(longest, max(pause, (time.monotonic() - start) / 20))


def measure_memory(session: int) -> float:
    """Return how much memory the processes of a session have now, in MB.

    What they write counts, pages that they share once. Of the files that they load, such as
    libraries, those of one process count, as the others load the same.
    """
    processes = [path for path in _PROC.iterdir() if path.name.isdigit()]
    found = [_read_memory(path) for path in processes if _get_session(path) == session]
    written = sum(fields.get("Pss_Anon", 0) for fields in found)
    loaded = max((each.get("Rss", 0) - each.get("Anonymous", 0) for each in found), default=0)
    return (written + loaded) / 1024


def _get_session(process: Path) -> int:
    try:
        status = (process / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return 0
    return int(status.rpartition(")")[2].split()[3])


def _read_memory(process: Path) -> dict[str, int]:
    """Return the kinds of memory of a process in kB."""
    try:
        fields = _read_fields(process / "smaps_rollup")
    except OSError:
        return {}
    return {name: int(text.split()[0]) for name, text in fields.items() if text.endswith(" kB")}


def run_in_turn(*measure: Callable[[], Run], runs: int = RUNS) -> list[Run]:
    """Return the medians of each of `measure`, which are called one after the other, `runs` times.

    The first is first in one round and last in the next.
    """
    found: list[list[Run]] = [[] for _ in measure]
    for number in range(runs):
        order = list(enumerate(measure))
        for at, each in order if number % 2 == 0 else reversed(order):
            found[at].append(each())
    return [take_median(each) for each in found]


def take_median(runs: Sequence[Run]) -> Run:
    """Return the median of each number."""
    return Run(*(median(numbers) for numbers in zip(*runs, strict=True)))


def describe_machine() -> str:
    """Return what kind of machine this is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = platform.processor() or platform.machine()
    memory = ""
    if _HAS_PROC:
        models = _read_fields(_PROC / "cpuinfo")
        model = models.get("model name", model)
        kilobytes = int(_read_fields(_PROC / "meminfo")["MemTotal"].split()[0])
        memory = f", {kilobytes / 1024**2:.0f} GB of memory"
    return (
        f"{cores} cores of {model}{memory}, {platform.system()}, Python {platform.python_version()}"
    )


def _read_fields(path: Path) -> Mapping[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in reversed(lines))
    return {name.strip(): value.strip() for name, _, value in pairs}


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown, numbers to the right."""
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for number, line in enumerate(lines):
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print(f"| {' | '.join((first, *others))} |", flush=True)
        if number == 0:
            marks = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
            print(f"| {' | '.join(marks)} |")
    print(flush=True)
