"""The report of `readinglog review` as Markdown, in words that suit the place where it is made."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from readinglog.model.markdown_code import make_code_block

_BLOCK_LIMIT = 60_000  # bytes; the summary of a job can hold about a megabyte


class _Words(NamedTuple):
    """How to apply the fixes in `patch`, and how to view the `site`."""

    apply: str
    view: str


class Place(Enum):
    """Where a report is made, which decides how fixes and site are reached from it."""

    GITHUB = _Words(
        "Run `readinglog check --fix`, or download the artifact `fixes.patch` and run "
        "`git apply fixes.patch`.",
        "The artifact `site` holds the site with this change. To view it, run "
        "`python3 -m http.server` in it and open http://localhost:8000.",
    )
    GITLAB = _Words(
        "Run `readinglog check --fix`, or download `fixes.patch` from the artifacts of this job "
        "and run `git apply fixes.patch`.",
        "The artifacts of this job hold the site with this change, in the folder `{site}`. To view "
        "it, open its `index.html` there, or run `python3 -m http.server` in it.",
    )
    HERE = _Words(
        "Run `readinglog check --fix`, or `git apply {patch}`.",
        "The site with this change is in `{site}`. To view it, run "
        "`python3 -m http.server --directory {site}` and open http://localhost:8000.",
    )


def find_place(environment: Mapping[str, str]) -> Place:
    """Return where this runs, by the variables that forges set; Forgejo sets those of GitHub."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return Place.GITHUB
    return Place.GITLAB if environment.get("GITLAB_CI") == "true" else Place.HERE


def format_summary(
    check: str, fixes: str, changes: str, place: Place, *, patch_path: str, site: str
) -> str:
    """Return the report as Markdown for a forge.

    `check` is the report of the check, `fixes` a patch, `changes` Markdown, `patch_path` where the
    patch is written, and `site` the folder of the site, '' where it could not be built.
    """
    parts = ["## Check", _show_code("text", check)]
    if fixes:
        how = place.value.apply.format(patch=shlex.quote(patch_path))
        block = _show_code("diff", fixes)
        parts.append(f"<details><summary>Safe fixes</summary>\n\n{how}\n\n{block}\n\n</details>")
    parts += ["## Changes to the log", changes]
    if site:
        parts.append(place.value.view.format(site=shlex.quote(site)))
    return "\n\n".join(parts) + "\n"


def _show_code(language: str, text: str) -> str:
    """Return a code block, or that it is too long for a report."""
    if len(text.encode()) > _BLOCK_LIMIT:
        return "Too long to show here."
    return make_code_block(language, text)
