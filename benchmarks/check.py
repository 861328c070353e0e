"""Times `readinglog check`, cold, against a bare script that reads, splits and YAML-composes the
same files.

Both run as processes of their own, in turn, on notes made anew; the ratio of the medians is what
counts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import generate
from timing import ratio

_BARE = """
import re, sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    _, front, body = re.split(r"^---\\s*$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    yaml.compose(front, Loader=yaml.CSafeLoader)
"""


def main(count: int = 10_000) -> None:
    """Print the ratio at `count` notes."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        generate.write(notes, count)
        check = [str(Path(sys.executable).parent / "readinglog"), "check", str(notes)]
        ratio(
            f"check, {count:,} notes",
            check,
            "bare script",
            [sys.executable, "-c", _BARE, str(notes)],
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
