"""The command line, run in a folder as people and programs run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from support.worlds import work

PROGRAM = Path(sys.executable).with_name("readinglog")
Files = Mapping[str, str | bytes]


class Run:
    """Runs `readinglog` in a folder and keeps what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *words: str, cwd: str = ".", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PROGRAM), *words],
            cwd=self.folder / cwd,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"} | dict(env or {}),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def write(self, files: Files) -> None:
        for path, data in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())

    def diagnostics(self, *words: str) -> list[dict[str, object]]:
        found = json.loads(self("check", *words, "--format", "json").stdout)["diagnostics"]
        assert isinstance(found, list)
        return found

    def usage_error(self, *words: str, cwd: str = ".") -> str:
        """Return the error message of a wrong call."""
        done = self(*words, cwd=cwd)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert "Traceback" not in done.stderr
        return done.stderr


def clean_log() -> dict[str, str]:
    return {
        "notes/tags.yml": "moe: {name: MoE, aliases: [experts]}\n",
        "notes/one.md": work(
            "Better than [[two|the other]].", title="One", url="https://a.example/1"
        ),
        "notes/deep/two.md": work("Worse than [[One]].", title="Two", url="https://a.example/2"),
    }
