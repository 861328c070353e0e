"""The command line: reads, asks the core, prints. Exit 0 clean, 1 errors found, 2 wrong call."""

from __future__ import annotations

from importlib import import_module
from typing import NoReturn

import click

from readinglog import __version__

# Each command with the module it is in. One that is not called is not imported: together they take half a second.
COMMANDS = {
    "new": "new",
    "check": "check",
    "explain": "explain",
    "diff": "diff",
    "show": "ask",
    "search": "ask",
    "stats": "stats",
    "rename": "rename",
    "tag": "rename",
    "schema": "schema",
    "build": "build",
}


class _Commands(click.Group):
    """The group of `COMMANDS`, in that order."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{COMMANDS[name]}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            _unknown(args[0])
        return super().resolve_command(ctx, args)


def _unknown(name: str) -> NoReturn:
    from readinglog.cli.options import usage_error  # noqa: PLC0415 - what is called right starts sooner without these
    from readinglog.model.fuzzy_index import find_nearest  # noqa: PLC0415

    near = find_nearest(name, COMMANDS)
    usage_error(
        f"no command is named `{name}`; "
        + (f"did you mean `{near}`?" if near else "`readinglog --help` lists them")
    )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A research-reading log kept as Markdown in git: check the notes, ask about them, build the site."""
