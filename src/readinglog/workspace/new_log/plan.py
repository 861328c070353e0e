"""Which files a folder lacks to be a log, and what those lack that it has."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from readinglog.model.text import pluralize
from readinglog.workspace.files import SITE_CONFIG, create_file, is_skipped
from readinglog.workspace.new_log.choices import Choices, Found, list_notes
from readinglog.workspace.new_log.files import (
    ATTRIBUTES,
    FIRST_NOTES,
    GITLAB,
    HOOKS,
    IGNORED,
    REQUIREMENTS,
    SETTINGS,
    make_files,
    make_first_notes,
)
from readinglog.workspace.new_log.origin import PACKAGE
from readinglog.workspace.settings import has_settings

_THEME = "material"
# What shows that a file of somebody's own has what the log needs.
_SIGNS = {
    ATTRIBUTES: re.compile("merge=union"),
    REQUIREMENTS: re.compile(rf"(?im)^[ \t]*+(?:\./\S*/)?{PACKAGE}\b"),
    HOOKS: re.compile(PACKAGE),
    GITLAB: re.compile(PACKAGE),
}
# Where forges look for a file too.
_OTHER_FOLDERS = {
    "CODEOWNERS": (".github", ".gitlab", "docs"),
    "CONTRIBUTING.md": (".github", "docs"),
}
_PUBLIC = {
    "github": (
        "in a public repository everyone can read drafts too, and pages are public in most plans "
        "even where the repository is private"
    ),
    "gitlab": (
        "in a public project everyone can read drafts too, and pages may be public even where the "
        "project is private: see Settings, General, Visibility"
    ),
    "none": "in a public repository everyone can read drafts too",
}


class KeptFile(NamedTuple):
    """A file that stays as it is, and what has to be added for the log to work, or ''."""

    path: str
    lack: str = ""


class Plan(NamedTuple):
    """The contents of the files to create, by their paths in order; the files that are kept; and
    what a person should know.
    """

    contents: Mapping[str, bytes]
    kept: tuple[KeptFile, ...]
    remarks: tuple[str, ...]


def plan_log(root: Path, choices: Choices, found: Found) -> Plan:
    """Return what makes a log of the folder `root`, which need not exist. Nothing is written."""
    notes = [path for path in list_notes(root / choices.notes) if path not in FIRST_NOTES]
    texts = make_files(choices)
    if not notes:
        texts |= make_first_notes(choices)
    kept = []
    if root.is_dir() and not (root / SETTINGS).exists() and has_settings(root):
        del texts[SETTINGS]
        kept.append(KeptFile("pyproject.toml"))
    contents = {path: text.encode() for path, text in texts.items()}
    if wheel := choices.origin.wheel:
        contents[choices.origin.requirement.removeprefix("./")] = wheel.read_bytes()
    for path in list(contents):
        if there := _find_file(root, path):
            del contents[path]
            lack = _find_lack(root / there, path, texts.get(path, ""), choices, found)
            kept.append(KeptFile(there, lack))
    remarks = _list_remarks(root, choices, found, len(notes), contents)
    return Plan(contents, tuple(kept), tuple(remarks))


def write_plan(root: Path, plan: Plan) -> None:
    """Create the files of a plan. Raise OSError with the path of a file that cannot be created."""
    for path, data in plan.contents.items():
        target = root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            create_file(target, data)
        except OSError as error:
            raise OSError(error.errno, error.strerror or str(error), path) from error


def _find_file(root: Path, path: str) -> str:
    """Return where the file is that `path` is meant to be, or '' where it is missing."""
    places = (path, *(f"{folder}/{path}" for folder in _OTHER_FOLDERS.get(path, ())))
    return next((place for place in places if os.path.lexists(root / place)), "")


def _list_remarks(
    root: Path, choices: Choices, found: Found, own: int, created: Collection[str]
) -> Iterator[str]:
    """Yield what a person should know; the folder of notes has `own` notes already."""
    is_new = SITE_CONFIG in created
    if own and (is_new or SETTINGS in created):
        files = pluralize(own, "Markdown file")
        yield (
            f"the folder of notes has {files} already, so no first notes are added; `readinglog "
            "check` says what each lacks to be a note; `kind: page` and a title make it a page"
        )
    elif is_new and not own and (others := _list_other_folders(root, choices.notes)):
        yield (
            f"Markdown in {', '.join(others)} is not part of the log: move it to {choices.notes}, "
            f"or name its folder in {SETTINGS} and {SITE_CONFIG}"
        )
    if found.top and found.top != root.resolve() and choices.forge != "none":
        yield (
            f"this folder is inside the repository {found.top}; forges and pre-commit read only "
            "the files at its top"
        )
    if choices.origin.wheel and choices.origin.requirement.removeprefix("./") in created:
        yield f"{choices.origin.wheel.name} is copied into the log, where workflows install it from"
    if choices.forge == "none":
        yield "no workflows are written; --forge github and --forge gitlab write them"
    if choices.forge == "github":
        yield "to publish, set Settings, Pages, Source to GitHub Actions"
    yield _PUBLIC[choices.forge]


def _list_other_folders(root: Path, notes: str) -> list[str]:
    """Return the folders with Markdown in `root` beside the one of the notes."""
    if notes == ".":
        return []
    first = Path(notes).parts[0]
    folders = sorted(path.name for path in root.glob("*/") if not is_skipped(path.name))
    return [name for name in folders if name != first and list_notes(root / name)]


def _find_lack(file: Path, path: str, template: str, choices: Choices, found: Found) -> str:
    """Return what a file at `path` has to have for the log to work and does not have, or ''.

    `template` is what a new one would hold.
    """
    if path == SITE_CONFIG:
        return _find_config_lack(found.config or {}, choices)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    lines = [line for line in template.splitlines() if line and not line.startswith("#")]
    if path == IGNORED:
        present = {line.strip().strip("/") for line in text.splitlines()}
        outputs = (f"/{choices.site}/", ".cache/")
        return "\n".join(line for line in outputs if line.strip("/") not in present)
    if path == HOOKS:
        lines = lines[1:]  # without `repos:`
    sign = _SIGNS.get(path)
    return "\n".join(lines) if sign and not sign.search(text) else ""


def _find_config_lack(config: dict[str, object], choices: Choices) -> str:
    """Return the lines that mkdocs.yml has to have for this log, and lacks."""
    if "INHERIT" in config:
        return ""  # the other file may have them
    theme, plugins = config.get("theme"), config.get("plugins")
    lines = [] if "site_url" in config else ['site_url: !ENV [SITE_URL, ""]']
    if choices.is_at_top and config.get("site_dir") != choices.site:
        lines.append(f"site_dir: {choices.site}")
    if (theme.get("name") if isinstance(theme, dict) else theme) != _THEME:
        lines.append(f"theme: {{name: {_THEME}}}")
    entries = plugins if isinstance(plugins, list | dict) else ()
    names = [name for entry in entries for name in (entry if isinstance(entry, dict) else [entry])]
    if PACKAGE not in names:
        lines.append(f"plugins: [{PACKAGE}]")
    return "\n".join(lines)
