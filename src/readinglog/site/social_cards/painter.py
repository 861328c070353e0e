"""Drawing many card images in a process of its own: a thread would slow down the main one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from readinglog.site.page import CardImage
from readinglog.site.social_cards.drawing import draw_card
from readinglog.workspace.files import write_file

MIN_CARDS = 40  # fewer are drawn sooner than a process starts


def start_painter(
    cards: Iterable[tuple[str, CardImage]], folder: Path
) -> subprocess.Popen[bytes] | None:
    """Start a process that draws cards into files of `folder`, named by their keys.

    Returns None where there are few cards: the caller draws them.
    """
    lines = [json.dumps([key, asdict(card)]) for key, card in cards]
    if len(lines) < MIN_CARDS:
        return None
    with tempfile.TemporaryFile() as file:
        file.write("\n".join(lines).encode())
        file.seek(0)
        return subprocess.Popen([sys.executable, "-m", __name__, str(folder)], stdin=file)  # noqa: S603


def main() -> None:
    """Draw the cards that standard input names, one a line, into the folder of the argument."""
    for line in sys.stdin:
        key, fields = json.loads(line)
        write_file(Path(sys.argv[1]) / key, draw_card(CardImage(**fields)))


if __name__ == "__main__":
    main()
