"""Measures `readinglog check` against a bare script (`floor.py`): with nothing kept from an earlier
run, with all of it, and with one note that has changed since.

A check is a process, with its start; of the script only the work counts. All run in turn; medians
count.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from corpora import Corpus, choose_note, edit_body, list_corpora
from timing import MEMORY, READINGLOG, RUNS, Run, describe_machine, print_table, run, run_in_turn


def measure(corpus: Corpus) -> None:
    """Print what a check of these notes takes."""
    note = choose_note(corpus.notes)
    edits = iter(range(1, 1_000))
    command = (READINGLOG, "check", "--notes", str(corpus.notes))

    def check(*options: str) -> Run:
        return run((*command, *options), allowed=(0, 1))

    def check_after_edit() -> Run:
        edit_body(note, f"Edit {next(edits)}.")
        return check()

    check()  # which keeps what it parses
    measured: dict[str, Callable[[], Run]] = {
        "nothing kept (`--no-cache`)": lambda: check("--no-cache"),
        "nothing changed": check,
        "one note changed": check_after_edit,
        "bare script": lambda: run_floor(corpus.notes),
        "start of the program": lambda: run((READINGLOG, "--version")),
    }
    found = dict(zip(measured, run_in_turn(*measured.values()), strict=True))
    floor = found["bare script"].seconds
    rows = [
        (name, f"{each.seconds:.2f}", f"{each.seconds / floor:.2f}", f"{each.memory:.0f}")
        for name, each in found.items()
    ]
    print(f"check of {corpus.count:,} notes; {MEMORY}; medians of {RUNS}")
    print_table(("check", "seconds", "ratio", "MB of memory"), rows)


def run_floor(notes: Path) -> Run:
    """Return what the script takes; its seconds are those of its work."""
    script = [sys.executable, str(Path(__file__).with_name("floor.py")), str(notes)]
    whole = run(script)
    done = subprocess.run(script, check=True, capture_output=True, text=True)
    return whole._replace(seconds=float(done.stdout))


if __name__ == "__main__":
    print(describe_machine(), flush=True)
    for each in list_corpora():
        measure(each)
