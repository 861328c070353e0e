"""Real git in a temporary folder, with nothing of the machine's own settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, str | bytes | None]
ENV = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": "ada@a.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


class Repository:
    """A repository in `folder`, made there unless there is one."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.env = folder, dict(ENV)
        if not (folder / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *words: str) -> str:
        """What git prints; fails where it does."""
        done = self.try_git(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def try_git(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-C", str(self.folder), "-c", "protocol.file.allow=always", *words]
        return subprocess.run(
            command,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=300,
            check=False,
        )

    def write(self, files: Files) -> None:
        """Write files, or take away those that are None."""
        for path, data in files.items():
            target = self.folder / path
            if data is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())

    def commit(self, files: Files | None = None) -> str:
        """Write files and commit all that there is; gives the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "x")
        return self.git("rev-parse", "HEAD")
