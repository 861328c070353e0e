"""What a call of `readinglog new` names: a work, and the name and kind of the note."""

from __future__ import annotations

import sys

import click

from readinglog.cli.errors import UsageError
from readinglog.model import identifiers
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.schema import Schema
from readinglog.model.slugs import fold, is_kebab, is_reserved_name, to_kebab
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.settings import Settings

_NAME_LIMIT = 100  # characters


def check_name(name: str) -> str:
    """Return the name typed for the note, or "". Raise UsageError if it is invalid."""
    stem = name.removesuffix(".md")
    if name and (not is_kebab(stem) or is_reserved_name(stem) or len(stem) > _NAME_LIMIT):
        better = to_kebab(stem[:_NAME_LIMIT])
        is_usable = better not in ("", stem) and not is_reserved_name(better)
        example = f", such as `{better}`" if is_usable else ""
        hint = f"use a few lower-case words joined by `-`{example}"
        raise UsageError(f"`{name}` cannot be the name of a note", hint)
    return stem


def check_name_is_free(name: str, notebook: Notebook, settings: Settings) -> None:
    """Raise UsageError if another note has a name."""
    if taken := notebook.names.by_name.get(fold(name)):
        owner = f"{settings.prefix}{taken[0].path}"
        raise UsageError(f"the name `{name}` is taken by {owner}", "choose another --name")


def check_kind(kind: str | None, schema: Schema) -> None:
    """Raise UsageError if notes cannot be started with a kind."""
    kinds = {name: known for name, known in schema.note_kinds.items() if not known.is_hub}
    if kind and kind not in kinds:
        meant = (name for name, known in kinds.items() if kind.lower() in known.other_names)
        near = next(meant, None) or find_nearest(kind, kinds)
        suggestion = f"did you mean `{near}`? " if near else ""
        message = f"no note can be started with the kind `{kind}`"
        raise UsageError(message, f"{suggestion}use one of {', '.join(kinds)}")


def get_work_input(what: tuple[str, ...], key: str) -> str:
    """Return what was typed for the work; on a terminal, ask for it if nothing was."""
    identifying = [word for word in what if _identifies_work(word)]
    if key and identifying and len(what) == 1:
        message = f"--key selects an entry of a BibTeX file, but `{what[0]}` is not one"
        raise UsageError(message, "remove --key")
    if identifying and len(what) > 1:
        hint = f"run `readinglog new {identifying[0]}` first, then again for the others"
        raise UsageError("a note is about one work", hint)
    text = " ".join(what).strip()
    if not text and sys.stdin.isatty():
        text = click.prompt("arXiv id, DOI, address or title", err=True).strip()
    if not text:
        hint = "add an arXiv id, a DOI, an address, a title or a BibTeX file"
        raise UsageError("no work was given", hint)
    return text


def _identifies_work(word: str) -> bool:
    """Return whether a word alone identifies a work."""
    return bool(identifiers.parse_arxiv_id(word) or identifiers.parse_doi(word) or "://" in word)
