"""The files of a new log, made of the templates in this package."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from readinglog.model.markdown_code import quote_code
from readinglog.model.schema import BUILT_IN
from readinglog.model.yaml_values import to_quoted_yaml, to_yaml
from readinglog.notebook.changes.report_style import escape_for_forge
from readinglog.workspace.files import SITE_CONFIG, VOCABULARY
from readinglog.workspace.new_log.choices import Choices
from readinglog.workspace.settings import SETTINGS_FILES

HOOKS = ".pre-commit-config.yaml"
IGNORED = ".gitignore"
ATTRIBUTES = ".gitattributes"
REQUIREMENTS = "requirements.txt"
GITLAB = ".gitlab-ci.yml"
SETTINGS = SETTINGS_FILES[0]
# Each file with its template. Of the notes, paths are relative to their folder.
_EVERYWHERE = {
    SITE_CONFIG: "mkdocs.yml",
    SETTINGS: "readinglog.toml",
    REQUIREMENTS: "requirements.txt",
    IGNORED: "gitignore",
    ATTRIBUTES: "gitattributes",
    HOOKS: "pre-commit-config.yaml",
    ".vscode/extensions.json": "vscode/extensions.json",
    ".vscode/readinglog.code-snippets": "vscode/readinglog.code-snippets",
    ".vscode/settings.json": "vscode/settings.json",
    ".vscode/tasks.json": "vscode/tasks.json",
    "CODEOWNERS": "CODEOWNERS",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
}
_BY_FORGE: Mapping[str, Mapping[str, str]] = {
    "github": {
        ".github/workflows/pages.yml": "github/workflows/pages.yml",
        ".github/workflows/pull-request.yml": "github/workflows/pull-request.yml",
    },
    "gitlab": {GITLAB: "gitlab-ci.yml"},
    "none": {},
}
_NOTES = {
    VOCABULARY: "notes/tags.yml",
    "index.md": "notes/index.md",
    "as-we-may-think.md": "notes/as-we-may-think.md",
    "how-to-read-a-paper.md": "notes/how-to-read-a-paper.md",
}
FIRST_NOTES = frozenset(_NOTES)
_REQUESTS = {"github": "pull request", "gitlab": "merge request", "none": ""}


def make_files(choices: Choices) -> dict[str, str]:
    """Return the text of each file of a new log, those in the folder of notes aside."""
    return _fill({**_EVERYWHERE, **_BY_FORGE[choices.forge]}, choices)


def make_first_notes(choices: Choices) -> dict[str, str]:
    """Return the text of each file in the folder of notes of a new log, by its path from the log's
    folder.
    """
    return _fill({f"{choices.prefix}{path}": name for path, name in _NOTES.items()}, choices)


def _fill(names: Mapping[str, str], choices: Choices) -> dict[str, str]:
    environment = _make_environment()
    values = {
        **choices._asdict(),
        "requirement": choices.origin.requirement,
        "hook": choices.origin.hook,
        "request": _REQUESTS[choices.forge],
        "prefix": choices.prefix,
        "site": choices.site,
        "is_at_top": choices.is_at_top,
        "vocabulary": f"{choices.prefix}{VOCABULARY}",
        "kinds": [kind.name for kind in BUILT_IN.note_kinds.values() if kind.is_work],
    }
    return {path: environment.get_template(name).render(values) for path, name in names.items()}


@cache
def _make_environment() -> Environment:
    """Return an environment whose marks occur neither in workflows nor in notes."""
    environment = Environment(
        loader=PackageLoader("readinglog.workspace.new_log"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # no file is HTML; each value has the filter of its format
    )
    environment.filters |= {
        "yaml": to_yaml,
        "yaml_quoted": to_quoted_yaml,
        "toml": to_quoted_yaml,  # strings of TOML in double quotes have the same escapes
        "json": lambda text: json.dumps(text, ensure_ascii=False),
        "markdown": escape_for_forge,
        "code": quote_code,
        "shell": shlex.quote,
        "git_pattern": _format_git_pattern,
    }
    return environment


def _format_git_pattern(path: str) -> str:
    """Return a path as a pattern of .gitattributes that matches it alone."""
    pattern = "/" + re.sub(r"[\\*?\[]", r"\\\g<0>", path)
    if re.search(r"[\s\"#!]", pattern):
        return json.dumps(pattern, ensure_ascii=False)
    return pattern
