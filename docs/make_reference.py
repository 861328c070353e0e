"""Write the pages of the guide that the code knows best: every command, setting, field and kind.

`make docs` runs this; `tests/repository/test_guide.py` checks that the pages are up to date.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from readinglog.cli import main
from readinglog.lint.rules import RULES
from readinglog.lint.rules.rule import Rule
from readinglog.model.claim import CLAIM_FIELDS, ClaimField
from readinglog.model.field import Field, Required, SearchRange
from readinglog.model.fields import FIELDS
from readinglog.model.kinds import KINDS, Kind
from readinglog.workspace.setting_records import SETTING_GROUPS, SettingGroup

GUIDE = Path(__file__).parent / "guide"
WIDTH = 100
HEAD = """---
title: {title}
kind: guide
date: 2026-11-29
tags: [reference]
summary: {summary}
---

<!-- Made from the code by docs/make_reference.py. -->
"""
REQUIRED_OF = {
    Required.NO: "",
    Required.WORKS: "works",
    Required.NOTES: "all notes",
}


def make_pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    return {
        "commands.md": make_commands(),
        "every-setting.md": make_settings(),
        "fields.md": make_fields(),
    }


def make_commands() -> str:
    head = HEAD.format(title="Commands", summary="Every command with its arguments and options.")
    context = click.Context(main, info_name="readinglog")
    start = [
        "What each command reads and writes as JSON stands in [Output for programs](output.md).",
        "`--help` prints the same as this page.",
        "",
    ]
    return "\n".join([head, *start, *_describe_group(main, context)]) + "\n"


def make_settings() -> str:
    head = HEAD.format(
        title="Every setting",
        summary="Every key of readinglog.toml, and the severity of each rule.",
    )
    groups = [line for group in SETTING_GROUPS for line in _describe_settings(group)]
    return "\n".join(
        [
            head,
            "[Settings](settings.md) shows them at work. None is required. `readinglog.toml` is",
            "at the root of the repository; where it is there, `[tool.readinglog]` of",
            "`pyproject.toml` is not read. A name in capitals stands for one of your own, or for",
            "that of a rule or a tag.",
            "",
            *groups,
            "## Rules",
            "",
            "The severity that each has of its own, which `[severity]` changes.",
            "`readinglog explain RULE` and the pages under *Checks* say more.",
            "",
            "| rule | severity | finds |",
            "|---|---|---|",
            *(_describe_rule(name, rule) for name, rule in RULES.items()),
            "",
        ]
    )


def make_fields() -> str:
    head = HEAD.format(
        title="Fields and kinds",
        summary="Every field of a note's front matter, and every kind of note.",
    )
    kinds = [_describe_kind(kind) for kind in KINDS.values()]
    fields = [_describe_field(field) for field in FIELDS.values()]
    return "\n".join(
        [
            head,
            "## Fields",
            "",
            "Besides the fields that are required of it, a note about a work needs one that says",
            "where the work is. A log can [add fields and kinds](settings.md#fields-of-ones-own).",
            "",
            "| field | holds | required of | in queries |",
            "|---|---|---|---|",
            *fields,
            "",
            "## Kinds",
            "",
            "| kind | is about | in CSL | in BibTeX | in schema.org |",
            "|---|---|---|---|---|",
            *kinds,
            "",
            "## Fields of claims",
            "",
            "They stand in the text, `[at:: Table 2]`, as [Write a note](write.md#claims) shows.",
            "A log can [add fields](settings.md#fields-of-claims-of-ones-own).",
            "",
            "| field | holds | example |",
            "|---|---|---|",
            *map(_describe_claim_field, CLAIM_FIELDS.values()),
            "",
        ]
    )


def _describe_group(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _describe_group(command, inner)
        else:
            yield from _describe_command(command, inner)


def _describe_command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}"
    yield ""
    yield f"`{context.command_path} {' '.join(command.collect_usage_pieces(context))}`"
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        yield ""
        yield from _lay_out(paragraph)
    records = filter(None, (option.get_help_record(context) for option in command.params))
    described = [(names, " ".join(effect.split())) for names, effect in records if effect]
    if described:
        yield from ("", "| option | effect |", "|---|---|")
    for names, effect in described:
        yield f"| `{_escape(names)}` | {_escape(effect)} |"
    yield ""


def _lay_out(paragraph: str) -> list[str]:
    """Return the lines of a paragraph; click marks those that are to stay as they are."""
    if paragraph.startswith("\b\n"):
        return ["```text", *paragraph.splitlines()[1:], "```"]
    return textwrap.wrap(" ".join(paragraph.split()), WIDTH, break_on_hyphens=False)


def _describe_settings(group: SettingGroup) -> Iterator[str]:
    """Yield the lines about a table; a list, since names and examples are long for a table."""
    title = f"`[{group.name}]`" if group.name else "Above all tables"
    yield from (f"## {title}", "", group.doc, "")
    for setting in group.settings:
        default = f"`{setting.default}`" if _is_toml(setting.default) else setting.default
        text = (
            f"**`{setting.name}`**: {setting.holds}; by default, {default}. {setting.doc} For "
            f"example: `{setting.name} = {setting.example}`"
        )
        yield from textwrap.wrap(
            text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )
    yield ""


def _is_toml(text: str) -> bool:
    """Return whether a text is a value as TOML has it."""
    try:
        tomllib.loads(f"x = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _describe_rule(name: str, rule: Rule) -> str:
    summary = (rule.__doc__ or "").partition("\n")[0]
    return f"| `{name}` | {rule.SEVERITY} | {_escape(summary)} |"


def _describe_field(field: Field) -> str:
    name, required = f"`{field.name}`", REQUIRED_OF[field.required]
    cells = (name, field.doc, required, _describe_search(field))
    return f"| {' | '.join(map(_escape, cells))} |"


def _describe_search(field: Field) -> str:
    queries = []
    if field.search:
        example = f"{field.search.name}:…"
        if isinstance(field.search, SearchRange):
            example = f"{field.search.name}:{field.search.example}.."
        queries.append(f"`{example}`")
    if field.has:
        queries.append(f"`has:{field.name}`")
    return ", ".join(queries)


def _describe_kind(kind: Kind) -> str:
    about = "a work"
    if kind.is_hub:
        about = "a tag, which it introduces"
    elif kind.is_page:
        about = "nothing: a page of the site at `/<name>/`"
    elif not kind.is_work:
        about = "no work"
    formats = (kind.csl_type, kind.bibtex_type, kind.schema_org_type) if kind.is_work else ("",) * 3
    return f"| {' | '.join((f'`{kind.name}`', about, *formats))} |"


def _describe_claim_field(field: ClaimField) -> str:
    return f"| `{field.name}` | {field.doc} | `[{field.name}:: {field.example}]` |"


def _escape(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    for name, text in make_pages().items():
        (GUIDE / name).write_text(text, encoding="utf-8")
