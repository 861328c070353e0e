"""The command line.

It exits with 0 if all is well, 1 for errors in what it reads, 2 if it cannot do what is asked.
"""

from __future__ import annotations

from importlib import import_module

import click

from readinglog import __version__
from readinglog.model.errors import ReadinglogError

# Each command with its module, which names the command likewise. Only the one that is called is
# imported: together they take half a second.
COMMANDS = {
    "init": "init",
    "new": "new",
    "check": "check",
    "explain": "explain",
    "diff": "diff",
    "review": "review",
    "show": "show",
    "search": "search",
    "claims": "claims",
    "stats": "stats",
    "rename": "rename",
    "remove": "remove",
    "tag": "tag",
    "import": "import_notes",
    "export": "export",
    "schema": "schema",
    "build": "build",
    "serve": "serve",
}


class _Commands(click.Group):
    """The group of `COMMANDS`, in that order, and the one place that reports errors."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(f"{__name__}.{COMMANDS[name]}"), COMMANDS[name]
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise _make_unknown_command_error(args[0])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ReadinglogError as error:
            from readinglog.cli.error_text import format_error  # noqa: PLC0415 - only needed here

            click.echo(f"readinglog: {format_error(error)}", err=True)
            ctx.exit(error.exit_status)


def _make_unknown_command_error(name: str) -> ReadinglogError:
    from readinglog.cli.errors import UsageError  # noqa: PLC0415 - a right call starts faster
    from readinglog.model.fuzzy_index import find_nearest  # noqa: PLC0415

    near = find_nearest(name, COMMANDS)
    hint = f"did you mean `{near}`?" if near else "`readinglog --help` lists them"
    return UsageError(f"no command is named `{name}`; {hint}")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Check, search and build a research reading log kept as Markdown in git."""
