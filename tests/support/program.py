"""The command line, run in a folder as people and programs run it."""

from __future__ import annotations

import atexit
import io
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from support.worlds import work

PROGRAM = Path(sys.executable).with_name("readinglog")
Files = Mapping[str, str | bytes]
TESTS = Path(__file__).parents[1]
START = f"import sys; sys.path[0] = {str(TESTS)!r}; from support.fork_server import main; main()"


class ForkServer:
    """Runs programs as forks of a process that has imported them, one after the other."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="calls-")
        self._process = subprocess.Popen(
            [sys.executable, "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            encoding="utf-8",
        )
        atexit.register(self.stop)

    def run(
        self,
        command: list[str],
        cwd: Path,
        env: Mapping[str, str],
        stdin: bytes | None,
        timeout: float,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end.

        Raises subprocess.TimeoutExpired where it takes longer, and stops it.
        """
        files = {name: Path(self._folder.name, name) for name in ("stdin", "stdout", "stderr")}
        if stdin is None:
            files["stdin"] = Path(os.devnull)
        else:
            files["stdin"].write_bytes(stdin)
        call = {"command": command, "cwd": str(cwd), "env": dict(env)}
        call |= {name: str(path) for name, path in files.items()}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], timeout)[0]:
            self.stop()
            start_fork_server.cache_clear()
            raise subprocess.TimeoutExpired(command, timeout)
        status = int(self._process.stdout.readline())
        return subprocess.CompletedProcess(
            command, status, files["stdout"].read_bytes(), files["stderr"].read_bytes()
        )

    def stop(self) -> None:
        """End the process, and the call that it runs."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        with self._process:
            pass
        self._folder.cleanup()


start_fork_server = cache(ForkServer)


def run_program(
    command: list[str],
    cwd: Path,
    env: Mapping[str, str],
    stdin: bytes | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[bytes]:
    """Run `readinglog` or `mkdocs` with all of its environment, in UTF-8.

    It is a fork of one process, unless the call sets what the interpreter reads when it starts.
    """
    env = {"PYTHONIOENCODING": "utf-8"} | dict(env)
    if read_at_start(env) == read_at_start({"PYTHONIOENCODING": "utf-8"} | dict(os.environ)):
        return start_fork_server().run(command, cwd, env, stdin, timeout)
    return subprocess.run(
        command, cwd=cwd, env=env, input=stdin, capture_output=True, timeout=timeout, check=False
    )


def read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment the interpreter reads when it starts, and never again."""
    return {name: env[name] for name in env if name.startswith(("PYTHON", "LC_", "LANG"))}


def decode(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """Return what a program has printed as text."""
    out, err = (
        io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read()
        for data in (done.stdout, done.stderr)
    )
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def hear_interrupts() -> None:
    """Have a new process end at an interrupt, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Run:
    """Runs `readinglog` in a folder and keeps what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *words: str, cwd: str = ".", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command, around = [str(PROGRAM), *words], os.environ | dict(env or {})
        return decode(run_program(command, self.folder / cwd, around))

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
