"""Times the hook before a commit: `readinglog check --staged` with one staged note, against the
bare start of the program.

Both run as processes of their own, in turn, on notes made anew in a repository of their own; the
whole is to stay under a second.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from timing import ratio

_AS = ["-c", "user.name=Ada", "-c", "user.email=ada@a.example"]


def main(count: int = 1_000) -> None:
    """Print the ratio at `count` notes."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        generate.write(notes, count)
        for words in (
            ["init", "--quiet"],
            ["add", "."],
            [*_AS, "commit", "--quiet", "--message", "notes"],
        ):
            subprocess.run(["git", "-C", folder, *words], check=True)
        note = notes / "note-7.md"
        note.write_text(
            note.read_text(encoding="utf-8") + "\nOne more line, which links to [[note-8]].\n",
            encoding="utf-8",
        )
        subprocess.run(["git", "-C", folder, "add", "."], check=True)
        program = str(Path(sys.executable).parent / "readinglog")
        hook = [program, "check", "--notes", str(notes), "--staged"]
        ratio(f"hook, {count:,} notes", hook, "bare start", [program, "--version"], runs=5)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
