"""`readinglog explain`."""

from __future__ import annotations

from inspect import cleandoc

import click

from readinglog.cli.errors import UsageError
from readinglog.lint.rules import RULES
from readinglog.model.fuzzy_index import find_nearest


@click.command(short_help="Explain a rule: what it finds, why, and what to write instead.")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain what RULE finds, why, and what to write instead. Without RULE, list all rules."""
    if rule is None:
        width = max(map(len, RULES))
        for name, module in RULES.items():
            summary = (module.__doc__ or "").partition("\n")[0]
            click.echo(f"{name:{width}}  {module.SEVERITY:7}  {summary}")
    elif rule in RULES:
        click.echo(f"{rule} ({RULES[rule].SEVERITY})\n\n{cleandoc(RULES[rule].__doc__ or '')}")
    else:
        near = find_nearest(rule, RULES)
        hint = f"did you mean `{near}`?" if near else "`readinglog explain` lists them"
        message = f"no rule is named `{rule}`; {hint}"
        raise UsageError(message)
