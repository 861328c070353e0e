"""`readinglog explain`."""

from __future__ import annotations

from inspect import cleandoc

import click

from readinglog.cli.options import usage_error
from readinglog.lint.rules import RULES
from readinglog.model.fuzzy_index import find_nearest


@click.command(short_help="Say what RULE looks for, why, and what to write instead.")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE looks for, why, and what to write instead; without RULE, list all."""
    if rule is None:
        width = max(map(len, RULES))
        for name, module in RULES.items():
            click.echo(
                f"{name:{width}}  {module.SEVERITY:7}  {(module.__doc__ or '').partition(chr(10))[0]}"
            )
    elif rule in RULES:
        click.echo(f"{rule} ({RULES[rule].SEVERITY})\n\n{cleandoc(RULES[rule].__doc__ or '')}")
    else:
        near = find_nearest(rule, RULES)
        usage_error(
            f"no rule is named `{rule}`"
            + (f"; did you mean `{near}`?" if near else "; `readinglog explain` lists them")
        )
