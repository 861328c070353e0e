"""`readinglog explain`."""

from __future__ import annotations

from inspect import cleandoc

import click

from readinglog.cli.errors import UsageError
from readinglog.interchange.diagnostics import IMPORT_DIAGNOSTICS, ImportDiagnostic
from readinglog.lint.rules import RULES
from readinglog.lint.rules.rule import Rule
from readinglog.model.fuzzy_index import find_nearest


@click.command(short_help="Explain a rule: what it finds, why, and what to write instead.")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain what RULE finds, why, and what to write instead. Without RULE, list all rules.

    RULE is what stands in brackets behind a message, of the check or of an import.
    """
    explained: dict[str, Rule | ImportDiagnostic] = {**RULES, **IMPORT_DIAGNOSTICS}
    if rule is None:
        width = max(map(len, explained))
        for name, module in explained.items():
            summary = (module.__doc__ or "").partition("\n")[0]
            click.echo(f"{name:{width}}  {module.SEVERITY:7}  {summary}")
    elif rule in explained:
        module = explained[rule]
        click.echo(f"{rule} ({module.SEVERITY})\n\n{cleandoc(module.__doc__ or '')}")
    else:
        near = find_nearest(rule, explained)
        hint = f"did you mean `{near}`?" if near else "`readinglog explain` lists them"
        message = f"no rule is named `{rule}`; {hint}"
        raise UsageError(message)
