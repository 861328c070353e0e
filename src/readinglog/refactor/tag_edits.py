"""Edits of the tags of notes where tags get other keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from readinglog.lint.linter import fix_notebook, replace_sources
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Severity
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Source
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import write_in_style

NoteEdits = dict[Source, list[Edit]]


def edit_tags(
    notebook: Notebook, after: Vocabulary, keys: Mapping[str, str], *, aliases: bool
) -> NoteEdits:
    """Return the edits of the notes that have tags whose keys change, from old to new by `keys`.

    Tags written by an alias change only where the vocabulary `after` reads them differently, or
    `aliases` are dropped too.
    """
    before, edits = notebook.vocabulary, defaultdict[Source, list[Edit]](list)
    for note in notebook.notes:
        for item in note.get_scalars("tags"):
            if (tag := before.find(item.text)) is None:
                continue
            key, found = keys.get(tag.key, tag.key), after.find(item.text)
            is_renamed = tag.key in keys and (aliases or _is_by_key(item.text, tag, before))
            if is_renamed or found is None or found.key != key:
                new = write_in_style(note.text, item.span, key)
                edits[note.source].append(Edit(item.span, new))
    return edits


def _is_by_key(text: str, tag: Tag, vocabulary: Vocabulary) -> bool:
    """Return whether `text` names `tag` by its key, its name or its path, not by an alias."""
    path = "/".join(step.key for step in vocabulary.get_path(tag))
    return fold(text.strip().lstrip("#")) in map(fold, (tag.key, tag.name, path))


def edit_tag_paths(notebook: Notebook, keys: Mapping[str, str]) -> NoteEdits:
    """Return the edits of the notes where tags are paths, as without a vocabulary file."""
    edits = defaultdict[Source, list[Edit]](list)
    for note in notebook.notes:
        for item in note.get_scalars("tags"):
            path = _replace_path_start(item.text.strip().lstrip("#"), keys)
            if path is not None:
                new = write_in_style(note.text, item.span, path)
                edits[note.source].append(Edit(item.span, new))
    return edits


def _replace_path_start(path: str, keys: Mapping[str, str]) -> str | None:
    """Return the tag `path` with its longest start in `keys` replaced, or None without one."""
    steps = path.split("/")
    for depth in range(len(steps), 0, -1):
        key = fold("/".join(steps[:depth]))
        if key in keys:
            return "/".join((keys[key], *steps[depth:]))
    return None


def drop_redundant_tags(notebook: Notebook, texts: Mapping[Source, str]) -> dict[Source, str]:
    """Return `texts` without tags that are repeated or above another tag of the note."""
    changed = {source: Source(source.path, text.encode()) for source, text in texts.items()}
    one_rule = dict.fromkeys(RULES.keys() - {"redundant-tag"}, Severity.IGNORE)
    paths = {source.path for source in texts}
    fixed = fix_notebook(replace_sources(notebook, changed), one_rule, paths.__contains__).texts
    return {source: fixed.get(source.path, text) for source, text in texts.items()}
