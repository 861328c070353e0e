"""A process that has imported the programs and runs each call in a fork of itself.

A program takes longer to import than to run. A fork has all that a new process has: a working
folder, an environment, files and an exit status of its own, and state that no call before it has
changed.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TypedDict

from readinglog.site.compiler import compile_site
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from support.worlds import notebook, work

# Each program with the module and the function that its script calls.
PROGRAMS = {"readinglog": ("readinglog.cli", "main"), "mkdocs": ("mkdocs.__main__", "cli")}


class Call(TypedDict):
    """A call of a program, and the files that it reads and writes in place of the terminal."""

    command: list[str]
    cwd: str
    env: dict[str, str]
    stdin: str
    stdout: str
    stderr: str


def preload() -> None:
    """Import the programs with all that their commands import when they are called."""
    for module, _ in PROGRAMS.values():
        import_module(module)
    for command in import_module("readinglog.cli").COMMANDS.values():
        import_module(f"readinglog.cli.{command}")
    for module in ("mkdocs.commands.build", "readinglog.site.mkdocs_plugin"):
        import_module(module)
    for output in compile_site(
        notebook(
            {"tags.yml": "clocks: {}\n", "a.md": work(tags="[clocks]"), "b.md": work("[[a]]")}
        ),
        Site("A log"),
    ):
        if isinstance(output, Page):
            render_page(output)  # which compiles its template


def serve() -> Call:
    """Answer each call on standard input with its exit status; return the call in its fork."""
    for line in sys.stdin:
        call: Call = json.loads(line)
        child = os.fork()
        if not child:
            return call
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()
    os._exit(0)


def become(call: Call) -> None:
    """Turn this process into that of a call: its folder, environment, files and arguments."""
    os.chdir(call["cwd"])
    os.environ.clear()
    os.environ.update(call["env"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    opened = (
        os.open(call["stdin"], os.O_RDONLY),
        os.open(call["stdout"], flags),
        os.open(call["stderr"], flags),
    )
    for number, file in enumerate(opened):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    sys.argv = call["command"]
    sys.path[0] = str(Path(sys.argv[0]).parent)


def main() -> None:
    preload()
    gc.freeze()  # a collection would copy every page of memory that a fork shares
    call = serve()
    become(call)
    module, function = PROGRAMS[Path(call["command"][0]).name]
    sys.exit(getattr(import_module(module), function)())
