"""Measures the hook before a commit, `readinglog check --staged` with one staged note, against the
start of the program. The notes are in a repository of their own.
"""

from __future__ import annotations

import subprocess

from corpora import Corpus, choose_note, edit_body, list_corpora
from timing import READINGLOG, RUNS, Run, describe_machine, print_table, run, run_in_turn

_AS = ("-c", "user.name=Ada", "-c", "user.email=ada@a.example", "-c", "commit.gpgsign=false")


def measure(corpus: Corpus) -> None:
    """Print what the hook takes with these notes."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(corpus.folder), *words], check=True)

    git("init", "--quiet")
    git("add", ".")
    git(*_AS, "commit", "--quiet", "--message", "notes")
    note = choose_note(corpus.notes)
    edits = iter(range(1, 1_000))

    def check_staged() -> Run:
        edit_body(note, f"Edit {next(edits)}.")
        git("add", ".")
        return run((READINGLOG, "check", "--notes", str(corpus.notes), "--staged"))

    first = check_staged()
    hook, start = run_in_turn(check_staged, lambda: run((READINGLOG, "--version")))
    named = {"first run": first, "one note staged": hook, "start of the program": start}
    rows = [
        (name, f"{each.seconds:.2f}", f"{each.seconds / start.seconds:.2f}")
        for name, each in named.items()
    ]
    print(f"hook with {corpus.count:,} notes; medians of {RUNS}")
    print_table(("hook", "seconds", "ratio"), rows)


if __name__ == "__main__":
    print(describe_machine(), flush=True)
    for each in list_corpora():
        measure(each)
